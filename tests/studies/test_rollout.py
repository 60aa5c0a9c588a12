"""In which order to join, and what a pilot shows, on games that are solved by hand."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations
from math import sqrt

import pytest

from optimiser.domain.gains import CoalitionCost
from optimiser.studies.games.game import Coalition, coalitions_of
from optimiser.studies.rollout import rollout

GAINS = {"AB": 100, "AC": 90, "BC": 0, "AD": 0, "BD": 0, "CD": 90, "ABC": 200, "ABD": 110, "ACD": 400, "BCD": 90,
         "ABCD": 500}  # fmt: skip
FOUR = tuple("ABCD")


def cost(gains: dict[str, int]) -> dict[Coalition, CoalitionCost]:
    """1,000 for each organisation less what they save, surely."""
    table = {frozenset(members): gain for members, gain in gains.items()}
    return {
        each: CoalitionCost(cents=1000 * len(each) - table.get(each, 0), standard_error=0)
        for each in coalitions_of(FOUR)
    }


def test_greedy_and_best_order_by_hand() -> None:
    """Greedy: AB (100) and then C (200 against 110): 100 + 200 + 500 = 800. Best: AC (90), D (400), B: 990."""
    found = rollout(FOUR, cost(GAINS).__getitem__, 0)
    assert [each.joins for each in found.greedy] == [("A", "B"), ("C",), ("D",)]
    assert (found.greedy_area, found.best_area) == (800, 990)
    assert [each.gain for each in found.best] == [90, 400, 500]
    assert found.best[0].joins in {("A", "C"), ("C", "D")}
    assert [each.added for each in found.greedy] == [100, 100, 300]
    assert [each.members for each in found.greedy] == [("A", "B"), ("A", "B", "C"), ("A", "B", "C", "D")]


def test_no_order_beats_the_best_one() -> None:
    """Against all orders."""
    costs = cost(GAINS)
    gain = {each: 1000 * len(each) - costs[each].cents for each in costs}
    areas = [sum(gain[frozenset(order[:length])] for length in range(2, 5)) for order in permutations(FOUR)]
    assert rollout(FOUR, costs.__getitem__, 0).best_area == max(areas)


def test_who_gains_in_each_step_and_whether_it_stands() -> None:
    """AB: 50 each. ABC: A 100/6 + 90/6 + 200/3 = 98.33, B 100/6 + 110/3 = 53.33, C 90/6 + 100/3 = 48.33; the cent goes
    to A. All are above what any two can have: A and B 151 of 100."""
    step = rollout(FOUR, cost(GAINS).__getitem__, 0).greedy[1]
    assert step.shares == {"A": 99, "B": 53, "C": 48}
    assert step.changes == {"A": 49, "B": 3, "C": 48}
    assert (step.leaving, step.core_empty) == ("no", False)


def test_a_step_that_does_not_stand_says_so() -> None:
    """Any two of A, B and C save all that three do: someone always would leave."""
    gains = GAINS | {"AB": 200, "AC": 200, "BC": 200, "ABC": 200}
    step = rollout(FOUR, cost(gains).__getitem__, 0).greedy[1]
    assert (step.leaving, step.core_empty) == ("sure", True)


def weekly(members: Coalition) -> CoalitionCost:
    """Costs of 10,000 each with weeks that differ by 300; together 400 is saved by each two, 390, 400, 410 by weeks."""
    size = len(members)
    weeks = tuple(
        size * (10_000 + busy) - (400 + chance) * size * (size - 1) // 2
        for busy, chance in ((-300, -10), (0, 0), (300, 10))
    )
    return CoalitionCost(cents=round(sum(weeks) / 3), weekly=weeks)


def test_a_pilot_by_hand() -> None:
    """A pilot of AB for 4 weeks: gain 400 of 2,400 (six pairs): 16.7 %. Replanned: sd of 390, 400, 410 is 10, error
    10/sqrt(4) = 5: seen. Before and after: cost of AB by weeks 19,010, 19,600, 20,190: sd 590, two times four weeks:
    sqrt(2) x 590/2 = 417, and 400 < 2.8 x 417: not seen; needed (2.8 x sqrt(2) x 590/400)^2 = 34.1: 35 weeks."""
    found = rollout(FOUR, weekly, 0, members=[("B", "A")], weeks=4)
    pilot = found.pilots[0]
    assert (pilot.members, pilot.weeks, pilot.gain) == (("A", "B"), 4, 400)
    assert pilot.percent == pytest.approx(100 / 6)
    assert pilot.replanned_error == pytest.approx(5)
    assert pilot.before_after_error == pytest.approx(sqrt(2) * 590 / 2)
    assert (pilot.visible_replanned, pilot.visible, pilot.weeks_needed) == (True, False, 35)
    longer = rollout(FOUR, weekly, 0, members=[("A", "B")], weeks=35).pilots[0]
    shorter = rollout(FOUR, weekly, 0, members=[("A", "B")], weeks=34).pilots[0]
    assert (longer.visible, shorter.visible) == (True, False)


def test_pilots_of_the_way_and_without_noise() -> None:
    """Without members each step is piloted; one week of demand says nothing of noise, and where all
    gain nothing there is no share of it."""
    found = rollout(FOUR, cost(GAINS).__getitem__, 0)
    assert [each.members for each in found.pilots] == [("A", "B"), ("A", "B", "C"), FOUR]
    assert {(each.visible, each.replanned_error, each.weeks_needed) for each in found.pilots} == {(None, None, None)}
    assert rollout(FOUR, cost({}).__getitem__, 0).pilots[0].percent is None


def test_many_organisations_go_the_greedy_way_within_the_budget() -> None:
    """Six: 6 alone, 15 pairs, 4 threes with A and B, 3 fours with C too and 2 more inside (ACD, BCD), 2
    fives with D too: 32; inside the five 5 threes and 3 fours are new: 40. With 39 the way ends at four, with 40 at
    five, and there is no best order. Pilots ask for all six together once more."""
    six = tuple("ABCDEF")

    def squares(members: Coalition) -> CoalitionCost:
        return CoalitionCost(cents=1000 * len(members) - len(members) ** 2 + len(members), standard_error=0)

    four, five = rollout(six, squares, 39), rollout(six, squares, 40)
    assert len(four.greedy[-1].members) == 4 and four.evaluated == 32 + 1
    assert len(five.greedy[-1].members) == 5 and five.evaluated == 40 + 1
    assert five.best == () and five.best_area is None
    whole = rollout(six, squares, 63)
    assert whole.evaluated == 63 and len(whole.greedy) == 5 and whole.best_area == sum((2, 6, 12, 20, 30))


def test_what_is_asked_is_told_ahead() -> None:
    """Nothing is planned that was not told before, in few rounds, parts before wholes: six alone, then all pairs, then
    for each step its candidates and what lies inside. What falls apart is never asked."""
    told: list[Coalition] = []
    rounds: list[int] = []

    def ahead(coalitions: Iterable[Coalition]) -> None:
        told.extend(coalitions)
        rounds.append(len(told))

    def cost(members: Coalition) -> CoalitionCost:
        assert members in told
        return CoalitionCost(cents=1000 * len(members) - len(members) ** 2 + len(members), standard_error=0)

    six = tuple("ABCDEF")
    found = rollout(six, cost, 40, ahead=ahead)
    assert rounds[:4] == [6, 21, 25, 28]
    assert len(told) == len(set(told)) == found.evaluated == 41
    told.clear()

    def apart(members: Coalition) -> tuple[Coalition, ...]:
        return tuple(part for part in (members & frozenset("ABC"), members & frozenset("D")) if part)

    assert rollout(FOUR, cost, 0, ahead=ahead, components=apart).evaluated == len(told) == 8


def test_bad_members_are_refused() -> None:
    """An unknown organisation, and one alone."""
    with pytest.raises(ValueError, match="unknown organisation: X, Y"):
        rollout(FOUR, weekly, 0, members=[("A", "Y", "X")])
    with pytest.raises(ValueError, match="two"):
        rollout(("A",), weekly, 0)
