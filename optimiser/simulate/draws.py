"""Chance by name: what happens to somebody hangs on who it is and on the seed, never on the order of drawing.

So the same nurse falls ill on the same days in every scenario, and differences between scenarios are paired.
"""

from __future__ import annotations

from hashlib import blake2b
from math import exp
from statistics import NormalDist

STANDARD = NormalDist()
RANGE = 2**53


def uniform(*names: object) -> float:
    """A number above 0 and below 1 that hangs on the names alone, the same on every machine."""
    digest = blake2b("\x1f".join(map(str, names)).encode(), digest_size=8).digest()
    return ((int.from_bytes(digest) >> 11) + 0.5) / RANGE


def happens(percent: float, *names: object) -> bool:
    """True in ``percent`` of all names."""
    return percent > 0 and uniform(*names) < percent / 100


def factor(longer_percent: float, spread: float, *names: object) -> float:
    """A lognormal factor with mean ``1 + longer_percent / 100``; ``spread`` is the deviation of its logarithm."""
    mean = 1 + longer_percent / 100
    return mean * exp(spread * STANDARD.inv_cdf(uniform(*names)) - spread * spread / 2) if spread else mean
