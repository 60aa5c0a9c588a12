"""For work that nobody does: the smallest change that would serve it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from optimiser.check.violation import day_and_month
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Visit
from optimiser.explain.alternative import Alternative
from optimiser.explain.asked import Asked
from optimiser.explain.change import Change
from optimiser.explain.ejection import cheapest_exchange
from optimiser.explain.extra_duty import cheapest_extra_duty
from optimiser.explain.present import Present
from optimiser.explain.what_if import WhatIf, longer_duty, missing_skill, wider_window
from optimiser.explain.why_visit import known_work, visit_answer
from optimiser.texts import Language, text

Kind = Literal["insert", "move", "hand_over", "duty", "earlier", "later", "longer", "skill"]


@dataclass(frozen=True)
class SmallestChange:
    """``kind`` of change, with ``cost`` (difference of the objective's scalar, minute-equivalents) and ``terms``.

    ``values`` are what the sentence shows. ``change`` is lawful as it stands for the kinds insert, move, hand_over and
    duty; for the others it breaks the one rule that is asked to give way.
    """

    kind: Kind
    visit: str
    nurse: str
    cost: int
    terms: dict[str, int]
    values: dict[str, str | int] = field(default_factory=dict)
    change: Change | None = field(default=None, repr=False, compare=False)

    @property
    def plan(self) -> Plan | None:
        """The plan with the change, for the kinds that break no rule."""
        lawful = self.kind in ("insert", "move", "hand_over", "duty")
        return self.change.plan() if lawful and self.change is not None else None

    def sentence(self, language: Language = "nl") -> str:
        """What would do, with its figures."""
        moment = {}
        if self.change is not None and "start" in self.values:
            at = self.change.present.instance.clock.moment_of(int(self.values["start"]))
            moment = {"time": f"{at:%H:%M}", "day": day_and_month(at.date(), language)}
        return text(f"explain.change.{self.kind}", language, visit=self.visit, nurse=self.nurse,
                    cost=f"{self.cost:+d}", **{**self.values, **moment})  # fmt: skip


def smallest_change(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, visit_id: str,
    as_of: int | None = None,
) -> SmallestChange | None:  # fmt: skip
    """The first of these that would serve a visit (or in-route task) that nobody does; None when it is served, or
    nothing of these does.

    In order: a place in a route as it is; one other visit moved or handed over; an extra duty; a wider window; an hour
    more at the end of a duty; a skill that one nurse lacks. A visit for two nurses: a place in two routes only.
    Raises InputError on unknown work.
    """
    return smallest_change_of(Present(instance, contract, travel, plan), visit_id, as_of)


def smallest_change_of(present: Present, visit_id: str, as_of: int | None = None) -> SmallestChange | None:
    """``smallest_change`` for a plan that is looked up already."""
    work = known_work(present, visit_id)
    if present.case.fully_served(work):
        return None
    best = visit_answer(present, visit_id, as_of).best
    if best is not None:
        return _of("insert", visit_id, best)
    if isinstance(work, Visit) and work.nurses == 2:
        return None
    asked = Asked(present, work, 1, as_of)
    exchange = cheapest_exchange(asked)
    if exchange is not None:
        kind: Kind = "move" if exchange.taker == exchange.nurse else "hand_over"
        at = present.instance.clock.moment_of(exchange.other_start)
        values: dict[str, str | int] = {"duty": exchange.duty, "start": exchange.start, "other": exchange.other,
                                        "taker": exchange.taker, "other_time": f"{at:%H:%M}"}  # fmt: skip
        change = exchange.change
        return SmallestChange(kind, visit_id, exchange.nurse, change.cost, change.difference.terms, values, change)
    extra = cheapest_extra_duty(asked)
    if extra is not None:
        return _of("duty", visit_id, extra)
    return _what_if(asked)


def _what_if(asked: Asked) -> SmallestChange | None:
    wider = wider_window(asked)
    if wider is not None:
        return _of("later" if wider.minutes > 0 else "earlier", asked.work.id, wider.then, wider)
    longer = longer_duty(asked)
    if longer is not None:
        return _of("longer", asked.work.id, longer.then, longer)
    skill = missing_skill(asked)
    return None if skill is None else _of("skill", asked.work.id, skill.then, skill)


def _of(kind: Kind, visit: str, then: Alternative, found: WhatIf | None = None) -> SmallestChange:
    duty = None if then.attempt is None else next(each for each in then.attempt.duties if each.id == then.duty)
    values: dict[str, str | int] = {
        "duty": then.duty or "", "kind": duty.kind if duty is not None else "", "start": then.start or 0,
        "minutes": abs(found.minutes) if found is not None else 0, "skill": found.skill if found is not None else "",
        "partner": then.partner or "",
    }  # fmt: skip
    return SmallestChange(kind, visit, then.nurse, then.cost, then.terms, values, then.attempt)
