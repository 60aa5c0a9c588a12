"""The ledger of what is shared fairly over a year: evenings, nights, weekends and holidays of each nurse.

What she brought along this year, what this plan adds, her share by contract of what all did, and what she takes along
to the next tables. Classes and who shares are those of the plan language (18). A year is one of whole weeks, as the
calendar numbers them; its first week begins anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from optimiser.check.case import Case
from optimiser.check.fairness import CLASSES, class_targets
from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.money import is_holiday
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.travel_matrix import TravelMatrix

SATURDAY = 5
NO_TRAVEL = TravelMatrix(engine="none", places=(), minutes={}, metres={})
"""Counting duties needs no travel times."""


@dataclass(frozen=True)
class LedgerLine:
    """One class of one nurse. ``share`` is hers by contract of all that was brought along and is planned; ``carried``
    is the counter at the start of the tables that follow, 0 and what the plan adds to it where a new year begins."""

    nurse: str
    name: str
    """``evenings``, ``nights``, ``weekends`` or ``holidays``."""
    brought: int
    planned: int
    share: Fraction
    carried: int

    @property
    def done(self) -> int:
        """This year, with this plan."""
        return self.brought + self.planned

    @property
    def balance(self) -> Fraction:
        """What she has above her share; below it, less than nothing."""
        return self.done - self.share


def ledger(instance: Instance, plan: Plan) -> tuple[LedgerLine, ...]:
    """The lines of every nurse who shares in a class and has a contract, by nurse and then by class.

    Who has no contract hours (of an organisation's pages also colleagues of others) has no share, and what she does is
    left out of what is shared. Nothing where the tables tell nothing of the year and the plan is shorter than three
    weeks: a week says nothing of a year.
    """
    told = any(row.counter == f"{name}_year" for row in instance.counters for name in CLASSES)
    nurses = tuple(each for each in instance.nurses if each.contract_minutes)
    if not nurses or not (told or instance.weeks >= 3):
        return ()
    known = {each.id for each in nurses}
    duties = tuple(each for each in plan.duties if each.nurse in known)
    case = Case(instance.model_copy(update={"nurses": nurses}), plan.contract, NO_TRAVEL,
                plan.model_copy(update={"duties": duties}))  # fmt: skip
    lines = {(line.nurse, line.name): line for name in CLASSES for line in _class_lines(case, name)}
    return tuple(lines[nurse.id, name] for nurse in nurses for name in CLASSES if (nurse.id, name) in lines)


def _class_lines(case: Case, name: str) -> Iterable[LedgerLine]:
    counts, targets = class_targets(case, name)
    nurses = [nurse for nurse, _ in targets]
    brought = {nurse.id: case.counters.get((nurse.id, f"{name}_year"), 0) for nurse in nurses}
    total = sum(brought.values()) + sum(counts[nurse.id] for nurse in nurses)
    contract = sum(nurse.contract_minutes for nurse in nurses)
    first = case.instance.first_monday + timedelta(weeks=case.instance.weeks)
    added, same = year_counts(case, first)[name], same_year(case.instance.first_monday, first)
    for nurse in nurses:
        yield LedgerLine(
            nurse.id, name, brought[nurse.id], counts[nurse.id], Fraction(total * nurse.contract_minutes, contract),
            (brought[nurse.id] if same else 0) + added[nurse.id],
        )  # fmt: skip


def classes_of(instance: Instance, kind: ShiftKind, day: date) -> tuple[str, ...]:
    """The classes that a duty of this kind on this day counts for."""
    counts = {
        "evenings": kind.category == "evening" and kind.lane == "work", "nights": kind.category == "night",
        "weekends": day.weekday() >= SATURDAY, "holidays": is_holiday(day, instance.money),
    }  # fmt: skip
    return tuple(name for name in CLASSES if counts[name])


def same_year(one: date, other: date) -> bool:
    """Whether two days lie in one year of whole weeks: 1 January 2027, a Friday, is still of 2026."""
    return one.isocalendar().year == other.isocalendar().year


def year_counts(case: Case, first: date) -> dict[str, Counter[str]]:
    """Class -> nurse id -> what the plan's duties before ``first`` add in the year in which ``first`` lies."""
    duties: tuple[Duty, ...] = tuple(each for each in case.duties if each.day < first and same_year(each.day, first))
    inside = replace(case, plan=case.plan.model_copy(update={"duties": duties}))
    return {name: class_targets(inside, name)[0] for name in CLASSES}


__all__ = ["LedgerLine", "classes_of", "ledger", "same_year", "year_counts"]
