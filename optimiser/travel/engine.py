"""The one entry of the room: an instance gives a travel matrix."""

from __future__ import annotations

from optimiser.domain.instance import Instance
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.travel.crow_flies import crow_flies
from optimiser.travel.table import table

ENGINES = {"crow_flies": crow_flies, "table": table}


def travel_matrix(instance: Instance) -> TravelMatrix:
    """The matrix of ``instance`` by the engine its settings name: places and modes in use, all three day parts.

    Raises ``InputError`` when the engine ``table`` misses ways.
    """
    return ENGINES[instance.travel.engine](instance)
