"""What is paid to one nurse in one calendar week, or to many in all weeks: minutes, kilometres, euros."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from optimiser.domain.money import least_sure

AMOUNTS = (
    "wage", "ort", "standby", "call", "extra_days", "commuting", "client_km", "holiday_pay", "year_end",
    "employer_cost",
)  # fmt: skip
ADDED = ("ort", "standby", "call", "extra_days", "commuting", "client_km")
"""What comes upon the employer's cost of the wage."""


@dataclass(frozen=True)
class PayRow:
    """Minutes, metres and cents of one nurse and week, or a sum of such rows.

    - ``contract`` gross, ``net`` less leave, absence and paid tasks outside routes; ``planned``: work of her duties
      that counts for the contract; ``before`` and ``after``: her balance, ``after = before + planned - net``.
    - ``called``: turn-outs of standby from home as planned; ``calls``: as they are paid; ``standby``: all of it.
    - ``tasks``: paid tasks outside routes; ``leave`` and ``absence`` (sick, absent, training) as planned.
    - ``paid``: work + calls + tasks + leave + absence, the minutes that have the hourly wage.
    - ``bands``: percentage -> minutes of work, calls and tasks with it, 0 included.
    - ``commuting_metres`` in any mode, ``client_metres`` by car; None where no routes are known.
    - ``cents``: amount -> cents, each rounded once; ``confidence``: amount -> code of its least sure parameter.
    """

    kind: Literal["week", "nurse", "organisation", "total"]
    nurse: str = ""
    organisation: str = ""
    monday: date | None = None
    contract: int = 0
    net: int = 0
    planned: int = 0
    tasks: int = 0
    leave: int = 0
    absence: int = 0
    paid: int = 0
    before: int = 0
    after: int = 0
    standby: int = 0
    called: int = 0
    calls: int = 0
    extra_days: int = 0
    commuting_metres: int | None = None
    client_metres: int | None = None
    bands: dict[int, int] = field(default_factory=dict)
    cents: dict[str, int] = field(default_factory=dict)
    confidence: dict[str, str] = field(default_factory=dict)

    @property
    def over(self) -> int:
        """Minutes above the net contract, negative below it."""
        return self.planned - self.net


SUMMED = (
    "contract", "net", "planned", "tasks", "leave", "absence", "paid", "before", "after", "standby", "called", "calls",
    "extra_days",
)  # fmt: skip


def sum_of_rows(rows: Iterable[PayRow], kind: Literal["organisation", "total"], organisation: str = "") -> PayRow:
    """The sum of rows of different nurses; an amount is as sure as its least sure part."""
    rows = tuple(rows)
    bands = sorted({band for row in rows for band in row.bands})
    amounts = [name for name in AMOUNTS if any(name in row.cents for row in rows)]
    return PayRow(
        kind=kind,
        organisation=organisation,
        **{name: sum(getattr(row, name) for row in rows) for name in SUMMED},
        commuting_metres=_known_sum(row.commuting_metres for row in rows),
        client_metres=_known_sum(row.client_metres for row in rows),
        bands={band: sum(row.bands.get(band, 0) for row in rows) for band in bands},
        cents={name: sum(row.cents.get(name, 0) for row in rows) for name in amounts},
        confidence={name: least_sure(row.confidence[name] for row in rows if name in row.confidence)
                    for name in amounts if any(name in row.confidence for row in rows)},
    )  # fmt: skip


def _known_sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def nurse_row(weeks: Sequence[PayRow]) -> PayRow:
    """The sum of one nurse's weeks: her balance runs from before the first to after the last."""
    total = sum_of_rows(weeks, "total")
    first = weeks[0]
    return replace(
        total, kind="nurse", nurse=first.nurse, organisation=first.organisation, before=first.before,
        after=weeks[-1].after,
    )  # fmt: skip
