"""What one absence breaks, on rooms that are filled and solved by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from instances.plans import read_plan
from optimiser.daily.fragility import FragilityReport, FragilitySettings, fragility
from optimiser.daily.fragility_absence import Absence
from optimiser.daily.fragility_fix import Fix
from optimiser.daily.fragility_words import fragility_json, fragility_lines
from optimiser.domain.duty import Cover
from optimiser.domain.instance import Instance
from optimiser.domain.people import NurseSkill
from optimiser.domain.plan import Plan

Rooms = Callable[..., Any]
QUICK = FragilitySettings(iterations=60)


def published(plan: Plan) -> Plan:
    """The plan as it was told to the nurses."""
    duties = tuple(duty.model_copy(update={"status": "published"}) for duty in plan.duties)
    return plan.model_copy(update={"published": datetime(2026, 11, 2, 9), "duties": duties})


@pytest.fixture
def two(room: Rooms) -> Any:
    """N1 and N2 have day duties on Monday, contracts of 24 hours; N1 does one critical visit of half an hour."""
    small = room().kind("D", "07:00", "15:00", 30, carries_route=True, break_from="10:00", break_until="14:00")
    small.nurse("N1", contract_minutes=1440).nurse("N2", contract_minutes=1440)
    small.visit("v1", 0, "08:00", "10:00", priority="critical")
    return small.duty("N1", "D", 0, small.stop("v1", 0, "08:00")).duty("N2", "D", 0)


def judged(small: Any, at: int = 0, settings: FragilitySettings = QUICK) -> FragilityReport:
    """The report."""
    return fragility(small.instance(), published(small.plan()), at, settings)


def of(report: FragilityReport, nurse: str, day: date | None = None) -> Absence:
    """Her absence (on a day)."""
    return next(each for each in report.absences if each.nurse == nurse and day in (None, each.day))


def needs_tpv(small: Any, *nurses: str) -> Any:
    """The visit asks tpv, which these nurses have."""
    small.visit("v1", 0, "08:00", "10:00", priority="critical", skills=("tpv",))
    return small.add("nurse_skills", *(NurseSkill(nurse=nurse, skill="tpv") for nurse in nurses))


def test_a_robust_room_has_nothing_fragile(two: Any) -> None:
    """N2 has an empty route: she takes the visit; without N2 nothing happens at all."""
    report = judged(two)
    assert (report.share, len(report.absences), report.fragile) == (1.0, 2, ())
    assert (report.skills, report.skills_by_day, report.clients) == ((), (), ())
    assert fragility_lines(report, "nl") == (
        "100 % van de losse afwezigheden (2 van 2) laat geen tijdkritisch bezoek open en breekt geen bezetting.",
    )


def test_a_skill_held_by_one_nurse(two: Any) -> None:
    """Only N1 has tpv: her absence leaves the visit, and N2, on duty with room, could learn it for 480 minutes."""
    report = judged(needs_tpv(two, "N1"))
    absence = of(report, "N1")
    assert [(each.work, each.critical, each.alone) for each in absence.open_work] == [("v1", True, True)]
    assert absence.fixes[0] == Fix("train", "N2", 480, two.day(0), skill="tpv")
    assert report.share == 0.5
    assert [(each.skill, each.nurses) for each in report.skills_by_day] == [("tpv", ("N1",))]
    assert [(each.skill, each.holders, each.left) for each in report.skills] == [("tpv", ("N1",), 1)]
    assert [(each.client, each.nurse, each.visits) for each in report.clients] == [("C-v1", "N1", ("v1",))]
    lines = fragility_lines(report, "nl")
    assert "niemand anders in dienst mag v1 doen (tijdkritisch)" in lines[1]
    assert "N2 leert tpv" in lines[1]


def test_one_training_that_mends_two_days_is_half_as_dear(two: Any) -> None:
    """The same on Monday and Tuesday: 480 / 2."""
    needs_tpv(two, "N1").visit("v2", 1, "08:00", "10:00", priority="critical", skills=("tpv",))
    two.duty("N1", "D", 1, two.stop("v2", 1, "08:00")).duty("N2", "D", 1)
    report = judged(two)
    assert [(fix.price, fix.mends) for each in report.fragile for fix in each.fixes if fix.kind == "train"] == [
        (240, 2), (240, 2),
    ]  # fmt: skip


def test_who_is_free_and_able_is_asked_first(two: Any) -> None:
    """N3 is free and has tpv; N4 is free without: N3 is asked, and a second duty beforehand costs nothing but hours.

    N3 has 24 hours and no duty: 45 tens less short, so -45, cheaper than a training.
    """
    needs_tpv(two, "N1", "N3").nurse("N3", contract_minutes=1440).nurse("N4", contract_minutes=1440)
    absence = of(judged(two), "N1")
    assert absence.ask == ("N3",)
    assert absence.fixes[0] == Fix("second", "N3", -45, two.day(0), kind_id="D")


def test_a_cover_row_with_one_nurse(two: Any) -> None:
    """Monday asks two duties: either absence breaks it; one: neither does."""
    row = Cover(id="k", organisation="a", weekdays=("mon",), from_time=480, until_time=840, minimum=2, wanted=2)
    report = judged(two.add("cover", row))
    assert [[short.rows for short in each.cover] for each in report.fragile] == [[("k",)], [("k",)]]
    assert report.share == 0.0
    two.tables["cover"] = [row.model_copy(update={"minimum": 1, "wanted": 1})]
    assert judged(two).share == 1.0


def test_the_less_pressing_gives_way(two: Any) -> None:
    """N2 has a normal visit in the same half hour: it yields its place, stays open, and the absence is robust."""
    two.visit("v1", 0, "08:00", "08:30", priority="critical").visit("w", 0, "08:00", "08:30")
    two.duties = []
    two.duty("N1", "D", 0, two.stop("v1", 0, "08:00")).duty("N2", "D", 0, two.stop("w", 0, "08:00"))
    for worst in (0, 5):
        absence = of(judged(two, settings=FragilitySettings(worst=worst, iterations=60)), "N1")
        assert absence.robust
        assert [each.work for each in absence.open_work] == ["w"]


def test_two_critical_visits_at_once_do_not_fit_one_route(two: Any) -> None:
    """Both must start at 08:00: one of them stays open, though N2 may do either; a real repair says the same."""
    two.visit("v1", 0, "08:00", "08:30", priority="critical").visit("w", 0, "08:00", "08:30", priority="critical")
    two.duties = []
    two.duty("N1", "D", 0, two.stop("v1", 0, "08:00")).duty("N2", "D", 0, two.stop("w", 0, "08:00"))
    absence = of(judged(two), "N1")
    assert absence.repaired
    assert [(each.critical, each.alone) for each in absence.open_work] == [(True, False)]


def test_who_checks_from_afar_is_missed_too(two: Any) -> None:
    """N2 does nothing but be reachable for the check of N1's visit: without her it may not be done."""
    two.visit("v1", 0, "08:00", "10:00", priority="critical", second_check="remote")
    absence = of(judged(two, settings=FragilitySettings(worst=0)), "N2")
    assert [each.work for each in absence.critical] == ["v1"]


