"""The types of what far functions take (far.py), in the order of the fields in data.py."""

from __future__ import annotations

from numba import types

from optimiser.search.kernel.data import Data, Duties, Rows, State
from optimiser.search.kernel.handles import handle_of
from optimiser.search.kernel.undo import Journal

NUMBERS = {size: types.UniTuple(types.int64, size) for size in (2, 3, 5)}
NOTHING = types.none
NUMBER, FLAG = types.int64, types.boolean
TABLES = {size: types.Array(types.int64, size, "C") for size in (1, 2, 3, 4)}
SMALL = types.Array(types.int32, 2, "C")
MINUTES = types.Array(types.int16, 3, "C")
FLAGS = {size: types.Array(types.boolean, size, "C") for size in (2, 3)}
LIST, RANDOM = TABLES[1], types.Array(types.uint64, 1, "C")

DATA = handle_of(
    Data,
    [*[NUMBER] * 6, MINUTES, MINUTES, TABLES[2], TABLES[2], SMALL, TABLES[1], TABLES[1], TABLES[2], SMALL],
)
ROWS = handle_of(
    Rows,
    [
        *[NUMBER] * 5, FLAG, NUMBER, NUMBER, TABLES[2], TABLES[1], TABLES[2], TABLES[1], TABLES[2], TABLES[1],
        TABLES[2], TABLES[2], TABLES[2], TABLES[3], TABLES[3],
    ],
)  # fmt: skip
STATE = handle_of(
    State,
    [TABLES[3], *[TABLES[2]] * 3, TABLES[3], TABLES[2], TABLES[1], *[TABLES[2]] * 4],
)
DUTIES = handle_of(
    Duties,
    [
        LIST, LIST, LIST, TABLES[4], FLAGS[3], FLAGS[3], TABLES[4], LIST, TABLES[2], FLAGS[2], TABLES[2], TABLES[3],
        TABLES[2], TABLES[2], FLAGS[2], TABLES[3], LIST, LIST,
    ],
)  # fmt: skip
JOURNAL = handle_of(Journal, [STATE, TABLES[2], TABLES[2], TABLES[2], TABLES[1]])
