"""What happened after a roster was published, as the manager said it: kept in the plan, applied to the tables.

Tables and events together are what plans of that day are made and judged by; ``instances.events`` applies them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimiser.domain.noun import ClockTime, Id, Minutes, Noun
from optimiser.domain.people import Client
from optimiser.domain.place import Mode, Place
from optimiser.domain.work import ClockWindow, Order, WorkId

DutyId = Annotated[str, Field(min_length=1, max_length=90)]


class Happening(Noun):
    """``at`` is the horizon minute at which it was known: what began before it stays as it was."""

    at: int
    reason: Annotated[str, Field(max_length=300)] = ""


class Absent(Happening):
    """A nurse cannot work from ``first`` (at ``from_time``) to ``last``. ``lost`` holds the planned minutes of each day
    she loses, which count as worked; ``duties`` the published duties that fall away (``nurse/date/lane``) and their
    kinds."""

    what: Literal["absent"] = "absent"
    nurse: Id
    first: date
    last: date
    from_time: ClockTime = 0
    """After this clock time of the first day: a duty that had begun goes on till then, or was over."""
    lost: tuple[tuple[date, Minutes], ...] = ()
    duties: tuple[tuple[DutyId, Id], ...] = ()


class Held(Happening):
    """A nurse on duty is late: she can do nothing for ``minutes``, from ``start`` (horizon minute) or at most ``slack``
    later. It stands in her route as a task of this id."""

    what: Literal["held"] = "held"
    nurse: Id
    id: Id
    day: date
    start: int
    minutes: Annotated[int, Field(ge=1, le=720)]
    slack: Minutes = 0


class OtherMode(Happening):
    """A nurse travels another way from ``first`` to ``last``: her car is not there."""

    what: Literal["mode"] = "mode"
    nurse: Id
    first: date
    last: date
    mode: Mode


class SlowTravel(Happening):
    """All travel of duties that start on ``day`` takes ``percent`` of its usual time: snow, a bridge that is closed.

    Duties of the nurses ``under_way``, which had begun, stay as they were.
    """

    what: Literal["slow"] = "slow"
    day: date
    under_way: tuple[Id, ...] = ()
    percent: Annotated[int, Field(ge=100, le=400)]


class Cancelled(Happening):
    """Visits that need not be done."""

    what: Literal["cancelled"] = "cancelled"
    visits: tuple[WorkId, ...] = Field(min_length=1)
    by: Literal["client", "team"] = "client"


class Referral(Noun):
    """A new client's or known client's order as a referrer asks for it: what ``offer`` reads from a file.

    ``client`` and ``place`` are given for a client who is not in the tables yet. The first visit is blocked until each
    condition is met: None is not yet, a date is from when.
    """

    order: Order
    client: Client | None = None
    place: Place | None = None
    handover_received: date | None = None
    material_at_home: date | None = None
    order_form: date | None = None
    medically_ready: date | None = None
    latest_start: date | None = None
    """The last date on which care may begin; None leaves that open."""
    times: tuple[ClockWindow, ...] = ()
    """Other clock windows that would do as well, each for an order of one visit a day."""


class Accepted(Happening):
    """A referral that was taken on, with the order as it was agreed."""

    what: Literal["accepted"] = "accepted"
    referral: Referral


class Agreed(Happening):
    """Published duties that changed hands or came with the nurse's consent: a swap, or a duty somebody took.

    ``gone`` and ``new`` hold (nurse, date, kind).
    """

    what: Literal["agreed"] = "agreed"
    gone: tuple[tuple[Id, date, Id], ...] = ()
    new: tuple[tuple[Id, date, Id], ...] = ()


Event = Annotated[
    Absent | Held | OtherMode | SlowTravel | Cancelled | Accepted | Agreed, Field(discriminator="what")
]
"""Anything that may happen to a published plan."""
