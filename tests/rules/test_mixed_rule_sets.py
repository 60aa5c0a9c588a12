"""A team in which nurses have rule sets of their own: each is judged and planned by hers, everywhere the same."""

from __future__ import annotations

import random
import runpy
from pathlib import Path
from typing import Any, get_args

import pytest

from instances.law_warnings import law_warnings
from optimiser.check.checker import check
from optimiser.check.registry import RULES
from optimiser.domain.duty import Override
from optimiser.domain.instance import Instance
from optimiser.domain.labour import OUTSIDE_THE_LAW, RULE_SETS, SHARED, Figure, LabourRules, article_as_norm
from optimiser.domain.labour import rules_in_force as layered
from optimiser.domain.people import RuleSetName
from optimiser.domain.set_aside import NORMS, may_be_set_aside
from optimiser.patterns.row_rules import row_rules
from optimiser.report.rules_in_force import as_json, rules_in_force
from optimiser.report.rules_tables import rules_tables

TESTS = Path(__file__).parents[1]
ROWS = runpy.run_path(str(TESTS / "search" / "test_rows_agree.py"), run_name="rows")
KERNEL = runpy.run_path(str(TESTS / "small_kernel.py"), run_name="kernel")
MADE = runpy.run_path(str(TESTS / "agreement" / "random_rows.py"), run_name="random_rows")
Room = MADE["Room"]
NAMES: tuple[RuleSetName, ...] = get_args(RuleSetName)
FIGURES = sorted(name for name in LabourRules.model_fields if name != "name")


def mixed(room: Any, seed: int) -> Any:
    """The room with a rule set of her own for most of its nurses."""
    dice = random.Random(seed)
    for name, nurse in room.nurses.items():
        room.nurses[name] = nurse.model_copy(update={"rule_set": dice.choice((None, *NAMES))})
    return room


def on_call(room: Any, nurse: str, times: int) -> Any:
    """So many nights on call in a row from Monday on."""
    for day in range(times):
        room.standby(day, "20:00", "30:00", nurse=nurse)
    return room


def broken(room: Any) -> set[tuple[str | None, str, str]]:
    """(nurse, rule, article) of the violations."""
    report = check(room.instance(), room.contract, room.matrix(), room.plan())
    return {(each.nurse, each.rule, each.article) for each in report.violations}


def test_every_name_is_a_rule_set() -> None:
    """The names that the tables may say are the rule sets there are."""
    assert set(NAMES) == set(RULE_SETS) == {each.name for each in RULE_SETS.values()}


def test_all_rule_sets_share_what_a_team_shares() -> None:
    """One value for what a dienst, a night and a call are, so that any mix of rule sets may be read."""
    for name in sorted(SHARED):
        assert len({getattr(each, name).value for each in RULE_SETS.values()}) == 1, name


def test_of_all_forms_together_as_many_as_from_home() -> None:
    """ATB 5.19 lid 3 and 4, 5.20:4 and 5.20:5 give the same number: the planner keeps the lower one for each form."""
    assert all(each.on_call_together.value == each.on_call_week.value for each in RULE_SETS.values())


def test_what_holds_for_physicians() -> None:
    """ATB 5.20:4 (read, version of 2024-01-01): 5 in 7 x 24 h, 32 in 16 weeks; of ATW 5:9 no lid 5 and 6."""
    rules = RULE_SETS["cao_vvt_physician"]
    week, weeks = rules.on_call_week, rules.on_call_16_weeks
    assert (week.value, week.article, week.confidence) == (5, "ATB 5.20:4 lid 2", "A")
    assert (weeks.value, weeks.article, weeks.confidence) == (32, "ATB 5.20:4 lid 2", "A")
    assert rules.max_16_weeks_on_call.article == rules.on_call_nights.article == "no rule in law"
    assert (rules.on_call_before_night.value, rules.on_call_after_night.value) == (660, 840)


@pytest.mark.parametrize("continues", [True, False])
def test_for_registered_physicians_the_law_gives_no_limit(continues: bool) -> None:
    """ATB 2.1:2 lid 3e: chapter 5 does not hold. Its figures are norms (E); pregnancy, birth and agreement stay."""
    rules = layered(OUTSIDE_THE_LAW, RULE_SETS["cao_vvt_2025"].max_dienst.last, continues)  # type: ignore[arg-type]
    figures: list[Figure] = [getattr(rules, name) for name in FIGURES if not name.startswith(("minor_", "adult_age"))]
    assert rules.minor_week.article == "ATW 5:7 lid 1b" and rules.adult_age.confidence == "A"
    assert not [each for each in figures if each.article.startswith(("ATW 5:", "ATW 4:2", "ATB"))]
    assert {each.confidence for each in figures if each.article.startswith("norm ")} == {"E"}
    assert rules.pregnant_dienst.article == "ATW 4:5 lid 3" and rules.night_threshold.confidence == "A"
    assert rules.max_dienst.article.startswith("CAO VVT")
    assert article_as_norm("ATW 5:3") == "norm ATW 5:3" and article_as_norm("ATW 1:7") == "ATW 1:7"


