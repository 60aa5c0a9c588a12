"""Hours and travel, planned beside realised, into the ledger. A duty counts whole in the week in which it starts."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan, Route
from optimiser.domain.realised import Realised, RealisedDuty, RealisedVisit
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.legs import route_legs
from optimiser.report.realised_ledger import Ledger, Side, who
from optimiser.report.realised_minutes import away_minutes, duty_minutes
from optimiser.report.realised_plan import CALL, RealisedCase, matched
from optimiser.report.realised_routes import stop_of

Sums = Counter[tuple[str, int]]
"""Nurse and week -> minutes."""
HOURS = ("duties", "work", "overtime", "undertime", "paid")
RECORDED = ("duties_lost", "duties_extra", "duties_unrecorded", "ill")
LEGS = ("legs", "travel")
MEASURED = ("legs_measured", "legs_faster", "visits_loose", "arrivals", "waiting")


def add_hours(ledger: Ledger, instance: Instance, plan: Plan, realised: Realised, case: RealisedCase) -> None:
    """Duties, work, overtime and paid time, by the nurse's own organisation."""
    ledger.know("planned", HOURS)
    planned = _work(ledger, "planned", instance, plan)
    _account(ledger, "planned", instance, planned, Counter())
    if realised.duties is None:
        return
    ledger.know("realised", (*HOURS, *RECORDED))
    ill = _rows(ledger, instance, plan, realised)
    worked = _work(ledger, "realised", case.instance, case.plan)
    _account(ledger, "realised", instance, worked, ill)


def week_of(instance: Instance, duty: Duty) -> int:
    """The week of the horizon in which a duty starts."""
    return instance.clock.day_number(duty.day) // 7


def _work(ledger: Ledger, side: Side, instance: Instance, plan: Plan) -> Sums:
    sums: Sums = Counter()
    for duty in plan.duties:
        week, minutes = week_of(instance, duty), duty_minutes(instance, duty)
        ledger.add("duties", side, week, **who(instance, duty.nurse))
        ledger.add("work", side, week, minutes, **who(instance, duty.nurse))
        sums[duty.nurse, week] += minutes
    return sums


def _account(ledger: Ledger, side: Side, instance: Instance, worked: Sums, ill: Sums) -> None:
    """Overtime and undertime against the net contract of each week, and paid time; illness counts as worked."""
    for nurse in instance.nurses:
        for week in range(instance.weeks):
            counted = worked[nurse.id, week] + ill[nurse.id, week]
            over = counted - instance.net_contract_minutes(nurse.id, week)
            ledger.add("overtime", side, week, max(0, over), **who(instance, nurse.id))
            ledger.add("undertime", side, week, max(0, -over), **who(instance, nurse.id))
            ledger.add("paid", side, week, counted + away_minutes(instance, nurse.id, week), **who(instance, nurse.id))


