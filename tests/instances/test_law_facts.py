"""Facts for law and agreements: what is refused, and what a planner is warned of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from instances.check_law import check_law
from instances.law_warnings import counters_asked, law_warnings
from instances.read import read_instance
from optimiser.domain.duty import Override, ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.labour import CAO_VVT_2025, RULE_SETS, agreed, ended_on

NIGHT = 'night_limit = "16_weeks"'
LAW_ONLY = 'after_agreement = "law_only"'
RULE = 'rule_set = "cao_vvt_2025"'


# The horizon is 7 to 13 December 2026: 280 days after its end is 19 September 2027, 184 before its start 6 June 2026.
@pytest.mark.parametrize(("cells", "wrong"), [
    ({"uitgerekend": "2027-09-19"}, None),
    ({"uitgerekend": "2027-09-20"}, "uitgerekend"),
    ({"uitgerekend": "2026-06-06"}, None),
    ({"uitgerekend": "2026-06-05"}, "uitgerekend"),
    ({"uitgerekend": "2025-06-05", "bevallen": "2025-06-01"}, None),
    ({"bevallen": "2026-12-13"}, None),
    ({"bevallen": "2026-12-14"}, "bevallen"),
    ({"uitgerekend": "2026-10-01", "bevallen": "2026-05-14"}, None),  # 140 days early
    ({"uitgerekend": "2026-10-01", "bevallen": "2026-05-13"}, "bevallen"),
    ({"uitgerekend": "2026-10-01", "bevallen": "2026-11-12"}, None),  # 42 days late
    ({"uitgerekend": "2026-10-01", "bevallen": "2026-11-13"}, "bevallen"),
    ({"vrije_weekenden": "53"}, "vrije_weekenden"),
    ({"functiegroep": "9"}, "functiegroep"),
])  # fmt: skip
def test_births_that_cannot_be(folder: Any, cells: dict[str, str], wrong: str | None) -> None:
    """Later than a pregnancy lasts, long past without a birth, ahead of us, or far from the due date."""
    for heading, value in cells.items():
        folder.cell("nurses", 2, heading, value)
    assert folder.faults() == ({("nurses.csv", 2, wrong)} if wrong else set())


def test_consignatie_is_standby_from_home(folder: Any) -> None:
    """Row 5 is the standby night, row 2 a day of work."""
    folder.cell("shift_kinds", 5, "consignatie", "ja")
    assert folder.faults() == set()
    folder.cell("shift_kinds", 5, "op_werkplek", "ja")
    folder.cell("shift_kinds", 2, "consignatie", "ja")
    assert folder.faults() == {("shift_kinds.csv", row, "consignatie") for row in (2, 5)}


def test_work_has_no_form_of_standby_and_news_is_not_told_afterwards(folder: Any) -> None:
    """A context row of work at the workplace; a duty published the day after it was done."""
    folder.cell("context", 2, "soort_bereikbaarheid", "werkplek")
    folder.cell("duties_given", 2, "gepubliceerd_op", "2026-12-31")
    assert folder.faults() == {("context.csv", 2, "soort_bereikbaarheid"), ("duties_given.csv", 2, "gepubliceerd_op")}


@pytest.mark.parametrize(("changes", "wrong"), [
    ([(NIGHT, 'night_limit = "52_weeks"')], set()),
    ([(NIGHT, 'night_limit = "52_weeks"'), (RULE, 'rule_set = "atb_care"')], {"planning.night_limit"}),
    ([(NIGHT, 'night_limit = "2_weeks"'), (RULE, 'rule_set = "atw"')], {"planning.night_limit"}),
    ([("series_of_eight = false", "series_of_eight = true"), (RULE, 'rule_set = "atw"')], {"planning.series_of_eight"}),
    # the agreement ended on 31 August 2026 and its rules do not go on
    ([("series_of_eight = false", "series_of_eight = true"), ('after_agreement = "continues"', LAW_ONLY)],
     {"planning.series_of_eight"}),
    ([("balance_weeks = 13", "balance_weeks = 0")], {"planning.balance_weeks"}),
    ([("balance_weeks = 13", 'publish_on = "2026-11-01"')], set()),
    ([("balance_weeks = 13", "publish_on = 2026-11-01")], set()),
    ([("balance_weeks = 13", 'publish_on = "gisteren"')], {"planning.publish_on"}),
])  # fmt: skip
def test_freedoms_of_an_agreement_need_one(folder: Any, changes: list[tuple[str, str]], wrong: set[str]) -> None:
    """Other limits on nights and eight in a series (ATW 5:8 lid 7 and 9)."""
    for old, new in changes:
        folder.toml(old, new)
    assert folder.faults() == {("instance.toml", 0, key) for key in wrong}


def test_the_refusal_names_the_article(folder: Any) -> None:
    """Which paragraph leaves it to an agreement."""
    folder.toml(NIGHT, 'night_limit = "52_weeks"')
    folder.toml(RULE, 'rule_set = "atw"')
    with pytest.raises(Exception, match="ATW 5:8 lid 9a"):
        read_instance(folder.path)
    assert check_law.__doc__


def test_the_end_of_an_agreement_is_said_once(six: Instance) -> None:
    """It goes on, or the law alone holds, or it ends on the way; under the law alone there is nothing to say."""
    def said(**settings: Any) -> list[str]:
        return law_warnings(six.model_copy(update={"settings": six.settings.model_copy(update=settings)}))

    assert ["rules go on (nawerking)" in each and "law_only" in each for each in said()] == [True]
    assert ["only law and decree" in each for each in said(after_agreement="law_only")][:1] == [True]
    assert said(rule_set="atb_care") == []
    early = six.model_copy(update={"first_monday": date(2026, 8, 31), "counters": six.counters})
    assert "inside the horizon" in law_warnings(early)[0]
    assert ended_on(RULE_SETS["atw"], date(2030, 1, 1)) is None
    assert ended_on(CAO_VVT_2025, date(2026, 8, 31)) is None
    assert ended_on(CAO_VVT_2025, date(2026, 9, 1)) == date(2026, 8, 31)
    assert [agreed("cao_vvt_2025", date(2026, 9, 1), each) for each in (True, False)] == [True, False]
    assert not agreed("atb_care", date(2026, 1, 1), True)


def test_on_call_asks_for_an_agreement(six: Instance) -> None:
    """ATB 5.19 lid 3: under the law alone, or when the agreement has ended; consignatie needs none."""
    def said(**settings: Any) -> list[bool]:
        kinds = settings.pop("shift_kinds", six.shift_kinds)
        changed = {"settings": six.settings.model_copy(update=settings), "shift_kinds": kinds}
        return ["ATB 5.19 lid 3" in each for each in law_warnings(six.model_copy(update=changed))]

    forms = tuple(each.model_copy(update={"consignatie": each.lane == "standby"}) for each in six.shift_kinds)
    assert said(rule_set="atw") == [True]
    assert said(rule_set="atw", shift_kinds=forms) == []
    assert (said(after_agreement="law_only"), said()) == ([False, True], [False])


def test_an_override_of_the_law_is_a_warning(six: Instance) -> None:
    """Law is never set aside, and a name that is no rule does nothing; agreements, signals and their families may."""
    def said(rule: str) -> list[str]:
        row = Override(rule=rule, first=six.first_monday, last=six.first_monday, reason="agreed")
        found = law_warnings(six.model_copy(update={"overrides": (row,)}))
        return [each for each in found if each.startswith("overrides")]

    for rule, count in (("weekly_rest.week", 1), ("weekly_rest", 1), ("breaks", 1), ("no_rule", 1), ("seniors", 0),
                        ("seniors.night", 0), ("rest.token", 0), ("livable.long_row", 0)):  # fmt: skip
        assert len(said(rule)) == count
    assert "weekly_rest.week cannot be set aside" in said("weekly_rest.week")[0]


def test_too_few_free_weekends_are_a_warning(six: Instance) -> None:
    """16 agreed is below the agreement's least of 17; who works weekends only has no such number."""
    first = six.nurses[0]
    for fields, count in (({"free_weekends": 16}, 1), ({"free_weekends": 17}, 0),
                          ({"free_weekends": 0, "weekends_only": True}, 0)):  # fmt: skip
        nurses = (first.model_copy(update=fields), *six.nurses[1:])
        found = [each for each in law_warnings(six.model_copy(update={"nurses": nurses})) if "free weekends" in each]
        assert len(found) == count


