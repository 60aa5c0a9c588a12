"""What it gains to move duties with the routes in view, at equal total time.

``full`` at time T stands against the best of the five ``fixed-…`` at T / 5 each: whoever plans duties first and routes
later does not know how full the duties may be, and can try five guesses in the same time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from optimiser.studies.study import Row
from optimiser.studies.variants import FILLS

GUESSES = tuple(f"fixed-{fill}" for fill in FILLS)
SETTING = ("instance", "fingerprint", "scenario", "roster", "weights")


@dataclass(frozen=True)
class DutyMovesGain:
    """Medians over ``seeds`` seeds of ``full`` in ``seconds`` and of the best of five guesses in a fifth of it each.

    ``setting``: its key columns. Pairs are (full, best of five): ``scalar``, ``travel`` and ``unserved`` of the plan,
    ``cpu_s`` of the run and of the five together. A figure is infinite where half of the runs have no plan.
    """

    setting: Row
    seconds: float
    seeds: int
    scalar: tuple[float, float]
    travel: tuple[float, float]
    unserved: tuple[float, float]
    cpu_s: tuple[float, float]


def percent(pair: tuple[float, float]) -> float | None:
    """By how many percent the first is below the second; None where that says nothing."""
    mine, other = pair
    return 100 * (other - mine) / other if math.isfinite(mine) and math.isfinite(other) and other > 0 else None


def duty_moves_gains(rows: Iterable[Row]) -> Iterator[DutyMovesGain]:
    """For each setting and time of ``full`` where at least one seed has all six runs; other seeds do not count."""
    settings: dict[tuple[str, ...], dict[tuple[str, float, str], Row]] = {}
    for row in rows:
        runs = settings.setdefault(tuple(row[name] for name in SETTING), {})
        runs[row["variant"], float(row["time_limit_s"]), row["seed"]] = row
    for key, runs in settings.items():
        whole = [each for each in runs if each[0] == "full"]
        for seconds in dict.fromkeys(limit for _, limit, _ in whole):
            part = round(seconds / len(GUESSES), 6)
            pairs = []
            for _, limit, seed in whole:
                guesses = [runs[name, part, seed] for name in GUESSES if (name, part, seed) in runs]
                if limit == seconds and len(guesses) == len(GUESSES):
                    pairs.append((runs["full", seconds, seed], guesses))
            if pairs:
                yield _gain(dict(zip(SETTING, key, strict=True)), seconds, pairs)


def _gain(setting: Row, seconds: float, pairs: list[tuple[Row, list[Row]]]) -> DutyMovesGain:
    best = [(full, min(guesses, key=lambda row: _value(row, "scalar"))) for full, guesses in pairs]

    def medians(column: str) -> tuple[float, float]:
        return median(_value(full, column) for full, _ in best), median(_value(row, column) for _, row in best)

    together = median(sum(float(row["cpu_s"]) for row in guesses) for _, guesses in pairs)
    alone = median(float(full["cpu_s"]) for full, _ in pairs)
    return DutyMovesGain(
        setting, seconds, len(pairs), medians("scalar"), medians("travel"), medians("unserved"), (alone, together)
    )


def _value(row: Row, column: str) -> float:
    """A figure; infinite without a plan."""
    return float(row[column]) if row[column] else math.inf
