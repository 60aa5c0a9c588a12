"""The arrays of the kernel: what never changes (Data, Rows) and what the search changes (State).

A *slot* is a possible route: number = (nurse * days + day) * SLOTS + s, where s is 0 or 1 for the segments of the work
duty and 2 for the standby duty. Times are horizon minutes, costs minute-equivalents. The columns of
tables have the names below: few wide tables compile much faster than many narrow ones.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

SLOTS = 3
STANDBY_SLOT = 2
MOST_STOPS = 40
INFINITE = np.int64(1_000_000_000)
NEVER = np.int64(-1_000_000_000)
NONE = np.int64(0)
ANY_START = np.int64(-1)
"""Typed constants: one kind of integer everywhere."""

Ints = NDArray[np.int64]
"""Tables of 64 bits: with one integer type each function is compiled once."""
Smalls = NDArray[np.int32]
"""Large tables; what is read from them is widened with ``np.int64``."""
Minutes = NDArray[np.int16]
"""The largest, so that they stay near the processor; encode refuses what does not fit."""
MOST_MINUTES = 32_767
Table = Annotated[np.ndarray, "table"]
"""Of a parameter of a compiled function: [n, m] of 64 bits; ``np.ndarray`` is a list of such numbers."""
Loose = Annotated[np.ndarray, "loose"]
"""Likewise, a part of a wider table."""
Reals = Annotated[np.ndarray, "reals"]
"""[n, m] floating point."""
Random = Annotated[np.ndarray, "random"]
"""The state of random_state.py."""

JOB_MINUTES, JOB_PLACE, JOB_PENALTY, JOB_UNIT, JOB_OPTIONS, FIRST_WINDOW, FIRST_TIE = range(7)
"""Columns of Data.job. JOB_PLACE is -1 for work done where the nurse is; JOB_PENALTY is zero on second parts;
JOB_OPTIONS counts (window, nurse) pairs; the last row only ends the ranges of windows and ties."""
JOB_COLUMNS, WINDOW_COLUMNS, TIE_COLUMNS, PLACED_COLUMNS = 7, 3, 4, 4
WINDOW_LOW, WINDOW_HIGH, WINDOW_DAY = range(3)
"""Columns of Data.window: earliest and latest start, day number."""
TIE_OTHER, TIE_LOW, TIE_HIGH, TIE_NURSE = range(4)
"""Columns of Data.tie: bounds of start(other) - start(this); nurse 0 any, 1 same, 2 different."""
(
    SLOT_ACTIVE,
    SLOT_LOCKED,
    SLOT_OPEN,
    SLOT_CLOSE,
    SLOT_BREAK,
    SLOT_BREAK_LOW,
    SLOT_BREAK_HIGH,
    SLOT_SLICE,
    SLOT_START_PLACE,
    SLOT_END_PLACE,
    SLOT_BEGIN,
    SLOT_FINISH,
    SLOT_WORK,
    SLOT_CALLS,
    SLOT_FREE_LEG,
    SLOT_FORM,
) = range(16)
"""Columns of Data.slot. A locked route keeps its stops; the route opens after the handover, the duty begins before it;
SLOT_BREAK is the break's length, low and high its earliest and latest begin; SLOT_WORK is zero for standby from home;
SLOT_FREE_LEG are the minutes of a home leg outside the duty; SLOT_FORM the class of a standby duty."""
SLOT_COLUMNS = 16
ROUTE_COUNT, ROUTE_COST, ROUTE_WAITING, ROUTE_LAST_LEG = range(4)
"""Columns of State.route: stops, cost (travel, home legs, priced waiting), the priced waiting in it, the leg home."""
ROUTE_COLUMNS = 4
END_BEFORE, END_AFTER, LATEST_BEFORE, LATEST_AFTER, WHERE, OWN_PLACE, LEG = range(7)
"""Columns of State.label: earliest end with the break still to come or done; latest start likewise; the place
where the nurse then is, which a stop without a place does not change; the stop's own place or -1; the leg to it."""
LABEL_COLUMNS = 8
"""One cache line for each stop."""
PLACED_SLOT, PLACED_LOW, PLACED_HIGH, PLACED_WINDOW = range(4)
"""Columns of State.job: slot (-1: none), effective earliest and latest start (equal for a tied job), window in use."""
BAND_LOW, BAND_HIGH, LATE_END = range(3)
"""Columns of Rows.band: each night's 00:00, 06:00 and 02:00."""
FIXED_START, FIXED_END, FIXED_WORK, FIXED_LANE, FIXED_CALLS, FIXED_KNOWN, FIXED_CLASS = range(7)
"""Columns of Rows.fixed: a block of fixed work (lane 0) or standby (lane 1); known: outside this plan; class: WORK when
it is a duty (no task), and the form of standby."""
WEEK_START, WEEK_SATURDAY, WEEK_SUNDAY, WEEK_MONDAY = range(4)
"""Columns of Rows.week: minutes at which the week, its Saturday and its Sunday begin and at which its weekend ends."""
ROW_ACCEPTED, ROW_PRICE = range(2)
"""Columns of State.row."""


