"""Travel times and distances between places, one slice for each mode and day part."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

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
    slow: dict[date, int] = field(default_factory=dict)
    """Date -> percent of the usual time that travel of its duties takes."""

    def part(self, category: Category, day: date) -> str:
        """The part of the slice of a duty whose kind has this category and that starts on ``day``."""
        return slow_part(day_part_of(category), self.slow.get(day, 100))

    def index(self) -> dict[str, int]:
        """Place id -> row and column."""
        return {place: number for number, place in enumerate(self.places)}
