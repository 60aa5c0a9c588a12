"""Calls played on one shift with so many nurses on duty, drawn at random from those who may: the share within the norm.

The rest of the roster (other shifts of the same calls, back-up, central triage) is on duty as the contract asks, so
that what a shift leaves is taken up by the next one. Calls come in the time of the shift only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from optimiser.check.case import Case
from optimiser.domain.clock import WEEK
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.response import PARTS
from optimiser.domain.sharing import SharingContract
from optimiser.domain.simulated_calls import Estimate
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.simulate.calls import played_calls
from optimiser.simulate.calls_arrivals import DrawnCalls, generator
from optimiser.simulate.calls_intervals import share
from optimiser.simulate.calls_planned import MOST
from optimiser.simulate.calls_play import LOST, PHONE, Played
from optimiser.simulate.calls_settings import CallSettings
from optimiser.simulate.calls_units import prepare_units
from optimiser.simulate.tables import rebuilt
from optimiser.studies.needed_shifts import Choice, Shift

Counts = NDArray[np.int64]
Rows = dict[str, tuple[Duty, list[int]]]
"""Duty id -> the duty and the numbers of the call sources that it answers for."""
NEAR_BEFORE = 12 * 60
"""Shifts of which no duty lies so near a shift in time are left out of its play."""
MOST_DRAWS = 6
"""So many rosters are drawn at most; rounds of calls beyond that meet one of them again."""


@dataclass(frozen=True)
class Outcome:
    """The share of visits within the norm, and minutes of work by calls on an average duty of the shift."""

    within_norm: Estimate
    call_minutes: float


@dataclass(frozen=True)
class CallPlays:
    """Plays of one instance under one contract, on the calls of ``drawn``."""

    instance: Instance
    contract: SharingContract
    travel: TravelMatrix
    drawn: DrawnCalls
    settings: CallSettings
    shifts: tuple[Shift, ...]

    @property
    def draws(self) -> int:
        """How many rosters are drawn."""
        return min(MOST_DRAWS, self.drawn.rounds)

    def outcome(self, shift: Shift, number: int, stress: str = "none") -> Outcome:
        """``number`` on duty on every day of the shift (fewer where fewer may), at a stress of ``CallSettings``."""
        settings = self.settings.model_copy(update={"stress": stress})
        planned, asked, within = self._planned_share(shift, number), list[Counts](), list[Counts]()
        minutes, duties = 0.0, 0
        for draw in range(self.draws):
            mine, rest = self._roster(shift, number, draw)
            played = self._played(mine, rest, self._calls(shift, draw), settings, planned)
            one, two = self._by_week(played, shift, stress == "two-calls")
            asked.append(one)
            within.append(two)
            states = [each for states in played.states for each in states.values() if each.unit.duty.id in mine]
            minutes += sum(state.called + state.phoned for state in states)
            duties += len(mine) * len(played.states)
        return Outcome(share(np.concatenate(within), np.concatenate(asked)), minutes / max(1, duties))

    def chosen(self, shift: Shift, draw: int) -> Iterator[list[Choice]]:
        """Those who may, day by day, in the order in which they are drawn: more on duty are always more of the same."""
        for day in shift.days:
            chance = generator(self.drawn.seed, "needed", shift.name, draw, day.start)
            yield [day.may[each] for each in chance.permutation(len(day.may))]

    def _roster(self, shift: Shift, number: int, draw: int) -> tuple[Rows, Rows]:
        """The duties of the shift, and those of the rest. The rest is drawn first, so that the same people are there
        whatever number is tried."""
        taken: set[tuple[int, int]] = set()
        rest: Rows = {}
        for each in self.shifts:
            if each is not shift and _near(each, shift):
                rest |= self._rows(each, draw, None, taken)
        return self._rows(shift, draw, number, taken), rest

    def _rows(self, shift: Shift, draw: int, most: int | None, taken: set[tuple[int, int]]) -> Rows:
        sources = [int(each) for each in np.flatnonzero(shift.catchment)]
        made = (self._duty(choice) for choice in self._on_duty(shift, draw, most, taken))
        return {each.id: (each, sources) for each in made}

    def _played(
        self, mine: Rows, rest: Rows, calls: DrawnCalls, settings: CallSettings, planned: float
    ) -> Played:  # fmt: skip
        instance, rows = self._stage, rest | mine
        plan = Plan(
            instance=instance.name, fingerprint=self.instance.fingerprint, contract=self.contract,
            duties=tuple(duty for duty, _ in rows.values()), with_routes=False,
        )  # fmt: skip
        case = Case(instance, self.contract, self.travel, plan)
        prepared = prepare_units(case, lambda duty: rows[duty.id][1], settings)
        prepared.shares = dict.fromkeys(PARTS, planned) if planned else {}
        return played_calls(prepared, calls)

    @cached_property
    def _stage(self) -> Instance:
        """The instance without planned work, which ``_planned_share`` stands for."""
        return rebuilt(self.instance, visits=(), work_links=(), tasks=())

    def _on_duty(
        self, shift: Shift, draw: int, most: int | None, taken: set[tuple[int, int]]
    ) -> Iterator[Choice]:  # fmt: skip
        for day, order in zip(shift.days, self.chosen(shift, draw), strict=True):
            left = day.asked if most is None else most
            for nurse, start, kind in order:
                if left and (nurse, start) not in taken:
                    taken.add((nurse, start))
                    left -= 1
                    yield nurse, start, kind

    def _duty(self, choice: Choice) -> Duty:
        instance = self.instance
        nurse, kind = instance.nurses[choice[0]], instance.shift_kinds[choice[2]]
        bounds = segment_bounds(kind, instance.clock, choice[1])
        day = instance.clock.date_of(choice[1])
        return Duty(
            id=f"{nurse.id}/{day}/{kind.lane}", nurse=nurse.id, kind=kind.id, day=day, lane=kind.lane,
            start=bounds[0][0], end=bounds[-1][1], organisation=nurse.organisation,
        )  # fmt: skip

    def _calls(self, shift: Shift, draw: int) -> DrawnCalls:
        """The calls that are the shift's, of every round that meets this draw of nurses."""
        drawn, rounds = self.drawn, len(range(draw, self.drawn.rounds, self.draws))
        inside = _inside(shift, drawn.minute) & shift.catchment[drawn.source]
        here = np.flatnonzero(inside & (drawn.round % self.draws == draw))
        number = drawn.round[here] // self.draws
        return replace(
            drawn, seed=drawn.seed + 1_000_003 * draw, rounds=rounds, round=number, minute=drawn.minute[here],
            source=drawn.source[here], by_phone=drawn.by_phone[here], service=drawn.service[here],
            paired=drawn.paired[here],
            bounds=tuple(int(each) for each in np.searchsorted(number, np.arange(rounds + 1))),
        )  # fmt: skip

    def _planned_share(self, shift: Shift, number: int) -> float:
        """How much of a duty planned visits take: the minutes of those whose window opens in the shift's time, over
        all who are on duty."""
        if shift.row.lane == "standby":
            return 0.0
        if self.settings.planned_percent is not None:
            return self.settings.planned_percent / 100
        owners = {each.id for each in self.instance.clients if each.organisation in shift.organisations}
        visits = [each for each in self.instance.visits if each.client in owners]
        starts = np.array([each.windows[0].start for each in visits], dtype=float)
        minutes = np.array([each.minutes * each.nurses for each in visits], dtype=float)
        there = number * sum(day.end - day.start for day in shift.days)
        return min(MOST, float(minutes[_inside(shift, starts)].sum()) / there) if len(visits) and there else 0.0

    def _by_week(self, played: Played, shift: Shift, paired: bool) -> tuple[Counts, Counts]:
        """Visits asked, and those within the norm, by week of the horizon (all rounds that meet a draw together)."""
        drawn, norm = played.drawn, self.instance.response.norm_minutes
        mine = ~drawn.by_phone & shift.catchment[drawn.source] & (drawn.paired if paired else True)
        came = (played.outcome != LOST) & (played.outcome != PHONE)
        within = mine & came & (np.nan_to_num(played.response, nan=np.inf) <= norm + 1e-9)
        week = np.minimum(drawn.minute // WEEK, self.instance.weeks - 1).astype(np.int64)
        weeks = self.instance.weeks
        return np.bincount(week[mine], minlength=weeks), np.bincount(week[within], minlength=weeks)


def _inside(shift: Shift, minutes: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which minutes lie in the windows of a shift."""
    days: Sequence[tuple[int, int]] = sorted((day.start, day.end) for day in shift.days)
    starts, ends = np.array([low for low, _ in days]), np.array([high for _, high in days])
    slot = np.searchsorted(starts, minutes, side="right") - 1
    return np.asarray((slot >= 0) & (minutes < ends[np.maximum(slot, 0)]))


def _near(other: Shift, shift: Shift) -> bool:
    """Whether another shift answers for some of the same calls, in the same days' time or soon before or after."""
    if not (other.catchment & shift.catchment).any():
        return False
    spans = [(day.start - NEAR_BEFORE, day.end + NEAR_BEFORE) for day in shift.days]
    return any(low < day.end and day.start < high for day in other.days for low, high in spans)


