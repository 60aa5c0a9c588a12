"""The map pair: one plan in which each plans alone beside one joint plan, with the figures that matter between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from maps.offline import leaflet_script
from maps.page import render
from maps.team import TeamView, own_script, page_values, team_call, team_view, view_map
from maps.team_pair_figures import duty_rows, figure_rows, totals
from maps.team_tables import open_rows
from maps.words import Names, Words
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.road_lines import RoadLines
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.compare_numbers import scenario_name
from optimiser.texts import Language

MAPS = ("left_map", "right_map")


def team_pair(
    instance: Instance,
    travel: TravelMatrix,
    single: Plan,
    joint: Plan,
    names: Names,
    borders: Mapping[str, Any] | None = None,
    language: Language = "nl",
    tiles: str | None = None,
    roads: RoadLines | None = None,
) -> str:
    """The page as HTML, for the team's manager: two plans of one instance with one choice of day, shift, organisation
    and nurse, one colour scale and one view. It names the plans by their sharing contracts, says when these are equal
    and when the plans had unequal effort. Raises ``InputError`` on unknown tiles.
    """
    words = Words(instance, language)
    plans = (single, joint)
    labels = plan_labels(plans, language)
    view = team_view(words, travel, plans, names, borders, tiles, roads, labels)
    duties = [duty_rows(words, travel, plan, view.can) for plan in plans]
    for row, rows in zip(view.data["plans"], duties, strict=True):
        row["duties"] = rows
    charts = [view_map(view, name, tiles) for name in MAPS]
    parts = [chart.parts() for chart in charts]
    script = "\n".join([*(each[1] for each in parts), team_call(MAPS, view.data)])
    return render(
        "team.pair.html.j2",
        scripts=(leaflet_script(), own_script("team.pair.js"), script),
        image_host=charts[0].image_host,
        labels=labels,
        notices=_notices(words, plans, labels),
        **_figures(view, duties),
        opened=[open_rows(words, shown, view.can) for shown in view.shown],
        maps=[Markup(each[0]) for each in parts],  # noqa: S704 - elements of our own making
        **page_values(view),
    )


def _figures(view: TeamView, duties: Sequence[Sequence[Sequence[int]]]) -> dict[str, Any]:
    """The figures over the whole horizon, and by day."""
    sums = [
        [totals(rows, shown, view.can, day) for day in (None, *range(len(view.can.days)))]
        for rows, shown in zip(duties, view.shown, strict=True)
    ]
    whole, *days = (figure_rows(view.words, left, right) for left, right in zip(*sums, strict=True))
    by_day = [
        {"day": view.words.short_day(day), "cells": [each["cells"] for each in rows]}
        for day, rows in zip(view.can.days, days, strict=True)
    ]
    return {"figures": whole, "day_figures": by_day}


def ordered(plan: Plan, beside: Plan) -> tuple[Plan, Plan]:
    """The two as (left, right): where one of them shares nothing that one is left, else in the order given."""
    return (beside, plan) if _apart(beside) and not _apart(plan) else (plan, beside)


def _apart(plan: Plan) -> bool:
    return plan.contract.visits == "own" and plan.contract.cover == "own"


def plan_labels(plans: tuple[Plan, Plan], language: Language) -> tuple[str, str]:
    """What the plans are called: by their contracts, with a number where these have one name."""
    left, right = (scenario_name(each.contract.name, language) for each in plans)
    return (left, right) if left != right else (f"{left} 1", f"{right} 2")


def _notices(words: Words, plans: tuple[Plan, Plan], labels: tuple[str, str]) -> list[str]:
    """What makes the two no fair pair."""
    notices = []
    if plans[0].contract == plans[1].contract:
        notices.append(words("map.pair.equal", name=scenario_name(plans[0].contract.name, words.language)))
    efforts = [_effort(words, each) for each in plans]
    if efforts[0] != efforts[1]:
        notices.append(words("map.pair.effort", left=f"{labels[0]}: {efforts[0]}", right=f"{labels[1]}: {efforts[1]}"))
    for plan, label in zip(plans, labels, strict=True):
        if plan.objective is not None and plan.objective.hard:
            notices.append(words("map.pair.hard", name=label, count=plan.objective.hard))
    return notices


def _effort(words: Words, plan: Plan) -> str:
    if plan.iterations is not None:
        return words("map.pair.iterations", count=plan.iterations)
    if plan.time_limit_s is not None:
        return words("map.pair.seconds", count=f"{plan.time_limit_s:g}")
    return words("map.pair.unknown")
