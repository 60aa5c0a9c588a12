"""A kernel state of a small room, and random teams to try it on. Loaded by fixtures (tests/conftest.py)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from optimiser.domain.duty import Cover, GivenDuty
from optimiser.domain.people import Availability, ClientNurse, Counter, NurseSkill, Wish
from optimiser.domain.plan import Plan, Stop
from optimiser.domain.problem import Problem
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Link, Task, Window
from optimiser.planning import prepare
from optimiser.search.decode import decode, decode_stops
from optimiser.search.encode import encode
from optimiser.search.encode_duties import encode_duties, roster_of, roster_state
from optimiser.search.encode_rows import encode_rows
from optimiser.search.kernel.anneal import price
from optimiser.search.kernel.data import (
    FIRST_WINDOW,
    JOB_PENALTY,
    PLACED_HIGH,
    PLACED_LOW,
    PLACED_SLOT,
    PLACED_WINDOW,
    ROUTE_COUNT,
    SLOT_LOCKED,
    SLOTS,
    STANDBY_SLOT,
    State,
    copy_state,
)
from optimiser.search.kernel.insertion import place_job, take_job
from optimiser.search.kernel.labels import refresh
from optimiser.search.kernel.route import schedule
from optimiser.search.part import recount
from optimiser.search.start import duties_of_plan, frozen_cells, place_routes


class Kernel:
    """The arrays of a room's problem and a state with some duties, all without work."""

    def __init__(
        self,
        room: Any,
        duties: list[tuple[str, str, int]] = [],  # noqa: B006
        contract: str | SharingContract = "joint",
        matrix: TravelMatrix | None = None,
        parent: Plan | None = None,
    ) -> None:
        chosen = PRESETS[contract] if isinstance(contract, str) else contract
        self.instance = room.instance()
        made = prepare(self.instance, chosen, parent)
        self.problem: Problem = replace(made, travel=room.matrix() if matrix is None else matrix)
        number, kind = self.problem.nurse_number, self.problem.kind_number
        roster = frozenset((number[nurse], day, kind[name]) for nurse, name, day in duties)
        self.data, self.rows = encode(self.problem), encode_rows(self.problem)
        self.duties = encode_duties(self.problem)
        self.state: State = roster_state(self.problem, self.data, self.duties, roster)
        price(self.data, self.rows, self.duties, self.state)

    def begin(self, plan: Plan, frozen_days: int = 0) -> None:
        """The state of a plan instead, its duties and routes of the first days frozen: as planning begins from it."""
        locked = frozen_cells(self.problem, frozen_days)
        self.duties = encode_duties(self.problem, locked)
        self.state = roster_state(self.problem, self.data, self.duties, duties_of_plan(self.problem, plan))
        place_routes(self.problem, self.data, self.state, plan, locked)
        price(self.data, self.rows, self.duties, self.state)

    def slot(self, nurse: str, day: int, segment: int = 0, lane: str = "work") -> int:
        """The slot of a duty segment."""
        cell = self.problem.nurse_number[nurse] * self.data.days + day
        return cell * SLOTS + (STANDBY_SLOT if lane == "standby" else segment)

    def job(self, name: str, part: int = 1) -> int:
        """The number of a job."""
        return self.problem.job_number[name, part]

    def put(self, slot: int, *names: str) -> None:
        """Place whole jobs at the end of a route, each in its first window at its earliest start."""
        for name in names:
            job = self.job(name)
            window = int(self.data.job[job, FIRST_WINDOW])
            count = int(self.state.route[slot, ROUTE_COUNT])
            place_job(self.data, self.state, job, slot, count, window, int(self.data.window[window, 0]))

    def take(self, name: str) -> None:
        """Take a job off its route."""
        take_job(self.data, self.state, self.job(name))

    def stops(self, slot: int) -> tuple[Stop, ...]:
        """The stops of a route with their times."""
        return decode_stops(self.problem, self.data, self.state, slot)

    def times(self, slot: int) -> list[tuple[str, int, int]]:
        """(id, start, end) of every stop."""
        return [(stop.id, stop.start, stop.end) for stop in self.stops(slot)]

    def plan(self, state: State | None = None) -> Plan:
        """The plan of a state."""
        chosen = self.state if state is None else state
        return decode(self.problem, roster_of(self.problem, chosen), self.data, chosen)

    def exact(self, slot: int, state: State | None = None) -> int:
        """Cost of a route from scratch."""
        chosen = self.state if state is None else state
        count = int(chosen.route[slot, ROUTE_COUNT])
        jobs = chosen.stops[slot, :count]
        lows, highs = (chosen.job[jobs, column].copy() for column in (PLACED_LOW, PLACED_HIGH))
        starts = np.zeros(count + 1, dtype=np.int64)
        return int(schedule(self.data, chosen, slot, chosen.stops[slot], count, lows, highs, starts)[0])

    def fresh(self, state: State | None = None) -> State:
        """A new state with the duties and stops of another: slots, labels, prices and total counted from nothing."""
        chosen = self.state if state is None else state
        new = roster_state(self.problem, self.data, self.duties, roster_of(self.problem, chosen))
        new.slot[:, SLOT_LOCKED] = chosen.slot[:, SLOT_LOCKED]
        new.route[:, ROUTE_COUNT] = chosen.route[:, ROUTE_COUNT]
        new.stops[:], placed = chosen.stops, chosen.job[:, PLACED_SLOT] >= 0
        new.job[placed] = chosen.job[placed]
        for slot in np.flatnonzero(new.route[:, ROUTE_COUNT]):
            refresh(self.data, new, int(slot))
        recount(self.data, self.rows, self.duties, new)
        return new

    def recomputed(self, state: State | None = None) -> int:
        """The total of a state from scratch: routes, may_serve, what is left out, duties."""
        chosen = self.state if state is None else state
        priced = copy_state(chosen)
        priced.total[:], priced.row[:] = 0, 0
        price(self.data, self.rows, self.duties, priced)
        total = int(priced.total[0]) + sum(self.exact(slot, chosen) for slot in range(len(chosen.route)))
        for job in range(len(self.problem.jobs)):
            slot = int(chosen.job[job, PLACED_SLOT])
            if slot < 0:
                total += int(self.data.job[job, JOB_PENALTY])
            else:
                nurse = slot // (self.data.days * SLOTS)
                total += int(self.data.may_serve[chosen.job[job, PLACED_WINDOW], nurse])
        return total


