"""Counters rolled on to the end of the weeks that a plan has filled: each as its rule reads it."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Mapping

from optimiser.check.timeline import Timeline
from optimiser.check.weekends import is_free
from optimiser.daily.next_week_past import Past
from optimiser.domain.duty_work import planned_minutes_by_week
from optimiser.domain.people import Counter
from optimiser.report.ledger import same_year, year_counts

YEAR = 52
SUNDAY = 6


def counters_of(past: Past) -> tuple[Counter, ...]:
    """The counters at the start of the next horizon, in the order of the table; a new row where a nurse had none and
    the plan gives her something that nothing else would keep: a balance, and the year's duties that are shared."""
    values: dict[tuple[str, str], int] = {(row.nurse, row.counter): row.value for row in past.instance.counters}
    for nurse in past.instance.nurses:
        key = nurse.id, "balance_minutes"
        values[key] = values.get(key, 0) + _balance(past, nurse.id)
    same = same_year(past.instance.first_monday, past.first)
    for name, counts in year_counts(past.case, past.first).items():
        for nurse in past.instance.nurses:
            key = nurse.id, f"{name}_year"
            values[key] = (values.get(key, 0) if same else 0) + counts[nurse.id]
    for (nurse_id, name), value in list(values.items()):
        if name in WINDOWS:
            length, weekly = WINDOWS[name]
            values[nurse_id, name] = rolled(
                value, weekly(past, past.lines[nurse_id]), length, past.weeks, past.earliest[nurse_id]
            )
        elif name in FREE:
            values[nurse_id, name] = rolled_free(value, *FREE[name](past, nurse_id), past.weeks)
    known: set[tuple[str, str]] = {(row.nurse, row.counter) for row in past.instance.counters}
    return tuple(
        Counter.model_validate({"nurse": nurse_id, "counter": name, "value": value})
        for (nurse_id, name), value in values.items()
        if value or (nurse_id, name) in known
    )


def rolled(counted: int, weekly: Mapping[int, int], length: int, weeks: int, earliest: int) -> int:
    """A count over ``length`` weeks, ``weeks`` weeks later. ``weekly``: week -> what the tables and the plan know.

    What the counter holds beyond the tables was at a time that nobody knows: it is spread evenly over the weeks before
    ``earliest``, the first that the tables reach, and drops out with them, rounded down. Where the tables reach back
    over all of them it is spread over the whole window, rounded up, so that it ends.
    """
    unknown = max(0, counted - _sum(weekly, -length, 0))
    blank = max(0, min(length, earliest + length))
    dropped = unknown * weeks // blank if blank else -(-unknown * weeks // length)
    return max(0, unknown - dropped) + _sum(weekly, weeks - length, weeks)


def rolled_free(counted: int, before: set[int], after: set[int], weeks: int) -> int:
    """Free Sundays or weekends in 52 weeks, ``weeks`` weeks later. ``before`` and ``after``: the weeks that are known
    as worked without the plan, and with it.

    A week that drops out unknown is taken as worked (plan language 27 and 30), as long as the counter holds worked
    ones that no table names.
    """
    unknown = max(0, YEAR - counted - len([week for week in before if -YEAR <= week < 0]))
    dropped = sum(1 for week in range(-YEAR, weeks - YEAR) if week not in before)
    worked = max(0, unknown - dropped) + len([week for week in after if weeks - YEAR <= week < weeks])
    return max(0, YEAR - worked)


def _sum(weekly: Mapping[int, int], first: int, end: int) -> int:
    return sum(value for week, value in weekly.items() if first <= week < end)


def _balance(past: Past, nurse: str) -> int:
    """Planned less net contract minutes. What a Sunday's duty works on Monday counts here: no later plan holds it."""
    planned = sum(
        sum(planned_minutes_by_week(past.instance, duty).values()) for duty in past.case.duties_of.get(nurse, ())
    )
    return planned - sum(past.instance.net_contract_minutes(nurse, week) for week in range(past.weeks))


def _late_nights(past: Past, line: Timeline) -> Mapping[int, int]:
    return _per_week(past, (each.start for each in line.diensten if each.late))


def _standby(past: Past, line: Timeline) -> Mapping[int, int]:
    return _per_week(past, (each.start for each in line.standbys))


def _standby_nights(past: Past, line: Timeline) -> Mapping[int, int]:
    band = past.instance.rules.night_from.value, past.instance.rules.night_until.value
    clock, home = past.instance.clock, [each for each in line.standbys if not each.at_workplace]
    return _per_week(past, (each.start for each in home if clock.overlap_with_band(each.start, each.end, *band)))


def _workplace(past: Past, line: Timeline) -> Mapping[int, int]:
    return _per_week(past, (each.start for each in line.standbys if each.at_workplace))


def _per_week(past: Past, starts: Iterable[int]) -> Mapping[int, int]:
    return Tally(past.instance.clock.day_of(start) // 7 for start in starts)


def _sundays(past: Past, nurse: str) -> tuple[set[int], set[int]]:
    """Weeks whose Sunday holds work: by the tables, and with the plan."""
    clock = past.instance.clock
    planned = {duty.id for duty in past.case.duties}
    before, after = set[int](), set[int]()
    for block in (block for dienst in past.lines[nurse].diensten for block in dienst.blocks):
        for day in range(clock.day_of(block.start), clock.day_of(max(block.start, block.end - 1)) + 1):
            if clock.weekday(day) == SUNDAY:
                after.add(day // 7)
                if block.source not in planned:
                    before.add(day // 7)
    return before, after


def _weekends(past: Past, nurse: str) -> tuple[set[int], set[int]]:
    """Weeks whose weekend is not free: by the context, and with the plan (a Monday's duty may end the rest before)."""
    context = [(row.start, row.end) for row in past.case.context_of.get(nurse, ())]
    duties = [*context, *((duty.start, duty.end) for duty in past.case.duties_of.get(nurse, ()))]
    weeks = range(-YEAR, past.weeks)
    return (
        {week for week in weeks if not is_free(past.case, week, context)},
        {week for week in weeks if not is_free(past.case, week, duties)},
    )


WINDOWS: dict[str, tuple[int, Callable[[Past, Timeline], Mapping[int, int]]]] = {
    "nights_16_weeks": (16, _late_nights),
    "on_call_16_weeks": (16, _standby),
    "standby_nights_16_weeks": (16, _standby_nights),
    "late_nights_52_weeks": (52, _late_nights),
    "workplace_26_weeks": (26, _workplace),
    "work_minutes_15_weeks": (15, lambda _, line: line.week_minutes),
}
"""Counter -> the weeks it counts, and week -> what is known of it."""
FREE: dict[str, Callable[[Past, str], tuple[set[int], set[int]]]] = {
    "free_sundays_52_weeks": _sundays,
    "free_weekends_52_weeks": _weekends,
}
