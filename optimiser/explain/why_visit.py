"""Who else could do a visit: for each nurse the first rule that blocks her, or what it would cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from optimiser.check.case import Done
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Task, Visit
from optimiser.errors import Fault, InputError
from optimiser.explain.alternative import Alternative
from optimiser.explain.asked import Asked
from optimiser.explain.in_pairs import in_pairs
from optimiser.explain.in_route import best_in_routes
from optimiser.explain.order import VISIT_ORDER
from optimiser.explain.present import Present
from optimiser.explain.reason import Reason
from optimiser.texts import Language, text


@dataclass(frozen=True)
class VisitAnswer:
    """``now``: the nurses who do it, by part. ``alternatives``: one for each nurse, possible ones first by cost, then
    those that got furthest."""

    visit: str
    now: tuple[str, ...]
    alternatives: tuple[Alternative, ...]

    @property
    def best(self) -> Alternative | None:
        """The cheapest that can be done and is not done now."""
        return next((each for each in self.alternatives if each.possible and not each.present), None)

    def lines(self, language: Language = "nl") -> tuple[str, ...]:
        """Who does it now, and a line for each nurse."""
        if self.now:
            head = text("explain.now", language, visit=self.visit, nurses=", ".join(self.now))
        else:
            head = text("explain.nobody_now", language, visit=self.visit)
        return (head, *(each.sentence(language) for each in self.alternatives))


def why_visit(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, visit_id: str,
    as_of: int | None = None,
) -> VisitAnswer:  # fmt: skip
    """For each nurse: could she do this visit (or in-route task), beside all else that is planned?

    ``as_of`` (horizon minute): what starts before it stands. The prices of change against a parent are not in the
    costs. Raises InputError on unknown work. For many questions of one plan: ``visit_answer`` with one ``Present``.
    """
    return visit_answer(Present(instance, contract, travel, plan), visit_id, as_of)


def visit_answer(present: Present, visit_id: str, as_of: int | None = None) -> VisitAnswer:
    """``why_visit`` for a plan that is looked up already."""
    work = known_work(present, visit_id)
    parts = present.case.served.get(visit_id, {})
    pair = isinstance(work, Visit) and work.nurses == 2
    now = tuple(parts[part].duty.nurse for part in sorted(parts))
    nurses = [each.id for each in present.instance.nurses if each.id not in now]
    found = [Alternative(nurse, done.duty.id, part, start=done.stop.start, present=True)
             for part, nurse in zip(sorted(parts), now, strict=True) for done in (parts[part],)]  # fmt: skip
    if any(as_of is not None and done.stop.start < as_of for done in parts.values()):
        begun = Reason(key="explain.begun", values={"visit": visit_id})
        found += [Alternative(nurse, None, blocking=begun) for nurse in nurses]
    elif pair and len(parts) == 2:
        found += _instead_of_one(present, work, parts, nurses, as_of)
    elif pair:
        found += in_pairs(present, work, nurses, as_of)
    else:
        asked = Asked(present, work, 1, as_of, parts.get(1))
        found += [best_in_routes(asked, nurse) for nurse in nurses]
    return VisitAnswer(visit_id, now, tuple(sorted(found, key=rank)))


def why_not(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, visit_id: str, nurse: str,
    as_of: int | None = None,
) -> Alternative:  # fmt: skip
    """The one alternative of this nurse. Raises InputError on unknown work or an unknown nurse."""
    if nurse not in instance.nurse_by_id:
        raise InputError([Fault("plan", 0, "nurse", "a nurse of the instance", nurse)])
    answer = why_visit(instance, contract, travel, plan, visit_id, as_of)
    return next(each for each in answer.alternatives if each.nurse == nurse)


def known_work(present: Present, name: str) -> Visit | Task:
    """The visit or in-route task of that id. Raises InputError when there is none."""
    work = present.work(name)
    if work is None:
        raise InputError([Fault("plan", 0, "visit", "a visit or in-route task of the instance", name)])
    return work


def rank(each: Alternative) -> tuple[int, int, str]:
    """Done now, possible by cost, then blocked by how far it got."""
    if each.present:
        return 0, 0, each.nurse
    if each.blocking is None:
        return 1, each.cost, each.nurse
    return 2, -VISIT_ORDER[each.blocking.rule], each.nurse


def _instead_of_one(
    present: Present, work: Visit | Task, parts: dict[int, Done], nurses: list[str], as_of: int | None
) -> list[Alternative]:
    """A served pair: the nurse takes one part at the present start, the other stays; the better of both."""
    keys: tuple[Literal[1, 2], ...] = (1, 2)
    asked = [Asked(present, work, part, as_of, parts[part], parts[part].stop.start)
             for part in keys]  # fmt: skip
    best = []
    for nurse in nurses:
        options = [best_in_routes(each, nurse) for each in asked]
        best.append(min(options, key=rank))
    return best
