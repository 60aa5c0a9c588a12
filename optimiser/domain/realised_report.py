"""Planned beside realised, as figures that can be kept and compared over weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from optimiser.domain.noun import Id, Noun

REALISED_REPORT_FORMAT: Final = 1
Scope = Literal["total", "organisation", "nurse"]
Verdict = Literal["met", "not_met", "unknown"]
TargetName = Literal["cancellations", "handovers"]
TARGETS: tuple[TargetName, ...] = ("cancellations", "handovers")
Percent = Annotated[float, Field(ge=0, le=100)]


@dataclass(frozen=True)
class Measure:
    """A count or a sum of minutes; ``docs/reference/realised.md`` says what each means."""

    name: str
    unit: Literal["number", "minutes"]


MEASURES: tuple[Measure, ...] = (
    Measure("duties", "number"),
    Measure("duties_lost", "number"),
    Measure("duties_extra", "number"),
    Measure("duties_unrecorded", "number"),
    Measure("work", "minutes"),
    Measure("ill", "minutes"),
    Measure("overtime", "minutes"),
    Measure("undertime", "minutes"),
    Measure("paid", "minutes"),
    Measure("legs", "number"),
    Measure("travel", "minutes"),
    Measure("legs_measured", "number"),
    Measure("travel_measured", "minutes"),
    Measure("legs_faster", "number"),
    Measure("visits_loose", "number"),
    Measure("arrivals", "number"),
    Measure("waiting", "minutes"),
    Measure("visits_recorded", "number"),
    Measure("visits_unrecorded", "number"),
    Measure("done", "number"),
    Measure("done_extra", "number"),
    Measure("visit_minutes", "minutes"),
    Measure("in_window", "number"),
    Measure("compared", "number"),
    Measure("near_plan", "number"),
    Measure("to_the_minute", "number"),
    Measure("other_nurse", "number"),
    Measure("cancelled", "number"),
    Measure("cancelled_client", "number"),
    Measure("cancelled_team", "number"),
    Measure("notice_known", "number"),
    Measure("notice", "minutes"),
    Measure("not_done", "number"),
    Measure("moved", "number"),
    Measure("changed_duties", "number"),
    Measure("changed_visits", "number"),
    Measure("handover_ready", "number"),
    Measure("handover_not_ready", "number"),
    Measure("handover_unrecorded", "number"),
)
"""In the order of the tables."""
COUNTED_BY: dict[str, str] = {"travel_measured": "legs_measured", "waiting": "arrivals", "notice": "notice_known"}
"""Sums of minutes of which nothing is known where the number of their cases is 0."""


class Figure(Noun):
    """A measure twice; None is not known, or has no meaning on that side."""

    planned: int | None = None
    realised: int | None = None

    @property
    def difference(self) -> int | None:
        """Realised less planned."""
        return None if self.planned is None or self.realised is None else self.realised - self.planned


class Figures(Noun):
    """The measures of all, of an organisation or of a nurse; ``week`` is a Monday, None is the whole horizon."""

    week: date | None = None
    scope: Scope = "total"
    id: str = ""
    values: dict[str, Figure]

    def figure(self, name: str) -> Figure:
        """A measure; not known on both sides where the figures do not hold it."""
        return self.values.get(name, Figure())


class Target(Noun):
    """A share against its limit. ``whole`` is what the share is taken of; ``verdict`` is unknown where that is nothing.

    ``small``: so few that one case by itself would miss the target. ``open``: with the visits about which nothing was
    written down (``unrecorded``) the verdict could still turn.
    """

    name: TargetName
    week: date | None = None
    scope: Scope = "total"
    id: str = ""
    limit_percent: Percent
    part: int
    whole: int
    unrecorded: int
    verdict: Verdict
    small: bool
    open: bool

    @property
    def share(self) -> float | None:
        """The share in percents; None of nothing."""
        return 100 * self.part / self.whole if self.whole else None


class ReasonCount(Noun):
    """How often a reason was given for duties that differ, or for visits that were not done."""

    week: date | None = None
    what: Literal["duty", "cancelled", "not_done", "moved"]
    reason: str
    """Empty where none was given."""
    count: int


class RealisedReport(Noun):
    """Planned beside realised of one horizon: figures of the whole and of each week; nurses of the whole only."""

    format: Literal[1] = REALISED_REPORT_FORMAT
    instance: Id
    plan: str
    published: str | None = None
    """``Plan.identity`` of the plan that was published; None where it was not given."""
    first_monday: date
    weeks: Annotated[int, Field(ge=1, le=53)]
    most_cancelled_percent: Percent = 10
    least_handovers_percent: Percent = 95
    figures: tuple[Figures, ...]
    targets: tuple[Target, ...]
    reasons: tuple[ReasonCount, ...] = ()

    def of(self, week: date | None = None, scope: Scope = "total", name: str = "") -> Figures:
        """The figures of one scope. Raises ``KeyError`` when there are none."""
        for each in self.figures:
            if (each.week, each.scope, each.id) == (week, scope, name):
                return each
        raise KeyError((week, scope, name))

    def target(self, name: TargetName, week: date | None = None, scope: Scope = "total", who: str = "") -> Target:
        """The target of one scope. Raises ``KeyError`` when there is none."""
        for each in self.targets:
            if (each.name, each.week, each.scope, each.id) == (name, week, scope, who):
                return each
        raise KeyError((name, week, scope, who))
