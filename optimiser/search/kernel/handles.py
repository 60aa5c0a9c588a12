"""The kernel's tuples of tables as one pointer each.

numba passes a tuple as all its parts: for a dozen tables each, some three hundred words on every call, and as many
values for the compiler to carry. A *handle* is the address of those parts, written once when Python calls in
(from_python.py); a function loads what it uses. To Python they are NamedTuples as before. Attributes can be read,
not set.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.core.datamodel import models, register_default
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, lower_getattr_generic


class Handle(types.Type):
    """The type of a pointer to the parts of a tuple: its class name, and name and type of each part."""

    def __init__(self, name: str, parts: tuple[tuple[str, Any], ...]) -> None:
        self.parts = parts
        super().__init__(f"handle {name} ({', '.join(f'{part}: {kind}' for part, kind in parts)})")

    def place(self, name: str) -> int:
        """Which part has this name."""
        return [part for part, _ in self.parts].index(name)


@register_default(Handle)
class _Model(models.OpaqueModel):
    """A bare pointer."""


@infer_getattr
class _Attributes(AttributeTemplate):
    key = Handle

    def generic_resolve(self, typ: Any, attr: str) -> Any:  # type: ignore[override]
        """The type of a part; None when there is none of this name."""
        return dict(typ.parts).get(attr)


def handle_of(tuple_class: Any, kinds: list[Any]) -> Handle:
    """The handle type of a NamedTuple class whose fields have these types."""
    return Handle(tuple_class.__name__, tuple(zip(tuple_class._fields, kinds, strict=True)))


@lower_getattr_generic(Handle)
def _read(context: Any, builder: Any, handle: Handle, memory: Any, name: str) -> Any:
    layout = ir.LiteralStructType([context.get_data_type(kind) for _, kind in handle.parts])
    index = handle.place(name)
    part = cgutils.gep_inbounds(builder, builder.bitcast(memory, layout.as_pointer()), 0, index)
    return context.unpack_value(builder, handle.parts[index][1], part)