def test_without_its_agreement_the_law_alone_is_left() -> None:
    """After 31 August 2026, when nothing goes on to hold: 3 in 7 x 24 h for all; for registered ones as a norm."""
    day = RULE_SETS["cao_vvt_2025"].max_dienst.last.replace(month=12)  # type: ignore[union-attr]
    names = ("cao_vvt_physician", OUTSIDE_THE_LAW)
    assert [layered(name, day, False).on_call_week.value for name in names] == [3, 3]
    assert [layered(name, day, False).max_dienst.article for name in names] == [
        "ATW 5:7 lid 2a", "norm ATW 5:7 lid 2a",
    ]  # fmt: skip


def test_each_nurse_by_her_own_rules() -> None:
    """Four nights on call in a row: too many for the nurse and the nurse specialist, not for both physicians."""
    room = Room(weeks=2, rule_set="cao_vvt_2025")
    for name, rule_set in (("N1", None), ("N2", "cao_vvt_2025"), ("N3", "cao_vvt_physician"), ("N4", OUTSIDE_THE_LAW)):
        on_call(room.nurse(name, rule_set=rule_set), name, 4)
    assert broken(room) == {("N1", "on_call.week", "ATB 5.19 lid 3"), ("N2", "on_call.week", "ATB 5.19 lid 3")}


def test_a_sixth_is_too_many_for_a_physician() -> None:
    """Five in 7 x 24 h, the sixth is found; for a registered one as a norm, not as law."""
    room = Room(weeks=2)
    for name, rule_set in (("N3", "cao_vvt_physician"), ("N4", OUTSIDE_THE_LAW)):
        on_call(room.nurse(name, rule_set=rule_set), name, 6)
    assert broken(room) == {
        ("N3", "on_call.week", "ATB 5.20:4 lid 2"), ("N4", "on_call.week", "norm ATB 5.20:4 lid 2"),
    }  # fmt: skip


def test_a_rule_of_the_registry_is_a_norm_for_registered_physicians() -> None:
    """To 22:30 and from 06:00: one dienst of 20 hours, no rest; the law is named for one, the norm for the other."""
    room = Room(weeks=1)
    for name, rule_set in (("N1", None), ("N4", OUTSIDE_THE_LAW)):
        room.nurse(name, rule_set=rule_set)
        room.shift(0, "15:00", "22:30", nurse=name).shift(1, "06:00", "11:00", nurse=name)
    assert {(nurse, article) for nurse, _, article in broken(room)} == {
        ("N1", "ATW 5:3 lid 2"), ("N1", "ATW 5:7 lid 2a"), ("N4", "norm ATW 5:3 lid 2"), ("N4", "norm ATW 5:7 lid 2a"),
    }  # fmt: skip


def test_a_norm_can_be_set_aside_and_law_cannot() -> None:
    """Six times on call in a week with a reason: set aside for the registered one, and told; not for the other."""
    room = Room(weeks=2)
    for name, rule_set in (("N3", "cao_vvt_physician"), ("N4", OUTSIDE_THE_LAW)):
        on_call(room.nurse(name, rule_set=rule_set), name, 6)
    room.add("overrides", Override(rule="on_call.week", first=room.day(0), last=room.day(6), reason="holiday week"))
    report = check(room.instance(), room.contract, room.matrix(), room.plan())
    assert [each.nurse for each in report.violations] == ["N3"]
    assert [(each.nurse, each.reason) for each in report.overridden] == [("N4", "holiday week")]


def test_families_of_norms_are_those_of_the_law_on_hours() -> None:
    """Families with a rule by ATW chapter 5 or the decree; those of minors and of what is told are nobody's norm."""
    norms = {rule.family for rule in RULES.values() if article_as_norm(rule.article) != rule.article}
    assert norms - {"minors", "publication"} == NORMS


