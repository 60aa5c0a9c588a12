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

FIELDS = ("minutes", "duties", "busy", "planned", "visits")


def line_loads(played: Played, weeks: int) -> tuple[LineLoad, ...]:
    """A row for each line and kind of duty."""
    rounds, units = len(played.states), played.prepared.units
    table: dict[tuple[int, str], Numbers] = defaultdict(lambda: np.zeros((len(FIELDS), rounds)))
    for unit in units:
        table[unit.line, unit.duty.kind][:2] += [[unit.end - unit.start], [1]]
    for number, away in enumerate(played.away):
        for unit in (units[each] for each in away):
            table[unit.line, unit.duty.kind][:2, number] -= (unit.end - unit.start, 1)
    made = played.unit >= 0
    visits = np.bincount(
        played.unit[made] + len(units) * played.drawn.round[made], minlength=len(units) * rounds
    ).reshape(rounds, -1)
    for number, states in enumerate(played.states):
        for name, state in states.items():
            row = (state.called + state.phoned, state.worked, visits[number, name])
            table[state.unit.line, state.unit.duty.kind][2:, number] += row
    return tuple(
        LineLoad(
            line=line, kind=kind, duties_per_week=float(duties.mean()) / weeks, busy_percent=ratio(busy, minutes, 100),
            planned_percent=ratio(planned, minutes, 100), visits_per_duty=ratio(called, duties),
        )
        for (line, kind), (minutes, duties, busy, planned, called) in sorted(table.items(), key=lambda each: each[0])
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