def metric(room: Any, seed: int, spread: int = 25) -> TravelMatrix:
    """Places at random points; minutes are whole distances rounded up plus 2 to park: the triangle inequality holds."""
    base = room.matrix()
    dice = random.Random(seed)
    points = np.array([(dice.uniform(0, spread), dice.uniform(0, spread)) for _ in base.places])
    minutes = np.ceil(np.linalg.norm(points[:, None] - points[None, :], axis=2)).astype(np.int32) + 2
    np.fill_diagonal(minutes, 0)
    return TravelMatrix(base.engine, base.places, {key: minutes for key in base.minutes}, base.metres)


PLAIN, HOLIDAYS = date(2026, 12, 7), date(2026, 12, 21)
"""Mondays of a week without holidays and of one with two: Christmas on Friday and Saturday."""
KINDS = (
    ("D", "07:00", "15:30", 30, {"break_from": "11:00", "break_until": "14:00"}),
    ("K", "08:00", "13:00", 0, {}),
    ("A", "15:00", "23:00", 30, {"category": "evening", "break_from": "16:30", "break_until": "20:00"}),
    ("W", "06:30", "16:30", 30, {}),
    ("G", "07:30", "11:00", 0, {"category": "split", "second_start": "16:30", "second_end": "20:00"}),
    ("N", "23:00", "31:00", 0, {"category": "night", "lane": "standby", "expected_call_minutes": 30}),
    ("L", "22:45", "31:00", 30, {"category": "night", "break_from": "25:00", "break_until": "29:00"}),
    ("M", "11:00", "19:00", 30, {"category": "mid", "break_from": "13:00", "break_until": "17:00"}),
    ("C", "17:00", "23:00", 0, {"category": "evening", "lane": "standby", "consignatie": True}),
    ("P", "22:00", "31:00", 30, {"category": "night", "lane": "standby", "at_workplace": True,
                                 "break_from": "25:00", "break_until": "29:00"}),
)  # fmt: skip


def random_team(rooms: Any, seed: int) -> tuple[Any, TravelMatrix, str]:
    """A random room of one week with everything in it, its travel, and the name of a contract."""
    dice = random.Random(seed)
    room = rooms(
        monday=HOLIDAYS if seed % 3 == 1 else PLAIN,
        slack_minutes=dice.choice((0, 0, 5)),
        handover_minutes=dice.choice((0, 10)),
        waiting_free_minutes=dice.choice((0, 15)),
        planned_work_in_standby=dice.choice(("work", "call")),
    )
    legs = dice.choice(("outside", "inside", "above"))
    room.organisations["b"] = room.organisations["b"].model_copy(update={"home_legs": legs, "home_leg_limit": 10})
    for number in range(dice.randint(3, 5)):
        fields = {"organisation": dice.choice("ab"), "contract_minutes": 60 * dice.choice((16, 24, 32)),
                  "level": dice.choice((4, 5)), "sex": dice.choice("fm")}  # fmt: skip
        if number == 3:
            fields["experience"] = dice.choice(("new", "experienced"))
        if number == 4:
            fields |= {"experience": "student", "companion": "N0", "organisation": room.nurses["N0"].organisation}
            fields |= {"born": room.day(-365 * dice.choice((17, 20)))}
        if number == 1 and dice.random() < 0.3:
            fields["due"] = room.day(90)
        room.nurse(f"N{number}", **fields)
    names = list(room.nurses)
    for name, start, end, pause, fields in KINDS:
        if name in "DAN" or dice.random() < 0.5:
            room.kind(name, start, end, pause, carries_route=True, **fields)
    _work(room, dice)
    for nurse in names[:3]:
        room.add("nurse_skills", NurseSkill(nurse=nurse, skill="iv"))
    _people(room, dice, names)
    _entered(room, random.Random(seed), names)
    return room, metric(room, seed), dice.choice(("joint", "single", "anw"))


