"""The rules as people look for them: families, and for each figure what holds it and which setting touches it.

A family is one page of docs/rules, one heading of ``samenrooster rules``. Every figure of ``LabourRules`` and every
rule of the check's registry belongs to exactly one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from optimiser.check.registry import RULES, Rule

Sense = Literal["least", "most", "is"]


@dataclass(frozen=True)
class Limit:
    """A figure as a limit: from below, from above, or a definition.

    ``rules`` of the check judge by it, ``terms`` of the objective price it. ``setting`` of ``[planning]`` touches it;
    with ``only`` the figure holds only under those values of the setting.
    """

    figure: str
    sense: Sense
    rules: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    setting: str = ""
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleFamily:
    """One family. ``prefixes`` are families of the registry, or whole rule names that stand nearer to this one."""

    name: str
    limits: tuple[Limit, ...] = ()
    prefixes: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


def _least(figure: str, *rules: str, setting: str = "", only: tuple[str, ...] = ()) -> Limit:
    return Limit(figure, "least", rules, (), setting, only)


def _most(figure: str, *rules: str, setting: str = "", only: tuple[str, ...] = ()) -> Limit:
    return Limit(figure, "most", rules, (), setting, only)


def _is(figure: str) -> Limit:
    return Limit(figure, "is")


def _priced(figure: str, sense: Sense, rule: str, term: str) -> Limit:
    return Limit(figure, sense, (rule,), (term,))


def _means(figure: str, *rules: str) -> Limit:
    return Limit(figure, "is", rules)


TOKENS = "allow_planned_tokens"
FAMILIES: tuple[RuleFamily, ...] = (
    RuleFamily(
        "rest",
        (
            _is("dienst_gap"),
            _least("daily_rest", "rest.daily"),
            _least("daily_rest_reduced", "rest.daily", setting=TOKENS),
            _most("daily_rest_reductions", "rest.reductions", setting=TOKENS),
            _least("daily_rest_middle", "rest.reductions", setting=TOKENS),
        ),
        ("rest",),
    ),
    RuleFamily(
        "weekly_rest",
        (
            _least("weekly_rest", "weekly_rest.week"),
            _least("fortnight_rest", "weekly_rest.week"),
            _least("fortnight_block", "weekly_rest.week"),
        ),
        ("weekly_rest",),
    ),
    RuleFamily(
        "nights",
        (
            _is("night_from"),
            _is("night_until"),
            _is("night_threshold"),
            _is("late_night"),
            _most("max_night_dienst", "nights.length"),
            _most("night_long", "nights.length"),
            _least("night_long_rest", "nights.length"),
            _most("night_long_fortnight", "nights.long_count"),
            _most("night_long_year", "nights.long_count"),
            _least("night_rest", "nights.rest"),
            _least("night_rest_reduced", "nights.rest"),
            _is("night_series_length"),
            _least("night_series_rest", "nights.series_rest"),
            _is("series_gap"),
            _most("series_length", "nights.series_length", setting="series_of_eight", only=("false",)),
            _most("series_length_agreed", "nights.series_length", setting="series_of_eight", only=("true",)),
            _most("nights_16_weeks", "nights.sixteen_weeks", setting="night_limit", only=("16_weeks",)),
            _most("nights_52_weeks", "nights.fifty_two_weeks", setting="night_limit", only=("52_weeks",)),
            _most("night_minutes_2_weeks", "nights.two_weeks", setting="night_limit", only=("2_weeks",)),
            _is("nights_for_average"),
            _most("max_16_weeks_nights", "nights.average"),
        ),
        ("nights",),
    ),
    RuleFamily(
        "working_time",
        (
            _most("max_dienst", "working_time.dienst", "working_time.dienst_agreement"),
            _most("max_week", "working_time.week"),
            _most("max_4_weeks", "working_time.four_weeks"),
            _most("max_16_weeks", "working_time.sixteen_weeks"),
        ),
        ("working_time",),
    ),
    RuleFamily("sundays", (_least("free_sundays", "sundays.free"),), ("sundays",)),
    RuleFamily(
        "weekends",
        (
            _priced("free_weekends", "least", "weekends.free", "few_free_weekends"),
            _priced("free_weekends_least", "least", "weekends.free", "few_free_weekends"),
            _is("weekend_rest"),
            _is("weekend_until"),
        ),
        ("weekends",),
        ("fairness",),
    ),
    RuleFamily(
        "livable",
        (
            _priced("early_until", "is", "livable.early_after_late", "early_after_late"),
            _priced("late_from", "is", "livable.early_after_late", "early_after_late"),
            _priced("free_after_nights", "least", "livable.few_days_after_nights", "few_days_after_nights"),
            _priced("duties_in_a_row", "most", "livable.long_row", "long_row"),
            _priced("duty_norm", "is", "livable.many_duties", "many_duties"),
            _priced("evening_before_leave", "is", "livable.evening_before_leave", "evening_before_leave"),
        ),
        ("livable",),
        ("lone_day_off", "split_duty"),
    ),
    RuleFamily(
        "on_call",
        (
            _most("on_call_week", "on_call.week"),
            _most("on_call_16_weeks", "on_call.sixteen_weeks"),
            _most("on_call_together", "on_call.week"),
            _most("on_call_length", "on_call.length"),
            _least("on_call_before_night", "on_call.before_night"),
            _least("on_call_after_night", "on_call.after_night"),
            _most("on_call_work_24h", "on_call.work_in_day"),
            _is("on_call_nights"),
            _most("max_16_weeks_on_call", "on_call.average", setting="rest_after_night_call", only=("false",)),
            _most("max_16_weeks_on_call_rest", "on_call.average", setting="rest_after_night_call", only=("true",)),
            _is("call_gap"),
            _least("call_least"),
        ),
        ("on_call",),
        ("surplus_standby", "late_calls", "call_travel"),
        ("planned_work_in_standby",),
    ),
    RuleFamily(
        "workplace",
        (
            _least("consignatie_free_days", "on_call.consignatie_days"),
            _least("consignatie_free_pairs", "on_call.consignatie_pairs"),
            _most("workplace_26_weeks", "workplace.count"),
            _most("workplace_max_26_weeks", "workplace.average"),
            _least("workplace_rest", "workplace.rest"),
            _least("workplace_rest_long", "workplace.rest_parts"),
            _least("workplace_rest_parts", "workplace.rest_parts"),
        ),
        ("on_call.consignatie_days", "on_call.consignatie_pairs", "workplace"),
    ),
    RuleFamily(
        "seniors",
        tuple(_means(figure, "seniors.night") for figure in ("senior_age", "senior_from", "senior_until")),
        ("seniors",),
    ),
    RuleFamily(
        "pregnancy",
        (
            _is("pregnant_days"),
            _is("pregnant_months_after"),
            _most("pregnant_dienst", "pregnancy.dienst"),
            _most("pregnant_4_weeks", "pregnancy.four_weeks"),
            _most("pregnant_16_weeks", "pregnancy.sixteen_weeks"),
            _means("birth_before", "pregnancy.birth"),
            _means("birth_after", "pregnancy.birth"),
        ),
        ("pregnancy",),
    ),
    RuleFamily(
        "minors",
        (
            _is("adult_age"),
            _least("minor_rest", "minors.rest"),
            _means("minor_from", "minors.night"),
            _means("minor_until", "minors.night"),
            _most("minor_dienst", "minors.dienst"),
            _most("minor_week", "minors.week"),
            _most("minor_4_weeks", "minors.four_weeks"),
            _means("minor_break_after", "minors.break"),
        ),
        ("minors",),
    ),
    RuleFamily(
        "breaks",
        (
            _is("break_after"),
            _least("break_length", "breaks.length"),
            _is("long_break_after"),
            _least("long_break_length", "breaks.length"),
            _least("break_part", "breaks.length"),
        ),
        ("breaks", "routes.break_count", "routes.break_place", "routes.break_window", "routes.break_length",
         "routes.break_room"),
    ),
    RuleFamily("publication", (_least("notice_days", "publication.notice", setting="publish_on"),), ("publication",)),
    RuleFamily("contract_hours", (), (), ("overtime", "undertime"), ("balance_weeks",)),
    RuleFamily("competence", (_means("skill_notice_days", "competence.expiring"),), ("competence",)),
    RuleFamily(
        "plan", (), ("duties", "companions", "served", "windows", "routes", "sharing", "links", "claims"),
    ),
)  # fmt: skip
"""In the order of the pages."""


def family_of(rule: Rule) -> RuleFamily:
    """The family of a rule: by its whole name first, else by its family in the registry. KeyError when it has none."""
    for key in (rule.name, rule.family):
        for family in FAMILIES:
            if key in family.prefixes:
                return family
    raise KeyError(rule.name)


def rules_of(family: RuleFamily) -> tuple[Rule, ...]:
    """The rules of the check that belong to a family, in the registry's order."""
    return tuple(rule for rule in RULES.values() if family_of(rule) is family)
