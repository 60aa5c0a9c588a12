"""Visits, planned beside realised, into the ledger: done, on time, cancelled, handovers, and the reasons given."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.realised import Realised, RealisedVisit
from optimiser.domain.realised_report import ReasonCount
from optimiser.domain.work import Visit
from optimiser.report.realised_ledger import Ledger, Side
from optimiser.report.realised_plan import monday_of

NEAR_MINUTES = 15
"""As in the count of changed visits: so much later or earlier is no change."""
Outcome = Literal["done", "cancelled", "not_done", "moved", "unrecorded"]
RECORDED = (
    "visits_recorded", "visits_unrecorded", "done", "done_extra", "visit_minutes", "in_window", "compared", "near_plan",
    "to_the_minute", "other_nurse", "cancelled", "cancelled_client", "cancelled_team", "notice_known", "notice",
    "not_done", "moved", "handover_ready", "handover_not_ready", "handover_unrecorded",
)  # fmt: skip
PLANNED = ("done", "visit_minutes", "in_window")


@dataclass(frozen=True)
class PlannedPart:
    """One nurse's part of a visit in the plan."""

    nurse: str
    start: int
    end: int


Parts = dict[int, PlannedPart]


class _Count(Protocol):
    """Adds an amount to the scope of a case."""

    def __call__(self, name: str, amount: int = 1, side: Side = "realised") -> None: ...


def planned_parts(plan: Plan) -> dict[str, Parts]:
    """Visit id -> its parts in the plan; empty for a plan without routes."""
    table: dict[str, Parts] = defaultdict(dict)
    for duty in plan.duties if plan.with_routes else ():
        for stop in duty.stops:
            if stop.what == "visit":
                table[stop.id][stop.part] = PlannedPart(duty.nurse, stop.start, stop.end)
    return dict(table)


@dataclass(frozen=True)
class _Case:
    """A visit, or one nurse's parts of it: what was planned, what was written down, and in which parts it is done."""

    visit: Visit
    planned: Parts
    rows: dict[int, RealisedVisit]
    parts: tuple[int, ...]

    @property
    def outcome(self) -> Outcome:
        """Done when every part is; a visit done in part is not done."""
        rows = [self.rows[part] for part in self.parts if part in self.rows]
        if len(rows) < len(self.parts):
            return "unrecorded"
        done = sum(row.done for row in rows)
        if done == len(rows):
            return "done"
        if done:
            return "not_done"
        statuses = {row.status for row in rows}
        return "cancelled" if "cancelled" in statuses else "moved" if "moved" in statuses else "not_done"

    def in_window(self, starts: Iterable[int]) -> bool:
        """Whether all starts lie in a window of the visit."""
        return all(any(each.start <= start <= each.end for each in self.visit.windows) for start in starts)


def add_visits(ledger: Ledger, instance: Instance, plan: Plan, realised: Realised) -> tuple[ReasonCount, ...]:
    """Visits by the client's organisation, and for a nurse the parts that she did or should have done; the reasons."""
    planned = planned_parts(plan)
    if plan.with_routes:
        ledger.know("planned", PLANNED)
    rows: dict[str, dict[int, RealisedVisit]] = defaultdict(dict)
    for row in realised.visits or ():
        rows[row.id][row.part] = row
    if realised.visits is not None:
        ledger.know("realised", RECORDED)
    reasons: Counter[tuple[int, str, str]] = Counter()
    for visit in instance.visits:
        parts, known = planned.get(visit.id, {}), rows.get(visit.id, {})
        if not parts and not known:
            continue
        week = _week(instance, visit, parts)
        case = _Case(visit, parts, known, (1, 2)[: visit.nurses])
        _add(ledger, week, case, organisation=instance.client_by_id[visit.client].organisation)
        for part in case.parts:
            nurse = _nurse(parts.get(part), known.get(part))
            if nurse is not None:
                mine = {part: parts[part]} if part in parts and parts[part].nurse == nurse else {}
                _add(ledger, week, _Case(visit, mine, known, (part,)), nurse=nurse)
        if realised.visits is not None and case.outcome in ("cancelled", "not_done", "moved"):
            reason = next((row.reason for row in known.values() if row.reason is not None), None)
            reasons[week, case.outcome, reason or ""] += 1
    return _reasons(instance, reasons, realised)


