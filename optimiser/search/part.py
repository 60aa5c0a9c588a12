"""A part of a problem as a small problem of its own: some nurses, the work on their routes, and work that is left out.

The kernel searches it like any other. What lies outside stands still: tied work on other routes is placed on nobody's
locked route, so that it gives its ties but cannot move; the duties of others come off what cover asks, and count in
fairness through nobody's contract and history.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.problem import FORBIDDEN
from optimiser.search.kernel.anneal import price
from optimiser.search.kernel.data import (
    FIRST_TIE,
    FIRST_WINDOW,
    JOB_PENALTY,
    JOB_UNIT,
    PLACED_SLOT,
    PLACED_WINDOW,
    ROUTE_COST,
    SLOT_LOCKED,
    SLOTS,
    TIE_OTHER,
    Data,
    Duties,
    Ints,
    Rows,
    State,
    empty_state,
)

NOBODIES = 4
"""Rows without duties after the nurses of a part, one for each kind of fairness: all others together."""
WISH_NURSE = 0
LEAST, WANTED = range(2)
"""Columns of Duties.cover."""


@dataclass(frozen=True)
class Part:
    """The arrays of a part, and the numbers that its nurses, jobs and windows have in the whole.

    ``jobs`` begins with the ``own`` jobs, which the search may move; the rest are tied work on routes of others.
    """

    nurses: Ints
    jobs: Ints
    windows: Ints
    own: int
    data: Data
    rows: Rows
    duties: Duties
    state: State


def take_part(
    data: Data, rows: Rows, duties: Duties, state: State, nurses: Ints, own: Ints, outside: Ints, units: Ints,
    cover: Ints | None = None,
) -> Part:  # fmt: skip
    """The part of ``nurses`` with its ``own`` jobs: all on their routes, and whatever left-out work they may try.

    ``outside`` are placed jobs of others that own jobs are tied to; ``units`` [J] is each job's unit in the part (a
    unit with a job outside does not move). Everything by the numbers of the whole, sorted. ``cover`` is what each row
    asks of these nurses, least and wanted; without it all that is short is theirs to fill.
    """
    jobs = np.concatenate([own, outside])
    windows = _ranges(data.job[jobs, FIRST_WINDOW], data.job[jobs + 1, FIRST_WINDOW])
    small = _data(data, nurses, jobs, windows, units[jobs])
    begin = _state(data, small, state, nurses, jobs)
    part = Part(nurses, jobs, windows, len(own), small, _rows(rows, nurses),
                _duties(duties, state, nurses, cover), begin)  # fmt: skip
    recount(part.data, part.rows, part.duties, part.state)
    return part


def put_back(data: Data, part: Part, found: State, whole: State) -> None:
    """Write what was found for a part into the whole; its total and prices must be counted anew (``recount``)."""
    slots, count = _slots(data, part.nurses), len(part.nurses) * data.days * SLOTS
    whole.duty[part.nurses] = found.duty[: len(part.nurses)]
    for table, new in ((whole.slot, found.slot), (whole.route, found.route), (whole.label, found.label)):
        table[slots] = new[:count]
    whole.stops[slots] = np.append(part.jobs, 0)[found.stops[:count]]
    placed = found.job[: part.own].copy()
    inside = placed[:, PLACED_SLOT] >= 0
    placed[inside, PLACED_SLOT] = slots[placed[inside, PLACED_SLOT]]
    placed[inside, PLACED_WINDOW] = part.windows[placed[inside, PLACED_WINDOW]]
    whole.job[part.jobs[: part.own]] = placed


def recount(data: Data, rows: Rows, duties: Duties, state: State) -> None:
    """Count the total from nothing: routes, who serves what, what is left out, rows and duties."""
    inside = state.job[:, PLACED_SLOT] >= 0
    nurse = state.job[inside, PLACED_SLOT] // (data.days * SLOTS)
    serving = np.maximum(data.may_serve[state.job[inside, PLACED_WINDOW], nurse], 0)
    left = data.job[:-1, JOB_PENALTY][~inside]
    state.total[0] = state.route[:, ROUTE_COST].sum() + serving.sum() + left.sum()
    state.row[:] = 0
    price(data, rows, duties, state)


def _ranges(first: Ints, last: Ints) -> Ints:
    """All numbers of the ranges ``first[i]`` to ``last[i] - 1``, one after the other."""
    sizes = last - first
    return np.repeat(first - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) + np.arange(sizes.sum())


def _numbering(size: int, chosen: Ints) -> Ints:
    """[size] the place of each number in ``chosen``, -1 when it is not there."""
    table = np.full(size, -1, dtype=np.int64)
    table[chosen] = np.arange(len(chosen))
    return table


def _from(counts: Ints) -> Ints:
    """First entries of rows of these lengths, and the end."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _slots(data: Data, nurses: Ints) -> Ints:
    """All slots of some nurses."""
    width = data.days * SLOTS
    return (nurses[:, None] * width + np.arange(width)).ravel()


