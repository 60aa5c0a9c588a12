"""Contract hours: planned minutes of each nurse and week against her net contract."""

from __future__ import annotations

from collections import defaultdict

from optimiser.check.case import Case
from optimiser.domain.duty_work import planned_minutes_by_week


def planned_minutes(case: Case) -> dict[tuple[str, int], int]:
    """(nurse, week) -> planned work minutes, for every nurse and week of the horizon."""
    table = defaultdict[tuple[str, int], int](int)
    for duty in case.duties:
        for week, minutes in planned_minutes_by_week(case.instance, duty).items():
            table[duty.nurse, week] += minutes
    weeks = range(case.instance.weeks)
    return {(nurse.id, week): table[nurse.id, week] for nurse in case.instance.nurses for week in weeks}


def contract_hours(case: Case) -> dict[str, int]:
    """The counts ``overtime`` (minutes) and ``undertime`` (whole tens of minutes)."""
    counts = {"overtime": 0, "undertime": 0}
    for (nurse, week), planned in planned_minutes(case).items():
        net = case.instance.target_minutes(nurse, week)
        counts["overtime"] += max(0, planned - net)
        counts["undertime"] += max(0, net - planned) // 10
    return counts
