"""What a study says in the end: median and spread over the seeds, for each setting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from optimiser.studies.study import KEY, Row


@dataclass(frozen=True)
class Spread:
    """The median of some values, the lowest and the highest."""

    middle: float
    low: float
    high: float


@dataclass(frozen=True)
class Summary:
    """All seeds of one setting: its key (the key columns but the seed), how many runs, how many of them with a plan,
    and with a plan that leaves no visit out, and the spread of each column over the runs that have it (None: none)."""

    key: Row
    runs: int
    planned: int
    complete: int
    spreads: dict[str, Spread | None]


def summaries(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[Summary]:
    """For each run but its seed, in the order of the rows."""
    settings: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        settings.setdefault(tuple(row[name] for name in KEY[:-1]), []).append(row)
    for key, runs in settings.items():
        yield Summary(
            key=dict(zip(KEY, key, strict=False)),
            runs=len(runs),
            planned=sum(bool(row["scalar"]) for row in runs),
            complete=sum(row["unserved"] == "0" and row["hard"] == "0" for row in runs),
            spreads={name: spread_of(runs, name) for name in columns},
        )


def spread_of(rows: Iterable[Row], column: str) -> Spread | None:
    """The spread of a column over the rows that have it; None when none has."""
    values = [float(row[column]) for row in rows if row.get(column)]
    return Spread(median(values), min(values), max(values)) if values else None
