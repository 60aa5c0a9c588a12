"""Sampled Shapley values: near the exact ones, exact in their sum, within their budget, and known ahead."""

from __future__ import annotations

import random

import pytest

from optimiser.studies.games.game import Coalition, Game, coalitions_of, game_of
from optimiser.studies.games.needed import coalitions_needed, connected, exact_possible
from optimiser.studies.games.sampling import pairs_within, sample_shapley, sampling_error
from optimiser.studies.games.shapley import shapley

SIX = ("a", "b", "c", "d", "e", "f")


def random_game(seed: int) -> Game:
    """Gains that grow with size, with chance in them."""
    chance = random.Random(seed)
    return game_of(SIX, {each: chance.randint(0, 100) + 100 * len(each) ** 2 for each in coalitions_of(SIX)})


@pytest.mark.parametrize("seed", range(5))
def test_sampled_is_near_exact(seed: int) -> None:
    """Each share within four standard errors of the exact one; together exactly what all gain."""
    game = random_game(seed)
    sampled, exact = sample_shapley(game, 50, seed), shapley(game)
    assert sampled.errors is not None
    for player in SIX:
        assert abs(sampled.shares[player] - exact[player]) <= 4 * sampled.errors[player]
    assert sum(sampled.shares.values()) == game.value(game.grand)


def test_security_council() -> None:
    """Five with a veto and ten without, nine votes to win: the published index is 421/2145 for each of the five and
    4/2145 for each of the ten (the rules since 1965; index of Shapley and Shubik 1954)."""
    veto, others = tuple(f"v{number}" for number in range(5)), tuple(f"o{number}" for number in range(10))

    def value(members: Coalition) -> int:
        return 1_000_000 * (len(members) >= 9 and members.issuperset(veto))

    sampled = sample_shapley(Game((*veto, *others), value), 4000, 1)
    assert sampled.errors is not None
    for player in (*veto, *others):
        known = 1_000_000 * (421 if player in veto else 4) / 2145
        assert abs(float(sampled.shares[player]) - known) <= 4 * max(sampled.errors[player], 1000)
    assert sum(sampled.shares.values()) == 1_000_000


def test_a_pair_is_one_observation() -> None:
    """Where gains grow evenly with size, an order and its reverse together say all: no error is left. A value that is
    high early in one order is low in its reverse."""
    even = sample_shapley(Game(SIX, lambda members: 10 * len(members) ** 2), 40, 3)
    assert even.errors == dict.fromkeys(SIX, 0.0)
    assert set(even.shares.values()) == {60}


def test_error_of_two_pairs_by_hand() -> None:
    """Pairs in which a adds 10 and 20 in their means: mean 15, deviations 5 and 5, variance 50, error sqrt(50/2) = 5.

    First pair: (a, b, c) and back, a adds 0 and 20. Second: (b, a, c) and back, a adds 15 and 25."""
    values = {frozenset("a"): 0, frozenset("ab"): 15, frozenset("abc"): 50, frozenset("cb"): 30, frozenset("b"): 0,
              frozenset("c"): 0, frozenset("ca"): 25}  # fmt: skip
    pairs = ((("a", "b", "c"), ("c", "b", "a")), (("b", "a", "c"), ("c", "a", "b")))
    assert sampling_error(pairs, values, frozenset("a")) == pytest.approx(5)
    assert sampling_error(pairs, values, frozenset("abc")) == 0
    assert sampling_error(pairs[:1], values, frozenset("a")) is None


@pytest.mark.parametrize("budget", [17, 25, 40, 63])
def test_the_budget_holds_and_what_is_asked_is_known_ahead(budget: int) -> None:
    """Not one coalition more than the budget, and exactly those that were named before."""
    game, asked = random_game(2), []

    def value(members: Coalition) -> int:
        asked.append(members)
        return game.value(members)

    sampled = sample_shapley(Game(SIX, value), budget, 7)
    assert len(asked) == len(set(asked)) <= budget
    assert set(asked) == set(sampled.evaluated)
    assert set(coalitions_needed(SIX, exact=False, budget=budget, seed=7)) == set(asked)


def test_too_small_a_budget_is_refused() -> None:
    """Six alone, five more on the way up and four on the way back make 15."""
    assert len(sample_shapley(random_game(1), 15, 1).pairs) == 1
    assert sample_shapley(random_game(1), 15, 1).errors is None
    with pytest.raises(ValueError, match="too few"):
        sample_shapley(random_game(1), 14, 1)


def test_seeds_repeat() -> None:
    """One seed gives one answer, another seed other orders."""
    assert pairs_within(SIX, 40, 1) == pairs_within(SIX, 40, 1)
    assert pairs_within(SIX, 40, 1)[0] != pairs_within(SIX, 40, 2)[0]


def two_towns(members: Coalition) -> tuple[Coalition, ...]:
    """a, b and c share districts, and so do d, e and f."""
    return tuple(part for part in (members & frozenset("abc"), members & frozenset("def")) if part)


def test_parts_come_before_wholes() -> None:
    """Every coalition stands after all of its subsets that are planned; three organisations: seven coalitions."""
    needed = coalitions_needed(("a", "b", "c"))
    assert needed == tuple(frozenset(each) for each in ("a", "b", "c", "ab", "ac", "bc", "abc"))
    for listed in (coalitions_needed(SIX), coalitions_needed(SIX, exact=False, budget=30, seed=1)):
        for place, members in enumerate(listed):
            assert not any(later < members for later in listed[place:])


def test_what_falls_apart_is_not_planned() -> None:
    """Two towns of three organisations: 7 + 7 coalitions instead of 63, all within a budget of 14; their sums give the
    same shares as each town by itself."""
    assert len(connected(SIX)) == 63
    assert len(connected(SIX, two_towns)) == 14
    assert exact_possible(SIX, 14, two_towns) and not exact_possible(SIX, 13, two_towns)
    assert exact_possible(SIX[:4], 0) and not exact_possible(SIX, 62) and exact_possible(SIX, 63)
    assert not exact_possible([str(number) for number in range(11)], 10_000)
    assert set(coalitions_needed(SIX, two_towns, exact=False, budget=12, seed=0)) <= set(connected(SIX, two_towns))
    game = Game(SIX, lambda members: 100 * len(members) * (len(members) - 1))
    sampled = sample_shapley(game, 14, 1, two_towns)
    assert set(sampled.shares.values()) == {200}


def test_all_together_is_always_planned() -> None:
    """Even when the budget allows no pair."""
    assert coalitions_needed(SIX, exact=False, budget=3)[-1] == frozenset(SIX)
