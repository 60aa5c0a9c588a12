"""Which nurse could drive which duty of a state as it stands, and what that costs: the columns of a reassignment."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from optimiser.domain.duty_work import WorkBlock
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.model.reassign import Choice, Column, Item
from optimiser.search.kernel.cells import set_duty
from optimiser.search.kernel.data import (
    INFINITE,
    JOB_MINUTES,
    MOST_STOPS,
    PLACED_HIGH,
    PLACED_LOW,
    PLACED_SLOT,
    PLACED_WINDOW,
    ROUTE_COUNT,
    ROW_ACCEPTED,
    SLOT_LOCKED,
    SLOTS,
    STANDBY_SLOT,
    Data,
    Duties,
    Ints,
    Rows,
    State,
    copy_state,
)
from optimiser.search.kernel.route import schedule
from optimiser.search.kernel.undo import new_journal, open_journal


@dataclass(frozen=True)
class Team:
    """What reassignment reads: the problem, and the kernel's arrays of it. With ``fixed`` the duties stand, and only
    routes change hands."""

    problem: Problem
    data: Data
    rows: Rows
    duties: Duties
    fixed: bool = False


def choice_of(team: Team, state: State) -> Choice:
    """The duties of a state and who could have each."""
    items = tuple(
        Item(nurse, day, int(state.duty[nurse, day, lane]), not routes(state, cell_slots(team, nurse, day, lane)))
        for nurse, day, lane in np.argwhere(state.duty >= 0).tolist()
    )
    closed = frozenset(int(nurse) for nurse in np.flatnonzero(state.row[:-1, ROW_ACCEPTED]))
    columns = _Columns(team, state, closed)
    found = tuple(column for number, item in enumerate(items) for column in columns.of(number, item))
    same, apart = _tied(team, state, items)
    return Choice(_narrowed(team, state, items, found), items, found, same, apart, closed)


def cell_slots(team: Team, nurse: int, day: int, lane: int) -> range:
    """The slots of a cell."""
    first = (int(nurse) * team.data.days + int(day)) * SLOTS
    return range(first + STANDBY_SLOT, first + SLOTS) if lane else range(first, first + STANDBY_SLOT)


def routes(state: State, slots: range) -> list[int]:
    """Those of the slots that hold work."""
    return [slot for slot in slots if state.route[slot, ROUTE_COUNT]]


class _Columns:
    """Who could drive what, priced on a copy of the state whose routes are only looked at."""

    def __init__(self, team: Team, state: State, closed: frozenset[int]) -> None:
        self.team, self.state, self.closed = team, state, closed
        self.scratch = copy_state(state)
        self.journal = new_journal(team.data, state)

    def of(self, number: int, item: Item) -> list[Column]:
        """The columns of one item; that of her who has it now is always among them."""
        lane = int(self.team.duties.kind_lane[item.kind])
        nurses = [nurse for nurse in range(len(self.state.duty)) if self._may(item, lane, nurse)]
        return [column for nurse in nurses if (column := self._column(number, item, lane, nurse)) is not None]

    def _may(self, item: Item, lane: int, nurse: int) -> bool:
        """Whether the nurse's cell is open for the item, and she may serve all its work."""
        if nurse == item.nurse:
            return True
        team, state, duties = self.team, self.state, self.team.duties
        slots = cell_slots(team, item.nurse, item.day, lane)
        if self.closed & {nurse, item.nurse} or any(self._kept(item, slot) for slot in slots):
            return False
        if team.fixed or duties.pinned[nurse, item.day, lane] or duties.pinned[item.nurse, item.day, lane]:
            # routes of duties that stand change hands, not the duties
            own = cell_slots(team, nurse, item.day, lane)
            free = not team.fixed and not duties.pinned[nurse, item.day, lane]
            stands = state.duty[nurse, item.day, lane] == item.kind and not any(self._kept(item, slot) for slot in own)
            if not (stands or (free and duties.allowed[nurse, item.day, item.kind])):
                return False
        elif not duties.allowed[nurse, item.day, item.kind]:
            return False
        jobs = [int(job) for slot in slots for job in state.stops[slot, : state.route[slot, ROUTE_COUNT]]]
        return bool((team.data.may_serve[state.job[jobs, PLACED_WINDOW], nurse] != FORBIDDEN).all())

    def _kept(self, item: Item, slot: int) -> bool:
        """Whether a route keeps its stops; kinds that carry no route are locked by nature."""
        segment = slot % SLOTS % STANDBY_SLOT
        by_nature = self.team.duties.kind_slot[item.day, item.kind, segment, SLOT_LOCKED]
        return bool(self.state.slot[slot, SLOT_LOCKED]) and not by_nature

    def _column(self, number: int, item: Item, lane: int, nurse: int) -> Column | None:
        """What the routes cost in the hands of the nurse; None when she cannot drive them."""
        team, state, data, scratch = self.team, self.state, self.team.data, self.scratch
        old = routes(state, cell_slots(team, item.nurse, item.day, lane))
        cost, turnouts = 0, list[WorkBlock]()
        if old:
            open_journal(self.journal, scratch)
            set_duty(data, team.duties, scratch, self.journal, nurse, item.day, lane, item.kind)
        shift = (nurse - item.nurse) * data.days * SLOTS
        for slot in old:
            count = int(state.route[slot, ROUTE_COUNT])
            jobs = state.stops[slot, :count]
            starts = np.zeros(MOST_STOPS, dtype=np.int64)
            lows, highs = (state.job[jobs, column].copy() for column in (PLACED_LOW, PLACED_HIGH))
            route, _, _ = schedule(data, scratch, slot + shift, state.stops[slot], count, lows, highs, starts)
            if route >= INFINITE:
                return None
            cost += int(route) + int(data.may_serve[state.job[jobs, PLACED_WINDOW], nurse].sum())
            if lane and team.rows.standby_counts and not team.problem.instance.shift_kinds[item.kind].at_workplace:
                turnouts += _turnouts(data, jobs, starts, team.rows.call_gap)
        return Column(number, nurse, cost, tuple(turnouts))


