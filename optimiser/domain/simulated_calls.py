"""What became of unplanned calls when a plan was played many times: figures with intervals, for pages and json."""

from __future__ import annotations

from typing import Literal

from optimiser.domain.noun import Id, Noun
from optimiser.domain.response import DistrictResponse


class Estimate(Noun):
    """A figure with its 95 % interval; None where there is nothing to count, or only one round."""

    value: float | None
    low: float | None = None
    high: float | None = None


class SimulatedResponse(Noun):
    """Visits for calls of one group. Minutes run from the end of triage to the door and are of the visits that
    somebody made; ``within_norm`` and ``waited`` (nobody was free at once) are shares (0 to 1) of all visits asked."""

    visits_per_week: Estimate
    within_norm: Estimate
    mean_minutes: Estimate
    median_minutes: Estimate
    p90_minutes: Estimate
    mean_wait_minutes: Estimate
    """From the end of triage until somebody could leave."""
    waited: Estimate


class ResponseBar(Noun):
    """Visits with a response of ``from_minutes`` to below ``until_minutes`` (None: and more), as a share of those
    asked; those that nobody made are in no bar."""

    from_minutes: int
    until_minutes: int | None
    share: float


class LineLoad(Noun):
    """What a shift kind of a line does for calls. ``busy_percent``: way out, visits for calls and telephone, as a share
    of the hours on duty; ``planned_percent``: planned work."""

    line: int
    kind: Id
    duties_per_week: float
    busy_percent: Estimate
    planned_percent: Estimate
    visits_per_duty: Estimate
    """For calls."""


class RestWork(Noun):
    """Work by calls in standby from home, a week. Minutes: calls with less than the law's gap between them are one, of
    half an hour at least (ATW 5:9 lid 7). Night is 00:00 to 06:00."""

    minutes: Estimate
    night_minutes: Estimate
    disturbed_nights: Estimate
    """Share (0 to 1) of the standby duties that hold a night in which she is called."""
    long_days: Estimate
    """Times that a nurse works more than 13 hours in 24 (ATW 5:9 lid 4)."""
    short_rest: Estimate
    """Duties of work that begin less than 8 hours after the last call of the night before."""
    shortish_rest: Estimate
    """The same for 11 hours."""


class PlannedWork(Noun):
    """What calls do to planned visits, a week. ``assumed_percent``: kind -> how much of its duties was assumed to be
    planned work, where the plan has no routes; the counts are then of assumed pieces of work."""

    visits: Estimate
    moved: Estimate
    late: Estimate
    late_minutes: Estimate
    dropped: Estimate
    assumed_percent: dict[str, int] = {}


class SimulatedCalls(Noun):
    """A plan played ``rounds`` times from its first week to its last, each time with new calls.

    Rounds are independent and equally distributed: intervals are Student's over rounds as batches. ``counts`` are the
    totals of each round, by name; what two plays on one seed differ is worked out from them.
    """

    instance: Id
    fingerprint: str
    plan: str
    """``Plan.identity``."""
    contract: Id
    seed: int
    rounds: int
    weeks: int
    """Weeks that were played: rounds times the weeks of the plan."""
    stress: Literal["none", "two-calls", "ill", "snow"] = "none"
    norm_minutes: int
    target_percent: int
    total: SimulatedResponse
    organisations: dict[str, SimulatedResponse] = {}
    parts: dict[str, SimulatedResponse] = {}
    districts: tuple[DistrictResponse, ...] = ()
    stressed: SimulatedResponse | None = None
    """Under the stress of two calls: the pairs alone."""
    histogram: tuple[ResponseBar, ...] = ()
    outcomes: dict[Literal["calls", "phone", "first_line", "passed", "lost"], Estimate] = {}
    """Calls a week. A call that should be settled by telephone and that nobody takes is lost too."""
    phone_wait_minutes: Estimate
    """Until a central triage duty takes the telephone, of the calls that it takes."""
    at_once: tuple[float, ...] = ()
    """Share of the visits that find 0, 1, 2, ... other visits for calls under way or waiting at the same first line."""
    lines: tuple[LineLoad, ...] = ()
    rest: RestWork
    planned: PlannedWork
    counts: dict[str, tuple[float, ...]] = {}


class CallsDifference(Noun):
    """Figure -> first play less second, on the same calls, with the 95 % interval of the paired difference."""

    first: str
    second: str
    differences: dict[str, Estimate]
    organisations: dict[str, Estimate] = {}
    """Share within the norm."""
    parts: dict[str, Estimate] = {}
