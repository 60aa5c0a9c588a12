"""Where a nurse begins and ends a day, how she travels, and where a duty waits for calls."""

from __future__ import annotations

from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance


def day_places(instance: Instance, nurse: str, day: int) -> tuple[str, str, str]:
    """(start place, end place, mode) of a nurse on a day, overrides of ``availability`` applied."""
    person = instance.nurse_by_id[nurse]
    start, end, mode = person.start_place or person.home, person.end_place or person.home, str(person.mode)
    date = instance.clock.date_of(day)
    for row in instance.availability:
        if row.nurse == nurse and row.kind == "travel" and row.first <= date <= row.last:
            start, end, mode = row.start_place or start, row.end_place or end, row.mode or mode
    return start, end, mode


def waiting_place(instance: Instance, nurse: str, kind: ShiftKind, day: int) -> tuple[str, str]:
    """(place, mode) from which a duty goes to a call: the kind's post, else where the nurse's routes begin."""
    start, _, mode = day_places(instance, nurse, day)
    return kind.waits_at or start, mode


def turn_out_minutes(instance: Instance, kind: ShiftKind) -> int:
    """From the call to the car: only of standby from home; who is at work leaves at once."""
    return instance.response.turn_out_minutes if kind.lane == "standby" and not kind.at_workplace else 0
