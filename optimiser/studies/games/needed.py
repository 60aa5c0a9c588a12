"""Which coalitions must be planned before a gain can be shared, known ahead so that they can run side by side."""

from __future__ import annotations

from collections.abc import Sequence

from optimiser.studies.games.game import Coalition, Components, by_size, coalitions_of, whole
from optimiser.studies.games.sampling import pairs_within

EXACT_UP_TO = 4
EXACT_AT_MOST = 10


def connected(players: Sequence[str], components: Components = whole) -> tuple[Coalition, ...]:
    """Every coalition that holds together, parts before wholes."""
    return by_size(players, (part for each in coalitions_of(players) for part in components(each)))


def exact_possible(players: Sequence[str], budget: int, components: Components = whole) -> bool:
    """Whether all coalitions are planned: always up to four organisations, up to ten when the budget allows it."""
    if len(players) <= EXACT_UP_TO:
        return True
    return len(players) <= EXACT_AT_MOST and len(connected(players, components)) <= budget


def coalitions_needed(
    players: Sequence[str], components: Components = whole, exact: bool = True, budget: int = 0, seed: int = 0
) -> tuple[Coalition, ...]:
    """The coalitions to plan, parts before wholes: all that hold together, or those of the sampled orders.

    Without ``exact`` at most ``budget`` of them, each organisation alone included (and these always, and all
    together). Coalitions that fall apart are not in it: their parts are.
    """
    if exact:
        return connected(players, components)
    _, known = pairs_within(players, budget, seed, components)
    return by_size(players, (*known, *components(frozenset(players))))
