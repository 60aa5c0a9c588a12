"""What was really worked in a week that a plan was made for: duties and visits as people wrote them down, ids only.

Reasons are words from a list, so that no name and no diagnosis can stand in them.
"""

from __future__ import annotations

from typing import Final, Literal

from optimiser.domain.noun import Id, Minutes, Noun
from optimiser.domain.work import WorkId

REALISED_FORMAT: Final = 1
DutyReason = Literal["ill", "absent", "swap", "extra", "call", "longer", "shorter", "no_work", "other"]
"""Why a duty differs. ``call``: a turn-out of standby from home that is no visit of the tables."""
VisitStatus = Literal["done", "cancelled", "not_done", "moved"]
VisitReason = Literal[
    "client_away", "client_refused", "hospital", "care_changed", "no_nurse", "no_time", "no_handover", "no_material",
    "weather", "not_planned", "other",
]  # fmt: skip
Handover = Literal["ready", "not_ready", "not_needed"]


class RealisedDuty(Noun):
    """A duty as it was worked, in horizon minutes; without ``start`` and ``end`` it was not worked.

    ``kind`` None is work by the clock alone. ``break_minutes`` None is the break of the kind.
    """

    nurse: Id
    day: int
    """Number of the day on which it starts (or was planned to)."""
    kind: Id | None = None
    start: int | None = None
    end: int | None = None
    break_minutes: Minutes | None = None
    reason: DutyReason | None = None

    @property
    def worked(self) -> bool:
        """Whether it was worked at all."""
        return self.start is not None and self.end is not None


class RealisedVisit(Noun):
    """One nurse's part of a visit as it went, in horizon minutes; None is not known.

    ``moved`` with times was done at another moment, without them not within the horizon.
    """

    id: WorkId
    part: Literal[1, 2] = 1
    nurse: Id | None = None
    arrival: int | None = None
    start: int | None = None
    end: int | None = None
    status: VisitStatus = "done"
    cancelled_by: Literal["client", "team"] | None = None
    cancelled_minutes_before: Minutes | None = None
    """How long before its planned start it was cancelled."""
    handover: Handover | None = None
    """Whether what the nurse had to know and have was there when she came; None was not written down."""
    reason: VisitReason | None = None

    @property
    def done(self) -> bool:
        """Whether it was done within the horizon."""
        return self.status in ("done", "moved") and self.start is not None and self.end is not None


class Realised(Noun):
    """All that was written down about one plan. A table that nobody gave is None: nothing is known then."""

    format: Literal[1] = REALISED_FORMAT
    instance: Id
    plan: str
    """``Plan.identity`` of the plan that it belongs to."""
    duties: tuple[RealisedDuty, ...] | None = None
    visits: tuple[RealisedVisit, ...] | None = None
