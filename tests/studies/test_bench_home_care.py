"""Home care routing on the bench: every solution is judged by the referee before it has a row."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from optimiser.domain.home_care import (
    HomeCaregiver,
    HomeCareProblem,
    HomeCareSolution,
    HomePatient,
    HomeService,
    HomeStop,
)
from optimiser.search.home_care import HomeCareResult
from optimiser.studies.bench import WrongAnswer
from optimiser.studies.bench_home_care import judged

# One caregiver, office and one patient 10 minutes away, open from minute 5 to 8: served at 10, two minutes late.
# Travel 20, tardiness 2, largest 2: 24 / 3 = 8.
PROBLEM = HomeCareProblem(
    "toy", (HomePatient("p1", 5_000, 8_000, (HomeService("s1", 30_000),)),), (HomeCaregiver("c1", frozenset({"s1"})),),
    ((0, 10_000), (10_000, 0)),
)  # fmt: skip
SOLUTION = HomeCareSolution(((HomeStop(10_000, 0, 0),),))
FILE = {
    "patients": [{
        "id": "p1", "location": [0, 10], "time_window": [5, 8],
        "required_caregivers": [{"service": "s1", "duration": 30}],
    }],
    "services": [{"id": "s1", "default_duration": 30}],
    "caregivers": [{"id": "c1", "abilities": ["s1"]}],
    "central_offices": [{"id": "o1", "location": [0, 0]}],
    "distances": [[0, 10], [10, 0]],
}  # fmt: skip


def test_the_referee_confirms_or_the_run_ends() -> None:
    """The right cost is 8; another claim, or a start before one can be there, is refused."""
    written = lambda problem, solution: "text"  # noqa: E731
    right = judged(PROBLEM, HomeCareResult(SOLUTION, 24_000, 1), written)
    assert (right.cost, right.bound, right.solution) == (Fraction(8), None, "text")
    early = HomeCareSolution(((replace(SOLUTION.routes[0][0], start=8_000),),))
    for result in (HomeCareResult(SOLUTION, 23_999, 1), HomeCareResult(early, 20_000, 1)):
        with pytest.raises(WrongAnswer):
            judged(PROBLEM, result, written)


def test_the_command_writes_rows_and_keeps_what_is_better(tmp_path: Path) -> None:
    """A best published cost of 9 is beaten by 8, and the solution is kept; a broken file is refused in words."""
    folder = tmp_path / "public"
    folder.mkdir()
    (folder / "InstanzToy_1_1.json").write_text(json.dumps(FILE), encoding="utf-8")
    (folder / "best.csv").write_text("instance,best_cost\nInstanzToy_1_1,9\n", encoding="utf-8")
    words = ["bench", "hhcrsp", str(folder), "--time-limit", "1", "--csv", str(tmp_path / "rows.csv"), "--lang", "en"]
    done = CliRunner().invoke(main, [*words, "--keep", str(tmp_path / "kept")], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    (row,) = csv.DictReader((tmp_path / "rows.csv").read_text(encoding="utf-8").splitlines())
    assert (row["cost"], row["best_known"], row["gap"], row["bound"]) == ("8.000", "9.000", "-11.11", "")
    assert json.loads((tmp_path / "kept" / "InstanzToy_1_1.json").read_text(encoding="utf-8"))["routes"]
    (folder / "InstanzToy_1_1.json").write_text(json.dumps(FILE | {"weather": "fine"}), encoding="utf-8")
    refused = CliRunner().invoke(main, words)
    assert refused.exit_code == 2
    assert "weather" in refused.output
