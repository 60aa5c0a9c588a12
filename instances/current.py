"""The roster and routes that are driven now, as a plan that is measured like any other."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from instances.cells import write_clock
from instances.columns import Table
from instances.plans import read_plan
from instances.rosters import STOPS, duties_of, roster_of
from instances.rows import Entry, build_rows
from instances.sheets import Faults, near, read_sheet
from optimiser.domain.clock import DAY
from optimiser.domain.duty import Lane
from optimiser.domain.instance import Instance
from optimiser.domain.noun import ClockTime, Id, Noun
from optimiser.domain.plan import BREAK, Duty, Plan, Route, Stop, Unserved
from optimiser.domain.work import WorkId
from optimiser.errors import InputError, shortened
from optimiser.texts import Language, text

ROUTES_FILE = "routes.csv"
LONGEST = 720
"""A stop that ends on an earlier clock time than it starts ends the next day, unless it would last longer than this."""


class DrivenStop(Noun):
    """A row of ``routes.csv`` from elsewhere: as ours, but lane, segment, part, arrival and end may be empty."""

    nurse: Id
    day: date
    lane: Lane = "work"
    segment: Literal[0, 1] = 0
    order: Annotated[int, Field(ge=1, le=999)]
    what: Literal["visit", "task", "break"]
    id: WorkId = BREAK
    part: Literal[1, 2] = 1
    arrival: ClockTime | None = None
    """Empty: she begins when she arrives."""
    start: ClockTime
    end: ClockTime | None = None
    """Empty: as long as the tables say."""


DRIVEN = Table(
    STOPS.file, STOPS.field, DrivenStop,
    "The stops of all routes: written with every plan with all cells filled, and read by `compare --current` when it "
    "lies beside a roster made elsewhere. An empty arrival is the start, an empty end what the tables say.",
    STOPS.columns,
)  # fmt: skip


def read_current(path: Path, instance: Instance, language: Language = "en") -> Plan:
    """What is worked now: a ``plan.json`` of this instance, or a roster (``duties.csv``, or the first sheet of an xlsx
    file) with, when it lies beside it, ``routes.csv`` in the columns that we write.

    With routes the plan has ``with_routes`` and lists what is in no route as unserved; without, only duties are known
    and no figure of routes. Rules are not asked here: `check` judges what is worked as it judges a plan.

    Raises ``InputError`` with all faults of both files, each with its row and column.
    """
    if path.suffix.casefold() == ".json":
        plan, _ = read_plan(path, instance, language)
        return _with_the_rest(plan, instance) if plan.with_routes else plan
    faults = Faults(language)
    duties = duties_of(path, instance, faults)
    plan = roster_of(duties, instance)
    routes = path.with_name(ROUTES_FILE)
    if routes.exists():
        whole = not faults
        duties = _Routes(duties, instance, path.name, faults, whole).read(routes)
        plan = _with_the_rest(plan.model_copy(update={"duties": duties, "with_routes": True}), instance)
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    return plan


def _with_the_rest(plan: Plan, instance: Instance) -> Plan:
    """The plan with exactly what its routes leave out as unserved; known reasons stay."""
    done = {(stop.id, stop.part) for duty in plan.duties for stop in duty.stops}
    parts = {each.id: each.nurses for each in instance.visits} | {
        each.id: 1 for each in instance.tasks if each.in_route
    }
    known = {each.id: each for each in plan.unserved}
    left = [name for name, number in parts.items() if any((name, part) not in done for part in range(1, number + 1))]
    rest = tuple(known.get(name) or Unserved(id=name, reason="not_inserted") for name in left)
    return plan.model_copy(update={"unserved": rest})


class _Routes:
    """The rows of ``routes.csv`` on the duties that they belong to."""

    def __init__(self, duties: tuple[Duty, ...], instance: Instance, roster: str, faults: Faults, whole: bool) -> None:
        self.instance, self.roster, self.faults, self.whole = instance, roster, faults, whole
        self.duties = duties
        self.of_day: dict[tuple[str, date, Lane], list[Duty]] = defaultdict(list)
        for duty in duties:
            self.of_day[duty.nurse, duty.day, duty.lane].append(duty)
        self.routes: dict[tuple[str, int], dict[int, tuple[int, Stop]]] = defaultdict(dict)
        self.works: dict[str, dict[str, int]] = {
            "visit": {each.id: each.nurses for each in instance.visits},
            "task": {each.id: 1 for each in instance.tasks if each.in_route},
        }
        self.done: dict[tuple[str, int], int] = {}

    def read(self, path: Path) -> tuple[Duty, ...]:
        """The duties with their routes; what is wrong goes to the faults."""
        sheet = read_sheet(path, DRIVEN, self.faults)
        for entry in build_rows(sheet, DRIVEN, self.instance.clock, self.faults, file=path.name) if sheet else ():
            if entry.noun is not None:
                self._take(entry)
        return tuple(each.model_copy(update={"routes": self._routes_of(each)}) for each in self.duties)

    def _routes_of(self, duty: Duty) -> tuple[Route, ...]:
        found = ((segment, self.routes.get((duty.id, segment), {})) for segment in (0, 1))
        return tuple(
            Route(segment=segment, stops=tuple(stops[order][1] for order in sorted(stops)))
            for segment, stops in found
            if stops
        )

    def _take(self, entry: Entry) -> None:
        """Put a row in its route, or say all that is wrong with it."""
        row, before = entry.noun, len(self.faults)
        known = self._check_work(entry)
        duty = self._duty(entry)
        if duty is None or not known:
            return
        stop = self._stop(entry, duty)
        route = self.routes[duty.id, row.segment]
        if row.order in route:
            self._fault(entry, "order", "turn", got=self._also(str(row.order), route[row.order][0]))
        elif stop is not None and len(self.faults) == before:
            route[row.order] = (entry.row, stop)

    def _check_work(self, entry: Entry) -> bool:
        """Whether the work is in the tables; faults when it is not, or comes a second time."""
        row = entry.noun
        if row.what == BREAK:
            return True
        works = self.works[row.what]
        if row.id not in works:
            expected, meant = text(f"current.expected.{row.what}", self.faults.language), near(row.id, works)
            if meant:
                expected = text("current.expected.near", self.faults.language, expected=expected, near=meant)
            entry.fault(self.faults, "id", expected)
            return False
        if row.part > works[row.id]:
            self._fault(entry, "part", "part")
        elif (seen := self.done.setdefault((row.id, row.part), entry.row)) != entry.row:
            self._fault(entry, "id", "once", got=self._also(row.id, seen))
        return True

    def _duty(self, entry: Entry) -> Duty | None:
        """The duty of a row; of several on one day that in which the stop starts, else the first."""
        row = entry.noun
        if row.nurse not in self.instance.nurse_by_id:
            entry.fault(self.faults, "nurse", self.faults.say("expected.reference", tables="nurses"))
            return None
        found = self.of_day.get((row.nurse, row.day, row.lane), [])
        if not found:
            if self.whole:  # else the duty may stand in a row of the roster that has a fault itself
                self._fault(entry, "day", "duty", file=self.roster)
            return None
        clock = self.instance.clock
        starts = [clock.at(clock.day_number(row.day), row.start + late) for late in (0, DAY)]
        holding = [each for each in found if any(each.start <= start < each.end for start in starts)]
        duty = (holding or found)[0]
        segments = range(len(self.instance.kind_by_id[duty.kind].segments))
        if duty.follows is not None:
            self._fault(entry, "nurse", "own_route", file=self.roster)
        elif row.segment not in segments:
            self._fault(entry, "segment", "segment", numbers=", ".join(map(str, segments)))
        return duty

    def _stop(self, entry: Entry, duty: Duty) -> Stop | None:
        """The stop of a row in horizon minutes, or None with a fault. We write 26:00 for a stop of a night; elsewhere
        it is 02:00, which is read as the time after midnight that lies in the duty."""
        row, clock = entry.noun, self.instance.clock
        day = clock.day_number(row.day)
        early = clock.at(day, row.start) < duty.start and clock.at(day, row.start + DAY) < duty.end
        start = row.start + DAY if early else row.start
        arrival = start if row.arrival is None else row.arrival
        if arrival + DAY <= start:
            arrival += DAY
        end = start + self._minutes(row, duty) if row.end is None else row.end
        if end < start and end + DAY <= start + LONGEST:
            end += DAY
        if arrival > start:
            entry.fault(self.faults, "start", self.faults.say("expected.after", value=write_clock(row.arrival)))
        if end < start:
            entry.fault(self.faults, "end", self.faults.say("expected.after", value=write_clock(row.start)))
        if not arrival <= start <= end:
            return None
        times = {"arrival": clock.at(day, arrival), "start": clock.at(day, start), "end": clock.at(day, end)}
        return Stop(what=row.what, id=BREAK if row.what == BREAK else row.id, part=row.part, **times)

    def _minutes(self, row: DrivenStop, duty: Duty) -> int:
        """How long the tables say that a stop takes."""
        if row.what == "visit":
            return self.instance.visit_by_id[row.id].minutes
        return (
            self.instance.task_by_id[row.id].minutes
            if row.what == "task"
            else self.instance.kind_by_id[duty.kind].break_minutes
        )

    def _also(self, name: str, row: int) -> str:
        return text("current.got.row", self.faults.language, name=shortened(name), row=row)

    def _fault(self, entry: Entry, field: str, key: str, got: str | None = None, **values: object) -> None:
        entry.fault(self.faults, field, text(f"current.expected.{key}", self.faults.language, **values), got)
