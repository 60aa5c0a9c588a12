"""The study runner: rows, resuming, medians and the picture of convergence."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from optimiser.domain.instance import Instance
from optimiser.domain.objective import Objective
from optimiser.domain.people import PastVisit
from optimiser.domain.plan import Duty, Phase, Plan, Route, Stop
from optimiser.domain.sharing import PRESETS
from optimiser.report.faces import faces
from optimiser.studies import study as runner
from optimiser.studies.convergence import best_so_far, convergence_svg, median_curve
from optimiser.studies.machine import MACHINE_COLUMNS, commit, environment
from optimiser.studies.measure import RESULT_COLUMNS, iterations, steps
from optimiser.studies.study import (
    COLUMNS,
    INCUMBENT_COLUMNS,
    KEY,
    Setting,
    Tables,
    from_csv,
    study,
    to_csv,
    with_weights,
)  # fmt: skip
from optimiser.studies.variants import VARIANTS, Outcome, without_routes

JOINT = PRESETS["joint"]


def row(**values: str) -> dict[str, str]:
    """A row of a study with the columns given and all others empty."""
    return {**dict.fromkeys(COLUMNS, ""), **values}


def test_a_study_writes_whole_rows_and_skips_what_it_has(six: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """One variant and two seeds give two rows with all columns; the same study again runs nothing."""
    asked: list[tuple[str, int]] = []
    made = _small_plan(six)

    def run(problem: object, variant: str, seconds: float, seed: int, roster: object) -> Outcome:
        asked.append((variant, seed))
        return Outcome("feasible", made, 1.5, 2.5)

    monkeypatch.setattr(runner, "run_variant", run)
    monkeypatch.setattr(runner, "warm_up", lambda problem: True)
    heard: list[int] = []
    tables = Tables([], [])
    setting = Setting(("full", "fixed"), 2, 3)
    study([(six, JOINT)], setting, tables, lambda now, _: heard.append(len(now.rows)))
    assert asked == [("full", 0), ("fixed", 0), ("full", 1), ("fixed", 1)]
    assert heard == [1, 2, 3, 4]
    assert all(tuple(each) == COLUMNS for each in tables.rows)
    assert tables.rows[0]["cpu_s"] == "1.5"
    assert tables.rows[0]["time_limit_s"] == "3"
    again = Tables(from_csv(to_csv(tables.rows[:3], COLUMNS), COLUMNS), [])
    study([(six, JOINT)], setting, again, lambda *_: None)
    assert asked[4:] == [("fixed", 1)]


def test_a_run_without_a_plan_has_a_row_too(six: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """No plan in time: the status says so and the figures stay empty."""
    monkeypatch.setattr(runner, "run_variant", lambda *_: Outcome("no_time", None, 1, 1))
    monkeypatch.setattr(runner, "warm_up", lambda problem: True)
    tables = study([(six, JOINT)], Setting(("full",), 1, 1), Tables([], []), lambda *_: None)
    assert tables.rows[0]["status"] == "no_time"
    assert tables.rows[0]["scalar"] == ""


def test_csv_of_another_shape_is_refused() -> None:
    """Other columns, or a row cut off in the middle, are no rows of a study."""
    whole = to_csv([row(variant="full", seed="0")], COLUMNS)
    assert from_csv(whole, COLUMNS)[0]["variant"] == "full"
    with pytest.raises(ValueError):
        from_csv("a,b\n1,2\n", COLUMNS)
    with pytest.raises(ValueError):
        from_csv(whole.rstrip("\n")[:-5] + "\n", COLUMNS)


def test_columns_hold_what_names_a_run_and_where_it_ran() -> None:
    """Key, results and machine, each column once."""
    assert len(set(COLUMNS)) == len(COLUMNS)
    assert {*KEY, *RESULT_COLUMNS, *MACHINE_COLUMNS} <= set(COLUMNS)
    assert set(environment()) == set(MACHINE_COLUMNS)


def test_outside_a_checkout_there_is_no_commit(tmp_path: Path) -> None:
    """A folder without git gives an empty commit."""
    assert commit(tmp_path) == ""


def test_faces_count_nurses_of_a_client_and_14_days(six: Instance) -> None:
    """Client seen by one nurse in the week and by another 10 days before day 3: mean 1, most 2; 14 days before: 1."""
    visit = six.visits[0]
    day = six.clock.day_of(visit.windows[0].start)
    plan = _small_plan(six)
    other = six.nurses[1].id
    for before, most in ((13, 2), (14 + six.days, 1)):
        past = PastVisit(client=visit.client, nurse=other, day=six.clock.date_of(day - before))
        assert faces(six.model_copy(update={"past_visits": (past,)}), plan) == (1.0, most)


def test_iterations_begin_anew_with_each_search(six: Instance) -> None:
    """Phases count 100, 200 and then 10, 20: together 220."""
    phases = tuple(Phase(name="search", iterations=each) for each in (100, 200, 10, 20))
    assert iterations(_small_plan(six).model_copy(update={"phases": phases})) == 220


def test_incumbents_are_the_phases_with_an_objective(six: Instance) -> None:
    """A phase without an objective is none; the names are the study's; minutes that were not kept are empty."""
    found = Objective(hard=0, unserved=2000, rest=300)
    phases = (
        Phase(name="roster", seconds=1.0),
        Phase(name="search", seconds=2.0, iterations=5, objective=found, terms={"travel": 0, "overtime": 9}),
    )
    (step,) = steps(_small_plan(six).model_copy(update={"phases": phases}))
    assert (step["seconds"], step["scalar"], step["objective_unserved"]) == (2.0, 2300, 2000)
    assert (step["travel"], step["waiting"], step["overtime"]) == (0, "", 9)
    assert set(step) | set(KEY) == set(INCUMBENT_COLUMNS)


