"""Work by calls in standby from home: how much, at night, and what is left of the rest."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, fields

import numpy as np

from optimiser.domain.clock import DAY, HOUR
from optimiser.domain.duty_work import work_blocks
from optimiser.domain.simulated_calls import RestWork
from optimiser.simulate.calls_arrivals import Counts, Numbers
from optimiser.simulate.calls_intervals import mean_of, share
from optimiser.simulate.calls_nurse import OnDuty
from optimiser.simulate.calls_play import Played
from optimiser.simulate.calls_units import Prepared

NIGHT = 0, 6 * HOUR
MOST, SHORTEST = 13 * HOUR, 30
"""ATW 5:9 lid 4: work in 24 hours; lid 7: a call counts for half an hour at least."""
Span = tuple[float, float]


@dataclass
class RestCounts:
    """Of one round."""

    minutes: float = 0.0
    night_minutes: float = 0.0
    nights: int = 0
    disturbed: int = 0
    long_days: int = 0
    short_rest: int = 0
    shortish_rest: int = 0


class _Calendar:
    """Planned work of each nurse, and the nights of the horizon."""

    def __init__(self, prepared: Prepared) -> None:
        case = prepared.case
        self.gap, self.rests = case.rules.call_gap.value, prepared.settings.rest_minutes
        clock = case.clock
        self.nights = [(clock.at(day, NIGHT[0]), clock.at(day, NIGHT[1])) for day in range(-1, case.instance.days + 2)]
        self.work: dict[str, list[Span]] = defaultdict(list)
        self.starts: dict[str, list[int]] = defaultdict(list)
        for duty in case.duties:
            blocks = work_blocks(case.instance, duty)
            self.work[duty.nurse] += [(block.start, block.end) for block in blocks]
            if case.kind_of(duty).lane == "work":
                self.starts[duty.nurse].append(duty.start)
        self.standby_nights = frozenset(
            unit.number for unit in prepared.units if unit.standby and self.at_night((unit.start, unit.end))
        )

    def at_night(self, span: Span) -> float:
        """Minutes of a span between midnight and six."""
        total, (start, end) = 0.0, span
        for low, high in self.nights[max(0, int(start // DAY)) : int(end // DAY) + 3]:  # that of day d is number d + 1
            if start < high and low < end:
                total += min(end, high) - max(start, low)
        return total


def rest_work(played: Played, weeks: int) -> RestWork:
    """The figures over all rounds; ``weeks`` are those of the plan."""
    calendar = _Calendar(played.prepared)
    counted = [
        _count(calendar, states, len(calendar.standby_nights - away))
        for states, away in zip(played.states, played.away, strict=True)
    ]  # fmt: skip
    table: dict[str, Numbers | Counts] = {
        field.name: np.array([getattr(each, field.name) for each in counted], dtype=float)
        for field in fields(RestCounts)
    }
    scale = 1 / weeks
    return RestWork(
        minutes=mean_of(table["minutes"], scale), night_minutes=mean_of(table["night_minutes"], scale),
        disturbed_nights=share(table["disturbed"], table["nights"]), long_days=mean_of(table["long_days"], scale),
        short_rest=mean_of(table["short_rest"], scale), shortish_rest=mean_of(table["shortish_rest"], scale),
    )  # fmt: skip


def joined(spans: list[Span], gap: float) -> list[Span]:
    """Spans in order, with those that leave less than ``gap`` between them made one; each half an hour at least."""
    found: list[Span] = []
    for low, high in sorted(spans):
        if found and low - found[-1][1] < gap:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return [(low, max(high, low + SHORTEST)) for low, high in found]


def _count(calendar: _Calendar, states: dict[int, OnDuty], nights: int) -> RestCounts:
    counts, calls = RestCounts(nights=nights), defaultdict[str, list[Span]](list)
    for state in states.values():
        unit = state.unit
        if not unit.standby or not state.log:
            continue
        spans = joined(state.log, calendar.gap)
        counts.minutes += sum(high - low for low, high in spans)
        at_night = sum(map(calendar.at_night, spans))
        counts.disturbed += at_night > 0
        counts.night_minutes += at_night
        calls[unit.duty.nurse] += spans
    for nurse, spans in calls.items():
        if spans:
            counts.long_days += _long_days(joined([*calendar.work[nurse], *spans], 0), spans)
            short, shortish = _short_rests(calendar, nurse, spans)
            counts.short_rest += short
            counts.shortish_rest += shortish
    return counts


def _long_days(work: list[Span], calls: list[Span]) -> int:
    """Windows of 24 hours, from a start of work and none twice, with a call and more than 13 hours of work in them."""
    if not any(_much_around(work, call) for call in calls):
        return 0
    found, after = 0, float("-inf")
    for low, _ in work:
        end = low + DAY
        if low < after or not any(start < end and low < stop for start, stop in calls):
            continue
        if sum(max(0.0, min(stop, end) - max(start, low)) for start, stop in work) > MOST:
            found, after = found + 1, end
    return found


def _much_around(work: list[Span], call: Span) -> bool:
    """Whether more than 13 hours of work lie within a day of a call: else no window with it holds so much."""
    low, high = call[1] - DAY, call[0] + DAY
    first = max(0, bisect_left(work, (low, low)) - 1)
    total = 0.0
    for start, stop in work[first:]:
        if start >= high:
            break
        total += max(0.0, min(stop, high) - max(start, low))
    return total > MOST


def _short_rests(calendar: _Calendar, nurse: str, calls: list[Span]) -> tuple[int, int]:
    """Duties of work that begin too soon after a call at night, by the two lengths of rest."""
    ends = [high for low, high in calls if calendar.at_night((low, high)) > 0]
    rests = [
        start - max(before) for start in calendar.starts[nurse] if (before := [end for end in ends if end <= start])
    ]  # fmt: skip
    return sum(rest < calendar.rests[0] for rest in rests), sum(rest < calendar.rests[1] for rest in rests)
