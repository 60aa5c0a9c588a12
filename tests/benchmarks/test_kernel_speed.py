"""How fast the compiled parts are, on the bundled six_nurses, and the search on vtt_rijnmond: numbers to compare by, no
promises (docs/benchmarks/kernel.md).

Run with ``pytest tests/benchmarks``; ``make quick`` leaves them out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from instances.catalogue import locate
from instances.plans import read_plan
from instances.read import read_instance
from optimiser.domain.instance import Instance
from optimiser.domain.sharing import PRESETS
from optimiser.planning import prepare
from optimiser.search.encode import encode
from optimiser.search.encode_duties import encode_duties, roster_state
from optimiser.search.encode_rows import encode_rows
from optimiser.search.improve import Island, new_island
from optimiser.search.kernel.anneal import improve_slice, price
from optimiser.search.kernel.data import ANY_START, INFINITE, PLACED_HIGH, PLACED_LOW, ROUTE_COUNT
from optimiser.search.kernel.insertion import best_insertion, take_job
from optimiser.search.kernel.random_state import seeded
from optimiser.search.kernel.route import schedule
from optimiser.search.kernel.rows import row_violations
from optimiser.search.run import published
from optimiser.search.start import drop_violations, duties_of_plan, place_routes

pytestmark = pytest.mark.slow
STORED = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"


@pytest.fixture
def arrays(six: Instance) -> tuple[Any, Any, Any, Any]:
    """Data, rows, duties and a state that holds the whole stored plan."""
    problem = prepare(six, PRESETS["joint"])
    plan = read_plan(STORED, six)[0]
    data, rows, duties = encode(problem), encode_rows(problem), encode_duties(problem)
    state = roster_state(problem, data, duties, duties_of_plan(problem, plan))
    place_routes(problem, data, state, plan, frozenset())
    return data, rows, duties, state


@pytest.mark.benchmark(group="kernel")
def test_schedule_of_one_route(benchmark: Any, arrays: tuple[Any, Any, Any, Any]) -> None:
    """The exact schedule of the longest route."""
    data, _, _, state = arrays
    slot = int(np.argmax(state.route[:, ROUTE_COUNT]))
    count = int(state.route[slot, ROUTE_COUNT])
    jobs = state.stops[slot, :count]
    lows, highs, starts = state.job[jobs, PLACED_LOW], state.job[jobs, PLACED_HIGH], np.zeros(count, dtype=np.int64)
    cost, _, _ = benchmark(schedule, data, state, slot, state.stops[slot], count, lows, highs, starts)
    assert cost > 0


@pytest.mark.benchmark(group="kernel")
def test_best_insertion_of_one_visit(benchmark: Any, arrays: tuple[Any, Any, Any, Any]) -> None:
    """Every place of a visit in the whole week."""
    data, rows, _, state = arrays
    take_job(data, state, 0)
    cost, slot, *_ = benchmark(best_insertion, data, rows, state, 0, ANY_START, INFINITE, seeded(1))
    assert slot >= 0 and cost >= 0


@pytest.mark.benchmark(group="kernel")
def test_one_row_by_the_law(benchmark: Any, arrays: tuple[Any, Any, Any, Any]) -> None:
    """All row rules of one nurse with her past."""
    data, rows, _, state = arrays
    assert benchmark(row_violations, data, rows, state, 0) == 0


@pytest.mark.benchmark(group="search")
def test_a_slice_of_the_search(benchmark: Any, arrays: tuple[Any, Any, Any, Any]) -> None:
    """500 iterations, three in ten of them moves of duties."""
    data, rows, duties, state = arrays
    island = new_island(data, rows, state, 1)

    def slice_of_500() -> int:
        return int(
            improve_slice(
                data,
                rows,
                duties,
                island.state,
                island.best,
                island.journal,
                island.random,
                500,
                5.0,
                5.0,
                0.3,
                0.002,
                island.learned,
            )  # fmt: skip
        )

    assert benchmark.pedantic(slice_of_500, rounds=10, warmup_rounds=1) > 0
    assert int(island.best.total[0]) <= int(state.total[0])


@pytest.fixture(scope="module")
def large() -> tuple[Any, Any, Any, Any]:
    """Data, rows, duties and a state of vtt_rijnmond, joint, from its published duties."""
    problem = prepare(read_instance(locate("vtt_rijnmond")), PRESETS["joint"])
    data, rows, duties = encode(problem), encode_rows(problem), encode_duties(problem)
    state = roster_state(problem, data, duties, published(problem))
    drop_violations(problem, data, rows, duties, state)
    price(data, rows, duties, state)
    return data, rows, duties, state


@pytest.mark.benchmark(group="large")
@pytest.mark.parametrize("share", [0.0, 0.5], ids=["routes", "duties"])
@pytest.mark.parametrize("cooled", [False, True], ids=["hot", "cold"])
def test_slices_on_a_large_week(benchmark: Any, large: tuple[Any, Any, Any, Any], cooled: bool, share: float) -> None:
    """400 iterations at temperature 100 after 2,000 at that, or at 2 after 8,000 that cooled; the same each round."""
    data, rows, duties, state = large

    def slices(island: Island, iterations: int, hot: float, cold: float, moved: float) -> None:
        improve_slice(
            data, rows, duties, island.state, island.best, island.journal, island.random, iterations, hot, cold, moved,
            0.002, island.learned,
        )  # fmt: skip

    heat, warm = 2.0 if cooled else 100.0, new_island(data, rows, state, 0)
    slices(warm, 8000 if cooled else 2000, 100.0, heat, 0.5)

    def fresh() -> tuple[tuple[Any, ...], dict[str, Any]]:
        return (new_island(data, rows, warm.best, 1), 400, heat, heat, share), {}

    benchmark.pedantic(slices, setup=fresh, rounds=10, warmup_rounds=1)
