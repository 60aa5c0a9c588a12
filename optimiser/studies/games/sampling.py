"""The Shapley value from sampled orders of joining: each order together with its reverse (antithetic).

Sources: J. Castro, D. Gomez, J. Tejada, Polynomial calculation of the Shapley value based on sampling, Computers and
Operations Research 36, 2009; R. Mitchell et al., Sampling permutations for Shapley value estimation, JMLR 23, 2022.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from optimiser.studies.games.game import Coalition, Components, Game, whole
from optimiser.studies.games.shapley import weighed

MOST_PAIRS = 2_000
Order = tuple[str, ...]
Pair = tuple[Order, Order]


@dataclass(frozen=True)
class Sampled:
    """Shares that add up exactly, over ``pairs`` of orders. ``errors``: the standard error of each share, a pair being
    one observation; None with fewer than two pairs. ``evaluated``: the distinct coalitions that were asked."""

    shares: dict[str, Fraction]
    errors: dict[str, float] | None
    pairs: tuple[Pair, ...]
    evaluated: tuple[Coalition, ...]


def pairs_within(
    players: Sequence[str], budget: int, seed: int, components: Components = whole
) -> tuple[tuple[Pair, ...], tuple[Coalition, ...]]:
    """The pairs of orders that can be had with ``budget`` coalitions, and these coalitions.

    Every player alone is always among them (and, with a pair, all together). Pairs are drawn until the next one would
    ask for more than the budget, or ``MOST_PAIRS`` of them. Which pairs these are depends on the seed and on what
    coalitions they have in common, never on values, so coalitions can be computed ahead.
    """
    known: dict[Coalition, None] = dict.fromkeys(frozenset({player}) for player in players)
    drawn: list[Pair] = []
    for pair in _pairs(players, seed):
        wanted = dict.fromkeys(part for order in pair for members in _prefixes(order) for part in components(members))
        if len(known | wanted) > budget or len(drawn) == MOST_PAIRS:
            break
        known |= wanted
        drawn.append(pair)
    return tuple(drawn), tuple(known)


def sampled_weights(players: Sequence[str], pairs: Sequence[Pair]) -> dict[str, dict[Coalition, Fraction]]:
    """The weights of coalitions' values in the mean of what each player adds over the orders."""
    share = Fraction(1, 2 * len(pairs))
    found: dict[str, dict[Coalition, Fraction]] = {player: {} for player in players}
    for order in (order for pair in pairs for order in pair):
        before: Coalition = frozenset()
        for player in order:
            after = before | {player}
            found[player][after] = found[player].get(after, Fraction(0)) + share
            if before:
                found[player][before] = found[player].get(before, Fraction(0)) - share
            before = after
    return found


def sample_shapley(game: Game, budget: int, seed: int, components: Components = whole) -> Sampled:
    """The Shapley value over the pairs that the budget allows; ``ValueError`` when it allows none."""
    pairs, coalitions = pairs_within(game.players, budget, seed, components)
    if not pairs:
        raise ValueError(f"{budget} coalitions are too few for one pair of orders of {len(game.players)}")
    parts = {each: game.value(each) for each in coalitions}
    prefixes = {members for pair in pairs for order in pair for members in _prefixes(order)}
    values = {members: sum(parts[part] for part in components(members)) for members in prefixes}
    shares = weighed(sampled_weights(game.players, pairs), values)
    errors = {player: sampling_error(pairs, values, frozenset({player})) for player in game.players}
    known = {player: error for player, error in errors.items() if error is not None}
    return Sampled(shares, known or None, pairs, coalitions)


def sampling_error(pairs: Sequence[Pair], values: Mapping[Coalition, int], members: Coalition) -> float | None:
    """The standard error that sampling leaves in what these members get together; None with fewer than two pairs."""
    if len(pairs) < 2:
        return None
    seen = [_added(first, values, members) + _added(second, values, members) for first, second in pairs]
    mean = sum(seen) / len(seen)
    variance = sum((each - mean) ** 2 for each in seen) / (len(seen) - 1)
    return sqrt(variance / len(seen)) / 2


def _added(order: Order, values: Mapping[Coalition, int], members: Coalition) -> int:
    """What the members add in one order, together."""
    before: Coalition = frozenset()
    total = 0
    for player in order:
        after = before | {player}
        if player in members:
            total += values[after] - (values[before] if before else 0)
        before = after
    return total


def _pairs(players: Sequence[str], seed: int) -> Iterator[Pair]:
    """Orders with their reverse, for ever."""
    chance = random.Random(seed)
    while True:
        order = list(players)
        chance.shuffle(order)
        yield tuple(order), tuple(reversed(order))


def _prefixes(order: Order) -> Iterator[Coalition]:
    """The coalitions on the way."""
    return (frozenset(order[:length]) for length in range(1, len(order) + 1))