def test_rules_of_a_mixed_team_are_each_for_one_nurse() -> None:
    """No rule is for everybody; a team of one set keeps the shared ones; the same set by name changes nothing."""
    plain = Room(weeks=1).nurse("N1").nurse("N2").instance()
    same = Room(weeks=1).nurse("N1", rule_set=plain.settings.rule_set).nurse("N2").instance()
    both = Room(weeks=1).nurse("N1", rule_set="cao_vvt_physician").nurse("N2").instance()
    assert row_rules(plain) == row_rules(same) and "" in {rule.id.nurse for rule in row_rules(plain)}
    assert {rule.id.nurse for rule in row_rules(both)} == {"N1", "N2"}
    weeks = {rule.id.nurse: rule.most for rule in row_rules(both) if rule.id.family == "on_call_week"}  # type: ignore[union-attr]
    assert weeks == {"N1": 5, "N2": 3}


@pytest.mark.parametrize("seed", [7, 8])
def test_kernel_and_check_agree_over_mixed_teams(seed: int) -> None:
    """Random rows of eight nurses with five rule sets: broken for one is broken for the other, terms are the same."""
    def rooms(**settings: Any) -> Any:
        return Room(**settings)

    room = mixed(ROWS["random_rows"](rooms, seed), seed)
    duties = ROWS["random_duties"](room, random.Random(seed + 1))
    kernel = KERNEL["Kernel"](room, duties)
    plan, report = ROWS["report_of"](room, kernel, duties)
    found = ROWS["broken_rules"](report)
    for number, nurse in enumerate(room.nurses):
        count = int(ROWS["row_violations"](kernel.data, kernel.rows, kernel.state, number))
        assert (count > 0) == bool(found.get(nurse)), (nurse, found.get(nurse))
    assert ROWS["terms_apart"](kernel, plan, report) == {}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2000, 2040))
def test_kernel_and_check_agree_over_more_mixed_teams(seed: int) -> None:
    """More of them."""
    test_kernel_and_check_agree_over_mixed_teams(seed)


@pytest.mark.parametrize("seed", [21, 22, 23])
def test_model_and_check_agree_over_mixed_teams(seed: int) -> None:
    """The relaxed roster model accepts the rows that the check accepts, at the same price."""
    chance = random.Random(seed)
    case = MADE["Case"](mixed(MADE["random_room"](chance), seed))
    for row in [(), *case.rows(chance, 6)]:
        assert case.modelled(row) == case.checked(row)


def test_rules_in_force_say_whose_set_differs(six: Instance) -> None:
    """`rules` shows the differing figures with the ids; the page for the works council leaves the ids out."""
    nurse = six.nurses[0].model_copy(update={"rule_set": "cao_vvt_physician"})
    instance = six.model_copy(update={"nurses": (nurse, *six.nurses[1:])})
    rules = rules_in_force(instance)
    assert [(each.rule_set, each.nurses) for each in rules.own] == [("cao_vvt_physician", (nurse.id,))]
    assert {each.name: each.figure.value for each in rules.own[0].figures}["on_call_week"] == 5
    assert as_json(rules)["own_rule_sets"][0]["nurses"] == [nurse.id]
    usual = rules_tables(rules_in_force(six), "nl")
    titles = [table.title for table in rules_tables(rules, "nl") if table not in usual]
    assert len(titles) == 1 and nurse.id in titles[0]
    assert not any(nurse.id in table.title for table in rules_tables(rules, "nl", who=False))
    assert rules_in_force(six).own == ()


def test_setting_a_norm_aside_warns_nobody(six: Instance) -> None:
    """An override of on_call.week is warned of as never heeded, unless it is for a registered physician."""
    nurse = six.nurses[0].model_copy(update={"rule_set": OUTSIDE_THE_LAW})
    instance = six.model_copy(update={"nurses": (nurse, *six.nurses[1:])})
    day = six.first_monday
    for name, warned in ((nurse.id, False), (six.nurses[1].id, True), (None, False)):
        row = Override(rule="on_call.week", nurse=name, first=day, last=day, reason="holiday week")
        found = law_warnings(instance.model_copy(update={"overrides": (row,)}))
        assert any("on_call.week" in each for each in found) == warned
    assert may_be_set_aside("on_call", as_norm=True) and not may_be_set_aside("competence.skill", as_norm=True)


def test_on_call_asks_an_agreement_for_everybody_on_call(six: Instance) -> None:
    """One nurse under the law alone: the warning that on call asks for an agreement."""
    assert not [each for each in law_warnings(six) if "agreement" in each and "ATB 5.19" in each]
    nurse = six.nurses[0].model_copy(update={"rule_set": "atw"})
    instance = six.model_copy(update={"nurses": (nurse, *six.nurses[1:])})
    assert [each for each in law_warnings(instance) if "ATB 5.19" in each]
