"""The equal profit method: savings as a percentage of the cost alone that differ as little as the core allows.

Source: M. Frisk, M. Goethe-Lundgren, K. Jornsten, M. Ronnqvist, Cost allocation in collaborative forest
transportation, European Journal of Operational Research 205, 2010.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from optimiser.model.linear import LinearRow, solve_linear
from optimiser.studies.games.core import TOLERANCE, Values, least_core, proper, together


@dataclass(frozen=True)
class EqualProfit:
    """Shares of the gain; ``spread``: the largest difference of two organisations' savings as a part of their cost
    alone (0.02: two percent points); ``relaxed``: by how much coalitions' claims were lowered, 0 with a core."""

    shares: dict[str, float]
    spread: float
    relaxed: float


def equal_profit(players: Sequence[str], values: Values, alone: Mapping[str, int]) -> EqualProfit:
    """Shares with the least largest difference in relative savings among those in the core of ``values``.

    Where the core is empty each coalition's claim is lowered by the least core's epsilon. Shares with the same largest
    difference can be several; then those in which the least relative saving is largest. ``alone``: cost of each alone,
    above zero (``ValueError``).
    """
    if any(alone[player] <= 0 for player in players):
        raise ValueError("equal profit needs a cost above zero for each player alone")
    relaxed = max(0.0, least_core(players, values).epsilon)
    relaxed = relaxed if relaxed > TOLERANCE else 0.0
    number = {player: place for place, player in enumerate(players)}
    spread, least = len(players), len(players) + 1
    # relative savings are told in cents of a cost of middle size, so that the solver meets numbers of one size
    unit = sum(alone.values()) / len(alone)
    part = {player: unit / alone[player] for player in players}
    rows = [together(number, players, values[frozenset(players)])]
    for each, value in proper(players, values).items():
        rows.append(LinearRow({number[player]: 1.0 for player in each}, low=value - relaxed))
    for one, other in permutations(players, 2):
        rows.append(LinearRow({number[one]: part[one], number[other]: -part[other], spread: -1.0}, high=0.0))
    rows += [LinearRow({number[player]: part[player], least: -1.0}, low=0.0) for player in players]
    first = solve_linear([0.0] * len(players) + [1.0, 0.0], rows)
    if first is None:
        raise ValueError("equal profit needs each player alone and all together among the coalitions")
    rows.append(LinearRow({spread: 1.0}, high=first.cost + TOLERANCE))
    second = solve_linear([0.0] * len(players) + [0.0, -1.0], rows) or first
    shares = dict(zip(players, second.values[: len(players)], strict=True))
    return EqualProfit(shares, first.cost / unit, relaxed)
