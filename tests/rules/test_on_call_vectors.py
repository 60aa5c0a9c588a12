"""The on-call vectors OV1 to OV46 of docs/rules/on_call.md, each judged by check, search rows and roster model.

A vector is a roster of one nurse and the rules that it breaks; rosters without planned visits go through the roster
model too, which knows no visits.
"""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optimiser.check.checker import check
from optimiser.domain.labour import OUTSIDE_THE_LAW
from optimiser.domain.people import Counter

TESTS = Path(__file__).parents[1]
LAW = runpy.run_path(str(TESTS / "check" / "test_check_law.py"), run_name="law")
MUTANTS = runpy.run_path(str(TESTS / "check" / "test_check_mutations.py"), run_name="mutants")
KERNEL = runpy.run_path(str(TESTS / "small_kernel.py"), run_name="kernel")["Kernel"]
ROWS = runpy.run_path(str(TESTS / "search" / "test_rows_agree.py"), run_name="rows")["row_violations"]
MADE = runpy.run_path(str(TESTS / "agreement" / "random_rows.py"), run_name="random_rows")
Room, Case = MADE["Room"], MADE["Case"]
PAGE = TESTS.parent / "docs" / "rules" / "on_call.md"
Fill = Callable[[Any], Any]
CASES: dict[str, tuple[Fill, Fill, dict[str, Any]]] = LAW["CASES"]
shift_and_standby, calls = LAW["shift_and_standby"], MUTANTS["calls"]
NIGHT = ("23:00", "31:00", 30)
PHYSICIAN = "cao_vvt_physician"
# a dienst of 12 hours, which the agreement has no room for
LONG = {"rule_set": "atb_care"}
CALL = {**LONG, "planned_work_in_standby": "call"}


@dataclass(frozen=True)
class Vector:
    """A roster, the rules that it breaks, settings, rule set of its nurse, and the article where it matters."""

    fill: Fill
    broken: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    rule_set: str | None = None
    article: str = ""

    def room(self) -> Any:
        """The room, filled, with the rule set of its nurse; visits cannot be at other times than they are planned."""
        room = self.fill(Room(**self.settings))
        for stop in (each for duty in room.duties for each in duty.stops):
            window = room.visits[stop.id].windows[0].model_copy(update={"start": stop.start, "end": stop.end})
            room.visits[stop.id] = room.visits[stop.id].model_copy(update={"windows": (window,)})
        for name, nurse in room.nurses.items():
            room.nurses[name] = nurse.model_copy(update={"rule_set": self.rule_set})
        return room


def good(rule: str, **more: Any) -> Vector:
    """The case of the check's tests just inside a rule."""
    return Vector(CASES[rule][1], settings=CASES[rule][2], **more)


def bad(rule: str, **more: Any) -> Vector:
    """The case of the check's tests just outside a rule."""
    return Vector(CASES[rule][0], (rule,), CASES[rule][2], **more)


def on_days(*days: int, start: str = "17:00", end: str = "22:00") -> Fill:
    """Standby from home on these days."""

    def fill(room: Any) -> Any:
        for day in days:
            room.standby(day, start, end)
        return room

    return fill


def forms(home: int, last: int) -> Fill:
    """On call from home on so many days, then one consignatie, and one at the workplace on day ``last``."""

    def fill(room: Any) -> Any:
        on_days(*range(home))(room).standby(home, "17:00", "22:00", consignatie=True)
        return room.shift(last, "22:00", "31:00", 30, lane="standby", at_workplace=True)

    return fill


def many_nights(nights: int, minutes: int) -> Fill:
    """So many standby nights by a counter (of which 4 may have dropped out), one more, and work in 15 weeks before."""
    fill = lambda room: room.standby(0, "20:00", "26:00").shift(3, "09:00", "09:01")  # noqa: E731
    rows = {"standby_nights_16_weeks": nights, "work_minutes_15_weeks": minutes}
    return lambda room: fill(room).add(
        "counters", *(Counter(nurse="N1", counter=name, value=value) for name, value in rows.items())
    )


def night_call(start: str, minutes: int, *shifts: tuple[Any, ...]) -> Fill:
    """Other duties, and a standby night on day 2 with one planned visit from ``start``."""

    def fill(room: Any) -> Any:
        for row in shifts:
            room.shift(*row)
        room.kind("S", "23:00", "31:00", lane="standby", category="night", carries_route=True)
        return room.visit("A", 3, start, "06:00", minutes).duty("N1", "S", 2, room.stop("A", 3, start, minutes))

    return fill


