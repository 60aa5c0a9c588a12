"""Who may come to a visit or task at all: person, skills and sharing, whatever the routes are."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from optimiser.check import competence, sharing
from optimiser.check.case import Case
from optimiser.check.violation import Violation
from optimiser.domain.plan import Duty, Plan, Route, Stop
from optimiser.domain.work import Task, Visit
from optimiser.explain.order import STATIC, VISIT_ORDER, in_order
from optimiser.explain.present import Present
from optimiser.explain.road import spans_of

Part = Literal[1, 2]


def may_come(present: Present, work: Visit | Task, part: Part) -> dict[tuple[str, int], tuple[Violation, ...]]:
    """(nurse, number of the window) -> what forbids her to do this part in that window, first what is said first.

    Judged at the start of the window. Not judged: anything that hangs on routes or duties.
    """
    spans = spans_of(present, work)
    duties = [
        _duty(present, nurse.id, nurse.organisation, number, work, part, low)
        for nurse in present.instance.nurses
        for number, (low, _) in enumerate(spans)
    ]
    plan = Plan.model_construct(
        instance=present.instance.name, fingerprint="", contract=present.contract, duties=tuple(duties)
    )
    case = Case(present.instance, present.contract, present.travel, plan)
    found = defaultdict[tuple[str, int], list[Violation]](list)
    by_start = {low: number for number, (low, _) in enumerate(spans)}
    for family in (competence.judge, sharing.judge):
        for each in family(case):
            if each.rule in STATIC and each.nurse is not None:
                found[each.nurse, by_start[each.start]].append(each)
    return {key: in_order(each, VISIT_ORDER) for key, each in found.items()}


def _duty(
    present: Present, nurse: str, organisation: str, number: int, work: Visit | Task, part: Part, start: int
) -> Duty:
    """A duty of no real kind that holds nothing but the work; the families asked here look at nothing else."""
    end = start + work.minutes
    stop = Stop.model_construct(
        what="visit" if isinstance(work, Visit) else "task", id=work.id, part=part, arrival=start, start=start, end=end
    )
    clock = present.instance.clock
    return Duty.model_construct(
        id=f"{nurse}/{number}", nurse=nurse, kind=present.instance.shift_kinds[0].id,
        day=clock.date_of(clock.day_of(start)), lane="work", start=start, end=end, organisation=organisation,
        routes=(Route.model_construct(segment=0, stops=(stop,)),),
    )  # fmt: skip
