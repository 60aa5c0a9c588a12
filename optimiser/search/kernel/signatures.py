"""The numba types of what compiled functions take and return, by annotation; handles in the order of data.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args, get_type_hints

import numpy as np
from numba import types

from optimiser.search.kernel import calls  # noqa: F401  (tells numba how compiled functions call each other)
from optimiser.search.kernel.data import (
    JOB_COLUMNS,
    LABEL_COLUMNS,
    MOST_BLOCKS,
    MOST_STOPS,
    PLACED_COLUMNS,
    ROUTE_COLUMNS,
    SCRATCH,
    SLOT_COLUMNS,
    SPACE,
    TIE_COLUMNS,
    WIDE,
    WINDOW_COLUMNS,
    Data,
    Duties,
    Loose,
    Random,
    Reals,
    Rows,
    State,
    Table,
)
from optimiser.search.kernel.handles import handle_of
from optimiser.search.kernel.long_data import Around, Tally
from optimiser.search.kernel.undo import Journal

NUMBER, FLAG = types.int64, types.boolean
TABLES = {size: types.Array(types.int64, size, "C") for size in (1, 2, 3, 4)}
SMALL = types.Array(types.int32, 2, "C")
MINUTES = types.Array(types.int16, 3, "C")
FLAGS = {size: types.Array(types.boolean, size, "C") for size in (2, 3)}
LIST = TABLES[1]

DATA = handle_of(
    Data,
    [*[NUMBER] * 6, MINUTES, MINUTES, TABLES[2], TABLES[2], SMALL, TABLES[1], TABLES[1], TABLES[2], SMALL],
    job=(None, JOB_COLUMNS),
    window=(None, WINDOW_COLUMNS),
    tie=(None, TIE_COLUMNS),
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
    duty=(None, None, 2),
    slot=(None, SLOT_COLUMNS),
    route=(None, ROUTE_COLUMNS),
    stops=(None, MOST_STOPS),
    label=(None, MOST_STOPS, LABEL_COLUMNS),
    job=(None, PLACED_COLUMNS),
    row=(None, 2),
    scratch=(SCRATCH, MOST_STOPS + 1),
    wide=(WIDE, None),
    blocks=(SPACE, MOST_BLOCKS),
)
DUTIES = handle_of(
    Duties,
    [
        *[LIST] * 4, TABLES[4], FLAGS[3], FLAGS[3], TABLES[4], LIST, TABLES[2], FLAGS[2], TABLES[2], TABLES[3],
        TABLES[2], TABLES[2], FLAGS[2], TABLES[3], LIST, LIST,
    ],
)  # fmt: skip
JOURNAL = handle_of(Journal, [STATE, TABLES[2], TABLES[2], TABLES[2], TABLES[1]])
AROUND = handle_of(Around, [*[LIST] * 6, TABLES[3], LIST, LIST, TABLES[3]])
TALLY = handle_of(Tally, [LIST, TABLES[2], TABLES[2], TABLES[2], LIST, TABLES[3], LIST, LIST, TABLES[2], LIST])

_KINDS: dict[Any, Any] = {
    Data: DATA,
    Rows: ROWS,
    State: STATE,
    Duties: DUTIES,
    Journal: JOURNAL,
    Around: AROUND,
    Tally: TALLY,
    int: NUMBER,
    bool: FLAG,
    float: types.float64,
    np.uint64: types.uint64,
    type(None): types.none,
    np.ndarray: LIST,
    Table: TABLES[2],
    Loose: types.Array(types.int64, 2, "A"),
    Reals: types.Array(types.float64, 2, "C"),
    Random: types.Array(types.uint64, 1, "C"),
}


def _kind(annotation: Any) -> Any:
    """The type of one annotation: of those above, or a tuple of whole numbers."""
    inner = get_args(annotation) if annotation not in _KINDS else ()
    return types.UniTuple(NUMBER, len(inner)) if inner else _KINDS[annotation]


def kinds_of(function: Callable[..., Any]) -> tuple[Any, tuple[Any, ...]]:
    """(type of the result, types of the arguments) of a function, from its annotations."""
    hints = get_type_hints(function, include_extras=True)
    result = _kind(hints.pop("return"))
    return result, tuple(_kind(hint) for hint in hints.values())
