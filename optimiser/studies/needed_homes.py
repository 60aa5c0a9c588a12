"""What the homes of those on duty do: whom they reach in time when all are free, over many draws of who is on duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.instance import Instance
from optimiser.scenario.reaching import Reaching
from optimiser.studies.needed_shifts import Choice, Shift

UNLUCKY, LUCKY = 10, 90
"""Percentiles over the draws."""


class Homes:
    """Which sources of a shift each nurse who may do it reaches within the norm, from where her duty waits."""

    def __init__(self, instance: Instance, reaching: Reaching, shift: Shift, visits: Mapping[int, float]) -> None:
        self._instance, self._reaching, self._norm = instance, reaching, instance.response.norm_minutes
        self._sources = np.array(sorted(visits), dtype=np.int64)
        self._weights = np.array([visits[each] for each in sorted(visits)])
        self._shift = shift

    def reaches(self, choice: Choice) -> NDArray[np.bool_]:
        """Bool [source with visits]."""
        nurse, day, number = choice
        kind = self._instance.shift_kinds[number]
        way = self._reaching.way(self._instance.nurses[nurse].id, kind, day)
        return np.asarray(self._reaching.response(way, kind)[self._sources] <= self._norm)

    def near(self) -> tuple[list[int], list[float], int]:
        """On the day on which fewest may: how many of them reach each source, the visits of the sources, and how many
        may."""
        table = self.table()
        return [int(each) for each in table.sum(axis=0)], [float(each) for each in self._weights], len(table)

    def table(self) -> NDArray[np.bool_]:
        """Bool [who may, source with visits] on that day: whom she reaches within the norm."""
        may = min((day.may for day in self._shift.days), key=len)
        return np.array([self.reaches(each) for each in may], dtype=np.bool_).reshape(len(may), len(self._sources))

    def most(self) -> float:
        """The share of visits that somebody who may reaches, were all of them on duty and free (the day on which fewest
        may)."""
        near, weights, _ = self.near()
        whole = sum(weights)
        return sum(part for each, part in zip(near, weights, strict=True) if each) / whole if whole else 0.0

    def minutes(self) -> float:
        """Mean response of who may, over the visits."""
        may = min((day.may for day in self._shift.days), key=len)
        rows = []
        for nurse, day, number in may:
            kind = self._instance.shift_kinds[number]
            way = self._reaching.way(self._instance.nurses[nurse].id, kind, day)
            rows.append(float(np.average(self._reaching.response(way, kind)[self._sources], weights=self._weights)))
        return sum(rows) / len(rows) if rows else 0.0

    def spread(self, drawn: Sequence[Sequence[Choice]]) -> tuple[float, float]:
        """The share of visits that an unlucky and a lucky shift reaches, over shifts on duty as drawn."""
        shares = [
            float(self._weights[np.logical_or.reduce([self.reaches(each) for each in shift])].sum())
            for shift in drawn if shift
        ]  # fmt: skip
        if not shares or not self._weights.sum():
            return 0.0, 0.0
        low, high = np.percentile(np.array(shares) / self._weights.sum(), (UNLUCKY, LUCKY))
        return round(float(low), 4), round(float(high), 4)
