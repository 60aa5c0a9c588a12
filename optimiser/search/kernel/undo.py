"""A journal of what one iteration changes, so that a rejected change costs no full copy."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimiser.search.kernel.compiled import compiled, inlined
from optimiser.search.kernel.data import (
    LABEL_COLUMNS,
    ROUTE_COLUMNS,
    ROUTE_COUNT,
    SLOT_COLUMNS,
    Data,
    Ints,
    State,
    copy_state,
)


class Journal(NamedTuple):
    """Old contents of the slots and jobs that were touched since ``open_journal``."""

    old: State
    slots: Ints
    """[2, R]: the slots touched, and the mark of each slot."""
    jobs: Ints
    """[2, J]: likewise for jobs."""
    cells: Ints
    """[cells, 4] nurse, day, lane and old kind of changed duties."""
    sizes: Ints
    """[4] slots listed, jobs listed, current mark, cells listed."""


def new_journal(data: Data, state: State) -> Journal:
    """A journal for a state."""
    slots, jobs = len(state.slot), len(data.job) - 1
    return Journal(
        copy_state(state),
        np.zeros((2, slots), dtype=np.int64),
        np.zeros((2, jobs), dtype=np.int64),
        np.zeros((64, 4), dtype=np.int64),
        np.zeros(4, dtype=np.int64),
    )


@compiled
def open_journal(journal: Journal, state: State) -> None:
    """Begin a change: what is touched from here on can be taken back."""
    journal.sizes[0], journal.sizes[1], journal.sizes[3] = 0, 0, 0
    journal.sizes[2] += 1
    journal.old.total[0] = state.total[0]
    copy_prices(journal.old, state)


@compiled
def copy_slot(target: State, source: State, slot: int) -> None:
    """Copy one route with its labels."""
    for position in range(source.route[slot, ROUTE_COUNT]):
        target.stops[slot, position] = source.stops[slot, position]
        for label in range(LABEL_COLUMNS):
            target.label[slot, position, label] = source.label[slot, position, label]
    for column in range(ROUTE_COLUMNS):
        target.route[slot, column] = source.route[slot, column]
    for column in range(SLOT_COLUMNS):
        target.slot[slot, column] = source.slot[slot, column]


@inlined
def copy_job(target: State, source: State, job: int) -> None:
    """Copy where one job is."""
    for column in range(4):
        target.job[job, column] = source.job[job, column]


@compiled
def copy_prices(target: State, source: State) -> None:
    """Copy what rows and duties cost."""
    for index in range(len(source.row)):
        target.row[index, 0] = source.row[index, 0]
        target.row[index, 1] = source.row[index, 1]


@compiled
def touch_slot(journal: Journal, state: State, slot: int) -> None:
    """Remember a slot before it changes."""
    mark = journal.sizes[2]
    if journal.slots[1, slot] != mark:
        journal.slots[1, slot] = mark
        journal.slots[0, journal.sizes[0]] = slot
        journal.sizes[0] += 1
        copy_slot(journal.old, state, slot)


@compiled
def touch(journal: Journal, state: State, slot: int, job: int) -> None:
    """Remember a slot and a job before they change."""
    touch_slot(journal, state, slot)
    mark = journal.sizes[2]
    if journal.jobs[1, job] != mark:
        journal.jobs[1, job] = mark
        journal.jobs[0, journal.sizes[1]] = job
        journal.sizes[1] += 1
        copy_job(journal.old, state, job)


@compiled
def take_back(journal: Journal, state: State) -> None:
    """Restore everything touched since ``open_journal``."""
    for index in range(journal.sizes[0]):
        copy_slot(state, journal.old, journal.slots[0, index])
    for index in range(journal.sizes[1]):
        copy_job(state, journal.old, journal.jobs[0, index])
    for index in range(journal.sizes[3] - 1, -1, -1):
        nurse, day, lane, kind = journal.cells[index]
        state.duty[nurse, day, lane] = kind
    state.total[0] = journal.old.total[0]
    copy_prices(state, journal.old)


@compiled
def copy_all(target: State, source: State) -> None:
    """Copy a whole state into another."""
    for slot in range(len(source.route)):
        copy_slot(target, source, slot)
    for job in range(len(source.job)):
        copy_job(target, source, job)
    for nurse in range(source.duty.shape[0]):
        for day in range(source.duty.shape[1]):
            target.duty[nurse, day, 0] = source.duty[nurse, day, 0]
            target.duty[nurse, day, 1] = source.duty[nurse, day, 1]
    target.total[0] = source.total[0]
    copy_prices(target, source)
