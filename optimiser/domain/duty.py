"""Shift kinds, cover, and duties that the tables fix."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimiser.domain.noun import ClockTime, Id, Minutes, Noun, Weekday
from optimiser.domain.people import Category

Lane = Literal["work", "standby"]
DutyStatus = Literal["free", "published", "base", "own", "wish"]


class ShiftKind(Noun):
    """A kind of duty. Start and end are wall-clock times; an end above 1440 is the next day.

    A break of ``break_minutes`` lies inside ``break_from`` to ``break_until`` and is not work. ``standby`` is on call:
    from home unless ``at_workplace`` (aanwezigheidsdienst: all hours are work).
    """

    id: Id
    code: Annotated[str, Field(min_length=1, max_length=4)]
    """The letters that the roster shows."""
    name: str
    lane: Lane = "work"
    category: Category
    start: ClockTime
    end: ClockTime
    second_start: ClockTime | None = None
    second_end: ClockTime | None = None
    """A split shift: the second segment."""
    break_minutes: Minutes = 0
    break_from: ClockTime | None = None
    break_until: ClockTime | None = None
    carries_route: bool = True
    at_workplace: bool = False
    consignatie: bool = False
    """Standby for the unforeseen only; otherwise standby from home is a bereikbaarheidsdienst."""
    expected_call_minutes: Minutes = 0
    """Work by unplanned calls that is to be expected in one standby duty."""
    organisations: tuple[Id, ...] = ()
    """Who uses the kind; empty means all."""
    weekdays: tuple[Weekday, ...] = ()
    """On which days it may start; empty means all."""
    line: Annotated[int, Field(ge=0, le=2)] = 0
    """Unplanned calls: 1 answers them, 2 is the back-up (achterwacht), 0 takes none."""
    area: str = ""
    """The area that it answers for; empty: the clients of all organisations that share the cover with the nurse's."""
    waits_at: Id | None = None
    """The place (a post) where it waits for calls; None: where the nurse's routes begin."""
    skills: tuple[Id, ...] = ()
    """What its nurse must have on the day it starts: triage is nobody's way to fill her hours."""

    @property
    def segments(self) -> tuple[tuple[int, int], ...]:
        """Start and end clock times of one or two segments."""
        if self.second_start is None or self.second_end is None:
            return ((self.start, self.end),)
        return ((self.start, self.end), (self.second_start, self.second_end))

    @property
    def last_end(self) -> int:
        """The clock time at which the last segment ends."""
        return self.segments[-1][1]


class Cover(Noun):
    """How many duties must span a clock window on the named weekdays (or the one date). Both counts are priced.

    A duty counts when its lane and its kind's area are this row's (and its line, where the row names one), its interval
    holds the whole window, and its nurse has the skills. A row whose area's division is not in use asks nothing.
    """

    id: Id
    organisation: Id
    weekdays: tuple[Weekday, ...] = ()
    day: date | None = None
    from_time: ClockTime
    until_time: ClockTime
    lane: Lane = "work"
    skills: tuple[Id, ...] = ()
    area: str = ""
    line: Annotated[int, Field(ge=0, le=2)] | None = None
    """Only kinds of this line count; None: of any line."""
    minimum: Annotated[int, Field(ge=0)] = 1
    wanted: Annotated[int, Field(ge=0)] = 1


class GivenDuty(Noun):
    """A duty inside the horizon that the tables name. ``published`` duties stand; ``base``, ``own`` and ``wish`` have a
    price for not being followed (``base_changed``, ``own_entry_refused``)."""

    nurse: Id
    kind: Id
    day: date
    status: Literal["published", "base", "own", "wish"] = "published"
    published_on: date | None = None
    """When the nurse was told; None is not known."""


class CycleDuty(Noun):
    """A row of a cyclic base roster: in week ``week`` (from 1) of every ``weeks`` weeks, counted from the Monday
    ``first_monday``, the nurse has this kind on this weekday. Each occurrence in the horizon is a given duty."""

    nurse: Id
    kind: Id
    weeks: Annotated[int, Field(ge=1, le=53)]
    week: Annotated[int, Field(ge=1, le=53)]
    weekday: Weekday
    first_monday: date
    status: Literal["base", "wish"] = "base"


class ContextDuty(Noun):
    """A duty outside the horizon, or for another employer, by the clock (horizon minutes, negative before)."""

    nurse: Id
    start: int
    end: int
    work_minutes: Minutes
    lane: Lane = "work"
    employer: str = ""
    """Empty for the own organisation."""
    form: Literal["home", "workplace", "consignatie"] = "home"
    """Of a standby duty."""


class Override(Noun):
    """A signalled rule or an agreement that the manager sets aside, with the reason. Law is never overridden."""

    rule: str
    nurse: Id | None = None
    first: date
    last: date
    reason: Annotated[str, Field(min_length=3, max_length=300)]
