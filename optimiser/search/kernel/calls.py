"""Calls between compiled functions: to numba a ``Compiled`` is a function of its own fixed types."""

from __future__ import annotations

from typing import Any

from numba import types
from numba.core import cgutils
from numba.core.typing import signature
from numba.core.typing.templates import AbstractTemplate
from numba.extending import lower_builtin, typeof_impl

from optimiser.search.kernel.compiled import Compiled


def _template(callee: Compiled) -> type[AbstractTemplate]:
    """How numba types a call by symbol; arguments are cast to the types of the callee."""
    result, arguments = callee.kinds

    class Typed(AbstractTemplate):
        key = callee

        def generic(self, given: Any, _: Any) -> Any:
            fits = len(given) == len(arguments) and all(map(self.context.can_convert, given, arguments))
            return signature(result, *arguments) if fits else None

    @lower_builtin(callee, types.VarArg(types.Any))
    def lowered(context: Any, builder: Any, chosen: Any, values: Any) -> Any:
        shape = context.call_conv.get_function_type(chosen.return_type, chosen.args)
        symbol = cgutils.get_or_insert_function(builder.module, shape, callee.symbol)
        status, value = context.call_conv.call_function(builder, symbol, chosen.return_type, chosen.args, values)
        with cgutils.if_unlikely(builder, status.is_error):
            context.call_conv.return_status_propagate(builder, status)
        return value

    return Typed


_known: dict[Compiled, Any] = {}


@typeof_impl.register(Compiled)
def _type_of(callee: Compiled, _: Any) -> Any:
    assert callee.linked
    if callee not in _known:
        _known[callee] = types.Dispatcher(callee.dispatcher) if callee.inlined else types.Function(_template(callee))
    return _known[callee]
