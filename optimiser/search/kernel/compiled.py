"""How every function of the kernel is compiled: once, with fixed types, and called by its symbol.

Left to itself numba compiles a function again for each mix of argument types, links and optimises it anew inside each
of its callers at every depth of calls, and makes a second function of each that Python can call. Here the types come
from the annotations (signatures.py), compiled callers name only the symbol of what they call (calls.py), and Python
calls the same symbol (from_python.py). What is small and called often is ``inlined``: compiled into its callers, as
numba does it.

numba also counts references to each array of each tuple on every call: two atomic steps on memory that all threads
share. Measured, that was two fifths of the search's time, and made two islands in two threads slow each other down.
Without it functions may not allocate: all working space lies in State, under the names in data.py.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, update_wrapper
from typing import Any, cast

import llvmlite.binding as llvm  # type: ignore[import-untyped]
from numba import njit, types
from numba.core.compiler_lock import global_compiler_lock
from numba.np import arrayobj

from optimiser.search.kernel import use_cache_folder

_typed: dict[tuple[Any, Any], Any] = {}


def _as_it_is(context: Any, builder: Any, kind: Any, index: Any, _: Any) -> Any:
    """An index into a dimension whose size is the last argument, left alone."""
    return context.cast(builder, index, kind, types.intp)


@contextmanager
def _compiling() -> Iterator[None]:
    """What makes numba faster meanwhile, together by a third, and what it makes.

    It tries some ten templates for each operator each time it meets it: here it remembers what it found. And Python
    does not look for garbage: compiling makes millions of objects that stay. Indices are taken as they are: none of
    the kernel counts from the end (tests/search/test_indices.py), so that none need be looked at before it is used.
    """
    with global_compiler_lock:
        # read under the lock: another thread may be compiling, and what it changed is not what was before
        look_up, enabled = types.Function.get_call_type, gc.isenabled()
        from_the_end = arrayobj.fix_integer_index

        def remembered(function: Any, context: Any, arguments: Any, named: Any) -> Any:
            if named:
                return look_up(function, context, arguments, named)
            if (function, arguments) not in _typed:
                _typed[function, arguments] = look_up(function, context, arguments, named)
            return _typed[function, arguments]

        types.Function.get_call_type = remembered
        arrayobj.fix_integer_index = _as_it_is
        gc.disable()
        try:
            yield
        finally:
            types.Function.get_call_type = look_up
            arrayobj.fix_integer_index = from_the_end
            if enabled:
                gc.enable()


class Compiled:
    """A function of the kernel. Machine code is made, or loaded from the cache, when it is first needed."""

    def __init__(self, function: Callable[..., Any], inlined: bool) -> None:
        update_wrapper(self, function)
        self.function, self.inlined = function, inlined
        self.symbol = f"{function.__module__}.{function.__qualname__}"

    def __repr__(self) -> str:
        return f"<compiled {self.symbol}>"

    @cached_property
    def kinds(self) -> tuple[Any, tuple[Any, ...]]:
        """The numba types of the result and of the arguments."""
        from optimiser.search.kernel.signatures import kinds_of  # it imports what is compiled

        return kinds_of(self.function)

    @cached_property
    def dispatcher(self) -> Any:
        """numba's own: no wrapper for Python, and no exceptions by the interpreter's rules for division."""
        result, arguments = self.kinds
        use_cache_folder()  # numba reads the folder now, and forgets it whenever it reads its settings anew
        made = njit(
            cache=True, nogil=True, _nrt=False, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True
        )(self.function)
        made.compile(result(*arguments))
        made.disable_compile()
        return made

    def _called(self) -> Iterator[Compiled]:
        """The functions of the kernel that this one names."""
        for name in self.function.__code__.co_names:
            value = self.function.__globals__.get(name)
            if isinstance(value, Compiled):
                yield value

    @cached_property
    def linked(self) -> bool:
        """True, once the symbols of all it calls are known: without them its machine code cannot be loaded."""
        for called in self._called():
            assert called.linked
        if not self.inlined:
            llvm.add_symbol(self.symbol, self.address)
        return True

    @cached_property
    def address(self) -> int:
        """Where the machine code begins."""
        made = self.dispatcher.overloads[self.kinds[1]]
        return int(made.library.get_pointer_to_function(made.fndesc.llvm_func_name))

    @cached_property
    def _door(self) -> Callable[..., Any]:
        from optimiser.search.kernel.from_python import door

        with _compiling():
            assert self.linked
            return door(self.symbol, self.address, *self.kinds)

    def __call__(self, *values: Any) -> Any:
        """Call it from Python."""
        return self._door(*values)


def compiled[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Decorator: compiled once and called by symbol."""
    return cast(Callable[P, R], Compiled(function, inlined=False))


def inlined[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Decorator: compiled into its callers as well. For what is small."""
    return cast(Callable[P, R], Compiled(function, inlined=True))
