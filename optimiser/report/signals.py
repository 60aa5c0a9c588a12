"""The findings of a check report as the roster shows them: which kind, whose, and on which days."""

from __future__ import annotations

from optimiser.check.report import CheckReport
from optimiser.check.violation import Violation
from optimiser.domain.instance import Instance

__all__ = ["CheckReport", "Violation", "findings_by_kind", "touches_day"]

WEEK_AND_A_DAY = 8


def findings_by_kind(report: CheckReport) -> tuple[tuple[str, tuple[Violation, ...]], ...]:
    """The findings with their kind (violation, inherited, signal, overridden), gravest first."""
    return (
        ("violation", report.violations),
        ("inherited", report.inherited),
        ("signal", report.signals),
        ("overridden", report.overridden),
    )


def touches_day(instance: Instance, finding: Violation, day: int) -> bool:
    """Whether the finding's period overlaps calendar day number ``day``.

    A rule over more than a week says nothing about one cell; it stays in the list of sentences only.
    """
    low, high = instance.clock.midnight(day), instance.clock.midnight(day + 1)
    if finding.end - finding.start > WEEK_AND_A_DAY * (high - low):
        return False
    return finding.start < high and (finding.end > low or finding.start == finding.end == low)
