"""Figures of unplanned calls: how many, how soon somebody comes, and how many come too late."""

from __future__ import annotations

from optimiser.domain.figure import Values
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.response import Response, Speed, calls_per_week, response

CALL_FIGURES = (
    "calls_per_week", "call_visits_per_week", "late_call_visits_per_week", "calls_in_norm_percent",
    "call_response_minutes", "call_response_p90_minutes",
)  # fmt: skip
"""None for an instance without calls; a mean, percentile or share of no visits is None too."""


def call_figures(instance: Instance, travel: TravelMatrix, plan: Plan) -> tuple[Values, dict[str, Values]]:
    """The figures of all, and by organisation as the owner of the clients who call."""
    found = response(instance, travel, plan)
    owners = [each.id for each in instance.organisations]
    if found is None:
        return _none(), {owner: _none() for owner in owners}
    return _values(found.speed(), calls_per_week(instance)), {owner: _of(found, owner) for owner in owners}


def _none() -> Values:
    return dict.fromkeys(CALL_FIGURES)


def _of(found: Response, organisation: str) -> Values:
    return _values(found.of_organisation(organisation), calls_per_week(found.instance, organisation))


def _values(speed: Speed, calls: float) -> Values:
    return {
        "calls_per_week": round(calls, 2),
        "call_visits_per_week": round(speed.visits_per_week, 2),
        "late_call_visits_per_week": round(speed.late_per_week, 2),
        "calls_in_norm_percent": None if speed.within_norm is None else round(100 * speed.within_norm, 1),
        "call_response_minutes": None if speed.mean_minutes is None else round(speed.mean_minutes, 2),
        "call_response_p90_minutes": speed.p90_minutes,
    }
