"""The best known plans: which runs enter the table, and how far a run is from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.studies.best_known import BEST_COLUMNS, best_csv, gap, improved, read_best
from optimiser.studies.study import COLUMNS

STORED = Path(__file__).parents[2] / "docs" / "benchmarks" / "best_known.csv"


def run(**values: str) -> dict[str, str]:
    """A run that the checker agrees with, worth 1,000."""
    usual = {
        "instance": "a", "fingerprint": "f", "scenario": "joint", "variant": "full", "seed": "3", "hard": "0",
        "unserved": "0", "scalar": "1000", "travel": "400", "cpu_s": "118.2", "wall_s": "60.1", "version": "0.1",
        "commit": "abc", "started": "2026-11-22T04:00:00+00:00", "check": "agrees",
    }  # fmt: skip
    return dict.fromkeys(COLUMNS, "") | usual | values


def test_a_better_run_takes_the_place_of_a_worse_one() -> None:
    """1,000 enters an empty table, 1,001 does not, 990 replaces it: one row, with the day and the version."""
    best = improved([], [run()])
    assert improved(best, [run(scalar="1001")]) == best
    (row,) = improved(best, [run(scalar="990", seed="4")])
    assert row == {
        "instance": "a", "fingerprint": "f", "scenario": "joint", "roster": "free", "scalar": "990", "unserved": "0",
        "travel": "400", "seconds": "60.1", "cpu_s": "118.2", "seed": "4", "version": "0.1 abc", "date": "2026-11-22",
    }  # fmt: skip


def test_what_the_checker_refuses_never_enters() -> None:
    """Violations, a false claim, no plan, and other weights are no best known plan."""
    refused = [
        run(check="1 violations: rest.daily"), run(hard="1"), run(scalar="", hard="", check=""),
        run(weights="travel=2"),
    ]  # fmt: skip
    assert improved([], refused) == []


def test_problems_are_told_apart() -> None:
    """Another scenario, another table row in the instance and another pinned roster are other problems."""
    runs = [run(), run(scenario="single"), run(fingerprint="g"), run(roster="12ab"), run(roster="34cd")]
    best = improved([], runs)
    assert [row["roster"] for row in best] == ["free", "free", "free", "pinned 12ab", "pinned 34cd"]
    assert read_best(best_csv(best)) == sorted(best, key=lambda row: [row[name] for name in BEST_COLUMNS[:4]])


def test_the_gap_is_in_percent_of_the_best() -> None:
    """1,030 against 1,000: 3 %; below it a negative gap; nothing where nothing can be compared."""
    best = improved([], [run()])
    assert gap(best, run(scalar="1030")) == pytest.approx(3)
    assert gap(best, run(scalar="900")) == pytest.approx(-10)
    for other in (run(scenario="anw"), run(scalar=""), run(weights="travel=2"), run(roster="12ab")):
        assert gap(best, other) is None


def test_a_table_that_is_none_is_refused() -> None:
    """Other columns, a problem twice, and a scalar that is no number."""
    whole = best_csv(improved([], [run()]))
    body = whole.splitlines()[1]
    for wrong in ("a,b\n", f"{whole}{body}\n", whole.replace(",1000,", ",many,")):
        with pytest.raises(ValueError):
            read_best(wrong)


def test_the_stored_table_can_be_read() -> None:
    """What lies in the documentation has the columns, and each problem once."""
    read_best(STORED.read_text(encoding="utf-8"))