def _work(room: Any, dice: random.Random) -> None:
    for number in range(8):
        fields = {"sex_wish": "f"} if dice.random() < 0.15 else {}
        room.client(f"C{number}", organisation=dice.choice("ab"), **fields)
    for number in range(dice.randint(15, 40)):
        day = dice.randrange(7)
        start = dice.choice((7, 8, 9, 10, 12, 15, 17, 19, 21, 24)) * 60 + dice.choice((0, 0, 20))
        minutes = dice.choice((15, 25, 40, 75))
        length = max(minutes, dice.choice((20, 90, 180)) if dice.random() < 0.9 else minutes)
        days = {day, dice.randrange(7)} if dice.random() < 0.2 else {day}
        windows = tuple(
            Window(day=each + start // 1440, start=1440 * each + start, end=1440 * each + start + length)
            for each in sorted(days) if each + start // 1440 < 7
        )  # fmt: skip
        if not windows:
            continue
        kinds = {"nurses": 2 if dice.random() < 0.15 else 1, "priority": dice.choice(("normal", "high"))}
        if dice.random() < 0.3:
            kinds["skills"] = ("iv",)
        if kinds["nurses"] == 1 and dice.random() < 0.15:
            kinds["second_check"] = "remote"
        room.visit(f"V{number}", day, "08:00", "09:00", minutes, client=f"C{dice.randrange(8)}", windows=windows,
                   time_critical=dice.random() < 0.2, **kinds)  # fmt: skip
    visits = list(room.visits)
    for number in range(3):
        first, second = dice.sample(visits, 2)
        gap = room.visits[second].windows[0].start - room.visits[first].windows[0].start
        room.add("work_links", Link(id=f"l{number}", first=first, second=second, gap_min=gap - 40, gap_max=gap + 60,
                 nurse=dice.choice(("any", "same", "different")), together=dice.random() < 0.6))  # fmt: skip
    for number in range(2):
        low = 60 * dice.randint(8, 18)
        room.add("tasks", Task(id=f"T{number}", kind="telephone", organisation=dice.choice("ab"),
                 place=None if number else room.place("base"), day=room.day(dice.randrange(7)), from_time=low,
                 until_time=low + 120, minutes=20))  # fmt: skip


def _people(room: Any, dice: random.Random, names: list[str]) -> None:
    for nurse in names:
        for day in range(-14, 0):
            if dice.random() < 0.45 and day % 7 not in (2, 3, 6):
                room.past(day, "07:00", "15:30", 30, nurse)
        if dice.random() < 0.3:
            room.past(7, *dice.choice((("07:00", "15:30", 30), ("23:00", "31:00", 0))), nurse)
        if dice.random() < 0.4:
            day = room.day(dice.randrange(7))
            room.add("availability", Availability(nurse=nurse, kind="leave", first=day, last=day, minutes_per_day=300))
        if dice.random() < 0.5:
            wish = dice.choice(("free", "work"))
            room.add("wishes", Wish(nurse=nurse, day=room.day(dice.randrange(7)), wish=wish, weight=dice.randint(1, 3)))
        room.add("client_nurses", ClientNurse(client=f"C{dice.randrange(8)}", nurse=nurse,
                 relation=dice.choice(("preferred", "known", "banned"))))  # fmt: skip
        for name in ("evenings_year", "holidays_year"):
            room.add("counters", Counter(nurse=nurse, counter=name, value=dice.randint(0, 9)))
    first = names[1]
    room.add("tasks", Task(id="M", kind="meeting", organisation=room.nurses[first].organisation, nurse=first,
             day=room.day(2), from_time=960, until_time=1020, minutes=60, in_route=False))  # fmt: skip
    for organisation in "ab":
        room.add("cover", Cover(id=f"day-{organisation}", organisation=organisation, from_time=480, until_time=780,
                 wanted=2, skills=("iv",) if organisation == "a" else ()))  # fmt: skip
        room.add("cover", Cover(id=f"night-{organisation}", organisation=organisation, from_time=1380, until_time=1860,
                 lane="standby", weekdays=("mon", "thu", "sat")))  # fmt: skip


def _entered(room: Any, dice: random.Random, names: list[str]) -> None:
    """A base duty of most nurses, and an own entry or a wish of half of them, also on the same day."""
    for nurse in names:
        day, kinds = dice.randrange(7), dice.sample(list(room.kinds), 2)
        if dice.random() < 0.7:
            room.add("duties_given", GivenDuty(nurse=nurse, kind=kinds[0], day=room.day(day), status="base"))
        if dice.random() < 0.5:
            other = room.day((day + dice.randrange(2)) % 7)
            status = dice.choice(("own", "wish"))
            room.add("duties_given", GivenDuty(nurse=nurse, kind=kinds[1], day=other, status=status))


__all__ = ["Kernel", "metric", "random_team"]
