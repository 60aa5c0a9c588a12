"""What has to be done: acts, orders, the visits they expand to, tasks, and links between them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from optimiser.domain.noun import ClockTime, Id, Minutes, Noun

SecondCheck = Literal["none", "remote", "on_site"]
Priority = Literal["critical", "high", "normal"]
WorkId = Annotated[str, StringConstraints(min_length=1, max_length=90, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-/]*$")]
"""An order (``O-12``), a visit (``O-12/2026-12-07/1``) or a task id."""
LinkId = Annotated[str, StringConstraints(min_length=1, max_length=160, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-/]*$")]
"""A row of the table (no slash), or a tie expanded from it: ``link/first-visit``."""
Rhythm = Annotated[
    str,
    StringConstraints(
        pattern=r"^(daily|every:[1-9][0-9]?|free:[1-7]|days:(mon|tue|wed|thu|fri|sat|sun)(\+(mon|tue|wed|thu|fri|sat|sun))*)$"
    ),
]
"""``daily``; ``every:3`` (every third day from the first date); ``days:mon+thu``; ``free:2`` (twice a calendar
week on free days: the week from Monday is cut into that many equal runs of days, each run may choose its day)."""
ClockWindow = tuple[ClockTime, ClockTime]
"""The care starts no earlier than the first and ends no later than the second clock time."""


class Act(Noun):
    """A procedure. ``minutes`` is its usual length at the client, without reporting."""

    id: Id
    name: str
    skills: tuple[Id, ...] = ()
    level: Annotated[int, Field(ge=1, le=8)] = 4
    minutes: Annotated[int, Field(ge=1, le=720)]
    nurses: Literal[1, 2] = 1
    second_check: SecondCheck = "none"
    reserved: bool = True
    """A reserved act (voorbehouden handeling, Wet BIG art. 36): needs an order form."""
    valid_months: Annotated[int, Field(ge=1, le=120)] = 36


class Order(Noun):
    """What a client needs over time. ``windows`` hold one entry for each visit of a day, in order.

    Occurrences of one order are joined in time by ``gap_min`` and ``gap_max`` (start to start) when given:
    antibiotics every 8 hours are three windows a day and a gap of 420 to 540 minutes.
    """

    id: Id
    client: Id
    acts: tuple[Id, ...] = Field(min_length=1)
    rhythm: Rhythm
    windows: tuple[ClockWindow, ...] = Field(min_length=1)
    first: date
    last: date | None = None
    minutes: Annotated[int, Field(ge=1, le=720)] | None = None
    """Length at the client without reporting; None means the sum over the acts."""
    nurses: Literal[1, 2] | None = None
    priority: Priority = "normal"
    time_critical: bool = False
    order_form_from: date | None = None
    order_form_until: date | None = None
    gap_min: Minutes | None = None
    gap_max: Minutes | None = None


class Window(Noun):
    """One allowed period of a visit, in horizon minutes; ``day`` is the calendar day on which it opens.

    The visit starts at ``start`` or later and ends at ``end`` or earlier.
    """

    day: int
    start: int
    end: int


class Visit(Noun):
    """One visit, expanded from an order (id ``order/date/n``) or given by itself.

    ``minutes`` include reporting. Several windows mean free days: exactly one of them is used.
    """

    id: WorkId
    client: Id
    acts: tuple[Id, ...]
    windows: tuple[Window, ...] = Field(min_length=1)
    minutes: Annotated[int, Field(ge=1, le=900)]
    nurses: Literal[1, 2] = 1
    level: int = 4
    skills: tuple[Id, ...] = ()
    second_check: SecondCheck = "none"
    priority: Priority = "normal"
    time_critical: bool = False
    order: Id | None = None
    order_form_from: date | None = None
    order_form_until: date | None = None
    order_form_needed: bool = False


class EditedVisit(Noun):
    """A row of the table ``visits``: changes fields of an expanded visit, or stands alone (then with client,
    acts, day and window). ``cancelled`` takes the visit away."""

    id: WorkId
    client: Id | None = None
    acts: tuple[Id, ...] = ()
    day: date | None = None
    from_time: ClockTime | None = None
    until_time: ClockTime | None = None
    minutes: Annotated[int, Field(ge=1, le=720)] | None = None
    nurses: Literal[1, 2] | None = None
    priority: Priority | None = None
    time_critical: bool | None = None
    cancelled: bool = False


class Task(Noun):
    """Work without a client. In a route it is a stop like a visit; outside routes it is paid time at a fixed
    moment (``until_time - from_time == minutes``, with a nurse) that comes off her net contract."""

    id: Id
    kind: Literal[
        "handover",
        "meeting",
        "training",
        "guidance",
        "reporting",
        "telephone",
        "pharmacy",
        "blood_bank",
        "depot",
        "key",
        "other",
    ]
    organisation: Id
    nurse: Id | None = None
    skills: tuple[Id, ...] = ()
    place: Id | None = None
    """None means it can be done anywhere (no travel): only outside routes or by telephone at the previous stop."""
    day: date
    from_time: ClockTime
    until_time: ClockTime
    minutes: Annotated[int, Field(ge=1, le=720)]
    in_route: bool = True
    paid: bool = True
    priority: Priority = "normal"


class Link(Noun):
    """A tie in time between two pieces of work, start to start: ``gap_min <= start(second) - start(first) <= gap_max``.

    ``first`` and ``second`` name a visit, a task or an order. Where both are orders, each occurrence of the first
    is tied to the earliest later occurrence of the second that can keep the gap.
    """

    id: LinkId
    first: WorkId
    second: WorkId
    gap_min: int
    gap_max: int
    nurse: Literal["any", "same", "different"] = "any"
    together: bool = True
    """If either is served, so must the other be. Ties inside one order (``Order.gap_min``) are not together."""
