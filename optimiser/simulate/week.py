"""A published week as the one who repairs it sees it, moment by moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Visit
from optimiser.simulate.chance import Happenings

How = Literal["absorbed", "own", "partner", "hired", "open"]
"""What became of a duty that fell away: the others on duty did its work, a colleague of the same organisation or of
another one came, somebody was hired, or nobody came."""


@dataclass(frozen=True)
class Moment:
    """What becomes known at minute ``at`` of day number ``day``: duties of that day that fall away, new visits."""

    at: int
    day: int
    lost: tuple[Duty, ...] = ()
    urgent: tuple[Visit, ...] = ()


@dataclass(frozen=True)
class Week:
    """``instance`` holds what happened: rows of sickness, urgent visits, and for each duty that falls away somebody who
    could be hired for it (``hire``: duty id -> nurse id). ``published`` is the plan as it was told."""

    instance: Instance
    contract: SharingContract
    travel: TravelMatrix
    published: Plan
    happenings: Happenings
    hire: dict[str, str]


@dataclass(frozen=True)
class Outcome:
    """What became of one duty that fell away; ``nurse`` is who came, empty when nobody did."""

    duty: Duty
    how: How
    nurse: str = ""


@dataclass(frozen=True)
class Mended:
    """The whole roster after a moment; ``asked`` are the nurses who were called to come, also those who said no."""

    duties: tuple[Duty, ...]
    outcomes: tuple[Outcome, ...] = ()
    asked: tuple[str, ...] = ()


Repair = Callable[[Week, Moment, tuple[Duty, ...]], Mended]
"""The policy: what to do at a moment with the duties as they stand (those that fall away still among them)."""
