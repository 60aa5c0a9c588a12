"""Every command: what it prints, which exit code it gives, and that bad input writes nothing."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from click.testing import Result as Run

import optimiser.planning
from cli import FIGURES, main
from instances.read import read_instance
from optimiser.domain.objective import Objective
from optimiser.domain.plan import Phase, Plan
from optimiser.domain.problem import Problem
from optimiser.domain.result import Result

FILES = ("plan.json", "duties.csv", "routes.csv", "summary.json", "roster.html", "maps/team.html")


def run(*arguments: str | Path) -> Run:
    """Run a command line; a traceback is never an answer."""
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated team, not to be changed."""
    folder = tmp_path_factory.mktemp("teams") / "team"
    assert run("generate", "--organisations", "aafje:3", "--seed", "3", "--out", folder).exit_code == 0
    return folder


def empty_plan(problem: Problem) -> Plan:
    """A plan without any duty."""
    instance = problem.instance
    return Plan(
        instance=instance.name, fingerprint=instance.fingerprint, row_hashes=instance.row_hashes,
        contract=problem.contract,
    )  # fmt: skip


def planner(result: Any) -> Any:
    """A planner that calls ``result`` with the problem, after one event."""

    def plan(
        problem: Problem, settings: Any, start: Any = None, on_event: Any = None, should_stop: Any = None
    ) -> Result:
        on_event(optimiser.planning.Event(
            phase="search", seconds=1.0, objective=Objective(hard=0, unserved=5, rest=7), unserved=3, message=""
        ))  # fmt: skip
        return result(problem, should_stop)

    return plan


def test_validate_counts(team: Path) -> None:
    """A good folder is counted and gives 0."""
    done = run("validate", team, "--lang", "en")
    assert done.exit_code == 0
    assert "team: in order. 1 week from 2026-12-07, 1 organisation," in done.stdout


def test_all_faults_are_named_in_the_language_asked_for(team: Path, tmp_path: Path) -> None:
    """A heading with a typing error gives 2 and names file, row and column, in Dutch or English."""
    for file in team.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    wishes = tmp_path / "wishes.csv"
    wishes.write_text(wishes.read_text(encoding="utf-8").replace("datum", "dattum", 1), encoding="utf-8")
    dutch, english = run("validate", tmp_path), run("validate", tmp_path, "--lang", "en")
    assert (dutch.exit_code, english.exit_code) == (2, 2)
    assert "wishes.csv, rij 1, kolom dattum: verwacht" in dutch.stderr
    assert "wishes.csv, row 1, column dattum: expected" in english.stderr
    assert not english.stdout


def test_no_such_instance(tmp_path: Path) -> None:
    """A name that is no folder and no bundled instance gives 2."""
    assert run("validate", tmp_path / "absent").exit_code == 2


def test_show_prints_tables(team: Path) -> None:
    """Demand beside capacity, with the skills."""
    done = run("show", team, "--lang", "en")
    assert done.exit_code == 0
    assert "iv-medicatie" in done.stdout


def test_instances_lists_names() -> None:
    """One name a line, each of which validate takes."""
    names = run("instances").stdout.split()
    assert names
    assert run("validate", names[0]).exit_code == 0


@pytest.mark.parametrize("organisations", ["aafje", "aafje:1", "aafje:5,aafje:5", "aafje:x", "", "a b:5"])
def test_generate_refuses_odd_organisations(organisations: str, tmp_path: Path) -> None:
    """Each needs a name of its own and 3 to 200 fte."""
    assert run("generate", "--organisations", organisations, "--out", tmp_path / "new").exit_code == 2
    assert not (tmp_path / "new").exists()


