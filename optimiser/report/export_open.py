"""What nobody does, and the districts with their demand, for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from optimiser.check.report import CheckReport
from optimiser.domain.exported import ExportedDistrict, ExportedOpen
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Visit
from optimiser.report.district_work import VisitWork, summed, visit_work
from optimiser.report.kpis import served, unserved_visits
from optimiser.report.open_duties import area_of, first_window, open_cover, organisation_of


def exported_open(
    instance: Instance, plan: Plan, report: CheckReport, day: date | None = None
) -> tuple[ExportedOpen, ...]:
    """Visits and tasks that nobody does fully, and cover that is short; in order of time. With ``day`` those of it."""
    rows = [each for each in (*_work(instance, plan), *_cover(instance, report)) if day in (None, each.day)]
    return tuple(sorted(rows, key=lambda each: (each.start, each.what, each.id, not each.must)))


def _work(instance: Instance, plan: Plan) -> Iterator[ExportedOpen]:
    reasons: dict[str, str | None] = {each.id: each.reason for each in plan.unserved}
    if plan.with_routes:  # a roster of duties only says nothing of visits
        reasons |= {each: None for each in unserved_visits(instance, plan) if each not in reasons}
    parts = served(plan)
    for name, reason in reasons.items():
        work = instance.visit_by_id.get(name) or instance.task_by_id.get(name)
        if work is None:
            continue
        start, end = first_window(instance, work)
        visit = isinstance(work, Visit)
        yield ExportedOpen(
            what="visit" if visit else "task",
            id=name,
            client=work.client if isinstance(work, Visit) else None,
            day=instance.clock.date_of(instance.clock.day_of(start)),
            start=instance.clock.moment_of(start),
            end=instance.clock.moment_of(end),
            minutes=work.minutes,
            missing=(work.nurses if isinstance(work, Visit) else 1) - len(parts.get(name, ())),
            must=True,
            standby=False,
            skills=tuple(sorted(work.skills)),
            organisations=(organisation_of(instance, work),),
            area=area_of(instance, work),
            reason=reason,
        )


def _cover(instance: Instance, report: CheckReport) -> Iterator[ExportedOpen]:
    for each in open_cover(instance, report.shortfalls):
        yield ExportedOpen(
            what="cover",
            id=each.cover,
            client=None,
            day=each.day,
            start=instance.clock.moment_of(each.start),
            end=instance.clock.moment_of(each.end),
            minutes=each.minutes,
            missing=each.missing,
            must=each.must,
            standby=each.standby,
            skills=each.skills,
            organisations=each.organisations,
            area=each.area,
            reason=None,
        )


def exported_districts(
    instance: Instance, travel: TravelMatrix, plan: Plan, day: date | None = None
) -> tuple[ExportedDistrict, ...]:
    """The districts that have visits, in the instance's order; none of a roster without routes. With ``day`` the visits
    of duties of it, and those that nobody does whose first window opens on it."""
    rows = visit_work(instance, travel, plan) if plan.with_routes else ()
    by_code: dict[str, list[VisitWork]] = {}
    for row in rows:
        if day in (None, row.day):
            by_code.setdefault(row.district, []).append(row)
    made = []
    for each in (district for district in instance.districts if district.id in by_code):
        work = summed(by_code[each.id])
        made.append(
            ExportedDistrict(
                id=each.id,
                name=each.name,
                municipality=each.municipality,
                latitude=each.latitude,
                longitude=each.longitude,
                visits=work.visits,
                served=work.visits - work.open,
                open=work.open,
                minutes=work.asked,
            )
        )
    return tuple(made)
