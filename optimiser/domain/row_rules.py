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
    """A standby duty of any form; of the two forms below it has that class too."""
    CONSIGNATIE = 16
    """Standby for the unforeseen only (ATW 1:7 lid 1g)."""
    WORKPLACE = 32
    """Standby at the workplace (aanwezigheidsdienst), and a dienst that holds one."""


class DayClass(IntFlag):
    """What a calendar day holds, by the duties that start on it, for rules that people live by."""

    FREE = 1
    """No duty of either lane starts, and no leave, sickness or other absence."""
    DUTY = 2
    """A work duty starts."""
    EARLY = 4
    """A work duty starts before ``labour.early_until``."""
    LATE = 8
    """A work duty starts that ends after ``labour.late_from`` of this day and is no night."""
    NIGHT = 16
    """A work duty starts with more than ``labour.night_threshold`` of its span in 00:00 to 06:00."""
    STANDBY = 32
    AWAY = 64
    """Leave, sickness or other absence, and no duty starts."""


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

    ``within_day`` judges min(next start, start + 24 h) - end, as the law's daily rest does. The rest is judged only
    when the next dienst has class ``then``, and not when the dienst before it has class ``but``.
    """

    id: RuleId
    after: DutyClass
    low: int
    high: int
    most: int = 0
    window: int = 0
    within_day: bool = False
    then: DutyClass = DutyClass.WORK
    but: DutyClass = DutyClass(0)


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
    term: str = ""
    """Empty: hard. Otherwise the objective term that each break of the rule adds one to."""


@dataclass(frozen=True)
class WindowSum:
    """At most ``most`` work minutes or duties per window.

    ``per`` dienst or night: in one (night) dienst; ``day``: any 24 hours from the start of a dienst, expected calls
    included; ``weeks``: calendar weeks ``first_week`` to ``last_week`` of the horizon for nurse ``id.nurse``, where
    ``most`` is already reduced by what the weeks before hold.

    Counts of weeks: work ``minutes``; ``late_nights`` and ``nights`` (diensten); ``standby`` and ``workplace`` duties;
    ``duties`` of the work lane by start; ``night_minutes`` of work in 00:00 to 06:00; ``sundays`` with any work;
    ``weekends`` that are not free (no rest of ``labour.weekend_rest`` holds Saturday 00:00 to Monday 04:00).
    ``when``: the rule holds only if those weeks count ``at_least`` so many of it (already reduced likewise);
    ``standby_nights`` are standby duties from home that touch 00:00 to 06:00.
    """

    id: RuleId
    counts: Literal[
        "minutes", "late_nights", "nights", "standby", "standby_nights", "workplace", "duties", "night_minutes",
        "sundays", "weekends",
    ]  # fmt: skip
    per: Literal["dienst", "night", "day", "weeks"]
    most: int
    first_week: int = 0
    last_week: int = 0
    when: Literal["", "nights", "standby_nights"] = ""
    at_least: int = 0
    but: DutyClass = DutyClass(0)
    """A dienst of this class is not judged (``per`` dienst and night)."""
    term: str = ""
    """Empty: hard. Otherwise the objective term that each one above ``most`` adds one to."""


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


@dataclass(frozen=True)
class DayWord:
    """Consecutive days whose classes meet ``word``, mask by mask (any common bit): each occurrence breaks the rule.

    At least one day of the word is a day of the horizon. Days before it hold what the context says (FREE when
    nothing); days after it likewise up to the last day on which a duty is known, later ones meet no mask.
    """

    id: RuleId
    word: tuple[int, ...]
    """Masks of DayClass, or of letters of a roster without clocks."""
    term: str = ""
    """Empty: hard. Otherwise the objective term that each occurrence adds one to."""


@dataclass(frozen=True)
class FreePeriods:
    """From each start of a duty of class ``after``: in ``window`` at least ``count`` disjoint periods of ``length``
    hold no duty of the classes ``free_of``. After the last known duty all is free."""

    id: RuleId
    after: DutyClass
    free_of: DutyClass
    window: int
    length: int
    count: int


@dataclass(frozen=True)
class RestParts:
    """From each start of a dienst of class ``holds``: the rests in ``window`` can be cut into one part of at least
    ``long_part`` and ``count`` parts of at least ``part``. After the last known duty all is rest."""

    id: RuleId
    holds: DutyClass
    window: int
    long_part: int
    part: int
    count: int


RowRule = (
    GapCount | Series | WindowSum | RestBlocks | WordCount | Exclusion | Pauses | DayWord | FreePeriods | RestParts
)
