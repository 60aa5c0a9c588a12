"""The nucleolus: the sharing whose worst-off coalition is as well off as can be, then the next worst, and so on.

Found as a sequence of linear programs. Sources: D. Schmeidler, The nucleolus of a characteristic function game, SIAM
Journal on Applied Mathematics 17, 1969; the sequence: Maschler, Peleg and Shapley 1979 (see ``core``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from optimiser.model.linear import LinearRow, solve_linear
from optimiser.studies.games.core import Values, proper, together
from optimiser.studies.games.game import Coalition

TIGHT = 1e-7
"""A price above it shows that a row holds with equality in every best solution."""


def nucleolus(players: Sequence[str], values: Values) -> dict[str, float]:
    """The nucleolus over the coalitions in ``values`` (each player alone and all together are among them).

    Nobody gets less than alone, where that can be; else (all together gain less than the sum of each alone) the same
    without that condition, the prenucleolus.
    """
    number = {player: place for place, player in enumerate(players)}
    open_ones = proper(players, values)
    fixed = [together(number, players, values[frozenset(players)])]
    alone = sum(values[frozenset({player})] for player in players)
    floors = [
        LinearRow({number[player]: 1.0}, low=float(values[frozenset({player})]))
        for player in players
        if alone <= values[frozenset(players)]
    ]
    vectors = [np.ones(len(players))]
    shares = dict.fromkeys(players, values[frozenset(players)] / len(players))
    while np.linalg.matrix_rank(np.array(vectors)) < len(players):
        shares, tight = _step(number, open_ones, fixed, floors)
        for each, amount in tight.items():
            vector = _vector(number, each)
            if np.linalg.matrix_rank(np.array([*vectors, vector])) > len(vectors):
                vectors.append(vector)
                fixed.append(LinearRow({number[player]: 1.0 for player in each}, amount, amount))
        open_ones = {
            each: value
            for each, value in open_ones.items()
            if np.linalg.matrix_rank(np.array([*vectors, _vector(number, each)])) > len(vectors)
        }
    return shares


def _step(
    number: Mapping[str, int], open_ones: Mapping[Coalition, int], fixed: list[LinearRow], floors: list[LinearRow]
) -> tuple[dict[str, float], dict[Coalition, float]]:
    """Shares that make the worst excess of the open coalitions least, and the coalitions that then are always worst
    with what they get."""
    epsilon = len(number)
    rows = [
        LinearRow({number[player]: 1.0 for player in each} | {epsilon: 1.0}, low=float(value))
        for each, value in open_ones.items()
    ]
    answer = solve_linear([0.0] * len(number) + [1.0], [*rows, *fixed, *floors])
    if answer is None:
        raise ValueError("the nucleolus needs each player alone and all together among the coalitions")
    tight = {
        each: value - answer.cost
        for (each, value), price in zip(open_ones.items(), answer.prices, strict=False)
        if price > TIGHT
    }
    return dict(zip(number, answer.values[:-1], strict=True)), tight


def _vector(number: Mapping[str, int], members: Coalition) -> np.ndarray:
    vector = np.zeros(len(number))
    vector[[number[each] for each in members]] = 1.0
    return vector
