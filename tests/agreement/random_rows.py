"""Random small teams with random facts, and random rows of duties, to hold the roster model against the checker.

Loaded by the tests beside it (``runpy``), and by hand for larger counts.
"""

from __future__ import annotations

import random
import runpy
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from ortools.sat.python import cp_model

from optimiser.check.checker import check
from optimiser.domain.instance import Instance
from optimiser.domain.people import Availability
from optimiser.domain.people import Counter as Count
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.problem import Problem
from optimiser.domain.row_rules import RowRule
from optimiser.domain.work import Task
from optimiser.model.build import add_rows
from optimiser.model.objective import add_duty_prices
from optimiser.model.variables import DutyKey, RosterModel, add_duties
from optimiser.planning import prepare

Room = runpy.run_path(str(Path(__file__).parents[1] / "check" / "build.py"), run_name="build")["Room"]
Row = tuple[DutyKey, ...]
PRICED = (
    "early_after_late", "few_days_after_nights", "long_row", "lone_day_off", "split_duty", "many_duties",
    "evening_before_leave", "few_free_weekends", "surplus_standby",
)  # fmt: skip
NOT_PLANNED = {"nights.token", "nights.long", "working_time.dienst_agreement"}
"""Signals of what law or agreement allows and planned rosters never use; and ``rest.token`` unless they may."""
KINDS: tuple[tuple[str, str, str, int, dict[str, Any]], ...] = (
    ("V", "07:00", "15:30", 30, {}),
    ("K", "08:00", "12:00", 0, {}),
    ("L", "12:30", "21:15", 30, {"category": "evening"}),
    ("A", "15:00", "23:00", 30, {"category": "evening"}),
    ("G", "07:00", "11:00", 0, {"second_start": "16:00", "second_end": "20:00"}),
    ("H", "06:30", "09:30", 0, {"second_start": "18:45", "second_end": "22:00"}),
    ("T", "07:00", "19:15", 45, {}),
    ("N", "23:00", "31:15", 30, {"category": "night"}),
    ("E", "21:00", "29:00", 30, {"category": "night"}),
    ("X", "19:00", "25:30", 30, {"category": "night"}),
    ("B", "23:00", "31:00", 0, {"lane": "standby", "category": "night", "expected_call_minutes": 90}),
    ("D", "08:00", "20:00", 0, {"lane": "standby", "expected_call_minutes": 240}),
    ("C", "18:00", "30:00", 0, {"lane": "standby", "category": "evening", "consignatie": True}),
    ("P", "20:00", "31:00", 0, {"lane": "standby", "category": "night", "at_workplace": True}),
)
MONDAYS = (date(2026, 12, 7), date(2026, 3, 23), date(2026, 10, 19))
"""A plain week; the last day of the second and third is the one on which the clock changes."""


@dataclass(eq=False)
class Case:
    """A problem and what both sides say of rows in it. ``change`` alters rules, to see that it is noticed."""

    room: Any
    change: Callable[[RowRule], RowRule] = lambda rule: rule
    instance: Instance = field(init=False)
    problem: Problem = field(init=False)
    hits: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.instance = self.room.instance()
        made = prepare(self.instance, self.room.contract)
        rules = tuple(self.change(rule) for rule in made.rules)
        self.problem = replace(made, rules=rules, travel=self.room.matrix())

    @lru_cache(maxsize=8)  # noqa: B019 (a case lives as long as its test)
    def model(self, nurse: int) -> RosterModel:
        """The rows with duties for one nurse only: smaller, and the others may not be impossible without any."""
        model = RosterModel(self.problem)
        add_duties(model, {})
        model.duty = {key: literal for key, literal in model.duty.items() if key[0] == nurse}
        add_rows(model, relaxed=True)
        add_duty_prices(model)
        model.model.minimize(sum(weight * each for weight, each in model.penalties))
        return model

    def modelled(self, row: Row) -> int | None:
        """The price of a row in the model, or None when it is not allowed."""
        model = self.model(row[0][0] if row else 0)
        variables = model.model.proto.variables
        for key, literal in model.duty.items():
            domain = variables[literal.index].domain
            domain.clear()
            domain.extend([int(key in row)] * 2)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 0
        solver.parameters.cp_model_probing_level = 0
        status = solver.solve(model.model)
        assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        return round(solver.objective_value) if status == cp_model.OPTIMAL else None

    def checked(self, row: Row) -> int | None:
        """The same by the checker, from clocks and statute; rules that speak are counted in ``hits``."""
        report = check(self.strict, self.room.contract, self.problem.travel, self.plan(row))
        tokens = set() if self.instance.settings.allow_planned_tokens else {"rest.token"}
        signals = {each.rule for each in report.signals} & (NOT_PLANNED | tokens)
        self.hits.update({each.rule for each in report.violations} | signals)
        if report.violations or signals:
            return None
        weights = self.instance.weights
        return sum(int(getattr(weights, term)) * report.counts[term] for term in PRICED)

    @property
    def strict(self) -> Instance:
        """The instance with all signals on."""
        settings = self.instance.settings.model_copy(update={"allow_planned_tokens": False})
        return self.instance.model_copy(update={"settings": settings})

    def plan(self, row: Row) -> Plan:
        """The row as a plan without routes."""
        duties = []
        for nurse, day, number in row:
            kind, person = self.instance.shift_kinds[number], self.instance.nurses[nurse]
            start, end = self.instance.clock.at(day, kind.start), self.instance.clock.at(day, kind.last_end)
            on = self.instance.clock.date_of(day)
            duties.append(
                Duty(id=f"{person.id}/{on}/{kind.lane}", nurse=person.id, kind=kind.id, day=on, lane=kind.lane,
                     start=start, end=end, organisation=person.organisation)
            )  # fmt: skip
        return Plan(
            instance="small", fingerprint=self.instance.fingerprint, contract=self.room.contract,
            duties=tuple(duties), with_routes=False,
        )  # fmt: skip

    def rows(self, chance: random.Random, number: int) -> Iterator[Row]:
        """Random rows of one nurse: now and then a duty, or runs of equal ones; allowed one by one."""
        for _ in range(number):
            nurse = chance.randrange(len(self.instance.nurses))
            density, stay = chance.choice((0.25, 0.5, 0.75)), chance.choice((0.2, 0.7, 0.9))
            kinds = range(len(self.instance.shift_kinds))
            last, row = chance.choice(kinds), set[DutyKey]()
            for day in range(self.instance.days):
                last = last if chance.random() < stay else chance.choice(kinds)
                lanes = set()
                for kind in {last, *(chance.sample(kinds, 1) if chance.random() < 0.15 else ())}:
                    lane = self.instance.shift_kinds[kind].lane
                    allowed = (nurse, day, kind) in self.model(nurse).duty and lane not in lanes
                    if allowed and chance.random() < density:
                        lanes.add(lane)
                        row.add((nurse, day, kind))
            yield tuple(sorted(row))


