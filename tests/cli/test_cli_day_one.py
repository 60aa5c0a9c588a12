"""The loop of the tutorial with the real planner: plan, change one cell, check, plan again from there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from instances.catalogue import locate
from instances.read import read_instance

pytestmark = pytest.mark.slow
ITERATIONS = "400"


def run(*arguments: str | Path) -> str:
    """Run a command line that must succeed; its output."""
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exit_code == 0, f"{arguments}\n{done.output}\n{done.exception!r}"
    return done.output


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A copy of the small bundled team that may be changed."""
    folder = tmp_path / "team"
    shutil.copytree(locate("six_nurses"), folder)
    return folder


def test_change_one_cell_check_and_plan_again(team: Path, tmp_path: Path) -> None:
    """A nurse falls ill on Wednesday. The old plan is judged on the new tables, with the difference named; the new
    plan keeps Monday and Tuesday as they were and gives her nothing on Wednesday."""
    run("plan", team, "--iterations", ITERATIONS, "--out", tmp_path / "one")
    run("check", team, tmp_path / "one" / "plan.json")
    plan = json.loads((tmp_path / "one" / "plan.json").read_text(encoding="utf-8"))
    ill = next(duty["nurse"] for duty in plan["duties"] if duty["day"] == "2026-12-09" and duty["lane"] == "work")
    with (team / "availability.csv").open("a", encoding="utf-8", newline="") as file:
        columns = (team / "availability.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(";")
        cells = {"medewerker": ill, "soort": "ziek", "eerste": "9-12-2026", "laatste": "9-12-2026", "uren_per_dag": "6"}
        file.write(";".join(cells.get(column, "") for column in columns) + "\r\n")

    judged = CliRunner().invoke(main, ["check", str(team), str(tmp_path / "one" / "plan.json")])
    assert judged.exit_code == 1
    assert "availability" in judged.stderr
    assert ill in judged.stdout

    run("plan", team, "--from", tmp_path / "one" / "plan.json", "--freeze-until", "2026-12-09",
        "--iterations", ITERATIONS, "--out", tmp_path / "two")  # fmt: skip
    run("check", team, tmp_path / "two" / "plan.json", "--from", tmp_path / "one" / "plan.json")
    changed = json.loads((tmp_path / "two" / "plan.json").read_text(encoding="utf-8"))
    assert not [duty for duty in changed["duties"] if duty["nurse"] == ill and duty["day"] == "2026-12-09"]
    assert early(changed) == early(plan)


def early(plan: dict[str, list[dict[str, str]]]) -> set[tuple[str, str, str]]:
    """Who works which kind on Monday and Tuesday."""
    return {(each["nurse"], each["day"], each["kind"]) for each in plan["duties"] if each["day"] < "2026-12-09"}


def test_the_pages_and_maps_of_a_real_plan(team: Path, tmp_path: Path) -> None:
    """Each duty with stops has a route page; ``map --nurse`` writes hers only."""
    run("plan", team, "--iterations", ITERATIONS, "--out", tmp_path / "one")
    plan = json.loads((tmp_path / "one" / "plan.json").read_text(encoding="utf-8"))
    driven = {
        (duty["nurse"], duty["day"]) for duty in plan["duties"] if any(route["stops"] for route in duty["routes"])
    }
    pages = {path.stem for path in (tmp_path / "one" / "maps" / "routes").glob("*.html")}
    assert {f"{nurse}_{day}" for nurse, day in driven} <= pages
    nurse = read_instance(team).nurses[0].id
    run("map", team, tmp_path / "one" / "plan.json", "--nurse", nurse, "--out", tmp_path / "hers")
    assert {path.stem.split("_")[0] for path in (tmp_path / "hers").rglob("*.html")} <= {nurse}
