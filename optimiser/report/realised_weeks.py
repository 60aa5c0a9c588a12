"""Realised reports of several weeks side by side: the mean, the spread, and targets missed three weeks in a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from statistics import mean, stdev

from optimiser.domain.noun import Id, Noun
from optimiser.domain.realised_report import TARGETS, Figures, RealisedReport, Scope, TargetName, Verdict
from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text

IN_A_ROW = 3
"""A target that is missed in so many calendar weeks in a row gets a sign."""


class WeekRow(Noun):
    """One week of one scope: indicators by name (None is not known) and the verdict on each target."""

    week: date
    instance: Id
    scope: Scope
    id: str
    values: dict[str, float | None]
    verdicts: dict[str, Verdict]


class Spread(Noun):
    """One indicator over the weeks in which it is known; each week counts the same. ``deviation`` is that of a sample,
    None of one week."""

    scope: Scope
    id: str
    name: str
    weeks: int
    mean: float
    least: float
    most: float
    deviation: float | None


class Sign(Noun):
    """A target that was missed ``weeks`` calendar weeks in a row, up to and with the week of Monday ``last``."""

    scope: Scope
    id: str
    target: TargetName
    last: date
    weeks: int


class WeeksReport(Noun):
    """Rows in order of week, scope by scope; spreads of each scope; signs."""

    rows: tuple[WeekRow, ...]
    spreads: tuple[Spread, ...]
    signs: tuple[Sign, ...]


def weeks(reports: Iterable[RealisedReport], language: Language = "en") -> WeeksReport:
    """The weeks of all reports. Raises ``InputError`` when two reports hold the same week."""
    rows: list[WeekRow] = []
    seen: dict[date, str] = {}
    faults: list[Fault] = []
    for report in reports:
        mine = {each.week for each in report.figures if each.week is not None}
        for week in sorted(mine & seen.keys()):
            faults.append(Fault(report.instance, 0, str(week), text("realised.expected.once", language), seen[week]))
        seen |= dict.fromkeys(mine, report.instance)
        rows += [_row(report, each, each.week) for each in report.figures if each.week is not None]
    if faults:
        raise InputError(faults)
    rows.sort(key=lambda each: (each.scope != "total", each.id, each.week))
    scopes = dict.fromkeys((row.scope, row.id) for row in rows)
    spreads: list[Spread] = []
    signs: list[Sign] = []
    for scope, name in scopes:
        mine_rows = [row for row in rows if (row.scope, row.id) == (scope, name)]
        spreads += _spreads(mine_rows)
        signs += [sign for target in TARGETS for sign in _signs(mine_rows, target)]
    return WeeksReport(rows=tuple(rows), spreads=tuple(spreads), signs=tuple(signs))


def _number(name: str) -> Callable[[Figures], float | None]:
    return lambda each: each.figure(name).realised


def _hours(name: str) -> Callable[[Figures], float | None]:
    def value(each: Figures) -> float | None:
        minutes = each.figure(name).realised
        return None if minutes is None else minutes / 60

    return value


def _more(name: str) -> Callable[[Figures], float | None]:
    def value(each: Figures) -> float | None:
        minutes = each.figure(name).difference
        return None if minutes is None else minutes / 60

    return value


def _share(part: str, whole: tuple[str, ...]) -> Callable[[Figures], float | None]:
    """A share in percents; None when it is a share of nothing."""

    def value(each: Figures) -> float | None:
        counts = [each.figure(name).realised for name in whole]
        of = sum(count or 0 for count in counts)
        number = each.figure(part).realised
        return None if not of or number is None else 100 * number / of

    return value


INDICATORS: dict[str, Callable[[Figures], float | None]] = {
    "work_hours": _hours("work"),
    "work_more": _more("work"),
    "overtime_hours": _hours("overtime"),
    "paid_hours": _hours("paid"),
    "travel_hours": _hours("travel"),
    "done_percent": _share("done", ("visits_recorded",)),
    "in_window_percent": _share("in_window", ("done",)),
    "near_plan_percent": _share("near_plan", ("compared",)),
    "changed_duties": _number("changed_duties"),
    "changed_visits": _number("changed_visits"),
    "cancelled_percent": _share("cancelled", ("visits_recorded",)),
    "handovers_percent": _share("handover_ready", ("handover_ready", "handover_not_ready")),
}
"""What is compared over weeks; hours, percents and counts."""


def _row(report: RealisedReport, figures: Figures, week: date) -> WeekRow:
    return WeekRow(
        week=week, instance=report.instance, scope=figures.scope, id=figures.id,
        values={name: value(figures) for name, value in INDICATORS.items()},
        verdicts={name: _verdict(report, name, figures) for name in TARGETS},
    )  # fmt: skip


def _verdict(report: RealisedReport, name: TargetName, figures: Figures) -> Verdict:
    """The verdict of a week; unknown in a file that does not hold it."""
    key = (name, figures.week, figures.scope, figures.id)
    same = (each for each in report.targets if (each.name, each.week, each.scope, each.id) == key)
    return next((each.verdict for each in same), "unknown")


def _spreads(rows: list[WeekRow]) -> list[Spread]:
    found = []
    for name in INDICATORS:
        known = [value for row in rows if (value := row.values[name]) is not None]
        if known:
            found.append(Spread(
                scope=rows[0].scope, id=rows[0].id, name=name, weeks=len(known), mean=mean(known), least=min(known),
                most=max(known), deviation=stdev(known) if len(known) > 1 else None,
            ))  # fmt: skip
    return found


def _signs(rows: list[WeekRow], target: TargetName) -> list[Sign]:
    """Runs of missed weeks; a week that is not known, or not there, ends a run."""
    runs: list[tuple[date, int]] = []
    for row in rows:
        if row.verdicts[target] != "not_met":
            continue
        follows = bool(runs) and runs[-1][0] == row.week - timedelta(days=7)
        if follows:
            runs[-1] = (row.week, runs[-1][1] + 1)
        else:
            runs.append((row.week, 1))
    return [
        Sign(scope=rows[0].scope, id=rows[0].id, target=target, last=last, weeks=length)
        for last, length in runs
        if length >= IN_A_ROW
    ]
