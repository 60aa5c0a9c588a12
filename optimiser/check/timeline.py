"""One nurse's work by the clock: context, tasks outside routes and duties as one sequence, merged into diensten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import pairwise

from optimiser.check.case import Case
from optimiser.domain.duty import ContextDuty
from optimiser.domain.duty_work import work_blocks
from optimiser.domain.plan import BREAK, Duty

AS_IF_WORKED = frozenset({"leave", "sick", "absent", "training"})
"""Availability whose minutes count in the sums as if worked (ATW 5:2)."""
CONTEXT = "context/"
"""How the sources of context duties begin."""


@dataclass(frozen=True)
class Work:
    """Work from ``start`` to ``end`` (horizon minutes), of which ``minutes`` are work; ``source`` is the duty's id."""

    start: int
    end: int
    minutes: int
    source: str
    workplace: bool = False
    """Standby at the workplace."""


@dataclass(frozen=True)
class Dienst:
    """Work between two rests of at least 8 hours (ATW 1:7 lid 1c).

    ``night``: more than an hour of it lies in 00:00-06:00. ``late``: a night that ends after 02:00.
    """

    blocks: tuple[Work, ...]
    start: int
    end: int
    minutes: int
    night: bool
    late: bool

    @cached_property
    def workplace(self) -> bool:
        """Whether it holds standby at the workplace."""
        return any(each.workplace for each in self.blocks)


@dataclass(frozen=True)
class Standby:
    """On call from ``start`` to ``end``; ``work_minutes`` is call work whose moment is not known."""

    start: int
    end: int
    work_minutes: int
    at_workplace: bool
    source: str
    consignatie: bool = False


@dataclass(frozen=True)
class Timeline:
    """All of one nurse that the law reads. ``week_minutes``: calendar week -> work minutes, leave as if worked.

    ``calls`` are planned turn-outs that are read as calls: work in the sums, but no part of a dienst (ATW 5:9 lid 8).
    """

    nurse: str
    diensten: tuple[Dienst, ...]
    standbys: tuple[Standby, ...]
    week_minutes: dict[int, int]
    calls: tuple[Work, ...] = ()


def timelines(case: Case, *, planned: bool = True, only: Iterable[str] | None = None) -> dict[str, Timeline]:
    """Nurse id -> timeline; without the plan's duties when not ``planned`` (what the tables alone hold)."""
    nurses = set(case.instance.nurse_by_id if only is None else only)
    works: dict[str, list[Work]] = defaultdict(list)
    standbys: dict[str, list[Standby]] = defaultdict(list)
    calls: dict[str, list[Work]] = defaultdict(list)
    for number, duty in enumerate(case.instance.context):
        if duty.nurse in nurses:
            _add_context(works[duty.nurse], standbys[duty.nurse], duty, f"{CONTEXT}{number}")
    for task in case.instance.tasks:
        if not task.in_route and task.nurse in nurses:
            day = case.clock.day_number(task.day)
            start, end = case.clock.at(day, task.from_time), case.clock.at(day, task.until_time)
            works[task.nurse].append(Work(start, end, task.minutes, task.id))
    if planned:
        _add_plan(case, nurses, works, standbys)
        for planned_duty in case.duties:
            calls[planned_duty.nurse] += calls_of(case, planned_duty)
    return {nurse: _timeline(case, nurse, works[nurse], standbys[nurse], calls[nurse]) for nurse in sorted(nurses)}


def _add_context(works: list[Work], standbys: list[Standby], duty: ContextDuty, source: str) -> None:
    there = duty.lane == "standby" and (duty.form == "workplace" or duty.work_minutes >= duty.end - duty.start)
    if duty.lane == "standby":
        loose = 0 if there else duty.work_minutes
        standbys.append(Standby(duty.start, duty.end, loose, there, source, duty.form == "consignatie"))
    if duty.lane == "work" or there:
        works.append(Work(duty.start, duty.end, duty.work_minutes, source, there))


def _add_plan(case: Case, nurses: set[str], works: dict[str, list[Work]], standbys: dict[str, list[Standby]]) -> None:
    for duty in case.duties:
        if duty.nurse not in nurses:
            continue
        kind = case.kind_of(duty)
        works[duty.nurse] += _works(case, duty)
        if kind.lane == "standby":
            calls = 0 if kind.at_workplace else kind.expected_call_minutes
            standbys[duty.nurse].append(
                Standby(duty.start, duty.end, calls, kind.at_workplace, duty.id, kind.consignatie)
            )