def _more[Kind: np.generic](table: NDArray[Kind], value: int) -> NDArray[Kind]:
    """A table with a row of one value for each nobody."""
    return np.concatenate([table, np.full((NOBODIES, *table.shape[1:]), value, dtype=table.dtype)])


def _data(data: Data, nurses: Ints, jobs: Ints, windows: Ints, units: Ints) -> Data:
    number = _numbering(len(data.job) - 1, jobs)
    entries = _ranges(data.job[jobs, FIRST_TIE], data.job[jobs + 1, FIRST_TIE])
    owner = np.repeat(np.arange(len(jobs)), data.job[jobs + 1, FIRST_TIE] - data.job[jobs, FIRST_TIE])
    ties = data.tie[entries]
    ties[:, TIE_OTHER] = number[ties[:, TIE_OTHER]]
    both = ties[:, TIE_OTHER] >= 0
    names, unit = np.unique(units, return_inverse=True)
    job = np.zeros((len(jobs) + 1, data.job.shape[1]), dtype=np.int64)
    job[:-1] = data.job[jobs]
    job[:-1, JOB_UNIT] = unit
    job[:, FIRST_WINDOW] = _from(data.job[jobs + 1, FIRST_WINDOW] - data.job[jobs, FIRST_WINDOW])
    job[:, FIRST_TIE] = _from(np.bincount(owner[both], minlength=len(jobs)))
    near = number[data.neighbours[jobs]]
    # a neighbour outside becomes the job itself, which the ruin has already had
    near = np.where(near < 0, np.arange(len(jobs))[:, None], near)
    table = data.may_serve[windows][:, nurses]
    return data._replace(
        job=job,
        window=data.window[windows],
        may_serve=np.ascontiguousarray(_more(table.T, FORBIDDEN).T),
        unit_from=_from(np.bincount(unit, minlength=len(names))),
        unit_jobs=np.argsort(unit, kind="stable"),
        tie=np.ascontiguousarray(ties[both]),
        neighbours=near.astype(np.int32),
    )


def _rows(rows: Rows, nurses: Ints) -> Rows:
    fixed = rows.fixed_from[nurses], rows.fixed_from[nurses + 1]
    both = np.stack([2 * nurses, 2 * nurses + 1], axis=1).ravel()
    rules = rows.rule_from[both], rows.rule_from[both + 1]
    none = np.zeros(2 * NOBODIES, dtype=np.int64)
    return rows._replace(
        fixed_from=_from(np.concatenate([fixed[1] - fixed[0], none[:NOBODIES]])),
        fixed=rows.fixed[_ranges(*fixed)],
        rule_from=_from(np.concatenate([rules[1] - rules[0], none])),
        rules=rows.rules[_ranges(*rules)],
        target=_more(rows.target[nurses], 0),
        day_letter=_more(rows.day_letter[nurses], 0),
        price=_more(rows.price[nurses], 0),
    )


