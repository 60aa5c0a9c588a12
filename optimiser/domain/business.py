"""What a business case needs and no table says: who pays for which clients, tariffs, rates, costs; all may be missing.

A value that is None (or an empty table) was not given: it is listed as missing, never guessed.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from optimiser.domain.labour import Figure
from optimiser.domain.noun import Id, Noun

Funding = Literal["zvw", "msvt", "wlz_vpt", "wlz_mpt", "elv", "hospital"]
FUNDINGS: tuple[Funding, ...] = ("zvw", "msvt", "wlz_vpt", "wlz_mpt", "elv", "hospital")
"""District nursing, specialist nursing at home, long-term care (complete or modular package at home), short stay,
paid by the hospital."""

Euros = Annotated[float, Field(ge=0, le=1_000_000_000)]
Hours = Annotated[float, Field(ge=0, le=100_000)]
Percent = Annotated[float, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
HUNDRED = 0.5
"""So far from 100 the percentages of one party may add up, for rounding."""

VAT = Figure(value=21, unit="percent of the price", article="Wet OB 1968 art. 9 lid 1", confidence="R")
"""On lending staff that is not exempt; an organisation whose care is exempt cannot deduct it."""


class Party(Noun):
    """One organisation: clients by funding, and how its client hours are divided over funding (percent, 100 in all)."""

    organisation: Id
    clients: dict[Funding, Count] = {}
    hours_percent: dict[Funding, Percent] = {}

    @model_validator(mode="after")
    def _whole(self) -> Party:
        total = sum(self.hours_percent.values())
        if self.hours_percent and abs(total - 100) > HUNDRED:
            raise ValueError(f"hours_percent: 100, {total:g}")
        return self


class NowAndLater(Noun):
    """Hours a week before and after joining."""

    now: Hours
    later: Hours


class CaseTerms(Noun):
    """What is agreed about the case. ``phase_percent``: how much of the full effect each of three years has;
    ``hired_hours_now``: hours hired in a year, from the books, above which no hired hour can be saved;
    ``hours_cut_percent``: of saved hours that are not hired, how much contracts really shrink;
    ``extra_care_contracted``: whether care that is served besides is bought."""

    first_year: Annotated[int, Field(ge=2020, le=2100)] | None = None
    phase_percent: tuple[Percent, Percent, Percent] | None = None
    hired_hours_now: Hours | None = None
    hours_cut_percent: Percent | None = None
    extra_care_contracted: bool | None = None
    calls_per_week: Annotated[float, Field(ge=0, le=100_000)] | None = None


class CaseRates(Noun):
    """Euros for an hour, or for a car in a year."""

    hire_eur_per_hour: Euros | None = None
    lending_eur_per_hour: Euros | None = None
    coordination_eur_per_hour: Euros | None = None
    planning_eur_per_hour: Euros | None = None
    backup_eur_per_hour: Euros | None = None
    car_eur_per_year: Euros | None = None


class CaseHours(Noun):
    """Hours a week of who coordinates, of the planning office and of back-up."""

    coordination: NowAndLater | None = None
    planning: NowAndLater | None = None
    backup: NowAndLater | None = None


class CaseSums(Noun):
    """Euros: savings by buying and training together and costs, a year; the transition once."""

    purchasing_saved_eur: Euros | None = None
    training_saved_eur: Euros | None = None
    training_cost_eur: Euros | None = None
    software_cost_eur: Euros | None = None
    transition_cost_eur: Euros | None = None


class CaseVat(Noun):
    """Whether lending staff is exempt from VAT, and the percentage where it is not (empty: the law's)."""

    lending_exempt: bool | None = None
    percent: Percent | None = None


class CaseLeave(Noun):
    """Leave and training of a full-time contract in hours a year, and percentages, in place of those of
    ``domain.workforce`` and ``report.leave_season``."""

    leave_hours: Annotated[float, Field(ge=0, le=900)] | None = None
    training_hours: Annotated[float, Field(ge=0, le=400)] | None = None
    absence_percent: Annotated[int, Field(ge=0, le=60)] | None = None
    in_season_percent: Annotated[int, Field(ge=0, le=100)] | None = None


class BusinessInputs(Noun):
    """``business.toml``: its sections in order. ``tariffs``: euros for an hour at a client, by funding."""

    case: CaseTerms = CaseTerms()
    rates: CaseRates = CaseRates()
    hours: CaseHours = CaseHours()
    sums: CaseSums = CaseSums()
    vat: CaseVat = CaseVat()
    leave: CaseLeave = CaseLeave()
    tariffs: dict[Funding, Euros] = {}
    parties: tuple[Party, ...] = ()

    def party(self, organisation: str) -> Party | None:
        """What is said of an organisation."""
        return next((each for each in self.parties if each.organisation == organisation), None)


SECTIONS: dict[str, type[Noun]] = {
    "case": CaseTerms, "rates": CaseRates, "hours": CaseHours, "sums": CaseSums, "vat": CaseVat, "leave": CaseLeave,
}  # fmt: skip
OPTIONAL = frozenset({
    "vat.percent", "leave.leave_hours", "leave.training_hours", "leave.absence_percent", "leave.in_season_percent",
})  # fmt: skip
"""Keys with a value of our own where nothing is given; all others are missing then."""
