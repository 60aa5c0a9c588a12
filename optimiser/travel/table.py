"""Travel as the table ``travel.csv`` of the instance gives it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.instance import Instance
from optimiser.domain.place import Mode
from optimiser.domain.travel_matrix import DayPart, Slice, TravelMatrix
from optimiser.errors import Fault, InputError
from optimiser.travel.crow_flies import crow_flies
from optimiser.travel.in_use import DAY_PARTS, InUse, in_use

Key = tuple[str, str, str]


def table(instance: Instance) -> TravelMatrix:
    """The travel matrix of ``instance.travel_table``: minutes from door to door, parking included, directed.

    A row that names a day part goes before one for all. Needed is each way from a start place to a stop, between
    stops, and from a stop to an end place; ways that no route takes (home to home) hold the estimate of
    ``crow_flies``. Raises ``InputError`` that names all missing ways.
    """
    used = in_use(instance)
    base = crow_flies(instance)
    index = base.index()
    given = _by_part(instance)
    faults: list[Fault] = []
    minutes: dict[Slice, NDArray[np.int32]] = {}
    metres: dict[Slice, NDArray[np.int32]] = {}
    for mode in used.modes:
        faults += _missing(used, mode, given)
        for part in DAY_PARTS:
            minutes[mode, part] = base.minutes[mode, part].copy()
            metres[mode, part] = base.metres[mode, part].copy()
            for (start, end, row_mode), (leg_minutes, leg_metres) in given[part].items():
                if row_mode == mode and start in index and end in index and start != end:
                    minutes[mode, part][index[start], index[end]] = max(1, leg_minutes)
                    metres[mode, part][index[start], index[end]] = leg_metres
    if faults:
        raise InputError(faults)
    return TravelMatrix(engine="table 1", places=base.places, minutes=minutes, metres=metres)


def _by_part(instance: Instance) -> dict[DayPart, dict[Key, tuple[int, int]]]:
    given: dict[DayPart, dict[Key, tuple[int, int]]] = {part: {} for part in DAY_PARTS}
    for start, end, mode, row_part, minutes, metres in instance.travel_table:
        for part in DAY_PARTS:
            if row_part == part:
                given[part][start, end, mode] = (minutes, metres)
            elif not row_part:
                given[part].setdefault((start, end, mode), (minutes, metres))
    return given


def needed(used: InUse, mode: Mode) -> set[tuple[str, str]]:
    """The ways that routes by ``mode`` can take: from a start place to a stop, between stops, from a stop to an end
    place. A place to itself may be among them."""
    ends = used.ends[mode]
    return {(start, end) for start in (*used.stops, *ends) for end in used.stops} | {
        (stop, end) for stop in used.stops for end in ends
    }


def _missing(used: InUse, mode: Mode, given: dict[DayPart, dict[Key, tuple[int, int]]]) -> list[Fault]:
    faults = []
    for start, end in sorted(needed(used, mode)):
        parts = [part for part in used.day_parts if (start, end, mode) not in given[part]]
        if start != end and parts:
            expected = f"a row from {start} to {end} by {mode}, {' and '.join(parts)}"
            faults.append(Fault("travel.csv", 0, "", expected, "none"))
    return faults
