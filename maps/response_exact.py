"""Figures of everyone and of each organisation, which the figures of districts alone could only tell about."""

from __future__ import annotations

from collections.abc import Mapping

from maps.response_data import ALL, PARTS, Told
from optimiser.domain.response import Part
from optimiser.domain.simulated_calls import SimulatedCalls, SimulatedResponse
from optimiser.report.response import Response, Speed

Exact = Mapping[tuple[str, str], Told]
"""(organisation, or empty for all; part, or ``all``) -> figures; what is not known or has no visits is not in it."""


def exact_of(found: Response | SimulatedCalls) -> Exact:
    """What a plan's response, computed or simulated, says besides its districts; simulated figures have intervals, and
    organisations are then told over all parts of the week together."""
    if isinstance(found, SimulatedCalls):
        simulated = {("", ALL): found.total} | {("", part): each for part, each in found.parts.items()}
        simulated |= {(owner, ALL): each for owner, each in found.organisations.items()}
        return {key: told for key, each in simulated.items() if (told := _simulated(each)) is not None}
    chosen: dict[str, Part | None] = {ALL: None} | {part: part for part in PARTS}
    owners = [each.id for each in found.instance.organisations]
    computed = {("", name): found.speed(None, part) for name, part in chosen.items()} | {
        (owner, name): found.of_organisation(owner, part) for owner in owners for name, part in chosen.items()
    }
    return {key: told for key, each in computed.items() if (told := _computed(each)) is not None}


def _computed(speed: Speed) -> Told | None:
    if not speed.visits_per_week:
        return None
    return Told(
        speed.visits_per_week, speed.within_norm, speed.mean_minutes, speed.p90_minutes, speed.unanswered or 0.0
    )


def _simulated(row: SimulatedResponse) -> Told | None:
    if not row.visits_per_week.value:
        return None
    share = row.within_norm
    return Told(
        row.visits_per_week.value, share.value, row.mean_minutes.value, row.p90_minutes.value, None, share.low,
        share.high,
    )  # fmt: skip