TWO_NIGHTS = ((0, *NIGHT), (1, *NIGHT))
EVENING_AND_MORNING = ((2, "14:00", "22:00", 30), (3, "09:00", "16:00", 30))
WINTER = {"monday": date(2026, 10, 19)}
SUMMER = {"monday": date(2027, 3, 22)}
VECTORS: dict[str, Vector] = {
    # how often: rolling, not by calendar week
    "OV1": good("on_call.week"),
    "OV2": bad("on_call.week", article="ATB 5.19 lid 3"),
    "OV3": Vector(on_days(3, 4, 5, 7), ("on_call.week",), {"weeks": 2}),
    "OV4": good("on_call.sixteen_weeks"),
    "OV5": bad("on_call.sixteen_weeks", article="ATB 5.19 lid 3"),
    # how long, by the clock of the duty
    "OV6": good("on_call.length"),
    "OV7": bad("on_call.length"),
    "OV8": Vector(on_days(5, start="08:00", end="32:00"), ("on_call.length",), WINTER),
    "OV9": Vector(on_days(5, start="08:00", end="32:00"), (), SUMMER),
    # around a night
    "OV10": good("on_call.before_night"),
    "OV11": bad("on_call.before_night"),
    "OV12": good("on_call.after_night"),
    "OV13": bad("on_call.after_night"),
    # 13 hours of work in 24, calls as expected
    "OV14": Vector(shift_and_standby(60), settings=LONG),
    "OV15": Vector(shift_and_standby(61), ("on_call.work_in_day",), LONG),
    # 16 nights: 40 hours on average, 45 with rest after night calls; 15 nights: neither
    "OV16": good("on_call.average"),
    "OV17": bad("on_call.average", article="ATW 5:9 lid 5"),
    "OV18": Vector(many_nights(18, 38_400)),
    "OV19": Vector(many_nights(19, 43_199), settings={"rest_after_night_call": True}),
    "OV20": Vector(many_nights(19, 43_200), ("on_call.average",), {"rest_after_night_call": True},
                   article="ATW 5:9 lid 6"),  # fmt: skip
    # consignatie alone: 14 x 24 h and 2 x 48 h in 28 days
    "OV21": good("on_call.consignatie_days"),
    "OV22": bad("on_call.consignatie_days"),
    "OV23": good("on_call.consignatie_pairs"),
    "OV24": bad("on_call.consignatie_pairs"),
    # calls: half an hour at least; within 30 minutes of each other they are one. 780 minutes are allowed:
    # 12 h + 30 + 30; 12 h + 30 + 31; 11 h 45 + 75 from the first to the last; 11 h 45 + 3 x 30
    "OV25": Vector(calls("19:45", ("01:00", 5), ("02:00", 5)), settings=CALL),
    "OV26": Vector(calls("19:45", ("01:00", 5), ("02:00", 31)), ("on_call.work_in_day",), CALL),
    "OV27": Vector(calls("19:30", ("01:00", 5), ("01:35", 5), ("02:10", 5)), settings=CALL),
    "OV28": Vector(calls("19:30", ("01:00", 5), ("01:36", 5), ("02:12", 5)), ("on_call.work_in_day",), CALL),
    # call work breaks no rest; as planned work it does
    "OV29": Vector(night_call("03:00", 60, *EVENING_AND_MORNING), settings=CALL),
    "OV30": Vector(night_call("03:00", 60, *EVENING_AND_MORNING), ("rest.daily", "working_time.dienst")),
    # call work makes no night dienst: two nights, not three; as planned work the third
    "OV31": Vector(night_call("00:30", 120, *TWO_NIGHTS, (3, "21:00", "22:30")), settings=CALL),
    "OV32": Vector(night_call("00:30", 120, *TWO_NIGHTS, (3, "21:00", "22:30")), ("nights.series_rest",)),
    # all forms together
    "OV33": Vector(forms(1, 4)),
    "OV34": Vector(forms(2, 4), ("on_call.week",), article="ATB 5.19 lid 4"),
    # at the workplace all hours are work, from home none
    "OV35": Vector(lambda room: room.standby(0, "22:00", "31:00").shift(1, "15:00", "20:00")),
    "OV36": Vector(lambda room: room.shift(0, "22:00", "31:00", 30, lane="standby", at_workplace=True)
                   .shift(1, "15:00", "20:00"), ("workplace.rest",)),  # fmt: skip
    # physicians: 5 in 7 x 24 h
    "OV37": Vector(on_days(0, 1, 2, 3, 4), rule_set=PHYSICIAN),
    "OV38": Vector(on_days(0, 1, 2, 3, 4, 6), ("on_call.week",), rule_set=PHYSICIAN, article="ATB 5.20:4 lid 2"),
    # the same 32 in 16 weeks, hours around nights and 13 hours; no 40 hours on average
    "OV39": bad("on_call.sixteen_weeks", rule_set=PHYSICIAN, article="ATB 5.20:4 lid 2"),
    "OV40": bad("on_call.before_night", rule_set=PHYSICIAN),
    "OV41": bad("on_call.work_in_day", rule_set=PHYSICIAN),
    "OV42": Vector(CASES["on_call.average"][0], rule_set=PHYSICIAN),
    "OV43": Vector(forms(3, 5), rule_set=PHYSICIAN),
    "OV44": Vector(forms(4, 6), ("on_call.week",), rule_set=PHYSICIAN, article="ATB 5.20:5"),
    # registered specialists: no number in law, the same ones as norms
    "OV45": Vector(on_days(0, 1, 2, 3, 4), rule_set=OUTSIDE_THE_LAW),
    "OV46": Vector(on_days(0, 1, 2, 3, 4, 6), ("on_call.week",), rule_set=OUTSIDE_THE_LAW,
                   article="norm ATB 5.20:4 lid 2"),  # fmt: skip
}  # fmt: skip


