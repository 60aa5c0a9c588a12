"""Travel times and distances between places, one slice for each mode and day part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.people import Category
from optimiser.domain.place import Mode

DayPart = Literal["day", "evening", "night"]
Slice = tuple[Mode, DayPart]


def day_part_of(category: Category) -> DayPart:
    """Travel is constant within a duty; its part of the day follows from the category of its kind."""
    if category == "evening":
        return "evening"
    return "night" if category == "night" else "day"


@dataclass(frozen=True)
class TravelMatrix:
    """Directed tables: ``minutes[slice][i, j]`` (int32, rounded up, door and parking at j included) and
    ``metres[slice][i, j]`` (int32), over ``places`` in order. ``engine`` says how they were made, with its settings."""

    engine: str
    places: tuple[str, ...]
    minutes: dict[Slice, NDArray[np.int32]]
    metres: dict[Slice, NDArray[np.int32]]

    def index(self) -> dict[str, int]:
        """Place id -> row and column."""
        return {place: number for number, place in enumerate(self.places)}
