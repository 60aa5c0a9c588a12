"""The ledger of evenings, nights, weekends and holidays, by hand; and over a year of four periods of 13 weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from optimiser.check.fairness import CLASSES, class_targets
from optimiser.daily.next_week import next_week
from optimiser.daily.next_week_past import Past
from optimiser.domain.duty import GivenDuty
from optimiser.domain.instance import Instance
from optimiser.domain.people import Counter
from optimiser.domain.plan import Duty, Plan
from optimiser.report.base_kept import base_kept
from optimiser.report.ledger import LedgerLine, classes_of, ledger

Rooms = Callable[..., Any]


def lines_of(instance: Instance, plan: Plan) -> dict[tuple[str, str], LedgerLine]:
    """(nurse, class) -> line."""
    return {(line.nurse, line.name): line for line in ledger(instance, plan)}


def christmas(rooms: Rooms) -> Any:
    """The week of Christmas 2026 (week 52 of 53): N1 of 24 h and N2 of 12 h, N3 without contract, a student."""
    made = rooms(monday=date(2026, 12, 21)).nurse("N1", contract_minutes=1440).nurse("N2", contract_minutes=720)
    made.nurse("N3").nurse("S", contract_minutes=720, experience="student", companion="N1")
    made.kind("N", "23:00", "31:00", category="night").kind("D", "07:00", "15:00")
    made.add("counters", Counter(nurse="N1", counter="nights_year", value=10))
    made.add("counters", Counter(nurse="N2", counter="nights_year", value=9))
    made.duty("N1", "N", 0).duty("N1", "D", 4).duty("N2", "N", 4).duty("N2", "D", 6).duty("N3", "N", 5)
    return made


def test_shares_are_by_contract_of_what_was_and_is(room: Rooms) -> None:
    """Nights: 19 before and 2 now of who has hours, of 36 h together: 14 of N1 and 7 of N2. N1 has 11, 3 below; N2 10,
    3 above. Holidays: one each on Friday 25: share 4/3 and 2/3. What N3 does is nobody's share."""
    made = christmas(room)
    found = lines_of(made.instance(), made.plan())
    assert {nurse for nurse, _ in found} == {"N1", "N2"}
    nights = [found[nurse, "nights"] for nurse in ("N1", "N2")]
    assert [(each.brought, each.planned, each.share, each.balance) for each in nights] == [
        (10, 1, 14, -3), (9, 1, 7, 3),
    ]  # fmt: skip
    assert [found[nurse, "holidays"].share for nurse in ("N1", "N2")] == [Fraction(4, 3), Fraction(2, 3)]
    assert found["N2", "weekends"].planned == 1
    # what is above and what is below is as much, in each class
    for name in ("evenings", "nights", "weekends", "holidays"):
        assert sum(line.balance for (_, each), line in found.items() if each == name) == 0
    # the next week is the last of its year: all is carried on
    assert [each.carried for each in nights] == [11, 10]