def _turnouts(data: Data, jobs: Ints, starts: Ints, call_gap: int) -> list[WorkBlock]:
    """Work in standby from home (plan language 4, ``duty_work.work_blocks``)."""
    found: list[list[int]] = []
    for job, start in zip(jobs, starts, strict=False):
        end = int(start + data.job[job, JOB_MINUTES])
        if found and start - found[-1][1] <= call_gap:
            found[-1][1] = end
        else:
            found.append([int(start), end])
    return [WorkBlock(start, end, end - start) for start, end in found]


def _tied(
    team: Team, state: State, items: tuple[Item, ...]
) -> tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]:
    """Pairs of items that ties give to one nurse, and to two."""
    lanes = team.duties.kind_lane
    at = {(item.nurse, item.day, int(lanes[item.kind])): number for number, item in enumerate(items)}
    pairs: dict[str, set[tuple[int, int]]] = {"same": set(), "different": set()}
    for tie in team.problem.ties:
        slots = [int(state.job[job, PLACED_SLOT]) for job in (tie.first, tie.second)]
        if tie.nurse in pairs and min(slots) >= 0:
            cells = [(*divmod(slot // SLOTS, team.data.days), int(slot % SLOTS == STANDBY_SLOT)) for slot in slots]
            one, other = sorted(at[cell] for cell in cells)
            if one != other:
                pairs[tie.nurse].add((one, other))
    return frozenset(pairs["same"]), frozenset(pairs["different"])


def _narrowed(team: Team, state: State, items: tuple[Item, ...], columns: tuple[Column, ...]) -> Problem:
    """The problem with only the duties that a column asks for; cells that may not change are pinned."""
    problem, lanes = team.problem, team.duties.kind_lane
    allowed = np.zeros_like(problem.duty_allowed)
    for column in columns:
        item = items[column.item]
        allowed[column.nurse, item.day, item.kind] = True
    closed = state.row[:-1, ROW_ACCEPTED] > 0
    pinned = {
        (item.nurse, item.day, int(lanes[item.kind])): item.kind
        for item in items
        if team.fixed or closed[item.nurse] or team.duties.pinned[item.nurse, item.day, lanes[item.kind]]
    }
    return replace(problem, duty_allowed=allowed, pinned=pinned)
