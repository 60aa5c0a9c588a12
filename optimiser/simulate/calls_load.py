"""How busy duties are with calls, and what calls do to planned work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np

from optimiser.domain.simulated_calls import LineLoad, PlannedWork
from optimiser.simulate.calls_arrivals import Numbers
from optimiser.simulate.calls_intervals import mean_of, ratio
from optimiser.simulate.calls_nurse import OnDuty
from optimiser.simulate.calls_play import Played

FIELDS = ("hours", "duties", "busy", "planned", "visits")


def line_loads(played: Played, weeks: int) -> tuple[LineLoad, ...]:
    """A row for each line and kind of duty."""
    table: dict[tuple[int, str], Numbers] = defaultdict(lambda: np.zeros((len(FIELDS), len(played.states))))
    counted = np.bincount(
        played.unit[played.unit >= 0] + len(played.prepared.units) * played.drawn.round[played.unit >= 0],
        minlength=len(played.prepared.units) * len(played.states),
    ).reshape(len(played.states), -1)
    for number, states in enumerate(played.states):
        for state in states.values():
            unit = state.unit
            row = (unit.end - unit.start, 1, state.called + state.phoned, state.worked, counted[number, unit.number])
            table[unit.line, unit.duty.kind][:, number] += row
    return tuple(
        LineLoad(
            line=line, kind=kind, duties_per_week=float(duties.mean()) / weeks, busy_percent=ratio(busy, minutes, 100),
            planned_percent=ratio(planned, minutes, 100), visits_per_duty=ratio(visits, duties),
        )
        for (line, kind), (minutes, duties, busy, planned, visits) in sorted(table.items(), key=lambda each: each[0])
    )  # fmt: skip


def planned_work(played: Played, weeks: int) -> PlannedWork:
    """What became of planned visits, a week."""

    def counted(of: Callable[[OnDuty], float]) -> Numbers:
        return np.array([sum(map(of, states.values())) for states in played.states], dtype=float)

    scale = 1 / weeks
    return PlannedWork(
        visits=mean_of(counted(lambda state: state.visits + state.dropped), scale),
        moved=mean_of(counted(lambda state: state.moved), scale),
        late=mean_of(counted(lambda state: state.late), scale),
        late_minutes=mean_of(counted(lambda state: state.late_minutes), scale),
        dropped=mean_of(counted(lambda state: state.dropped), scale),
        assumed_percent={part: round(100 * share) for part, share in played.prepared.shares.items()},
    )  # fmt: skip
