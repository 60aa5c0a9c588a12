"""A Plan in planners' words: duties with their routes, and what is left over."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import cached_property
from typing import Final, Literal

from optimiser.domain.duty import DutyStatus, Lane, Override
from optimiser.domain.events import Event
from optimiser.domain.noun import Id, Noun
from optimiser.domain.objective import Objective
from optimiser.domain.sharing import SharingContract
from optimiser.domain.work import WorkId

PLAN_FORMAT: Final = 1
BREAK = "break"


class Stop(Noun):
    """One stop of a route, in horizon minutes: a visit (its first or second nurse), a task or the break.

    ``arrival`` is when the nurse is at the door (for a break: when it begins); waiting is ``start - arrival``.
    """

    what: Literal["visit", "task", "break"]
    id: WorkId
    part: Literal[1, 2] = 1
    arrival: int
    start: int
    end: int


class Route(Noun):
    """The stops of one duty segment, in order."""

    segment: Literal[0, 1] = 0
    stops: tuple[Stop, ...] = ()


class Duty(Noun):
    """A duty of the plan. ``id`` is ``nurse/date/lane`` in plans we make; ``start`` and ``end`` in horizon minutes.

    ``follows`` names the companion whose route a student copies; such a duty has no stops of its own.
    """

    id: str
    nurse: Id
    kind: Id
    day: date
    lane: Lane
    start: int
    end: int
    organisation: Id
    area: str = ""
    role: str = ""
    status: DutyStatus = "free"
    follows: Id | None = None
    routes: tuple[Route, ...] = ()

    @property
    def stops(self) -> tuple[Stop, ...]:
        """All stops of all segments in order."""
        return tuple(stop for route in self.routes for stop in route.stops)


class Unserved(Noun):
    """A visit or in-route task that nobody does, with the first blocking reason (a text key) and its witness."""

    id: WorkId
    reason: Literal[
        "nobody_may_serve",
        "nobody_on_duty",
        "no_room",
        "link_unserved",
        "not_inserted",
    ]
    detail: str = ""


class Phase(Noun):
    """One step of the run, for replay and for the log: its name, effort and result."""

    name: str
    iterations: int = 0
    seconds: float = 0.0
    objective: Objective | None = None
    terms: dict[str, int] | None = None
    """Counts by term name, before weights, of the plan that has this objective; None where they were not kept."""


class Plan(Noun):
    """Duties and routes over one horizon under one sharing contract, with what was claimed of them."""

    format: Literal[1] = PLAN_FORMAT
    instance: Id
    fingerprint: str
    row_hashes: dict[str, str] = {}
    contract: SharingContract
    seed: int = 0
    time_limit_s: float | None = None
    iterations: int | None = None
    version: int = 1
    parent: str | None = None
    """Fingerprint (``Plan.identity``) of the plan this one changes."""
    published: datetime | None = None
    """When its roster was told to the nurses; None is a draft. What then changes needs an event that explains it."""
    events: tuple[Event, ...] = ()
    """What happened since it was first published, in order; ``instances.events`` applies it to the tables."""
    status: Literal["optimal", "feasible", "imported"] = "feasible"
    cpu_s: float = 0.0
    duties: tuple[Duty, ...] = ()
    unserved: tuple[Unserved, ...] = ()
    with_routes: bool = True
    """False for an imported roster of duties only: route rules are then not judged."""
    objective: Objective | None = None
    objective_terms: dict[str, int] = {}
    """Counts by term name, before weights."""
    lower_bound: int | None = None
    overrides: tuple[Override, ...] = ()
    """What the manager set aside when the plan was made, with the reason."""
    phases: tuple[Phase, ...] = ()

    @cached_property
    def identity(self) -> str:
        """A hash of what the plan decides: its duties, routes and what is left over."""
        content = "".join(each.model_dump_json() for each in (*self.duties, *self.unserved))
        return hashlib.sha256(content.encode()).hexdigest()[:24]

    @cached_property
    def duties_of(self) -> dict[str, tuple[Duty, ...]]:
        """Nurse id -> her duties in order of start."""
        table: dict[str, list[Duty]] = {}
        for duty in sorted(self.duties, key=lambda each: (each.start, each.id)):
            table.setdefault(duty.nurse, []).append(duty)
        return {nurse: tuple(duties) for nurse, duties in table.items()}
