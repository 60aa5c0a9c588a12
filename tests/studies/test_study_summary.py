"""What follows from the rows of a study: spreads, the gain of moving duties, the price of equal faces; and in words."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from optimiser.domain.instance import Instance
from optimiser.studies.duty_moves_gain import GUESSES, duty_moves_gains, percent
from optimiser.studies.faces_price import faces_prices
from optimiser.studies.spread import Spread, numbers, spread_of, summaries
from optimiser.studies.study import COLUMNS, INCUMBENT_COLUMNS, from_csv, to_csv


def row(**values: str) -> dict[str, str]:
    """A run on the instance a, joint, 60 s, seed 0, with the columns given and all others empty."""
    usual = {"instance": "a", "scenario": "joint", "variant": "full", "time_limit_s": "60", "seed": "0", "cpu_s": "100"}
    return dict.fromkeys(COLUMNS, "") | usual | values


def test_spread_is_over_the_seeds_that_have_a_plan() -> None:
    """10, 30 and 20, and a run without a plan: median 20 between 10 and 30, three of four runs planned.

    Of the three one leaves a visit out and one breaks a rule, so one run is complete.
    """
    runs = (("10", "0", "0"), ("30", "2", "0"), ("20", "0", "1"), ("", "", ""))
    rows = [
        row(seed=str(seed), scalar=scalar, unserved=unserved, hard=hard)
        for seed, (scalar, unserved, hard) in enumerate(runs)
    ]
    one, other = summaries([*rows, row(variant="fixed", scalar="5")], ("scalar", "travel"))
    assert (one.runs, one.planned, one.complete) == (4, 3, 1)
    assert one.spreads == {"scalar": Spread(20, 10, 30), "travel": None}
    assert other.key["variant"] == "fixed" and "seed" not in other.key
    assert spread_of(numbers(pd.DataFrame(rows[3:]), "scalar")) is None
    assert list(summaries([], ("scalar",))) == []


def guesses(seed: str, scalars: tuple[str, ...]) -> list[dict[str, str]]:
    """The five standing rosters of a seed, 12 s and 20 s of processor time each; travel is a tenth of the scalar."""
    return [
        row(variant=name, time_limit_s="12", seed=seed, scalar=scalar, cpu_s="20", unserved="1",
            travel=str(int(scalar) // 10) if scalar else "")
        for name, scalar in zip(GUESSES, scalars, strict=True)
    ]  # fmt: skip


def test_the_gain_is_against_the_best_of_five_of_each_seed() -> None:
    """Seed 0: 900 against min(2000, 1200, 1000, 1500, none) = 1000; seed 1: 700 against 1100; seed 2 lacks one.

    Medians 800 and 1050: (1050 - 800) / 1050 = 23.8 %. Travel 60 against the median of 100 and 110, 105: 42.9 %.
    """
    rows = [
        row(seed="0", scalar="900", travel="60", unserved="0"),
        *guesses("0", ("2000", "1200", "1000", "1500", "")),
        row(seed="1", scalar="700", travel="60", unserved="0"),
        *guesses("1", ("1100", "1200", "1300", "1400", "1500")),
        row(seed="2", scalar="1", travel="1", unserved="0"),
        *guesses("2", ("9000", "9000", "9000", "9000", "9000"))[:4],
    ]
    (gain,) = duty_moves_gains(rows)
    assert (gain.seconds, gain.seeds) == (60, 2)
    assert (gain.scalar, gain.travel, gain.unserved) == ((800, 1050), (60, 105), (0, 1))
    assert gain.cpu_s == (100, 100)
    assert percent(gain.scalar) == pytest.approx(23.81, abs=0.01)
    assert percent(gain.travel) == pytest.approx(42.86, abs=0.01)


def test_no_gain_is_claimed_where_it_cannot_be() -> None:
    """Another time of the five, or another scenario, gives nothing; without a plan the gain is unknown."""
    full = row(scalar="900", travel="60", unserved="0")
    assert not list(duty_moves_gains([full, *(each | {"time_limit_s": "60"} for each in guesses("0", ("1",) * 5))]))
    assert not list(duty_moves_gains([full, *(each | {"scenario": "anw"} for each in guesses("0", ("1",) * 5))]))
    (gain,) = duty_moves_gains([row(), *guesses("0", ("1000",) * 5)])
    assert gain.scalar == (math.inf, 1000) and percent(gain.scalar) is None


def faced(scenario: str, faces: str, scalar: str, weights: str = "") -> dict[str, str]:
    """A run with faces per client."""
    return row(scenario=scenario, faces_mean=faces, scalar=scalar, scalar_usual=scalar, weights=weights)


def test_equal_faces_have_the_price_of_the_cheapest_joint_setting() -> None:
    """Single 3.0, joint 3.4 at 1,000. With unfamiliar 20: 3.0 at 1,040 (4 %); with 40: 2.8 at 1,100; with 10: 3.2."""
    usual = [faced("single", "3.0", "1300"), faced("joint", "3.4", "1000")]
    (unknown,) = faces_prices(usual)
    assert (unknown.single, unknown.joint, unknown.weights, unknown.price) == (3.0, 3.4, None, None)
    tried = [
        faced("joint", "3.2", "1010", "unfamiliar=10"), faced("joint", "3.0", "1040", "unfamiliar=20"),
        faced("joint", "2.8", "1100", "unfamiliar=40"),
    ]  # fmt: skip
    (price,) = faces_prices([*usual, *tried])
    assert (price.weights, price.equal) == ("unfamiliar=20", 3.0)
    assert price.price == pytest.approx(4)


def test_equal_faces_cost_nothing_when_joint_has_no_more() -> None:
    """Joint 2.9 against 3.0: no price, whatever other weights give. Joint alone says nothing."""
    (price,) = faces_prices(
        [faced("single", "3.0", "1300"), faced("joint", "2.9", "1000"), faced("joint", "2.8", "990", "unfamiliar=9")]
    )
    assert (price.weights, price.price) == ("", 0)
    assert not list(faces_prices([faced("joint", "2.9", "1000")]))


def test_a_finished_study_prints_its_summary_and_keeps_the_best(six: Instance, tmp_path: Path) -> None:
    """All runs have rows: nothing runs. The table shows median and spread, the gain, the gap; the best run is kept."""
    table, best = tmp_path / "s.csv", tmp_path / "best.csv"
    made = {
        "instance": six.name, "fingerprint": six.fingerprint[:8], "hard": "0", "check": "agrees", "paid_minutes": "600",
        "started": "2026-11-22T04:00:00+00:00", "waiting_hours": "3.25", "overtime": "0", "faces_mean": "2.5",
    }  # fmt: skip
    rows = [
        each | made | {"scalar_usual": each["scalar"]}
        for seed, scalar in enumerate(("900", "880"))
        for each in (
            row(seed=str(seed), scalar=scalar, travel="60", unserved="0"), *guesses(str(seed), ("1000",) * 5)
        )
    ]  # fmt: skip
    table.write_text(to_csv(rows, COLUMNS), encoding="utf-8")
    words = ["study", "six_nurses", "--seeds", "2", "--csv", str(table), "--keep-best", str(best), "--lang", "en"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    shown = " ".join(done.stdout.split())
    # of the gaps 20 / 880 and 0 the median is 1.14 %
    assert "joint full 2 2 890 0.0 60 3.2 0 10 2.50 100 1.14 lowest 880 0.0" in shown
    assert "highest 900 0.0 60 3.2 0 10 2.50 100 2.27" in shown
    # 890 against 1,000 and 60 against 100
    assert "2 seeds): total 11.0 % lower, travel 40.0 % lower; not planned 0.0 against 1.0" in shown
    kept = best.read_text(encoding="utf-8").splitlines()[1]
    assert kept.startswith(f"six_nurses,{six.fingerprint[:8]},joint,free,880,")
    assert from_csv(table.read_text(encoding="utf-8"), COLUMNS) == rows
    words[-4:-2] = ["--best", str(best)]
    again = CliRunner().invoke(main, words)
    assert again.stdout == done.stdout
    both = CliRunner().invoke(main, [*words, "--keep-best", str(best)])
    assert both.exit_code == 2


def test_the_command_refuses_weights_and_tables_that_are_none(tmp_path: Path) -> None:
    """An unknown name, no number, a negative number, and a table of something else: exit 2, and nothing is run."""
    words = ["study", "six_nurses", "--csv", str(tmp_path / "s.csv")]
    for wrong in ("magic=1", "travel=much", "travel", "travel=-1"):
        done = CliRunner().invoke(main, [*words, "--weight", wrong])
        assert done.exit_code == 2 and "unfamiliar" in done.output, wrong
    other = tmp_path / "other.csv"
    other.write_text(",".join(INCUMBENT_COLUMNS) + "\n", encoding="utf-8")
    done = CliRunner().invoke(main, [*words, "--best", str(other)])
    assert done.exit_code == 2 and "other.csv" in done.output
    assert not (tmp_path / "s.csv").exists()
