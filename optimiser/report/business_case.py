"""The business case of joining: region, parties, how the work is run, gains and costs a year, three years, payback.

Gains are the differences of a comparison, scaled to a year; nothing that was not measured or given is filled in:
what a line needs and nobody gave stands in ``missing``. docs/explanation/business_case.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimiser.domain.business import OPTIONAL, SECTIONS, BusinessInputs
from optimiser.domain.clock import HOUR
from optimiser.domain.comparison import Comparison
from optimiser.domain.instance import Instance
from optimiser.domain.labour import Figure
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.workforce import WORKFORCE, Workforce
from optimiser.report.business_lines import Line, cost_lines, gain_lines
from optimiser.report.business_operations import Operations, operations
from optimiser.report.business_parties import PartyRow, Region, TitleRow, income, party_rows, region_of
from optimiser.report.business_yearly import Yearly
from optimiser.report.business_years import ThreeYears, three_years
from optimiser.report.leave_season import IN_SEASON, LeaveSeason, leave_season
from optimiser.report.year import YearOf, year_of


@dataclass(frozen=True)
class BusinessCase:
    """All of it. ``scenario`` is what is proposed, ``against`` what it is held against.

    ``operations``, ``years`` and ``seasons`` are by scenario and hold those of which a plan was given. ``missing`` are
    paths of inputs (``rates.hire_eur_per_hour``, ``parties.aafje.clients``), ``unknown`` text keys of what the
    comparison itself cannot tell.
    """

    comparison: Comparison
    scenario: str
    against: str
    region: Region
    parties: tuple[PartyRow, ...]
    operations: dict[str, Operations]
    years: dict[str, YearOf]
    seasons: dict[str, LeaveSeason]
    gains: tuple[Line, ...]
    costs: tuple[Line, ...]
    income: tuple[TitleRow, ...]
    three_years: ThreeYears | None
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    workforce: Workforce
    in_season: Figure
    inputs: BusinessInputs
    synthetic: bool


def business_case(
    comparison: Comparison,
    instance: Instance,
    travel: TravelMatrix,
    inputs: BusinessInputs | None,
    scenario: str,
    against: str,
    plans: Mapping[str, Plan] | None = None,
) -> BusinessCase:
    """The case for ``scenario`` against ``against``. ``plans``: scenario -> a plan of the instance's own week.

    Raises ``KeyError`` when the comparison does not hold both scenarios.
    """
    for name in (scenario, against):
        comparison.total.scenarios[name]
    given = inputs or BusinessInputs()
    plans = {name: plan for name, plan in (plans or {}).items() if name in (scenario, against)}
    year = given.case.first_year or comparison.first_monday.year + 1
    years = {name: year_of(instance, travel, plan, year) for name, plan in plans.items()}
    workforce, in_season = _workforce(given), _given(IN_SEASON, given.leave.in_season_percent)
    seasons = {
        name: season
        for name, found in years.items()
        if (season := leave_season(instance, found, workforce, in_season)) is not None
    }
    run = {name: operations(instance, plan) for name, plan in plans.items()}
    yearly = Yearly(comparison, scenario, against, years, year, instance.days)
    gains = gain_lines(yearly, given, instance, seasons.get(against), run)
    costs = cost_lines(yearly, given)
    return BusinessCase(
        comparison=comparison,
        scenario=scenario,
        against=against,
        region=region_of(instance),
        parties=party_rows(instance, given),
        operations=run,
        years=years,
        seasons=seasons,
        gains=gains,
        costs=costs,
        income=income(yearly, given, instance),
        three_years=three_years(gains, costs, given),
        missing=missing_inputs(instance, given),
        unknown=_unknown(yearly, years, seasons, plans),
        workforce=workforce,
        in_season=in_season,
        inputs=given,
        synthetic=bool(instance.provenance.get("synthetic")),
    )


def missing_inputs(instance: Instance, inputs: BusinessInputs) -> tuple[str, ...]:
    """Paths of everything in ``business.toml`` that has no value, in the order of the file."""
    paths = [
        f"{section}.{key}"
        for section, noun in SECTIONS.items()
        for key in noun.model_fields
        if getattr(getattr(inputs, section), key) is None and f"{section}.{key}" not in OPTIONAL
    ]
    if inputs.vat.lending_exempt:  # nothing is taxed, so no price is needed
        paths = [path for path in paths if path != "rates.lending_eur_per_hour"]
    named = {funding for party in inputs.parties for funding, share in party.hours_percent.items() if share}
    paths += [f"tariffs.{each}" for each in sorted(named - set(inputs.tariffs))]
    if not inputs.tariffs and not named:
        paths.append("tariffs")
    for organisation in instance.organisations:
        party = inputs.party(organisation.id)
        paths += [f"parties.{organisation.id}.{key}" for key in ("clients", "hours_percent")
                  if party is None or not getattr(party, key)]  # fmt: skip
    return tuple(paths)


def _workforce(inputs: BusinessInputs) -> Workforce:
    given = inputs.leave
    minutes = {"leave": given.leave_hours, "training": given.training_hours}
    values: dict[str, int | None] = {name: None if hours is None else round(hours * HOUR)
                                     for name, hours in minutes.items()}  # fmt: skip
    values["absence"] = given.absence_percent
    return WORKFORCE.model_copy(update={
        name: _given(getattr(WORKFORCE, name), value) for name, value in values.items()
    })  # fmt: skip


def _given(figure: Figure, value: int | None) -> Figure:
    """The figure with a value of ``business.toml`` when there is one."""
    if value is None:
        return figure
    return figure.model_copy(update={"value": value, "article": "business.toml", "confidence": "S"})


def _unknown(
    yearly: Yearly, years: Mapping[str, YearOf], seasons: Mapping[str, LeaveSeason], plans: Mapping[str, Plan]
) -> tuple[str, ...]:
    found = []
    if len(plans) < 2:
        found.append("business.unknown.plans")
    if any(year.missing for year in years.values()):
        found.append("business.unknown.days")
    if yearly.against not in seasons:
        found.append("business.unknown.season")
    if yearly.difference("paid_hours") is None:
        found.append("business.unknown.hours")
    return tuple(found)
