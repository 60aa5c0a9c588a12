"""Who is ill on which days: spells per nurse, so that the expected share of ill days is what was asked."""

from __future__ import annotations

from functools import lru_cache

from optimiser.domain.instance import Instance
from optimiser.simulate.draws import uniform
from optimiser.simulate.settings import ChanceSettings

Lengths = tuple[tuple[int, float], ...]
STEPS = 60


def ill_days(instance: Instance, settings: ChanceSettings, *seed: object) -> dict[str, frozenset[int]]:
    """Nurse id -> day numbers of the horizon on which she is ill; nurses who never are, are left out.

    Each calendar day a spell may begin, with the same probability; spells may overlap. Those that began before the
    horizon (but after publication) count too, so that every day is as likely an ill day as any other.
    """
    start = chance_of_a_start(settings.absence_percent, settings.spell_days)
    if not start:
        return {}
    longest = max(days for days, _ in settings.spell_days)
    found: dict[str, frozenset[int]] = {}
    for nurse in instance.nurses:
        days: set[int] = set()
        for first in range(1 - longest, instance.days):
            if uniform(*seed, "ill", nurse.id, first) < start:
                length = _length(settings.spell_days, uniform(*seed, "spell", nurse.id, first))
                days.update(range(max(0, first), min(instance.days, first + length)))
        if days:
            found[nurse.id] = frozenset(days)
    return found


@lru_cache(maxsize=64)
def chance_of_a_start(percent: float, lengths: Lengths) -> float:
    """The daily probability that a spell begins, for which ``percent`` of all days are ill days.

    A day is well when no spell covers it: the product over k of ``1 - p P(length > k)``; solved by halving.
    """
    total = sum(share for _, share in lengths)
    if not percent or not total:
        return 0.0
    longest = max(days for days, _ in lengths)
    longer = [sum(share for days, share in lengths if days > k) / total for k in range(longest)]
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        well = 1.0
        for share in longer:
            well *= 1 - middle * share
        low, high = (middle, high) if 1 - well < percent / 100 else (low, middle)
    return (low + high) / 2


def _length(lengths: Lengths, drawn: float) -> int:
    rest = drawn * sum(share for _, share in lengths)
    for days, share in lengths:
        rest -= share
        if rest < 0:
            return days
    return lengths[-1][0]
