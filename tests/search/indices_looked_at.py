"""Searches six_nurses with machine code that looks at every index first; test_indices.py runs it in a process alone.

An index below zero or beyond its table ends the call with ``RuntimeError``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from numba import types
from numba.core import cgutils

from optimiser.search.kernel import compiled as compiling


def looked_at(context: Any, builder: Any, kind: Any, index: Any, size: Any) -> Any:
    """An index as it is, after a look at it."""
    index = context.cast(builder, index, kind, types.intp)
    low, high = builder.icmp_signed("<", index, index.type(0)), builder.icmp_signed(">=", index, size)
    with cgutils.if_unlikely(builder, builder.or_(low, high)):
        context.call_conv.return_user_exc(builder, IndexError, ("outside",))
    return index


compiling._as_it_is = looked_at  # type: ignore[assignment]

import numpy as np  # noqa: E402

from instances.catalogue import locate  # noqa: E402
from instances.plans import read_plan  # noqa: E402
from instances.read import read_instance  # noqa: E402
from optimiser.domain.sharing import PRESETS  # noqa: E402
from optimiser.planning import prepare  # noqa: E402
from optimiser.search.encode import encode  # noqa: E402
from optimiser.search.encode_duties import encode_duties, roster_state  # noqa: E402
from optimiser.search.encode_rows import encode_rows  # noqa: E402
from optimiser.search.improve import new_island  # noqa: E402
from optimiser.search.kernel.anneal import improve_slice, price  # noqa: E402
from optimiser.search.kernel.compiled import compiled  # noqa: E402
from optimiser.search.start import duties_of_plan  # noqa: E402


@compiled
def entry(table: np.ndarray, place: int) -> int:
    """One entry of a list."""
    return table[place]


def search(plan_file: Path) -> None:
    """Hot, warm and cold, from the duties of a plan without its routes, so that every kind of step is made."""
    six = read_instance(locate("six_nurses"))
    problem = prepare(six, PRESETS["joint"])
    data, rows, duties = encode(problem), encode_rows(problem), encode_duties(problem)
    state = roster_state(problem, data, duties, duties_of_plan(problem, read_plan(plan_file, six)[0]))
    price(data, rows, duties, state)
    island = new_island(data, rows, state, 1)
    for heat in (100.0, 20.0, 2.0):
        improve_slice(data, rows, duties, island.state, island.best, island.journal, island.random, 4000, heat, heat,
                      0.5, 0.01, island.learned)  # fmt: skip
    print(f"searched {int(island.best.total[0]) < int(state.total[0])}")


for outside in (-1, 3):
    try:
        entry(np.arange(3, dtype=np.int64), outside)
    except RuntimeError:
        print("refused")
search(Path(sys.argv[1]))
