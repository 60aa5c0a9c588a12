"""Planned beside realised: hours, travel, punctuality, changes after publication, cancellations and handovers."""

from __future__ import annotations

from typing import Any

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.realised import Realised
from optimiser.domain.realised_report import (
    TARGETS,
    Figures,
    RealisedReport,
    Target,
    TargetName,
    Verdict,
)
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.errors import Fault, InputError
from optimiser.report.realised_changes import add_changes
from optimiser.report.realised_hours import add_hours, add_travel
from optimiser.report.realised_ledger import Ledger
from optimiser.report.realised_plan import RealisedCase, monday_of, realised_case, realised_plan
from optimiser.report.realised_visits import add_visits
from optimiser.report.realised_weeks import WeeksReport, weeks

__all__ = [
    "RealisedCase", "WeeksReport", "realised", "realised_case", "realised_plan", "report_dict", "weeks",
]  # fmt: skip


def realised(
    instance: Instance, travel: TravelMatrix, plan: Plan, published: Plan | None, worked: Realised, *,
    most_cancelled_percent: float = 10, least_handovers_percent: float = 95,
) -> RealisedReport:  # fmt: skip
    """``plan`` beside what was ``worked`` of it, in all, by organisation and by nurse; changes against ``published``.

    The targets: below ``most_cancelled_percent`` of the visits cancelled, at least ``least_handovers_percent`` of the
    handovers ready. Raises ``InputError`` when ``worked`` belongs to another plan.
    """
    if worked.plan != plan.identity:
        raise InputError([Fault("realised", 0, "plan", plan.identity, worked.plan)])
    ledger, case = Ledger(instance), realised_case(instance, plan, worked)
    add_hours(ledger, instance, plan, worked, case)
    add_travel(ledger, instance, travel, plan, worked, case)
    reasons = add_visits(ledger, instance, plan, worked)
    add_changes(ledger, instance, plan, published, worked, case)
    figures = ledger.figures()
    limits: dict[TargetName, float] = {"cancellations": most_cancelled_percent, "handovers": least_handovers_percent}
    return RealisedReport(
        instance=instance.name, plan=plan.identity, published=published.identity if published is not None else None,
        first_monday=monday_of(instance, 0), weeks=instance.weeks, most_cancelled_percent=most_cancelled_percent,
        least_handovers_percent=least_handovers_percent, figures=figures, reasons=reasons,
        targets=tuple(
            target(name, limits[name], each) for each in figures if each.scope != "nurse" for name in TARGETS
        ),
    )  # fmt: skip


def target(name: TargetName, limit: float, figures: Figures) -> Target:
    """A target of one scope, from its figures."""

    def number(measure: str) -> int:
        return figures.figure(measure).realised or 0

    if name == "cancellations":
        part, whole, unrecorded = number("cancelled"), number("visits_recorded"), number("visits_unrecorded")
    else:
        part, unrecorded = number("handover_ready"), number("handover_unrecorded")
        whole = part + number("handover_not_ready")
    verdict = _verdict(name, limit, part, whole)
    # the least and the most that the visits about which nothing was written down could make of the share
    extremes = {_verdict(name, limit, part + more, whole + unrecorded) for more in (0, unrecorded)}
    bad = (1, whole) if name == "cancellations" else (whole - 1, whole)
    return Target(
        name=name, week=figures.week, scope=figures.scope, id=figures.id, limit_percent=limit, part=part, whole=whole,
        unrecorded=unrecorded, verdict=verdict, small=bool(whole) and _verdict(name, limit, *bad) == "not_met",
        open=verdict == "unknown" or len(extremes) == 2,
    )  # fmt: skip


def _verdict(name: TargetName, limit: float, part: int, whole: int) -> Verdict:
    """Cancellations stay below their limit, handovers reach theirs; of nothing nothing is known."""
    if not whole:
        return "unknown"
    kept = 100 * part < limit * whole if name == "cancellations" else 100 * part >= limit * whole
    return "met" if kept else "not_met"


def report_dict(report: RealisedReport, over: WeeksReport | None = None) -> dict[str, Any]:
    """The report as plain values for ``--json``; with ``over`` the weeks beside it under ``over_weeks``."""
    content: dict[str, Any] = report.model_dump(mode="json")
    return content if over is None else {**content, "over_weeks": over.model_dump(mode="json")}