def random_room(chance: random.Random) -> Any:
    """Two or three nurses, three to five kinds, one or two weeks, duties before and after, and facts of law."""
    tokens, weeks = chance.random() < 0.3, chance.choice((1, 1, 2))
    room = Room(
        chance.choice(MONDAYS), weeks, allow_planned_tokens=tokens,
        rule_set=chance.choice(("atw", "atb_care", "cao_vvt_2025")),
        night_limit=chance.choice(("16_weeks", "52_weeks", "2_weeks")), series_of_eight=chance.random() < 0.3,
        rest_after_night_call=chance.random() < 0.3,
    )  # fmt: skip
    for name, start, end, pause, fields in chance.sample(KINDS, chance.randint(3, 5)):
        room.kind(name, start, end, pause, **fields)
    for number in range(chance.randint(2, 3)):
        nurse = f"N{number + 1}"
        room.nurse(nurse, contract_minutes=chance.choice((0, 960, 1440, 2160)), **_person(chance, room))
        _around(chance, room, nurse)
    return room


def _person(chance: random.Random, room: Any) -> dict[str, Any]:
    """Mostly a plain nurse; now and then one for whom the law has limits of her own."""
    what = chance.random()
    if what < 0.1:
        return {"born": date(2009, 6, 1)}
    if what < 0.2:
        return {"due": room.day(chance.choice((20, 60, 150))), "night_consent": chance.random() < 0.5}
    if what < 0.3:
        return {"born": date(1960, 1, 1), "night_consent": chance.random() < 0.5}
    return {"sunday_consent": chance.random() < 0.3}


def _around(chance: random.Random, room: Any, nurse: str) -> None:
    """Duties before and after, counters near their limits, leave, and a meeting."""
    known = chance.sample(list(room.kinds.values()), 2)
    for span in (range(-chance.choice((0, 6, 14)), 0), range(7 * room.weeks + 1, 7 * room.weeks + 5)):
        kind, density = chance.choice(known), chance.choice((0.2, 0.6, 0.9))
        for day in span:
            if chance.random() < density and (day < -1 or kind.last_end <= 31 * 60):
                words = [f"{each // 60:02}:{each % 60:02}" for each in (kind.start, kind.last_end)]
                form = "consignatie" if kind.consignatie else "workplace" if kind.at_workplace else "home"
                fields = {"lane": kind.lane, "form": form} if kind.lane == "standby" else {}
                room.past(day, *words, 0 if kind.lane == "standby" else max(45, kind.break_minutes), nurse, **fields)
    if chance.random() < 0.5:
        counter, value = chance.choice((
            ("nights_16_weeks", 41), ("on_call_16_weeks", 34), ("work_minutes_15_weeks", 45000),
            ("free_sundays_52_weeks", 13), ("free_weekends_52_weeks", 23), ("standby_nights_16_weeks", 18),
        ))  # fmt: skip
        room.add("counters", Count(nurse=nurse, counter=counter, value=value))
    if chance.random() < 0.3:
        first = room.day(chance.randrange(7 * room.weeks))
        last = first + timedelta(days=chance.choice((0, 0, 2)))
        row = Availability(nurse=nurse, kind=chance.choice(("leave", "sick", "unavailable")), first=first, last=last,
                           minutes_per_day=chance.choice((0, 480)))  # fmt: skip
        room.add("availability", row)
    if chance.random() < 0.3:
        start = 60 * chance.choice((8, 13, 17, 20))
        room.add("tasks", Task(id=f"meeting-{nurse}", kind="meeting", organisation="a", nurse=nurse, minutes=60,
                               day=room.day(chance.randrange(7 * room.weeks)), from_time=start, until_time=start + 60,
                               in_route=False))  # fmt: skip
