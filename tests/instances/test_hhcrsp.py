"""Reading public home care instances and solutions: what they say, and every way in which they can be wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from instances.adapters.hhcrsp import instances_of, read_best, read_hhcrsp
from instances.adapters.hhcrsp_solution import read_solution, solution_json
from optimiser.domain.home_care import HomeCareSolution, HomeStop
from optimiser.errors import InputError

DOCUMENT: dict[str, Any] = {
    "patients": [
        {"id": "p1", "location": [1.0, 2.0], "time_window": [20.0, 140.5],
         "required_caregivers": [{"service": "s1", "duration": 10.0}]},
        {"id": "p2", "location": [3, 4], "time_window": [0, 120],
         "required_caregivers": [{"service": "s1", "duration": 7.0}, {"service": "s2", "duration": 8.0}],
         "synchronization": {"type": "sequential", "distance": [30, 60]}},
        {"id": "p3", "location": [3, 4], "time_window": [0, 120],
         "required_caregivers": [{"service": "s2", "duration": 7.5}, {"service": "s2", "duration": 7.5}],
         "synchronization": {"type": "simultaneous"}},
    ],
    "services": [{"id": "s1", "default_duration": 10.0}, {"id": "s2"}],
    "caregivers": [{"id": "c1", "abilities": ["s1", "s2"]}, {"id": "c2", "abilities": ["s2"]}],
    "central_offices": [{"id": "d", "location": [0.0, 0.0]}],
    "distances": [[0, 1.001, 2, 2], [1.001, 0, 3, 3], [2, 3, 0, 0], [2, 3, 0, 0]],
}  # fmt: skip


def written(folder: Path, change: Callable[[dict[str, Any]], object] = lambda _: None) -> Path:
    """The document, changed, as a file."""
    document = deepcopy(DOCUMENT)
    change(document)
    path = folder / "InstanzX_3_1.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def faults_of(path: Path) -> list[tuple[str, str]]:
    """Where faults are, and what was there."""
    with pytest.raises(InputError) as caught:
        read_hhcrsp(path)
    assert all(each.file == path.name and each.expected for each in caught.value.faults)
    return [(each.column, each.got) for each in caught.value.faults]


def test_an_instance_is_read_in_ticks(tmp_path: Path) -> None:
    """Minutes times 1,000; the gap of a sequential patient, none at once."""
    problem = read_hhcrsp(written(tmp_path))
    assert [(each.id, each.opens, each.closes, each.least_gap, each.most_gap) for each in problem.patients] == [
        ("p1", 20_000, 140_500, 0, 0), ("p2", 0, 120_000, 30_000, 60_000), ("p3", 0, 120_000, 0, 0),
    ]  # fmt: skip
    assert problem.distances[0] == (0, 1001, 2000, 2000)
    assert problem.caregivers[1].abilities == {"s2"}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda d: d.pop("services"), ""),
        (lambda d: d.update(cars=[]), "cars"),
        (lambda d: d["patients"][0].update(name="A"), "patients[0].name"),
        (lambda d: d["patients"][0].pop("time_window"), "patients[0]"),
        (lambda d: d["patients"][1].update(id="p1"), "patients[1].id"),
        (lambda d: d["patients"][0].update(time_window=[30, 20]), "patients[0].time_window"),
        (lambda d: d["patients"][0].update(time_window=[30]), "patients[0].time_window"),
        (lambda d: d["patients"][0].update(time_window=["a", 20]), "patients[0].time_window"),
        (lambda d: d["patients"][0].update(time_window=[True, 20]), "patients[0].time_window"),
        (lambda d: d["patients"][0].update(time_window=[1.0001, 20]), "patients[0].time_window"),
        (lambda d: d["patients"][0].update(time_window=[float("nan"), 20]), "patients[0].time_window"),
        (lambda d: d["patients"][0].update(location=[1, "x"]), "patients[0].location"),
        (lambda d: d["patients"][0].update(required_caregivers=[]), "patients[0].required_caregivers"),
        (lambda d: d["patients"][0]["required_caregivers"][0].update(service="s9"),
         "patients[0].required_caregivers[0].service"),
        (lambda d: d["patients"][0]["required_caregivers"][0].update(duration=0),
         "patients[0].required_caregivers[0].duration"),
        (lambda d: d["patients"][0].update(synchronization={"type": "simultaneous"}), "patients[0].synchronization"),
        (lambda d: d["patients"][1].pop("synchronization"), "patients[1].synchronization"),
        (lambda d: d["patients"][1].update(synchronization={"type": "sequential"}), "patients[1].synchronization"),
        (lambda d: d["patients"][1].update(synchronization={"type": "often"}), "patients[1].synchronization"),
        (lambda d: d["patients"][1]["synchronization"].update(distance=[60, 30]),
         "patients[1].synchronization.distance"),
        (lambda d: d["services"][1].update(id="s1"), "services[1].id"),
        (lambda d: d["services"][0].update(default_duration=-1), "services[0].default_duration"),
        (lambda d: d["caregivers"][0].update(abilities=["s1", "s2", "s3"]), "caregivers[0].abilities"),
        (lambda d: d["caregivers"][1].update(id="c1"), "caregivers[1].id"),
        (lambda d: d["caregivers"][0].update(abilities=["s2"]), "patients[0].required_caregivers[0].service"),
        (lambda d: d["caregivers"][1].update(abilities=[]), "patients[2].required_caregivers"),
        (lambda d: d["central_offices"].append({"id": "e", "location": [0, 0]}), "central_offices"),
        (lambda d: d["distances"].pop(), "distances"),
        (lambda d: d["distances"][2].pop(), "distances[2]"),
        (lambda d: d["distances"][2].__setitem__(1, -3), "distances[2][1]"),
        (lambda d: d["distances"][2].__setitem__(2, 3), "distances[2][2]"),
    ],
)
def test_each_fault_is_named_where_it_stands(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], where: str
) -> None:
    """Missing, unknown and repeated fields; numbers, ids, windows and gaps; nobody able; a matrix that is none."""
    assert where in [column for column, _ in faults_of(written(tmp_path, change))]


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    """One in each part."""

    def change(document: dict[str, Any]) -> None:
        document["patients"][0]["time_window"] = [5, 1]
        document["caregivers"][0]["abilities"] = ["s7"]
        document["distances"][1][0] = "far"

    assert len(faults_of(written(tmp_path, change))) == 3


def test_a_day_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opens at 20 at the latest, a gap of 30, 40 of service and six ways of 3 make 108 minutes."""
    monkeypatch.setattr("instances.adapters.hhcrsp.LONGEST_DAY", 108_000)
    assert read_hhcrsp(written(tmp_path)).latest_end == 108_000
    monkeypatch.setattr("instances.adapters.hhcrsp.LONGEST_DAY", 107_999)
    assert faults_of(written(tmp_path)) == [("", "108.0")]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"patients": 1, "patients": 2}', "[" * 100_000])
