"""The core: ways to share that leave no coalition better off by itself.

Sources: D. B. Gillies, Solutions to general non-zero-sum games, 1959; least core: M. Maschler, B. Peleg, L. S. Shapley,
Geometric properties of the kernel, nucleolus, and related solution concepts, Mathematics of OR 4, 1979.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from optimiser.model.linear import LinearRow, solve_linear
from optimiser.studies.games.game import Coalition

Values = Mapping[Coalition, int]
TOLERANCE = 1e-3
"""Of a cent: what a linear program may be off."""


@dataclass(frozen=True)
class LeastCore:
    """``epsilon``: the least by which the worst-off coalition falls short over all ways to share (below zero: each gets
    at least so much more than by itself), and one such way. ``weights``: epsilon as a weighed sum of values, as long as
    these change little; so noise in values can be followed into it."""

    epsilon: float
    shares: dict[str, float]
    weights: dict[Coalition, float]

    @property
    def empty(self) -> bool:
        """Whether no way to share satisfies every coalition."""
        return self.epsilon > TOLERANCE


def excess(members: Coalition, value: int, shares: Mapping[str, float]) -> float:
    """What the members would gain by leaving: their own value less what they get; below zero they would lose."""
    return value - sum(shares[each] for each in members)


def would_leave(players: Sequence[str], values: Values, shares: Mapping[str, float]) -> dict[Coalition, float]:
    """Coalitions (of those in ``values``, all together left out) that gain by leaving, and how much."""
    found = {each: excess(each, value, shares) for each, value in proper(players, values).items()}
    return {each: gain for each, gain in found.items() if gain > TOLERANCE}


def proper(players: Sequence[str], values: Values) -> dict[Coalition, int]:
    """The coalitions of some but not all players."""
    return {each: value for each, value in values.items() if each and len(each) < len(players)}


def least_core(players: Sequence[str], values: Values) -> LeastCore:
    """The least core over the coalitions in ``values``, which holds all players together.

    Over some coalitions only, the answer is a floor: with more coalitions epsilon never falls. A single player has
    nobody to leave: epsilon 0.
    """
    total = values[frozenset(players)]
    if len(players) == 1:
        return LeastCore(0.0, {players[0]: float(total)}, {})
    number = {player: place for place, player in enumerate(players)}
    epsilon = len(players)
    rows = [together(number, players, total)]
    rest = proper(players, values)
    for each, value in rest.items():
        rows.append(LinearRow(dict.fromkeys(_numbers(number, each), 1.0) | {epsilon: 1.0}, low=float(value)))
    answer = solve_linear([0.0] * len(players) + [1.0], rows)
    if answer is None:
        raise ValueError("the least core needs each player alone among the coalitions")
    shares = dict(zip(players, answer.values[:-1], strict=True))
    weights = {each: price for each, price in zip((frozenset(players), *rest), answer.prices, strict=True) if price}
    return LeastCore(answer.cost, shares, weights)


def together(number: Mapping[str, int], players: Iterable[str], total: float) -> LinearRow:
    """The row that says that shares add up to the total."""
    return LinearRow(dict.fromkeys(_numbers(number, players), 1.0), total, total)


def _numbers(number: Mapping[str, int], players: Iterable[str]) -> list[int]:
    return sorted(number[each] for each in players)
