"""The Problem: an Instance under one sharing contract, with travel and rules, ready for model and search.

Nurses, days, kinds, places and jobs are numbered in the order of the Instance; arrays use those numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.row_rules import RowRule
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix

FORBIDDEN = -1


@dataclass(frozen=True)
class Job:
    """One piece of work for one nurse: a visit (one job for each nurse it needs) or a task in a route.

    ``windows`` holds (earliest start, latest start, day number) in horizon minutes.
    """

    id: str
    what: Literal["visit", "task"]
    part: Literal[1, 2]
    place: str | None
    minutes: int
    windows: tuple[tuple[int, int, int], ...]
    unserved_term: str
    remote_check: bool = False
    half_done: bool = False
    """Its other half is over and out of the search: the price of leaving the visit open is on this one."""


@dataclass(frozen=True)
class Tie:
    """Start to start, between job numbers; ``together`` means both or none."""

    first: int
    second: int
    gap_min: int
    gap_max: int
    nurse: Literal["any", "same", "different"]
    together: bool


@dataclass(frozen=True)
class CoverDay:
    """A cover row on one day, after pooling: which nurses count, and which duties (start day, kind)."""

    id: str
    day: int
    minimum: int
    wanted: int
    nurses: frozenset[int]
    duties: frozenset[tuple[int, int]]
    standby: bool = False
    """Whether it asks standby: then each duty above the wanted number has a price."""


@dataclass(frozen=True)
class Problem:
    """What model and search read. ``may_serve[job]`` is int32 [windows of the job, nurses]: FORBIDDEN or a cost in
    minute-equivalents. ``duty_allowed`` is bool [nurse, day, kind]. ``pinned``, ``entered`` and
    ``base`` map (nurse, day, lane number) to a kind number; the last two have a price (``priced_entries``)."""

    instance: Instance
    contract: SharingContract
    travel: TravelMatrix
    jobs: tuple[Job, ...]
    ties: tuple[Tie, ...]
    may_serve: tuple[NDArray[np.int32], ...]
    duty_allowed: NDArray[np.bool_]
    cover: tuple[CoverDay, ...]
    rules: tuple[RowRule, ...]
    pinned: dict[tuple[int, int, int], int]
    entered: dict[tuple[int, int, int], int]
    base: dict[tuple[int, int, int], int] = field(default_factory=dict)
    parent: Plan | None = None
    duty_prices: dict[str, NDArray[np.int32]] = field(default_factory=dict)
    """Term name -> int32 [nurse, day, kind]: what a duty adds to the term by itself (``patterns.prices``)."""

    @cached_property
    def priced_entries(self) -> tuple[tuple[tuple[int, int, int], int, int], ...]:
        """(nurse, day, lane number), kind number and price of each own entry, wish and base duty that may be left."""
        weights = self.instance.weights
        priced = ((self.entered, weights.own_entry_refused), (self.base, weights.base_changed))
        return tuple((cell, kind, price) for table, price in priced for cell, kind in table.items())

    @cached_property
    def nurse_number(self) -> dict[str, int]:
        """Nurse id -> number."""
        return {each.id: number for number, each in enumerate(self.instance.nurses)}

    @cached_property
    def kind_number(self) -> dict[str, int]:
        """Shift kind id -> number."""
        return {each.id: number for number, each in enumerate(self.instance.shift_kinds)}

    @cached_property
    def job_number(self) -> dict[tuple[str, int], int]:
        """(visit or task id, part) -> job number."""
        return {(each.id, each.part): number for number, each in enumerate(self.jobs)}

    @cached_property
    def companions(self) -> dict[int, int]:
        """Student's number -> companion's number."""
        return {
            number: self.nurse_number[each.companion]
            for number, each in enumerate(self.instance.nurses)
            if each.experience == "student" and each.companion
        }
