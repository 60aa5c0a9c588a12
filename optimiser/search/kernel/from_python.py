"""Calls from Python: the arguments as the machine words that numba's calling convention asks for.

Wrappers made by numba would unpack each of some sixty tables in machine code of their own, for every function:
a third of the compile time. ``ctypes`` lets go of the interpreter's lock while a function runs.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from numba import types
from numba.np.numpy_support import as_dtype

from optimiser.search.kernel.handles import Handle, Lengths

REMEMBERED = 8
"""So many handles of a kind; each keeps its tables alive."""
WORD = ctypes.c_int64
PLAIN = {types.int64: WORD, types.uint64: ctypes.c_uint64, types.float64: ctypes.c_double, types.boolean: ctypes.c_bool}


def _array_words(kind: Any, dtype: Any, lengths: Lengths) -> Callable[[Any, list[Any]], list[Any]]:
    """An array: no owner, size, size of an item, address, shape and strides."""
    ordered = kind.layout == "C"

    def words(value: Any, _: list[Any]) -> list[Any]:
        if value.dtype != dtype or value.ndim != kind.ndim or (ordered and not value.flags.c_contiguous):
            raise TypeError(f"{kind} wanted, {value.dtype} of {value.ndim} dimensions given")
        if any(length not in (None, given) for length, given in zip(lengths, value.shape, strict=False)):
            raise TypeError(f"{kind} of lengths {lengths} wanted, {value.shape} given")
        return [0, 0, value.size, value.itemsize, value.ctypes.data, *value.shape, *value.strides]

    return words


def _handle_words(kind: Handle) -> Callable[[Any, list[Any]], list[Any]]:
    """A handle: the address of the words of its parts, which ``kept`` keeps alive.

    The last few are remembered: a handle never gets other tables, and to write its words down takes longer than most
    functions run.
    """
    parts = [_packer(part, kind.lengths.get(name, ())) for name, part in kind.parts]
    known: dict[int, tuple[Any, Any, list[Any]]] = {}

    def words(value: Any, kept: list[Any]) -> list[Any]:
        entry = known.get(id(value))
        if entry is None or entry[0] is not value:
            own: list[Any] = []
            found = [word for pack, part in zip(parts, value, strict=True) for word in pack(part, own)]
            entry = (value, (WORD * len(found))(*found), own)
            if len(known) >= REMEMBERED:
                known.clear()
            known[id(value)] = entry
        kept.append(entry)
        return [ctypes.addressof(entry[1])]

    return words


def _packer(kind: Any, lengths: Lengths = ()) -> Callable[[Any, list[Any]], list[Any]]:
    """What makes machine words of a value of this type."""
    if isinstance(kind, Handle):
        return _handle_words(kind)
    if isinstance(kind, types.Array):
        return _array_words(kind, as_dtype(kind.dtype), lengths)
    plain = {types.float64: float, types.boolean: bool}.get(kind, int)
    return lambda value, _: [plain(value)]


def _word_types(kind: Any) -> list[Any]:
    """The C types of those words."""
    if isinstance(kind, types.Array):
        return [WORD] * (5 + 2 * kind.ndim)
    return [PLAIN.get(kind, WORD)]


def _result_class(result: Any) -> Any:
    """The C type of a result."""
    return WORD * len(result) if isinstance(result, types.UniTuple) else PLAIN.get(result, WORD)


def door(name: str, address: int, result: Any, arguments: tuple[Any, ...]) -> Callable[..., Any]:
    """A Python function that calls the machine code at an address."""
    packers, made = [_packer(kind) for kind in arguments], _result_class(result)
    shape = [ctypes.c_void_p] * 2 + [word for kind in arguments for word in _word_types(kind)]
    native = ctypes.CFUNCTYPE(ctypes.c_int32, *shape)(address)

    def call(*values: Any) -> Any:
        kept: list[Any] = []
        answer, failure = made(), ctypes.c_void_p()
        words = [word for pack, value in zip(packers, values, strict=True) for word in pack(value, kept)]
        if native(ctypes.addressof(answer), ctypes.addressof(failure), *words) != 0:
            raise RuntimeError(f"{name} failed")
        if isinstance(result, types.UniTuple):
            return tuple(answer)
        return None if result == types.none else answer.value

    return call
