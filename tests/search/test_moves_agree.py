"""Every single move leaves the state that counting from nothing gives, and taking it back leaves no trace of it.

Random small problems (tests/agreement/random_problems.py), on each of them moves of ``MOVES`` in a random order, each
kept or taken back. A new kind of move is one more entry there.
"""

from __future__ import annotations

import runpy
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from optimiser.check.checker import check
from optimiser.domain.objective import weigh
from optimiser.search.evaluate import count_terms
from optimiser.search.kernel.anneal import _reprice_duties, improve_slice, left_out, price
from optimiser.search.kernel.cells import clear, set_duty
from optimiser.search.kernel.data import (
    FIRST_TIE,
    FIRST_WINDOW,
    JOB_PLACE,
    JOB_UNIT,
    PLACED_HIGH,
    PLACED_LOW,
    PLACED_SLOT,
    PLACED_WINDOW,
    ROUTE_COST,
    ROUTE_COUNT,
    ROUTE_WAITING,
    ROW_ACCEPTED,
    ROW_PRICE,
    SLOT_ACTIVE,
    SLOT_BEGIN,
    SLOT_BREAK,
    SLOT_FINISH,
    SLOT_LOCKED,
    SLOTS,
    STANDBY_SLOT,
    TIE_HIGH,
    TIE_LOW,
    TIE_NURSE,
    TIE_OTHER,
    WINDOW_HIGH,
    WINDOW_LOW,
    State,
    copy_state,
)
from optimiser.search.kernel.duty_moves import move_duties
from optimiser.search.kernel.hand_over import hand_over
from optimiser.search.kernel.learning import first_weights
from optimiser.search.kernel.random_state import below, seeded
from optimiser.search.kernel.recreate import insert_unit, recreate
from optimiser.search.kernel.remove import remove_unit_of
from optimiser.search.kernel.route import UNDRIVABLE
from optimiser.search.kernel.row_dp import move_row
from optimiser.search.kernel.rows import reprice, reprice_touched, row_violations, standby_clean
from optimiser.search.kernel.ruin import (
    BLOCK,
    DAY,
    RELATED,
    ROUTE,
    RUINS,
    SCATTERED,
    SKILL,
    STRINGS,
    TIME,
    WORST,
    ruin,
)
from optimiser.search.kernel.undo import new_journal, open_journal, take_back

MADE = runpy.run_path(str(Path(__file__).parents[1] / "agreement" / "random_problems.py"), run_name="random_problems")
Builders = tuple[Callable[..., Any], dict[str, Any]]
TRIES = 80
"""A duty move of one kind is drawn so often before it is given up."""


def live(state: State) -> dict[str, np.ndarray]:
    """A copy of all of a state that means something: without scratch, and routes up to their last stop."""
    copies = {name: getattr(state, name).copy() for name in ("duty", "slot", "route", "job", "total", "row")}
    inside = np.arange(state.stops.shape[1]) < state.route[:, ROUTE_COUNT, None]
    stops, label = np.zeros_like(state.stops), np.zeros_like(state.label)
    stops[inside], label[inside] = state.stops[inside], state.label[inside]
    return {**copies, "stops": stops, "label": label}