class Data(NamedTuple):
    """Constants of one problem. W windows over all jobs, J jobs, U units, N nurses, P places, R slots."""

    days: int
    slack: int
    free_waiting: int
    weight_travel: int
    weight_home: int
    weight_waiting: int
    travel: Minutes
    """[slice, P, P] minutes from one place to another."""
    travel_to: Minutes
    """[slice, P, P] the same, turned over: minutes to one place from another (all from one row of memory)."""
    job: Ints
    """[J + 1, 7]"""
    window: Ints
    """[W, 3]"""
    may_serve: Smalls
    """[W, N], -1 forbidden, else a cost."""
    unit_from: Ints
    """[U + 1] first entry of each unit in unit_jobs."""
    unit_jobs: Ints
    """Jobs that are served together or not at all."""
    tie: Ints
    """[T, 4]; each tie stands at both its jobs."""
    neighbours: Smalls
    """[J, K] jobs near in place and time, nearest first."""


class Rows(NamedTuple):
    """Row rules, hours and fixed work, for judging and pricing a nurse's row. D days, K kinds, M days of margin."""

    call_gap: int
    call_least: int
    dienst_gap: int
    night_threshold: int
    weekend_rest: int
    standby_counts: bool
    """Whether planned work in standby from home is work by the clock."""
    overtime: int
    undertime: int
    """Weights."""
    band: Ints
    """[nights, 3]"""
    fixed_from: Ints
    """[N + 1] first fixed block of each nurse."""
    fixed: Ints
    """[blocks, 7]"""
    rule_from: Ints
    """[2 N + 1] first hard and first priced rule of each nurse in rules."""
    rules: Ints
    """[rules, 10]: shape, price (0: hard) and parameters, see rows.py."""
    mask: Ints
    """The masks of all words of days."""
    week: Ints
    """[weeks + 1, 4]"""
    target: Ints
    """[N, weeks] minutes that she should work."""
    kind_letter: Ints
    """[D, K] class of a day on which a duty of the kind starts."""
    day_letter: Ints
    """[N, M + D + M, 2] class of each day when no duty of this plan starts on it, and what such a duty adds to."""
    price: Ints
    """[N, D, K] weighted price of a duty by itself."""


class Duties(NamedTuple):
    """What duties may be and what they cost. D days, K kinds; lane 0 work, 1 standby; kind -1 is no duty."""

    kind_lane: Ints
    kind_class: Ints
    """0 for none, 1 evening work, 2 night (either lane)."""
    holiday: Ints
    """[D] 1 on a holiday of the agreement."""
    kind_part: Ints
    """Day part number of each kind, for ``journey``."""
    kind_slot: Ints
    """[D, K, 2, 16] the slot rows of each segment, what depends on the nurse left out."""
    allowed: NDArray[np.bool_]
    """[N, D, K]"""
    pinned: NDArray[np.bool_]
    """[N, D, 2] cells that may not change."""
    journey: Ints
    """[N, D, 3, 3] start place, end place and travel slice by day part."""
    free_leg: Ints
    wish: Ints
    """[wishes, 4] nurse, day, 0 free or 1 work, weight."""
    wish_kind: NDArray[np.bool_]
    """[wishes, K] kinds that meet a wish to work."""
    entered: Ints
    """[entries, 5] nurse, day, lane, kind, price of another duty or none there."""
    parent: Ints
    """[N, D, 2] kind in the parent plan, -2 when there is no parent."""
    cover: Ints
    """[rows, 4] minimum, wanted, first and last entry in cover_duty."""
    cover_duty: Ints
    """[entries, 2] day and kind that count."""
    cover_nurse: NDArray[np.bool_]
    """[rows, N]"""
    fair: Ints
    """[4, N, 2] evening, night, weekend, holiday: takes part, and count of earlier periods."""
    contract: Ints
    weight: Ints
    """[5] wish, uncovered minimum, uncovered wanted, fairness, changed duty."""


