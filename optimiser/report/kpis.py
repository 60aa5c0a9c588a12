"""The figures of a plan: ``summary`` for ``summary.json`` and ``duty_time``, the account of one duty.

The account of the paid minutes of a duty adds up: ``paid = visits + travel + nonclient + waiting``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from optimiser.check.report import CheckReport
from optimiser.domain.duty_work import work_blocks
from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Duty, Plan, Stop
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.faces import faces
from optimiser.report.figures_calls import call_figures
from optimiser.report.incumbents import incumbents
from optimiser.report.legs import route_legs
from optimiser.report.money import money
from optimiser.report.money_time import with_paid_calls


@dataclass(frozen=True)
class DutyTime:
    """Where the minutes of one duty go.

    - ``paid``: work minutes: the segments less the break; of standby from home the planned turn-outs (also where the
      instance reads these as calls: they are paid either way).
    - ``visits``: minutes at clients, reporting included, each nurse of a two-nurse visit for herself.
    - ``travel``: legs within the paid minutes, with the part of home legs that is duty time.
    - ``nonclient``: handover and in-route tasks; of a student's duty everything, since it is learning time.
    - ``waiting``: the rest: paid minutes before, between and after the stops, kept slack included.
    - ``legs`` and ``leg_metres``: all legs between stops, also those between two turn-outs of standby from home.
    - ``home_legs``: both home legs of each segment in full, paid or not.
    - ``largest_gap``: most idle minutes between two stops after travel and break; 0 in standby from home.
    """

    paid: int = 0
    visits: int = 0
    travel: int = 0
    nonclient: int = 0
    waiting: int = 0
    legs: int = 0
    leg_metres: int = 0
    home_legs: int = 0
    largest_gap: int = 0

    def __add__(self, other: DutyTime) -> DutyTime:
        """Both accounts in one; the largest gap is the larger one."""
        return DutyTime(
            self.paid + other.paid, self.visits + other.visits, self.travel + other.travel,
            self.nonclient + other.nonclient, self.waiting + other.waiting, self.legs + other.legs,
            self.leg_metres + other.leg_metres, self.home_legs + other.home_legs,
            max(self.largest_gap, other.largest_gap),
        )  # fmt: skip


def duty_time(instance: Instance, travel: TravelMatrix, duty: Duty) -> DutyTime:
    """The account of one duty."""
    kind = instance.kind_by_id[duty.kind]
    paid = sum(block.minutes for block in work_blocks(with_paid_calls(instance), duty))
    if duty.follows is not None:
        return DutyTime(paid=paid, nonclient=paid)
    stops = duty.stops
    visits = sum(each.end - each.start for each in stops if each.what == "visit")
    tasks = sum(each.end - each.start for each in stops if each.what == "task")
    handover = instance.settings.handover_minutes if kind.lane == "work" else 0
    legs = [leg for route in duty.routes for leg in route_legs(instance, travel, duty, route)]
    between = [leg for leg in legs if leg.kind == "between"]
    gaps = _gaps(instance, travel, duty)
    at_home = kind.lane == "standby" and not kind.at_workplace
    if at_home:
        limit = instance.rules.call_gap.value
        inside = sum(gap.travel for gap in gaps if gap.span <= limit)
    else:
        inside = sum(leg.inside for leg in legs)
    return DutyTime(
        paid=paid,
        visits=visits,
        travel=inside,
        nonclient=handover + tasks,
        waiting=paid - visits - inside - handover - tasks,
        legs=sum(leg.minutes for leg in between),
        leg_metres=sum(leg.metres for leg in between),
        home_legs=sum(leg.minutes for leg in legs if leg.kind != "between"),
        largest_gap=0 if at_home else max((gap.idle for gap in gaps), default=0),
    )


@dataclass(frozen=True)
class _Gap:
    """From the end of a stop to the start of the next: ``span`` = travel + break inside it + idle."""

    span: int
    travel: int
    idle: int


def _gaps(instance: Instance, travel: TravelMatrix, duty: Duty) -> list[_Gap]:
    gaps: list[_Gap] = []
    for route in duty.routes:
        legs = route_legs(instance, travel, duty, route)[1:]
        stops = [stop for stop in route.stops if stop.what != BREAK]
        for (before, after), leg in zip(pairwise(stops), legs, strict=False):
            span = after.start - before.end
            gaps.append(_Gap(span, leg.minutes, span - leg.minutes - _break_between(route.stops, before, after)))
    return gaps


def _break_between(stops: Iterable[Stop], before: Stop, after: Stop) -> int:
    return sum(
        each.end - each.start
        for each in stops
        if each.what == BREAK and before.end <= each.start and each.end <= after.start
    )


def outside_tasks(instance: Instance, nurse: str | None = None) -> int:
    """Paid minutes of tasks outside routes within the horizon, of one nurse or (None) of all."""
    last = instance.clock.date_of(instance.days - 1)
    return sum(
        each.minutes
        for each in instance.tasks
        if not each.in_route
        and each.paid
        and each.nurse is not None
        and (nurse is None or each.nurse == nurse)
        and instance.first_monday <= each.day <= last
    )


def served(plan: Plan) -> dict[str, set[int]]:
    """Work id -> the parts of it that some duty of the plan does."""
    parts: dict[str, set[int]] = {}
    for duty in plan.duties:
        for stop in duty.stops:
            if stop.what != BREAK:
                parts.setdefault(stop.id, set()).add(stop.part)
    return parts


def unserved_visits(instance: Instance, plan: Plan) -> tuple[str, ...]:
    """Ids of the visits that are not fully served, in the instance's order."""
    parts = served(plan)
    return tuple(each.id for each in instance.visits if len(parts.get(each.id, ())) < each.nurses)


