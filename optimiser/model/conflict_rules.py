"""The row rules and reasons of a conflict in words: title of the catalogue, limit, article, dates of the window."""

from __future__ import annotations

from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import (
    Exclusion,
    FreePeriods,
    GapCount,
    Pauses,
    RestBlocks,
    RestParts,
    RowRule,
    Series,
    WindowSum,
    WordCount,
)
from optimiser.model.conflict_parts import Reason
from optimiser.texts import Language, text

TITLES = {
    "rest_daily": "rest.daily",
    "rest_daily_floor": "rest.daily",
    "rest_daily_tokens": "rest.reductions",
    "rest_daily_middle": "rest.reductions",
    "weekly_rest": "weekly_rest.week",
    "max_dienst": "working_time.dienst",
    "max_night_dienst": "nights.length",
    "max_week": "working_time.week",
    "max_4_weeks": "working_time.four_weeks",
    "max_16_weeks": "working_time.sixteen_weeks",
    "max_16_weeks_nights": "nights.average",
    "max_16_weeks_on_call": "on_call.average",
    "breaks": "breaks.length",
    "night_rest": "nights.rest",
    "night_rest_tokens": "nights.token",
    "night_long_rest": "nights.rest",
    "night_long_count": "nights.long_count",
    "night_series_rest": "nights.series_rest",
    "night_series_length": "nights.series_length",
    "nights_16_weeks": "nights.sixteen_weeks",
    "nights_52_weeks": "nights.fifty_two_weeks",
    "night_minutes_2_weeks": "nights.two_weeks",
    "on_call_week": "on_call.week",
    "on_call_16_weeks": "on_call.sixteen_weeks",
    "on_call_around_night": "on_call.before_night",
    "on_call_work_day": "on_call.work_in_day",
    "consignatie_days": "on_call.consignatie_days",
    "consignatie_pairs": "on_call.consignatie_pairs",
    "workplace_26_weeks": "workplace.count",
    "workplace_max_26_weeks": "workplace.average",
    "workplace_rest_after": "workplace.rest",
    "workplace_rest_before": "workplace.rest",
    "workplace_rest_parts": "workplace.rest_parts",
    "free_sundays": "sundays.free",
    "pregnant_dienst": "pregnancy.dienst",
    "pregnant_4_weeks": "pregnancy.four_weeks",
    "pregnant_16_weeks": "pregnancy.sixteen_weeks",
    "pregnant_night": "pregnancy.night",
    "minor_rest": "minors.rest",
    "minor_weekly_rest": "minors.weekly_rest",
    "minor_dienst": "minors.dienst",
    "minor_breaks": "minors.break",
    "minor_week": "minors.week",
    "minor_4_weeks": "minors.four_weeks",
}
"""Family of a hard row rule -> the rule of the check that says the same (texts ``check.rule.*``)."""
REASONS: dict[Reason, tuple[str, str]] = {
    "organisation": ("duties.organisation", ""),
    "weekday": ("duties.weekday", ""),
    "category": ("duties.category", ""),
    "experience": ("competence.experience", ""),
    "too_long": ("on_call.length", "on_call_length"),
    "age": ("seniors.night", "senior_age"),
    "minor": ("minors.night", "minor_from"),
    "pregnant_night": ("pregnancy.birth", ""),
    "birth": ("pregnancy.birth", ""),
    "companion": ("companions.kind", ""),
}
"""Reason -> rule of the check, and the figure that holds its article. What is about birth says no more than the check
does of a period without work."""


def rule_title(rule: RowRule, language: Language) -> str:
    """The rule's name in the catalogue; a rule of law in place of an agreement has the same name."""
    return text(f"check.rule.{TITLES[rule.id.family.removesuffix('_law')]}", language)


def reason_words(instance: Instance, nurse: str, reason: Reason, language: Language) -> str:
    """Why kind and nurse do not go together."""
    name, figure = REASONS[reason]
    title = text(f"check.rule.{name}", language)
    if not figure:
        return text("conflict.reason.plain", language, title=title)
    return text("conflict.reason", language, title=title, article=getattr(instance.rules_of(nurse), figure).article)


def limit_words(rule: RowRule, language: Language) -> str:
    """What the rule asks, as a limit."""

    def said(limit: str, **values: object) -> str:
        return text(f"conflict.limit.{limit}", language, **values)

    match rule:
        case GapCount(most=0):
            return said("least", value=duration(rule.high, language))
        case GapCount():
            return said("times_below", times=rule.most, value=duration(rule.high, language))
        case RestBlocks():
            short, long = duration(rule.short_rest, language), duration(rule.long_rest, language)
            either = said("weekly", short=short, long=long)
            return said("least", value=short if rule.short_rest == rule.long_rest else either)
        case Series(rest_after=0):
            return said("most", value=rule.length)
        case Series():
            return said("after_night", value=duration(rule.rest_after, language), nights=rule.length)
        case WindowSum():
            minutes = rule.counts in ("minutes", "night_minutes")
            most = max(0, rule.most)
            value = duration(most, language) if minutes else str(most)
            return said("room" if rule.per == "weeks" else "most", value=value)
        case WordCount():
            return said("most", value=rule.most)
        case Exclusion():
            before, after = duration(rule.before, language), duration(rule.after, language)
            return said("around", before=before, after=after)
        case Pauses():
            return said("least", value=duration(rule.length, language))
        case FreePeriods() | RestParts():
            return said("least", value=rule.count)
    raise TypeError(f"no words for {type(rule).__name__}")


def duration(minutes: int, language: Language) -> str:
    """``11 uur``, ``7 uur 30 min``, ``45 min``."""
    hours, rest = divmod(minutes, 60)
    parts = [text("check.hours", language, hours=hours)] if hours else []
    if rest or not hours:
        parts.append(text("check.minutes", language, minutes=rest))
    return " ".join(parts)