def _works(case: Case, duty: Duty) -> list[Work]:
    """The work blocks of a duty, by the start and end that the duty itself names where it is present all the time."""
    kind = case.kind_of(duty)
    works = [Work(each.start, each.end, each.minutes, duty.id) for each in work_blocks(case.instance, duty)]
    if kind.lane == "standby" and not kind.at_workplace:
        return works
    there = kind.lane == "standby"
    return [
        Work(start, end, max(0, work.minutes + (end - start) - (work.end - work.start)), duty.id, there)
        for work, (start, end) in zip(works, case.segments(duty), strict=True)
    ]


def calls_of(case: Case, duty: Duty) -> list[Work]:
    """The turn-outs of a standby duty from home where planned work in it is read as calls: none otherwise.

    Stops within half an hour of each other are one turn-out, and each counts for half an hour at least (ATW 5:9 lid 7).
    """
    kind, rules = case.kind_of(duty), case.rules
    if kind.lane != "standby" or kind.at_workplace or case.instance.settings.planned_work_in_standby != "call":
        return []
    joined: list[tuple[int, int]] = []
    for stop in sorted((each for each in duty.stops if each.what != BREAK), key=lambda each: each.start):
        if joined and stop.start - joined[-1][1] <= rules.call_gap.value:
            joined[-1] = (joined[-1][0], max(joined[-1][1], stop.end))
        else:
            joined.append((stop.start, stop.end))
    return [Work(start, end, max(end - start, rules.call_least.value), duty.id) for start, end in joined]


def _timeline(case: Case, nurse: str, works: list[Work], standbys: list[Standby], calls: list[Work]) -> Timeline:
    works = sorted(works, key=lambda each: (each.start, each.end))
    chains: list[list[Work]] = []
    last_end = 0
    for work in works:
        if chains and work.start - last_end < case.rules.dienst_gap.value:
            chains[-1].append(work)
            last_end = max(last_end, work.end)
        else:
            chains.append([work])
            last_end = work.end
    ordered = tuple(sorted(standbys, key=lambda each: (each.start, each.end)))
    diensten = tuple(_dienst(case, chain) for chain in chains)
    return Timeline(nurse, diensten, ordered, _weeks(case, nurse, [*works, *calls], standbys), tuple(calls))


def _dienst(case: Case, blocks: list[Work]) -> Dienst:
    rules, clock = case.rules, case.clock
    start, end = blocks[0].start, max(each.end for each in blocks)
    in_band = sum(
        clock.overlap_with_band(each.start, each.end, rules.night_from.value, rules.night_until.value)
        for each in blocks
    )
    night = in_band > rules.night_threshold.value
    late = night and any(_ends_late(case, each, end) for each in blocks)
    return Dienst(tuple(blocks), start, end, sum(each.minutes for each in blocks), night, late)


def _ends_late(case: Case, block: Work, end: int) -> bool:
    """Whether a block works in the night band of a day on which the dienst goes on after 02:00."""
    clock, rules = case.clock, case.rules
    for day in range(clock.day_of(block.start), clock.day_of(block.end) + 1):
        low, high = clock.at(day, rules.night_from.value), clock.at(day, rules.night_until.value)
        if min(block.end, high) > max(block.start, low) and end > clock.at(day, rules.late_night.value):
            return True
    return False


def _weeks(case: Case, nurse: str, works: list[Work], standbys: list[Standby]) -> dict[int, int]:
    """Work minutes per calendar week; a break comes off the week in which its block starts.

    Calls of past standby (in the context) are work; those expected of planned standby are not yet.
    """
    clock, weeks = case.clock, defaultdict[int, int](int)
    for work in works:
        week = clock.day_of(work.start) // 7
        after = min(work.minutes, max(0, work.end - clock.midnight(7 * (week + 1))))
        weeks[week] += work.minutes - after
        if after:
            weeks[week + 1] += after
    for standby in standbys:
        if standby.source.startswith(CONTEXT):
            weeks[clock.day_of(standby.start) // 7] += standby.work_minutes
    for row in case.availability_of[nurse]:
        if row.kind in AS_IF_WORKED and row.minutes_per_day:
            for number in range((row.last - row.first).days + 1):
                weeks[clock.day_number(row.first + timedelta(days=number)) // 7] += row.minutes_per_day
    return dict(weeks)


def rests(line: Timeline) -> Iterable[tuple[Dienst, Dienst | None]]:
    """Each dienst with the one after it; None when nothing is known after it."""
    yield from pairwise((*line.diensten, None))
