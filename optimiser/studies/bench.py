"""Public benchmarks: instances x seeds, one row for each run, each answer judged by the family's referee.

A run can be broken off and taken up again: what has a row is not run a second time. Rows are text; whoever calls
writes them after each run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from optimiser.studies.machine import environment, load
from optimiser.studies.study import from_csv, to_csv

KEY = ("family", "instance", "time_limit_s", "threads", "seed")
COLUMNS = (*KEY, "cost", "bound", "best_known", "gap", "cpu_s", "wall_s", "load", "version", "commit")
"""``bound`` is proved in the same run (empty: none is sought); ``gap`` is what the cost lies above the best known, in
percent of that (above the bound where none is known); seconds are of answer and bound together, ``cpu_s`` over all
threads; ``load`` is that of the machine as the run began."""
Row = dict[str, str]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True)
class Judged:
    """What the referee says of a run: the cost (None: nothing was found), what no answer can cost less than (None:
    no bound is sought), the answer as text, and whether it is proved that there is none."""

    cost: Fraction | int | None
    bound: Fraction | int | None = None
    solution: str | None = None
    impossible: bool = False


@dataclass(frozen=True)
class BenchCase:
    """An instance by its name in the tables, how a seed of it is run and judged, and the best cost that is published
    (None: unknown). ``run`` raises ``WrongAnswer`` when search and referee differ."""

    name: str
    run: Callable[[int, ShouldStop], Judged]
    best_known: Fraction | int | None = None


@dataclass(frozen=True)
class BenchSettings:
    """The effort of each run."""

    family: str
    seeds: int
    time_limit_s: float
    threads: int = 2


class WrongAnswer(Exception):
    """Search and referee disagree: a fault in this project, never a row."""


def bench(
    cases: Iterable[BenchCase], settings: BenchSettings, rows: Sequence[Row],
    should_stop: ShouldStop = lambda: False,
) -> Iterator[tuple[list[Row], Judged]]:  # fmt: skip
    """All rows so far and the last answer, after each run that had no row. Raises ``WrongAnswer``. A run that is
    stopped gives no row."""
    made = list(rows)
    there = {key_of(row) for row in made}
    machine = environment()
    for case in cases:
        for seed in range(1, settings.seeds + 1):
            named = {
                "family": settings.family, "instance": case.name, "time_limit_s": f"{settings.time_limit_s:g}",
                "threads": str(settings.threads), "seed": str(seed),
            }  # fmt: skip
            if key_of(named) in there:
                continue
            busy, cpu, wall = load(), time.process_time(), time.monotonic()
            judged = case.run(seed, should_stop)
            if should_stop():
                return
            seconds = {"cpu_s": f"{time.process_time() - cpu:.1f}", "wall_s": f"{time.monotonic() - wall:.1f}"}
            where = {"load": busy, "version": machine["version"], "commit": machine["commit"]}
            made.append(named | figures_of(case, judged) | seconds | where)
            yield list(made), judged


def key_of(row: Row) -> tuple[str, ...]:
    """What names a run."""
    return tuple(row[name] for name in KEY)


def figures_of(case: BenchCase, judged: Judged) -> Row:
    """Cost, bound, best known and gap of a run. Raises ``WrongAnswer`` when the cost lies below the bound."""
    cost, bound, best = judged.cost, judged.bound, case.best_known
    if cost is not None and bound is not None and cost < bound:
        raise WrongAnswer(f"{case.name}: {cost} < {bound}")
    against = best if best is not None else bound
    gap = "" if cost is None or not against else f"{float(100 * (cost - against) / Fraction(against)):.2f}"
    return {
        "cost": _number(cost), "bound": _number(bound), "best_known": _number(best), "gap": "0.00" if gap == "-0.00"
        else gap,
    }  # fmt: skip


def is_record(rows: Sequence[Row]) -> bool:
    """Whether the last row costs less than the best published (where one is) and than all others of its instance."""
    last = rows[-1]
    others = [row for row in rows[:-1] if (row["family"], row["instance"]) == (last["family"], last["instance"])]
    limits = [last["best_known"], *(row["cost"] for row in others)]
    return bool(last["cost"]) and all(float(last["cost"]) < float(each) for each in limits if each)


def _number(value: Fraction | int | None) -> str:
    """Whole numbers as they are, others with three decimals; empty for none."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{float(value):.3f}"


def to_table(rows: Iterable[Row]) -> str:
    """Rows as CSV, sorted by instance (numbers as numbers) and seed."""
    return to_csv(sorted(rows, key=_place), COLUMNS)


def _place(row: Row) -> tuple[str, int, str, float, int, int]:
    return (
        row["family"], len(row["instance"]), row["instance"], float(row["time_limit_s"]), int(row["threads"]),
        int(row["seed"]),
    )  # fmt: skip


def from_table(content: str) -> list[Row]:
    """The rows of an earlier run. Raises ``ValueError`` when they are not such a table."""
    rows = from_csv(content, COLUMNS)
    for row in rows:
        if not (row["seed"].isdigit() and row["threads"].isdigit()):
            raise ValueError(",".join(row.values()))
        float(row["time_limit_s"])
    return rows