def planned_cells(room: Any) -> list[tuple[str, str, int]]:
    """(nurse, kind, day) of the duties of the room."""
    return [(duty.nurse, duty.kind, room.clock.day_number(duty.day)) for duty in room.duties]


@pytest.mark.parametrize("name", VECTORS)
def test_the_check(name: str) -> None:
    """The rules it names, all of them and no others; with the article where the vector says one."""
    vector = VECTORS[name]
    room = vector.room()
    report = check(room.instance(), room.contract, room.matrix(), room.plan())
    assert {each.rule for each in report.violations} == set(vector.broken)
    assert not vector.article or {each.article for each in report.violations} == {vector.article}


@pytest.mark.parametrize("name", VECTORS)
def test_the_search(name: str) -> None:
    """Its row rules forbid what the check rejects, and allow what it accepts."""
    vector = VECTORS[name]
    room = vector.room()
    cells = planned_cells(room)
    kernel = KERNEL(room, cells, room.contract)
    number, kind = kernel.problem.nurse_number, kernel.problem.kind_number
    allowed = all(kernel.problem.duty_allowed[number[nurse], day, kind[shift]] for nurse, shift, day in cells)
    for duty in room.duties:
        for stop in duty.stops:
            kernel.put(kernel.slot(duty.nurse, room.clock.day_number(duty.day), lane=duty.lane), stop.id)
    broken = int(ROWS(kernel.data, kernel.rows, kernel.state, 0)) > 0
    assert (allowed and not broken) == (not vector.broken)


@pytest.mark.parametrize("name", [name for name, vector in VECTORS.items() if not vector.room().visits])
def test_the_model(name: str) -> None:
    """The exact roster model has a row like it just when the check accepts it."""
    vector = VECTORS[name]
    case = Case(vector.room())
    number, kind = case.problem.nurse_number, case.problem.kind_number
    row = tuple(sorted((number[nurse], day, kind[shift]) for nurse, shift, day in planned_cells(case.room)))
    known = all(key in case.model(0).duty for key in row)
    assert (known and case.modelled(row) is not None) == (not vector.broken)


def test_the_page_tells_each_vector() -> None:
    """The table of the page and the vectors are the same rows, each with the rules that it breaks."""
    rows = re.findall(r"^\| (OV\d+) \| .+ \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    told = {name: tuple(re.findall(r"`([a-z_]+\.[a-z_]+)`", expected)) for name, expected in rows}
    assert told == {name: vector.broken for name, vector in VECTORS.items()}
