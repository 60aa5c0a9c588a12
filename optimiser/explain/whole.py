"""The terms that hang on everybody's duties or on all cover, and the price of a difference of terms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from optimiser.check.case import Case
from optimiser.check.cover import Shortfall, shortfalls
from optimiser.check.fairness import fairness
from optimiser.check.response import response
from optimiser.check.surplus import surplus_standby
from optimiser.domain.objective import TERMS, ObjectiveWeights
from optimiser.domain.plan import Duty
from optimiser.explain.present import Present, rebuilt

TOUCHED = range(-1, 3)
"""Days beside the one on which a duty begins whose cover windows it may hold: windows and duties end by the next."""
HOLD = range(-2, 2)
"""Days beside that of a window on which a duty that holds it may begin."""


def whole_terms(present: Present, before: Iterable[Duty], after: Iterable[Duty]) -> dict[str, int]:
    """The differences of cover, fairness and calls between two rosters of everybody (counts; those that change)."""
    both = tuple(before), tuple(after)
    changed = apart(*both), apart(*both[::-1])
    counts = []
    for duties, own in zip(both, changed, strict=True):
        case, days = _near(present, duties, (*changed[0], *changed[1]))
        short = shortfalls(case, days)
        counts.append({
            "uncovered_minimum": sum(each.below_minimum for each in short),
            "uncovered_wanted": sum(each.below_wanted for each in short),
            "surplus_standby": surplus_standby(case, days, {each.id for each in own}),
            "fairness": fairness(_case(present, duties)),
            # what calls cost is a sum over duties: only those that differ are looked at
            **response(_case(present, own if present.instance.call_sources else ())),
        })  # fmt: skip
    return {name: counts[1][name] - count for name, count in counts[0].items() if counts[1][name] != count}


def short_near(present: Present, duties: Iterable[Duty], changed: Iterable[Duty]) -> list[Shortfall]:
    """What a roster is short of on the days that some changed duties can touch: a roster of months has many others."""
    return shortfalls(*_near(present, duties, changed))


def _near(present: Present, duties: Iterable[Duty], changed: Iterable[Duty]) -> tuple[Case, set[int]]:
    """The days that some changed duties can touch, and the case of the duties that can hold their windows."""
    number = present.instance.clock.day_number
    days = {number(duty.day) + step for duty in changed for step in TOUCHED}
    seen = {day + step for day in days for step in HOLD}
    return _case(present, (duty for duty in duties if number(duty.day) in seen)), days


def apart(duties: Iterable[Duty], others: Iterable[Duty]) -> tuple[Duty, ...]:
    """The duties that the others do not hold."""
    same = set(map(_key, others))
    return tuple(duty for duty in duties if _key(duty) not in same)


def _case(present: Present, duties: Iterable[Duty]) -> Case:
    plan = rebuilt(present.plan, duties=tuple(duties), with_routes=False)
    return Case(present.instance, present.contract, present.travel, plan)


def _key(duty: Duty) -> tuple[str, str, date]:
    return duty.nurse, duty.kind, duty.day


def priced(terms: dict[str, int], weights: ObjectiveWeights) -> int:
    """The weighted sum of differences of terms."""
    return sum(terms.get(term.name, 0) * int(getattr(weights, term.name)) for term in TERMS)
