"""Amounts in whole cents that add up."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import floor


def whole_cents(amounts: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """Amounts rounded to cents that add up to ``total``, by largest remainders.

    Each is rounded down; the cents that then lack go one by one to those with the largest remainders, the first named
    first among equals. So equal amounts may differ by one cent. The exact amounts must add up to within a cent for each
    of them; else ``ValueError``.
    """
    cents = {who: floor(amount) for who, amount in amounts.items()}
    lacking = total - sum(cents.values())
    if not 0 <= lacking <= len(cents):
        raise ValueError(f"amounts add up to {float(sum(amounts.values()))}, not to {total}")
    ranked = sorted(amounts, key=lambda who: floor(amounts[who]) - amounts[who])
    for who in ranked[:lacking]:
        cents[who] += 1
    return cents


def in_proportion(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """A total in cents shared in proportion to weights (equally when all are 0), to the cent."""
    everything = sum(weights.values())
    if not weights:
        return {}
    parts = {
        who: Fraction(total * weight, everything) if everything else Fraction(total, len(weights))
        for who, weight in weights.items()
    }
    return whole_cents(parts, total)
