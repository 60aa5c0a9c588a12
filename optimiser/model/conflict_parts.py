"""What a question about one nurse's row is made of, and what its answer names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from optimiser.domain.duty_work import WorkBlock
from optimiser.domain.row_rules import RowRule
from optimiser.model.variables import DutyKey

Cell = tuple[int, int]
"""Day and kind number of one nurse."""
Turnouts = Mapping[DutyKey, tuple[WorkBlock, ...]]
"""(nurse, day, kind) of a standby duty from home -> the work that is planned in it."""
NO_TURNOUTS: Turnouts = MappingProxyType({})
Reason = Literal[
    "organisation", "weekday", "category", "experience", "too_long", "age", "minor", "pregnant_night", "birth",
    "companion",
]  # fmt: skip


@dataclass(frozen=True)
class Demand:
    """What must hold for one nurse (by number): cells that she works, and days on which no duty of hers starts.

    With ``wishes`` her wishes for the days of the demand count as members too; without they are priced, no more.
    """

    nurse: int
    work: frozenset[Cell] = frozenset()
    free: frozenset[int] = frozenset()
    wishes: bool = False


@dataclass(frozen=True)
class Member:
    """One thing that stands in the way and could be thought away.

    ``rule``: a row rule of hers. ``duty``: ``cell`` stands already. ``known``, ``task``, ``absence``, ``wish``:
    ``row`` is its number in the instance's table context, tasks, availability or wishes. ``reason``: why nothing but
    the tables lets her work ``cell``.
    """

    what: Literal["rule", "duty", "known", "task", "absence", "wish", "reason"]
    rule: RowRule | None = None
    cell: DutyKey | None = None
    row: int = -1
    reason: Reason | None = None


@dataclass(frozen=True)
class Conflict:
    """With the demand these members cannot all hold; without any one of them they can.

    ``members`` is empty when the demand contradicts itself: two duties of one lane on a day, duties that overlap, a
    day both worked and free. ``needs_demand`` is False when the members contradict each other already, whatever is
    asked. ``by_clock``: no rule but the clock itself is in the way (one duty a day and lane, no duty over another).
    """

    demand: Demand
    members: tuple[Member, ...]
    needs_demand: bool = True
    by_clock: bool = False


Answer = Conflict | Literal["no_time"] | None
"""A conflict; ``no_time`` when the seconds were too few to know; None when the demand is possible."""