def test_the_median_is_of_runs_that_stand_at_their_best() -> None:
    """Runs 10 at 1 s, 4 at 3 s; and 20 at 2 s, 25 at 4 s (worse, so still 20): from 2 s on medians 15, 12.

    Beside them a figure of the same incumbents, 7 then 8; and 1 then 0: the last is not the best and does not count.
    """
    first, second = [(1, 10, 7), (3, 4, 8)], [(2, 20, 1), (4, 25, 0)]
    cost = [best_so_far([(seconds, scalar, scalar) for seconds, scalar, _ in run]) for run in (first, second)]
    assert cost == [[(1, 10), (3, 4)], [(2, 20)]]
    assert median_curve(cost) == [(2, 15), (3, 12)]
    assert median_curve([best_so_far(run) for run in (first, second)]) == [(2, 4), (3, 4.5)]


def test_the_picture_is_svg_with_a_line_for_each_variant_and_a_panel_for_each_figure() -> None:
    """It parses, names both variants and holds two lines; names are escaped.

    Two of three figures asked for are known, one of them of one variant alone: three lines. A run at other weights has
    a panel of its own, since its objective is another one.
    """
    rows = [
        {"instance": "a<b", "scenario": "joint", "roster": "", "weights": "", "time_limit_s": "9",
         "variant": variant, "seed": "0", "seconds": seconds, "scalar": scalar, "travel": travel, "waiting": ""}
        for variant, seconds, scalar, travel in (
            ("full", "1", "900", "50"), ("full", "8", "100", "40"), ("fixed", "2", "500", "")
        )
    ]  # fmt: skip
    drawn = convergence_svg(rows)
    assert len(_lines(drawn)) == 2
    assert "a&lt;b joint 9 s<" in drawn and ">full<" in drawn and ">fixed<" in drawn
    assert ">a&lt;b joint travel=2 9 s<" in convergence_svg([*rows, rows[0] | {"weights": "travel=2"}])
    drawn = convergence_svg(rows, {"scalar": "total", "travel": "minutes", "waiting": "silence"})
    assert len(_lines(drawn)) == 3
    assert "a&lt;b joint 9 s · total<" in drawn and "· minutes<" in drawn and "silence" not in drawn


