"""A game: its players and what each coalition gains, in whole cents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Coalition = frozenset[str]
Components = Callable[[Coalition], Iterable[Coalition]]
"""The parts of a coalition that have nothing to share with each other (one part: it holds together)."""


@dataclass(frozen=True)
class Game:
    """``value`` of any coalition of the players, in whole cents saved against being alone; the empty one has 0."""

    players: tuple[str, ...]
    value: Callable[[Coalition], int]

    @property
    def grand(self) -> Coalition:
        """All players."""
        return frozenset(self.players)


def coalitions_of(players: Sequence[str]) -> tuple[Coalition, ...]:
    """Every coalition but the empty one: by size, then in the order of the players."""
    sizes = range(1, len(players) + 1)
    return tuple(frozenset(members) for size in sizes for members in combinations(players, size))


def in_order(players: Sequence[str], coalition: Coalition) -> tuple[str, ...]:
    """The members in the order of the players."""
    return tuple(each for each in players if each in coalition)


def by_size(players: Sequence[str], coalitions: Iterable[Coalition]) -> tuple[Coalition, ...]:
    """Coalitions once each, parts before wholes: by size, then in the order of the players."""
    place = {player: number for number, player in enumerate(players)}
    return tuple(sorted(set(coalitions), key=lambda each: (len(each), sorted(place[player] for player in each))))


def whole(coalition: Coalition) -> tuple[Coalition, ...]:
    """The components where every coalition holds together."""
    return (coalition,)


def game_of(players: Sequence[str], values: Mapping[Coalition, int]) -> Game:
    """A game from a table; the empty coalition has 0. Asking for a coalition that is not in it is a ``KeyError``."""
    return Game(tuple(players), lambda members: values[members] if members else 0)