class State(NamedTuple):
    """What the search changes."""

    duty: Ints
    """[N, D, 2] kind of each nurse, day and lane, -1 for none."""
    slot: Ints
    """[R, 16]"""

    route: Ints
    """[R, 4]"""
    stops: Ints
    """[R, MOST_STOPS] job numbers."""
    label: Ints
    """[R, MOST_STOPS, 8], see labels.py."""
    job: Ints
    """[J, 4]"""
    total: NDArray[np.int64]
    """[1] cost of everything: routes, may_serve, left-out jobs, rows and duties once they are priced."""
    row: Ints
    """[N + 1, 2] violations that were accepted in each row and its price; last what duties cost together."""
    scratch: Ints
    """[SCRATCH, MOST_STOPS + 1] working space for one route: compiled functions cannot allocate (compiled.py)."""
    wide: Ints
    """[WIDE, units or more] working space for lists of units, places and days."""
    blocks: Ints
    """[SPACE, MOST_BLOCKS] working space for one nurse's row: work, standby and diensten."""


(
    SCRATCH_STOPS,
    SCRATCH_LOWS,
    SCRATCH_HIGHS,
    SCRATCH_STARTS,
    SCRATCH_LEGS,
    SCRATCH_TRIAL,
    SCRATCH_OWN,
    SCRATCH_PLAIN,
    SCRATCH_SEEN,
    SCRATCH_CHOSEN,
    SCRATCH_SIZES,
    SCRATCH_HELD,
) = range(12)
SCRATCH_CELLS = SCRATCH_HELD + 8
SCRATCH_ROW = SCRATCH_CELLS + 4
SCRATCH = SCRATCH_ROW + 2
"""Rows of State.scratch; SCRATCH_HELD, SCRATCH_CELLS and SCRATCH_ROW are the first of eight, of four and of two."""
WIDE_BANK, WIDE_KEYS, WIDE_LETTERS, WIDE_STARTED, WIDE_PLANNED, WIDE_COUNTS, WIDE_PLACES = 0, 1, 2, 3, 4, 5, 9
WIDE_NEAR, WIDE_TRIED, WIDE_WORTH, WIDE_MINUTES, WIDE_LEAST, WIDE_OPEN = 11, 12, 13, 20, 27, 35
WIDE_REACH = WIDE_OPEN + 4
WIDE = WIDE_REACH + 1
MOST_PLACES = 2003
"""Rows of State.wide, of which WIDE_COUNTS is the first of four, WIDE_PLACES of two, WIDE_WORTH
and WIDE_MINUTES of seven, WIDE_LEAST of eight and WIDE_OPEN of four, and its least width: no
power of two, or rows would push each other out of the processor's cache."""
SPACE_WORK, SPACE_STANDBY, SPACE_DIENSTEN, SPACE = 0, 5, 10, 18
MOST_BLOCKS = 250
"""First rows of State.blocks."""


def empty_state(data: Data, duty: Ints, slot: Ints) -> State:
    """No job placed: every penalty counts. The total leaves out what duties cost."""
    slots, jobs = len(slot), len(data.job) - 1
    placed = np.zeros((jobs, 4), dtype=np.int64)
    placed[:, PLACED_SLOT] = -1
    return State(
        duty.copy(),
        slot.copy(),
        np.zeros((slots, ROUTE_COLUMNS), dtype=np.int64),
        np.zeros((slots, MOST_STOPS), dtype=np.int64),
        np.zeros((slots, MOST_STOPS, LABEL_COLUMNS), dtype=np.int64),
        placed,
        np.array([int(data.job[:, JOB_PENALTY].sum())], dtype=np.int64),
        np.zeros((len(duty) + 1, 2), dtype=np.int64),
        np.zeros((SCRATCH, MOST_STOPS + 1), dtype=np.int64),
        np.zeros((WIDE, max(MOST_PLACES, len(data.unit_from), len(duty))), dtype=np.int64),
        np.zeros((SPACE, MOST_BLOCKS), dtype=np.int64),
    )


def copy_state(source: State) -> State:
    """A state of its own."""
    return State(*(array.copy() for array in source))
