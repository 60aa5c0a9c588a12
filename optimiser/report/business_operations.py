"""How the work of a plan is run, as an insurer asks: shifts, who drives at night, cars in use at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.report.legs import journey_ends


@dataclass(frozen=True)
class Operations:
    """One plan in numbers a week.

    - ``shifts``: (category, lane) -> duties a week, students left out.
    - ``night_parties``: organisation -> nights a week on which it has a duty of category night in either lane;
      ``parties_a_night`` the mean number of organisations that drive on one night.
    - ``cars``: the most duties by car at one moment, standby from home included since its car must stand ready.
      ``cars_at`` is the horizon minute at which that begins; None without cars.
    - ``lent_hours``: a week at clients of another organisation.
    - ``call_minutes``: a week, work by unplanned calls to be expected in standby duties, as the shift kinds say.
    """

    shifts: dict[tuple[str, str], float]
    night_parties: dict[str, float]
    parties_a_night: float
    cars: int
    cars_at: int | None
    lent_hours: float
    call_minutes: float


def operations(instance: Instance, plan: Plan) -> Operations:
    """The numbers of a plan."""
    duties = [duty for duty in plan.duties if duty.follows is None]
    shifts = Counter((instance.kind_by_id[duty.kind].category, duty.lane) for duty in duties)
    nights: dict[object, set[str]] = defaultdict(set)
    for duty in duties:
        if instance.kind_by_id[duty.kind].category == "night":
            nights[duty.day].add(instance.nurse_by_id[duty.nurse].organisation)
    cars, at = _cars(instance, duties)
    weeks = instance.weeks
    return Operations(
        shifts={key: number / weeks for key, number in sorted(shifts.items())},
        night_parties={
            each.id: sum(each.id in parties for parties in nights.values()) / weeks for each in instance.organisations
        },
        parties_a_night=sum(len(parties) for parties in nights.values()) / instance.days,
        cars=cars,
        cars_at=at,
        lent_hours=_lent_minutes(instance, duties) / 60 / weeks,
        call_minutes=sum(instance.kind_by_id[duty.kind].expected_call_minutes for duty in duties) / weeks,
    )


def _cars(instance: Instance, duties: list[Duty]) -> tuple[int, int | None]:
    """The most duties by car at one moment, and the first such moment; one that ends leaves its car to the next."""
    turns: list[tuple[int, int]] = []
    for duty in duties:
        kind = instance.kind_by_id[duty.kind]
        if kind.carries_route and journey_ends(instance, duty.nurse, duty.day).mode == "car":
            turns += [(duty.start, 1), (duty.end, -1)]
    now, most, at = 0, 0, None
    for minute, step in sorted(turns):
        now += step
        if now > most:
            most, at = now, minute
    return most, at


def _lent_minutes(instance: Instance, duties: list[Duty]) -> int:
    total = 0
    for duty in duties:
        own = instance.nurse_by_id[duty.nurse].organisation
        for stop in duty.stops:
            if stop.what == "visit":
                client = instance.client_by_id[instance.visit_by_id[stop.id].client]
                total += (stop.end - stop.start) * (client.organisation != own)
    return total
