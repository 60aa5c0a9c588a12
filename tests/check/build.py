"""A small instance and plan that a test fills by hand and then lets the checker judge.

Days count from the first Monday (0). Clock times are ``"HH:MM"``; hours over 24 are the next day.
Every trip between two different places takes ``travel`` minutes, and 0 within a place.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from optimiser.check.checker import CheckReport, check
from optimiser.domain.clock import Clock
from optimiser.domain.duty import ContextDuty, ShiftKind
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance, Organisation, Settings
from optimiser.domain.people import Client, Nurse
from optimiser.domain.place import Place
from optimiser.domain.plan import Duty, Plan, Route, Stop, Unserved
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Act, Visit, Window

MODES = ("car", "bicycle", "ebike", "walk")
PARTS = ("day", "evening", "night")


def clock_time(words: str) -> int:
    """``"07:30"`` -> 450."""
    hours, minutes = words.split(":")
    return 60 * int(hours) + int(minutes)


class Room:
    """Collects rows and duties; ``report()`` judges them. Extra tables go into ``tables``."""

    def __init__(self, monday: date = date(2026, 12, 7), weeks: int = 1, travel: int = 10, **settings: Any) -> None:
        self.monday, self.weeks, self.travel = monday, weeks, travel
        self.clock = Clock(monday)
        self.settings = Settings(**settings)
        self.organisations = {"a": Organisation(id="a", name="A"), "b": Organisation(id="b", name="B")}
        self.nurses: dict[str, Nurse] = {}
        self.clients: dict[str, Client] = {}
        self.visits: dict[str, Visit] = {}
        self.kinds: dict[str, ShiftKind] = {}
        self.places: dict[str, Place] = {}
        self.duties: list[Duty] = []
        self.tables: dict[str, list[Any]] = {"context": []}
        self.claims: dict[str, Any] = {}
        self.contract: SharingContract = PRESETS["joint"]
        self.unserved: list[str] | None = None

    def day(self, number: int) -> date:
        """The date of a day number."""
        return self.monday + timedelta(days=number)

    def at(self, day: int, words: str) -> int:
        """The horizon minute of a clock time."""
        return self.clock.at(day, clock_time(words))

    def add(self, table: str, *rows: Any) -> Room:
        """Rows for a table of the instance."""
        self.tables.setdefault(table, []).extend(rows)
        return self

    def place(self, name: str) -> str:
        """A place of that id."""
        self.places.setdefault(name, Place(id=name, kind="other", latitude=52.0, longitude=5.0))
        return name

    def nurse(self, name: str = "N1", **fields: Any) -> Room:
        """A nurse of organisation a, born in 1990; her contract is 0 unless given."""
        defaults: dict[str, Any] = {"organisation": "a", "contract_minutes": 0, "born": date(1990, 1, 1)}
        self.nurses[name] = Nurse(id=name, home=self.place(f"home-{name}"), **{**defaults, **fields})
        return self

    def kind(self, name: str, start: str, end: str, pause: int = 0, **fields: Any) -> Room:
        """A shift kind without route unless ``carries_route`` is given."""
        defaults: dict[str, Any] = {"category": "day", "carries_route": False}
        for field in ("second_start", "second_end", "break_from", "break_until"):
            if field in fields:
                fields[field] = clock_time(fields[field])
        self.kinds[name] = ShiftKind(
            id=name, code=name[:4], name=name, start=clock_time(start), end=clock_time(end), break_minutes=pause,
            **{**defaults, **fields},
        )  # fmt: skip
        return self

    def duty(self, nurse: str, kind: str, day: int, *stops: Stop, **fields: Any) -> Room:
        """A duty; its stops are one route of the first segment unless ``routes`` is given."""
        if nurse not in self.nurses:
            self.nurse(nurse)
        shape = self.kinds[kind]
        bounds = segment_bounds(shape, self.clock, day)
        defaults: dict[str, Any] = {
            "id": f"{nurse}/{self.day(day)}/{shape.lane}", "lane": shape.lane, "start": bounds[0][0],
            "end": bounds[-1][1], "organisation": self.nurses[nurse].organisation,
            "routes": (Route(stops=stops),) if stops else (),
        }  # fmt: skip
        self.duties.append(Duty(nurse=nurse, kind=kind, day=self.day(day), **{**defaults, **fields}))
        return self

    def shift(self, day: int, start: str, end: str, pause: int = 0, nurse: str = "N1", **fields: Any) -> Room:
        """A duty of a kind made for it."""
        name = f"{start}-{end}-{pause}-{len(self.kinds)}".replace(":", "")
        return self.kind(name, start, end, pause, **fields).duty(nurse, name, day)

    def standby(self, day: int, start: str, end: str, calls: int = 0, nurse: str = "N1", **fields: Any) -> Room:
        """A standby duty from home."""
        return self.shift(day, start, end, 0, nurse, lane="standby", expected_call_minutes=calls, **fields)

    def past(self, day: int, start: str, end: str, pause: int = 0, nurse: str = "N1", **fields: Any) -> Room:
        """A context duty."""
        if nurse not in self.nurses:
            self.nurse(nurse)
        low, high = self.at(day, start), self.at(day, end)
        minutes = 0 if fields.get("lane") == "standby" else high - low - pause
        return self.add("context", ContextDuty(nurse=nurse, start=low, end=high, work_minutes=minutes, **fields))

    def visit(self, name: str, day: int, start: str, end: str, minutes: int = 30, **fields: Any) -> Room:
        """A visit with one window, to a client of its own (``client`` names another)."""
        client = fields.pop("client", f"C-{name}")
        if client not in self.clients:
            self.client(client)
        window = Window(day=day, start=self.at(day, start), end=self.at(day, end))
        defaults: dict[str, Any] = {"acts": ("wash",), "windows": (window,)}
        self.visits[name] = Visit(id=name, client=client, minutes=minutes, **{**defaults, **fields})
        return self

    def client(self, name: str, **fields: Any) -> Room:
        """A client of organisation a."""
        self.clients[name] = Client(id=name, place=self.place(f"at-{name}"), **{"organisation": "a", **fields})
        return self

    def stop(self, name: str, day: int, start: str, minutes: int = 30, part: Any = 1, **fields: Any) -> Stop:
        """A stop of a visit (or of a task or the break when ``what`` says so); the nurse arrives as it starts."""
        low = self.at(day, start)
        defaults: dict[str, Any] = {"what": "visit", "arrival": low, "end": low + minutes}
        return Stop(id=name, part=part, start=low, **{**defaults, **fields})

    def instance(self) -> Instance:
        """The instance as filled so far."""
        return Instance(
            name="small", first_monday=self.monday, weeks=self.weeks, settings=self.settings,
            organisations=tuple(self.organisations.values()), places=tuple(self.places.values()),
            nurses=tuple(self.nurses.values()), clients=tuple(self.clients.values()),
            acts=(Act(id="wash", name="Wash", minutes=30),), shift_kinds=tuple(self.kinds.values()),
            visits=tuple(self.visits.values()), **{name: tuple(rows) for name, rows in self.tables.items()},
        )  # fmt: skip

    def plan(self) -> Plan:
        """The plan; its list of unserved work is true unless ``unserved`` is set."""
        instance = self.instance()
        done = {stop.id for duty in self.duties for stop in duty.stops}
        works = [*self.visits, *(task.id for task in self.tables.get("tasks", ()) if task.in_route)]
        open_work = [name for name in works if name not in done] if self.unserved is None else self.unserved
        return Plan(
            instance="small", fingerprint=instance.fingerprint, contract=self.contract, duties=tuple(self.duties),
            unserved=tuple(Unserved(id=name, reason="no_room") for name in open_work), **self.claims,
        )  # fmt: skip

    def matrix(self) -> TravelMatrix:
        """``travel`` minutes and 1,000 metres between any two places."""
        size = len(self.places)
        minutes = np.full((size, size), self.travel, dtype=np.int32)
        np.fill_diagonal(minutes, 0)
        slices = [(mode, part) for mode in MODES for part in PARTS]
        metres = np.full((size, size), 1000, dtype=np.int32)
        return TravelMatrix(
            engine="test", places=tuple(self.places), minutes=dict.fromkeys(slices, minutes),
            metres=dict.fromkeys(slices, metres),
        )  # fmt: skip

    def report(self, parent: Plan | None = None) -> CheckReport:
        """The verdict."""
        return check(self.instance(), self.contract, self.matrix(), self.plan(), parent)