def summary(instance: Instance, travel: TravelMatrix, plan: Plan, report: CheckReport) -> dict[str, Any]:
    """The figures of ``summary.json``.

    Counts: ``visits`` in the instance, ``unserved_visits`` of them, ``unserved_critical`` (critical or time-critical)
    among those; ``uncovered_shifts``: duties short of the minimum over all cover rows and days; ``nurses`` of the
    instance; ``duties`` in both lanes; ``hard_violations`` without inherited ones.

    Sums: ``travel_minutes`` and ``travel_km`` between stops; ``home_leg_minutes`` from and to home, paid or not;
    ``paid_hours`` = work of duties + paid tasks outside routes; ``nonclient_hours`` = handover + all paid tasks +
    students' duties; ``visit_hours`` and ``waiting_hours`` as in ``DutyTime``. Hours have two decimals;
    ``largest_gap_min`` is in minutes. ``employer_cost_eur`` and that by hour at clients are estimates: see
    docs/rules/money.md. ``faces_mean`` and ``faces_most_14_days``: different nurses of a client (``report/faces.py``);
    ``incumbents``: the log of the run.

    With calls also those of ``figures_calls``. A roster without routes (``plan.with_routes`` is False) has None where
    only routes could tell.
    """
    total = DutyTime()
    for duty in plan.duties:
        total = total + duty_time(instance, travel, duty)
    outside = outside_tasks(instance)
    cost = money(instance, travel, plan).total.cents["employer_cost"]
    faces_mean, faces_most = faces(instance, plan)
    counts = dict(report.counts)
    figures: dict[str, Any] = {
        "instance": instance.name,
        "scenario": plan.contract.name,
        "seed": plan.seed,
        "time_limit_s": plan.time_limit_s,
        "cpu_s": round(plan.cpu_s, 1),
        "visits": len(instance.visits),
        "unserved_visits": len(unserved_visits(instance, plan)),
        "unserved_critical": counts.get("unserved_critical", 0),
        "uncovered_shifts": counts.get("uncovered_minimum", 0),
        "nurses": len(instance.nurses),
        "duties": len(plan.duties),
        "travel_minutes": total.legs,
        "home_leg_minutes": total.home_legs,
        "travel_km": round(total.leg_metres / 1000, 1),
        "visit_hours": hours(total.visits),
        "waiting_hours": hours(total.waiting),
        "nonclient_hours": hours(total.nonclient + outside),
        "paid_hours": hours(total.paid + outside),
        "largest_gap_min": total.largest_gap,
        "faces_mean": faces_mean,
        "faces_most_14_days": faces_most,
        "employer_cost_eur": cost / 100,
        "cost_per_client_hour_eur": round(cost * 60 / total.visits / 100, 2) if total.visits else None,
        "objective": report.objective.model_dump(),
        "objective_scalar": report.objective.scalar,
        "objective_terms": counts,
        "lower_bound": plan.lower_bound,
        "hard_violations": len(report.violations),
        "incumbents": incumbents(plan),
    }
    if instance.call_sources:
        figures |= call_figures(instance, travel, plan)[0]
    return figures if plan.with_routes else figures | dict.fromkeys(ROUTE_FIGURES)


ROUTE_FIGURES = (
    "unserved_visits", "unserved_critical", "travel_minutes", "home_leg_minutes", "travel_km", "visit_hours",
    "waiting_hours", "nonclient_hours", "largest_gap_min", "faces_mean", "faces_most_14_days",
    "cost_per_client_hour_eur",
)  # fmt: skip
"""The figures that a roster without routes cannot have."""


def hours(minutes: int) -> float:
    """Minutes as hours with two decimals."""
    return round(minutes / 60, 2)
