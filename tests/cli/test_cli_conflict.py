"""A plan that cannot be names, for each nurse, the few things that cannot go together and the cheapest ways out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result as Run

import cli
import optimiser.planning
from cli import main
from instances.catalogue import locate
from optimiser.domain.result import Result

REST = (
    "  - Dagelijkse rust binnen 24 uur na het begin van de dienst: minstens 11 uur (ATW 5:3 lid 2), "
    "di 8 dec t/m wo 9 dec"
)


@pytest.fixture(autouse=True)
def enough_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """So much that a busy machine finds all: the clock is no part of these claims."""
    monkeypatch.setattr(cli, "CONFLICT_SECONDS", 100.0)


def planned(folder: Path, *published: tuple[str, str, int], language: str = "nl") -> Run:
    """``plan`` on six_nurses with these duties (nurse, kind, day of December) published besides."""
    team = folder / "team"
    shutil.copytree(locate("six_nurses"), team)
    with (team / "duties_given.csv").open("a", encoding="utf-8", newline="") as file:
        for nurse, kind, day in published:
            file.write(f"{nurse};{kind};2026-12-{day:02};gepubliceerd;\r\n")
    done = CliRunner().invoke(
        main, ["plan", str(team), "--iterations", "1", "--out", str(folder / "new"), "--lang", language]
    )
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert not (folder / "new").exists()
    return done


def broken(nurse: str, day: int = 8) -> tuple[tuple[str, str, int], ...]:
    """An evening to 23:00 and the next day from 07:00: 8 hours of rest, where the law asks 11."""
    return (nurse, "avond", day), (nurse, "dag", day + 1)


def test_the_rule_and_the_two_duties(tmp_path: Path) -> None:
    """Of three published duties of one nurse the conflict has the rest and the two around it; the check's own sentence
    stays. Ways out: a shorter rest with a reason, or another duty on one of the days."""
    done = planned(tmp_path, *broken("m2"), ("m2", "kort", 12))
    assert done.exit_code == 4
    lines = done.stderr.splitlines()
    assert any("breken zelf een regel" in line for line in lines)
    start = lines.index("Voor medewerker m2 kan dit niet samen:")
    assert any("m2" in line and line.startswith("  ") for line in lines[:start])
    assert lines[start + 1 : start + 4] == [
        REST, "  - Avonddienst op di 8 dec (gepubliceerd)", "  - Dagdienst op wo 9 dec (gepubliceerd)",
    ]  # fmt: skip
    assert lines[start + 4].startswith("  Goedkoopste uitwegen")
    ways = [line for line in lines[start + 5 :] if line.startswith("  > ")]
    assert len(ways) == len(lines[start + 5 :]) == 3
    assert any("(overrides: rest.token)" in line for line in ways)
    assert any("Avonddienst op di 8 dec (gepubliceerd): wordt" in line for line in ways)


@pytest.mark.slow
def test_a_way_out_is_one(tmp_path: Path) -> None:
    """The way that was named, taken in the table, gives a plan."""
    way = "Dagdienst op wo 9 dec (gepubliceerd): wordt Avonddienst op wo 9 dec"
    assert way in planned(tmp_path / "before", *broken("m2")).stderr
    team = tmp_path / "before" / "team"
    table = (team / "duties_given.csv").read_text(encoding="utf-8")
    (team / "duties_given.csv").write_text(
        table.replace("m2;dag;2026-12-09", "m2;avond;2026-12-09"), encoding="utf-8", newline=""
    )
    done = CliRunner().invoke(main, ["plan", str(team), "--iterations", "1", "--out", str(tmp_path / "new")])
    assert done.exit_code == 0, done.stderr


@pytest.mark.slow
def test_three_nurses_are_shown_and_the_rest_counted(tmp_path: Path) -> None:
    """Four nurses in conflict: three with their lines, one in a number; English words."""
    rows = (each for nurse in ("m2", "m3", "r2", "r3") for each in broken(nurse, 12 if nurse == "m3" else 8))
    done = planned(tmp_path, *rows, language="en")
    assert done.exit_code == 4
    shown = [line for line in done.stderr.splitlines() if line.startswith("For nurse ")]
    assert [line.split()[2] for line in shown] == ["m2", "m3", "r2"]
    assert "For 1 more nurse it" in done.stderr
    assert done.stderr.count("Cheapest ways out") == 3


def test_it_ends_in_time_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without seconds nothing is guessed: for how many nurses it is not known is told, and nobody is accused."""
    monkeypatch.setattr(cli, "CONFLICT_SECONDS", 0.0)
    done = planned(tmp_path, *broken("m2"))
    assert done.exit_code == 4
    # m1 has a published duty in six_nurses itself
    assert "Van 2 medewerkers is niet bekend" in done.stderr
    assert "kan dit niet samen" not in done.stderr


def test_rows_that_are_possible_are_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the planner finds the whole impossible and each row is not, no conflict is made up."""
    result = Result(status="infeasible", reason="roster")
    monkeypatch.setattr(optimiser.planning, "plan", lambda *_, **__: result)
    done = planned(tmp_path)
    assert done.exit_code == 4
    assert "Van elke medewerker apart kunnen de diensten samen" in done.stderr
    assert "breken zelf een regel" not in done.stderr
