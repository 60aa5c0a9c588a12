"""Colleagues of other organisations in a plan as one organisation sees it: an id, and the times at own clients.

A page needs a nurse with a home and duties with a kind. So a colleague lives "elsewhere", a place without any distance,
and each of her stops is a duty of its own: what lies between them, and the way there, is not to be seen.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.people import Category, Nurse
from optimiser.domain.place import Place
from optimiser.domain.plan import Duty, Plan, Route
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.for_organisation_shared import Shared
from optimiser.texts import Language, text

ELSEWHERE = "elsewhere"
KIND = "colleague."
CODE = "↔"
NOT_TOLD = date(1980, 1, 1)
"""Stands where a date of birth is needed and not told."""
DECIMALS = 1
"""Of a degree: the place that stands for elsewhere is no place of anyone."""


def guest_duties(instance: Instance, plan: Plan, shared: Shared) -> tuple[tuple[Duty, ...], set[str]]:
    """The duties of colleagues that are seen, and the categories of kinds that their single stops need."""
    found: list[Duty] = []
    categories: set[str] = set()
    for duty in plan.duties:
        if duty.nurse in shared.nurses:
            continue
        if duty.id in shared.followed:
            found.append(duty)
            continue
        if duty.id in shared.on_call:
            found.append(duty.model_copy(update={"routes": (), "area": "", "role": ""}))
        stops = [stop for stop in duty.stops if shared.shows(stop)]
        category = instance.kind_by_id[duty.kind].category
        categories |= {category} if stops else set()
        for number, stop in enumerate(stops, start=1):
            route = Route(stops=(stop.model_copy(update={"arrival": stop.start}),))
            found.append(
                Duty(id=f"{duty.id}/{number}", nurse=duty.nurse, kind=f"{KIND}{category}", day=duty.day,
                     lane="standby", start=stop.start, end=stop.end, organisation=duty.organisation, routes=(route,))
            )  # fmt: skip
    return tuple(found), categories


def guest_kinds(categories: Collection[str], language: Language) -> tuple[ShiftKind, ...]:
    """Kinds for single stops. On call, since then the stop is all the work that is counted."""
    name = text("privacy.guest_kind", language)
    order: tuple[Category, ...] = ("day", "mid", "evening", "night", "split")
    return tuple(
        ShiftKind(id=f"{KIND}{each}", code=CODE, name=name, lane="standby", category=each, start=0, end=1440)
        for each in order
        if each in categories
    )


def guest_nurses(
    instance: Instance, travel: TravelMatrix, shared: Shared
) -> tuple[tuple[Nurse, ...], tuple[Place, ...]]:
    """The colleagues with nothing but id and organisation, and the place where they live; none without colleagues."""
    if not shared.guests:
        return (), ()
    taken = {*instance.place_by_id, *travel.places}
    name = next(each for number in range(len(taken) + 1) if (each := ELSEWHERE + "x" * number) not in taken)
    mode = min(mode for mode, _ in travel.minutes) if travel.minutes else "car"
    nurses = tuple(
        Nurse(id=each.id, organisation=each.organisation, home=name, mode=mode, contract_minutes=0, born=NOT_TOLD)
        for each in instance.nurses
        if each.id in shared.guests
    )
    points = [instance.place_by_id[each.place] for each in instance.clients if each.id in shared.clients]
    latitude = sum(each.latitude for each in points) / len(points) if points else 52.1
    longitude = sum(each.longitude for each in points) / len(points) if points else 5.3
    place = Place(id=name, kind="other", latitude=round(latitude, DECIMALS), longitude=round(longitude, DECIMALS))
    return nurses, (place,)


def with_elsewhere(travel: TravelMatrix, seen: Instance, place: tuple[Place, ...]) -> TravelMatrix:
    """The ways between the places of ``seen``; from and to elsewhere there is none."""
    kept = [number for number, each in enumerate(travel.places) if each in seen.place_by_id]

    def cut(table: NDArray[np.int32]) -> NDArray[np.int32]:
        return np.pad(table[np.ix_(kept, kept)], (0, len(place)))

    own = {each.id for each in seen.nurses}
    slow = {
        day: each.model_copy(update={"under_way": tuple(nurse for nurse in each.under_way if nurse in own)})
        for day, each in travel.slow.items()
    }
    return replace(
        travel, places=(*(travel.places[each] for each in kept), *(each.id for each in place)),
        minutes={part: cut(table) for part, table in travel.minutes.items()},
        metres={part: cut(table) for part, table in travel.metres.items()}, slow=slow,
    )  # fmt: skip
