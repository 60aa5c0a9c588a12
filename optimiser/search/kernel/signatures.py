"""The types of what far functions take (far.py), in the order of the fields in data.py."""

from __future__ import annotations

from numba import types

from optimiser.search.kernel.data import Data, Duties, Rows, State
from optimiser.search.kernel.undo import Journal

NUMBERS = {size: types.UniTuple(types.int64, size) for size in (2, 3, 5)}
NOTHING = types.none
NUMBER, FLAG = types.int64, types.boolean
TABLES = {size: types.Array(types.int64, size, "C") for size in (1, 2, 3, 4)}
SMALL = {size: types.Array(types.int32, size, "C") for size in (2, 3)}
FLAGS = {size: types.Array(types.boolean, size, "C") for size in (2, 3)}
LIST, RANDOM = TABLES[1], types.Array(types.uint64, 1, "C")

DATA = types.NamedTuple(
    [*[NUMBER] * 6, SMALL[3], TABLES[2], TABLES[2], SMALL[2], TABLES[1], TABLES[1], TABLES[2], SMALL[2]], Data
)
ROWS = types.NamedTuple(
    [
        *[NUMBER] * 5, FLAG, NUMBER, NUMBER, TABLES[2], TABLES[1], TABLES[2], TABLES[1], TABLES[2], TABLES[1],
        TABLES[2], TABLES[2], TABLES[2], TABLES[3], TABLES[3],
    ],
    Rows,
)  # fmt: skip
STATE = types.NamedTuple(
    [TABLES[3], TABLES[2], TABLES[2], TABLES[2], TABLES[3], TABLES[2], TABLES[1], TABLES[2], TABLES[2]], State
)
DUTIES = types.NamedTuple(
    [
        LIST, LIST, LIST, TABLES[4], FLAGS[3], FLAGS[3], TABLES[4], LIST, TABLES[2], FLAGS[2], TABLES[2], TABLES[3],
        TABLES[2], TABLES[2], FLAGS[2], TABLES[3], LIST, LIST,
    ],
    Duties,
)  # fmt: skip
JOURNAL = types.NamedTuple([STATE, TABLES[2], TABLES[2], TABLES[2], TABLES[1]], Journal)
