"""The map pair's content: figures that agree with the summary, words that do not overclaim, and notices."""

from __future__ import annotations

from typing import Any

import pytest

from maps.team import team_view
from maps.team_pair import ordered, plan_labels, team_pair
from maps.team_pair_figures import EVERY, duty_rows, figure_rows, totals
from maps.words import Words
from optimiser.domain.objective import Objective
from optimiser.domain.sharing import PRESETS
from optimiser.report.kpis import summary


@pytest.fixture(scope="module")
def single(team: Any) -> Any:
    """The small team's plan as if each had planned alone, without Friday to Sunday."""
    duties = tuple(each for each in team.plan.duties if each.day.weekday() < 4)
    return team.plan.model_copy(update={"contract": PRESETS["single"], "duties": duties})


def page_of(team: Any, left: Any, right: Any, **more: Any) -> str:
    """The pair of two plans of the small team."""
    return team_pair(team.instance, team.travel, left, right, team.names, **more)


def test_figures_agree_with_the_summary(team: Any) -> None:
    """Over the whole week the rows add up to travel, home legs, open visits and paid hours of ``summary.json``."""
    words = Words(team.instance)
    view = team_view(words, team.travel, [team.plan], team.names, None, None, None)
    rows = duty_rows(words, team.travel, team.plan, view.can)
    told = summary(team.instance, team.travel, team.plan, team.report)
    sums = totals(rows, view.shown[0], view.can)
    assert sums["travel"] == told["travel_minutes"] and sums["home"] == told["home_leg_minutes"]
    assert sums["open"] == told["unserved_visits"] and round(sums["paid"] / 60, 2) == told["paid_hours"]
    days = [totals(rows, view.shown[0], view.can, day) for day in range(7)]
    assert {name: sum(day[name] for day in days) for name in sums} == sums
    # the night duties have no route: their kind cannot be chosen; the meeting of N2 is 60 paid minutes of no kind
    assert [row for row in rows if row[1] == EVERY and row[6] == 60 and row[0] == 2]


def test_differences_are_those_of_what_is_shown(team: Any) -> None:
    """6276 and 5004 minutes are 104.6 and 83.4 hours: 21.2 less. 32 and 29 minutes are both half an hour: 0.0. One
    visit less is a minus one."""
    left, right = (
        {"travel": 6276, "home": 32, "open": 3, "paid": 60},
        {"travel": 5004, "home": 29, "open": 2, "paid": 90},
    )
    rows = {row["name"]: row["cells"] for row in figure_rows(Words(team.instance), left, right)}
    assert rows["travel"] == ["104,6", "83,4", "−21,2"]
    assert rows["home"] == ["0,5", "0,5", "0,0"]
    assert rows["open"] == ["3", "2", "−1"] and rows["paid"] == ["1,0", "1,5", "+0,5"]


def test_the_pair_names_its_plans_and_calls_itself_an_example(team: Any, single: Any) -> None:
    """Both contracts by name, both maps, the figures as a table, and that one plan of each is no measurement."""
    page = page_of(team, single, team.plan)
    body = page.split("<body", 1)[1].split("<script", 1)[0]
    assert "Apart en Samen naast elkaar" in body and "een voorbeeld, geen meting" in body and "compare" in body
    assert 'id="left_map"' in body and 'id="right_map"' in body
    assert body.count('data-figure="') == 12 and "Reistijd (uur)" in body
    assert "rekenwerk" not in body and "dezelfde afspraken" not in body and "harde regels" not in body


def test_what_makes_it_no_fair_pair_is_said(team: Any, single: Any) -> None:
    """Equal contracts, unequal effort and broken hard rules each have a sentence."""
    page = page_of(team, team.plan, team.plan)
    assert "dezelfde afspraken (Samen)" in page and "Samen 1" in page and "Samen 2" in page
    slower = single.model_copy(update={"time_limit_s": 10.0, "objective": Objective(hard=3, unserved=0, rest=0)})
    page = page_of(team, slower, team.plan)
    assert "Apart: 10 seconden; Samen: 60 seconden" in page and "Apart: het plan overtreedt harde regels (3)." in page
    assert plan_labels((single, team.plan), "en") == ("Single", "Joint")


def test_apart_stands_left(team: Any, single: Any) -> None:
    """In whichever order they are given; two that both share, or both do not, keep theirs."""
    assert ordered(team.plan, single) == ordered(single, team.plan) == (single, team.plan)
    other = team.plan.model_copy(update={"seed": 7})
    assert ordered(other, team.plan) == (other, team.plan)


def test_one_scale_and_one_source_for_both(team: Any, single: Any) -> None:
    """Areas and texts stand once in the page; borders carry their source on both maps."""
    shape = {"type": "Polygon", "coordinates": [[[4.48, 51.91], [4.5, 51.91], [4.5, 51.93], [4.48, 51.91]]]}
    borders = {"features": [{"properties": {"code": "BU05990110", "jaar": 2024}, "geometry": shape}]}
    page = page_of(team, single, team.plan, borders=borders, language="en")
    assert page.count('"attribution": "Kadaster / Centraal Bureau voor de Statistiek, 2024"') == 2
    assert page.count('"areas":[') == 1 and "an example, no measurement" in page
    assert "Sleutel" not in page and "<script>alert" not in page
