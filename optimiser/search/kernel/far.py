"""Calls between compiled functions by symbol, so that none is compiled again inside each of its callers.

numba links the machine code of everything that a function calls, at every depth of calls, into that function and
optimises it there anew. A *far* function is compiled once; its callers only name its symbol, in numba's own calling
convention. ``link`` compiles or loads the far functions and makes their symbols known; it must have run before any
caller is loaded from the cache, so ``encode`` runs it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import llvmlite.binding as llvm  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.core.typing import signature
from numba.core.typing.templates import AbstractTemplate, infer_global
from numba.extending import lower_builtin

_FAR: list[Callable[[], None]] = []


def far(dispatcher: Any, result: Any, *arguments: Any) -> Any:
    """A stand-in for a compiled function, to be called by compiled functions: arguments are cast to these types."""
    symbol = f"samenrooster.{dispatcher.__name__}"

    def stand_in(*_: Any) -> None:
        """Only its name is used."""

    def known() -> None:
        dispatcher.compile(arguments)
        made = dispatcher.overloads[arguments]
        llvm.add_symbol(symbol, made.library.get_pointer_to_function(made.fndesc.llvm_func_name))

    known = lru_cache(known)

    class Typed(AbstractTemplate):
        key = stand_in

        def generic(self, given: Any, _: Any) -> Any:
            known()
            return signature(result, *arguments) if len(given) == len(arguments) else None

    infer_global(stand_in, types.Function(Typed))

    @lower_builtin(stand_in, types.VarArg(types.Any))
    def lowered(context: Any, builder: Any, chosen: Any, values: Any) -> Any:
        shape = context.call_conv.get_function_type(chosen.return_type, chosen.args)
        callee = cgutils.get_or_insert_function(builder.module, shape, symbol)
        status, value = context.call_conv.call_function(builder, callee, chosen.return_type, chosen.args, values)
        with cgutils.if_unlikely(builder, status.is_error):
            context.call_conv.return_status_propagate(builder, status)
        return value

    _FAR.append(known)
    return stand_in


def link() -> None:
    """Make every far function known: compiled, or loaded from the cache."""
    # Importing the outermost loop declares them all.
    importlib.import_module("optimiser.search.kernel.anneal")
    for known in _FAR:
        known()
