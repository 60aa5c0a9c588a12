"""The sharing contract: what organisations do for each other."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimiser.domain.noun import Id, Noun

Openness = Literal["own", "totals", "organisations"]
"""Who sees a figure: only the organisation that it is of, everyone as a total of all, or everyone per organisation."""


class PooledNumber(Noun):
    """To how many nurses equal cover rows are pooled, where that is not their sum: one night nurse for both.

    ``cover`` are ids of cover rows; a merged row that holds any of them has ``minimum`` and ``wanted`` instead.
    """

    cover: Annotated[tuple[Id, ...], Field(min_length=1)]
    minimum: Annotated[int, Field(ge=0)]
    wanted: Annotated[int, Field(ge=0)]


class Lent(Noun):
    """The most hours a week that nurses of ``organisation`` spend at other organisations' clients, reporting
    included; a week of the calendar, by the start of the visit."""

    organisation: Id
    hours_per_week: Annotated[int, Field(ge=0, le=10_000)]


class Entry(Noun):
    """An organisation that joins later: before ``from_date`` it shares nothing, neither visits nor cover."""

    organisation: Id
    from_date: date


class Shown(Noun):
    """Who sees a figure (a name of ``report.figures``); what is not named is shown as ``SharingContract.openness``."""

    figure: Id
    shown: Openness


class SharingContract(Noun):
    """Which work and which cover rows are shared.

    ``visits``: ``own`` (own clients only), ``anw`` (shared when the window opens outside Monday to Friday 07:00 to
    18:00), ``all``. ``cover``: ``own`` rows are filled by own nurses only; ``anw`` pools the rows that lie outside
    Monday to Friday 07:00 to 18:00, ``pooled`` all; a pooled row may be filled by any nurse of organisations that
    share; equal pooled rows (same days, window, lane, skills, area) are merged, their counts summed, or set to
    ``pooled_standby`` for standby rows without an area when that is given, or to a number of ``pooled_to``.
    """

    name: Id
    visits: Literal["own", "anw", "all"]
    cover: Literal["own", "anw", "pooled"]
    pooled_standby: Annotated[int, Field(ge=0)] | None = None
    pooled_to: tuple[PooledNumber, ...] = ()
    lending_minutes: Annotated[int, Field(ge=0)] = 0
    """Price in minutes of a visit done by another organisation's nurse: own client first."""
    groups: tuple[tuple[Id, ...], ...] = ()
    """Who shares with whom: organisations of one group; one that is in no group shares with nobody. Empty: all."""
    skills: tuple[Id, ...] = ()
    """Only visits that need one of these are shared; cover rows likewise when they name skills. Empty: all."""
    districts: tuple[str, ...] = ()
    """Only clients whose district has a code that begins so are shared. Empty: all."""
    own_by_day: tuple[Id, ...] = ()
    """Organisations whose clients have own nurses only, Monday to Friday 07:00 to 18:00 (where the window opens)."""
    known_faces: bool = False
    """Whether clients with a preferred or known nurse are lent only to nurses that are one of these."""
    most_lent: tuple[Lent, ...] = ()
    entries: tuple[Entry, ...] = ()
    division: str = ""
    """Which division of the land into on-call areas is in use (``Area.division``), besides areas without one."""
    consents: tuple[Id, ...] | None = None
    """Nurses who agreed to serve other organisations' clients; None where nobody was asked and all may."""
    openness: Openness = "totals"
    shown: tuple[Shown, ...] = ()


PRESETS: dict[str, SharingContract] = {
    "single": SharingContract(name="single", visits="own", cover="own"),
    "anw": SharingContract(name="anw", visits="anw", cover="pooled"),
    "visits": SharingContract(name="visits", visits="all", cover="own"),
    "cover": SharingContract(name="cover", visits="own", cover="pooled"),
    "joint": SharingContract(name="joint", visits="all", cover="pooled"),
    "one_on_call": SharingContract(name="one_on_call", visits="all", cover="pooled", pooled_standby=1),
}
"""The contracts that need no file; ``joint`` keeps the summed number of standby duties, so that pooling of visits and
pooling of cover stay two effects: ``visits`` and ``cover`` have only the one, ``one_on_call`` has one standby nurse
for all together."""
