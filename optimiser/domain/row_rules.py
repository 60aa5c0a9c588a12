"""The generic shapes of rules over one nurse's duties in time ("row rules"), and their identity.

Law and agreements become instances of these shapes once, in optimiser/patterns. The roster model and the compiled
search read the same instances; check never does. Lengths are minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from typing import Literal


class DutyClass(IntFlag):
    """What the law sees of a dienst (merged work) or a standby duty."""

    WORK = 1
    NIGHT = 2
    """A dienst with more than 60 minutes of work in 00:00 to 06:00."""
    LATE_NIGHT = 4
    """A night that ends after 02:00."""
    STANDBY = 8


@dataclass(frozen=True, order=True)
class RuleId:
    """The name a rule carries through model, violations and explanations."""

    family: str
    article: str
    nurse: str = ""
    window: str = ""

    def __str__(self) -> str:
        return ".".join(part for part in (self.family, self.article, self.nurse, self.window) if part)


@dataclass(frozen=True)
class GapCount:
    """After a dienst of class ``after``, rests in ``[low, high)`` occur at most ``most`` times per ``window``.

    ``within_day`` judges min(next start, start + 24 h) - end, as the law's daily rest does.
    """

    id: RuleId
    after: DutyClass
    low: int
    high: int
    most: int = 0
    window: int = 0
    within_day: bool = False


@dataclass(frozen=True)
class Series:
    """A maximal chain of diensten of class ``member`` with rests below ``gap``.

    With ``rest_after``: a chain of at least ``length`` is followed by that much rest.
    Without: a chain that holds a dienst of class ``holds`` has at most ``length`` members.
    """

    id: RuleId
    member: DutyClass
    gap: int
    length: int
    rest_after: int = 0
    holds: DutyClass = DutyClass.WORK


@dataclass(frozen=True)
class WindowSum:
    """At most ``most`` work minutes or duties per window.

    ``per`` dienst or night: in one (night) dienst; ``day``: any 24 hours from the start of a dienst, expected calls
    included; ``weeks``: calendar weeks ``first_week`` to ``last_week`` of the horizon for nurse ``id.nurse``, where
    ``most`` is already reduced by what the weeks before hold.
    """

    id: RuleId
    counts: Literal["minutes", "late_nights", "standby"]
    per: Literal["dienst", "night", "day", "weeks"]
    most: int
    first_week: int = 0
    last_week: int = 0


@dataclass(frozen=True)
class RestBlocks:
    """From each dienst start: a rest of ``short_rest`` in ``short_window``, or rests of at least ``block`` that sum
    to ``long_rest`` in ``long_window``. Rest after the last known duty counts as if nothing follows."""

    id: RuleId
    short_window: int
    short_rest: int
    long_window: int
    long_rest: int
    block: int


@dataclass(frozen=True)
class WordCount:
    """At most ``most`` duties of class ``member`` start in any rolling ``window``."""

    id: RuleId
    member: DutyClass
    most: int
    window: int


@dataclass(frozen=True)
class Exclusion:
    """No standby in ``before`` minutes before the start, and ``after`` minutes after the end, of a night dienst."""

    id: RuleId
    before: int
    after: int


@dataclass(frozen=True)
class Pauses:
    """A dienst with more than ``after`` work has pauses of at least ``part`` that sum to ``length``; more than
    ``long_after``: to ``long_length``. Breaks inside blocks count, and gaps between the blocks of one dienst."""

    id: RuleId
    after: int
    length: int
    long_after: int
    long_length: int
    part: int


RowRule = GapCount | Series | WindowSum | RestBlocks | WordCount | Exclusion | Pauses
