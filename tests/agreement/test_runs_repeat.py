"""With counted iterations and one seed everything repeats: the arrays of the kernel, and whole plans."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optimiser.check.checker import check
from optimiser.domain.plan import Plan
from optimiser.planning import PlanSettings, plan
from optimiser.search import improve
from optimiser.search.improve import Island, new_island
from optimiser.search.kernel.anneal import improve_slice

MADE = runpy.run_path(str(Path(__file__).with_name("random_problems.py")), run_name="random_problems")
Builders = tuple[Callable[..., Any], dict[str, Any]]


def sliced(kernel: Any, seed: int, sizes: list[int]) -> tuple[Island, list[int]]:
    """An island after slices of these sizes, and how many changes each accepted."""
    island = new_island(kernel.data, kernel.rows, kernel.state, seed)
    accepted = [
        int(improve_slice(kernel.data, kernel.rows, kernel.duties, island.state, island.best, island.journal,
                          island.random, size, 50.0, 5.0, 0.4, 0.05, island.learned))
        for size in sizes
    ]  # fmt: skip
    return island, accepted


@pytest.mark.slow
@given(
    recipe=MADE["recipes"](),
    seed=st.integers(0, 2**20),
    sizes=st.lists(st.integers(0, 60), min_size=1, max_size=3),
)
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_slices_repeat_to_the_last_number(rooms_and_kernel: Builders, recipe: Any, seed: int, sizes: list[int]) -> None:
    """The same slices from the same problem, built twice: every array equal, the working state and random word too."""
    first, second = (sliced(MADE["begun"](recipe, *rooms_and_kernel), seed, sizes) for _ in range(2))
    assert first[1] == second[1]
    for name in ("state", "best"):
        pairs = zip(getattr(first[0], name), getattr(second[0], name), strict=True)
        assert all(np.array_equal(one, other) for one, other in pairs), name
    assert np.array_equal(first[0].random, second[0].random)


def without_clock(found: Plan) -> Plan:
    """A plan without what the clock on the wall gives."""
    phases = tuple(each.model_copy(update={"seconds": 0.0}) for each in found.phases)
    return found.model_copy(update={"cpu_s": 0.0, "phases": phases})


RECIPES = [
    {"seed": 11, "nurses": 4, "days": 5, "visits": 20, "rings": 1, "parent": False, "frozen_days": 0},
    {"seed": 12, "nurses": 5, "days": 7, "visits": 30, "rings": 0, "parent": True, "frozen_days": 1},
]


@pytest.mark.slow
@pytest.mark.parametrize("fields", RECIPES, ids=["new", "with a parent"])
def test_plans_repeat_with_islands_and_reassignment(
    rooms_and_kernel: Builders, monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any]
) -> None:
    """Two islands in threads and routes reassigned by CP-SAT between them, twice: the same plan and the same path to
    it; another seed goes another path."""
    # so few iterations would leave reassignment out: here each part of it counts as four
    monkeypatch.setattr(improve, "PART", 4)
    monkeypatch.setattr(improve, "LEAST_PARTS", 1)
    recipe = MADE["Recipe"](
        pairs=True, links=2, tasks=2, standby=True, pauses=True, people=True, published=1, entered=1, holidays=False,
        **fields,
    )
    kernel = MADE["begun"](recipe, *rooms_and_kernel)
    problem, start = kernel.problem, kernel.plan()

    def made(seed: int) -> Plan:
        wanted = PlanSettings(time_limit_s=None, iterations=400, seed=seed)
        found = plan(problem, wanted, start).plan
        assert found is not None
        return found

    first, second, other = made(3), made(3), made(4)
    assert "reassign" in {phase.name for phase in first.phases}
    assert without_clock(first) == without_clock(second)
    assert without_clock(first) != without_clock(other)
    report = check(problem.instance, problem.contract, problem.travel, first, problem.parent)
    assert [each.sentence("en") for each in report.violations] == [] and report.claims == ()
