"""The checker on a small part of the world: a few duties, before and after a change.

What the change does not touch is left out on both sides, so that the difference is that of the whole plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from optimiser.check.checker import check
from optimiser.check.registry import RULES
from optimiser.check.report import CheckReport
from optimiser.check.violation import Violation
from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Duty, Plan, Unserved
from optimiser.explain.present import Present, rebuilt

OF_THE_WHOLE = frozenset({
    "fairness", "uncovered_minimum", "uncovered_wanted", "changed_duty", "changed_visit", "late_calls", "call_travel",
    "surplus_standby",
})  # fmt: skip
"""Terms that a small world cannot count."""
HIDDEN = frozenset({"publication.notice", "competence.expiring"})
"""Signals about the whole plan."""


@dataclass(frozen=True)
class Difference:
    """What a change does: hard findings and signals that it adds, and each term that it changes (counts)."""

    violations: tuple[Violation, ...]
    signals: tuple[Violation, ...]
    terms: dict[str, int]


class SmallWorld:
    """The tables that some duties touch. ``links`` names the work whose ties are judged; other ties are left out.

    Not ``law``: what lies outside the duties is left out too, where only routes change.
    """

    def __init__(
        self, present: Present, duties: Iterable[Duty], links: Collection[str] = (), law: bool = True
    ) -> None:
        self.present = present
        self.instance = _tables(present, list(duties), links, law)

    def report(self, duties: Collection[Duty]) -> CheckReport:
        """The verdict on these duties as if nothing else were in the plan; what they leave out counts as listed."""
        done = Counter(stop.id for duty in duties for stop in duty.stops)
        needed = {visit.id: visit.nurses for visit in self.instance.visits}
        needed |= {task.id: 1 for task in self.instance.tasks if task.in_route}
        left = tuple(
            Unserved.model_construct(id=name, reason="not_inserted", detail="")
            for name, parts in needed.items()
            if done[name] < parts
        )
        present = self.present
        plan = Plan.model_construct(
            instance=self.instance.name, fingerprint="", contract=present.contract, status=present.plan.status,
            duties=tuple(duties), unserved=left, overrides=present.plan.overrides, events=present.plan.events,
        )  # fmt: skip
        return check(self.instance, present.contract, present.travel, plan)


def difference(old: CheckReport, new: CheckReport) -> Difference:
    """What the second verdict on a small world adds to the first.

    The terms hold neither cover nor fairness nor calls nor changes: those need the whole plan.
    """
    terms = {
        name: count - old.counts[name]
        for name, count in new.counts.items()
        if count != old.counts[name] and name not in OF_THE_WHOLE
    }
    signals = tuple(each for each in added(old.signals, new.signals) if each.rule not in HIDDEN)
    return Difference(added(old.violations, new.violations), signals, terms)


def added(before: Iterable[Violation], after: Iterable[Violation]) -> tuple[Violation, ...]:
    """Findings of ``after`` that ``before`` does not hold, or holds in a milder form."""
    known = Counter(before)
    milder = {each.rule_id: each for each in known}
    fresh = []
    for each in after:
        if known[each] > 0:
            known[each] -= 1
        elif each.rule_id not in milder or not _no_worse(milder[each.rule_id], each):
            fresh.append(each)
    return tuple(fresh)


def _no_worse(before: Violation, after: Violation) -> bool:
    if not isinstance(before.found, int) or not isinstance(after.found, int):
        return False
    measure = RULES[after.rule].measure
    return (measure == "at_most" and after.found <= before.found) or (
        measure == "at_least" and after.found >= before.found
    )


def _tables(present: Present, duties: list[Duty], links: Collection[str], law: bool) -> Instance:
    instance = present.instance
    nurses = {duty.nurse for duty in duties}
    works = {stop.id for duty in duties for stop in duty.stops if stop.what != BREAK}
    ties = {link.id: link for name in links for link in present.links_of.get(name, ())}
    fixed = {name for link in ties.values() for name in (link.first, link.second)}
    return rebuilt(
        instance,
        nurses=tuple(each for each in instance.nurses if each.id in nurses),
        visits=tuple(instance.visit_by_id[name] for name in works | fixed if name in instance.visit_by_id),
        tasks=tuple(each for each in instance.tasks if each.nurse in nurses or each.id in works | fixed),
        work_links=tuple(ties.values()),
        cover=(),
        availability=tuple(
            each for each in instance.availability if each.nurse in nurses and (law or each.kind == "travel")
        ),
        wishes=tuple(each for each in instance.wishes if each.nurse in nurses),
        context=tuple(each for each in instance.context if law and each.nurse in nurses),
        duties_given=tuple(each for each in instance.duties_given if each.nurse in nurses),
        counters=tuple(each for each in instance.counters if each.nurse in nurses),
        nurse_skills=tuple(each for each in instance.nurse_skills if each.nurse in nurses),
    )
