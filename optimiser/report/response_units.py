"""Who is on duty for calls at each moment, and how soon the nearest of them can be where a call comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.clock import DAY, HOUR
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.response import DAY_FROM, EVENING_FROM, NIGHT_FROM, measured_minutes
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.scenario.catchment import Catchments
from optimiser.scenario.may_serve import SkillTable
from optimiser.scenario.reaching import Reaching

LINES, NOBODY = (1, 2), -1
On = tuple[int, int, int]
"""From and until which minute, and the number of the unit."""
Stretch = tuple[int, int, frozenset[int]]
"""From and until which minute, and the units on duty all that time."""


class Answering:
    """Duties that answer calls, and back-ups, as units: equal in line, way, turn-out, catchment and skills are one."""

    def __init__(self, instance: Instance, contract: SharingContract, travel: TravelMatrix) -> None:
        self._instance = instance
        self._catchments, self._reaching = Catchments(instance, contract), Reaching(instance, travel)
        self._skills = SkillTable(instance)
        self._numbers: dict[tuple[object, ...], int] = {}
        self._minutes: list[NDArray[np.int64]] = []
        self._lines: list[int] = []

    def duties(self, plan: Plan) -> list[On]:
        """When each duty of line 1 or 2 of an experienced nurse is on, and its unit."""
        instance, found = self._instance, list[On]()
        for duty in plan.duties:
            kind, day = instance.kind_by_id[duty.kind], instance.clock.day_number(duty.day)
            solo = instance.nurse_by_id[duty.nurse].experience == "experienced"
            if kind.line not in LINES or not solo or not 0 <= day < instance.days:
                continue
            number = self._unit(duty, day)
            bounds = segment_bounds(kind, instance.clock, day)
            if len(bounds) == 1:
                bounds = ((duty.start, duty.end),)
            found += [(low, high, number) for low, high in bounds]
        return found

    def _unit(self, duty: Duty, day: int) -> int:
        instance, kind = self._instance, self._instance.kind_by_id[duty.kind]
        way, nurse = self._reaching.way(duty.nurse, kind, day), instance.nurse_by_id[duty.nurse]
        catchment = self._catchments.of(nurse, kind, day)
        able = tuple(self._skills.holds(duty.nurse, each.skills, duty.day) for each in instance.call_types)
        key = (kind.line, way, kind.lane, kind.at_workplace, catchment, able)
        if key not in self._numbers:
            may = dict(zip((each.id for each in instance.call_types), able, strict=True))
            fits = np.array([may[each.type] for each in instance.call_sources], dtype=np.bool_)
            inside = self._catchments.mask(catchment) & fits
            minutes = np.where(inside, self._reaching.response(way, kind), NOBODY).astype(np.int64)
            self._numbers[key] = len(self._minutes)
            self._minutes.append(minutes)
            self._lines.append(kind.line)
        return self._numbers[key]

    def nearest(self, units: Iterable[int]) -> NDArray[np.int64]:
        """Int64 [call source]: minutes of response of the nearest unit of line 1 that may answer, of the nearest
        back-up where none may; ``NOBODY`` where neither does."""
        units = tuple(units)
        first, back_up = (self._nearest([each for each in units if self._lines[each] == line]) for line in LINES)
        return np.where(first == NOBODY, back_up, first)

    def _nearest(self, units: Iterable[int]) -> NDArray[np.int64]:
        best = np.full(len(self._instance.call_sources), NOBODY, dtype=np.int64)
        for number in units:
            mine = self._minutes[number]
            best = np.where((mine != NOBODY) & ((best == NOBODY) | (mine < best)), mine, best)
        return best


def stretches(instance: Instance, duties: list[On], hourly: bool = False) -> Iterator[Stretch]:
    """The measured weeks cut wherever a duty begins or ends, or a part of the week (``hourly``: an hour of the clock)
    does."""
    first, last = measured_minutes(instance)
    clock = instance.clock
    cuts = {first, last}
    for day in range(clock.day_of(first), clock.day_of(last) + 1):
        times = range(0, DAY, HOUR) if hourly else (DAY_FROM, EVENING_FROM, NIGHT_FROM)
        cuts |= {clock.at(day, time) for time in times}
    cuts |= {time for low, high, _ in duties for time in (low, high)}
    events = sorted(duties)
    on: list[On] = []
    for low, high in pairwise(sorted(cut for cut in cuts if first <= cut <= last)):
        while events and events[0][0] <= low:
            on.append(events.pop(0))
        on = [each for each in on if each[1] > low]
        yield low, high, frozenset(number for _, _, number in on)