def test_targets_of_the_plan_are_the_shares_less_what_was_before(room: Rooms) -> None:
    """Where all have hours the objective's target is the share rounded up, less what she brought along."""
    made = christmas(room)
    made.nurses.pop("N3")
    made.duties.pop()
    instance, plan = made.instance(), made.plan()
    case = Past(instance, plan, 1).case
    for name in ("evenings", "nights", "weekends", "holidays"):
        for nurse, target in class_targets(case, name)[1]:
            line = lines_of(instance, plan)[nurse.id, name]
            assert target == max(0, -int(-line.share // 1) - line.brought)


def test_a_week_alone_says_nothing_of_a_year(room: Rooms) -> None:
    """No counters and a week: no lines. With the weeks of a long roster the plan itself tells."""
    made = room().nurse("N1", contract_minutes=900).kind("N", "23:00", "31:00", category="night").duty("N1", "N", 0)
    assert ledger(made.instance(), made.plan()) == ()
    longer = room(weeks=4).nurse("N1", contract_minutes=900).kind("N", "23:00", "31:00", category="night")
    longer.duty("N1", "N", 0)
    assert lines_of(longer.instance(), longer.plan())["N1", "nights"].balance == 0
    # who works days only shares no nights
    days = room(weeks=4).nurse("N1", contract_minutes=900, categories=("day",)).kind("D", "07:00", "15:00")
    assert {line.name for line in ledger(days.instance(), days.plan())} == {"weekends", "holidays"}


def planned(made: Any, instance: Instance, cells: list[tuple[str, str, int]]) -> Plan:
    """A plan of (nurse, kind, day number) for an instance that came after that of the room."""
    duties = []
    for nurse, kind, number in cells:
        shape, day = instance.kind_by_id[kind], instance.clock.date_of(number)
        duties.append(Duty(
            id=f"{nurse}/{day}/{shape.lane}", nurse=nurse, kind=kind, day=day, lane=shape.lane, organisation="a",
            start=instance.clock.at(number, shape.start), end=instance.clock.at(number, shape.end),
        ))  # fmt: skip
    return made.plan().model_copy(update={"fingerprint": instance.fingerprint, "duties": tuple(duties)})


def test_a_year_of_four_periods_and_the_change_of_year(room: Rooms) -> None:
    """2026 has 53 weeks, from Monday 29 December 2025. Each period of 13 weeks N1 has 3 nights and N2 one, and a
    weekend each; N2 has New Year's Day 2026, N1 Christmas Day: carried on are 3, 6, 9 and 12 nights of N1. The fifth
    period begins on 28 December in week 53 of 2026, so still with 12; it goes on into 2027, whose nights alone, two of
    its three, are carried on to the sixth. 1 January 2027 is a Friday of 2026."""
    made = room(monday=date(2025, 12, 29), weeks=13)
    made.kind("N", "23:00", "31:00", category="night").kind("D", "07:00", "15:00")
    for name in ("N1", "N2"):
        made.nurse(name, contract_minutes=900)
    instance, seen = made.instance(), []
    for period in range(5):
        cells = [("N1", "N", 0), ("N1", "N", 30), ("N1", "N", 60), ("N2", "N", 40), ("N1", "D", 12), ("N2", "D", 19)]
        holidays = {0: [("N2", "D", 3)], 3: [("N1", "D", 88)], 4: [("N2", "D", 4)]}
        plan = planned(made, instance, cells + holidays.get(period, []))
        found = lines_of(instance, plan)
        instance = next_week(instance, plan, lambda each: each, weeks=13)
        after = {(row.nurse, row.counter): row.value for row in instance.counters}
        for (nurse, name), line in found.items():
            assert after.get((nurse, f"{name}_year"), 0) == line.carried, (period, nurse, name)
        nights, weekends = found["N1", "nights"], found["N1", "weekends"]
        seen.append((str(instance.first_monday), nights.carried, weekends.carried, found["N1", "holidays"].carried,
                     found["N2", "holidays"].carried, nights.balance))  # fmt: skip
    assert seen == [
        ("2026-03-30", 3, 1, 0, 1, 1), ("2026-06-29", 6, 2, 0, 1, 2), ("2026-09-28", 9, 3, 0, 1, 3),
        ("2026-12-28", 12, 4, 1, 1, 4), ("2027-03-29", 2, 1, 0, 0, 5),
    ]  # fmt: skip


def test_what_a_duty_counts_for(room: Rooms) -> None:
    """Each kind on each day of Christmas week counts for the classes that the check counts it in."""
    made = room(monday=date(2026, 12, 21)).nurse("N1", contract_minutes=900)
    made.kind("D", "07:00", "15:00").kind("A", "15:00", "22:00", category="evening")
    made.kind("B", "15:00", "22:00", category="evening", lane="standby")
    made.kind("N", "23:00", "31:00", category="night", lane="standby")
    for kind in "DABN":
        for day in range(7):
            made.duties.clear()
            made.duty("N1", kind, day)
            instance = made.instance()
            case = Past(instance, made.plan(), 1).case
            counted = tuple(name for name in CLASSES if class_targets(case, name)[0]["N1"])
            assert classes_of(instance, instance.kind_by_id[kind], made.day(day)) == counted


def test_what_is_kept_of_a_base_roster(room: Rooms) -> None:
    """Of three base duties in the horizon one is kept, one has another kind that day, one is free; a wish and a base
    duty after the horizon are none."""
    made = room().nurse("N1").nurse("N2").kind("D", "07:00", "15:00").kind("N", "23:00", "31:00", category="night")
    for day, kind, status in ((0, "D", "base"), (1, "D", "base"), (2, "D", "base"), (3, "D", "wish"), (9, "D", "base")):
        made.add("duties_given", GivenDuty(nurse="N1", kind=kind, day=made.day(day), status=status))
    made.duty("N1", "D", 0).duty("N1", "N", 1)
    found = base_kept(made.instance(), made.plan())
    assert list(found) == ["N1"]
    assert (found["N1"].asked, found["N1"].kept) == (3, 1)
    assert found["N1"].left == ((made.day(1), "D", ("N",)), (made.day(2), "D", ()))