def _rows(ledger: Ledger, instance: Instance, plan: Plan, realised: Realised) -> Sums:
    """Planned duties lost or without a row, duties beyond the plan, and minutes lost to illness."""
    rows = matched(instance, plan, realised.duties or ())
    ill: Sums = Counter()
    for duty in plan.duties:
        week, row = week_of(instance, duty), rows.get(duty.id)
        if row is None:
            ledger.add("duties_unrecorded", "realised", week, **who(instance, duty.nurse))
            continue
        if not row.worked:
            ledger.add("duties_lost", "realised", week, **who(instance, duty.nurse))
        if row.reason == "ill":
            lost = max(0, duty_minutes(instance, duty) - _present(instance, row))
            ill[duty.nurse, week] += lost
            ledger.add("ill", "realised", week, lost, **who(instance, duty.nurse))
    taken = {id(row) for row in rows.values()}
    for row in realised.duties or ():
        if row.worked and row.reason != CALL and id(row) not in taken:
            ledger.add("duties_extra", "realised", row.day // 7, **who(instance, row.nurse))
    return ill


def _present(instance: Instance, row: RealisedDuty) -> int:
    """Minutes of a duty that was begun, less its break; 0 of one that was not."""
    if row.start is None or row.end is None:
        return 0
    kind = instance.kind_by_id[row.kind] if row.kind is not None else None
    pause = row.break_minutes if row.break_minutes is not None else kind.break_minutes if kind else 0
    return row.end - row.start - pause


def add_travel(
    ledger: Ledger, instance: Instance, travel: TravelMatrix, plan: Plan, realised: Realised, case: RealisedCase
) -> None:
    """Travel from client to client in the order of the visits, by the matrix, and as it was measured."""
    if plan.with_routes:
        ledger.know("planned", LEGS)
        for duty in plan.duties:
            for route in duty.routes:
                stops = tuple(stop for stop in route.stops if stop.what == "visit")
                minutes = _between(instance, travel, duty, Route(stops=stops))
                _add_legs(ledger, "planned", instance, duty, minutes)
    if realised.visits is None:
        return
    ledger.know("realised", (*LEGS, *MEASURED, "travel_measured"))
    ledger.know("planned", ("travel_measured",))
    for duty in case.plan.duties:
        visits = case.routes.get(duty.id, ())
        stops = tuple(map(stop_of, visits))
        minutes = _between(case.instance, travel, duty, Route(stops=stops))
        _add_legs(ledger, "realised", instance, duty, minutes)
        _measure(ledger, case.instance, duty, visits, minutes)
    for visit in case.loose:
        week = instance.clock.day_of(visit.start or 0) // 7
        ledger.add("visits_loose", "realised", week, **who(instance, visit.nurse or ""))


def _between(instance: Instance, travel: TravelMatrix, duty: Duty, route: Route) -> list[int]:
    """Minutes of the matrix between consecutive visits of a route."""
    return [leg.minutes for leg in route_legs(instance, travel, duty, route) if leg.kind == "between"]


def _add_legs(ledger: Ledger, side: Side, instance: Instance, duty: Duty, minutes: list[int]) -> None:
    ledger.add("legs", side, week_of(instance, duty), len(minutes), **who(instance, duty.nurse))
    ledger.add("travel", side, week_of(instance, duty), sum(minutes), **who(instance, duty.nurse))


def _measure(
    ledger: Ledger, instance: Instance, duty: Duty, visits: tuple[RealisedVisit, ...], minutes: list[int]
) -> None:
    """Gaps from the end of a visit to the arrival at the next one, where that was written down.

    The break comes off the gap of the duty with most room beyond the matrix, if it fits there: nobody wrote down when
    it was. A gap without an arrival (its waiting is not known) is not measured.
    """
    week = week_of(instance, duty)
    gaps = [
        (after.arrival if after.arrival is not None else after.start or 0) - (before.end or 0)
        for before, after in pairwise(visits)
    ]
    pause = instance.kind_by_id[duty.kind].break_minutes
    room = [gap - matrix for gap, matrix in zip(gaps, minutes, strict=True)]
    if pause and room and max(room) >= pause:
        gaps[room.index(max(room))] -= pause
    for after, gap, matrix in zip(visits[1:], gaps, minutes, strict=True):
        if gap < matrix:
            ledger.add("legs_faster", "realised", week, **who(instance, duty.nurse))
        if after.arrival is not None:
            ledger.add("legs_measured", "realised", week, **who(instance, duty.nurse))
            ledger.add("travel_measured", "planned", week, matrix, **who(instance, duty.nurse))
            ledger.add("travel_measured", "realised", week, max(0, gap), **who(instance, duty.nurse))
    for visit in visits:
        if visit.arrival is not None:
            ledger.add("arrivals", "realised", week, **who(instance, duty.nurse))
            ledger.add("waiting", "realised", week, (visit.start or 0) - visit.arrival, **who(instance, duty.nurse))
