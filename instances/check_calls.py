"""Hours in which calls come: in order, of one day, and no two rows of a type over each other."""

from __future__ import annotations

from collections import defaultdict

from instances.cells import write_clock
from instances.gathered import Gathered
from instances.rows import Entry
from instances.sheets import Faults
from optimiser.domain.calls import DayClass
from optimiser.domain.clock import DAY

NEXT: dict[DayClass, tuple[DayClass, ...]] = {
    "weekdays": ("weekdays", "saturday"), "saturday": ("sunday",), "sunday": ("weekdays",),
}  # fmt: skip
"""What the day after may be, in a week without public holidays."""


def check_calls(all_rows: Gathered, faults: Faults) -> None:
    """Faults for rows of ``call_hours`` that end before they begin, begin a day later, or overlap another row of their
    type on such days, also past midnight."""
    rows: dict[tuple[str, DayClass], list[Entry]] = defaultdict(list)
    for entry in all_rows.good("call_hours"):
        row = entry.noun
        if row.from_time >= DAY:
            entry.fault(faults, "from_time", faults.say("expected.one_day"))
        elif row.until_time <= row.from_time or row.until_time > row.from_time + DAY:
            entry.fault(faults, "until_time", faults.say("expected.call_hours", value=write_clock(row.from_time)))
        else:
            _apart(entry, rows, faults)
            rows[row.type, row.days].append(entry)


def _apart(entry: Entry, rows: dict[tuple[str, DayClass], list[Entry]], faults: Faults) -> None:
    """A fault where the row falls over one before it (or over itself a day later)."""
    row = entry.noun
    same = [(each, 0) for each in rows[row.type, row.days]]
    after = [(each, DAY) for days in NEXT[row.days] for each in rows[row.type, days]]
    before = [(each, -DAY) for days, follows in NEXT.items() if row.days in follows for each in rows[row.type, days]]
    for other, shift in (*same, *after, *before):
        if other.noun.from_time + shift < row.until_time and row.from_time < other.noun.until_time + shift:
            entry.fault(faults, "from_time", faults.say("expected.other_hours", row=other.row))
            return
