"""How much effort a run may take, and what it tells while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from optimiser.domain.objective import Objective

OnEvent = Callable[["Event"], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True)
class PlanSettings:
    """Either ``time_limit_s`` of wall time, or ``iterations`` per island for identical plans on every run.

    ``freeze_until``: duties that start before this date, and their routes, stay as in the start plan.
    """

    time_limit_s: float | None = 60.0
    iterations: int | None = None
    seed: int = 0
    freeze_until: date | None = None
    frozen: frozenset[tuple[int, int, int]] = frozenset()
    """Further (nurse, day, lane number) cells whose routes stay as in the start plan."""
    hot: float = 100.0
    """Temperature at the start of the search, in minute-equivalents."""
    log: bool = True
    """Whether each better plan is counted and kept among the phases; short repairs have no time for that."""
    islands: int = 2
    """Searches side by side, in threads; they exchange their best between segments."""
    move_duties: bool = True
    """Whether search moves duties with their routes; without it the roster of the first phase stands."""
    first_roster: bool = True
    """Whether CP-SAT makes a first roster; without it search begins with the published duties alone."""
    row_dp: bool = True
    """Whether search plans weeks of one nurse anew by dynamic programming, when it moves duties."""
    reassign: bool = True
    """Whether CP-SAT gives the routes to whom they suit, before the last segment of the search."""
    fill_percent: int = 80
    """How much of a duty's time the first roster counts on."""
    groups_above: int = 40
    """With more nurses than this, search works inside groups of nurses near each other, cut anew every round."""
    group_nurses: int = 26
    """About so many nurses in a group."""


@dataclass(frozen=True)
class Event:
    """Where a run is: its phase, seconds since the start, and the best so far (of which ``hard`` is zero)."""

    phase: Literal["roster", "compile", "search"]
    seconds: float
    objective: Objective | None = None
    unserved: int = 0
    message: str = ""
