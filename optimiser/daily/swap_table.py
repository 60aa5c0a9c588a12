"""One published plan with all that questions about swaps look up, made once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from optimiser.check.checker import check
from optimiser.check.report import CheckReport
from optimiser.daily.replan_duties import duties_problem
from optimiser.daily.swap_rows import Rows
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.problem import Problem
from optimiser.explain.present import Present
from optimiser.planning import prepare


@dataclass(frozen=True)
class SwapTable:
    """``instance`` holds the events of ``parent`` already. Many questions of one plan share one table."""

    instance: Instance
    parent: Plan

    @cached_property
    def problem(self) -> Problem:
        """The problem of the tables as they are."""
        return self._prepared(self.instance)

    @cached_property
    def present(self) -> Present:
        """The plan as it stands."""
        return Present(self.instance, self.parent.contract, self.problem.travel, self.parent)

    @cached_property
    def rows(self) -> Rows:
        """The rows of all nurses."""
        return Rows(self.present)

    @cached_property
    def report(self) -> CheckReport:
        """The verdict on the plan as it stands."""
        return check(self.instance, self.parent.contract, self.problem.travel, self.parent)

    def problem_of(self, tables: Instance) -> Problem:
        """The problem of the tables after an agreement."""
        if tables is self.instance:
            return replace(self.problem)
        return self._prepared(tables)

    def _prepared(self, tables: Instance) -> Problem:
        """A roster without routes asks nothing of visits."""
        if not self.parent.with_routes:
            return duties_problem(tables, self.parent)
        return prepare(tables, self.parent.contract, self.parent)
