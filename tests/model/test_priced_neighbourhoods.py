"""Which parts of a roster with prices are chosen anew: sizes, who and when, and what is learnt from tries."""

from __future__ import annotations

import runpy
from pathlib import Path
from random import Random

from optimiser.check.priced_roster import check_priced
from optimiser.domain.priced_roster import Letters, PricedRoster
from optimiser.model.priced_model import refill_priced
from optimiser.model.priced_neighbourhoods import KINDS, LEAST_CELLS, PricedNeighbourhoods

random_problem = runpy.run_path(str(Path(__file__).parents[1] / "priced_random.py"))["random_problem"]
PROBLEM: PricedRoster = random_problem(Random(1), 28, 30)
ROSTER = ((0,) * 28,) * 30


def test_neighbourhoods_have_the_size_of_their_kind() -> None:
    """People of the team, days in a row of the horizon, and about as many cells as the kind can have solved."""
    chooser = PricedNeighbourhoods(PROBLEM, Random(3))
    seen = set()
    for _ in range(200):
        kind, free = chooser.choose(ROSTER)
        seen.add(kind)
        assert set(free) <= set(range(30)) and len(set(free.values())) == 1
        days = sorted(next(iter(free.values())))
        assert days == list(range(days[0], days[-1] + 1)) and days[0] >= 0 and days[-1] < 28
        assert 0.6 * chooser.cells[kind] <= len(free) * len(days) <= 1.4 * chooser.cells[kind]
        if kind in ("people", "alike", "short"):
            assert len(days) == 28
    assert seen == set(KINDS)


def test_kinds_that_gain_come_more_often_and_grow_when_solved() -> None:
    """What is solved grows; what is not shrinks, to a least size; gains draw tries."""
    chooser = PricedNeighbourhoods(PROBLEM, Random(3))
    before = dict(chooser.cells)
    for _ in range(60):
        chooser.learn("block", solved=False, gain=0.0, seconds=1.0)
        chooser.learn("days", solved=True, gain=1.0, seconds=1.0)
    assert chooser.cells["block"] == LEAST_CELLS and chooser.cells["days"] > before["days"]
    drawn = [chooser.choose(ROSTER)[0] for _ in range(200)]
    assert drawn.count("days") > 2 * drawn.count("block")


def test_half_of_the_people_for_a_short_letter_may_have_it() -> None:
    """The people of the kind short can fill what is missing on its day, or there are no more who can."""
    chooser = PricedNeighbourhoods(PROBLEM, Random(5))
    for day in (0, 13):
        people = chooser._people("short", 6, day, 3)
        able = [person for person in range(30) if 3 in PROBLEM.allowed[person][day]]
        assert len(people) == 6 and sum(person in able for person in people) >= min(3, len(able))


def test_refilling_chosen_parts_never_makes_a_roster_dearer() -> None:
    """Twelve tries from nothing at all on a small team: each is as cheap as the one before, or cheaper."""
    problem = random_problem(Random(8), 14, 5)
    roster: Letters = ((0,) * 14,) * 5
    chooser = PricedNeighbourhoods(problem, Random(1))
    first = cost = check_priced(problem, roster).cost
    for number in range(12):
        kind, free = chooser.choose(roster)
        filled, proved = refill_priced(problem, roster, free, 5.0, number, 0.5)
        assert filled is not None
        now = check_priced(problem, filled)
        assert not now.violations and now.cost <= cost
        roster, cost = filled, now.cost
        chooser.learn(kind, proved, 0.0, 1.0)
    assert cost < first
