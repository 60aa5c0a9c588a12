"""Every objective term, solved by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from optimiser.check.checker import check
from optimiser.domain.duty import Cover, GivenDuty
from optimiser.domain.money import MoneySettings
from optimiser.domain.objective import TERMS, weigh
from optimiser.domain.people import Availability, ClientNurse, Counter, NurseSkill, PastVisit, Wish
from optimiser.domain.plan import Route
from optimiser.domain.sharing import PRESETS
from optimiser.domain.work import Task


def day_kind(room: Any) -> Any:
    """A duty 08:00-16:00 with a break of 30 minutes between 11:00 and 14:00."""
    return room.kind("D", "08:00", "16:00", 30, break_from="11:00", break_until="14:00", carries_route=True)


def three_stops(room: Any) -> Any:
    """A 09:00-09:30, B 10:10-10:40, break 11:00-11:30, C 13:00-13:30; every trip 10 minutes."""
    day_kind(room).nurse("N1", contract_minutes=500)
    for name in "ABC":
        room.visit(name, 0, "08:00", "16:00")
    return room.duty(
        "N1", "D", 0, room.stop("A", 0, "09:00"), room.stop("B", 0, "10:10"),
        room.stop("break", 0, "11:00", what="break"), room.stop("C", 0, "13:00"),
    )  # fmt: skip


def test_every_term_is_counted_and_weighed(room: Any) -> None:
    """The counts name exactly the terms, and the vector is their weighted sum."""
    filled = three_stops(room())
    report = filled.report()
    assert set(report.counts) == {term.name for term in TERMS}
    assert report.objective == weigh(report.counts, filled.instance().weights, 0)


def test_travel_home_legs_and_waiting(room: Any) -> None:
    """Travel A-B and B-C: 20. Home legs: 10 + 10. Idle A-B: 10:10 - 09:30 - 10 = 30, 15 over the free 15.
    Idle B-C: 13:00 - 10:40 = 140 less 10 travel and 30 break = 100, 85 over. Waiting 15 + 85 = 100."""
    counts = three_stops(room()).report().counts
    assert (counts["travel"], counts["home_leg"], counts["waiting"]) == (20, 20, 100)


def test_overtime_and_undertime_per_nurse_and_week(room: Any) -> None:
    """450 worked of 500: 50 under, 5 tens. N2 has 449 over a net contract of 432 - 431 (leave) = 1 in week 0."""
    filled = three_stops(room()).nurse("N2", contract_minutes=432)
    leave = Availability(nurse="N2", kind="leave", first=filled.day(5), last=filled.day(5), minutes_per_day=431)
    filled.add("availability", leave).duty("N2", "D", 1)
    counts = filled.report().counts
    assert (counts["undertime"], counts["overtime"]) == (5, 449)


def test_hours_of_a_sunday_night_after_the_horizon_are_not_in_it(room: Any) -> None:
    """Sunday 23:00-07:00 less 30 minutes: 30 minutes in week 0, the rest beyond. 100 - 30 = 70: 7 tens."""
    counts = room().nurse("N1", contract_minutes=100).shift(6, "23:00", "31:00", 30).report().counts
    assert (counts["undertime"], counts["overtime"]) == (7, 0)


def test_unserved_work_by_priority(room: Any) -> None:
    """Time-critical counts as critical; half a pair is not served; in-route tasks count, tasks outside do not."""
    filled = day_kind(room()).visit("A", 0, "08:00", "16:00", time_critical=True)
    filled.visit("B", 0, "08:00", "16:00", priority="high").visit("C", 0, "08:00", "16:00", priority="critical")
    filled.visit("E", 0, "08:00", "16:00", nurses=2).duty("N1", "D", 0, filled.stop("E", 0, "11:30"))
    task = {"kind": "other", "organisation": "a", "day": filled.day(0), "from_time": 480, "until_time": 540}
    filled.add(
        "tasks", Task(id="T", minutes=30, priority="high", **task),
        Task(id="U", minutes=60, nurse="N1", in_route=False, **{**task, "day": filled.day(3)}),
    )  # fmt: skip
    filled.unserved = ["A", "B", "C", "E", "T"]
    report = filled.report()
    counts = report.counts
    assert [counts[f"unserved_{name}"] for name in ("critical", "high", "normal")] == [2, 2, 1]
    assert [each.rule for each in report.violations] == ["served.parts"]


def test_familiar_and_preferred_faces(room: Any) -> None:
    """C-A prefers N2 (N1 is neither: both terms); C-B knows N1 from the past (nothing); C-C knows nobody (nothing)."""
    filled = three_stops(room()).nurse("N2")
    filled.add("client_nurses", ClientNurse(client="C-A", nurse="N2", relation="preferred"))
    filled.add("past_visits", PastVisit(client="C-B", nurse="N1", day=date(2026, 12, 1)))
    counts = filled.report().counts
    assert (counts["unfamiliar"], counts["not_preferred"]) == (1, 1)


def test_a_known_nurse_who_is_not_preferred_costs_only_that(room: Any) -> None:
    """C-A prefers N2 and knows N1: familiar, but not preferred. A ban makes nobody familiar."""
    filled = three_stops(room()).nurse("N2")
    filled.add(
        "client_nurses",
        ClientNurse(client="C-A", nurse="N2", relation="preferred"),
        ClientNurse(client="C-A", nurse="N1", relation="known"),
        ClientNurse(client="C-B", nurse="N2", relation="banned"),
    )
    counts = filled.report().counts
    assert (counts["unfamiliar"], counts["not_preferred"]) == (0, 1)


def test_lending_is_counted_per_part(room: Any) -> None:
    """One visit of organisation b by N1 of a, at 7 minutes a part."""
    filled = day_kind(room()).client("C", organisation="b").visit("A", 0, "08:00", "16:00", client="C")
    filled.duty("N1", "D", 0, filled.stop("A", 0, "11:30"))
    filled.contract = PRESETS["joint"].model_copy(update={"lending_minutes": 7})
    assert filled.report().counts["lending"] == 7


def test_wishes(room: Any) -> None:
    """Refused: free on a working Monday (weight 3), an evening on Tuesday where a day is worked (1), work on
    Wednesday (1). Kept: free on Thursday, any work on Tuesday. Outside the horizon: nothing."""
    filled = day_kind(room()).duty("N1", "D", 0).duty("N1", "D", 1)
    wish = {"nurse": "N1"}
    filled.add(
        "wishes",
        Wish(day=filled.day(0), wish="free", weight=3, **wish),
        Wish(day=filled.day(1), wish="work", category="evening", **wish),
        Wish(day=filled.day(1), wish="work", **wish),
        Wish(day=filled.day(2), wish="work", **wish),
        Wish(day=filled.day(3), wish="free", **wish),
        Wish(day=filled.day(9), wish="work", **wish),
    )
    own = GivenDuty(nurse="N1", kind="D", day=filled.day(4), status="own")
    base = GivenDuty(nurse="N1", kind="D", day=filled.day(9), status="base")
    counts = filled.add("duties_given", own, base).report().counts
    assert (counts["wish_refused"], counts["own_entry_refused"], counts["base_changed"]) == (5, 1, 0)


def test_a_standby_day_is_not_free_and_not_work(room: Any) -> None:
    """A standby duty refuses both a wish for a free day and one for work."""
    filled = room().standby(0, "17:00", "23:00")
    wishes = [Wish(nurse="N1", day=filled.day(0), wish=wish) for wish in ("free", "work")]
    assert filled.add("wishes", *wishes).report().counts["wish_refused"] == 2


def test_fairness_of_evenings_with_history(room: Any) -> None:
    """N1 works 3 evenings, N2 none; N1 had 1 this year, N2 had 4; equal contracts. H + T = 5 + 3 = 8, share 4 each:
    targets 4 - 1 = 3 and 4 - 4 = 0: nothing above."""
    filled = room().nurse("N1", contract_minutes=1000).nurse("N2", contract_minutes=1000)
    for day in range(3):
        filled.shift(day, "15:00", "22:00", 30, category="evening")
    filled.add("counters", Counter(nurse="N1", counter="evenings_year", value=1))
    filled.add("counters", Counter(nurse="N2", counter="evenings_year", value=4))
    assert filled.report().counts["fairness"] == 0


def test_fairness_is_the_square_of_what_is_above(room: Any) -> None:
    """3 evenings by N1 of three equal nurses, no history: share 1, 2 above, 4. A fourth nurse who works only days and
    a student have no part in it, and standby evenings count for nobody."""
    filled = room().nurse("N1", contract_minutes=900)
    for name in ("N2", "N3"):
        filled.nurse(name, contract_minutes=900)
    filled.nurse("N4", contract_minutes=9000, categories=("day",))
    filled.nurse("N5", contract_minutes=9000, experience="student", companion="N2")
    for day in range(3):
        filled.shift(day, "15:00", "22:00", 30, category="evening")
    filled.standby(3, "15:00", "22:00", category="evening")
    assert filled.report().counts["fairness"] == 4


def test_fairness_of_standby_nights_and_weekends(room: Any) -> None:
    """Two nurses, contracts 2 : 1. N2 has both standby nights: share ceil(2/3) = 1, 1 above: 1. They are Saturday and
    Sunday: one weekend for N2, share ceil(1/3) = 1: 0."""
    filled = room().nurse("N1", contract_minutes=1200).nurse("N2", contract_minutes=600)
    for day in (5, 6):
        filled.standby(day, "23:00", "31:00", nurse="N2", category="night")
    assert filled.report().counts["fairness"] == 1


def test_fairness_of_holidays(room: Any) -> None:
    """Christmas 2026, two nurses of equal contract. N2 has both days, the second at work and on call: 3, since each
    duty counts once; with 1 before of N1, H + T = 4, share 2: 1 above. They are evenings of nobody and no weekend is
    above: Saturday counts once, share ceil(1/2) = 1. The evening of 24 December and the 27th are no holidays."""
    filled = room(monday=date(2026, 12, 21)).nurse("N1", contract_minutes=900).nurse("N2", contract_minutes=900)
    for day, standby in ((4, False), (5, False), (5, True), (3, False), (6, False)):
        (filled.standby if standby else filled.shift)(day, *(("18:00", "22:00") if standby else ("07:00", "15:00")),
                                                      nurse="N2")  # fmt: skip
    filled.add("counters", Counter(nurse="N1", counter="holidays_year", value=1))
    assert filled.report().counts["fairness"] == 1
    filled.add("counters", Counter(nurse="N2", counter="holidays_year", value=3))
    # H + T = 4 + 3 = 7, share 4, less her 3 of before: 1; 3 - 1 = 2 above, squared
    assert filled.report().counts["fairness"] == 4


def test_counters_alone_make_no_holiday_unfair(room: Any) -> None:
    """A week without holidays: who worked many before is not above anything, since she can have none here."""
    filled = room().nurse("N1", contract_minutes=900).nurse("N2", contract_minutes=900).shift(1, "07:00", "15:00")
    filled.add("counters", Counter(nurse="N1", counter="holidays_year", value=9))
    assert filled.report().counts["fairness"] == 0


def test_liberation_day_is_what_the_instance_says(room: Any) -> None:
    """Tuesday 5 May 2026 is no lustrum; where it is a holiday each year, two duties of one of three nurses on it are
    1 above a share of ceil(2/3) = 1."""
    for liberation_day, found in (("lustrum", 0), ("yearly", 1)):
        filled = room(monday=date(2026, 5, 4))
        for name in ("N1", "N2", "N3"):
            filled.nurse(name, contract_minutes=900)
        filled.shift(1, "07:00", "15:00").standby(1, "18:00", "22:00")
        case = filled.instance().model_copy(update={"money": MoneySettings(liberation_day=liberation_day)})
        assert check(case, filled.contract, filled.matrix(), filled.plan()).counts["fairness"] == found


def covered(room: Any, contract: str, **row: Any) -> Any:
    """One row for each organisation on Monday 09:00-15:00, minimum 1, wanted 2; two nurses of a work 08:00-16:00."""
    for organisation in ("a", "b"):
        fields = {"id": f"W-{organisation}", "organisation": organisation, "weekdays": ("mon",), "from_time": 540,
                  "until_time": 900, "minimum": 1, "wanted": 2, **row}  # fmt: skip
        room.add("cover", Cover(**fields))
    room.contract = PRESETS[contract]
    day_kind(room).duty("N1", "D", 0).duty("N2", "D", 0)
    return room


@pytest.mark.parametrize(
    ("contract", "row", "minimum", "wanted"),
    [
        # own: a has 2 of 2; b has 0: 1 short of the minimum, 1 more to the wanted
        ("single", {}, 1, 1),
        # pooled: 2 counted of 2 and 4: 2 short of the wanted
        ("joint", {}, 0, 2),
        # the window is not held from start to end
        ("joint", {"until_time": 961}, 2, 2),
        # nobody has the skill: minimum 2, wanted 4
        ("joint", {"skills": ("iv",)}, 2, 2),
        # another lane
        ("joint", {"lane": "standby"}, 2, 2),
    ],
)
def test_cover_is_counted_not_judged(contract: str, row: dict[str, Any], minimum: int, wanted: int, room: Any) -> None:
    """Shortfalls by contract; never a violation."""
    report = covered(room(), contract, **row).report()
    assert not report.violations
    assert (report.counts["uncovered_minimum"], report.counts["uncovered_wanted"]) == (minimum, wanted)
    assert sum(each.below_minimum for each in report.shortfalls) == minimum


def test_pooled_standby_sets_the_number(room: Any) -> None:
    """Two standby rows of wanted 2 pooled to 1 in all: nobody is on call, 1 is short."""
    filled = covered(room(), "joint", lane="standby")
    filled.contract = filled.contract.model_copy(update={"pooled_standby": 1})
    counts = filled.report().counts
    assert (counts["uncovered_minimum"], counts["uncovered_wanted"]) == (1, 0)


def test_students_and_new_colleagues_fill_no_cover_and_skills_must_be_valid(room: Any) -> None:
    """Of three duties only that of the nurse whose skill is valid on Monday counts for a row of 3."""
    filled = day_kind(room()).nurse("N1").nurse("N2").nurse("N3", experience="new")
    for name, last in (("N1", 7), ("N2", 6), ("N3", 31)):
        filled.add("nurse_skills", NurseSkill(nurse=name, skill="iv", valid_until=date(2026, 12, last)))
        filled.duty(name, "D", 0)
    row = Cover(id="W", organisation="a", day=filled.day(0), from_time=480, until_time=960, skills=("iv",), minimum=3,
                wanted=3)  # fmt: skip
    assert filled.add("cover", row).report().counts["uncovered_minimum"] == 2


def test_changes_against_a_parent(room: Any) -> None:
    """N1 Monday stays; Tuesday moves from N1 to N2: one vanished, one new. A moves 16 minutes: changed; B 15: not."""

    def fill(nurse: str, a: str, b: str) -> Any:
        filled = day_kind(room()).nurse("N1").nurse("N2")
        filled.visit("A", 0, "08:00", "16:00").visit("B", 0, "08:00", "16:00")
        stops = (filled.stop("A", 0, a), filled.stop("break", 0, "11:00", what="break"), filled.stop("B", 0, b))
        return filled.duty("N1", "D", 0, *stops).duty(nurse, "D", 1)

    parent = fill("N1", "09:00", "13:00").plan()
    counts = fill("N2", "09:16", "13:15").report(parent).counts
    assert (counts["changed_duty"], counts["changed_visit"]) == (2, 1)
    assert fill("N2", "09:16", "13:15").report().counts["changed_duty"] == 0


def test_a_visit_that_vanishes_is_unserved_and_a_pair_changes_once(room: Any) -> None:
    """E for two is moved by an hour with both nurses: one visit. A is gone: unserved, not changed."""

    def fill(start: str, *more: str) -> Any:
        filled = day_kind(room()).visit("A", 0, "08:00", "16:00").visit("E", 0, "08:00", "16:00", nurses=2)
        filled.duty("N2", "D", 0, filled.stop("E", 0, start, part=2))
        alone = filled.stop("E", 0, start)
        pause = filled.stop("break", 0, "13:00", what="break")
        return filled.duty("N1", "D", 0, alone, *((pause, filled.stop("A", 0, "14:00")) if more else ()))

    counts = fill("12:00").report(fill("11:00", "A").plan()).counts
    assert (counts["changed_visit"], counts["unserved_normal"]) == (1, 1)


def test_changes_are_believed_when_the_parent_is_not_at_hand(room: Any) -> None:
    """The claim is taken over and the report says so."""
    filled = three_stops(room())
    terms = dict(filled.report().counts, changed_duty=2)
    filled.claims = {"parent": "abc", "objective_terms": terms}
    report = filled.report()
    assert report.clean and report.counts["changed_duty"] == 2
    assert "check.note.no_parent" in report.notes


def test_a_plan_without_routes_has_no_route_terms(room: Any) -> None:
    """Hours, cover, wishes and fairness count; visits, travel and faces do not."""
    filled = three_stops(room())
    filled.claims = {"with_routes": False}
    counts = filled.report().counts
    assert counts["undertime"] == 5
    assert {name for name, count in counts.items() if count} == {"undertime"}


def test_work_without_a_place_needs_no_travel(room: Any) -> None:
    """Home - telephone at home - A - telephone at A - home: home legs 0 + 10, travel 10 (telephone to A) + 0."""
    filled = day_kind(room()).nurse("N1").visit("A", 0, "08:00", "16:00")
    call = {"kind": "telephone", "organisation": "a", "day": filled.day(0), "from_time": 480, "until_time": 960}
    filled.add("tasks", *(Task(id=name, minutes=30, **call) for name in ("T", "U")))
    filled.duty(
        "N1", "D", 0, filled.stop("T", 0, "09:00", what="task"), filled.stop("A", 0, "09:40"),
        filled.stop("break", 0, "11:00", what="break"), filled.stop("U", 0, "11:30", what="task"),
    )  # fmt: skip
    report = filled.report()
    assert not report.violations
    assert (report.counts["home_leg"], report.counts["travel"]) == (10, 10)


def test_slack_is_kept_before_the_next_stop_only(room: Any) -> None:
    """With 5 minutes of slack B may begin at 09:30 + 5 + 10 = 09:45, not at 09:44; nothing is asked after the last."""
    for start, broken in (("09:45", []), ("09:44", ["routes.travel"])):
        filled = day_kind(room(slack_minutes=5)).visit("A", 0, "08:00", "16:00").visit("B", 0, "08:00", "16:00")
        filled.visit("C", 0, "08:00", "16:00").duty(
            "N1", "D", 0, filled.stop("A", 0, "09:00"), filled.stop("B", 0, start),
            filled.stop("break", 0, "11:00", what="break"), filled.stop("C", 0, "15:30"),
        )  # fmt: skip
        assert [each.rule for each in filled.report().violations] == broken


def test_start_and_end_place_may_change_for_a_date(room: Any) -> None:
    """On Monday N1 starts from the client's own place: that leg is 0, the way home 10."""
    filled = day_kind(room()).nurse("N1").visit("A", 0, "08:00", "16:00")
    row = Availability(nurse="N1", kind="travel", first=filled.day(0), last=filled.day(0), start_place="at-C-A")
    filled.add("availability", row).duty("N1", "D", 0, filled.stop("A", 0, "09:00"))
    report = filled.report()
    assert not report.violations
    assert report.counts["home_leg"] == 10


def test_each_segment_has_its_own_way_out_and_home(room: Any) -> None:
    """A split duty with one visit in each part: 4 home legs of 10."""
    filled = room().kind("D", "08:00", "12:00", second_start="14:00", second_end="18:00", carries_route=True)
    filled.visit("A", 0, "08:00", "18:00").visit("B", 0, "08:00", "18:00")
    routes = (Route(stops=(filled.stop("A", 0, "09:00"),)), Route(segment=1, stops=(filled.stop("B", 0, "14:00"),)))
    report = filled.duty("N1", "D", 0, routes=routes).report()
    assert not report.violations  # the second part needs no handover
    assert report.counts["home_leg"] == 40
