"""Terms of a livable roster that one duty has by itself: split shifts, and the evening before leave."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.clock import DAY
from optimiser.domain.instance import Instance

Prices = dict[str, NDArray[np.int32]]


def duty_prices(instance: Instance) -> Prices:
    """Term name -> int32 [nurse, day, kind]: what a duty adds to the term by itself. Students add nothing.

    ``split_duty``: the kind has two segments. ``evening_before_leave``: the duty begins before a row of leave and
    ends after ``labour.evening_before_leave`` on the day before it (plan language 25).
    """
    shape = (len(instance.nurses), instance.days, len(instance.shift_kinds))
    split, late = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.int32)
    clock, evening = instance.clock, instance.rules.evening_before_leave.value
    leaves = first_days_of_leave(instance)
    for row, nurse in enumerate(instance.nurses):
        if nurse.experience == "student":
            continue
        for column, kind in enumerate(instance.shift_kinds):
            split[row, :, column] = len(kind.segments) > 1
        for first in leaves.get(nurse.id, ()):
            border, free_from = clock.day_number(first), clock.at(clock.day_number(first) - 1, evening)
            for day in range(max(0, border - 3), min(instance.days, border)):
                for column, kind in enumerate(instance.shift_kinds):
                    if clock.at(day, kind.start) < clock.midnight(border) and clock.at(day, kind.last_end) > free_from:
                        late[row, day, column] = 1
    return {"split_duty": split, "evening_before_leave": late}


def first_days_of_leave(instance: Instance) -> dict[str, tuple[date, ...]]:
    """Nurse id -> the first days of her rows of leave that block that whole day, up to the day after the horizon."""
    end = instance.first_monday + timedelta(days=instance.days)
    days: dict[str, set[date]] = {}
    for row in instance.availability:
        whole = row.from_time == 0 and row.until_time >= DAY
        if row.kind == "leave" and whole and instance.first_monday <= row.first <= end:
            days.setdefault(row.nurse, set()).add(row.first)
    return {nurse: tuple(sorted(found)) for nurse, found in days.items()}