def test_what_is_no_document_is_refused(tmp_path: Path, content: str) -> None:
    """Nothing, a list, half an object, a field twice, and nesting without end."""
    path = tmp_path / "InstanzX_1_1.json"
    path.write_text(content, encoding="utf-8")
    assert faults_of(path)


def test_instances_are_found_by_size_and_best_costs_exactly(tmp_path: Path) -> None:
    """In the folder or in ``instances`` below it; six decimals stand for a whole number of thirds of a tick."""
    with pytest.raises(InputError):
        instances_of(tmp_path)
    (tmp_path / "instances").mkdir()
    for name in ("InstanzVNS_HCSRP_100_1", "InstanzCPLEX_HCSRP_10_2", "InstanzCPLEX_HCSRP_10_1"):
        (tmp_path / "instances" / f"{name}.json").write_text("{}", encoding="utf-8")
    assert [name.removeprefix("Instanz") for name in instances_of(tmp_path)] == [
        "CPLEX_HCSRP_10_1", "CPLEX_HCSRP_10_2", "VNS_HCSRP_100_1",
    ]  # fmt: skip
    assert read_best(tmp_path) == {}
    (tmp_path / "best.csv").write_text("instance,best_cost\na,218.198667\n", encoding="utf-8")
    assert read_best(tmp_path) == {"a": Fraction(654_596, 3000)}
    (tmp_path / "best.csv").write_text("instance,best_cost\na,much\n", encoding="utf-8")
    with pytest.raises(InputError):
        read_best(tmp_path)


def test_solutions_round_trip_and_wrong_ones_are_refused(tmp_path: Path) -> None:
    """With a caregiver who stays at the office; two services with one ability are told apart by their starts."""
    problem = read_hhcrsp(written(tmp_path))
    whole = HomeCareSolution(
        ((HomeStop(20_000, 0, 0), HomeStop(40_001, 1, 0), HomeStop(60_000, 2, 0)),
         (HomeStop(70_001, 1, 1), HomeStop(90_000, 2, 1)))
    )  # fmt: skip
    text = solution_json(problem, whole)
    assert read_solution(text, problem) == whole
    assert read_solution(solution_json(problem, HomeCareSolution((whole.routes[0][:2], ()))), problem).routes[1] == ()
    for old, new in (
        ('"p1"', '"p9"'), ('"c1"', '"c9"'), ('"c2"', '"c1"'), ('"s1"', '"s9"'), ("20.0", "-1"), ("30.0", "31.0"),
        ('"routes"', '"rounds"'),
    ):  # fmt: skip
        with pytest.raises(InputError):
            read_solution(text.replace(old, new), problem)
