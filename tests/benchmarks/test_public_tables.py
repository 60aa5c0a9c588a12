"""The figures of public benchmarks: tables in the docs are those of the rows, answers below published bests hold."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from instances.adapters.hhcrsp import instances_of as hhcrsp_instances
from instances.adapters.hhcrsp import read_best, read_hhcrsp
from instances.adapters.hhcrsp_solution import read_solution
from instances.adapters.inrc2 import read_best as read_best_inrc2
from instances.adapters.inrc2 import read_inrc2
from instances.adapters.inrc2_solution import read_solution as read_roster
from optimiser.check.home_care import check_home_care
from optimiser.check.priced_roster import check_priced
from optimiser.studies.bench import from_table
from optimiser.studies.bench_table import bench_summaries, markdown

ROOT = Path(__file__).resolve().parents[2]
DOCS, CASES = ROOT / "docs" / "benchmarks", Path(__file__).parent / "cases"
SHARED = ROOT.parent / "shared" / "bench"
FAMILIES = ("hhcrsp", "curtois", "inrc2")
ABSENT = pytest.mark.skipif(not SHARED.is_dir(), reason="the public instances lie outside the project")


def newest() -> Path:
    """The results of the newest version."""
    return max((DOCS / "results").iterdir(), key=lambda each: [int(part) for part in each.name.split(".")])


@pytest.mark.parametrize("family", FAMILIES)
def test_the_table_of_a_family_is_that_of_its_rows(family: str) -> None:
    """What ``bench table`` prints of the newest rows stands in the page, letter by letter."""
    rows = from_table((newest() / f"{family}.csv").read_text(encoding="utf-8"))
    assert rows
    assert {row["family"] for row in rows} == {family}
    assert markdown(bench_summaries(rows)) in (DOCS / f"{family}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("family", FAMILIES)
def test_no_bound_is_above_any_cost_of_its_instance(family: str) -> None:
    """Of whatever run or version, ours or published: one bound too high would be found out by any good roster."""
    rows = [row for file in (DOCS / "results").glob(f"*/{family}.csv")
            for row in from_table(file.read_text(encoding="utf-8"))]  # fmt: skip
    for name in {row["instance"] for row in rows}:
        mine = [row for row in rows if row["instance"] == name]
        costs = [float(row[column]) for row in mine for column in ("cost", "best_known") if row[column]]
        assert max((float(row["bound"]) for row in mine if row["bound"]), default=0.0) <= min(costs), name


def published() -> list[dict[str, str]]:
    """The table of best published costs."""
    return list(csv.DictReader((DOCS / "published.csv").read_text(encoding="utf-8").splitlines()))


def test_ours_in_the_table_of_best_published_is_the_lowest_of_the_rows() -> None:
    """Each figure can be found in the rows of some version."""
    lowest: dict[tuple[str, str], float] = {}
    for file in (DOCS / "results").glob("*/*.csv"):
        if file.stem in FAMILIES:
            for row in from_table(file.read_text(encoding="utf-8")):
                key = row["family"], row["instance"]
                lowest[key] = min(lowest.get(key, float("inf")), float(row["cost"] or "inf"))
    for row in published():
        found = lowest.get((row["family"], row["instance"]))
        assert (float(row["ours"]) if row["ours"] else None) == found, row


@ABSENT
def test_best_published_costs_are_those_of_the_instances() -> None:
    """To three decimals, as the published table gives them."""
    tables = {"hhcrsp": read_best(SHARED / "hhcrsp"), "inrc2": read_best_inrc2(SHARED / "inrc2")}
    for row in published():
        if row["family"] in tables:
            best = tables[row["family"]][row["instance"]]
            assert abs(Fraction(row["best_published"]) - best) <= Fraction(1, 1000)


def home_care(file: Path) -> tuple[object, Fraction, Fraction]:
    """Violations, cost and best published cost of a stored solution."""
    problem = read_hhcrsp(hhcrsp_instances(SHARED / "hhcrsp")[file.stem])
    report = check_home_care(problem, read_solution(file.read_text(encoding="utf-8"), problem))
    return report.violations, report.cost, read_best(SHARED / "hhcrsp")[file.stem]


def priced(file: Path) -> tuple[object, int, int]:
    """The same of a stored roster of INRC-II."""
    problem = read_inrc2(SHARED / "inrc2", file.stem)
    report = check_priced(problem, read_roster(file.read_text(encoding="utf-8"), problem))
    return report.violations, report.cost, read_best_inrc2(SHARED / "inrc2")[file.stem]


@ABSENT
@pytest.mark.parametrize("file", sorted(CASES.glob("*/*.json")), ids=lambda file: file.stem)
def test_what_is_stored_is_below_the_best_published(file: Path) -> None:
    """The referee of its family finds nothing wrong with it, and a cost below the best published."""
    violations, cost, best = {"hhcrsp": home_care, "inrc2": priced}[file.parent.name](file)
    assert not violations
    assert cost < best
