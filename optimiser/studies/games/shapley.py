"""The Shapley value: what each player adds on average over all orders of joining.

Written as weights on the values of coalitions, so that noise in the values can be followed into the shares.
Source: L. S. Shapley, A value for n-person games, Contributions to the Theory of Games II, 1953.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial

from optimiser.studies.games.game import Coalition, Game

Weights = Mapping[str, Mapping[Coalition, Fraction]]
"""Player -> coalition -> how much one cent of the coalition's value changes the player's share."""


def shapley_weights(players: Sequence[str]) -> dict[str, dict[Coalition, Fraction]]:
    """The weights over all orders: ``(s - 1)! (n - s)! / n!`` of each coalition of size s with the player, and less
    that of the coalition without her."""
    count = len(players)
    chance = [Fraction(factorial(size) * factorial(count - size - 1), factorial(count)) for size in range(count)]
    found: dict[str, dict[Coalition, Fraction]] = {}
    for player in players:
        others = [each for each in players if each != player]
        found[player] = {}
        for size in range(count):
            for before in combinations(others, size):
                found[player][frozenset(before) | {player}] = chance[size]
                if before:
                    found[player][frozenset(before)] = -chance[size]
    return found


def weighed(weights: Weights, values: Mapping[Coalition, int]) -> dict[str, Fraction]:
    """The share of each player by such weights."""
    return {
        player: sum((weight * values[each] for each, weight in forms.items()), Fraction(0))
        for player, forms in weights.items()
    }


def shapley(game: Game) -> dict[str, Fraction]:
    """The exact Shapley value; asks for every coalition."""
    weights = shapley_weights(game.players)
    return weighed(weights, {each: game.value(each) for forms in weights.values() for each in forms})
