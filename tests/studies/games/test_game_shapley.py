"""The Shapley value against published answers and its axioms."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimiser.studies.games.core import would_leave
from optimiser.studies.games.game import (
    Coalition,
    Game,
    coalitions_of,
    game_of,
    in_order,
    whole,
)
from optimiser.studies.games.rounding import in_proportion, whole_cents
from optimiser.studies.games.shapley import shapley, shapley_weights, weighed

PLAYERS = ("a", "b", "c", "d")
TABLES = st.lists(st.integers(-1000, 1000), min_size=15, max_size=15).map(
    lambda values: dict(zip(coalitions_of(PLAYERS), values, strict=True))
)


def test_gloves() -> None:
    """Two left gloves and one right: a pair is worth 6. The right glove is there when it joins second or third, and
    makes the pair then: 4 of 6 orders; each left one in the one order right, left, other (Shapley 1953)."""
    game = Game(("l1", "l2", "r"), lambda members: 6 if "r" in members and len(members) > 1 else 0)
    assert shapley(game) == {"l1": 1, "l2": 1, "r": 4}


def test_airport() -> None:
    """A runway is shared by all who need that much of it (Littlechild and Owen 1973).

    Costs alone 8, 11, 13, 18: 8/4 = 2; 2 + 3/3 = 3; 3 + 2/2 = 4; 4 + 5 = 9. Saved: 6, 8, 9, 9.
    """
    costs = {"a": 8, "b": 11, "c": 13, "d": 18}
    game = Game(PLAYERS, lambda members: sum(costs[each] for each in members) - max(costs[each] for each in members))
    assert {player: costs[player] - share for player, share in shapley(game).items()} == {
        "a": 2, "b": 3, "c": 4, "d": 9,
    }  # fmt: skip


def test_weighted_majority() -> None:
    """Votes 50, 49 and 1 with 51 to win: the first decides in 4 of 6 orders, the others in one (Shapley and Shubik
    1954)."""
    votes = {"a": 50, "b": 49, "c": 1}
    game = Game(("a", "b", "c"), lambda members: 6 * (sum(votes[each] for each in members) >= 51))
    assert shapley(game) == {"a": 4, "b": 1, "c": 1}


def test_in_a_convex_game_it_is_in_the_core() -> None:
    """Who joins later adds more: nobody leaves (Shapley 1971). Value: the square of the size."""
    values = {each: len(each) ** 2 for each in coalitions_of(PLAYERS)}
    shares = shapley(game_of(PLAYERS, values))
    assert set(shares.values()) == {4}
    assert not would_leave(PLAYERS, values, {player: float(share) for player, share in shares.items()})


@given(TABLES)
def test_shares_add_up_and_are_the_mean_over_orders(values: dict[Coalition, int]) -> None:
    """Efficiency, in fractions and in cents; and the definition, order by order."""
    game = game_of(PLAYERS, values)
    shares = shapley(game)
    assert sum(shares.values()) == values[frozenset(PLAYERS)]
    assert sum(whole_cents(shares, values[frozenset(PLAYERS)]).values()) == values[frozenset(PLAYERS)]
    total = dict.fromkeys(PLAYERS, 0)
    for order in permutations(PLAYERS):
        before: Coalition = frozenset()
        for player in order:
            total[player] += game.value(before | {player}) - game.value(before)
            before |= {player}
    assert shares == {player: Fraction(added, 24) for player, added in total.items()}


@given(TABLES, st.permutations(PLAYERS))
def test_names_do_not_matter(values: dict[Coalition, int], other: list[str]) -> None:
    """Players who change places change shares (anonymity), and the order in which they are named changes nothing."""
    renamed = dict(zip(PLAYERS, other, strict=True))
    moved = {frozenset(renamed[each] for each in members): value for members, value in values.items()}
    shares = shapley(game_of(PLAYERS, values))
    assert shapley(game_of(other, moved)) == {renamed[player]: share for player, share in shares.items()}
    assert shapley(game_of(other, values)) == shares


@given(TABLES, TABLES)
def test_games_can_be_added(one: dict[Coalition, int], other: dict[Coalition, int]) -> None:
    """The share in a sum of games is the sum of shares (additivity)."""
    both = shapley(game_of(PLAYERS, {each: one[each] + other[each] for each in one}))
    apart = shapley(game_of(PLAYERS, one)), shapley(game_of(PLAYERS, other))
    assert both == {player: apart[0][player] + apart[1][player] for player in PLAYERS}


@given(TABLES, st.integers(-50, 50))
def test_who_adds_the_same_gets_the_same(values: dict[Coalition, int], alone: int) -> None:
    """Symmetry: what b does for every coalition without a, a does too. Dummy: d adds only what it has alone."""

    def value(members: Coalition) -> int:
        rest = frozenset("c" for each in members if each == "c") | {
            each for each, _ in zip("ab", members & {"a", "b"}, strict=False)
        }
        return (values[rest] if rest else 0) + alone * ("d" in members)

    shares = shapley(Game(PLAYERS, value))
    assert shares["a"] == shares["b"]
    assert shares["d"] == alone


def test_weights_say_how_values_enter_the_shares() -> None:
    """The share is the weighed sum; a player's weights of coalitions with and without her cancel."""
    weights = shapley_weights(("a", "b"))
    assert weights["a"] == {
        frozenset("a"): Fraction(1, 2), frozenset("ab"): Fraction(1, 2), frozenset("b"): Fraction(-1, 2),
    }  # fmt: skip
    values = {frozenset("a"): 0, frozenset("b"): 0, frozenset("ab"): 10}
    assert weighed(weights, values) == {"a": 5, "b": 5}


def test_orders_and_parts() -> None:
    """Members are named in the order of the players; a coalition without ties to cut is its own part."""
    assert whole(frozenset("abc")) == (frozenset("abc"),)
    assert in_order("cab", frozenset("abc")) == ("c", "a", "b")
    assert Game(("a", "b"), len).grand == frozenset("ab")


def test_cents_go_to_the_largest_remainders() -> None:
    """10 cents for three: 3.33 each, the first gets the cent; 1.2, 2.5, 6.3: the second has the largest remainder."""
    assert whole_cents(dict.fromkeys("abc", Fraction(10, 3)), 10) == {"a": 4, "b": 3, "c": 3}
    assert whole_cents({"a": Fraction(6, 5), "b": Fraction(5, 2), "c": Fraction(63, 10)}, 10) == {
        "a": 1,
        "b": 3,
        "c": 6,
    }
    assert whole_cents({"a": Fraction(-1, 2), "b": Fraction(1, 2)}, 0) == {"a": 0, "b": 0}
    with pytest.raises(ValueError, match="add up"):
        whole_cents({"a": Fraction(1)}, 5)


@given(st.integers(-10_000, 10_000), st.lists(st.integers(0, 50), min_size=1, max_size=6))
def test_a_total_in_proportion_adds_up(total: int, weights: list[int]) -> None:
    """To the cent, each within a cent of its part; equally when there is nothing to weigh by."""
    named = {str(number): weight for number, weight in enumerate(weights)}
    parts = in_proportion(total, named)
    assert sum(parts.values()) == total
    even = not sum(weights)
    for who, weight in named.items():
        exact = total / len(weights) if even else total * weight / sum(weights)
        assert abs(parts[who] - exact) < 1
    assert in_proportion(5, {}) == {}
