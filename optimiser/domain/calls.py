"""Unplanned calls: where they come from, when, what they ask, and which part of the land a duty answers for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from optimiser.domain.noun import ClockTime, Id, Minutes, Noun

DayClass = Literal["weekdays", "saturday", "sunday"]
"""Public holidays count as Sundays."""


class CallType(Noun):
    """What a call asks. Of all calls ``phone_percent`` are settled by telephone within ``triage_minutes``; the others
    ask a visit of ``service_minutes`` on average (lognormal, standard deviation ``service_spread_percent`` of it)."""

    id: Id
    name: str
    phone_percent: Annotated[int, Field(ge=0, le=100)] = 40
    triage_minutes: Minutes = 5
    service_minutes: Annotated[int, Field(ge=1, le=720)] = 30
    service_spread_percent: Annotated[int, Field(ge=0, le=300)] = 60
    skills: tuple[Id, ...] = ()
    """What whoever comes must have."""


class CallHours(Noun):
    """The profile of a call type: how many calls an hour, against other hours, fall in a clock window of such days.
    Hours that no row names have none."""

    type: Id
    days: DayClass
    from_time: ClockTime
    until_time: ClockTime
    weight: Annotated[int, Field(ge=0, le=100_000)]


class CallSource(Noun):
    """Where calls come from: a care site, or the clients at home in one district, of one organisation.

    ``weekly_millicalls``: thousandths of a call in a plain week (without holidays), telephone calls included.
    """

    id: Id
    organisation: Id
    type: Id
    place: Id
    weekly_millicalls: Annotated[int, Field(ge=0, le=10_000_000)]


class Area(Noun):
    """A part of the land for which a duty stands by. ``division`` names one way to divide the land (one post, two
    posts); a sharing contract says which division is in use. An empty division is always in use.

    A call source is in the area when its organisation is one of ``organisations`` (empty: any) and its place's district
    has a code that begins with one of ``districts`` (empty: any).
    """

    id: Id
    name: str
    division: str = ""
    organisations: tuple[Id, ...] = ()
    districts: tuple[str, ...] = ()
    reach_minutes: Minutes | None = None
    """In place of ``ResponseSettings.reach_minutes``."""


class ResponseSettings(Noun):
    """``[response]`` of ``instance.toml``: how fast a visit for a call must be, and how calls are passed on."""

    norm_minutes: Annotated[int, Field(ge=1, le=240)] = 30
    """From the end of triage to the door."""
    turn_out_minutes: Minutes = 5
    """From the call to the car, for who is on call from home; who is at work leaves at once."""
    reach_minutes: Minutes | None = None
    """Only who can be within so many minutes (turn-out included) at ``reach_percent`` of the expected calls of her
    catchment may be on call for it; None asks nothing."""
    reach_percent: Annotated[int, Field(ge=1, le=100)] = 50
    pass_on_minutes: Minutes = 30
    """A call that the first line cannot reach within so many minutes goes to the back-up when that is sooner."""
    lost_minutes: Minutes = 120
    """A call that nobody can reach within so many minutes goes elsewhere (ambulance, GP post): lost to this service."""
    target_percent: Annotated[int, Field(ge=1, le=100)] = 90
    """The share of visits within the norm that numbers of nurses are counted for."""
