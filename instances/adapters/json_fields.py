"""A JSON document read field by field, with every fault kept: where it stands, what was expected, what stood there."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from instances.sheets import Faults, read_text
from optimiser.domain.home_care import TICKS
from optimiser.errors import InputError
from optimiser.texts import text

HAIR = 1e-4
"""Ticks by which written minutes may miss a whole tick: the rounding of binary fractions."""
MOST = 10_000
"""Entries of a list, and minutes, that can be meant."""


class JsonFields:
    """Each method gives None, with a fault at ``where``, for a value that is not as expected."""

    def __init__(self, file: str, faults: Faults) -> None:
        self.file, self.faults = file, faults

    def put(self, where: str, expected: str, got: object, **values: object) -> None:
        """A fault at a place in the document."""
        words = text(f"home_care.expected.{expected}", self.faults.language, **values)
        self.faults.put(self.file, 0, where, words, json.dumps(got, default=str, ensure_ascii=False))

    def record(self, value: object, where: str, needed: Collection[str], more: Collection[str] = ()) -> dict[str, Any]:
        """An object with the ``needed`` fields, perhaps ``more``, and no others; what it has of them."""
        fields = ", ".join(needed)
        if not isinstance(value, dict):
            self.put(where, "fields", value, fields=fields)
            return {}
        for unknown in sorted(set(value) - {*needed, *more}):
            self.put(f"{where}.{unknown}".lstrip("."), "known", value[unknown], fields=", ".join((*needed, *more)))
        if not set(needed) <= set(value):
            self.put(where, "fields", sorted(value), fields=fields)
            return {}
        return value

    def items(self, value: object, where: str, low: int, high: int = MOST) -> list[Any]:
        """A list of ``low`` to ``high`` entries, else an empty one."""
        if isinstance(value, list) and low <= len(value) <= high:
            return value
        self.put(where, "list", value if not isinstance(value, list) else len(value), low=low, high=high)
        return []

    def name(self, value: object, where: str, used: Collection[str], expected: str = "fresh_id") -> str | None:
        """An id that is not among those ``used``."""
        if isinstance(value, str) and value.strip() == value != "" and value.isprintable() and value not in used:
            return value
        self.put(where, expected, value)
        return None

    def known(self, value: object, where: str, names: Collection[str], expected: str) -> str | None:
        """One of ``names``."""
        if isinstance(value, str) and value in names:
            return value
        self.put(where, expected, value)
        return None

    def ticks(self, value: object, where: str, low: int = 0, high: int = MOST) -> int | None:
        """Minutes as ticks; written with at most three decimals."""
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            ticks = round(value * TICKS)
            if abs(value * TICKS - ticks) <= HAIR and ticks >= low:
                return ticks
        self.put(where, "minutes", value, low=low, high=high)
        return None


def read_json(path: Path, faults: Faults) -> dict[str, Any]:
    """The object in a file. Raises ``InputError`` with all faults when there is none."""
    content = read_text(path, faults)
    if content is None:
        raise InputError(faults)
    return parse_json(content, path.name, faults)


def parse_json(content: str, file: str, faults: Faults) -> dict[str, Any]:
    """As ``read_json``, from text; a field may stand in an object once."""
    fields = JsonFields(file, faults)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """An object as a dictionary."""
        made = dict(pairs)
        if len(made) < len(pairs):
            fields.put("", "once", [name for name, _ in pairs])
        return made

    try:
        found = json.loads(content, object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        row = getattr(error, "lineno", 0)
        words = text("home_care.expected.json", faults.language)
        faults.put(file, row, "", words, str(error))
        raise InputError(faults) from error
    if not isinstance(found, dict):
        fields.put("", "json", type(found).__name__)
        raise InputError(faults)
    return found
