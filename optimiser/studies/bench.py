"""Public benchmarks: instances x seeds, one row for each run, each roster judged by the referee before it has a row.

A run can be broken off and taken up again: what has a row is not run a second time. Rows are text; whoever calls
writes them after each run.
"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from optimiser.check.letter_roster import check_letters
from optimiser.domain.letter_roster import LetterProblem
from optimiser.search.letter_search import LetterResult, LetterSettings, search_letters

COLUMNS = ("instance", "seed", "cost", "bound", "best_known", "gap", "cpu_s", "wall_s")
"""``bound`` is proved in the same run; ``gap`` is what the cost lies above the best known, in percent of that (above
the bound where none is known); seconds are of roster and bound together, ``cpu_s`` over all threads."""
Row = dict[str, str]


@dataclass(frozen=True)
class BenchCase:
    """An instance by its name in the tables, and the best cost that is known of it (None: unknown)."""

    name: str
    problem: LetterProblem
    best_known: int | None = None


class WrongRoster(Exception):
    """Search and referee disagree on a roster: a fault in this project, never a row."""


def bench(
    cases: Iterable[BenchCase], seeds: int, settings: LetterSettings, rows: Sequence[Row],
    should_stop: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Row, ...]]:  # fmt: skip
    """All rows so far, after each run that had none. Raises ``WrongRoster``. A run that is stopped gives no row."""
    made = list(rows)
    there = {(row["instance"], row["seed"]) for row in made}
    for case in cases:
        for seed in range(1, seeds + 1):
            if (case.name, str(seed)) in there:
                continue
            cpu, wall = time.process_time(), time.monotonic()
            result = search_letters(case.problem, replace(settings, seed=seed), should_stop)
            if should_stop():
                return
            seconds = (time.process_time() - cpu, time.monotonic() - wall)
            made.append(bench_row(case, seed, result, *seconds))
            yield tuple(made)


def bench_row(case: BenchCase, seed: int, result: LetterResult, cpu_s: float, wall_s: float) -> Row:
    """The row of a run; without a roster only its bound and times. Raises ``WrongRoster``."""
    if result.roster is not None:
        report = check_letters(case.problem, result.roster)
        if report.violations or report.cost != result.cost:
            raise WrongRoster(f"{case.name}, seed {seed}: {result.cost}, {report.cost}, {report.violations[:3]}")
        if result.bound > report.cost:
            raise WrongRoster(f"{case.name}, seed {seed}: {report.cost} < {result.bound}")
    against = case.best_known if case.best_known is not None else result.bound
    gap = "" if result.cost is None or against <= 0 else f"{100 * (result.cost - against) / against:.2f}"
    return {
        "instance": case.name, "seed": str(seed), "cost": "" if result.cost is None else str(result.cost),
        "bound": str(result.bound), "best_known": "" if case.best_known is None else str(case.best_known),
        "gap": gap, "cpu_s": f"{cpu_s:.1f}", "wall_s": f"{wall_s:.1f}",
    }  # fmt: skip


def to_table(rows: Iterable[Row]) -> str:
    """Rows as CSV, sorted by instance (numbers as numbers) and seed."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: (len(row["instance"]), row["instance"], int(row["seed"]))))
    return out.getvalue()


def from_table(content: str) -> list[Row]:
    """The rows of an earlier run. Raises ``ValueError`` when they are not such a table."""
    reader = csv.DictReader(io.StringIO(content), strict=True)
    try:
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(",".join(reader.fieldnames or ()))
        rows = list(reader)
    except csv.Error as error:
        raise ValueError(str(error)) from None
    for row in rows:
        if None in row or None in row.values() or not row["seed"].isdigit():
            raise ValueError(",".join(str(each) for each in row.values()))
    return rows
