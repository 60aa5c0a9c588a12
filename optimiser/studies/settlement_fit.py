"""The two amounts of the Dutch scheme, in whole cents, that pay what an allocation says as nearly as possible."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor

MOST_STEPS = 20_000
"""Subscriptions tried on either side of the best real one."""


def fit_amounts(
    targets: Sequence[int], per_subscription: Sequence[Fraction], per_fee: Sequence[int], usual_fee: int
) -> tuple[int, int]:
    """Subscription and fee (cents, none below zero) with the least sum of squared differences from the targets.

    One cent of subscription gives organisation i ``per_subscription[i]`` cents, one cent of fee ``per_fee[i]``. Where
    many pairs fit equally well, as with two organisations, the fee is ``usual_fee`` as far as the subscription then
    stays above zero.
    """
    fit = _scaled(targets, per_subscription, per_fee)
    if fit.aa * fit.ff != fit.af**2:
        return fit.searched()
    if not fit.aa:
        return 0, fit.fee(0) if fit.ff else usual_fee
    subscription = fit.subscription(usual_fee)
    if subscription or not fit.ff:
        return subscription, usual_fee
    return 0, fit.fee(0)


def fit_beside(
    targets: Sequence[int], per_subscription: Sequence[Fraction], per_fee: Sequence[int], *,
    subscription: int | None = None, fee: int | None = None,
) -> tuple[int, int]:  # fmt: skip
    """The same where one of the two amounts is set: the other one that fits best (0 where it changes nothing)."""
    fit = _scaled(targets, per_subscription, per_fee)
    if fee is not None:
        return (fit.subscription(fee) if fit.aa else 0), fee
    assert subscription is not None
    return subscription, fit.fee(subscription) if fit.ff else 0


def _scaled(targets: Sequence[int], per_subscription: Sequence[Fraction], per_fee: Sequence[int]) -> _Fit:
    """The same sums in whole numbers."""
    scale = _common(per_subscription)
    one = [int(scale * each) for each in per_subscription]
    return _Fit([scale * each for each in targets], one, [scale * each for each in per_fee])


def _common(parts: Sequence[Fraction]) -> int:
    """A whole number that makes each part whole."""
    found = 1
    for part in parts:
        found *= (part * found).denominator
    return found


class _Fit:
    """Sums of products of targets, what a subscription gives and what a fee gives; all whole."""

    def __init__(self, targets: list[int], one: list[int], fee: list[int]) -> None:
        self._rows = list(zip(targets, one, fee, strict=True))
        self.aa, self.ff = sum(a * a for a in one), sum(f * f for f in fee)
        self.af = sum(a * f for a, f in zip(one, fee, strict=True))

    def subscription(self, fee: int) -> int:
        """The best subscription beside a fee."""
        return max(0, _nearest(sum(a * (t - fee * f) for t, a, f in self._rows), self.aa))

    def fee(self, subscription: int) -> int:
        """The best fee beside a subscription."""
        return max(0, _nearest(self._toward(subscription), self.ff))

    def _toward(self, subscription: int) -> int:
        return sum(f * (t - subscription * a) for t, a, f in self._rows)

    def _missed(self, subscription: int, fee: int) -> int:
        return sum((t - subscription * a - fee * f) ** 2 for t, a, f in self._rows)

    def _floor(self, subscription: int) -> Fraction:
        """What no fee beside this subscription can go below, whole cents or not."""
        plain = sum((t - subscription * a) ** 2 for t, a, _ in self._rows)
        return plain - Fraction(max(0, self._toward(subscription)) ** 2, self.ff)

    def searched(self) -> tuple[int, int]:
        """The best pair: outward from the best real subscription, until no fee can be better than the best so far."""
        ta = sum(t * a for t, a, _ in self._rows)
        tf = sum(t * f for t, _, f in self._rows)
        best_real = Fraction(ta * self.ff - tf * self.af, self.aa * self.ff - self.af**2)
        if ta * self.ff < tf * self.af:
            best_real = Fraction(0)
        elif best_real * self.af > tf:  # the fee would be below zero: then the best subscription is that without one
            best_real = max(Fraction(0), Fraction(ta, self.aa))
        middle = floor(best_real)
        best = (middle, self.fee(middle))
        missed = self._missed(*best)
        for step, from_here in ((-1, middle - 1), (1, middle + 1)):
            for subscription in range(from_here, from_here + step * MOST_STEPS, step):
                if subscription < 0 or self._floor(subscription) >= missed:
                    break
                fee = self.fee(subscription)
                if self._missed(subscription, fee) < missed:
                    best, missed = (subscription, fee), self._missed(subscription, fee)
        return best


def _nearest(over: int, under: int) -> int:
    """The whole number nearest to a quotient."""
    return floor(Fraction(over, under) + Fraction(1, 2))
