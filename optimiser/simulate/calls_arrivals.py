"""Calls drawn from the tables and the seed alone: two plans of one instance meet the same calls."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import pairwise
from math import gcd, log, sqrt

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.call_share import MILLI
from optimiser.domain.calls import CallSource, CallType
from optimiser.domain.clock import HOUR
from optimiser.domain.instance import Instance
from optimiser.domain.response import measured_minutes

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
Columns = tuple[Counts, Numbers, Counts, NDArray[np.bool_], Numbers]
"""Round, minute, source, by phone, service."""


@dataclass(frozen=True)
class DrawnCalls:
    """Calls of ``rounds`` plays of the horizon, by round and then by time. Arrays of one length: ``round``, ``minute``
    (of the horizon), ``source`` (number), ``by_phone`` (bool), ``service`` (minutes at the client)."""

    seed: int
    rounds: int
    round: Counts
    minute: Numbers
    source: Counts
    by_phone: NDArray[np.bool_]
    service: Numbers
    bounds: tuple[int, ...]
    """Calls ``bounds[r]`` to ``bounds[r + 1]`` are those of round r."""
    paired: NDArray[np.bool_]
    """Under the stress of two calls: the calls that come two at once."""


@dataclass(frozen=True)
class Profile:
    """Expected calls of a source with one call in a plain week: ``expected[i]`` between ``edges[i]`` and
    ``edges[i + 1]`` (horizon minutes); the rate is constant in between."""

    edges: Numbers
    expected: Numbers

    @cached_property
    def _cumulated(self) -> Numbers:
        return np.concatenate(([0.0], np.cumsum(self.expected)))

    def times(self, uniforms: Numbers) -> Numbers:
        """Moments of calls for numbers between 0 and 1: the inverse of the cumulated rate."""
        whole = self._cumulated
        wanted = uniforms * whole[-1]
        slot = np.minimum(np.searchsorted(whole, wanted, side="right") - 1, len(self.expected) - 1)
        inside = (wanted - whole[slot]) / self.expected[slot]
        return np.asarray(self.edges[slot] + inside * (self.edges[slot + 1] - self.edges[slot]))


def profile(instance: Instance, type_id: str) -> Profile:
    """The rates of a call type over the weeks that the plan answers for; public holidays as Sundays."""
    times = [time for row in instance.call_hours if row.type == type_id for time in (row.from_time, row.until_time)]
    first, last = measured_minutes(instance)
    step = gcd(HOUR, first, *times)
    edges = list(range(first, last + 1, step))
    expected = [float(instance.call_rates.share(type_id, low, high)) for low, high in pairwise(edges)]
    return Profile(np.array(edges, dtype=float), np.array(expected))


def draw_calls(instance: Instance, rounds: int, seed: int) -> DrawnCalls:
    """Calls of all sources; a Poisson number for each source and round, at moments by the profile of its type.

    A round begins when the night before the horizon is over, of which the plan knows nothing, and ends with its last.
    """
    profiles = {row.id: profile(instance, row.id) for row in instance.call_types}
    types = {row.id: row for row in instance.call_types}
    columns: list[Columns] = []
    for number, source in enumerate(instance.call_sources):
        curve = profiles[source.type]
        mean = float(curve.expected.sum()) * source.weekly_millicalls / MILLI
        for play in range(rounds if mean > 0 else 0):
            columns.append(_drawn(number, source, types[source.type], curve, mean, play, seed))
    plays, minute, origin, by_phone, service = _joined(columns)
    order = np.lexsort((origin, minute, plays))
    bounds = np.searchsorted(plays[order], np.arange(rounds + 1))
    return DrawnCalls(
        seed, rounds, plays[order], minute[order], origin[order], by_phone[order], service[order],
        tuple(int(each) for each in bounds), np.zeros(len(order), dtype=np.bool_),
    )  # fmt: skip


def generator(*names: object) -> np.random.Generator:
    """Chance that hangs on the names alone, so that neither the plan nor the order of drawing matters."""
    digest = blake2b("\x1f".join(map(str, names)).encode(), digest_size=16).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest)))


def service_minutes(kind: CallType, chance: np.random.Generator, count: int) -> Numbers:
    """Lognormal lengths of visits with the type's mean and standard deviation."""
    spread = kind.service_spread_percent / 100
    variance = log(1 + spread * spread)
    exponent = chance.standard_normal(count) * sqrt(variance) - variance / 2
    return np.asarray(kind.service_minutes * np.exp(exponent))


def _drawn(
    number: int, source: CallSource, kind: CallType, curve: Profile, mean: float, play: int, seed: int
) -> Columns:
    chance = generator(seed, "calls", source.id, play)
    count = int(chance.poisson(mean))
    minutes = curve.times(chance.random(count))
    by_phone = chance.random(count) * 100 < kind.phone_percent
    return np.full(count, play), minutes, np.full(count, number), by_phone, service_minutes(kind, chance, count)


def _joined(columns: list[Columns]) -> Columns:
    nothing = np.array([], dtype=np.int64), np.array([]), np.array([], dtype=np.int64), np.array([], dtype=np.bool_)
    rows = [(*nothing, np.array([])), *columns]
    plays, minutes, origins, phones, services = zip(*rows, strict=True)
    return (
        np.concatenate(plays), np.concatenate(minutes), np.concatenate(origins), np.concatenate(phones),
        np.concatenate(services),
    )  # fmt: skip