def test_generate_refuses_a_full_folder_and_an_unknown_region(team: Path, tmp_path: Path) -> None:
    """Tables are never written over what is there."""
    before = sorted(file.name for file in team.iterdir())
    assert run("generate", "--out", team).exit_code == 2
    assert run("generate", "--region", "atlantis", "--out", tmp_path / "new").exit_code == 2
    assert sorted(file.name for file in team.iterdir()) == before
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--time-limit", "5", "--iterations", "5"),
        ("--freeze-until", "2026-12-08"),
        ("--sharing", "nobody"),
        ("--sharing", "absent.toml"),
        ("--from", "absent.json"),
        ("--time-limit", "0"),
        ("--time-limit", "nan"),
        ("--time-limit", "inf"),
        ("--iterations", "99999999999999999999"),
        ("--seed", "99999999999999999999"),
    ],
)
def test_plan_refuses_arguments_that_make_no_sense(options: tuple[str, ...], team: Path, tmp_path: Path) -> None:
    """Bad arguments give 2 before anything is planned, and nothing is written."""
    assert run("plan", team, *options, "--out", tmp_path / "new").exit_code == 2
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("status", "code"), [("no_time", 3), ("infeasible", 4)])
def test_plan_without_a_plan(
    status: Any, code: int, team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No plan in time gives 3, proved impossible gives 4; both say what to do, and nothing is written."""
    monkeypatch.setattr(
        optimiser.planning, "plan", planner(lambda problem, stop: Result(status=status, reason="roster"))
    )
    done = run("plan", team, "--out", tmp_path / "new")
    assert done.exit_code == code
    assert ("--time-limit" if code == 3 else "duties_given") in done.stderr
    assert not (tmp_path / "new").exists()


def test_plan_writes_all_files(team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plan, tables, summary, page and map; ``--json`` prints the summary alone, events are JSON lines on stderr.

    Pages with names are for their owner only, and route pages of an earlier plan go.
    """
    stale = tmp_path / "maps" / "routes" / "somebody_2026-12-07.html"
    stale.parent.mkdir(parents=True)
    stale.write_text("old", encoding="utf-8")
    monkeypatch.setattr(
        optimiser.planning, "plan", planner(lambda problem, stop: Result(status="feasible", plan=empty_plan(problem)))
    )
    done = run("plan", team, "--out", tmp_path, "--json")
    assert done.exit_code == 0
    for name in FILES:
        assert (tmp_path / name).stat().st_size > 0, name
    assert not stale.exists()
    assert (tmp_path / "roster.html").stat().st_mode & 0o077 == 0
    figures = json.loads(done.stdout)
    assert figures == json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert figures["unserved_visits"] == figures["visits"] == len(read_instance(team).visits)
    warning, event = (json.loads(line) for line in done.stderr.splitlines()[:2])
    assert "nawerking" in warning["warning"]
    assert event["objective"] == {"hard": 0, "unserved": 5, "rest": 7}
    again = run("check", team, tmp_path / "plan.json")
    assert again.exit_code in (0, 1)
    both = run("figures", tmp_path / "summary.json", tmp_path / "summary.json", "--lang", "en")
    assert "joint 2" in both.stdout
    assert f"visits not planned {figures['visits']} {figures['visits']}" in " ".join(both.stdout.split())


def test_a_long_roster_has_no_map_and_no_figures_of_routes(
    team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three weeks are planned as duties: no page of bare land is written (and one that lies there goes), no row of
    dashes for kilometres, no word on visits, and no proof that nothing costs less than nothing."""
    long = tmp_path / "long"
    long.mkdir()
    for file in team.iterdir():
        content = file.read_text(encoding="utf-8-sig")
        (long / file.name).write_text(content.replace("weeks = 1", "weeks = 3"), encoding="utf-8")
    bare = tmp_path / "out" / "maps" / "team.html"
    bare.parent.mkdir(parents=True)
    bare.write_text("old", encoding="utf-8")

    def made(problem: Problem, _: Any) -> Result:
        plan = empty_plan(problem).model_copy(update={"with_routes": False, "lower_bound": 0})
        return Result(status="feasible", plan=plan)

    monkeypatch.setattr(optimiser.planning, "plan", planner(made))
    done = run("plan", long, "--out", tmp_path / "out", "--lang", "en")
    assert done.exit_code == 0 and (tmp_path / "out" / "roster.html").exists() and not bare.exists()
    assert "open roster.html in a browser" in done.stdout and "team.html" not in done.stdout
    assert "kilometres" not in done.stdout and "paid hours" in done.stdout
    assert "visits not planned" not in done.stderr and "rest 7" in done.stderr
    assert "is not proved" in done.stdout and "100.0 %" not in done.stdout


def test_plan_shows_and_draws_its_log(team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two incumbents: ``--json`` lists them with their minutes, ``--plot`` draws total and travel; without incumbents
    nothing is drawn, and that is said. A picture that cannot be written is refused before anything is planned."""
    found = [Objective(hard=0, unserved=unserved, rest=100) for unserved in (2000, 0)]
    phases = (
        Phase(name="roster", seconds=1.0),
        Phase(name="search", seconds=2.0, iterations=5, objective=found[0], terms={"travel": 70}),
        Phase(name="search", seconds=3.0, iterations=9, objective=found[1], terms={"travel": 60}),
    )
    plans = [phases, ()]

    def made(problem: Problem, _: Any) -> Result:
        return Result(status="feasible", plan=empty_plan(problem).model_copy(update={"phases": plans.pop(0)}))

    monkeypatch.setattr(optimiser.planning, "plan", planner(made))
    picture = tmp_path / "run.svg"
    done = run("plan", team, "--out", tmp_path / "one", "--plot", picture, "--json", "--lang", "en")
    steps = json.loads(done.stdout)["incumbents"]
    assert [(each["seconds"], each["scalar"], each["travel"], each["waiting"]) for each in steps] == [
        (2.0, 2100, 70, None), (3.0, 100, 60, None),
    ]  # fmt: skip
    drawn = picture.read_text(encoding="utf-8")
    assert drawn.count("<polyline") == 2 and "travel" in drawn and "waiting" not in drawn
    without = run("plan", team, "--out", tmp_path / "two", "--plot", tmp_path / "none.svg", "--lang", "en")
    assert without.exit_code == 0 and "nothing to draw" in without.stderr
    assert not (tmp_path / "none.svg").exists()
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run("plan", team, "--out", tmp_path / "three", "--plot", tmp_path / "file" / "a.svg").exit_code == 2
    assert not (tmp_path / "three").exists()


@pytest.mark.parametrize(
    ("joint", "single", "said"),
    [(3.4, 3.0, "together 3.4, apart 3.0. What equal faces cost"), (2.9, 3.0, "Together there are no more"),
     (None, 3.0, None)],
)  # fmt: skip
def test_figures_tell_faces_together_against_apart(
    joint: float | None, single: float, said: str | None, tmp_path: Path
) -> None:
    """Mean and most stand in the table; a sentence says whether together costs faces, unless a summary is too old."""
    files = []
    for scenario, faces in (("joint", joint), ("single", single)):
        figures: dict[str, Any] = dict.fromkeys(FIGURES, 1) | {"scenario": scenario, "faces_most_14_days": 12}
        figures = {key: value for key, value in figures.items() if key != "faces_mean" or faces is not None}
        files.append(tmp_path / f"{scenario}.json")
        files[-1].write_text(json.dumps(figures | ({"faces_mean": faces} if faces else {})), encoding="utf-8")
    done = run("figures", *files, "--lang", "en")
    assert done.exit_code == 0
    shown = " ".join(done.stdout.split())
    assert f"faces per client (mean) {'-' if joint is None else joint} {single}" in shown
    assert "most faces in 14 days 12 12" in shown
    assert said in shown if said else "Faces per client:" not in shown


def test_the_first_interrupt_asks_to_stop(team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C makes ``should_stop`` true, and the best plan is written."""

    def interrupted(problem: Problem, should_stop: Any) -> Result:
        assert not should_stop()
        signal.raise_signal(signal.SIGINT)
        assert should_stop()
        return Result(status="feasible", plan=empty_plan(problem))

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(optimiser.planning, "plan", planner(interrupted))
    assert run("plan", team, "--out", tmp_path).exit_code == 0
    assert (tmp_path / "plan.json").exists()
    assert signal.getsignal(signal.SIGINT) is before


def roster(folder: Path, rows: list[str]) -> Path:
    """A duties.csv of the least columns."""
    path = folder / "duties.csv"
    path.write_text("medewerker;datum;dienst\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_check_of_a_roster_made_elsewhere(team: Path, tmp_path: Path) -> None:
    """Three columns are enough. A late duty before an early one breaks the daily rest: 1, with the sentence."""
    nurse = next(each.id for each in read_instance(team).nurses if each.experience == "experienced")
    # L ends 23:00, V begins 06:30: 7.5 hours of rest
    done = run("check", team, roster(tmp_path, [f"{nurse};8-12-2026;L", f"{nurse};9-12-2026;V"]), "--lang", "en")
    assert done.exit_code == 1
    assert nurse in done.stdout
    assert run("check", team, roster(tmp_path, ["nobody;8-12-2026;L"])).exit_code == 2
    assert run("check", team, roster(tmp_path, [f"{nurse};8-12-2027;L"])).exit_code == 2


def test_files_that_are_no_plan(team: Path, tmp_path: Path) -> None:
    """A text, a broken JSON and a JSON of something else give 2; figures wants a summary."""
    for name, content in (("plan.txt", "x"), ("plan.json", "{"), ("other.json", "[]"), ("figures.json", '{"a": 1}')):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert run("check", team, tmp_path / name).exit_code == 2
        assert run("map", team, tmp_path / name, "--out", tmp_path / "new").exit_code == 2
        assert run("figures", tmp_path / name).exit_code == 2
    assert not (tmp_path / "new").exists()


def test_map_refuses_rosters_and_unknown_nurses(team: Path, tmp_path: Path) -> None:
    """A roster without routes has no maps."""
    nurse = read_instance(team).nurses[0].id
    path = roster(tmp_path, [f"{nurse};8-12-2026;L"])
    assert run("map", team, path, "--out", tmp_path / "new").exit_code == 2
    assert run("map", team, path, "--out", tmp_path / "new", "--nurse", "nobody").exit_code == 2
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_written_is_a_message(
    team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file where the output folder should be gives 2, before anything is planned."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(optimiser.planning, "plan", planner(lambda problem, stop: pytest.fail("planned all the same")))
    done = run("plan", team, "--out", tmp_path / "file" / "out")
    assert done.exit_code == 2
    assert "file" in done.stderr


@pytest.mark.parametrize("file", ["names.csv", "districts.geojson"])
def test_a_fault_in_what_only_pages_read_comes_before_the_search(
    file: str, team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """names.csv and borders are read first: nobody loses a plan of a minute to a heading. No cell is repeated."""
    for each in team.iterdir():
        (tmp_path / each.name).write_bytes(each.read_bytes())
    (tmp_path / file).write_text("id;naam;Jansen\nx;y;z\n", encoding="utf-8")
    monkeypatch.setattr(optimiser.planning, "plan", planner(lambda problem, stop: pytest.fail("planned all the same")))
    done = run("plan", tmp_path, "--out", tmp_path / "new")
    assert done.exit_code == run("validate", tmp_path).exit_code == 2
    assert file in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_name_of_nobody_is_a_warning(team: Path, tmp_path: Path) -> None:
    """An id in names.csv that no table knows is named, the person is not."""
    for each in team.iterdir():
        (tmp_path / each.name).write_bytes(each.read_bytes())
    with (tmp_path / "names.csv").open("a", encoding="utf-8") as names:
        names.write("spook;Geheim Persoon;Straat 1;;;\r\n")
    done = run("validate", tmp_path, "--lang", "en")
    assert done.exit_code == 0
    assert "names.csv names spook" in done.stderr
    assert "Geheim" not in done.stderr + done.stdout


def test_impossible_names_the_duties_that_break_the_law(
    team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A published evening until 23:00 and a published day from 06:30, 7.5 hours later: exit 4 with nurse and rule."""
    for each in team.iterdir():
        (tmp_path / each.name).write_bytes(each.read_bytes())
    nurse = next(each.id for each in read_instance(team).nurses if each.experience == "experienced")
    kinds = {kind.code: kind.id for kind in read_instance(team).shift_kinds}
    rows = (f"{nurse};{kinds['L']};2026-12-08;gepubliceerd", f"{nurse};{kinds['V']};2026-12-09;gepubliceerd")
    (tmp_path / "duties_given.csv").write_text("\n".join(("medewerker;dienst;datum;status", *rows)), encoding="utf-8")
    result = Result(status="infeasible", reason="roster")
    monkeypatch.setattr(optimiser.planning, "plan", planner(lambda problem, stop: result))
    done = run("plan", tmp_path, "--out", tmp_path / "new")
    assert done.exit_code == 4
    assert nurse in done.stderr and "breken zelf een regel" in done.stderr
    assert not (tmp_path / "new").exists()
