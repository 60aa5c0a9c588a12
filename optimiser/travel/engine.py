"""The one entry of the room: an instance gives a travel matrix."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from optimiser.domain.instance import Instance
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.travel.crow_flies import crow_flies
from optimiser.travel.table import table

ENGINES = {"crow_flies": crow_flies, "table": table}


def travel_matrix(instance: Instance) -> TravelMatrix:
    """The matrix of ``instance`` by the engine its settings name: places and modes in use, all three day parts.

    Raises ``InputError`` when the engine ``table`` misses ways.
    """
    matrix = ENGINES[instance.travel.engine](instance)
    return slowed(matrix, dict(instance.slow_days)) if instance.slow_days else matrix


def slowed(matrix: TravelMatrix, days: dict[date, int]) -> TravelMatrix:
    """The matrix with slices for days on which travel takes so many percent of the usual time (rounded up)."""
    minutes, metres = dict(matrix.minutes), dict(matrix.metres)
    for percent in sorted(set(days.values()) - {100}):
        for mode, part in matrix.minutes:
            slower = mode, f"{part}*{percent}"
            minutes[slower] = -(-matrix.minutes[mode, part] * percent // 100)
            metres[slower] = matrix.metres[mode, part]
    return replace(matrix, minutes=minutes, metres=metres, slow={**matrix.slow, **days})
