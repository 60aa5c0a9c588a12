"""Free capacity for each skill, area and day as a traffic light, from the idle time in the routes of a plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np

from optimiser.check.legs import ends_and_mode
from optimiser.daily.capacity_areas import areas_of
from optimiser.daily.capacity_room import Minutes, Ways, visits_that_fit, ways_of
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.travel_matrix import day_part_of
from optimiser.explain.present import Present
from optimiser.explain.road import roads_of
from optimiser.report.capacity_light import CapacityCell, CapacityLight, light_of
from optimiser.scenario.may_serve import SkillTable
from optimiser.scenario.shared import visit_circles
from optimiser.travel.engine import travel_matrix


@dataclass(frozen=True)
class CapacitySettings:
    """``minutes`` of the visit that is counted, reporting included; ``green`` visits or more are green; areas with
    fewer than ``least_clients`` clients are not shown by themselves."""

    minutes: int = 30
    green: int = 4
    least_clients: int = 5


def capacity_light(
    instance: Instance, plan: Plan, at: int, days: int = 7, settings: CapacitySettings | None = None
) -> CapacityLight:
    """The lights of ``days`` days from horizon minute ``at`` on, as far as the roster goes.

    ``instance``: the tables with the events of the plan in them. Counted are whole visits that fit into idle time of
    routes in work duties of experienced nurses with the skill, valid that day, and the level of the acts that ask it,
    by the median travel to the clients of the area. Where the sharing contract limits which visits are shared, the
    best single organisation counts, else the best group of it.
    """
    settings = settings or CapacitySettings()
    areas = areas_of(instance, settings.least_clients)
    names = tuple(sorted(areas.places, key=lambda name: (name == "rest", name.split(":")[-1], name)))
    first = max(0, instance.clock.day_of(at))
    shown = [day for day in range(first, first + days) if day < instance.days]
    skills = skills_of(instance)
    counts = _counts(instance, plan, at, [areas.places[name] for name in names], skills, settings.minutes)
    dates = tuple(instance.clock.date_of(day) for day in shown)
    cells = tuple(
        CapacityCell(skill, name, day, visits, light_of(visits, settings.green))
        for skill in skills for number, name in enumerate(names) for day in dates
        for visits in (int(counts[skill, day][number]) if (skill, day) in counts else 0,)
    )  # fmt: skip
    return CapacityLight(dates, days, names, tuple(skills), cells, settings.minutes, settings.green,
                         settings.least_clients, areas.merged, areas.hidden)  # fmt: skip


def skills_of(instance: Instance) -> dict[str, int]:
    """Each skill that an act asks, and none, with the lowest level of an act that does."""
    found: dict[str, int] = {}
    for act in instance.acts:
        for skill in act.skills or ("",):
            found[skill] = min(found.get(skill, act.level), act.level)
    return {skill: found[skill] for skill in sorted(found)}


def _counts(
    instance: Instance, plan: Plan, at: int, areas: list[tuple[str, ...]], skills: dict[str, int], minutes: int
) -> dict[tuple[str, date], Minutes]:
    """(skill, day) -> visits for each area."""
    travel = travel_matrix(instance)
    present = Present(instance, plan.contract, travel, plan)
    if not areas:
        return {}
    rows = [[present.case.place_index[place] for place in places] for places in areas]
    ways: dict[tuple[str, str], Ways] = {}
    held, circles = SkillTable(instance), visit_circles(instance, plan.contract)
    sums: dict[tuple[str, date, str], Minutes] = defaultdict(lambda: np.zeros(len(areas), dtype=np.int64))
    for duty in present.case.duties:
        nurse = instance.nurse_by_id[duty.nurse]
        if duty.lane != "work" or duty.end <= at or nurse.experience != "experienced":
            continue
        mine = [skill for skill, level in skills.items()
                if nurse.level >= level and (not skill or held.holds(nurse.id, (skill,), duty.day))]  # fmt: skip
        free = _free(present, duty, ways, rows, minutes, at)
        owner = circles[nurse.organisation]
        for skill in mine:
            for day, visits in free.items():
                sums[skill, day, owner] += visits
    best: dict[tuple[str, date], Minutes] = {}
    for (skill, day, _), visits in sums.items():
        best[skill, day] = np.maximum(best.get((skill, day), visits), visits)
    return best


def _free(
    present: Present, duty: Duty, ways: dict[tuple[str, str], Ways], rows: list[list[int]], minutes: int, at: int
) -> dict[date, Minutes]:
    """Date (that of the duty) -> visits that fit into it, by area."""
    found: dict[date, Minutes] = {}
    kind = present.instance.kind_by_id[duty.kind]
    for road in roads_of(present, duty):
        mode = ends_and_mode(present.case, duty)[2]
        key = (mode, present.travel.part(day_part_of(kind.category), duty.day, duty.nurse))
        if key not in ways:
            ways[key] = ways_of(road.minutes, rows)
        visits = visits_that_fit(road, ways[key], minutes, at)
        found[duty.day] = found[duty.day] + visits if duty.day in found else visits
    return found
