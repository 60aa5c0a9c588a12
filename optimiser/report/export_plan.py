"""A plan as other programs read it: the nouns of ``domain/exported.py``, counted from instance, plan and report."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from optimiser.check.report import CheckReport
from optimiser.domain.exported import ExportedLedger, ExportedPlan
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.export_duties import cancelled_duties, exported_duty
from optimiser.report.export_hours import exported_hours
from optimiser.report.export_open import exported_districts, exported_open
from optimiser.report.export_stops import exported_stops
from optimiser.report.ledger import LedgerLine, ledger

DRAFT_BEFORE = timedelta(weeks=52)


def exported_plan(
    instance: Instance,
    travel: TravelMatrix,
    plan: Plan,
    report: CheckReport,
    before: Plan | None = None,
    nurse: str | None = None,
    day: date | None = None,
) -> ExportedPlan:
    """The plan, duties in order of nurse and start. ``before`` is the version that others hold: what it has and this
    one has not is ``cancelled``. With ``nurse`` her duties, stops and hours alone, and nothing of what is open; with
    ``day`` what starts on that day alone (hours stay whole)."""
    ordered = sorted(plan.duties, key=lambda each: (each.nurse, each.start, each.id))
    chosen = [each for each in ordered if nurse in (None, each.nurse) and day in (None, each.day)]
    gone = cancelled_duties(instance, before, plan) if before is not None else ()
    return ExportedPlan(
        instance=instance.name,
        fingerprint=plan.fingerprint,
        plan=plan.identity,
        version=plan.version,
        published=plan.published,
        changed=_changed(instance, plan),
        contract=plan.contract.name,
        first_day=instance.first_monday,
        last_day=instance.clock.date_of(instance.days - 1),
        with_routes=plan.with_routes,
        violations=len(report.violations),
        signals=len(report.signals),
        organisations={each.id: each.name for each in instance.organisations},
        duties=tuple(exported_duty(instance, each) for each in chosen),
        stops=tuple(stop for each in chosen for stop in exported_stops(instance, travel, each)),
        hours=exported_hours(instance, travel, plan, nurse),
        open=() if nurse else exported_open(instance, plan, report, day),
        districts=() if nurse else exported_districts(instance, travel, plan, day),
        cancelled=tuple(each for each in gone if nurse in (None, each.nurse) and day in (None, each.day)),
        ledger=tuple(_shared(each) for each in ledger(instance, plan) if nurse in (None, each.nurse)),
    )


def _shared(line: LedgerLine) -> ExportedLedger:
    return ExportedLedger.model_validate({
        "nurse": line.nurse, "what": line.name, "brought": line.brought, "planned": line.planned,
        "share_hundredths": round(100 * line.share), "carried": line.carried,
    })  # fmt: skip


def _changed(instance: Instance, plan: Plan) -> datetime:
    clock = instance.clock
    if plan.published is None:
        return clock.moment_of(0) - DRAFT_BEFORE
    return max([plan.published, *(clock.moment_of(each.at) for each in plan.events)])
