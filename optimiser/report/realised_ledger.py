"""Amounts by measure and scope, from which the figures of a realised report are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal, TypedDict

from optimiser.domain.instance import Instance
from optimiser.domain.realised_report import COUNTED_BY, MEASURES, Figure, Figures, Scope
from optimiser.report.realised_plan import monday_of

Side = Literal["planned", "realised"]
Key = tuple[date | None, Scope, str]


class Who(TypedDict):
    """A nurse and her own organisation."""

    organisation: str
    nurse: str


def who(instance: Instance, nurse: str) -> Who:
    """Whose hours, travel and duties they are."""
    return {"organisation": instance.nurse_by_id[nurse].organisation, "nurse": nurse}


class Ledger:
    """Collects amounts. A measure that is not known on a side (``know``) is None there, whatever was added."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self._sums: Counter[tuple[str, Side, Key]] = Counter()
        self._known: set[tuple[str, Side]] = set()

    def know(self, side: Side, names: Iterable[str]) -> None:
        """These measures are known on that side, so that nothing added means 0."""
        self._known.update((name, side) for name in names)

    def knows(self, side: Side, name: str) -> bool:
        """Whether a measure is known on that side."""
        return (name, side) in self._known

    def add(
        self, name: str, side: Side, week: int, amount: int = 1, *, organisation: str | None = None,
        nurse: str | None = None,
    ) -> None:  # fmt: skip
        """Add an amount of a week of the horizon (others count in the nearest) to an organisation and so to the total,
        and to a nurse."""
        monday = monday_of(self.instance, max(0, min(week, self.instance.weeks - 1)))
        keys: list[Key] = []
        for when in (None, monday) if organisation is not None else ():
            keys += [(when, "total", ""), (when, "organisation", organisation or "")]
        if nurse is not None:
            keys.append((None, "nurse", nurse))
        for key in keys:
            self._sums[name, side, key] += amount

    def sum_of(self, name: str, side: Side, key: Key) -> int:
        """What was added so far."""
        return self._sums[name, side, key]

    def figures(self) -> tuple[Figures, ...]:
        """All scopes: the whole horizon, its weeks, organisations in both, nurses in the whole."""
        mondays = [None, *(monday_of(self.instance, week) for week in range(self.instance.weeks))]
        keys: list[Key] = []
        for when in mondays:
            keys.append((when, "total", ""))
            keys += [(when, "organisation", each.id) for each in self.instance.organisations]
        keys += [(None, "nurse", each.id) for each in self.instance.nurses]
        return tuple(Figures(week=key[0], scope=key[1], id=key[2], values=self._values(key)) for key in keys)

    def _values(self, key: Key) -> dict[str, Figure]:
        table = {each.name: Figure() for each in MEASURES}
        for name, side in self._known:
            cases = COUNTED_BY.get(name)
            if cases is None or self._sums[cases, "realised", key]:
                table[name] = table[name].model_copy(update={side: self._sums[name, side, key]})
        return table
