"""A random state of our own in an array (xorshift64*), so that runs repeat on every machine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimiser.search.kernel.compiled import inlined
from optimiser.search.kernel.data import Random


def seeded(seed: int) -> NDArray[np.uint64]:
    """A state from a seed; different seeds give unrelated states (splitmix64)."""
    word = (seed * 0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15) % 2**64
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) % 2**64
    return np.array([(word ^ (word >> 31)) or 1], dtype=np.uint64)


@inlined
def next_word(state: Random) -> np.uint64:
    """The next 64 random bits."""
    word = state[0]
    word ^= word >> np.uint64(12)
    word ^= word << np.uint64(25)
    word ^= word >> np.uint64(27)
    state[0] = word
    return word * np.uint64(2685821657736338717)


@inlined
def below(state: Random, limit: int) -> int:
    """A whole number from 0 to ``limit - 1``."""
    return np.int64((next_word(state) >> np.uint64(33)) % np.uint64(limit))


@inlined
def unit(state: Random) -> float:
    """A number in [0, 1)."""
    return float(next_word(state) >> np.uint64(11)) * 1.1102230246251565e-16
