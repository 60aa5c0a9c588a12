"""What a plan comes to in a calendar year, as figures that scenarios are compared by."""

from __future__ import annotations

from optimiser.domain.figure import FigureKind, Unit, Values
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.leave_season import leave_season
from optimiser.report.year import year_of

OF_YEAR: dict[str, tuple[str, Unit]] = {
    "year_travel_hours": ("travel_minutes", "hours"), "year_travel_km": ("travel_km", "km"),
    "year_paid_hours": ("paid_hours", "hours"), "year_standby_hours": ("standby_hours", "hours"),
    "year_employer_cost_eur": ("employer_cost_eur", "eur"), "year_ort_cost_eur": ("ort_cost_eur", "eur"),
    "year_on_call_cost_eur": ("on_call_cost_eur", "eur"),
}  # fmt: skip
"""Figure -> what it is of ``report.year`` and its unit."""
SHORT = "year_short_hours"
"""Hours in the year for which the own nurses are too few, above all in the leave season."""

YEAR_FIGURES: tuple[FigureKind, ...] = tuple(
    FigureKind(name=name, unit=unit, better="less", adds=False, theme="year", levels=("total",))
    for name, unit in {**{name: unit for name, (_, unit) in OF_YEAR.items()}, SHORT: "hours"}.items()
)
"""Known of all together only."""


def source_of(figure: str) -> str:
    """The figure of the plan's own weeks that a figure of the year tells too; of any other that figure itself."""
    return "paid_hours" if figure == SHORT else OF_YEAR.get(figure, (figure, ""))[0]


def year_figures(instance: Instance, travel: TravelMatrix, plan: Plan, year: int | None = None) -> Values:
    """The figures of the year in which the plan begins, or another; None where the plan lacks a class of day, and where
    only routes could tell."""
    scaled = year_of(instance, travel, plan, year)
    found: Values = {name: scaled.in_year[source] for name, (source, _) in OF_YEAR.items()}
    minutes = found["year_travel_hours"]
    found["year_travel_hours"] = None if minutes is None else minutes / 60
    season = leave_season(instance, scaled)
    found[SHORT] = None if season is None else season.hired_hours
    return {name: None if value is None else round(value, 2) for name, value in found.items()}
