"""Short hashes of the rows of an Instance, so that a plan knows for which tables it was made."""

from __future__ import annotations

import hashlib
from typing import Any

from optimiser.domain.duty import Cover, ShiftKind
from optimiser.domain.noun import Noun
from optimiser.domain.objective import ObjectiveWeights
from optimiser.domain.people import Nurse
from optimiser.domain.sharing import SharingContract

NEWER: dict[type[Noun], frozenset[str]] = {
    SharingContract: frozenset(SharingContract.model_fields)
    - {"name", "visits", "cover", "pooled_standby", "lending_minutes"},
    ObjectiveWeights: frozenset({"base_changed", "surplus_standby", "late_calls", "call_travel"}),
    ShiftKind: frozenset({"line", "area", "waits_at", "skills"}),
    Cover: frozenset({"line"}),
    Nurse: frozenset({"rule_set"}),
}
"""Fields that came later: while they are unused, plans made before stay plans of the same instance."""


def content(row: Noun) -> str:
    """A row as text."""
    fields, newer = type(row).model_fields, NEWER.get(type(row), frozenset())
    return row.model_dump_json(exclude={each for each in newer if getattr(row, each) == fields[each].default} or None)


def way_hashes(rows: tuple[tuple[Any, ...], ...]) -> dict[str, str]:
    """One for each place to leave from: a table of a whole team has hundreds of thousands of ways."""
    ways: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        ways.setdefault(row[0], []).append(row)
    return {f"travel_table/{place}": digest(repr(leaving)) for place, leaving in ways.items()}


def digest(text: str, length: int = 12) -> str:
    """The first ``length`` hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]
