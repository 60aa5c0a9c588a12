"""What every peer is given: the routes of a fixed roster and the work for them, day by day, as plain numbers.

Peers get two gifts from the plan whose roster it is, since none of them has both: the roster day on which it does each
piece of work, and for tied work a window around the start it chose (``windows.py``). Work that the plan leaves out
is offered on the first day on which anybody can do it.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.plan import Plan
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.search.encode import encode
from optimiser.search.encode_duties import encode_duties, roster_of, roster_state
from optimiser.search.encode_rows import encode_rows
from optimiser.search.kernel.data import (
    JOB_PENALTY,
    JOB_PLACE,
    JOB_UNIT,
    SLOT_ACTIVE,
    SLOT_CLOSE,
    SLOT_LOCKED,
    SLOT_OPEN,
    SLOTS,
    Data,
    Duties,
    Ints,
    Rows,
    State,
)
from optimiser.search.start import drop_violations, duties_of_plan
from optimiser.studies.peers.windows import Choice, choices

Answer = dict[int, list[tuple[int, int, int]]]
"""Route (slot of the kernel) -> its work in order: job number, earliest and latest start."""


@dataclass(frozen=True)
class Work:
    """One job in one window: starts from ``low`` to ``high``; leaving it out costs ``penalty``; ``place`` -1: none."""

    job: int
    window: int
    low: int
    high: int
    minutes: int
    place: int
    penalty: int


@dataclass(frozen=True)
class Part:
    """One roster day: its work, the slots of its routes, and who may do what at which price."""

    day: int
    work: tuple[Work, ...]
    vehicles: tuple[int, ...]
    """Slots of the kernel; their columns are in ``Shared.state.slot``."""
    serve: NDArray[np.int64]
    """[vehicles, work] FORBIDDEN or a cost."""
    ties: tuple[tuple[int, int, int, int], ...]
    """Between two of ``work``: first, second, least and most minutes from start to start. Only for a peer that can
    keep them; for the others windows were made so narrow that they hold by themselves."""


@dataclass(frozen=True)
class Shared:
    """A roster as the kernel sees it, without routes, and its parts."""

    problem: Problem
    plan: Plan
    data: Data
    rows: Rows
    duties: Duties
    state: State
    parts: tuple[Part, ...] = ()
    began: float = field(default_factory=time.process_time)
    walled: float = field(default_factory=time.monotonic)

    def spent(self) -> float:
        """Processor seconds since the start."""
        return time.process_time() - self.began

    def wall_for(self, seconds: float) -> float:
        """Wall seconds in which this busy machine gives ``seconds`` of processor time, by what it gave so far."""
        return seconds * max(1.0, (time.monotonic() - self.walled) / max(0.1, self.spent()))


def shared_roster(problem: Problem, plan: Plan, seed: int, linked: bool) -> Shared:
    """The roster of ``plan`` and its parts, in an order that ``seed`` shuffles.

    ``linked``: ties within a day are given as ties instead of narrow windows.
    """
    began = time.process_time()
    roster = duties_of_plan(problem, plan)
    duties, rows = encode_duties(problem), encode_rows(problem)
    open_data = encode(problem)
    state = roster_state(problem, open_data, duties, roster)
    drop_violations(problem, open_data, rows, duties, state)
    data = encode(problem, roster_of(problem, state))
    shared = Shared(problem, plan, data, rows, duties, state, (), began)
    slots = [slot for slot, row in enumerate(state.slot) if row[SLOT_ACTIVE] and not row[SLOT_LOCKED]]
    by_day: dict[int, list[int]] = defaultdict(list)
    for slot in slots:
        by_day[slot // SLOTS % data.days].append(slot)
    chosen = choices(problem, data, state.slot, plan, by_day, linked)
    mixer = random.Random(seed)
    parts = [_part(shared, day, by_day[day], chosen, linked, mixer) for day in sorted(by_day)]
    return Shared(problem, plan, data, rows, duties, state, tuple(parts), began)


def _part(
    shared: Shared, day: int, slots: list[int], chosen: dict[int, Choice], linked: bool, mixer: random.Random
) -> Part:
    data = shared.data
    mine = [(job, choice) for job, choice in chosen.items() if choice.day == day]
    mixer.shuffle(mine)
    mixer.shuffle(slots)
    work = tuple(_work(data, job, choice) for job, choice in mine)
    serve = np.full((len(slots), len(work)), FORBIDDEN, dtype=np.int64)
    for row, slot in enumerate(slots):
        nurse = slot // (data.days * SLOTS)
        for column, (each, (_, choice)) in enumerate(zip(work, mine, strict=True)):
            if choice.nurse in (None, nurse) and fits(shared.state.slot[slot], each):
                serve[row, column] = data.may_serve[each.window, nurse]
    number = {each.job: index for index, each in enumerate(work)}
    ties = tuple(
        (number[tie.first], number[tie.second], tie.gap_min, tie.gap_max)
        for tie in shared.problem.ties
        if linked and tie.first in number and tie.second in number
    )
    return Part(day, work, tuple(slots), serve, ties)


def _work(data: Data, job: int, choice: Choice) -> Work:
    """Each member of a unit carries the price of the whole unit: peers know no units."""
    unit = int(data.job[job, JOB_UNIT])
    members = data.unit_jobs[data.unit_from[unit] : data.unit_from[unit + 1]]
    penalty = int(data.job[members, JOB_PENALTY].max())
    place, minutes = int(data.job[job, JOB_PLACE]), int(data.job[job, 0])
    return Work(job, choice.window, choice.low, choice.high, minutes, place, penalty)


def fits(slot: Ints, work: Work) -> bool:
    """Whether work can lie in a route by its hours alone."""
    return bool(slot[SLOT_OPEN] <= work.high and max(work.low, slot[SLOT_OPEN]) + work.minutes <= slot[SLOT_CLOSE])
