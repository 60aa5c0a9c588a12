"""What a study says in the end: median and spread over the seeds, for each setting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

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
    for key, runs in settings_of(rows, KEY[:-1]):
        unserved, hard = numbers(runs, "unserved"), numbers(runs, "hard")
        yield Summary(
            key=key,
            runs=len(runs),
            planned=int(numbers(runs, "scalar").notna().sum()),
            complete=int(((unserved == 0) & (hard == 0)).sum()),
            spreads={name: spread_of(numbers(runs, name)) for name in columns},
        )


def settings_of(rows: Iterable[Row], key: Sequence[str]) -> Iterator[tuple[Row, pd.DataFrame]]:
    """The key of each setting and its runs (texts), in the order of the rows."""
    table = pd.DataFrame(list(rows))
    if not table.empty:
        for values, runs in table.groupby(list(key), sort=False):
            yield dict(zip(key, map(str, values), strict=True)), runs


def numbers(runs: pd.DataFrame, column: str) -> pd.Series[float]:
    """A column as numbers; not a number where it is empty or not there."""
    texts = runs[column] if column in runs else pd.Series("", index=runs.index)
    return texts.where(texts != "").astype(float)


def spread_of(values: pd.Series[float]) -> Spread | None:
    """The spread of those values that are numbers; None when none is."""
    some = values.dropna()
    return Spread(float(some.median()), float(some.min()), float(some.max())) if len(some) else None
