"""What the tables already hold of each nurse, counted by calendar week: rules over weeks leave room for the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from optimiser.domain.clock import DAY
from optimiser.domain.duty import ContextDuty
from optimiser.domain.instance import Instance
from optimiser.domain.labour import agreed

Weeks = Counter[int]
"""Calendar week (0 is the first of the horizon) -> a count."""


@dataclass
class Known:
    """One nurse's context duties and tasks outside routes by the week in which they begin.

    ``late_nights`` and ``nights`` count diensten, ``standby``, ``standby_nights`` (from home, touching 00:00 to 06:00)
    and ``workplace`` duties, ``night_minutes`` work in 00:00 to 06:00, ``sundays`` those with work, ``weekends`` those
    that the known duties alone keep from being free.
    """

    late_nights: Weeks = field(default_factory=Counter)
    nights: Weeks = field(default_factory=Counter)
    standby: Weeks = field(default_factory=Counter)
    standby_nights: Weeks = field(default_factory=Counter)
    workplace: Weeks = field(default_factory=Counter)
    night_minutes: Weeks = field(default_factory=Counter)
    sundays: Weeks = field(default_factory=Counter)
    weekends: Weeks = field(default_factory=Counter)


KnownWork = Mapping[str, Known]
"""Nurse id -> what is known of her."""


def known_by_nurse(instance: Instance) -> KnownWork:
    """Nurse id -> what is known of her."""
    spans: dict[str, list[tuple[int, int]]] = {each.id: [] for each in instance.nurses}
    duties: dict[str, list[ContextDuty]] = {each.id: [] for each in instance.nurses}
    for duty in instance.context:
        duties[duty.nurse].append(duty)
        if duty.lane == "work" or at_workplace(duty):
            spans[duty.nurse].append((duty.start, duty.end))
    for task in instance.tasks:
        if not task.in_route and task.nurse:
            day = instance.clock.day_number(task.day)
            spans[task.nurse].append(
                (instance.clock.at(day, task.from_time), instance.clock.at(day, task.until_time))
            )
    return {each.id: _known(instance, sorted(spans[each.id]), duties[each.id]) for each in instance.nurses}


def at_workplace(duty: ContextDuty) -> bool:
    """Whether a known standby duty is at the workplace: named so, or all of it was work."""
    return duty.lane == "standby" and (duty.form == "workplace" or duty.work_minutes >= duty.end - duty.start)


def _known(instance: Instance, spans: list[tuple[int, int]], duties: list[ContextDuty]) -> Known:
    clock, law, known = instance.clock, instance.rules, Known()
    for blocks in _diensten(spans, law.dienst_gap.value):
        week, end = clock.day_of(blocks[0][0]) // 7, max(high for _, high in blocks)
        shares = [share for low, high in blocks for share in _night_shares(instance, low, high)]
        for day, minutes in shares:
            known.night_minutes[day // 7] += minutes
        night = sum(minutes for _, minutes in shares) > law.night_threshold.value
        known.nights[week] += night
        known.late_nights[week] += night and any(end > clock.at(day, law.late_night.value) for day, _ in shares)
        for low, high in blocks:
            for day in range(clock.day_of(low), clock.day_of(max(low, high - 1)) + 1):
                if day % 7 == 6:
                    known.sundays[day // 7] = 1
    for duty in duties:
        if duty.lane == "standby":
            week = clock.day_of(duty.start) // 7
            known.standby[week] += 1
            known.workplace[week] += at_workplace(duty)
            touches = any(True for _ in _night_shares(instance, duty.start, duty.end))
            known.standby_nights[week] += touches and not at_workplace(duty)
    for week in {(clock.day_of(each.end) // 7) for each in duties} | {clock.day_of(each.start) // 7 for each in duties}:
        known.weekends[week] = not weekend_is_free(instance, week, [(each.start, each.end) for each in duties])
    return known


def _diensten(spans: list[tuple[int, int]], gap: int) -> list[list[tuple[int, int]]]:
    """Blocks of work merged while the time between them is under ``gap``."""
    merged: list[list[tuple[int, int]]] = []
    last = 0
    for low, high in spans:
        if merged and low - last < gap:
            merged[-1].append((low, high))
            last = max(last, high)
        else:
            merged.append([(low, high)])
            last = high
    return merged


def _night_shares(instance: Instance, start: int, end: int) -> Iterator[tuple[int, int]]:
    """(day, minutes in its night band) for each band that ``[start, end)`` touches."""
    clock, law = instance.clock, instance.rules
    for day in range(clock.day_of(start), clock.day_of(end) + 1):
        low, high = clock.at(day, law.night_from.value), clock.at(day, law.night_until.value)
        if min(end, high) > max(start, low):
            yield day, min(end, high) - max(start, low)


def weekend_is_free(instance: Instance, week: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a time of ``labour.weekend_rest`` without any of the spans holds Saturday 00:00 to Monday 04:00."""
    clock, law = instance.clock, instance.rules
    low, high = clock.midnight(7 * week + 5), clock.at(7 * week + 7, law.weekend_until.value)
    if any(start < high and end > low for start, end in spans):
        return False
    before = max((end for _, end in spans if end <= low), default=low - 7 * DAY)
    after = min((start for start, _ in spans if start >= high), default=high + 7 * DAY)
    return after - before >= law.weekend_rest.value


@dataclass(frozen=True)
class Run:
    """Consecutive calendar weeks from ``begin`` to ``end`` that a rule judges as one; some may lie outside the horizon.

    ``first`` and ``last`` are the weeks of the horizon in it.
    """

    begin: int
    end: int
    first: int
    last: int

    @property
    def name(self) -> str:
        """``w`` and the number of its last week."""
        return f"w{self.end}"

    @property
    def room(self) -> int:
        """How many weeks of the horizon it holds."""
        return self.last - self.first + 1

    def count(self, known: Mapping[int, int]) -> int:
        """What is known in all of its weeks."""
        return sum(known.get(week, 0) for week in range(self.begin, self.end + 1))


def runs(weeks: int, length: int, known: Mapping[int, int]) -> Iterator[Run]:
    """The runs of ``length`` weeks that hold a week of the horizon; after it only as far as something is known."""
    furthest = min(max((week for week, count in known.items() if count), default=0), weeks + length - 2)
    for end in range(max(weeks, furthest + 1)):
        begin = end - length + 1
        yield Run(begin, end, max(0, begin), min(end, weeks - 1))


def with_counter(before: Mapping[int, int], counted: int, weeks: int = 15) -> dict[int, int]:
    """``before`` with what a counter of so many weeks before the horizon knows beyond it, in the earliest week."""
    known = sum(value for week, value in before.items() if -weeks <= week < 0)
    return {**before, -weeks: before.get(-weeks, 0) + max(0, counted - known)}


def counters(instance: Instance, name: str) -> dict[str, int]:
    """Nurse id -> the value of one counter, where there is one."""
    return {each.nurse: each.value for each in instance.counters if each.counter == name}


def agreement_holds(instance: Instance) -> bool:
    """Whether what the law leaves to a collective agreement may be used."""
    settings = instance.settings
    return agreed(settings.rule_set, instance.first_monday, settings.after_agreement == "continues")
