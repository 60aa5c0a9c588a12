"""How fast visits for calls are under a plan, without chance: the nearest on duty goes, all are taken as free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.call_share import DAYS_OF, MILLI, day_class, visits_per_week
from optimiser.domain.calls import DayClass
from optimiser.domain.clock import HOUR
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.response import PARTS, DistrictResponse, Part, part_at
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.response_units import NOBODY, Answering, stretches

Numbers = NDArray[np.float64]
PERCENTILE = 0.9


@dataclass(frozen=True)
class Speed:
    """Visits for calls of some sources in some parts of the week.

    Mean and 90th percentile of the response (minutes) over the visits that somebody answers, None without any;
    ``within_norm`` and ``unanswered`` (nobody on duty) are shares of all visits, None without any.
    """

    visits_per_week: float
    mean_minutes: float | None
    p90_minutes: float | None
    within_norm: float | None
    unanswered: float | None

    @property
    def late_per_week(self) -> float:
        """Visits a week that are not within the norm, those that nobody answers among them."""
        return self.visits_per_week * (1 - self.within_norm) if self.within_norm is not None else 0.0


@dataclass(frozen=True)
class Response:
    """Visits in an average week of the horizon by part, call source and whole minutes of response.

    ``answered``: float [part, source, minutes]; ``missed``: float [part, source], while nobody is on duty.
    """

    instance: Instance
    answered: Numbers
    missed: Numbers

    def speed(self, sources: Iterable[int] | None = None, part: Part | None = None) -> Speed:
        """Of some sources (numbers; None: all) in one part of the week (None: all)."""
        parts = list(range(len(PARTS))) if part is None else [PARTS.index(part)]
        chosen = list(range(self.missed.shape[1])) if sources is None else list(sources)
        minutes = self.answered[np.ix_(parts, chosen)].sum(axis=(0, 1))
        missed = float(self.missed[np.ix_(parts, chosen)].sum())
        return _speed(minutes, missed, self.instance.response.norm_minutes)

    def of_organisation(self, organisation: str, part: Part | None = None) -> Speed:
        """Of the calls of one organisation's clients."""
        sources = self.instance.call_sources
        return self.speed([number for number, each in enumerate(sources) if each.organisation == organisation], part)

    def districts(self) -> tuple[DistrictResponse, ...]:
        """A row for each district (or place without one) and part of the week in which visits are expected."""
        places: dict[str, list[int]] = defaultdict(list)
        for number, source in enumerate(self.instance.call_sources):
            places[self.instance.place_by_id[source.place].district or source.place].append(number)
        rows = []
        for district, sources in sorted(places.items()):
            owners = {self.instance.call_sources[number].organisation for number in sources}
            for part in PARTS:
                speed = self.speed(sources, part)
                if speed.visits_per_week:
                    rows.append(_row(district, part, tuple(sorted(owners)), speed))
        return tuple(rows)


def _row(district: str, part: Part, owners: tuple[str, ...], speed: Speed) -> DistrictResponse:
    return DistrictResponse(
        district=district, part=part, organisations=owners, visits_per_week=speed.visits_per_week,
        mean_minutes=speed.mean_minutes, p90_minutes=speed.p90_minutes, within_norm=min(1.0, speed.within_norm or 0.0),
        unanswered=min(1.0, speed.unanswered or 0.0),
    )  # fmt: skip


def response(instance: Instance, travel: TravelMatrix, plan: Plan) -> Response | None:
    """The response of a plan under its contract; None for an instance without calls.

    Counted over ``domain.response.measured_minutes``. Who comes must have the skills of the call type when her duty
    starts; the back-up comes where nobody of line 1 on duty may.
    """
    if not instance.call_sources or not instance.call_types:
        return None
    answering = Answering(instance, plan.contract, travel)
    asked = _asked(instance, answering, plan, lambda low: part_at(instance, low))
    best = {units: answering.nearest(units) for _, units in asked}
    every, longest = np.arange(len(instance.call_sources)), max(int(each.max(initial=0)) for each in best.values())
    answered = np.zeros((len(PARTS), len(every), longest + 1))
    missed = np.zeros((len(PARTS), len(every)))
    for (part, units), visits in asked.items():
        minutes, row = best[units], PARTS.index(part)
        nobody = minutes == NOBODY
        np.add.at(answered[row], (every[~nobody], minutes[~nobody]), visits[~nobody])
        missed[row, nobody] += visits[nobody]
    return Response(instance, answered, missed)


