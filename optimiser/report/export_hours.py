"""Hours and counts of each nurse for other programs."""

from __future__ import annotations

from optimiser.domain.exported import ExportedHours, ExportedWeek
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.tables import NurseHours, nurse_hours


def exported_hours(
    instance: Instance, travel: TravelMatrix, plan: Plan, nurse: str | None = None
) -> tuple[ExportedHours, ...]:
    """A row for each nurse (or the one), in the instance's order."""
    rows = (each for each in nurse_hours(instance, travel, plan) if nurse in (None, each.nurse))
    return tuple(_row(instance, each, plan.duties_of.get(each.nurse, ())) for each in rows)


def _row(instance: Instance, hours: NurseHours, duties: tuple[Duty, ...]) -> ExportedHours:
    kinds = [instance.kind_by_id[each.kind] for each in duties]
    weekends = {instance.clock.day_number(each.day) // 7 for each in duties if each.day.weekday() >= 5}
    by_week = zip(hours.net_by_week, hours.planned_by_week, strict=True)
    return ExportedHours(
        nurse=hours.nurse,
        organisation=hours.organisation,
        contract_minutes=hours.contract,
        net_minutes=hours.net,
        planned_minutes=hours.planned,
        difference_minutes=hours.planned - hours.net,
        opening_balance_minutes=hours.opening,
        balance_minutes=hours.balance,
        evenings=sum(kind.category == "evening" and kind.lane == "work" for kind in kinds),
        nights=sum(kind.category == "night" for kind in kinds),
        weekends=len(weekends),
        standbys=sum(kind.lane == "standby" for kind in kinds),
        weeks=tuple(
            ExportedWeek(monday=instance.clock.date_of(7 * week), net_minutes=net, planned_minutes=planned)
            for week, (net, planned) in enumerate(by_week)
        ),
    )
