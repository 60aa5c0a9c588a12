"""What a swap does to one nurse's row: rules it breaks, signals it adds, and her terms of hours and rhythm."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from optimiser.check.registry import RULES
from optimiser.check.report import CheckReport
from optimiser.check.violation import Violation
from optimiser.domain.plan import Duty
from optimiser.explain.order import DUTY_ORDER, in_order
from optimiser.explain.present import Present, bare, rebuilt
from optimiser.explain.small_world import SmallWorld, difference

ROW_TERMS = (
    "overtime", "undertime", "wish_refused", "early_after_late", "few_days_after_nights", "long_row", "lone_day_off",
    "split_duty", "many_duties", "evening_before_leave", "few_free_weekends",
)  # fmt: skip
"""The terms that hang on one nurse's duties alone."""
OF_ROUTES = frozenset({"served", "windows", "competence", "sharing", "routes", "links", "claims"})
"""Families of rules that a row without its routes cannot be judged by."""


@dataclass(frozen=True)
class RowChange:
    """The row of ``nurse`` with duties ``gone`` and ``new``: hard rules broken (first what is said first), signals
    added, and the terms of her row that change (counts)."""

    nurse: str
    violations: tuple[Violation, ...]
    signals: tuple[Violation, ...]
    terms: dict[str, int]


@dataclass(frozen=True)
class Rows:
    """Asks many questions about the rows of one plan; what a row is now is judged once."""

    present: Present
    known: dict[str, CheckReport] = field(default_factory=dict)

    def change(self, nurse: str, gone: Collection[Duty], new: Collection[Duty]) -> RowChange:
        """Her row with these duties instead. Standby keeps its route, since turn-outs are work."""
        row = [bare(duty) for duty in self.present.case.duties_of.get(nurse, ())]
        if nurse not in self.known:
            self.known[nurse] = SmallWorld(self.present, row).report(row)
        names = {duty.id for duty in gone}
        after = [*(duty for duty in row if duty.id not in names), *(bare(duty) for duty in new)]
        world = SmallWorld(self.present, [*row, *after])
        keys = {(duty.nurse, duty.kind, duty.day) for duty in gone}
        given = tuple(row for row in world.instance.duties_given if (row.nurse, row.kind, row.day) not in keys)
        world.instance = rebuilt(world.instance, duties_given=given)
        found = difference(self.known[nurse], world.report(after))
        return RowChange(
            nurse, in_order(_of_row(found.violations), DUTY_ORDER), _of_row(found.signals),
            {name: found.terms[name] for name in ROW_TERMS if found.terms.get(name)},
        )  # fmt: skip


def _of_row(found: Collection[Violation]) -> tuple[Violation, ...]:
    return tuple(each for each in found if RULES[each.rule].family not in OF_ROUTES)
