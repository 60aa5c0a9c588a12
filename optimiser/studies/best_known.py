"""The best plan that is known of an instance: a table that runs are measured by and that better runs improve."""

from __future__ import annotations

from collections.abc import Iterable

from optimiser.studies.study import Row, from_csv, to_csv

BEST_COLUMNS = (
    "instance", "fingerprint", "scenario", "roster", "scalar", "unserved", "travel", "seconds", "cpu_s", "seed",
    "version", "date",
)  # fmt: skip
"""``roster``: ``free``, or ``pinned`` with the identity of the plan whose duties stood. ``seconds`` and ``cpu_s`` are
wall and processor time of the run; ``version`` is of the project, with its commit."""
BestKey = tuple[str, str, str, str]


def read_best(text: str) -> list[Row]:
    """The rows of a table. Raises ``ValueError`` for other columns, broken rows, or a problem that stands twice."""
    rows = from_csv(text, BEST_COLUMNS)
    seen: set[BestKey] = set()
    for number, row in enumerate(rows, 2):
        if _key(row) in seen:
            raise ValueError(f"row {number}")
        if not row["scalar"].isdigit():
            raise ValueError(f"row {number}: {row['scalar']}")
        seen.add(_key(row))
    return rows


def best_csv(best: Iterable[Row]) -> str:
    """The table as text, sorted by what names a problem."""
    return to_csv(sorted(best, key=_key), BEST_COLUMNS)


def gap(best: Iterable[Row], run: Row) -> float | None:
    """How many percent a run of a study lies above the best known; None without a plan, at other weights, or where
    nothing is known."""
    known = {_key(row): int(row["scalar"]) for row in best}.get(_problem(run))
    if known is None or known == 0 or run["weights"] or not run["scalar"]:
        return None
    return 100 * (float(run["scalar"]) - known) / known


def improved(best: Iterable[Row], runs: Iterable[Row]) -> list[Row]:
    """The table with the runs of a study that are better, at the usual weights, where the checker agrees."""
    table = {_key(row): row for row in best}
    for run in runs:
        if run["check"] != "agrees" or run["hard"] != "0" or run["weights"]:
            continue
        key = _problem(run)
        if key not in table or int(run["scalar"]) < int(table[key]["scalar"]):
            table[key] = _entry(run)
    return list(table.values())


def _key(row: Row) -> BestKey:
    return row["instance"], row["fingerprint"], row["scenario"], row["roster"]


def _problem(run: Row) -> BestKey:
    roster = f"pinned {run['roster']}" if run["roster"] else "free"
    return run["instance"], run["fingerprint"], run["scenario"], roster


def _entry(run: Row) -> Row:
    """The row of the table that a run of a study makes."""
    named = dict(zip(BEST_COLUMNS, _problem(run), strict=False))
    kept = {name: run[name] for name in ("scalar", "unserved", "travel", "cpu_s", "seed")}
    return named | kept | {
        "seconds": run["wall_s"], "version": f"{run['version']} {run['commit']}".strip(), "date": run["started"][:10],
    }  # fmt: skip
