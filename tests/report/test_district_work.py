"""What visits ask and get, by district: hand-made duties, and agreement with the figures of a whole plan."""

from __future__ import annotations

import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optimiser.domain.plan import Route, Stop
from optimiser.report.district_work import DistrictWork, VisitWork, summed, visit_work
from optimiser.report.kpis import unserved_visits

MONDAY = date(2026, 12, 7)


@pytest.fixture(scope="module")
def team() -> Any:
    """The small team of the pages' tests."""
    file = Path(__file__).parents[1] / "maps" / "small_team.py"
    return runpy.run_path(str(file), run_name="small_team")["small_team"]()


def stop(visit: str, start: int, end: int, part: Any = 1) -> Stop:
    """A stop without waiting."""
    return Stop(what="visit", id=visit, part=part, arrival=start, start=start, end=end)


def test_a_two_nurse_visit_by_own_and_other(team: Any) -> None:
    """C5 (of Laurens) asks two nurses for 95 minutes on Monday. N1 of Laurens comes second in her route, N2 of Aafje
    starts with it: 190 asked, 95 own, 95 by another; one leg between stops leads to it, the home leg does not count.
    The visit before, C1 from 08:00, is N1's first stop: no leg. Without N2 the visit is open, its 95 minutes stay."""
    first, second = "O-1/2026-12-07/1", "O-5/2026-12-07/1"
    duties = {each.nurse: each for each in team.plan.duties if each.day == MONDAY and each.lane == "work"}
    one = duties["N1"].model_copy(update={"routes": (Route(stops=(stop(first, 480, 515), stop(second, 560, 655))),)})
    two = duties["N2"].model_copy(update={"routes": (Route(stops=(stop(second, 560, 655, 2),)),)})
    place = {each.id: each.place for each in team.instance.clients}
    number = team.travel.index()
    leg = int(team.travel.minutes["car", "day"][number[place["C1"]], number[place["C5"]]])

    both = team.plan.model_copy(update={"duties": (one, two)})
    row = next(each for each in visit_work(team.instance, team.travel, both) if each.visit == second)
    assert row == VisitWork(second, "BU05991087", "laurens", MONDAY, 190, 95, 95, False, 1, leg)
    start = next(each for each in visit_work(team.instance, team.travel, both) if each.visit == first)
    assert (start.legs, start.travel, start.open, start.own) == (0, 0, False, start.asked)

    alone = team.plan.model_copy(update={"duties": (one,)})
    row = next(each for each in visit_work(team.instance, team.travel, alone) if each.visit == second)
    assert (row.asked, row.own, row.other, row.open) == (190, 95, 0, True)


def test_an_open_visit_counts_on_its_first_day(team: Any) -> None:
    """Nobody serves it: the day on which its first window opens, nothing own, other or driven."""
    nothing = team.plan.model_copy(update={"duties": ()})
    rows = {each.visit: each for each in visit_work(team.instance, team.travel, nothing)}
    row = rows["O-3/2026-12-09/1"]
    assert (row.day, row.own, row.other, row.open, row.legs) == (date(2026, 12, 9), 0, 0, True, 0)
    assert len(rows) == len(team.instance.visits) and all(each.open for each in rows.values())


def test_sums_and_shares() -> None:
    """60 of 100 asked minutes by own nurses and 20 by another: 80 % served, 20 % by others; 12 minutes over 2 legs."""
    row = VisitWork("a", "D", "x", MONDAY, 60, 60, 0, False, 1, 5)
    total = summed([row, replace(row, visit="b", asked=40, own=0, other=20, open=True, travel=7)])
    assert total == DistrictWork(visits=2, open=1, asked=100, own=60, other=20, legs=2, travel=12)
    assert (total.served, total.by_other, total.travel_per_visit) == (0.8, 0.2, 6.0)
    assert (DistrictWork().served, DistrictWork().by_other, DistrictWork().travel_per_visit) == (None, None, None)


def test_a_whole_plan_adds_up(team: Any) -> None:
    """Every visit once; open ones are those of the summary; what is served is what the stops last."""
    rows = visit_work(team.instance, team.travel, team.plan)
    total = summed(rows)
    assert [each.visit for each in rows if each.open] == list(unserved_visits(team.instance, team.plan))
    stops = [each for duty in team.plan.duties for each in duty.stops if each.what == "visit"]
    assert total.own + total.other == sum(each.end - each.start for each in stops)
    assert total.asked == sum(each.minutes * each.nurses for each in team.instance.visits)
    # each route's first stop is reached from home; a route with the pharmacy has one leg that leads to no visit
    assert total.legs <= len(stops) - sum(1 for duty in team.plan.duties for route in duty.routes if route.stops) + 1
