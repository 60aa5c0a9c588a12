"""For work that nobody does: the smallest change that would serve it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
from optimiser.explain.ejection import Exchange, cheapest_exchange
from optimiser.explain.extra_duty import cheapest_extra_duty, cheapest_extra_pair
from optimiser.explain.in_pairs import both_parts
from optimiser.explain.in_route import best_in_routes
from optimiser.explain.present import Present
from optimiser.explain.what_if import WhatIf, longer_duty, missing_skill, wider_window
from optimiser.explain.why_visit import known_work, visit_answer
from optimiser.texts import Language, signed, text

Kind = Literal["insert", "move", "hand_over", "duty", "earlier", "later", "longer", "skill"]
TOGETHER = frozenset({"links.together"})


@dataclass(frozen=True)
class SmallestChange:
    """``kind`` of change, with ``cost`` (difference of the objective's scalar, minute-equivalents) and ``terms``.

    ``values`` are what the sentence shows. ``change`` is lawful as it stands for the kinds insert, move, hand_over and
    duty; for the others it breaks the one rule that is asked to give way. ``also``: what else must then be done, since
    it is tied to this; cost, terms and change are then of all of it.
    """

    kind: Kind
    visit: str
    nurse: str
    cost: int
    terms: dict[str, int]
    values: dict[str, str | int] = field(default_factory=dict)
    change: Change | None = field(default=None, repr=False, compare=False)
    also: tuple[SmallestChange, ...] = ()

    @property
    def lawful(self) -> bool:
        """Whether the change breaks no rule."""
        return self.kind in ("insert", "move", "hand_over", "duty") and all(each.lawful for each in self.also)

    @property
    def plan(self) -> Plan | None:
        """The plan with the change when it is lawful."""
        return self.change.plan() if self.lawful and self.change is not None else None

    def sentence(self, language: Language = "nl") -> str:
        """What would do, with its figures."""
        moment = {}
        for name, minute in self.values.items():
            if name.endswith("start") and self.change is not None:
                at = self.change.present.instance.clock.moment_of(int(minute))
                moment[name.replace("start", "time")] = f"{day_and_month(at.date(), language)} {at:%H:%M}"
        words = text(f"explain.change.{self.kind}", language, visit=self.visit, nurse=self.nurse,
                     cost=signed(self.cost, language), **{**self.values, **moment})  # fmt: skip
        return " ".join((words, *(each.sentence(language) for each in self.also)))


def in_words(visit_id: str, found: SmallestChange | None, language: Language = "nl") -> str:
    """The sentence of a smallest change, also when there is none."""
    return text("explain.change.none", language, visit=visit_id) if found is None else found.sentence(language)


def smallest_change(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, visit_id: str,
    as_of: int | None = None,
) -> SmallestChange | None:  # fmt: skip
    """The first of these that would serve a visit (or in-route task) that nobody does; None when it is served, or
    nothing of these does.

    In order: a place in a route as it is; one other visit moved or handed over; an extra duty; a wider window; an hour
    more at the end of a duty; a skill that one nurse lacks. For two nurses: places in two routes, or an extra duty for
    one of them. Work that must be done together with other work that nobody does: with a change for each of it.
    Raises InputError on unknown work.
    """
    return smallest_change_of(Present(instance, contract, travel, plan), visit_id, as_of)


def smallest_change_of(present: Present, visit_id: str, as_of: int | None = None) -> SmallestChange | None:
    """``smallest_change`` for a plan that is looked up already."""
    if present.case.fully_served(known_work(present, visit_id)):
        return None
    others = _done_together(present, visit_id)
    found = _of_one(present, visit_id, as_of, TOGETHER if others else frozenset())
    if found is None or not others:
        return found
    here, steps = present, [found]
    for name in others:
        here = _after(here, steps[-1])
        step = _of_one(here, name, as_of, TOGETHER)
        if step is None:
            return None
        steps.append(step)
    after = _after(here, steps[-1]).plan
    whole = Change(present, tuple(duty for duty in after.duties if present.duty_by_id.get(duty.id) != duty))
    if found.lawful and all(step.lawful for step in steps) and whole.difference.violations:
        return None
    return replace(found, cost=whole.cost, terms=whole.difference.terms, change=whole, also=tuple(steps[1:]))


def _after(present: Present, step: SmallestChange) -> Present:
    """The plan with a change in it."""
    plan = present.plan if step.change is None else step.change.plan()
    return Present(present.instance, present.contract, present.travel, plan)


def _done_together(present: Present, name: str) -> list[str]:
    """Other work that nobody does and that must be done when this is."""
    found, todo = [name], [name]
    while todo:
        for link in present.links_of.get(todo.pop(), ()):
            for other in (link.first, link.second):
                work = present.work(other)
                if link.together and other not in found and work is not None and not present.case.fully_served(work):
                    found.append(other)
                    todo.append(other)
    return found[1:]


def _of_one(present: Present, visit_id: str, as_of: int | None, waived: frozenset[str]) -> SmallestChange | None:
    """The first that serves this one; rules in ``waived`` do not count."""
    work = known_work(present, visit_id)
    if isinstance(work, Visit) and work.nurses == 2:
        return _of_two(present, work, as_of)
    asked = Asked(present, work, 1, as_of, waived=waived)
    fitting = [best_in_routes(asked, nurse.id) for nurse in present.instance.nurses]
    best = min((each for each in fitting if each.possible), key=lambda each: (each.cost, each.nurse), default=None)
    if best is not None:
        return _of("insert", visit_id, best)
    exchange = cheapest_exchange(asked)
    if exchange is not None:
        return _of_exchange(visit_id, exchange)
    extra = cheapest_extra_duty(asked)
    return _of("duty", visit_id, extra) if extra is not None else _what_if(asked)


def _of_two(present: Present, work: Visit, as_of: int | None) -> SmallestChange | None:
    best = visit_answer(present, work.id, as_of).best
    if best is not None:
        return _of("insert", work.id, best)
    extra = cheapest_extra_pair(both_parts(present, work, as_of))
    return None if extra is None else _of("duty", work.id, extra)


def _of_exchange(visit_id: str, exchange: Exchange) -> SmallestChange:
    change = exchange.change
    values: dict[str, str | int] = {"duty": exchange.duty, "start": exchange.start, "other": exchange.other,
                                    "taker": exchange.taker, "other_start": exchange.other_start}  # fmt: skip
    kind: Kind = "move" if exchange.taker == exchange.nurse else "hand_over"
    return SmallestChange(kind, visit_id, exchange.nurse, change.cost, change.difference.terms, values, change)


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
