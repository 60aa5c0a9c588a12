"""All figures of one plan: of all, by organisation, nurse and district.

Whose a figure is: travel, hours, money and what a nurse lives with belong to the nurse, and to an organisation as her
employer; visits asked, unserved visits, faces and hours received belong to the organisation of the client. A district
holds its clients: their visits, hours, faces, and the travel of the leg that leads to them. The meaning of each is the
text ``figure.<name>.what``; ``figures_kinds.FIGURES`` names them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from optimiser.check.case import Case
from optimiser.check.report import CheckReport
from optimiser.domain.climate import CAR
from optimiser.domain.figure import Figures, Level, Values
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.workforce import WORKFORCE, Workforce
from optimiser.report.figures_calls import CALL_FIGURES, call_figures
from optimiser.report.figures_clients import count_clients, count_faces, uncovered
from optimiser.report.figures_hours import count_hours, count_money
from optimiser.report.figures_kinds import FIGURES, FROM_ROUTES
from optimiser.report.figures_people import LIVABLE, count_people
from optimiser.report.figures_tally import Sums, Tally
from optimiser.report.figures_travel import count_routes
from optimiser.report.kpis import hours

__all__ = ["FIGURES", "figures"]

Formula = Callable[[Sums], float | None]
"""A figure from the sums of one nurse, organisation or district, or of all."""


def figures(
    instance: Instance, travel: TravelMatrix, plan: Plan, report: CheckReport, workforce: Workforce = WORKFORCE
) -> Figures:
    """The figures of ``plan``, judged in ``report``; ``workforce`` turns paid hours into fte.

    A roster without routes has None where only routes could tell; so has a share or a mean of nothing. Raises
    ``KeyError`` on a plan of another instance.
    """
    tally = Tally(instance)
    case = Case(instance, plan.contract, travel, plan)
    count_routes(tally, instance, travel, plan)
    count_hours(tally, instance, travel, plan)
    count_money(tally, instance, travel, plan)
    count_people(tally, case, report)
    count_clients(tally, instance, plan)
    count_faces(tally, instance, plan)
    formulas = FORMULAS | _fte(instance, workforce)
    known = {each.name for each in FIGURES} - _unknown(instance, plan) - set(CALL_FIGURES)
    at = {level: _values(tally.at(level), level, formulas, known) for level in LEVELS}
    _cover(instance, report, at["total"][""], at["organisation"])
    total, by_organisation = call_figures(instance, travel, plan)
    at["total"][""] |= total
    for organisation, values in by_organisation.items():
        at["organisation"][organisation] |= values
    return Figures(
        total=at["total"][""], organisations=at["organisation"], nurses=at["nurse"], districts=at["district"]
    )


def _unknown(instance: Instance, plan: Plan) -> frozenset[str]:
    """What a plan cannot tell: without visits nothing of visits and clients, which is not the same as none."""
    if not instance.visits:
        return FROM_ROUTES | {"visits", "clients"}
    return frozenset() if plan.with_routes else FROM_ROUTES


LEVELS: tuple[Level, ...] = ("total", "organisation", "nurse", "district")


def _values(
    places: Mapping[str, Sums], level: Level, formulas: Mapping[str, Formula], known: set[str]
) -> dict[str, Values]:
    names = [each.name for each in FIGURES if level in each.levels]
    return {
        place: {name: formulas[name](sums) if name in known else None for name in names}
        for place, sums in places.items()
    }  # fmt: skip


def _cover(instance: Instance, report: CheckReport, total: Values, organisations: dict[str, Values]) -> None:
    """Shortfalls are shares of whole duties, so they are no whole numbers of a tally."""
    for name, shares in zip(("uncovered_shifts", "uncovered_wanted"), uncovered(instance, report.shortfalls),
                            strict=True):  # fmt: skip
        total[name] = float(sum(shares.values()))
        for organisation, values in organisations.items():
            values[name] = round(float(shares.get(organisation, 0)), 2)


def _fte(instance: Instance, workforce: Workforce) -> dict[str, Formula]:
    full_time = instance.weeks * workforce.week.value
    gross = workforce.gross_by_net / full_time
    return {
        "fte_contract": lambda sums: round(sums["hired"] / full_time, 2),
        "fte_net": lambda sums: round(sums["needed"] / full_time, 2),
        "fte_gross": lambda sums: round(float(sums["needed"] * gross), 2),
    }


def _whole(name: str) -> Formula:
    return lambda sums: sums[name]


def _hours(name: str) -> Formula:
    return lambda sums: hours(sums[name])


def _km(name: str) -> Formula:
    return lambda sums: round(sums[name] / 1000, 1)


def _euros(name: str) -> Formula:
    return lambda sums: sums[name] / 100


def _share(part: str, whole: str, times: int, decimals: int) -> Formula:
    return lambda sums: round(times * sums[part] / sums[whole], decimals) if sums[whole] else None


def _client_hour(sums: Sums) -> float | None:
    return round(sums["cents"] * 60 / sums["visit"] / 100, 2) if sums["visit"] else None


def _co2(sums: Sums) -> float | None:
    return round(float(Fraction(sums["car_metres"] * CAR.value, 1_000_000)), 1)


FORMULAS: dict[str, Formula] = {
    "travel_minutes": _whole("travel"),
    "travel_km": _km("travel_metres"),
    "travel_minutes_per_visit": _share("travel", "made", 1, 2),
    "home_leg_minutes": _whole("home"),
    "home_leg_paid_minutes": _whole("home_paid"),
    "home_leg_unpaid_minutes": _whole("home_unpaid"),
    "home_leg_km": _km("home_metres"),
    "home_leg_paid_km": _km("home_paid_metres"),
    "home_leg_unpaid_km": _km("home_unpaid_metres"),
    "visits": _whole("visits"),
    "visits_made": _whole("made"),
    "visit_hours": _hours("visit"),
    "unserved_visits": _whole("unserved"),
    "unserved_hours": _hours("unserved_minutes"),
    "unserved_critical": _whole("unserved_critical"),
    "uncovered_shifts": _whole("uncovered_shifts"),
    "uncovered_wanted": _whole("uncovered_wanted"),
    "paid_hours": _hours("paid"),
    "client_time_percent": _share("visit", "paid", 100, 1),
    "waiting_hours": _hours("waiting"),
    "nonclient_hours": _hours("nonclient"),
    "standby_hours": _hours("standby"),
    "largest_gap_min": _whole("largest_gap"),
    "contract_hours": _hours("contract"),
    "net_contract_hours": _hours("net"),
    "overtime_hours": _hours("over"),
    "undertime_hours": _hours("under"),
    "overtime_most_hours": _hours("over_most"),
    "balance_after_hours": _hours("balance"),
    "nurses": _whole("nurses"),
    "duties": _whole("duties"),
    "wishes_kept": _whole("wishes_kept"),
    "wishes_refused": _whole("wishes_refused"),
    "evenings": _whole("evenings"),
    "nights": _whole("nights"),
    "weekends_worked": _whole("weekends"),
    "holidays_worked": _whole("holidays"),
    "evenings_above_share": _whole("evenings_above"),
    "nights_above_share": _whole("nights_above"),
    "weekends_above_share": _whole("weekends_above"),
    "holidays_above_share": _whole("holidays_above"),
    **{name: _whole(name) for name in LIVABLE},
    "law_tokens": _whole("tokens"),
    "student_places": _whole("student_places"),
    "clients": _whole("clients"),
    "faces_mean": _share("faces", "faced", 1, 2),
    "faces_most_14_days": lambda sums: sums["most_faces"] if sums["faced"] else None,
    "known_faces_percent": _share("known", "knowing", 100, 1),
    "hours_given": _hours("given"),
    "hours_received": _hours("received"),
    "employer_cost_eur": _euros("cents"),
    "ort_cost_eur": _euros("ort_cents"),
    "on_call_cost_eur": _euros("on_call_cents"),
    "kilometre_cost_eur": _euros("kilometre_cents"),
    "cost_per_client_hour_eur": _client_hour,
    "own_car_km": _km("car_metres"),
    "co2_kg": _co2,
}
"""Figure -> how it follows from the sums. Cover, calls and fte need more than sums."""