def _week(instance: Instance, visit: Visit, parts: Parts) -> int:
    """The week of the planned start, else that of the first window."""
    starts = [each.start for each in parts.values()] or [visit.windows[0].start]
    return max(0, min(instance.clock.day_of(min(starts)) // 7, instance.weeks - 1))


def _nurse(planned: PlannedPart | None, row: RealisedVisit | None) -> str | None:
    """Whose part it is: of who did it, else of who should have."""
    if row is not None and row.done:
        return row.nurse
    return planned.nurse if planned is not None else row.nurse if row is not None else None


def _add(
    ledger: Ledger, week: int, case: _Case, *, organisation: str | None = None, nurse: str | None = None
) -> None:  # fmt: skip
    def count(name: str, amount: int = 1, side: Side = "realised") -> None:
        ledger.add(name, side, week, amount, organisation=organisation, nurse=nurse)

    if case.planned:
        count("done", side="planned")
        count("visit_minutes", sum(each.end - each.start for each in case.planned.values()), "planned")
        count("in_window", case.in_window(each.start for each in case.planned.values()), "planned")
    outcome = case.outcome
    if outcome == "unrecorded":
        count("visits_unrecorded")
        return
    rows = [case.rows[part] for part in case.parts]
    count("visits_recorded")
    count(outcome)
    handovers = {row.handover for row in rows}
    if "not_ready" in handovers:
        count("handover_not_ready")
    elif "ready" in handovers:
        count("handover_ready")
    elif None in handovers and outcome == "done":
        count("handover_unrecorded")
    # minutes at a client were made, also when the other nurse of the visit never came
    count("visit_minutes", sum((row.end or 0) - (row.start or 0) for row in rows if row.done))
    if outcome == "cancelled":
        _cancelled(count, rows)
    elif outcome == "done":
        _done(count, case, rows)


def _cancelled(count: _Count, rows: list[RealisedVisit]) -> None:
    first = next(row for row in rows if row.status == "cancelled")
    count(f"cancelled_{first.cancelled_by}")
    if first.cancelled_minutes_before is not None:
        count("notice_known")
        count("notice", first.cancelled_minutes_before)


def _done(count: _Count, case: _Case, rows: list[RealisedVisit]) -> None:
    starts: dict[int, int] = {row.part: row.start or 0 for row in rows}
    count("in_window", case.in_window(starts.values()))
    if not case.planned:
        count("done_extra")
    if set(case.planned) >= set(case.parts):
        late = [abs(starts[part] - case.planned[part].start) for part in case.parts]
        count("compared")
        count("near_plan", max(late) <= NEAR_MINUTES)
        count("to_the_minute", max(late) == 0)
        count("other_nurse", any(row.nurse != case.planned[row.part].nurse for row in rows))


def _reasons(
    instance: Instance, visits: Counter[tuple[int, str, str]], realised: Realised
) -> tuple[ReasonCount, ...]:  # fmt: skip
    """Reasons by week and over the whole, most given first."""
    table = Counter(visits)
    table.update((row.day // 7, "duty", row.reason) for row in realised.duties or () if row.reason is not None)
    counted: list[ReasonCount] = []
    for week in (None, *range(instance.weeks)):
        sums: Counter[tuple[str, str]] = Counter()
        for (when, what, reason), number in table.items():
            if week is None or week == when:
                sums[what, reason] += number
        monday = None if week is None else monday_of(instance, week)
        counted += [
            ReasonCount.model_validate({"week": monday, "what": what, "reason": reason, "count": number})
            for (what, reason), number in sorted(sums.items(), key=lambda each: (each[0][0], -each[1], each[0][1]))
        ]
    return tuple(counted)
