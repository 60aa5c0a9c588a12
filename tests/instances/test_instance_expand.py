"""Orders become visits and links become ties, worked out by hand in the comments. The horizon starts on a Monday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from instances.expand import allowed_days, expanded
from instances.ties import Piece, can_keep
from optimiser.domain.clock import Clock
from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance, Organisation
from optimiser.domain.people import Client, Nurse
from optimiser.domain.place import Place
from optimiser.domain.work import Act, EditedVisit, Link, Order, Task

MONDAY = date(2026, 12, 7)


def day(number: int) -> date:
    """Day 0 is the Monday."""
    return MONDAY + timedelta(days=number)


def order(**changes: Any) -> Order:
    """A daily order of one hour's window from 08:00 that runs all week."""
    fields: dict[str, Any] = {
        "id": "o", "client": "c", "acts": ("a",), "rhythm": "daily", "windows": ((480, 540),), "first": day(-9),
    }  # fmt: skip
    return Order(**(fields | changes))


def instance(*orders: Order, weeks: int = 1, **tables: Any) -> Instance:
    """An instance with one nurse, a safe and an unsafe client, acts of 20 and 30 minutes."""
    fields: dict[str, Any] = {
        "name": "t", "first_monday": MONDAY, "weeks": weeks, "organisations": (Organisation(id="x", name="X"),),
        "places": (Place(id="p", kind="home", latitude=51.9, longitude=4.5),),
        "nurses": (Nurse(id="n", organisation="x", home="p", contract_minutes=1440, born=date(1980, 1, 1)),),
        "acts": (
            Act(id="a", name="A", minutes=20, skills=("iv",), level=3, reserved=False),
            Act(id="b", name="B", minutes=30, skills=("iv", "tpv"), level=5),
            Act(id="check", name="C", minutes=10, second_check="on_site"),
            Act(id="call", name="D", minutes=10, second_check="remote"),
        ),
        "clients": (
            Client(id="c", organisation="x", place="p"), Client(id="u", organisation="x", place="p", unsafe=True),
        ),
        "shift_kinds": (ShiftKind(id="D", code="D", name="D", category="day", start=420, end=930),),
        "orders": orders, "visits": (),
    }  # fmt: skip
    return expanded(Instance(**(fields | tables)))


@pytest.mark.parametrize(
    ("rhythm", "first", "last", "expected"),
    [
        ("daily", 0, None, [(0,), (1,), (2,), (3,), (4,), (5,), (6,)]),
        ("daily", 5, 20, [(5,), (6,)]),
        ("daily", -9, 1, [(0,), (1,)]),
        ("daily", 8, None, []),
        ("every:3", 0, None, [(0,), (3,), (6,)]),
        # from Sunday -8: -8, -5, -2, 1, 4
        ("every:3", -8, None, [(1,), (4,)]),
        ("days:mon+thu", 1, None, [(3,)]),
        # 7 * 1 // 2 = 3: Monday to Wednesday, Thursday to Sunday
        ("free:2", -9, None, [(0, 1, 2), (3, 4, 5, 6)]),
        # 7 // 3 = 2, 14 // 3 = 4: two, two and three days
        ("free:3", -9, None, [(0, 1), (2, 3), (4, 5, 6)]),
        ("free:2", 2, 4, [(2,), (3, 4)]),
        ("free:2", 4, 4, [(4,)]),
        ("free:7", 5, None, [(5,), (6,)]),
    ],
)
def test_allowed_days(rhythm: str, first: int, last: int | None, expected: list[tuple[int, ...]]) -> None:
    """Each rhythm, cut by the first and last date of the order and by the horizon."""
    made = order(rhythm=rhythm, first=day(first), last=None if last is None else day(last))
    assert allowed_days(made, Clock(MONDAY), 7) == expected


def test_each_window_of_a_day_is_a_visit() -> None:
    """Two windows on two days: four visits with ids order/date/number, in order of day and number."""
    made = instance(order(windows=((480, 540), (900, 960)), first=day(0), last=day(1)))
    assert [visit.id for visit in made.visits] == [
        "o/2026-12-07/1", "o/2026-12-07/2", "o/2026-12-08/1", "o/2026-12-08/2",
    ]  # fmt: skip
    # Tuesday 15:00 to 16:00 is 1440 + 900 to 1440 + 960
    assert [(each.day, each.start, each.end) for each in made.visits[3].windows] == [(1, 2340, 2400)]


