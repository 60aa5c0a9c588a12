"""The figures of robustness: counts of one replay, and what they are over many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from optimiser.domain.duty_work import work_blocks
from optimiser.domain.figure import FigureKind, Figures, Level, Unit, Values
from optimiser.simulate.consequences import Consequences
from optimiser.simulate.replay import Replayed

BOTH: tuple[Level, ...] = ("total", "organisation")


def _kind(name: str, unit: Unit, better: str, adds: bool = False, levels: tuple[Level, ...] = BOTH) -> FigureKind:
    return FigureKind.model_validate(
        {"name": name, "unit": unit, "better": better, "adds": adds, "theme": "robustness", "levels": levels}
    )


ROBUSTNESS_FIGURES: tuple[FigureKind, ...] = (
    _kind("robust_days_covered_percent", "percent", "more"),
    _kind("robust_lost_duties", "count", "neither", adds=True),
    _kind("robust_absorbed_percent", "percent", "neither"),
    _kind("robust_refilled_own_percent", "percent", "more"),
    _kind("robust_refilled_percent", "percent", "more"),
    _kind("robust_hired_duties", "count", "less", adds=True),
    _kind("robust_hired_hours", "hours", "less", adds=True),
    _kind("robust_visits_moved", "count", "less", adds=True),
    _kind("robust_calls", "count", "less", adds=True),
    _kind("robust_unserved_visits", "count", "less", adds=True),
    _kind("robust_urgent_served_percent", "percent", "more"),
    _kind("robust_routes_on_time_percent", "percent", "more"),
    _kind("robust_overtime_minutes", "minutes", "less", adds=True),
    _kind("robust_late_visits", "count", "less", adds=True),
    _kind("robust_hardest_absence", "count", "less", levels=("total",)),
)
"""Means over the replays; shares are of all replays together. The words are in ``texts/robustness.toml``, the exact
meanings in docs/explanation/robustness.md."""

FROM_ROUTES: frozenset[str] = frozenset({
    "robust_visits_moved", "robust_unserved_visits", "robust_urgent_served_percent", "robust_routes_on_time_percent",
    "robust_overtime_minutes", "robust_late_visits",
})  # fmt: skip
"""What only routes can tell."""


@dataclass(frozen=True)
class Tally:
    """Counts of one replay, or of several together: of all, or of one organisation. ``days`` is days times replays."""

    days: int = 0
    covered: int = 0
    lost: int = 0
    absorbed: int = 0
    own: int = 0
    partner: int = 0
    hired: int = 0
    hired_minutes: int = 0
    moved: int = 0
    calls: int = 0
    unserved: int = 0
    urgent: int = 0
    urgent_served: int = 0
    routes: int = 0
    routes_on_time: int = 0
    over_minutes: int = 0
    late_visits: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


def tally(consequences: Consequences, organisation: str | None = None) -> Tally:
    """The counts of a replay. Of an organisation are duties, routes and calls of its nurses (those of hired people
    count for whom they replace) and visits and calls of its clients."""
    replayed = consequences.replayed
    instance = replayed.instance

    def client_of(visit: str) -> bool:
        client = instance.client_by_id[instance.visit_by_id[visit].client]
        return organisation in (None, client.organisation)

    def nurse_of(nurse: str) -> bool:
        return organisation in (None, consequences.employer(nurse))

    outcomes = [each for each in replayed.outcomes if nurse_of(each.duty.nurse)]
    how = [each.how for each in outcomes]
    urgent = [name for name in consequences.urgent if client_of(name)]
    ends = [each for each in replayed.delays.ends if nurse_of(each.duty.nurse)]
    return Tally(
        days=instance.days,
        covered=instance.days - len(consequences.uncovered_days(organisation)),
        lost=len(how), absorbed=how.count("absorbed"), own=how.count("own"), partner=how.count("partner"),
        hired=how.count("hired"),
        hired_minutes=_hired_minutes(replayed, nurse_of),
        moved=sum(map(client_of, consequences.moved)),
        calls=sum(organisation in (None, call.organisation) for call in consequences.calls),
        unserved=sum(map(client_of, consequences.open_visits)),
        urgent=len(urgent), urgent_served=len(set(urgent) - set(consequences.open_visits)),
        routes=len(ends), routes_on_time=sum(each.late == 0 for each in ends),
        over_minutes=sum(each.late for each in ends),
        late_visits=sum(map(client_of, replayed.delays.late)),
    )  # fmt: skip


def _hired_minutes(replayed: Replayed, counts: object) -> int:
    """Work by the clock of hired people; of standby from home its planned turn-outs."""
    assert callable(counts)
    duties = (duty for duty in replayed.plan.duties if duty.nurse in replayed.hired and counts(duty.nurse))
    return sum(block.minutes for duty in duties for block in work_blocks(replayed.instance, duty))


def robustness_figures(replays: Iterable[Consequences], organisations: Sequence[str]) -> Figures:
    """The figures over some replays of one plan, but for the hardest absence, which hangs on the plan alone."""
    total, number = Tally(), 0
    parts = dict.fromkeys(organisations, Tally())
    for each in replays:
        total, number = total + tally(each), number + 1
        parts = {name: part + tally(each, name) for name, part in parts.items()}
    return Figures(
        total=_values(total, number), organisations={name: _values(part, number) for name, part in parts.items()}
    )


def _values(tally: Tally, replays: int) -> Values:
    """Means over the replays. A share of nothing is whole: what did not happen did no harm."""
    to_fill = tally.lost - tally.absorbed
    count = max(1, replays)
    return {
        "robust_days_covered_percent": _share(tally.covered, tally.days),
        "robust_lost_duties": tally.lost / count,
        "robust_absorbed_percent": _share(tally.absorbed, tally.lost),
        "robust_refilled_own_percent": _share(tally.own, to_fill),
        "robust_refilled_percent": _share(tally.own + tally.partner, to_fill),
        "robust_hired_duties": tally.hired / count,
        "robust_hired_hours": tally.hired_minutes / 60 / count,
        "robust_visits_moved": tally.moved / count,
        "robust_calls": tally.calls / count,
        "robust_unserved_visits": tally.unserved / count,
        "robust_urgent_served_percent": _share(tally.urgent_served, tally.urgent),
        "robust_routes_on_time_percent": _share(tally.routes_on_time, tally.routes),
        "robust_overtime_minutes": tally.over_minutes / count,
        "robust_late_visits": tally.late_visits / count,
    }  # fmt: skip


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0
