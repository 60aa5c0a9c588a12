"""What a plan says to other programs: duties, stops, hours and what is open, flat and by id, with moments as ISO 8601.

The nouns of ``samenrooster export``: counted in ``report``, written in ``instances``. The JSON schema of the format
``json`` is made from them (docs/reference/export.schema.json); a field that goes or changes its meaning raises
``EXPORT_FORMAT``. Nobody's name or address is in them, and no client's wish, act or illness.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from pydantic import AwareDatetime

from optimiser.domain.duty import DutyStatus, Lane
from optimiser.domain.noun import Id, Minutes, Noun
from optimiser.domain.people import Category
from optimiser.domain.place import Latitude, Longitude, Mode
from optimiser.domain.work import WorkId

EXPORT_FORMAT: Final = 1


class Span(Noun):
    """From one moment to another, with the offset that the clock had."""

    start: AwareDatetime
    end: AwareDatetime


class ExportedDuty(Noun):
    """One duty. ``id`` stays the same over versions of a plan. ``segments``: two of a split shift, else one."""

    id: str
    nurse: Id
    day: date
    """The day on which it starts."""
    kind: Id
    code: str
    lane: Lane
    category: Category
    at_workplace: bool
    """Of standby: spent at the workplace, not at home."""
    organisation: Id
    """Worked for."""
    status: DutyStatus
    follows: Id | None
    """The companion whose route a student copies."""
    start: AwareDatetime
    end: AwareDatetime
    segments: tuple[Span, ...]
    breaks: tuple[Span, ...]
    """Where the route has its break; none where no route says when."""
    break_minutes: Minutes
    """Break that the kind of duty holds, planned or still to be chosen."""
    work_minutes: Minutes
    """Work by the clock, break taken off; of standby from home the turn-outs that are planned."""
    mode: Mode
    start_place: Id
    end_place: Id


class ExportedStop(Noun):
    """One stop of a route. ``travel_minutes`` and ``travel_metres`` lead to it, from the stop before or from the start
    place; None for a break and for a student's copy."""

    duty: str
    nurse: Id
    day: date
    segment: Literal[0, 1]
    order: int
    """From 1 in each segment."""
    what: Literal["visit", "task", "break"]
    id: WorkId
    part: Literal[1, 2]
    client: Id | None
    place: Id | None
    """None for a break, and for a task that is done where the nurse is."""
    arrival: AwareDatetime
    start: AwareDatetime
    end: AwareDatetime
    travel_minutes: Minutes | None
    travel_metres: Minutes | None


class ExportedWeek(Noun):
    """Minutes of one nurse in one calendar week."""

    monday: date
    net_minutes: Minutes
    planned_minutes: Minutes


class ExportedHours(Noun):
    """One nurse over all weeks, in minutes, and her counts.

    ``net``: contract less leave, absence and paid tasks outside routes. ``difference`` = planned - net; ``balance`` =
    opening balance + difference. ``evenings`` are work duties, ``nights`` duties of either lane, ``weekends``
    Saturday and Sunday pairs with any duty, ``standbys`` duties on call.
    """

    nurse: Id
    organisation: Id
    contract_minutes: Minutes
    net_minutes: Minutes
    planned_minutes: Minutes
    difference_minutes: int
    opening_balance_minutes: int
    balance_minutes: int
    evenings: int
    nights: int
    weekends: int
    standbys: int
    weeks: tuple[ExportedWeek, ...]


class ExportedLedger(Noun):
    """One class of what a nurse shares fairly over the year (docs/explanation/base_rosters.md)."""

    nurse: Id
    what: Literal["evenings", "nights", "weekends", "holidays"]
    brought: int
    """Of this year, before this plan."""
    planned: int
    share_hundredths: int
    """Of what all have, by contract; what she has is ``brought + planned``."""
    carried: int
    """Her counter when the next tables begin."""


class ExportedOpen(Noun):
    """What nobody does: a visit, a task, or cover that is short by ``missing`` people."""

    what: Literal["visit", "task", "cover"]
    id: str
    client: Id | None
    day: date
    start: AwareDatetime
    """Of the first window."""
    end: AwareDatetime
    minutes: Minutes
    """Of the work, for each person; of cover the length of its window."""
    missing: int
    must: bool
    """False for cover that only lacks the number that was wanted."""
    standby: bool
    skills: tuple[Id, ...]
    organisations: tuple[Id, ...]
    area: str
    reason: str | None
    """First blocking reason of a visit or task: a code of the plan."""


class ExportedDistrict(Noun):
    """A district with work: visits in all, done, and not done; minutes of all, each nurse of a pair for herself."""

    id: Id
    name: str
    municipality: str
    latitude: Latitude
    longitude: Longitude
    visits: int
    served: int
    open: int
    minutes: Minutes


class ExportedPlan(Noun):
    """A plan for other programs. Moments carry their UTC offset; lengths are whole minutes or metres."""

    format: Literal[1] = EXPORT_FORMAT
    instance: Id
    fingerprint: str
    """Of the tables that the plan was made for."""
    plan: str
    """Identity: a hash of duties, routes and what is left over."""
    version: int
    published: AwareDatetime | None
    """None is a draft."""
    changed: AwareDatetime
    """When the nurses were told this version: its publication, or the last event after it. Of a draft, which nobody
    was told, 52 weeks before its first day: whatever is published comes after it."""
    contract: str
    first_day: date
    last_day: date
    with_routes: bool
    violations: int
    """Of rules that the plan answers for."""
    signals: int
    organisations: dict[Id, str]
    """Id -> name."""
    duties: tuple[ExportedDuty, ...]
    stops: tuple[ExportedStop, ...]
    hours: tuple[ExportedHours, ...]
    open: tuple[ExportedOpen, ...]
    districts: tuple[ExportedDistrict, ...]
    cancelled: tuple[ExportedDuty, ...]
    """Duties and segments that an earlier version had and this one does not, where that version was given."""
    ledger: tuple[ExportedLedger, ...] = ()
    """Empty where the tables tell nothing of the year."""
