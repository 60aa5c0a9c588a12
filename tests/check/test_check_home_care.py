"""The referee of home care solutions: hand-counted costs, each kind of wrong solution, and all published solutions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from instances.adapters.hhcrsp import instances_of, read_best, read_hhcrsp
from instances.adapters.hhcrsp_solution import read_solution, solution_json
from optimiser.check.home_care import check_home_care
from optimiser.domain.home_care import (
    HomeCaregiver,
    HomeCareProblem,
    HomeCareSolution,
    HomePatient,
    HomeService,
    HomeStop,
)

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "bench" / "hhcrsp"
WASH, DRESS = HomeService("wash", 10_000), HomeService("dress", 10_000)
PROBLEM = HomeCareProblem(
    "hand",
    (
        HomePatient("p1", 20_000, 30_000, (WASH,)),
        HomePatient("p2", 40_000, 60_000, (WASH, DRESS), 5_000, 15_000),
        HomePatient("p3", 0, 50_000, (WASH, DRESS)),
    ),
    (HomeCaregiver("c1", frozenset(("wash",))), HomeCaregiver("c2", frozenset(("wash", "dress")))),
    ((0, 10_000, 12_000, 5_000), (10_000, 0, 7_000, 9_000), (12_000, 7_000, 0, 8_000), (5_000, 9_000, 8_000, 0)),
)
"""c1: office 10 p1 (20 to 30) 7 p2 (40 to 50) 8 p3 (58 to 68) 5 office: 30 of travel.
c2: office 12 p2 (45 to 55, 5 after c1) 8 p3 (63, so both at 63 to 73) 5 office: 25 of travel.
p3 closes at 50: both services are 13 late. Sum: 55 + 26 + 13 = 94, a third of it is the cost."""
GOOD = (
    (HomeStop(20_000, 0, 0), HomeStop(40_000, 1, 0), HomeStop(63_000, 2, 0)),
    (HomeStop(45_000, 1, 1), HomeStop(63_000, 2, 1)),
)


def rules(routes: tuple[tuple[HomeStop, ...], ...], problem: HomeCareProblem = PROBLEM) -> list[tuple[str, str]]:
    """Broken rules and whose."""
    violations = check_home_care(problem, HomeCareSolution(routes)).violations
    assert all(each.sentence("nl") and each.sentence("en") for each in violations)
    return [(each.rule, each.patient) for each in violations]


def changed(route: int, stop: int, **values: int) -> tuple[tuple[HomeStop, ...], ...]:
    """The good routes with another start, patient or service at one stop."""
    routes = [list(each) for each in GOOD]
    routes[route][stop] = replace(routes[route][stop], **values)
    return tuple(tuple(each) for each in routes)


def test_cost_is_a_third_of_travel_tardiness_and_the_largest_tardiness() -> None:
    """As counted above: 55 of travel, 26 late in all, 13 at most."""
    report = check_home_care(PROBLEM, HomeCareSolution(GOOD))
    assert report.violations == ()
    assert (report.travel, report.total_tardiness, report.largest_tardiness) == (55_000, 26_000, 13_000)
    assert report.cost == Fraction(94, 3)


def test_who_stays_at_the_office_travels_nothing() -> None:
    """An empty route is lawful and free."""
    problem = replace(PROBLEM, patients=PROBLEM.patients[:1])
    assert rules((GOOD[0][:1], ()), problem) == []
    assert check_home_care(problem, HomeCareSolution((GOOD[0][:1], ()))).travel == 20_000


@pytest.mark.parametrize(
    ("routes", "wrong"),
    [
        (changed(0, 0, start=19_999), [("too_early", "p1")]),
        (changed(1, 1, start=62_999), [("gap_short", "p3"), ("too_fast", "p3")]),
        (changed(0, 2, start=62_999), [("gap_long", "p3")]),
        (changed(1, 1, start=63_001), [("gap_long", "p3")]),
        (changed(0, 1, start=40_001), [("gap_short", "p2")]),
        ((GOOD[0], (HomeStop(55_000, 1, 1), HomeStop(73_000, 2, 1))), [("gap_long", "p3")]),
        ((GOOD[0], (HomeStop(55_001, 1, 1), HomeStop(73_001, 2, 1))), [("gap_long", "p2"), ("gap_long", "p3")]),
        ((GOOD[0][1:], GOOD[1]), [("not_once", "p1")]),
        ((GOOD[0], (HomeStop(20_000, 0, 0), *GOOD[1])), [("not_once", "p1")]),
        ((GOOD[0][:2], GOOD[1][:1]), [("not_once", "p3"), ("not_once", "p3")]),
        ((GOOD[1], GOOD[0]), [("unable", "p2"), ("unable", "p3")]),
    ],
)
def test_each_rule_rejects_just_outside(
    routes: tuple[tuple[HomeStop, ...], ...], wrong: list[tuple[str, str]]
) -> None:  # fmt: skip
    """One tick too early, too fast, too close or too far apart; a service missing, twice, or by somebody not able."""
    assert rules(routes) == wrong


def test_two_services_need_two_caregivers() -> None:
    """c2 is able to give both and in time (58 to 68 after 48 to 58), which the published validator would accept."""
    problem = replace(PROBLEM, patients=(PROBLEM.patients[1],), distances=((0, 12_000), (12_000, 0)))
    assert rules(((), (HomeStop(40_000, 0, 0), HomeStop(50_000, 0, 1))), problem) == [("same_caregiver", "p2")]


def test_a_solution_of_something_else_is_no_solution() -> None:
    """One route too few, or a patient or service that there is not."""
    for routes in (GOOD[:1], changed(0, 0, patient=3), changed(0, 0, service=1), changed(0, 0, patient=-1)):
        with pytest.raises(ValueError, match="one route for each caregiver"):
            check_home_care(PROBLEM, HomeCareSolution(routes))


def test_all_published_solutions_cost_what_was_published() -> None:
    """35 solutions: lawful, two different caregivers at double visits, and the cost of best.csv; they round-trip."""
    if not SHARED.exists():
        pytest.skip("the public home care instances are not beside this checkout")
    best = read_best(SHARED)
    files = instances_of(SHARED)
    assert len(files) == len(best) == 35
    for name, file in files.items():
        problem = read_hhcrsp(file)
        (path,) = (SHARED / "solutions").glob(f"sol-{name}-*.json")
        solution = read_solution(path.read_text(encoding="utf-8"), problem)
        report = check_home_care(problem, solution)
        assert report.violations == ()
        assert abs(report.cost - best[name]) <= Fraction(1, 10**6)
        assert read_solution(solution_json(problem, solution), problem) == solution
