"""The rows that are impossible by themselves, when a plan is infeasible with the duties that stand."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from optimiser.domain.problem import Problem
from optimiser.model.conflict import find_conflict, standing
from optimiser.model.conflict_parts import Conflict, Demand


@dataclass(frozen=True)
class TeamConflict:
    """Nurse number -> the conflict of her row; ``unknown`` are those for whom the seconds did not suffice."""

    conflicts: dict[int, Conflict]
    unknown: tuple[int, ...] = ()


def find_team_conflict(problem: Problem, seconds: float = 20.0) -> TeamConflict:
    """A minimal conflict for each nurse whose pinned duties, tables and rules cannot all hold.

    Nurses without a pinned duty are passed over: an empty row breaks nothing.
    """
    until, stands = monotonic() + seconds, standing(problem)
    conflicts: dict[int, Conflict] = {}
    unknown: list[int] = []
    for nurse in sorted({each[0] for each in stands}):
        found = find_conflict(problem, Demand(nurse), stands, until - monotonic(), others="open")
        if found == "no_time":
            unknown.append(nurse)
        elif found is not None:
            conflicts[nurse] = found
    return TeamConflict(conflicts, tuple(unknown))
