"""Could a nurse have a duty beside the rest of her row, and at what cost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from optimiser.check.violation import Violation
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.errors import Fault, InputError
from optimiser.explain.order import DUTY_ORDER, in_order
from optimiser.explain.present import Present
from optimiser.explain.reason import Reason
from optimiser.explain.small_world import Difference, SmallWorld, difference
from optimiser.explain.whole import priced, whole_terms


@dataclass(frozen=True)
class DutyAnswer:
    """May she have it, and what follows. ``blocking`` is the first broken rule, ``violations`` all of them.

    ``terms`` are the changes of the roster's terms (counts: hours, wishes, livable, fairness, cover) and ``cost`` their
    weighted sum in minute-equivalents, also where a rule blocks; the work of routes is not in it. ``signals`` are those
    it would add. All differences are against the plan without the duties that were taken away first.
    """

    nurse: str
    duty: Duty
    blocking: Reason | None
    violations: tuple[Violation, ...]
    cost: int
    terms: dict[str, int]
    signals: tuple[Violation, ...]

    @property
    def possible(self) -> bool:
        """Whether no hard rule blocks it."""
        return self.blocking is None


def why_duty(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, nurse: str, kind: str, day: date,
    without: Collection[str] = frozenset(),
) -> DutyAnswer:  # fmt: skip
    """Could this nurse have a duty of ``kind`` that starts on ``day`` beside the rest of her row in the plan?

    ``without``: ids of duties of the plan (hers or others') that are taken away first. Raises InputError on an unknown
    nurse or kind. For many questions of one plan: make a ``Present`` and call ``duty_answer``.
    """
    return duty_answer(Present(instance, contract, travel, plan), nurse, kind, day, without)


def duty_answer(
    present: Present, nurse: str, kind: str, day: date, without: Collection[str] = frozenset()
) -> DutyAnswer:
    """``why_duty`` for a plan that is looked up already."""
    new = new_duty(present, nurse, kind, day, without)
    kept = {name: duty for name, duty in present.bare_duties.items() if name not in without}
    found = _in_her_row(present, list(kept.values()), new, frozenset(without))
    terms = {**found.terms, **whole_terms(present, kept.values(), [*kept.values(), new])}
    ordered = in_order(found.violations, DUTY_ORDER)
    return DutyAnswer(
        nurse, new, Reason(ordered[0]) if ordered else None, ordered, priced(terms, present.instance.weights), terms,
        found.signals,
    )  # fmt: skip


def new_duty(present: Present, nurse: str, kind: str, day: date, without: Collection[str] = frozenset()) -> Duty:
    """The duty as a plan would hold it, without routes. Raises InputError on an unknown nurse or kind."""
    instance = present.instance
    for field, name, known in (("nurse", nurse, instance.nurse_by_id), ("kind", kind, instance.kind_by_id)):
        if name not in known:
            raise InputError([Fault("plan", 0, field, f"a {field} of the instance", name)])
    person, shape = instance.nurse_by_id[nurse], instance.kind_by_id[kind]
    bounds = segment_bounds(shape, instance.clock, instance.clock.day_number(day))
    name = f"{nurse}/{day}/{shape.lane}"
    taken = present.duty_by_id.keys() - set(without)
    return Duty(
        id=name if name not in taken else f"{name}/2", nurse=nurse, kind=kind, day=day, lane=shape.lane,
        start=bounds[0][0], end=bounds[-1][1], organisation=person.organisation,
        follows=person.companion if person.experience == "student" else None,
    )  # fmt: skip


def _in_her_row(present: Present, kept: list[Duty], new: Duty, without: frozenset[str]) -> Difference:
    """Her row before and after; a student's holds those who go along with her that day, so it is not remembered."""
    key = (new.nurse, without)
    if key not in present.rows:
        row = [duty for duty in kept if _belongs(duty, new)]
        world = SmallWorld(present, [*row, new])
        present.rows[key] = (world, row, world.report(row))
    world, row, old = present.rows[key] if new.follows is None else present.rows.pop(key)
    return difference(old, world.report([*row, new]))


def _belongs(duty: Duty, new: Duty) -> bool:
    """Her row; for a student also the duties of her companion that day and of who follows the same one."""
    if duty.nurse == new.nurse:
        return True
    return new.follows is not None and duty.day == new.day and new.follows in (duty.nurse, duty.follows)