def response_by_hour(instance: Instance, travel: TravelMatrix, plan: Plan) -> dict[tuple[DayClass, int], Speed]:
    """Class of day and hour of the clock -> the response to all calls that come then, where visits are expected; in
    order. Empty for an instance without calls."""
    if not instance.call_sources or not instance.call_types:
        return {}
    clock, answering = instance.clock, Answering(instance, plan.contract, travel)

    def hour_of(low: int) -> tuple[DayClass, int]:
        return day_class(clock, clock.day_of(low), instance.money), clock.clock_time(low) // HOUR

    asked = _asked(instance, answering, plan, hour_of, hourly=True)
    best = {units: answering.nearest(units) for _, units in asked}
    longest = max(int(each.max(initial=0)) for each in best.values())
    counted: dict[tuple[DayClass, int], Numbers] = defaultdict(lambda: np.zeros(longest + 2))
    for (hour, units), visits in asked.items():
        # visits that nobody answers stand at the end, where NOBODY points
        np.add.at(counted[hour], best[units], visits)
    order = sorted(counted, key=lambda each: (list(DAYS_OF).index(each[0]), each[1]))
    norm = instance.response.norm_minutes
    return {hour: _speed(counted[hour][:-1], float(counted[hour][-1]), norm) for hour in order if counted[hour].any()}


def _asked[Bucket](
    instance: Instance, answering: Answering, plan: Plan, bucket: Callable[[int], Bucket], hourly: bool = False
) -> dict[tuple[Bucket, frozenset[int]], Numbers]:
    """Bucket of the minute at which a stretch begins, and the units on duty -> visits by call source, in an average
    week."""
    types = [each.id for each in instance.call_types]
    shares: dict[tuple[Bucket, frozenset[int]], list[Fraction]] = defaultdict(lambda: [Fraction(0)] * len(types))
    for low, high, units in stretches(instance, answering.duties(plan), hourly):
        found = shares[bucket(low), units]
        for number, name in enumerate(types):
            found[number] += instance.call_rates.share(name, low, high)
    weight = np.array([float(visits_per_week(instance, each.id)) for each in instance.call_sources]) / instance.weeks
    kinds = np.array([types.index(each.type) for each in instance.call_sources])
    return {key: weight * np.array([float(each) for each in by_type])[kinds] for key, by_type in shares.items()}


def _speed(minutes: Numbers, missed: float, norm: int) -> Speed:
    """Of visits by whole minutes of response, and those that nobody answers."""
    came = float(minutes.sum())
    whole = came + missed
    if not whole:
        return Speed(0.0, None, None, None, None)
    mean = p90 = None
    if came:
        mean = float(minutes @ np.arange(len(minutes))) / came
        # a share that is 90 % but for the rounding of floats is 90 %
        p90 = float(np.searchsorted(np.cumsum(minutes), came * (PERCENTILE - 1e-12)))
    return Speed(whole, mean, p90, float(minutes[: norm + 1].sum()) / whole, missed / whole)


def calls_per_week(instance: Instance, organisation: str | None = None) -> float:
    """Calls in an average week of the horizon, those settled by telephone among them; of all or of one organisation."""
    low, high = instance.clock.midnight(0), instance.horizon_end
    return sum(
        each.weekly_millicalls / MILLI * float(instance.call_rates.share(each.type, low, high)) / instance.weeks
        for each in instance.call_sources
        if organisation in (None, each.organisation)
    )
