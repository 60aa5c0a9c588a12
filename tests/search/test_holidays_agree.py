"""Holidays are shared fairly, and check, search and kernel count them alike (plan language 18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.check.checker import check
from optimiser.domain.people import Counter
from optimiser.search.evaluate import count_terms
from optimiser.search.kernel.data import ROW_PRICE
from optimiser.search.part import take_part

Rooms = Callable[..., Any]
Builders = tuple[Rooms, dict[str, Any]]
CHRISTMAS = date(2026, 12, 21)
"""Of these two weeks Friday 25 and Saturday 26 December and Friday 1 January are holidays of the agreement."""
KINDS: dict[str, tuple[str, str, dict[str, str]]] = {
    "D": ("07:00", "15:00", {}),
    "A": ("15:00", "22:00", {"category": "evening"}),
    "N": ("23:00", "31:00", {"category": "night"}),
    "B": ("15:00", "22:00", {"lane": "standby"}),
}
DAYS = st.sampled_from((3, 4, 4, 5, 5, 6, 10, 11, 11, 12))
DUTIES = st.sets(st.tuples(st.integers(0, 3), DAYS, st.sampled_from("DANB")), max_size=25)
COUNTS = st.lists(st.integers(0, 5), min_size=4, max_size=4)


def kernel_of(builders: Builders, duties: set[tuple[int, int, str]], before: list[int]) -> Any:
    """Four nurses, of whom the last works days only, with duties, and the holidays that each worked before."""
    rooms, parts = builders
    room = rooms(monday=CHRISTMAS, weeks=2)
    for number, minutes in enumerate((960, 1440, 1440, 1920)):
        room.nurse(f"N{number}", contract_minutes=minutes, categories=("day",) if number == 3 else ())
        room.add("counters", Counter(nurse=f"N{number}", counter="holidays_year", value=before[number]))
    for name, (start, end, fields) in KINDS.items():
        room.kind(name, start, end, **fields)
    cells = {(nurse, day, kind == "B"): (f"N{nurse}", kind, day) for nurse, day, kind in sorted(duties)}
    return parts["Kernel"](room, list(cells.values()))


@given(duties=DUTIES, before=COUNTS)
@settings(max_examples=40, deadline=None)
def test_check_search_and_kernel_count_alike(
    rooms_and_kernel: Builders, duties: set[tuple[int, int, str]], before: list[int]
) -> None:
    """Any duties around Christmas and New Year, any holidays before: one fairness, and the kernel's price is that."""
    kernel = kernel_of(rooms_and_kernel, duties, before)
    plan = kernel.plan()
    report = check(kernel.instance, kernel.problem.contract, kernel.problem.travel, plan)
    counted = count_terms(kernel.problem, plan)["fairness"]
    assert counted == report.counts["fairness"]
    assert int(kernel.state.row[-1, ROW_PRICE]) == kernel.instance.weights.fairness * counted


def test_a_part_knows_the_holidays_of_all_others(rooms_and_kernel: Builders) -> None:
    """Of N0 and N1 as a part, N2 and N3 are nobody with 1 + 2 holidays of this plan (N2 on Christmas Day; N3 twice on
    Boxing Day, at work and on call; a Thursday counts for none) and 3 + 4 of before."""
    duties = {(0, 4, "D"), (2, 4, "N"), (2, 3, "D"), (3, 5, "D"), (3, 5, "B")}
    kernel = kernel_of(rooms_and_kernel, duties, [1, 2, 3, 4])
    none = np.zeros(0, dtype=np.int64)
    part = take_part(kernel.data, kernel.rows, kernel.duties, kernel.state, np.array([0, 1]), none, none, none)
    assert part.duties.fair[3, :, 1].tolist() == [1, 2, 0, 0, 0, 1 + 2 + 3 + 4]
    assert part.duties.contract[-1] == 1440 + 1920
