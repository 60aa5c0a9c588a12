"""What a run of the planner gives back."""

from __future__ import annotations

from typing import Literal

from optimiser.domain.noun import Noun
from optimiser.domain.plan import Plan

Status = Literal["optimal", "feasible", "no_time", "infeasible"]
"""Four different answers: proved best; a plan; no plan in the time given; proved impossible."""


class Result(Noun):
    """Status, the plan when there is one, and in planner's words why not when there is none."""

    status: Status
    plan: Plan | None = None
    reason: str = ""
