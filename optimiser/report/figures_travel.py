"""What is counted along the routes: legs, home legs, kilometres by car, visits made and hours for others."""

from __future__ import annotations

from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Duty, Plan, Route
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.figures_tally import Tally
from optimiser.report.legs import Leg, journey_ends, route_legs


def count_routes(tally: Tally, instance: Instance, travel: TravelMatrix, plan: Plan) -> None:
    """Add the legs and visits of every route.

    ``travel`` and ``travel_metres``: between stops; in a district those of the leg that leads to a client there.
    ``home``, ``home_paid``: home legs, and the minutes of them inside the duty (standby from home has none), with
    ``home_metres`` and ``home_paid_metres`` in proportion. ``car_metres``: all legs by car. ``made`` and ``visit``:
    parts of visits and their minutes, in a district those of its clients. ``given`` and ``received``: minutes of those
    at clients of another organisation than the nurse's employer. ``student_places``: work duties with a visit of an
    experienced nurse.
    """
    for duty in plan.duties:
        for route in duty.routes:
            _legs(tally, instance, travel, duty, route)
        visits = [each for each in duty.stops if each.what == "visit"]
        for stop in visits:
            _visit(tally, duty, instance.visit_by_id[stop.id].client, stop.end - stop.start)
        experienced = instance.nurse_by_id[duty.nurse].experience == "experienced"
        if visits and experienced and duty.lane == "work":
            tally.of_nurse(duty.nurse, "student_places", 1)


def _legs(tally: Tally, instance: Instance, travel: TravelMatrix, duty: Duty, route: Route) -> None:
    legs = route_legs(instance, travel, duty, route)
    by_car = journey_ends(instance, duty.nurse, duty.day).mode == "car"
    kind = instance.kind_by_id[duty.kind]
    at_home = kind.lane == "standby" and not kind.at_workplace
    for leg in legs:
        if by_car:
            tally.of_nurse(duty.nurse, "car_metres", leg.metres)
        if leg.kind == "between":
            tally.of_nurse(duty.nurse, "travel", leg.minutes)
            tally.of_nurse(duty.nurse, "travel_metres", leg.metres)
        else:
            _home_leg(tally, duty.nurse, leg, 0 if at_home else leg.inside)
    stops = [each for each in route.stops if each.what != BREAK]
    for stop, leg in zip(stops[1:], legs[1:], strict=False):
        if stop.what == "visit":
            client = instance.visit_by_id[stop.id].client
            tally.in_district(client, "travel", leg.minutes)
            tally.in_district(client, "travel_metres", leg.metres)


def _home_leg(tally: Tally, nurse: str, leg: Leg, paid: int) -> None:
    paid_metres = leg.metres * paid // leg.minutes if leg.minutes else 0
    tally.of_nurse(nurse, "home", leg.minutes)
    tally.of_nurse(nurse, "home_paid", paid)
    tally.of_nurse(nurse, "home_unpaid", leg.minutes - paid)
    tally.of_nurse(nurse, "home_metres", leg.metres)
    tally.of_nurse(nurse, "home_paid_metres", paid_metres)
    tally.of_nurse(nurse, "home_unpaid_metres", leg.metres - paid_metres)


def _visit(tally: Tally, duty: Duty, client: str, minutes: int) -> None:
    tally.of_nurse(duty.nurse, "made", 1)
    tally.of_nurse(duty.nurse, "visit", minutes)
    tally.in_district(client, "made", 1)
    tally.in_district(client, "visit", minutes)
    nurses, clients = tally.instance.nurse_by_id, tally.instance.client_by_id
    if nurses[duty.nurse].organisation != clients[client].organisation:
        tally.of_nurse(duty.nurse, "given", minutes)
        tally.of_client(client, "received", minutes)
