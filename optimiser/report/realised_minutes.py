"""Work minutes of a duty by its own start and end, and what else of a week is paid."""

from __future__ import annotations

from datetime import timedelta

from optimiser.domain.duty_work import segment_bounds, work_blocks
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty
from optimiser.report.money_time import with_paid_calls


def duty_minutes(instance: Instance, duty: Duty) -> int:
    """Work of a duty: from its own start to its own end, less the pause of a split duty and the break of the kind.

    Of standby from home the turn-outs (also where the instance reads these as calls: they are paid either way).
    """
    kind = instance.kind_by_id[duty.kind]
    if kind.lane == "standby" and not kind.at_workplace:
        return sum(block.minutes for block in work_blocks(with_paid_calls(instance), duty))
    bounds = segment_bounds(kind, instance.clock, instance.clock.day_number(duty.day))
    pause = max(0, bounds[1][0] - bounds[0][1]) if len(bounds) == 2 else 0
    return max(0, duty.end - duty.start - pause - kind.break_minutes)


def away_minutes(instance: Instance, nurse: str, week: int) -> int:
    """Minutes of a week that are paid without a duty: leave and absence of the tables, paid tasks outside routes."""
    low = instance.first_monday + timedelta(days=7 * week)
    high = low + timedelta(days=6)
    away = sum(
        each.minutes_per_day * max(0, (min(high, each.last) - max(low, each.first)).days + 1)
        for each in instance.availability
        if each.nurse == nurse
    )
    outside = sum(
        each.minutes
        for each in instance.tasks
        if each.nurse == nurse and not each.in_route and each.paid and low <= each.day <= high
    )
    return away + outside
