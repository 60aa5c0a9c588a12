"""Counts of what was played, by round: of all visits, of one organisation, of a part of the week."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.clock import HOUR
from optimiser.domain.response import PARTS, measured_minutes, part_at
from optimiser.domain.simulated_calls import Estimate, ResponseBar, SimulatedResponse
from optimiser.simulate.calls_arrivals import Counts, Numbers
from optimiser.simulate.calls_intervals import mean_of, quantile, ratio, share
from optimiser.simulate.calls_play import LOST, PHONE, Played

Mask = NDArray[np.bool_]
BARS = (5, 10, 15, 20, 25, 30, 40, 50, 60, 90)
"""Borders of the bars of the histogram, in minutes."""
MOST_AT_ONCE = 5


@dataclass(frozen=True)
class Tally:
    """What was played, with what the figures ask of each call."""

    played: Played

    @property
    def rounds(self) -> int:
        """How many rounds."""
        return self.played.drawn.rounds

    @property
    def weeks(self) -> int:
        """Weeks of one round."""
        return self.played.prepared.case.instance.weeks

    @cached_property
    def asked(self) -> Mask:
        """Calls that ask a visit."""
        return ~self.played.drawn.by_phone

    @cached_property
    def answered(self) -> Mask:
        """Visits that somebody made."""
        return self.asked & (self.played.outcome != LOST) & (self.played.outcome != PHONE)

    @cached_property
    def within(self) -> Mask:
        """Visits within the norm."""
        norm = self.played.prepared.case.instance.response.norm_minutes
        return self.answered & (np.nan_to_num(self.played.response, nan=np.inf) <= norm + 1e-9)

    @cached_property
    def organisation(self) -> Counts:
        """Number of the organisation whose call it is."""
        instance = self.played.prepared.case.instance
        numbers = {each.id: number for number, each in enumerate(instance.organisations)}
        of_source = np.array([numbers[row.organisation] for row in instance.call_sources], dtype=np.int64)
        return of_source[self.played.drawn.source] if len(of_source) else np.array([], dtype=np.int64)

    @cached_property
    def part(self) -> Counts:
        """Number of the part of the week in which it comes in."""
        instance = self.played.prepared.case.instance
        last = measured_minutes(instance)[1]
        hours = np.array([PARTS.index(part_at(instance, low)) for low in range(0, last, HOUR)])
        return np.asarray(hours[(self.played.drawn.minute // HOUR).astype(np.int64)], dtype=np.int64)

    def count(self, mask: Mask) -> Numbers:
        """How many calls of a mask there are in each round."""
        return np.bincount(self.played.drawn.round[mask], minlength=self.rounds).astype(float)

    def total(self, values: Numbers, mask: Mask) -> Numbers:
        """The sum of a value over the calls of a mask in each round."""
        return np.bincount(self.played.drawn.round[mask], weights=values[mask], minlength=self.rounds)

    def counts(self, mask: Mask) -> dict[str, Numbers]:
        """The totals from which the figures of a group follow."""
        made, played = self.answered & mask, self.played
        return {
            "visits": self.count(self.asked & mask), "within": self.count(self.within & mask),
            "answered": self.count(made), "response_minutes": self.total(played.response, made),
            "wait_minutes": self.total(played.wait, made),
            "waited": self.count(self.asked & mask & ~(np.nan_to_num(played.wait, nan=np.inf) <= 0)),
        }  # fmt: skip

    def response(self, mask: Mask) -> SimulatedResponse:
        """The figures of a group of calls."""
        table, made = self.counts(mask), self.answered & mask
        values, rounds = self.played.response[made], self.played.drawn.round[made]
        return SimulatedResponse(
            visits_per_week=mean_of(table["visits"], 1 / self.weeks),
            within_norm=share(table["within"], table["visits"]),
            mean_minutes=ratio(table["response_minutes"], table["answered"]),
            median_minutes=quantile(values, rounds, self.rounds, 0.5),
            p90_minutes=quantile(values, rounds, self.rounds, 0.9),
            mean_wait_minutes=ratio(table["wait_minutes"], table["answered"]),
            waited=share(table["waited"], table["visits"]),
        )  # fmt: skip

    def histogram(self) -> tuple[ResponseBar, ...]:
        """How the responses of all visits asked are spread."""
        whole, values = int(self.asked.sum()), self.played.response[self.answered]
        borders = (0, *BARS, None)
        return tuple(
            ResponseBar(
                from_minutes=low or 0, until_minutes=high,
                share=float(((values >= (low or 0)) & (values < (np.inf if high is None else high))).sum()) / whole,
            )
            for low, high in zip(borders, borders[1:], strict=False) if whole
        )  # fmt: skip

    def at_once(self) -> tuple[float, ...]:
        """Share of visits by the number of others that the same first line is at or still has to go to."""
        found = self.played.found[self.asked & (~np.isnan(self.played.asked))]
        counted = np.bincount(np.minimum(found, MOST_AT_ONCE), minlength=MOST_AT_ONCE + 1)
        return tuple(float(each) / len(found) for each in counted) if len(found) else ()

    def phone_wait(self) -> Estimate:
        """Minutes until a central duty takes the telephone, of the calls for which there is one."""
        triaged = ~np.isnan(self.played.phone_wait)
        return ratio(self.total(self.played.phone_wait, triaged), self.count(triaged))
