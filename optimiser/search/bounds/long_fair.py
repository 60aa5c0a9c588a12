"""Fairness in the bound of long rosters: each nurse's evenings, nights, weekends and holidays have a price of their
own, and squares above a pro-rata target cost no less than what these prices say."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimiser.search.kernel.data import Duties
from optimiser.search.kernel.duty_cost import FAIR
from optimiser.search.kernel.long_rows import Ints


class FairShare:
    """One label. ``most`` [N]: so often a nurse can have it in the horizon at most."""

    def __init__(self, duties: Duties, label: int, most: Ints, scale: int) -> None:
        self.shares = np.flatnonzero((duties.fair[label, :, 0] == 1) & (duties.contract >= 0))
        known, contract = duties.fair[label, self.shares, 1], duties.contract[self.shares]
        self.most, self._known, whole = most[self.shares], int(known.sum()), int(contract.sum())
        self._says = whole > 0 and int(duties.weight[FAIR]) > 0 and int(self.most.sum()) > 0
        if not self._says:
            return
        self._totals = np.arange(self._known, self._known + int(self.most.sum()) + 1)
        share = -(-self._totals[:, None] * contract // whole)
        self._target = np.minimum(np.maximum(0, share - known), self.most)
        self._times = np.arange(int(self.most.max()) + 1)
        above = np.maximum(0, self._times - self._times[:, None])
        self._cost = scale * int(duties.weight[FAIR]) * above * above
        self._never = np.where(self._times > self.most[:, None], 1 << 50, 0)
        self._part = contract / whole

    def together(self, price: Ints) -> int:
        """What one more of the sum is worth: it raises all targets, so the mean of the prices."""
        return int(np.rint(self._part @ price)) if self._says else 0

    def least(self, price: Ints, had: Ints) -> tuple[int, NDArray[np.float64]]:
        """What fairness costs at least beyond ``price`` [shares] for each one of a nurse's number, less ``together``
        for each of the sum; the slope of the prices where rows hold ``had``."""
        if not self._says:
            return 0, np.zeros(len(self.shares))
        one = self.together(price)
        costs = self._cost[None] - price[:, None, None] * self._times + self._never[:, None, :]
        best, nurses = costs.min(axis=2), np.arange(len(self.shares))
        sums = best[nurses, self._target].sum(axis=1) + one * (self._totals - self._known)
        # of equal ones those nearest to what rows hold
        equal = np.flatnonzero(sums == sums.min())
        total = equal[np.abs(self._totals[equal] - self._known - had.sum()).argmin()]
        target = self._target[total]
        same = costs[nurses, target] == best[nurses, target][:, None]
        numbers = np.where(same, np.abs(self._times - had[:, None]), 1 << 50).argmin(axis=1)
        return int(sums[total]), had - numbers + self._part * (self._totals[total] - self._known - had.sum())