def test_what_has_begun_is_no_question_any_more(two: Any) -> None:
    """At 07:01 on Monday only the duty of Tuesday is left."""
    two.duty("N1", "D", 1)
    assert [(each.nurse, each.day) for each in judged(two, at=two.at(0, "07:01")).absences] == [("N1", two.day(1))]


def test_certificates_that_end_are_told(two: Any) -> None:
    """N2's tpv ends within 90 days of the horizon: from then on it hangs on N1."""
    needs_tpv(two, "N1").add("nurse_skills", NurseSkill(nurse="N2", skill="tpv", valid_until=date(2027, 2, 1)))
    report = judged(two)
    assert report.share == 1.0
    assert [(each.left, each.ending) for each in report.skills] == [(1, ((date(2027, 2, 1), "N2"),))]
    assert "Loopt af: N2 (2027-02-01)." in fragility_lines(report, "nl")[-1]
    assert "Ends: N2 (2027-02-01)." in fragility_lines(report, "en")[-1]


def test_the_report_of_six_nurses_is_the_same_twice(six: Instance) -> None:
    """Effort in iterations: equal reports; the worst are repaired, and the share counts the robust ones."""
    plan = published(read_plan(Path(__file__).parents[1] / "instances" / "six_nurses_plan.json", six)[0])
    settings = FragilitySettings(worst=3, iterations=60)
    one, other = (fragility(six, plan, 0, settings) for _ in range(2))
    assert one == other
    assert fragility_json(one) == fragility_json(other)
    assert len(one.absences) == len({(duty.nurse, duty.day) for duty in plan.duties if duty.follows is None})
    assert sum(each.repaired for each in one.absences) == 3
    assert one.robust + len(one.fragile) == len(one.absences)
