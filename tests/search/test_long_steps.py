"""Steps of the search over long rosters: no cell twice, and counts kept from step to step are the counts made anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from optimiser.domain.duty import Cover
from optimiser.domain.people import Counter, Wish
from optimiser.planning import prepare
from optimiser.search.kernel.long_moves import draw
from optimiser.search.long_island import LongIsland, keys_of, long_tables
from optimiser.search.long_run import of_duties

EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def island(room: Callable[..., Any]) -> LongIsland:
    """Five nurses, evenings and nights on call over three weeks, from nothing."""
    made = room(weeks=3, rule_set="atw")
    for number in range(5):
        made.nurse(f"N{number}", contract_minutes=300 + 120 * number)
    made.kind("E", "18:00", "22:00", category="evening").kind("B", "22:00", "31:00", category="night", lane="standby")
    made.add("cover", Cover(id="e", organisation="a", weekdays=EVERY_DAY, from_time=1080, until_time=1320))
    made.add("cover", Cover(
        id="b", organisation="a", weekdays=EVERY_DAY, from_time=1320, until_time=1860, lane="standby",
    ))  # fmt: skip
    made.add("counters", Counter(nurse="N0", counter="evenings_year", value=7))
    made.add("wishes", Wish(nurse="N1", day=made.day(3), wish="free"))
    tables = long_tables(of_duties(prepare(made.instance(), made.contract)), frozenset())
    return LongIsland(tables, tables.lawful_state(frozenset()), 3)


def test_no_step_names_a_cell_twice(room: Callable[..., Any]) -> None:
    """Of 3,000 steps from a roster that holds duties."""
    found = island(room)
    found.anneal(5_000, 20.0)
    tables, tally, seen = found.tables, found._tally, 0
    for _ in range(3_000):
        count = draw(tables.rows, tables.duties, tables.around, found.state, tally, found._random)
        cells = {tuple(int(each) for each in cell[:3]) for cell in tally.cells[:count]}
        assert len(cells) == count
        seen += count > 2
    assert seen > 300


def test_counts_kept_are_counts_made_anew(room: Callable[..., Any]) -> None:
    """Cost after hot and cold steps, fairness with kept targets in it, is that of the roster priced from nothing."""
    found = island(room)
    for temperature in (200.0, 50.0, 2.0):
        found.anneal(4_000, temperature)
        assert found.tables.lawful_state(keys_of(found.state.duty)).total[0] == found.cost
        assert found.tables.lawful_state(found.best).total[0] == found.best_cost
