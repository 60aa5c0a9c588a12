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

Lengths = tuple[int | None, ...]


class Handle(types.Type):
    """The type of a pointer to the parts of a tuple: its class name, name and type of each part, and the lengths of
    tables that are always the same (``lengths``: by part, None for a dimension that varies)."""

    def __init__(self, name: str, parts: tuple[tuple[str, Any], ...], lengths: dict[str, Lengths]) -> None:
        self.parts, self.lengths = parts, lengths
        super().__init__(f"handle {name} ({', '.join(f'{part}: {kind}' for part, kind in parts)}) {lengths}")

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


def handle_of(tuple_class: Any, kinds: list[Any], **lengths: Lengths) -> Handle:
    """The handle type of a NamedTuple class whose fields have these types, and tables these lengths."""
    return Handle(tuple_class.__name__, tuple(zip(tuple_class._fields, kinds, strict=True)), lengths)


def _word(builder: Any, memory: Any, *place: int) -> Any:
    """A word of a handle: nothing writes there while compiled code runs, so that one load serves a whole function."""
    loaded = builder.load(cgutils.gep_inbounds(builder, memory, 0, *place))
    loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
    return loaded


@lower_getattr_generic(Handle)
def _read(context: Any, builder: Any, handle: Handle, memory: Any, name: str) -> Any:
    layout = ir.LiteralStructType([context.get_data_type(kind) for _, kind in handle.parts])
    parts, index = builder.bitcast(memory, layout.as_pointer()), handle.place(name)
    kind = handle.parts[index][1]
    if not isinstance(kind, types.Array):
        return context.data_model_manager[kind].from_data(builder, _word(builder, parts, index))
    # the words of an array as from_python.py writes them: no owner, size, size of an item, address, shape, strides
    value = cgutils.get_null_value(layout.elements[index])
    size = context.get_abi_sizeof(context.get_data_type(kind.dtype))
    value = builder.insert_value(value, _word(builder, parts, index, 2), 2)
    value = builder.insert_value(value, ir.IntType(64)(size), 3)
    value = builder.insert_value(value, _word(builder, parts, index, 4), 4)
    for dimension, length in enumerate(handle.lengths.get(name, (None,) * kind.ndim)):
        known = _word(builder, parts, index, 5, dimension) if length is None else ir.IntType(64)(length)
        value = builder.insert_value(value, known, [5, dimension])
        value = builder.insert_value(value, _word(builder, parts, index, 6, dimension), [6, dimension])
    return value