def test_free_days_are_one_visit_with_a_window_for_each_day() -> None:
    """free:2 from Tuesday: Tuesday and Wednesday, then Thursday to Sunday; the id names the first allowed day."""
    made = instance(order(rhythm="free:2", first=day(1)))
    assert [(visit.id, [each.day for each in visit.windows]) for visit in made.visits] == [
        ("o/2026-12-08/1", [1, 2]), ("o/2026-12-10/1", [3, 4, 5, 6]),
    ]  # fmt: skip


def test_summer_time_moves_the_minutes_not_the_clock() -> None:
    """On Sunday 28 March 2027 the clock skips an hour at 02:00: 08:00 is minute 6 * 1440 + 480 - 60."""
    made = instance(order(first=date(2027, 3, 28)), first_monday=date(2027, 3, 22))
    assert [(each.day, each.start) for each in made.visits[0].windows] == [(6, 9060)]


def test_a_visit_asks_what_its_acts_ask() -> None:
    """Minutes 20 + 30 + 5 for reporting; skills together, once each; the highest level."""
    visit = instance(order(acts=("a", "b"))).visits[0]
    assert (visit.minutes, visit.skills, visit.level, visit.nurses) == (55, ("iv", "tpv"), 5, 1)


def test_the_order_says_the_minutes() -> None:
    """Minutes of the order go before those of the acts: 45 + 5."""
    assert instance(order(minutes=45)).visits[0].minutes == 50


@pytest.mark.parametrize(
    ("changes", "nurses", "check"),
    [
        ({"acts": ("check",)}, 2, "on_site"),
        ({"acts": ("check",), "nurses": 1}, 2, "on_site"),
        ({"acts": ("call", "check")}, 2, "on_site"),
        ({"acts": ("call", "a")}, 1, "remote"),
        ({"client": "u"}, 2, "none"),
        ({"client": "u", "nurses": 1}, 2, "none"),
        ({"nurses": 2}, 2, "none"),
    ],
)
def test_when_two_nurses_are_needed(changes: dict[str, Any], nurses: int, check: str) -> None:
    """A second check at the client or an unsafe client always needs two; a check from afar one."""
    visit = instance(order(**changes)).visits[0]
    assert (visit.nurses, visit.second_check) == (nurses, check)


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        ({"acts": ("b",), "order_form_until": day(3)}, True),
        ({"acts": ("b",)}, False),
        ({"acts": ("a",), "order_form_until": day(3)}, False),
    ],
)
def test_when_an_order_form_is_needed(changes: dict[str, Any], needed: bool) -> None:
    """A reserved act with a date of an order form; without any date it is taken as without end."""
    assert instance(order(**changes)).visits[0].order_form_needed is needed


def test_edited_visits() -> None:
    """One changed, one cancelled, one extra of the order, one by itself."""
    edits = (
        EditedVisit(id="o/2026-12-07/1", from_time=600, until_time=700, minutes=60, nurses=2, priority="high"),
        EditedVisit(id="o/2026-12-08/1", cancelled=True),
        EditedVisit(id="o/2026-12-09/1", acts=("b",)),
        EditedVisit(id="o/2026-12-12/9", day=day(5), from_time=480, until_time=540),
        EditedVisit(id="extra", client="u", acts=("b",), day=day(2), from_time=500, until_time=600, time_critical=True),
    )
    made = instance(order(first=day(0), last=day(2), minutes=25), edited_visits=edits)
    visits = {each.id: each for each in made.visits}
    assert list(visits) == ["o/2026-12-07/1", "o/2026-12-09/1", "o/2026-12-12/9", "extra"]
    changed = visits["o/2026-12-07/1"]
    assert (changed.windows[0].start, changed.windows[0].end, changed.minutes) == (600, 700, 65)
    assert (changed.nurses, changed.priority, changed.skills) == (2, "high", ("iv",))
    # the order says 25, not the 20 of its act; other acts bring their own 30
    assert visits["o/2026-12-12/9"].order == "o" and visits["o/2026-12-12/9"].minutes == 30
    assert (visits["o/2026-12-09/1"].minutes, visits["o/2026-12-09/1"].level) == (35, 5)
    assert (visits["extra"].nurses, visits["extra"].minutes, visits["extra"].time_critical) == (2, 35, True)