def _duties(duties: Duties, state: State, nurses: Ints, share: Ints | None) -> Duties:
    number = _numbering(len(state.duty), nurses)
    others = np.flatnonzero(number < 0)
    wishes, entries = number[duties.wish[:, WISH_NURSE]] >= 0, number[duties.entered[:, WISH_NURSE]] >= 0
    wish, entered, cover = duties.wish[wishes], duties.entered[entries], duties.cover.copy()
    wish[:, WISH_NURSE], entered[:, WISH_NURSE] = number[wish[:, WISH_NURSE]], number[entered[:, WISH_NURSE]]
    if share is not None:
        cover[:, [LEAST, WANTED]] = share
    for row, (_, _, first, last, _) in enumerate(duties.cover if share is None else ()):
        counting = others[duties.cover_nurse[row, others]]
        for day, kind in duties.cover_duty[first:last]:
            cover[row, [LEAST, WANTED]] -= (state.duty[counting, day, duties.kind_lane[kind]] == kind).sum()
    fair, contract = _fair(duties, state, nurses, others)
    return duties._replace(
        allowed=_more(duties.allowed[nurses], 0),
        pinned=_more(duties.pinned[nurses], 1),
        journey=_more(duties.journey[nurses], 0),
        free_leg=_more(duties.free_leg[nurses], 0),
        wish=wish,
        wish_kind=duties.wish_kind[wishes],
        entered=entered,
        parent=_more(duties.parent[nurses], -2),
        cover=cover,
        cover_nurse=np.ascontiguousarray(_more(duties.cover_nurse[:, nurses].T, 0).T),
        fair=fair,
        contract=contract,
    )


def _fair(duties: Duties, state: State, nurses: Ints, others: Ints) -> tuple[Ints, Ints]:
    """Fairness and contracts with the nobodies: each has the contracts of all others who take part in one label, and
    what they did so far and do in this plan as its history."""
    fair = np.zeros((NOBODIES, len(nurses) + NOBODIES, 2), dtype=np.int64)
    fair[:, : len(nurses)] = duties.fair[:, nurses]
    contract = _more(duties.contract[nurses], 0)
    worked = state.duty[others] >= 0
    classes = np.where(worked, duties.kind_class[state.duty[others]], 0)
    weekends = worked.any(axis=2).reshape(len(others), worked.shape[1] // 7, 7)[:, :, 5:].any(axis=2)
    holidays = worked[:, duties.holiday == 1].sum(axis=(1, 2))
    counts = ((classes == 1).sum(axis=(1, 2)), (classes == 2).sum(axis=(1, 2)), weekends.sum(axis=1), holidays)
    for label in range(NOBODIES):
        sharing = duties.fair[label, others, 0] == 1
        history = (counts[label] + duties.fair[label, others, 1])[sharing].sum()
        fair[label, len(nurses) + label] = 1, history
        contract[len(nurses) + label] = duties.contract[others][sharing].sum()
    return fair, contract


def _state(data: Data, small: Data, state: State, nurses: Ints, jobs: Ints) -> State:
    # a roster without any work has no job that an unused stop could name
    slots, number = _slots(data, nurses), _numbering(max(1, len(state.job)), jobs)
    width = data.days * SLOTS
    rows = np.zeros((len(slots) + NOBODIES * width, state.slot.shape[1]), dtype=np.int64)
    rows[: len(slots)] = state.slot[slots]
    rows[len(slots) :, SLOT_LOCKED] = 1
    result = empty_state(small, _more(state.duty[nurses], -1), rows)
    result.route[: len(slots)], result.label[: len(slots)] = state.route[slots], state.label[slots]
    result.stops[: len(slots)] = np.maximum(number[state.stops[slots]], 0)
    where = _numbering(len(state.slot), slots)
    placed = state.job[jobs, PLACED_SLOT] >= 0
    result.job[placed] = state.job[jobs[placed]]
    place = where[result.job[placed, PLACED_SLOT]]
    result.job[placed, PLACED_SLOT] = np.where(place < 0, len(slots), place)
    shift = small.job[:-1, FIRST_WINDOW] - data.job[jobs, FIRST_WINDOW]
    result.job[placed, PLACED_WINDOW] += shift[placed]
    return result
