"""What a plan is judged by: a vector of three levels, each a weighted sum of terms in minute-equivalents.

Levels are compared in order (hard, unserved, rest); ``scalar`` folds them into one number for search and charts.
Each term is defined once, here; check recomputes it from the plan, model and search minimise it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from optimiser.domain.noun import Noun

Weight = Annotated[int, Field(ge=0, le=1_000_000)]
Level = Literal["hard", "unserved", "rest"]
HARD_SCALAR = 100_000
"""One hard violation in the scalar; no plan with one is ever written as clean."""


class ObjectiveWeights(Noun):
    """Integer weights, settable in ``instance.toml`` under ``[weights]``; the unit is a travel minute."""

    unserved_critical: Weight = 5000
    unserved_high: Weight = 2000
    unserved_normal: Weight = 1000
    uncovered_minimum: Weight = 3000
    uncovered_wanted: Weight = 60
    travel: Weight = 1
    home_leg: Weight = 1
    waiting: Weight = 1
    overtime: Weight = 2
    undertime: Weight = 1
    unfamiliar: Weight = 5
    not_preferred: Weight = 2
    wish_refused: Weight = 30
    own_entry_refused: Weight = 60
    base_changed: Weight = 120
    fairness: Weight = 4
    early_after_late: Weight = 30
    few_days_after_nights: Weight = 40
    long_row: Weight = 30
    lone_day_off: Weight = 10
    split_duty: Weight = 20
    many_duties: Weight = 20
    evening_before_leave: Weight = 30
    few_free_weekends: Weight = 60
    lending: Weight = 1
    surplus_standby: Weight = 60
    late_calls: Weight = 1
    call_travel: Weight = 1
    changed_duty: Weight = 60
    changed_visit: Weight = 15


@dataclass(frozen=True)
class Term:
    """One term: its weight is the field of the same name; ``formula`` is what check computes, in plain words."""

    name: str
    level: Level
    unit: str
    formula: str


TERMS: tuple[Term, ...] = (
    Term("unserved_critical", "unserved", "visit", "critical or time-critical visits not fully served"),
    Term("unserved_high", "unserved", "visit", "other visits and in-route tasks of high priority not fully served"),
    Term("unserved_normal", "unserved", "visit", "other visits and in-route tasks not fully served"),
    Term("uncovered_minimum", "unserved", "duty", "sum over cover rows and days of max(0, minimum - counted)"),
    Term("uncovered_wanted", "rest", "duty", "sum over cover rows and days of max(0, wanted - max(minimum, counted))"),
    Term("travel", "rest", "minute", "travel between consecutive stops of a route"),
    Term(
        "home_leg", "rest", "minute", "travel from the start place to the first stop and from the last to the end place"
    ),
    Term(
        "waiting",
        "rest",
        "minute",
        "sum over gaps between consecutive stops of max(0, idle - waiting_free_minutes), "
        "idle = next start - end - travel - break inside the gap",
    ),
    Term("overtime", "rest", "minute", "sum over nurses and calendar weeks of max(0, planned - target minutes)"),
    Term("undertime", "rest", "10 minutes", "sum over nurses and calendar weeks of max(0, target - planned) // 10"),
    Term(
        "unfamiliar",
        "rest",
        "visit",
        "served visit parts by a nurse who is neither preferred nor known nor in "
        "past_visits, for clients who have such a nurse",
    ),
    Term(
        "not_preferred",
        "rest",
        "visit",
        "served visit parts by a nurse who is not preferred, for clients with a preferred nurse",
    ),
    Term("wish_refused", "rest", "wish", "sum of the weights of wishes not met"),
    Term("own_entry_refused", "rest", "duty", "given duties of status own or wish that the plan does not hold"),
    Term("base_changed", "rest", "duty", "given duties of status base that the plan does not hold"),
    Term(
        "fairness",
        "rest",
        "square",
        "sum over evenings, nights (standby nights count), weekends and holidays of "
        "sum over nurses of max(0, count - target)**2 (docs/explanation/plan_language.md)",
    ),
    Term(
        "early_after_late",
        "rest",
        "time",
        "duties that start before 09:00 on the day after a duty that ends after 21:00",
    ),
    Term("few_days_after_nights", "rest", "time", "series of nights followed by less than 48 hours of rest"),
    Term("long_row", "rest", "duty", "days with a work duty beyond five in a row"),
    Term("lone_day_off", "rest", "day", "single free days between two days with a duty"),
    Term("split_duty", "rest", "duty", "duties of two segments"),
    Term(
        "many_duties",
        "rest",
        "duty",
        "sum over nurses and calendar weeks of max(0, work duties - contract minutes / 432 rounded up)",
    ),
    Term("evening_before_leave", "rest", "duty", "duties that end after 18:00 on the day before leave, or later"),
    Term(
        "few_free_weekends",
        "rest",
        "weekend",
        "sum over nurses of weekends worked beyond 52 - the agreed free weekends in the 52 weeks that end with the "
        "horizon",
    ),
    Term(
        "lending",
        "rest",
        "minute",
        "visit parts done by another organisation's nurse, times lending_minutes of the contract",
    ),
    Term(
        "surplus_standby",
        "rest",
        "duty",
        "sum over cover rows of standby and days of max(0, counted - max(minimum, wanted)), and standby duties that "
        "count for no such row",
    ),
    Term(
        "late_calls",
        "rest",
        "0.01 call",
        "sum over duties of line 1 of 100 times its share of the expected visits for calls that it cannot reach within "
        "the norm",
    ),
    Term(
        "call_travel",
        "rest",
        "minute",
        "sum over duties of line 1 of the expected minutes of travel to its share of the visits for calls",
    ),
    Term("changed_duty", "rest", "duty", "duties of the parent plan that changed or vanished, and new ones"),
    Term(
        "changed_visit",
        "rest",
        "visit",
        "visits of the parent plan whose nurse changed or whose start moved over 15 minutes",
    ),
)


class Objective(Noun):
    """The vector. ``hard`` counts violations; the other levels are weighted sums."""

    hard: int
    unserved: int
    rest: int

    @property
    def scalar(self) -> int:
        """One number: ``hard * HARD_SCALAR + unserved + rest``."""
        return self.hard * HARD_SCALAR + self.unserved + self.rest

    def key(self) -> tuple[int, int, int]:
        """For comparing plans, level by level."""
        return (self.hard, self.unserved, self.rest)


def weigh(counts: dict[str, int], weights: ObjectiveWeights, hard: int) -> Objective:
    """The vector of term counts. Raises ``KeyError`` when a term is missing."""
    levels = {"unserved": 0, "rest": 0}
    for term in TERMS:
        levels[term.level] += counts[term.name] * int(getattr(weights, term.name))
    return Objective(hard=hard, unserved=levels["unserved"], rest=levels["rest"])
