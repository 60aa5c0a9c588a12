"""When the islands meet for the last time: every duty with its route is given to the nurse who should drive it.

Search says who could drive which duty as it stands, and what that costs her; CP-SAT chooses (``model/reassign.py``);
the kernel judges and prices the answer again, and only what is cheaper by its count is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from optimiser.model.reassign import Item, build_reassign
from optimiser.model.reassign_parts import Answer, ReassignSettings, solve_reassign
from optimiser.search.improve import Reassignment
from optimiser.search.kernel.anneal import price
from optimiser.search.kernel.cells import set_duty
from optimiser.search.kernel.data import (
    PLACED_SLOT,
    PLACED_WINDOW,
    ROUTE_COST,
    ROUTE_COUNT,
    ROW_ACCEPTED,
    SLOTS,
    State,
    copy_state,
)
from optimiser.search.kernel.labels import refresh
from optimiser.search.kernel.undo import new_journal, open_journal
from optimiser.search.reassign_columns import Team, cell_slots, choice_of, routes

ShouldStop = Callable[[], bool]


@dataclass(frozen=True)
class Reassigned:
    """The new state, or None when nothing cheaper was found; and what the solver said."""

    state: State | None
    answer: Answer
    claimed: int = 0
    """What the model says the new state costs less."""


def reassignment(team: Team, on_best: Callable[[State, int], None], should_stop: ShouldStop) -> Reassignment:
    """Reassignment as the islands ask for it."""

    def give(state: State, seconds: float | None, parts: int, seed: int) -> State | None:
        return reassign(team, state, ReassignSettings(seconds, parts, seed), should_stop).state

    return Reassignment(give, on_best)


def reassign(team: Team, state: State, settings: ReassignSettings, should_stop: ShouldStop) -> Reassigned:
    """Give the routes of a state to the nurses who should drive them; the state itself is not changed."""
    choice = choice_of(team, state)
    answer = solve_reassign(build_reassign(choice), settings, should_stop)
    for given in reversed(answer.found):
        moved = given_to(team, state, choice.items, given.nurses)
        if int(moved.total[0]) < int(state.total[0]) and _violations(moved) <= _violations(state):
            return Reassigned(moved, answer, given.gain)
    return Reassigned(None, answer)


def given_to(team: Team, state: State, items: tuple[Item, ...], nurses: dict[int, int]) -> State:
    """A copy of the state in which the items have other nurses, priced anew."""
    new, data, lanes = copy_state(state), team.data, team.duties.kind_lane
    journal = new_journal(data, new)
    moved = [(item, nurses.get(number)) for number, item in enumerate(items) if nurses.get(number) != item.nurse]
    for item, _ in moved:
        for slot in cell_slots(team, item.nurse, item.day, int(lanes[item.kind])):
            _count(team, new, slot, -1)
            new.route[slot] = 0
        open_journal(journal, new)
        set_duty(data, team.duties, new, journal, item.nurse, item.day, int(lanes[item.kind]), -1)
    for item, nurse in moved:
        if nurse is None:
            continue
        open_journal(journal, new)
        set_duty(data, team.duties, new, journal, nurse, item.day, int(lanes[item.kind]), item.kind)
        shift = (nurse - item.nurse) * data.days * SLOTS
        for old in routes(state, cell_slots(team, item.nurse, item.day, int(lanes[item.kind]))):
            count = int(state.route[old, ROUTE_COUNT])
            new.stops[old + shift] = state.stops[old]
            new.job[state.stops[old, :count], PLACED_SLOT] = old + shift
            new.route[old + shift, ROUTE_COUNT] = count
            refresh(data, new, old + shift)
            _count(team, new, old + shift, 1)
    price(data, team.rows, team.duties, new)
    return new


def _count(team: Team, state: State, slot: int, sign: int) -> None:
    """Add a route to the total, or take it off."""
    nurse = slot // (team.data.days * SLOTS)
    jobs = state.stops[slot, : state.route[slot, ROUTE_COUNT]]
    state.total[0] += sign * int(state.route[slot, ROUTE_COST])
    state.total[0] += sign * int(team.data.may_serve[state.job[jobs, PLACED_WINDOW], nurse].sum())


def _violations(state: State) -> int:
    return int(state.row[:-1, ROW_ACCEPTED].sum())
