"""Travel times and distances between places, one slice for each mode and day part."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.noun import Id, Noun
from optimiser.domain.people import Category
from optimiser.domain.place import Mode

DayPart = Literal["day", "evening", "night"]
Slice = tuple[Mode, str]
"""Mode and day part; the part of a slow day carries its percent, ``day*150``."""


def day_part_of(category: Category) -> DayPart:
    """Travel is constant within a duty; its part of the day follows from the category of its kind."""
    if category == "evening":
        return "evening"
    return "night" if category == "night" else "day"


class SlowDay(Noun):
    """A date on which travel takes ``percent`` of its usual time, but for nurses who are ``under_way`` already."""

    day: date
    percent: int
    under_way: tuple[Id, ...] = ()


def slow_part(part: DayPart, percent: int) -> str:
    """The name of a day part in which travel takes ``percent`` of the usual time."""
    return part if percent == 100 else f"{part}*{percent}"


@dataclass(frozen=True)
class TravelMatrix:
    """Directed tables: ``minutes[slice][i, j]`` (int32, rounded up, door and parking at j included) and
    ``metres[slice][i, j]`` (int32), over ``places`` in order. ``engine`` says how they were made, with its settings."""

    engine: str
    places: tuple[str, ...]
    minutes: dict[Slice, NDArray[np.int32]]
    metres: dict[Slice, NDArray[np.int32]]
    slow: dict[date, SlowDay] = field(default_factory=dict)

    def part(self, part: DayPart, day: date, nurse: str) -> str:
        """The second half of the slice of a nurse's duty in this part of the day that starts on ``day``."""
        slow = self.slow.get(day)
        return part if slow is None or nurse in slow.under_way else slow_part(part, slow.percent)

    def index(self) -> dict[str, int]:
        """Place id -> row and column."""
        return self._index

    @cached_property
    def _index(self) -> dict[str, int]:
        return {place: number for number, place in enumerate(self.places)}
