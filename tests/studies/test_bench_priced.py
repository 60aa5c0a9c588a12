"""The nurse rostering competition on the bench: every roster is judged by the referee before it has a row."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from optimiser.domain.priced_roster import PricedCover, PricedLimit, PricedPerson, PricedRoster, PricedShift
from optimiser.search.roster_runs import RosterResult
from optimiser.studies.bench import WrongAnswer
from optimiser.studies.bench_priced import judged

SHARED = Path(__file__).resolve().parents[3] / "shared" / "bench" / "inrc2"
ANY = PricedLimit(0, 99)
# One person, three days, one shift, wanted on each day at 30; runs of work of at most two days, each day more 15.
PROBLEM = PricedRoster(
    "toy", 3, (PricedShift("D", 480, frozenset(), ANY),), ("nurse",), (-1, 0), (-1, 0),
    (PricedPerson("a", frozenset({1}), PricedLimit(1, 2, 15, 15), ANY, ANY, PricedLimit(0, 9999), ANY, 0, (3,)),),
    (), tuple(PricedCover(day, 1, 0, 1, 0, 30, 0) for day in range(3)),
)  # fmt: skip


def test_the_referee_confirms_or_the_run_ends() -> None:
    """Working all three days costs 15; another claim, or a letter there is none of, is refused."""
    written = lambda problem, roster: "text\n"  # noqa: E731
    right = judged(PROBLEM, RosterResult(((1, 1, 1),), 15, 10), written)
    assert (right.cost, right.bound, right.solution) == (15, 10, "text")
    assert judged(PROBLEM, RosterResult(None, None, 3), written).cost is None
    with pytest.raises(WrongAnswer):
        judged(PROBLEM, RosterResult(((1, 1, 0),), 15, 0), written)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the public instances lie outside the project")
def test_the_command_writes_a_row_of_a_public_instance(tmp_path: Path) -> None:
    """Within two seconds there is a roster that keeps what is hard; an unknown name is refused with the names."""
    words = ["bench", "inrc2", str(SHARED), "--csv", str(tmp_path / "rows.csv"), "--lang", "en"]
    done = CliRunner().invoke(
        main, [*words, "--only", "n030w4_1_6-7-5-3", "--time-limit", "2"], catch_exceptions=False
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    (row,) = csv.DictReader((tmp_path / "rows.csv").read_text(encoding="utf-8").splitlines())
    assert row["family"] == "inrc2"
    assert 0 < int(row["cost"]) < 10_000
    refused = CliRunner().invoke(main, [*words, "--only", "n030w4"])
    assert refused.exit_code == 2
    assert "n030w4_1_6-7-5-3" in refused.output
