"""How much travel the visits of a week will take, before any route exists."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.instance import Instance
from optimiser.domain.travel_matrix import DayPart, TravelMatrix
from optimiser.domain.work import Visit

NEIGHBOURS = 3
"""A route rarely goes to the very nearest next client, because of windows, skills and hours, so the mean of a few
nearest ones of the same day and part of the day stands for a leg (docs/explanation/instances.md)."""
PARTS: tuple[DayPart, ...] = ("day", "evening", "night")
EVENING_FROM, NIGHT_FROM, DAY_FROM = 17 * 60, 23 * 60, 7 * 60


def part_of(instance: Instance, visit: Visit) -> DayPart:
    """Evening when the (first) window opens from 17:00, night from 23:00 until 07:00, else day."""
    opens = instance.clock.clock_time(visit.windows[0].start)
    if EVENING_FROM <= opens < NIGHT_FROM:
        return "evening"
    return "night" if opens >= NIGHT_FROM or opens < DAY_FROM else "day"


@dataclass(frozen=True)
class PartLoad:
    """Work at clients in one part of the day, all days together, in minutes and visit parts.

    A visit for two nurses counts twice; ``travel`` is the estimate, home legs left out.
    """

    part: DayPart
    visits: int
    parts: int
    minutes: int
    travel: int

    @property
    def travel_each(self) -> float:
        """Estimated minutes of travel for one visit of one nurse."""
        return self.travel / self.parts if self.parts else 0.0


def part_loads(instance: Instance, travel: TravelMatrix) -> tuple[PartLoad, ...]:
    """The three parts of the day. A free-day visit is set on the middle one of its days."""
    groups: dict[tuple[DayPart, int], list[Visit]] = {}
    for visit in instance.visits:
        day = visit.windows[len(visit.windows) // 2].day
        groups.setdefault((part_of(instance, visit), day), []).append(visit)
    loads = []
    for part in PARTS:
        chosen = [visits for (each, _), visits in groups.items() if each == part]
        minutes = _mixed_minutes(instance, travel, part)
        loads.append(
            PartLoad(
                part,
                sum(len(visits) for visits in chosen),
                sum(visit.nurses for visits in chosen for visit in visits),
                sum(visit.minutes * visit.nurses for visits in chosen for visit in visits),
                round(sum(_group_travel(instance, travel, minutes, visits) for visits in chosen)),
            )
        )
    return tuple(loads)


def _mixed_minutes(instance: Instance, travel: TravelMatrix, part: DayPart) -> NDArray[np.float64]:
    """Minutes between places by the mix of modes: each mode weighs as the contract minutes of who use it."""
    weights: dict[str, int] = {}
    for nurse in instance.nurses:
        if nurse.experience != "student" and (nurse.mode, part) in travel.minutes:
            weights[nurse.mode] = weights.get(nurse.mode, 0) + nurse.contract_minutes
    if not weights or not sum(weights.values()):
        return next(iter(travel.minutes.values())).astype(np.float64)
    total = np.zeros((len(travel.places), len(travel.places)))
    for (mode, slice_part), table in travel.minutes.items():
        if slice_part == part and mode in weights:
            total += weights[mode] * table
    return total / sum(weights.values())


def _group_travel(instance: Instance, travel: TravelMatrix, minutes: NDArray[np.float64], visits: list[Visit]) -> float:
    """For each visit the mean of its nearest others of the same day and part; one visit alone has none."""
    if len(visits) < 2:
        return 0.0
    index = travel.index()
    places = np.array([index[instance.client_by_id[visit.client].place] for visit in visits])
    table = minutes[np.ix_(places, places)].copy()
    np.fill_diagonal(table, np.inf)
    nearest = np.sort(table, axis=1)[:, : min(NEIGHBOURS, len(visits) - 1)].mean(axis=1)
    return float((nearest * np.array([visit.nurses for visit in visits])).sum())
