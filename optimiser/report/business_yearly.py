"""Figures of a comparison, which are those of a plan's weeks, scaled to a calendar year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimiser.domain.comparison import Comparison, Difference, Spread
from optimiser.report.business_range import Range
from optimiser.report.year import YearOf, calendar_year


@dataclass(frozen=True)
class Yearly:
    """A comparison with the years of the plans that are at hand; ``days`` is the length of the horizon."""

    comparison: Comparison
    scenario: str
    against: str
    years: Mapping[str, YearOf]
    year: int
    days: int

    def factor(self, figure: str) -> float:
        """Year over horizon: by classes of day from all plans together where they know the figure (so that holidays
        and Saturdays count as often as they come), else days of the year over days of the horizon."""
        weeks = [each.weeks.get(figure) for each in self.years.values()]
        whole = [each.in_year.get(figure) for each in self.years.values()]
        below = sum(value for value in weeks if value is not None)
        if not weeks or None in weeks or None in whole or below <= 0:
            return len(calendar_year(self.year)) / self.days
        return sum(value for value in whole if value is not None) / below

    def measured(self, figure: str) -> Difference | None:
        """The difference of scenario less against as it was measured; None where no week has it."""
        found = self.comparison.total.differences.get(f"{self.scenario}-{self.against}", {}).get(figure)
        return found if found is not None and found.median is not None else None

    def difference(self, figure: str) -> Range | None:
        """Scenario less against, a year."""
        return _range(self.measured(figure), self.factor(figure))

    def saved(self, figure: str) -> Range | None:
        """Against less scenario, a year: above nought where joining has less of it."""
        found = self.difference(figure)
        return None if found is None else found.times(-1)

    def level(self, figure: str, scenario: str, organisation: str | None = None) -> Range | None:
        """The figure itself of a scenario (of one organisation), a year."""
        compared = self.comparison.total
        if organisation is not None:
            if organisation not in self.comparison.organisations:
                return None
            compared = self.comparison.organisations[organisation]
        return _range(compared.scenarios.get(scenario, {}).get(figure), self.factor(figure))


def _range(found: Spread | Difference | None, factor: float) -> Range | None:
    if found is None or found.median is None:
        return None
    low = found.median if found.low is None else found.low
    high = found.median if found.high is None else found.high
    return Range(low, found.median, high).times(factor)
