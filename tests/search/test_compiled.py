"""Functions of the kernel: compiled once with the types of their annotations, called by symbol and from Python."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numba import types
from numba.core.errors import TypingError
from numba.np import arrayobj

from optimiser.search.kernel.compiled import Compiled, _compiling, compiled, inlined
from optimiser.search.kernel.data import (
    LABEL_COLUMNS,
    MOST_STOPS,
    Data,
    Loose,
    Random,
    State,
    Table,
    copy_state,
)
from optimiser.search.kernel.random_state import next_word, seeded


@inlined
def twice(number: int) -> int:
    """Compiled into its callers."""
    return 2 * number


@compiled
def added(table: Table, row: int) -> int:
    """The sum of a row."""
    total = 0
    for column in range(table.shape[1]):
        total += table[row, column]
    return total


@compiled
def both(table: Table, row: int) -> tuple[int, int]:
    """Calls the two above."""
    return added(table, row), twice(added(table, row))


@compiled
def corner(part: Loose, known: bool) -> float:
    """The first number of a part of a table, and a half when ``known``."""
    return part[0, 0] + (0.5 if known else 0.0)


@compiled
def divided(total: int, number: int) -> int:
    """A quotient."""
    return total // number


@compiled
def wrong(table: Table) -> int:
    """One argument too few."""
    return added(table)  # type: ignore[call-arg]


@compiled
def mixed(random: Random) -> int:
    """A list of another kind of number."""
    return added(random, 0)


@compiled
def days_and_places(data: Data, state: State) -> tuple[int, int]:
    """What two handles hold."""
    return data.days, len(state.job)


TABLE = np.arange(12, dtype=np.int64).reshape(3, 4)


def test_calls_give_what_the_functions_give() -> None:
    """Compiled functions call each other by symbol or inlined, and Python gets whole numbers, tuples, floats."""
    assert added(TABLE, 1) == 4 + 5 + 6 + 7
    assert both(TABLE, 2) == (38, 76)
    assert twice(21) == 42
    assert corner(TABLE[1:, 1:3], True) == 5.5
    assert corner(TABLE, False) == 0.0
    assert divided(-7, 2) == -4
    word, state = seeded(3), seeded(3)
    assert next_word(word) == next_word(state)
    assert word[0] == state[0] != seeded(3)[0]


def test_nothing_is_raised_by_compiled_code() -> None:
    """Division by zero gives zero: a check at each division would cost time."""
    assert divided(5, 0) == 0


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: added(TABLE.astype(np.int32), 0), TypeError),  # another kind of number
        (lambda: added(TABLE[0], 0), TypeError),  # one dimension
        (lambda: added(TABLE[:, 1:], 0), TypeError),  # a part of a table
        (lambda: added(TABLE), ValueError),  # type: ignore[call-arg]
        (lambda: wrong(TABLE), TypingError),
        (lambda: mixed(seeded(1)), TypingError),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], Any], fault: type[Exception]) -> None:
    """Machine code never gets a table of another kind, or another number of arguments."""
    with pytest.raises(fault):
        call()


def test_handles_hold_the_tables(rooms_and_kernel: Any) -> None:
    """Compiled code reads a tuple of tables through its handle; the collector of garbage is on again afterwards."""
    rooms, parts = rooms_and_kernel
    kernel = parts["Kernel"](rooms().nurse("N1").kind("D", "07:00", "15:30", 30), [("N1", "D", 0)])
    assert days_and_places(kernel.data, copy_state(kernel.state)) == (kernel.data.days, len(kernel.state.job))
    assert gc.isenabled()


def test_a_table_of_another_width_is_refused(rooms_and_kernel: Any) -> None:
    """Compiled code takes the lengths of data.py for granted: eight words a label. Seven never reach it."""
    rooms, parts = rooms_and_kernel
    kernel = parts["Kernel"](rooms().nurse("N1").kind("D", "07:00", "15:30", 30), [("N1", "D", 0)])
    labels = np.zeros((len(kernel.state.slot), MOST_STOPS, LABEL_COLUMNS - 1), dtype=np.int64)
    with pytest.raises(TypeError, match="of lengths"):
        days_and_places(kernel.data, kernel.state._replace(label=labels))


def test_threads_that_compile_at_once_leave_python_as_it_was() -> None:
    """Each waits for the other; then the collector of garbage is on and numba's look-up its own."""
    before, inside = (types.Function.get_call_type, arrayobj.fix_integer_index), threading.Event()

    def first() -> None:
        with _compiling():
            inside.set()
            time.sleep(0.05)

    def second() -> None:
        inside.wait()
        with _compiling():
            pass

    threads = [threading.Thread(target=each) for each in (first, second)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert gc.isenabled() and (types.Function.get_call_type, arrayobj.fix_integer_index) == before


def test_each_is_compiled_once(rooms_and_kernel: Any) -> None:
    """One signature, that of the annotations, whatever calls it."""
    assert isinstance(twice, Compiled) and isinstance(added, Compiled)
    both(TABLE, 0)
    for function in (twice, added):
        assert len(function.dispatcher.overloads) == 1
