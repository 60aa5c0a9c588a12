"""How the functions of this search are compiled: without counting references to arrays, which costs two atomic steps
for each array of each call. Nothing may be made in them: all room is in Scratch."""

from __future__ import annotations

from collections.abc import Callable

from numba import njit


def fast[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Decorator: compiled when first called, kept in the cache; division by nought is the machine's own."""
    made: Callable[P, R] = njit(cache=True, nogil=True, _nrt=False, error_model="numpy")(function)
    return made
