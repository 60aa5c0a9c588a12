"""From hours that a roster asks to people on the payroll: leave, absence and training, each with source and confidence.

Net hours are what a nurse is there for: duties, meetings, handovers. Gross are the hours of her contract. Confidence
codes are those of ``optimiser/domain/money.py``; what an organisation knows better it gives as figures of its own.
"""

from __future__ import annotations

from fractions import Fraction

from optimiser.domain.clock import HOUR
from optimiser.domain.labour import Figure
from optimiser.domain.noun import Noun


class Workforce(Noun):
    """What one full-time contract is, and what of its year is not there for the roster."""

    week: Figure = Figure(value=36 * HOUR, unit="min a week", article="CAO VVT 3.1", confidence="B")
    year: Figure = Figure(
        value=1878 * HOUR, unit="min a year", article="CAO VVT 3.1, 4.2: hourly wage is 12 months by 1878",
        confidence="C",
    )  # fmt: skip
    leave: Figure = Figure(
        value=2374 * HOUR // 10,
        unit="min a year of a full-time contract, public holidays included",
        article="CAO VVT, leave: 237.4 hours; another secondary source says 6.5 weeks, 234 hours",
        confidence="C",
    )
    training: Figure = Figure(
        value=24 * HOUR, unit="min a year of a full-time contract", article="no source, agree it locally",
        confidence="E",
    )  # fmt: skip
    absence: Figure = Figure(
        value=8,
        unit="percent of the year less leave and training",
        article="sickness of 7.8 percent in care in 2024 (Vernet), 9.7 in VVT in the first quarter of 2025 (CBS)",
        confidence="B-",
    )

    @property
    def net_year(self) -> Fraction:
        """Minutes a year that a full-time contract is there for the roster.

        ``(1878 h - 237.4 h - 24 h) x 92 % = 1487.3 h``.
        """
        there = self.year.value - self.leave.value - self.training.value
        return Fraction(there * (100 - self.absence.value), 100)

    @property
    def gross_by_net(self) -> Fraction:
        """How many full-time contracts it takes to have one full-time nurse there all year: ``1878 / 1487.3 = 1.263``.

        Raises ``ZeroDivisionError`` where nothing is left of the year.
        """
        return self.year.value / self.net_year


WORKFORCE = Workforce()
"""What holds where an organisation gives no figures of its own."""
