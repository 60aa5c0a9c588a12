"""How the functions of this search are compiled, and where their machine code is kept.

Edits here leave the machine code of the rest of the kernel alone, and the other way round.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import float64, int32, int64, njit, types, uint8, uint64

from optimiser.search.kernel.own_folder import kept_in

TABLE, LIST, SUMS, RANDOM = int32[:, ::1], int32[::1], int64[::1], uint64[::1]
KINDS = {
    "nodes": TABLE,
    "best": TABLE,
    "distances": TABLE,
    "pending": LIST,
    "count": SUMS,
    "sums": SUMS,
    "random": RANDOM,
    "able": uint8[:, ::1],
    "data": types.Tuple((TABLE, TABLE, LIST, uint8[:, ::1], TABLE, LIST)),
    "room": types.Tuple((LIST, TABLE, SUMS)),
    "limit": float64,
    "heat": float64,
}
"""The type of an argument by its name; all others are whole numbers."""
RESULTS = {"int": int64, "bool": types.boolean, "None": types.none}


def fast[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Decorator: compiled once, with types by the names of the arguments.

    Without counting references to arrays, which costs two atomic steps for each array of each call; nothing is made.
    """
    code: Any = function.__code__
    names = code.co_varnames[: code.co_argcount]
    kinds = RESULTS[str(function.__annotations__["return"])](*(KINDS.get(name, int64) for name in names))
    # told for each function: compiling what calls the shared random state tells numba the folder of the kernel
    with kept_in(__package__):
        compiled: Callable[P, R] = njit(kinds, cache=True, nogil=True, _nrt=False, error_model="numpy")(function)
    return compiled