def different(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> list[str]:
    """The tables in which two states differ."""
    return [name for name, table in one.items() if not np.array_equal(table, other[name])]


@dataclass
class Bench:
    """A state under test, an open journal, and what the state was when the journal was opened."""

    kernel: Any
    random: np.ndarray
    state: State = field(init=False)
    journal: Any = field(init=False)
    bank: np.ndarray = field(init=False)
    first: dict[str, np.ndarray] = field(init=False)
    before: dict[str, np.ndarray] = field(init=False)

    def __post_init__(self) -> None:
        self.data, self.rows, self.duties = self.kernel.data, self.kernel.rows, self.kernel.duties
        self.state = copy_state(self.kernel.state)
        self.journal = new_journal(self.data, self.state)
        self.bank = np.zeros(len(self.data.unit_from), dtype=np.int64)
        self.first = live(self.state)
        self.open()

    def open(self) -> None:
        """Begin a change."""
        self.before = live(self.state)
        open_journal(self.journal, self.state)

    def undo(self) -> None:
        """Take the change back; nothing is left of it."""
        take_back(self.journal, self.state)
        assert different(self.before, live(self.state)) == []
        open_journal(self.journal, self.state)

    def waiting(self) -> int:
        """Fill the bank with what is left out; how many units."""
        return int(left_out(self.data, self.state, self.bank))

    def settle(self) -> None:
        """Price what the change touched, as the loop does."""
        if self.journal.sizes[3]:
            _reprice_duties(self.duties, self.state)
        reprice_touched(self.data, self.rows, self.state, self.journal)

    def pick(self, limit: int) -> int:
        """A random number below a limit."""
        return int(below(self.random, limit))

    def placed(self, unit_number: int) -> np.ndarray:
        """Whether each job of a unit is placed."""
        members = self.data.unit_jobs[self.data.unit_from[unit_number] : self.data.unit_from[unit_number + 1]]
        return self.state.job[members, PLACED_SLOT] >= 0

    def cells(self) -> dict[tuple[int, int, int], tuple[int, int]]:
        """(nurse, day, lane) -> (old kind, new kind) of the cells that the journal lists."""
        rows = self.journal.cells[: self.journal.sizes[3]]
        old = {(int(n), int(day), int(lane)): int(kind) for n, day, lane, kind in reversed(rows)}
        return {cell: (kind, int(self.state.duty[cell])) for cell, kind in old.items()}


Move = Callable[[Bench], None]


def ruin_of(kind: int) -> Move:
    """A ruin of one kind."""

    def move(bench: Bench) -> None:
        number = ruin(bench.data, bench.state, bench.journal, bench.bank, 0, kind, bench.random)
        assert not any(bench.placed(each).any() for each in bench.bank[:number])
        assert len(set(bench.bank[:number])) == number

    return move


def ruin_around(bench: Bench) -> None:
    """Ruin with work left out already, half of the time around a unit of it."""
    kind = bench.pick(RUINS)
    number = ruin(bench.data, bench.state, bench.journal, bench.bank, bench.waiting(), kind, bench.random)
    assert set(bench.bank[:number].tolist()) == set(bench.bank[: bench.waiting()].tolist())


def remove(bench: Bench) -> None:
    """One placed unit leaves, unless a part of it lies on a locked route."""
    there = np.flatnonzero(bench.state.job[:, PLACED_SLOT] >= 0)
    if len(there):
        job = int(there[bench.pick(len(there))])
        members = bench.data.job[:-1, JOB_UNIT] == bench.data.job[job, JOB_UNIT]
        locked = bool(bench.state.slot[bench.state.job[members, PLACED_SLOT], SLOT_LOCKED].any())
        assert remove_unit_of(bench.data, bench.state, bench.journal, job, bench.bank, 0) == 1 - locked
        assert (bench.state.job[members, PLACED_SLOT] >= 0).all() == locked


def insert(bench: Bench) -> None:
    """One left-out unit goes in, whole and for less than its penalty, or stays out and nothing changes."""
    already = set(bench.bank[: bench.waiting()].tolist())
    for _ in range(3):
        remove(bench)
    number = bench.waiting()
    # those that have just left may well fit again
    units = [each for each in bench.bank[:number].tolist() if each not in already or bench.pick(4) == 0]
    if units:
        chosen, before = units[bench.pick(len(units))], int(bench.state.total[0])
        broken = violations(bench)
        done = insert_unit(bench.data, bench.rows, bench.state, bench.journal, chosen, bench.random)
        assert bench.placed(chosen).all() if done else not bench.placed(chosen).any()
        assert bench.state.total[0] < before if done else bench.state.total[0] == before
        assert (violations(bench) <= broken).all()


def put_back(bench: Bench) -> None:
    """Ruin and recreate: what is left in the bank is what is left out."""
    kind = bench.pick(RUINS)
    number = ruin(bench.data, bench.state, bench.journal, bench.bank, bench.waiting(), kind, bench.random)
    before = int(bench.state.total[0])
    left = recreate(bench.data, bench.rows, bench.state, bench.journal, bench.bank, number, bench.random)
    kept = set(bench.bank[:left].tolist())
    assert kept == set(bench.bank[: bench.waiting()].tolist())
    assert bench.state.total[0] <= before


def kind_of(bench: Bench) -> str:
    """The kind of the move of duties that the journal lists."""
    cells = bench.cells()
    (nurse, day, _), (old, new) = next(iter(cells.items()))
    if len(cells) == 1:
        return "give" if old < 0 else "take" if new < 0 else "change"
    if len(cells) == 4:
        return "swap days"
    if len({cell[1] for cell in cells}) == 1:
        return "swap"
    return "shift"


def duty_move(wanted: str) -> Move:
    """A move of duties of one kind: drawn until the kernel makes one, each other taken back."""

    def move(bench: Bench) -> None:
        for _ in range(TRIES):
            number = move_duties(
                bench.data, bench.rows, bench.duties, bench.state, bench.journal, bench.bank, bench.waiting(),
                bench.random,
            )  # fmt: skip
            if number >= 0 and kind_of(bench) == wanted:
                assert set(bench.bank[:number].tolist()) == set(bench.bank[: bench.waiting()].tolist())
                assert (violations(bench) <= bench.before["row"][:-1, ROW_ACCEPTED]).all()
                return
            bench.undo()

    return move


def week_anew(bench: Bench) -> None:
    """A nurse gets the best other week, however dear; only her work duties change."""
    number = move_row(
        bench.data, bench.rows, bench.duties, bench.state, bench.journal, bench.bank, bench.waiting(), 10**7,
        bench.random,
    )  # fmt: skip
    if number < 0:
        bench.undo()
        return
    cells = bench.cells()
    assert len({nurse for nurse, _, _ in cells}) == 1 and all(lane == 0 for _, _, lane in cells)
    assert not any(bench.duties.pinned[cell] for cell in cells)
    assert set(bench.bank[:number].tolist()) == set(bench.bank[: bench.waiting()].tolist())
    assert (violations(bench) <= bench.before["row"][:-1, ROW_ACCEPTED]).all()


def hand(bench: Bench) -> None:
    """Two nurses exchange a day with its routes, whatever the rules of their rows say."""
    nurses, days = bench.state.duty.shape[:2]
    for _ in range(TRIES):
        one, other, day = bench.pick(nurses), bench.pick(nurses), bench.pick(days)
        kinds = [int(bench.state.duty[nurse, day, 0]) for nurse in (other, one)]
        may = (np.array(kinds) < 0) | bench.duties.allowed[[one, other], day, kinds]
        if one == other or max(kinds) < 0 or not may.all() or bench.duties.pinned[[one, other], day, 0].any():
            continue
        table = np.zeros((4, 4), dtype=np.int64)
        table[:2] = [[one, day, 0, kinds[0]], [other, day, 0, kinds[1]]]
        number = hand_over(bench.data, bench.rows, bench.duties, bench.state, bench.journal, table, 2, bench.bank,
                           bench.waiting())  # fmt: skip
        if number >= 0 and not overlaps(bench):
            assert set(bench.bank[:number].tolist()) == set(bench.bank[: bench.waiting()].tolist())
            return
        bench.undo()


def swap_routes(bench: Bench) -> None:
    """Two nurses with the same duty exchange their routes; a nurse without a duty gets it first."""
    data, state, duties = bench.data, bench.state, bench.duties
    first = state.route[:, ROUTE_COUNT].reshape(*state.duty.shape[:2], SLOTS)[:, :, 0]
    there = np.argwhere((first > 0) & ~duties.pinned[:, :, 0])
    if not len(there):
        return
    nurse, day = (int(each) for each in there[bench.pick(len(there))])
    kind = int(state.duty[nurse, day, 0])
    able = duties.allowed[:, day, kind] & ~duties.pinned[:, day, 0] & np.isin(state.duty[:, day, 0], (-1, kind))
    others = [int(each) for each in np.flatnonzero(able) if each != nurse]
    if not others:
        return
    other = others[bench.pick(len(others))]
    if state.duty[other, day, 0] < 0:
        set_duty(data, duties, state, bench.journal, other, day, 0, kind)
    table = np.zeros((4, 4), dtype=np.int64)
    table[:2] = [[nurse, day, 0, kind], [other, day, 0, kind]]
    number = hand_over(data, bench.rows, duties, state, bench.journal, table, 2, bench.bank, bench.waiting())
    if number < 0 or overlaps(bench):
        bench.undo()


def emptied(bench: Bench) -> None:
    """The work of a duty goes to the bank, and the duty goes."""
    there = np.argwhere((bench.state.duty >= 0) & ~bench.duties.pinned)
    if len(there):
        nurse, day, lane = (int(each) for each in there[bench.pick(len(there))])
        number = clear(bench.data, bench.state, bench.journal, nurse, day, lane, bench.bank, bench.waiting())
        if number < 0:
            bench.undo()
        else:
            set_duty(bench.data, bench.duties, bench.state, bench.journal, nurse, day, lane, -1)


def priced_anew(bench: Bench) -> None:
    """The price of a row that was forgotten comes back, from its row alone and from pricing everything."""
    nurse = bench.pick(len(bench.state.duty))
    bench.state.total[0] -= bench.state.row[nurse, ROW_PRICE]
    bench.state.row[nurse, ROW_PRICE] = 0
    reprice(bench.data, bench.rows, bench.state, nurse)
    assert different(bench.before, live(bench.state)) == []
    price(bench.data, bench.rows, bench.duties, bench.state)


def one_step(bench: Bench) -> None:
    """One iteration of the loop, duties or routes: accepted only with rows no worse than before."""
    broken, best = violations(bench), copy_state(bench.state)
    hot = (1000.0, 30.0, 0.5)[bench.pick(3)]
    accepted = improve_slice(bench.data, bench.rows, bench.duties, bench.state, best, bench.journal,
                             bench.random, 1, hot, hot, 0.5, 0.1, first_weights())  # fmt: skip
    assert accepted or different(bench.before, live(bench.state)) == []
    assert (violations(bench) <= np.maximum(broken, bench.before["row"][:-1, ROW_ACCEPTED])).all()
    assert best.total[0] == min(bench.state.total[0], bench.before["total"][0])


MOVES: dict[str, Move] = {
    "ruin strings": ruin_of(STRINGS),
    "ruin a route": ruin_of(ROUTE),
    "ruin related": ruin_of(RELATED),
    "ruin at a time": ruin_of(TIME),
    "ruin by skill": ruin_of(SKILL),
    "ruin a day": ruin_of(DAY),
    "ruin days in a row": ruin_of(BLOCK),
    "ruin the worst": ruin_of(WORST),
    "ruin scattered": ruin_of(SCATTERED),
    "ruin around": ruin_around,
    "remove": remove,
    "insert": insert,
    "recreate": put_back,
    "give": duty_move("give"),
    "take": duty_move("take"),
    "change": duty_move("change"),
    "swap": duty_move("swap"),
    "swap routes": swap_routes,
    "shift": duty_move("shift"),
    "swap days": duty_move("swap days"),
    "hand over": hand,
    "week anew": week_anew,
    "clear": emptied,
    "reprice": priced_anew,
    "one step": one_step,
}
"""Name -> what changes a bench's state; its journal is open, and prices are settled afterwards."""
STILL = {"reprice"}
"""These change nothing."""


def violations(bench: Bench) -> np.ndarray:
    """Violations in each row as it stands."""
    nurses = range(len(bench.state.duty))
    return np.array([row_violations(bench.data, bench.rows, bench.state, nurse) for nurse in nurses])


def overlaps(bench: Bench) -> bool:
    """Whether a nurse has two duties at once."""
    width = bench.data.days * SLOTS
    for nurse in range(len(bench.state.duty)):
        rows = bench.state.slot[nurse * width : (nurse + 1) * width]
        spans = sorted(map(tuple, rows[rows[:, SLOT_ACTIVE] == 1][:, [SLOT_BEGIN, SLOT_FINISH]]))
        if any(after[0] < before[1] for before, after in zip(spans, spans[1:], strict=False)):
            return True
    return False


def drivable(bench: Bench) -> bool:
    """Whether every route can be driven (a removal may take the only room of a break)."""
    return bool((bench.state.route[:, ROUTE_COST] < UNDRIVABLE).all())


def counted_from_nothing(bench: Bench) -> None:
    """Duties, slots, routes, labels, prices and total are those of a state that is built anew."""
    state, new = bench.state, bench.kernel.fresh(bench.state)
    mine, anew = live(state), live(new)
    idle, empty = state.slot[:, SLOT_ACTIVE] == 0, state.route[:, ROUTE_COUNT] == 0
    for table in (mine, anew):
        # the shape of a duty that is gone may stay, the legs of an empty route, and where an unplaced job was
        table["slot"][idle], table["route"][empty, ROUTE_WAITING + 1 :] = 0, 0
        table["job"][state.job[:, PLACED_SLOT] < 0] = -1
        table["row"][:, ROW_ACCEPTED] = 0
    assert (new.slot[:, SLOT_ACTIVE] == state.slot[:, SLOT_ACTIVE]).all()
    assert different(mine, anew) == []


def sound(bench: Bench) -> None:
    """Each job once and where it may be, units whole, ties kept, locked routes and pinned duties as they were."""
    data, state, duties = bench.data, bench.state, bench.duties
    on_routes = [(slot, job) for slot, count in enumerate(state.route[:, ROUTE_COUNT]) for job in
                 state.stops[slot, :count].tolist()]  # fmt: skip
    there = np.flatnonzero(state.job[:, PLACED_SLOT] >= 0)
    assert sorted(job for _, job in on_routes) == there.tolist()
    assert all(state.job[job, PLACED_SLOT] == slot for slot, job in on_routes)
    slots, windows = state.job[there, PLACED_SLOT], state.job[there, PLACED_WINDOW]
    assert (state.slot[slots, SLOT_ACTIVE] == 1).all()
    assert ((data.job[there, FIRST_WINDOW] <= windows) & (windows < data.job[there + 1, FIRST_WINDOW])).all()
    assert (data.may_serve[windows, slots // (data.days * SLOTS)] >= 0).all()
    low, high = state.job[there, PLACED_LOW], state.job[there, PLACED_HIGH]
    opens, closes = data.window[windows, WINDOW_LOW], data.window[windows, WINDOW_HIGH]
    assert ((opens <= low) & (low <= high) & (high <= closes)).all()
    units = data.job[:-1, JOB_UNIT]
    assert not set(units[there]) & set(np.delete(units, there))
    _ties_hold(bench)
    assert not overlaps(bench)
    assert (state.duty[duties.pinned] == bench.first["duty"][duties.pinned]).all()
    _frozen_as_first(bench)


def _ties_hold(bench: Bench) -> None:
    data, state = bench.data, bench.state
    first = data.job[:, FIRST_TIE]
    owner = np.repeat(np.arange(len(first) - 1), np.diff(first))
    other = data.tie[:, TIE_OTHER]
    both = (state.job[owner, PLACED_SLOT] >= 0) & (state.job[other, PLACED_SLOT] >= 0)
    owner, other, tie = owner[both], other[both], data.tie[both]
    assert (state.job[owner, PLACED_LOW] == state.job[owner, PLACED_HIGH]).all()
    gap = state.job[other, PLACED_LOW] - state.job[owner, PLACED_LOW]
    assert ((tie[:, TIE_LOW] <= gap) & (gap <= tie[:, TIE_HIGH])).all()
    nurses = (state.job[each, PLACED_SLOT] // (data.days * SLOTS) for each in (owner, other))
    same = np.equal(*nurses)
    assert (same[tie[:, TIE_NURSE] == 1]).all() and not same[tie[:, TIE_NURSE] == 2].any()


def _frozen_as_first(bench: Bench) -> None:
    """Locked routes with stops are those of the beginning, to the minute."""
    first, now = bench.first, live(bench.state)
    frozen = (first["slot"][:, SLOT_LOCKED] == 1) & (first["route"][:, ROUTE_COUNT] > 0)
    held = (now["slot"][:, SLOT_LOCKED] == 1) & (now["route"][:, ROUTE_COUNT] > 0)
    assert (frozen == held).all()
    for name in ("slot", "route", "stops", "label"):
        assert (first[name][frozen] == now[name][frozen]).all(), name
    jobs = np.isin(first["job"][:, PLACED_SLOT], np.flatnonzero(frozen))
    assert (first["job"][jobs] == now["job"][jobs]).all()


def priced_as(bench: Bench, counts: dict[str, int]) -> None:
    """The total is the objective of these counts, but for visits that changed (counted for plans only)."""
    objective = weigh(counts | {"changed_visit": 0}, bench.kernel.problem.instance.weights, 0)
    assert int(bench.state.total[0]) == objective.unserved + objective.rest


def priced_as_the_plan(bench: Bench) -> None:
    """The total is what the evaluator counts in the decoded plan."""
    priced_as(bench, count_terms(bench.kernel.problem, bench.kernel.plan(bench.state)))


def priced_as_the_checker_says(bench: Bench) -> None:
    """The checker, by its own reading, counts the same; and it accepts the plan of a state whose rows are lawful."""
    problem, plan = bench.kernel.problem, bench.kernel.plan(bench.state)
    report = check(problem.instance, problem.contract, problem.travel, plan, problem.parent)
    assert report.counts == count_terms(problem, plan)
    priced_as(bench, report.counts)
    if not violations(bench).any():
        # second checks at a distance are settled at the end of a run
        assert {each.rule for each in report.violations} <= {"competence.second_check"}


def ingredients(bench: Bench) -> set[str]:
    """What a state has that other states may lack."""
    data, state = bench.data, bench.state
    counts, placed = state.route[:, ROUTE_COUNT], state.job[:, PLACED_SLOT] >= 0
    ties = np.diff(data.job[:, FIRST_TIE])
    sizes = np.diff(data.unit_from)[data.job[:-1, JOB_UNIT]]
    there = {
        "frozen": (state.slot[counts > 0, SLOT_LOCKED] == 1).any(),
        "pinned": (state.duty[bench.duties.pinned] >= 0).any(),
        "work in standby": counts[STANDBY_SLOT::SLOTS].any(),
        "second segment": counts[1::SLOTS].any(),
        "break": ((counts > 1) & (state.slot[:, SLOT_BREAK] > 0)).any(),
        "no place": (data.job[:-1, JOB_PLACE][placed] < 0).any(),
        "tied": (ties[placed] > 0).any(),
        "three together": (sizes[placed] > 2).any(),
        "left out": (~placed).any(),
        "parent": bench.kernel.problem.parent is not None,
        "base": bool(bench.kernel.problem.base),
        "entered": bool(bench.kernel.problem.entered),
    }
    return {name for name, found in there.items() if found}


def tried(bench: Bench, name: str, keep: bool, done: Counter[str]) -> None:
    """Make a move, judge the state, and keep it as the search might, or take it back."""
    bench.open()
    MOVES[name](bench)
    bench.settle()
    done[name] += name in STILL or different(bench.before, live(bench.state)) != []
    done.update(ingredients(bench))
    counted_from_nothing(bench)
    sound(bench)
    if drivable(bench):
        priced_as_the_plan(bench)
    if not (keep and drivable(bench) and lawful(bench)):
        bench.undo()


def lawful(bench: Bench) -> bool:
    """Whether rows are no worse than was accepted before, with the work in standby that they hold now."""
    accepted = bench.before["row"][:-1, ROW_ACCEPTED]
    standby = range(STANDBY_SLOT, len(bench.state.slot), SLOTS)
    clean = all(standby_clean(bench.data, bench.rows, bench.state, slot) for slot in standby)
    return clean and bool((violations(bench) <= accepted).all())


STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(MOVES)), st.booleans()),
    min_size=8,
    max_size=len(MOVES),
    unique_by=lambda step: step[0],
)
"""Different moves in some order, each kept or taken back."""


def held_against_counting(builders: Builders, examples: int) -> Counter[str]:
    """Random problems and moves, each judged; how often each kind changed something."""
    done = Counter[str]()

    @given(recipe=MADE["recipes"](), steps=STEPS, seed=st.integers(0, 2**20))
    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    def agrees(recipe: Any, steps: list[tuple[str, bool]], seed: int) -> None:
        bench = Bench(MADE["begun"](recipe, *builders), seeded(seed))
        counted_from_nothing(bench)
        sound(bench)
        for name, keep in steps:
            note(f"{name}, {'kept if it may be' if keep else 'taken back'}")
            tried(bench, name, keep, done)
        priced_as_the_checker_says(bench)

    agrees()
    return done


def seldom(done: Counter[str], least: int) -> dict[str, int]:
    """The moves and ingredients that came by less often."""
    names = [*MOVES, "frozen", "pinned", "work in standby", "second segment", "break", "no place", "tied",
             "three together", "left out", "parent", "base", "entered"]  # fmt: skip
    return {name: done[name] for name in names if done[name] < least}


def test_every_move_equals_counting_from_nothing(rooms_and_kernel: Builders) -> None:
    """After each single move: total, prices, route costs, labels and places are those of a state built anew, and the
    total that of its plan; taken back, nothing is left of it. The checker agrees at the end."""
    done = held_against_counting(rooms_and_kernel, 6)
    assert len(done) > 12


@pytest.mark.slow
def test_every_move_equals_counting_from_nothing_at_length(rooms_and_kernel: Builders) -> None:
    """Many more problems: every kind of move has really happened, on states with everything in them."""
    done = held_against_counting(rooms_and_kernel, 70)
    assert seldom(done, 1) == {}
