"""The one entry of the room: an instance gives a travel matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from optimiser.domain.instance import Instance
from optimiser.domain.travel_matrix import SlowDay, TravelMatrix, slow_part
from optimiser.travel.crow_flies import crow_flies
from optimiser.travel.table import table

ENGINES = {"crow_flies": crow_flies, "table": table}


def travel_matrix(instance: Instance) -> TravelMatrix:
    """The matrix of ``instance`` by the engine its settings name: places and modes in use, all three day parts.

    Raises ``InputError`` when the engine ``table`` misses ways.
    """
    matrix = ENGINES[instance.travel.engine](instance)
    return slowed(matrix, instance.slow_days) if instance.slow_days else matrix


def slowed(matrix: TravelMatrix, days: Sequence[SlowDay]) -> TravelMatrix:
    """The matrix with slices for slow days, minutes rounded up."""
    minutes, metres = dict(matrix.minutes), dict(matrix.metres)
    for percent in sorted({each.percent for each in days} - {100}):
        for mode, part in matrix.minutes:
            slower = mode, slow_part(part, percent)  # type: ignore[arg-type]
            minutes[slower] = -(-matrix.minutes[mode, part] * percent // 100)
            metres[slower] = matrix.metres[mode, part]
    return replace(matrix, minutes=minutes, metres=metres, slow={**matrix.slow, **{each.day: each for each in days}})
