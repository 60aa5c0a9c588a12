"""How many nurses must be on duty for calls, per shift and area, as studies find it and reports tell it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from optimiser.domain.duty import Lane
from optimiser.domain.noun import ClockTime, Id, Noun
from optimiser.domain.simulated_calls import Estimate

NeededStress = Literal["two-calls", "ill", "snow"]
NEEDED_STRESSES: tuple[NeededStress, ...] = ("two-calls", "ill", "snow")


class NeededTry(Noun):
    """So many on duty: the share (0 to 1) of visits for calls within the norm, simulated."""

    number: int
    within_norm: Estimate


class NeededShift(Noun):
    """Equal cover rows that calls need: one part of the day in one area, or for the calls of some organisations.

    Every number is of the first line; its back-up is on duty as the contract asks.
    """

    rows: tuple[Id, ...]
    """Ids of the cover rows, holidays' rows among them."""
    organisations: tuple[Id, ...]
    """Whose calls these are."""
    area: Id | Literal[""] = ""
    lane: Lane
    from_time: ClockTime
    until_time: ClockTime
    days_per_week: float = Field(ge=0)
    """On how many days of an average week of the horizon it is asked."""
    asked: int
    """The minimum under this contract, largest over the days."""
    visits_per_week: float
    """Expected visits for calls in its time."""
    may: int
    """Nurses who may do it, on the day on which they are fewest."""
    guess: int | None
    """What formulas say (``studies.needed_guess``), where the simulation began; None where they see no number."""
    chosen: int | None = None
    """What the same formulas say where those on duty are chosen by their homes; None where they see no number."""
    tried: tuple[NeededTry, ...]
    """By number."""
    needed: int | None
    """The smallest number whose share is at least the target; None where no number is."""
    surely: int | None
    """The smallest number whose 95 % interval lies at or above the target; None where none that was tried does."""
    now: Estimate
    """The share with the number that the contract asks."""
    most: float
    """The share of visits that somebody who may reaches within the norm, were all of them on duty and free: above it
    distance is in the way, not number."""
    homes: tuple[float, float] | None = None
    """With ``needed`` (else with ``asked``) on duty, all free: the share of visits that they reach within the norm on
    one shift in ten whose homes are unlucky, and on one in ten whose homes are lucky."""
    stress: dict[NeededStress, Estimate] = {}
    """With ``needed`` (else with ``asked``): two calls at once, one of them ill, snow."""
    stress_snow_percent: int = 150
    duty_hours: float | None = None
    """Hours of work of one duty (standby from home: the expected work by calls in it)."""
    hours_per_week: float | None = None
    """Duty hours with ``needed`` on duty, on call from home included as hours on call."""
    fte: float | None = None
    """Full-time contracts that ``needed`` takes, leave, absence and training reckoned with."""


class NeededScenario(Noun):
    """All shifts of one contract, or of one coalition under it. ``fte`` is None where a shift has no number."""

    name: str
    contract: Id
    members: tuple[Id, ...]
    shifts: tuple[NeededShift, ...]
    fte: float | None
    hours_per_week: float | None

    @property
    def unreachable(self) -> tuple[NeededShift, ...]:
        """Shifts for which no number reaches the target."""
        return tuple(each for each in self.shifts if each.needed is None)


class Needed(Noun):
    """The whole study. ``weeks`` were simulated for each share; ``target_percent`` of visits must be within
    ``norm_minutes`` of the end of triage."""

    instance: Id
    fingerprint: str
    norm_minutes: int
    target_percent: int
    weeks: int
    seed: int
    stress: tuple[NeededStress, ...] = ()
    planned_percent: int | None = None
    net_hours_year: float
    """Hours a year that a full-time contract is there for the roster (``domain.workforce``)."""
    scenarios: tuple[NeededScenario, ...]
    coalitions: tuple[NeededScenario, ...] = ()
