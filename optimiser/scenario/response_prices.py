"""What a duty costs in response to calls: expected visits too late, and expected travel."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.call_share import MILLI, call_share
from optimiser.domain.duty import ShiftKind
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.problem import CoverDay
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.scenario.catchment import Catchment, Catchments, answering_numbers
from optimiser.scenario.reaching import Reaching, Way

Prices = dict[str, NDArray[np.int32]]
TERMS = ("late_calls", "call_travel")
LINE = 1


def response_prices(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, cover: Sequence[CoverDay]
) -> Prices:
    """Term name -> int32 [nurse, day, kind] of ``late_calls`` and ``call_travel`` (plan language 46); ``{}`` without
    calls or without duties that answer them."""
    if not instance.call_sources or not any(each.line == LINE for each in instance.shift_kinds):
        return {}
    shape = (len(instance.nurses), instance.days, len(instance.shift_kinds))
    late, under_way = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.int32)
    priced = _Priced(instance, contract, travel)
    answering = answering_numbers(instance, cover).tolist()
    found: dict[tuple[str, Way, Catchment, int, int], tuple[int, int]] = {}
    for column, kind in enumerate(instance.shift_kinds):
        if kind.line != LINE:
            continue
        numbers: dict[tuple[Fraction, ...], int] = {}
        shares = [numbers.setdefault(visit_shares(instance, kind, day), day) for day in range(instance.days)]
        by_day = {day: each for each, day in numbers.items()}
        for row, nurse in enumerate(instance.nurses):
            if nurse.experience != "experienced":
                continue
            for day in range(instance.days):
                way, catchment = priced.reaching.way(nurse.id, kind, day), priced.catchments.of(nurse, kind, day)
                key = (kind.id, way, catchment, shares[day], answering[row][day][column])
                if key not in found:
                    found[key] = priced.price(kind, way, catchment, by_day[shares[day]], key[-1])
                late[row, day, column], under_way[row, day, column] = found[key]
    return dict(zip(TERMS, (late, under_way), strict=True))


def visit_shares(instance: Instance, kind: ShiftKind, day: int) -> tuple[Fraction, ...]:
    """By call type in order: visits during a duty that starts on a day number, for each call in a plain week."""
    segments = segment_bounds(kind, instance.clock, day)
    return tuple(
        Fraction(100 - each.phone_percent, 100)
        * sum((call_share(instance, each.id, start, end) for start, end in segments), Fraction(0))
        for each in instance.call_types
    )


def half_up(value: Fraction) -> int:
    """Rounded to a whole number; halves go up."""
    return int((2 * value + 1) // 2)


class _Priced:
    """Calls by type that a duty can reach, and minutes to them; equal ways are worked out once."""

    def __init__(self, instance: Instance, contract: SharingContract, travel: TravelMatrix) -> None:
        self.catchments, self.reaching = Catchments(instance, contract), Reaching(instance, travel)
        self._norm = instance.response.norm_minutes
        number = {each.id: index for index, each in enumerate(instance.call_types)}
        self._calls = np.zeros((len(instance.call_types), len(instance.call_sources)), dtype=np.int64)
        for column, source in enumerate(instance.call_sources):
            self._calls[number[source.type], column] = source.weekly_millicalls
        self._sums: dict[tuple[Way, int, Catchment], tuple[list[int], list[int]]] = {}

    def price(
        self, kind: ShiftKind, way: Way, catchment: Catchment, shares: tuple[Fraction, ...], answering: int
    ) -> tuple[int, int]:
        """Late calls in hundredths and minutes of travel of a duty."""
        late, minutes = self._by_type(kind, way, catchment)
        return half_up(100 * _expected(late, shares) / answering), half_up(_expected(minutes, shares) / answering)

    def _by_type(self, kind: ShiftKind, way: Way, catchment: Catchment) -> tuple[list[int], list[int]]:
        """By call type: weekly thousandths of calls that are too far, and those times their minutes of travel."""
        response = self.reaching.response(way, kind)
        key = (way, int(response[0] - self.reaching.travel(way)[0]), catchment)
        if key not in self._sums:
            inside = self.catchments.mask(catchment)
            late = self._calls @ (inside & (response > self._norm)).astype(np.int64)
            minutes = self._calls @ (inside * self.reaching.travel(way).astype(np.int64))
            self._sums[key] = late.tolist(), minutes.tolist()
        return self._sums[key]


def _expected(weekly: list[int], shares: tuple[Fraction, ...]) -> Fraction:
    """Visits (or minutes to them) in a duty, of thousandths of calls in a plain week."""
    return sum((number * share for number, share in zip(weekly, shares, strict=True)), Fraction(0)) / MILLI
