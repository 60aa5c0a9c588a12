"""The checker: all families over one plan. It sees Instance, contract, TravelMatrix and Plan, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from optimiser.check import (
    breaks,
    claims,
    companions,
    competence,
    duties,
    expiring,
    links,
    livable,
    minors,
    nights,
    notes,
    on_call,
    pregnancy,
    publication,
    response,
    rest,
    routes,
    seniors,
    served,
    sharing,
    sundays,
    weekly_rest,
    windows,
    working_time,
    workplace,
)
from optimiser.check.case import Case
from optimiser.check.cost import counts
from optimiser.check.cover import shortfalls
from optimiser.check.registry import RULES
from optimiser.check.report import CheckReport
from optimiser.check.timeline import Timeline, timelines
from optimiser.check.violation import Violation
from optimiser.domain.instance import Instance
from optimiser.domain.labour import is_norm
from optimiser.domain.objective import weigh
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix

__all__ = ["CheckReport", "check"]

LawFamily = Callable[[Case, Timeline], Iterator[Violation]]
LAW: tuple[LawFamily, ...] = (
    rest.judge, weekly_rest.judge, nights.judge, working_time.judge, on_call.judge, workplace.judge, breaks.judge,
    sundays.judge, pregnancy.judge, minors.judge,
)  # fmt: skip
ROSTER = (seniors.judge, duties.judge, companions.judge, publication.judge, expiring.judge, livable.judge,
          response.judge)  # fmt: skip
ROUTES = (served.judge, windows.judge, competence.judge, sharing.judge, routes.judge, links.judge)
TOKENS = frozenset({"rest.token", "nights.token", "nights.long"})
"""Signals that ``allow_planned_tokens`` silences."""


def check(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, parent: Plan | None = None
) -> CheckReport:
    """Judge a plan. ``parent`` is the plan that it changes; without it the terms of change are 0.

    Routes of a plan without routes are not judged (``notes`` says so). Never raises on what a plan holds.
    """
    case = Case(instance, contract, travel, plan, parent)
    found, inherited = _law(case)
    for family in (*ROSTER, *(ROUTES if plan.with_routes else ())):
        found += family(case)
    tokens = _tokens(found)
    if instance.settings.allow_planned_tokens:
        found = [each for each in found if each.rule not in TOKENS]
    short = shortfalls(case)
    terms = counts(case, short, found)
    found, overridden = _set_aside(case, found)
    violations = [each for each in found if RULES[each.rule].level == "hard"]
    objective = weigh(terms, instance.weights, len(violations))
    false = list(claims.judge(case, terms, objective))
    return CheckReport(
        violations=_ordered([*violations, *false]),
        signals=_ordered(each for each in found if RULES[each.rule].level == "signal"),
        inherited=_ordered(inherited),
        overridden=_ordered(overridden),
        counts=terms,
        objective=objective.model_copy(update={"hard": len(violations) + len(false)}),
        claims=tuple(each.sentence("en") for each in false),
        shortfalls=tuple(short),
        notes=tuple(notes.notes(case)),
        tokens=tokens,
    )


def _tokens(found: list[Violation]) -> dict[str, dict[str, int]]:
    """Nurse id -> rule -> how often a reduction is used."""
    table: dict[str, dict[str, int]] = {}
    for each in found:
        if each.rule in TOKENS and each.nurse is not None:
            row = table.setdefault(each.nurse, dict.fromkeys(sorted(TOKENS), 0))
            row[each.rule] += 1
    return table


def _law(case: Case) -> tuple[list[Violation], list[Violation]]:
    """Findings of the law, apart from those that the tables alone cause; signals of the tables alone are dropped."""
    everything = [(line, list(_judged(case, line))) for line in timelines(case).values()]
    suspects = [line.nurse for line, found in everything if found]
    before = timelines(case, planned=False, only=suspects)
    own: list[Violation] = []
    inherited: list[Violation] = []
    for line, found in everything:
        known = set(_judged(case, before[line.nurse])) if found else set()
        for each in found:
            if each not in known:
                own.append(each)
            elif RULES[each.rule].level == "hard":
                inherited.append(each)
    return own, inherited


def _judged(case: Case, line: Timeline) -> Iterator[Violation]:
    for family in LAW:
        yield from family(case, line)


def _set_aside(case: Case, found: list[Violation]) -> tuple[list[Violation], list[Violation]]:
    """Split off what an override sets aside: agreements, signals, and norms of those for whom the law on hours does not
    hold; never law. For its nurse and dates."""
    kept: list[Violation] = []
    aside: list[Violation] = []
    for each in found:
        may = RULES[each.rule].overridable or is_norm(each.article)
        reason = _reason(case, each) if may else None
        if reason is None:
            kept.append(each)
        else:
            aside.append(replace(each, reason=reason))
    return kept, aside


def _reason(case: Case, each: Violation) -> str | None:
    day = case.clock.moment_of(each.start).date()
    for row in case.overrides:
        right_rule = row.rule in (each.rule, each.family)
        if right_rule and row.nurse in (None, each.nurse) and row.first <= day <= row.last:
            return row.reason
    return None


def _ordered(found: Iterable[Violation]) -> tuple[Violation, ...]:
    return tuple(sorted(found, key=lambda each: (each.rule, each.start, each.nurse or "", each.subject)))