def test_a_short_past_is_said_by_counter(six: Instance) -> None:
    """Two weeks of context without counters are too short for 16 and for 52 weeks; a new nurse is not missed."""
    found = law_warnings(six.model_copy(update={"counters": ()}))[1:]
    assert len(found) == 2
    assert "work_minutes_15_weeks, on_call_16_weeks is missing for 6 nurses (m1, m2, m3, r1, r2)" in found[0]
    assert "free_sundays_52_weeks, free_weekends_52_weeks is missing for 6 nurses" in found[1]
    rest = tuple(each for each in six.context if each.nurse != "m1")
    found = law_warnings(six.model_copy(update={"counters": (), "context": rest}))[1:]
    assert "is missing for 5 nurses (m2, m3, r1, r2, r3)" in found[0]


def test_the_counters_that_are_asked_follow_the_kinds_and_settings(six: Instance) -> None:
    """Awake nights, standby at the workplace, and the year's limit on nights each have one."""
    night = ShiftKind(id="w", code="W", name="W", category="night", start=1380, end=1860)
    kinds = (night, night.model_copy(update={"lane": "standby", "at_workplace": True}))
    settings = six.settings.model_copy(update={"night_limit": "52_weeks", "rule_set": "atw"})
    asked = counters_asked(six.model_copy(update={"shift_kinds": kinds, "settings": settings, "nurses": six.nurses}))
    assert asked[16] == ["work_minutes_15_weeks", "nights_16_weeks", "on_call_16_weeks"]
    assert asked[26] == ["workplace_26_weeks"]
    assert set(asked[52]) <= {"late_nights_52_weeks", "free_sundays_52_weeks", "free_weekends_52_weeks"}
    assert "late_nights_52_weeks" in asked[52]
