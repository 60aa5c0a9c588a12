"""Base rosters: weeks that are there, a Monday to count from, and one duty of a nurse in one lane of a day."""

from __future__ import annotations

from collections import defaultdict
from math import gcd
from typing import Any

from instances.cells import WEEKDAY
from instances.gathered import Gathered
from instances.rows import Entry
from instances.sheets import Faults


def check_cycles(all_rows: Gathered, faults: Faults) -> None:
    """Faults for rows of ``cycles`` that cannot be, and for two that meet in some week, inside the horizon or not."""
    kinds = {entry.noun.id: entry.noun for entry in all_rows.good("shift_kinds")}
    cells: dict[Any, list[Entry]] = defaultdict(list)
    for entry in all_rows.good("cycles"):
        row, kind = entry.noun, kinds.get(entry.noun.kind)
        if row.week > row.weeks:
            entry.fault(faults, "week", faults.say("expected.at_most_value", value=row.weeks))
        elif row.first_monday.weekday() != 0:
            entry.fault(faults, "first_monday", faults.say("expected.monday"))
        elif kind is not None and kind.weekdays and row.weekday not in kind.weekdays:
            entry.fault(faults, "weekday", faults.say("expected.kind_weekday", kind=kind.id))
        else:
            cell = cells[row.nurse, row.weekday, kind.lane if kind else row.kind]
            met = next((each for each in cell if _meet(row, each.noun)), None)
            if met is not None:
                day = WEEKDAY.write(row.weekday) if faults.language == "nl" else row.weekday
                got = f"{row.nurse} {day} ({faults.say('row', row=met.row)})"
                entry.fault(faults, "kind", faults.say("expected.one_duty"), got)
            cell.append(entry)


def _meet(one: Any, other: Any) -> bool:
    """Whether two rows fall in one week sooner or later: their weeks differ by a multiple of the greatest common
    divisor of the lengths of their cycles."""
    apart = (one.first_monday - other.first_monday).days // 7 + one.week - other.week
    return bool(apart % gcd(one.weeks, other.weeks) == 0)
