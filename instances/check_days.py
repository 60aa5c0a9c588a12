"""Dates and clock times: inside the horizon where they must be, in order, and long enough."""

from __future__ import annotations

from instances.cells import write_clock
from instances.gathered import Gathered
from instances.rows import Entry
from instances.sheets import Faults
from optimiser.domain.clock import DAY

INSIDE = ("edited_visits", "tasks", "wishes", "duties_given", "cover")
"""Tables whose ``day`` lies inside the horizon."""
PERIODS = (
    ("nurse_skills", "valid_from", "valid_until"), ("availability", "first", "last"), ("orders", "first", "last"),
    ("orders", "order_form_from", "order_form_until"), ("overrides", "first", "last"),
)


def check_days(all_rows: Gathered, faults: Faults) -> None:
    """Faults for dates outside the horizon, periods that end before they begin, and context inside the horizon."""
    inside = faults.say("expected.inside", first=all_rows.first, last=all_rows.last)
    for table in INSIDE if all_rows.header.name else ():
        for entry in all_rows.good(table):
            day = entry.noun.day
            if day is not None and not all_rows.first <= day <= all_rows.last:
                entry.fault(faults, "day", inside)
    for table, low, high in PERIODS:
        for entry in all_rows.good(table):
            first, last = getattr(entry.noun, low), getattr(entry.noun, high)
            if first is not None and last is not None and last < first:
                entry.fault(faults, high, faults.say("expected.not_before", value=first))
    for entry in all_rows.good("past_visits") if all_rows.header.name else ():
        if entry.noun.day >= all_rows.first:
            entry.fault(faults, "day", faults.say("expected.before_horizon", first=all_rows.first))
    for entry in all_rows.good("context"):
        _context(entry, all_rows, faults)


def _context(entry: Entry, all_rows: Gathered, faults: Faults) -> None:
    duty = entry.noun
    if duty.end <= duty.start:
        entry.fault(faults, "end", faults.say("expected.after", value=entry.cells["start"]))
    elif duty.work_minutes > duty.end - duty.start:
        hours = f"{(duty.end - duty.start) / 60:g}"
        entry.fault(faults, "work_minutes", faults.say("expected.at_most_value", value=hours))
    if all_rows.header.name and not duty.employer and 0 <= duty.start < all_rows.clock.midnight(all_rows.days):
        outside = faults.say("expected.outside", first=all_rows.first, last=all_rows.last)
        entry.fault(faults, "start", outside)


def check_clocks(all_rows: Gathered, faults: Faults) -> None:
    """Faults for windows and shift kinds whose clock times do not fit together."""
    for table in ("availability", "cover"):
        for entry in all_rows.good(table):
            _in_order(entry, "from_time", "until_time", faults)
    for entry in all_rows.good("tasks"):
        _task(entry, faults)
    for entry in all_rows.good("shift_kinds"):
        _shift_kind(entry, faults)
    for entry in all_rows.good("cover"):
        if entry.noun.day is not None and entry.noun.weekdays:
            entry.fault(faults, "weekdays", faults.say("expected.days_or_date"))
        if entry.noun.wanted < entry.noun.minimum:
            entry.fault(faults, "wanted", faults.say("expected.least", value=entry.noun.minimum))


def _in_order(entry: Entry, low: str, high: str, faults: Faults) -> bool:
    if getattr(entry.noun, high) > getattr(entry.noun, low):
        return True
    entry.fault(faults, high, faults.say("expected.after", value=write_clock(getattr(entry.noun, low))))
    return False


def _task(entry: Entry, faults: Faults) -> None:
    task = entry.noun
    length = task.until_time - task.from_time
    if task.from_time >= DAY:
        entry.fault(faults, "from_time", faults.say("expected.one_day"))
    if length < task.minutes:
        entry.fault(faults, "until_time", faults.say("expected.task_window", minutes=task.minutes))
    elif not task.in_route and length != task.minutes:
        entry.fault(faults, "until_time", faults.say("expected.fixed_task", minutes=task.minutes))
    if not task.in_route and task.nurse is None and not entry.cells.get("nurse"):
        entry.fault(faults, "nurse", faults.say("expected.task_nurse"))


def _shift_kind(entry: Entry, faults: Faults) -> None:
    kind = entry.noun
    for one, other in (("second_start", "second_end"), ("break_from", "break_until")):
        if (getattr(kind, one) is None) != (getattr(kind, other) is None):
            empty, filled = (one, other) if getattr(kind, one) is None else (other, one)
            entry.fault(faults, empty, faults.say("expected.pair", other=entry.heading(filled)))
            return
    if kind.start >= DAY:
        entry.fault(faults, "start", faults.say("expected.one_day"))
    if not _in_order(entry, "start", "end", faults):
        return
    if kind.second_start is not None:
        if kind.second_start < kind.end:
            entry.fault(faults, "second_start", faults.say("expected.not_before", value=write_clock(kind.end)))
        elif not _in_order(entry, "second_start", "second_end", faults):
            return
    if kind.last_end - kind.start > DAY:
        field = "end" if kind.second_end is None else "second_end"
        entry.fault(faults, field, faults.say("expected.shift_length"))
    if kind.break_minutes or kind.break_from is not None:
        low, high = kind.break_from, kind.break_until
        window = faults.say("expected.break_window", minutes=kind.break_minutes)
        if low is None or not kind.start <= low < high <= kind.end or high - low < kind.break_minutes:
            entry.fault(faults, "break_from", window)

