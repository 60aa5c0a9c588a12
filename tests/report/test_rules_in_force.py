"""What holds for an instance: nothing is left out, and settings, dates and weights are told as they are."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from instances.read import read_instance
from optimiser.check.registry import RULES
from optimiser.domain.instance import Instance
from optimiser.domain.labour import RULE_SETS
from optimiser.domain.objective import TERMS
from optimiser.report.rule_families import FAMILIES, rules_of
from optimiser.report.rules_in_force import FigureInForce, as_json, every_figure, rules_in_force
from optimiser.report.rules_tables import headline, rules_tables, value_text

DATA = Path(__file__).resolve().parents[2] / "instances" / "data"


@pytest.fixture(scope="module")
def six() -> Instance:
    """Six nurses, one week in December 2026: after the end of the agreement."""
    return read_instance(DATA / "six_nurses")


def with_settings(instance: Instance, **settings: object) -> Instance:
    """The instance with other settings."""
    return changed(instance, settings=instance.settings.model_copy(update=settings))


def changed(instance: Instance, **fields: object) -> Instance:
    """A copy with other fields, which forgets what was worked out from the old ones."""
    return Instance.model_construct(**{name: getattr(instance, name) for name in Instance.model_fields} | fields)


def figures(instance: Instance) -> dict[str, FigureInForce]:
    """Name -> figure as it holds."""
    return {each.name: each for family in rules_in_force(instance).families for each in family.figures}


def test_every_figure_and_every_rule_stands_once(six: Instance) -> None:
    """Each figure of LabourRules and each rule of the registry has exactly one family."""
    shown = [each.name for family in rules_in_force(six).families for each in family.figures]
    assert sorted(shown) == sorted(every_figure())
    judged = [rule.name for family in FAMILIES for rule in rules_of(family)]
    assert sorted(judged) == sorted(RULES)


def test_every_prefix_every_rule_and_every_term_of_a_family_is_real() -> None:
    """What the families name exists: rules or families of the registry, terms of the objective."""
    known = set(RULES) | {rule.family for rule in RULES.values()}
    assert {prefix for family in FAMILIES for prefix in family.prefixes} <= known
    assert {rule for family in FAMILIES for limit in family.limits for rule in limit.rules} <= set(RULES)
    priced = {term for family in FAMILIES for term in family.terms}
    priced |= {term for family in FAMILIES for limit in family.limits for term in limit.terms}
    assert priced <= {term.name for term in TERMS}


def test_a_figure_is_judged_by_a_rule_of_its_own_family() -> None:
    """The rule that a figure names stands under the same heading."""
    for family in FAMILIES:
        mine = {rule.name for rule in rules_of(family)}
        assert {rule for limit in family.limits for rule in limit.rules} <= mine, family.name


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("rule_set", sorted(RULE_SETS))
def test_all_of_it_has_words(six: Instance, rule_set: str, language: str) -> None:
    """Every unit, article, setting and level can be said, in each rule set, in both languages."""
    rules = rules_in_force(with_settings(six, rule_set=rule_set))
    tables = rules_tables(rules, language)  # type: ignore[arg-type]
    cells = [cell for table in tables for row in table.rows for cell in row]
    assert {name for table in tables for name, *_ in table.rows} >= set(RULES)
    assert not [cell for cell in cells if "min in" in cell or "clock;" in cell]


def test_limits_read_as_people_say_them() -> None:
    """Minutes become hours, windows of weeks their average: 768 h in 16 weeks are 48 a week; 31 h is 07:00."""
    rules = RULE_SETS["cao_vvt_2025"]
    assert value_text(rules.daily_rest, "nl") == "11 uur"
    assert value_text(rules.max_16_weeks, "nl") == "768 uur (48 uur per week)"
    assert value_text(rules.senior_until, "en") == "07:00"
    assert value_text(rules.break_after, "en") == "5 h 30 min"
    assert value_text(rules.free_sundays, "nl") == "13 zondagen"


def test_law_is_hard_an_agreement_signals_and_the_livable_has_its_weight(six: Instance) -> None:
    """60 hours a week is law, 10 hours a dienst the agreement beside the law of 12; long rows have a weight."""
    found = figures(six)
    assert found["max_week"].holds == "hard"
    shorter = found["max_dienst"]
    assert (shorter.holds, shorter.rules) == ("signal", ("working_time.dienst_agreement",))
    assert shorter.law is not None and shorter.law.value == 720
    assert found["duties_in_a_row"].holds == "signal"
    assert found["duties_in_a_row"].prices == (("long_row", six.weights.long_row),)
    assert found["night_threshold"].holds == "definition"
    alone = figures(with_settings(six, rule_set="atw"))
    assert (alone["max_dienst"].holds, alone["max_dienst"].law) == ("hard", None)
    assert alone["senior_age"].holds == "none"


def test_a_setting_says_which_of_several_figures_holds(six: Instance) -> None:
    """Of the three limits on nights, and of series of 7 and 8, one each."""
    found = figures(with_settings(six, night_limit="52_weeks", series_of_eight=True))
    assert [found[name].holds for name in ("nights_16_weeks", "nights_52_weeks", "night_minutes_2_weeks")] == [
        "off", "hard", "off",
    ]  # fmt: skip
    assert (found["series_length"].holds, found["series_length_agreed"].holds) == ("off", "hard")
    assert found["nights_52_weeks"].settings == (("night_limit", "52_weeks"),)


def test_an_agreement_that_ended_is_said_to_continue(six: Instance) -> None:
    """Ended 31 August 2026: it continues, or by the setting only the law holds; before that day nothing is said."""
    after = rules_in_force(six)
    assert after.ended == date(2026, 8, 31)
    assert "31-8-2026" in headline(after, "nl") and figures(six)["max_dienst"].continues
    law_only = with_settings(six, after_agreement="law_only")
    assert rules_in_force(law_only).ended == date(2026, 8, 31)
    assert figures(law_only)["max_dienst"].figure.value == 720
    assert "law_only" in headline(rules_in_force(law_only), "en")
    before = changed(six, first_monday=date(2026, 8, 24))
    assert rules_in_force(before).ended is None and not figures(before)["max_dienst"].continues
    assert rules_in_force(with_settings(six, rule_set="atb_care")).ended is None


def test_json_holds_the_same(six: Instance) -> None:
    """Plain values that survive json, with article, confidence and dates of each figure."""
    plain = json.loads(json.dumps(as_json(rules_in_force(six))))
    found = {each["name"]: each for family in plain["families"] for each in family["figures"]}
    assert set(found) == every_figure()
    assert found["max_dienst"]["last"] == "2026-08-31" and found["max_dienst"]["confidence"] == "B"
    assert {rule["name"] for family in plain["families"] for rule in family["rules"]} == set(RULES)