def test_a_day_fixes_a_visit_on_free_days() -> None:
    """A row with only a day keeps the clock window; one with only times keeps the free days."""
    free = order(rhythm="free:2")
    fixed = instance(free, edited_visits=(EditedVisit(id="o/2026-12-07/1", day=day(2)),)).visits[0]
    assert [(each.day, each.start) for each in fixed.windows] == [(2, 2 * 1440 + 480)]
    times = instance(free, edited_visits=(EditedVisit(id="o/2026-12-07/1", from_time=600, until_time=660),)).visits[0]
    assert [each.start - each.day * 1440 for each in times.windows] == [600, 600, 600]


def test_links_between_orders_take_the_earliest_later_visit() -> None:
    """Connect at 20:00 to 21:00, disconnect at 08:00 to 09:00, 10 to 13 hours later; the last has no partner."""
    made = instance(
        order(id="on", windows=((1200, 1260),), first=day(4)), order(id="off", first=day(0)),
        links=(Link(id="l", first="on", second="off", gap_min=600, gap_max=780),),
    )  # fmt: skip
    assert [(tie.id, tie.first, tie.second, tie.gap_min, tie.together) for tie in made.work_links] == [
        ("l/on/2026-12-11/1", "on/2026-12-11/1", "off/2026-12-12/1", 600, True),
        ("l/on/2026-12-12/1", "on/2026-12-12/1", "off/2026-12-13/1", 600, True),
    ]


def test_links_with_tasks_and_single_visits() -> None:
    """A task before an order's visit: the first visit that can; an order before a task: the last that can."""
    task = Task(id="t", kind="pharmacy", organisation="x", day=day(1), from_time=420, until_time=480, minutes=10)
    links = (
        Link(id="a", first="t", second="o", gap_min=0, gap_max=4000),
        Link(id="b", first="o", second="t", gap_min=0, gap_max=4000),
        Link(id="e", first="o", second="o/2026-12-10/1", gap_min=60, gap_max=9999),
        Link(id="c", first="t", second="o/2026-12-10/1", gap_min=0, gap_max=9999),
        Link(id="d", first="t", second="o/2026-12-14/1", gap_min=0, gap_max=9999),
    )
    made = instance(order(), tasks=(task,), links=links)
    # the task starts on Tuesday between 07:00 and 07:50, visits between 08:00 and 08:35:
    # Tuesday's is the first after it, Monday's the last before it
    assert [(tie.id, tie.first, tie.second) for tie in made.work_links] == [
        ("a/t", "t", "o/2026-12-08/1"), ("b/o/2026-12-07/1", "o/2026-12-07/1", "t"),
        ("e/o/2026-12-09/1", "o/2026-12-09/1", "o/2026-12-10/1"),
        ("c", "t", "o/2026-12-10/1"),
    ]  # fmt: skip


def test_the_gap_of_an_order_ties_each_visit_to_the_next() -> None:
    """Every 8 hours for two days: six visits, five ties, none of them together; a cancelled one leaves a hole."""
    every = order(
        windows=((420, 510), (900, 990), (1380, 1470)), gap_min=420, gap_max=540, first=day(0), last=day(1),
    )  # fmt: skip
    ties = instance(every).work_links
    assert [tie.first for tie in ties] == [f"o/2026-12-0{7 + n // 3}/{n % 3 + 1}" for n in range(5)]
    assert {(tie.gap_min, tie.gap_max, tie.together) for tie in ties} == {(420, 540, False)}
    cancelled = (EditedVisit(id="o/2026-12-07/2", cancelled=True),)
    assert len(instance(every, edited_visits=cancelled).work_links) == 3


def test_can_keep_on_its_limits() -> None:
    """Starts 100 to 110 and 160 to 170 are 50 to 70 apart."""
    first, second = Piece("a", ((100, 110),)), Piece("b", ((160, 170),))
    assert can_keep(first, second, 70, 99) and can_keep(first, second, 0, 50)
    assert not can_keep(first, second, 71, 99) and not can_keep(first, second, 0, 49)
    # a window that is too short has no start at all
    assert not can_keep(Piece("a", ((100, 99),)), Piece("b", ((160, 159),)), 0, 99)