def _lines(drawn: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(drawn).findall(".//{http://www.w3.org/2000/svg}polyline")


def test_other_weights_are_another_instance(six: Instance) -> None:
    """Only the weight named changes, and the fingerprint with it; a weight that does not exist is refused."""
    assert with_weights(six, {}) is six
    changed = with_weights(six, {"travel": 7})
    assert (changed.weights.travel, changed.weights.overtime) == (7, six.weights.overtime)
    assert changed.fingerprint != six.fingerprint and changed.visits == six.visits
    for wrong in ({"magic": 1}, {"travel": -1}):
        with pytest.raises(ValueError):
            with_weights(six, wrong)


def test_runs_at_other_weights_are_other_runs(six: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same study with travel at 3 runs again; its scalar counts travel three times, the usual scalar once."""
    made = _small_plan(six)
    monkeypatch.setattr(runner, "run_variant", lambda *_: Outcome("feasible", made, 1, 1))
    monkeypatch.setattr(runner, "warm_up", lambda problem: True)
    tables = Tables([], [])
    for weights in ({}, {"travel": 3, "home_leg": 2}):
        study([(six, JOINT)], Setting(("full",), 1, 1, weights=weights), tables, lambda *_: None)
    usual, other = tables.rows
    assert [each["weights"] for each in tables.rows] == ["", "home_leg=2 travel=3"]
    assert usual["fingerprint"] == other["fingerprint"]
    assert usual["scalar"] == usual["scalar_usual"]
    more = 2 * int(other["travel"]) + int(other["home_legs"])
    assert more > 0 and int(other["scalar"]) == int(other["scalar_usual"]) + more
    assert int(other["objective_rest"]) == int(usual["objective_rest"]) + more


def test_variants_are_settings_that_exist() -> None:
    """Each variant can be made into settings."""
    from optimiser.planning import PlanSettings

    assert PlanSettings(**VARIANTS["fixed-70"]).fill_percent == 70
    assert all(PlanSettings(**changed) for changed in VARIANTS.values())


def test_a_roster_without_routes_keeps_its_duties(six: Instance) -> None:
    """Duties stay, stops go."""
    plan = _small_plan(six)
    assert [each.id for each in without_routes(plan).duties] == [each.id for each in plan.duties]
    assert not any(each.stops for each in without_routes(plan).duties)


def test_the_command_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    """An unknown variant, and a csv that is something else: exit 2 and one line."""
    unknown = CliRunner().invoke(main, ["study", "six_nurses", "--variant", "magic", "--csv", str(tmp_path / "a.csv")])
    assert unknown.exit_code == 2 and "magic" in unknown.output
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    wrong = CliRunner().invoke(main, ["study", "six_nurses", "--csv", str(other)])
    assert wrong.exit_code == 2 and "other.csv" in wrong.output
    assert other.read_text(encoding="utf-8") == "a,b\n1,2\n"


@pytest.mark.slow
def test_the_command_runs_resumes_and_draws(tmp_path: Path) -> None:
    """A run of a second on six_nurses: a row that the checker agrees with; again: the same file."""
    table, plot = tmp_path / "s.csv", tmp_path / "s.svg"
    words = ["study", "six_nurses", "--time-limit", "1", "--seeds", "1", "--csv", str(table), "--plot", str(plot)]
    first = CliRunner().invoke(main, words)
    assert first.exit_code == 0, first.output
    (made,) = from_csv(table.read_text(encoding="utf-8"), COLUMNS)
    assert made["check"] == "agrees" and made["variant"] == "full"
    written = table.read_text(encoding="utf-8")
    assert CliRunner().invoke(main, words).exit_code == 0
    assert table.read_text(encoding="utf-8") == written
    assert from_csv((tmp_path / "s-incumbents.csv").read_text(encoding="utf-8"), INCUMBENT_COLUMNS)
    assert plot.read_text(encoding="utf-8").startswith("<svg")


def _small_plan(six: Instance) -> Plan:
    """One duty with one visit, as far as the figures need it."""
    visit, nurse, kind = six.visits[0], six.nurses[0], six.shift_kinds[0]
    start = visit.windows[0].start
    stop = Stop(what="visit", id=visit.id, arrival=start, start=start, end=start + visit.minutes)
    day = six.clock.day_of(start)
    duty = Duty(
        id=f"{nurse.id}/{six.clock.date_of(day)}/{kind.lane}", nurse=nurse.id, kind=kind.id,
        day=six.clock.date_of(day), lane=kind.lane, start=six.clock.at(day, kind.start),
        end=six.clock.at(day, kind.end), organisation=nurse.organisation, routes=(Route(stops=(stop,)),),
    )  # fmt: skip
    return Plan(instance=six.name, fingerprint=six.fingerprint, contract=JOINT, duties=(duty,))
