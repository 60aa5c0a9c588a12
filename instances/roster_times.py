"""When a duty of a table starts and ends: by its clock times, its moments, or its kind."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from instances.cells import write_clock
from instances.rows import Entry
from instances.sheets import Faults
from optimiser.domain.clock import DAY, Clock
from optimiser.domain.duty import ShiftKind


def duty_times(entry: Entry, kind: ShiftKind, clock: Clock, faults: Faults) -> tuple[int, int] | None:
    """Start and end in horizon minutes; None, with a fault by cell, where the row contradicts itself.

    Empty times are those of the kind. A moment settles which of two equal clock times is meant; it must agree with
    the clock time beside it.
    """
    row = entry.noun
    start = kind.start if row.start is None else row.start
    end = kind.last_end if row.end is None else row.end
    if row.end_moment is None and end < start and kind.last_end > DAY:  # elsewhere a night is written 23:00 to 07:00
        end += DAY
    begun = _minute(entry, "start", {start}, clock, faults)
    ended = _minute(entry, "end", {end, end + DAY}, clock, faults)
    if begun is None or ended is None:
        return None
    if ended <= begun:
        entry.fault(faults, "end", faults.say("expected.after", value=write_clock(start)))
        return None
    return begun, ended


def on_wall(clock: Clock, day: date, minute: int) -> int:
    """The wall-clock time of ``minute``, counted on from midnight of ``day``."""
    moment = clock.moment_of(minute)
    return (moment.date() - day).days * DAY + moment.hour * 60 + moment.minute


def _minute(entry: Entry, field: str, walls: Collection[int], clock: Clock, faults: Faults) -> int | None:
    """The moment of ``field``, which the clock shows as one of ``walls``; without a moment the first of these."""
    day = entry.noun.day
    usual = clock.at(clock.day_number(day), min(walls))
    minute: int | None = getattr(entry.noun, f"{field}_moment")
    if minute is None or on_wall(clock, day, minute) in walls:
        return usual if minute is None else minute
    expected = clock.moment_of(usual).isoformat(timespec="minutes")
    entry.fault(faults, f"{field}_moment", faults.say("expected.same_moment", moment=expected))
    return None
