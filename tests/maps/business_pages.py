"""The pages of issue E's second half for the small team: made here for the tests of pages and for the browser."""

from __future__ import annotations

from datetime import date
from typing import Any

from maps.business_case import business_page
from maps.own_changes import own_changes_page
from maps.works_council import works_council_page
from optimiser.domain.business import BusinessInputs
from optimiser.domain.comparison import Compared, Comparison, Difference, Spread
from optimiser.domain.instance import Instance
from optimiser.domain.sharing import PRESETS
from optimiser.report.business_case import business_case
from optimiser.report.own_changes import own_changes
from optimiser.report.works_council import LOWER_ENDS, works_council
from optimiser.texts import Language

WEEK = {"paid_hours": (190.0, 172.5), "travel_minutes": (2400.0, 1900.0), "own_car_km": (500.0, 390.0),
        "kilometre_cost_eur": (140.0, 105.0), "ort_cost_eur": (610.0, 540.0), "on_call_cost_eur": (90.0, 45.0),
        "unserved_hours": (9.0, 2.0), "hours_given": (0.0, 31.0)}  # fmt: skip
INPUTS = BusinessInputs.model_validate({
    "case": {"first_year": 2027, "phase_percent": (50, 100, 100), "hired_hours_now": 300, "hours_cut_percent": 10,
             "extra_care_contracted": True, "calls_per_week": 6.5},
    "rates": {"hire_eur_per_hour": 80, "lending_eur_per_hour": 55, "coordination_eur_per_hour": 60,
              "planning_eur_per_hour": 45, "backup_eur_per_hour": 38, "car_eur_per_year": 7200},
    "hours": {"coordination": {"now": 2, "later": 6}, "planning": {"now": 30, "later": 24},
              "backup": {"now": 12, "later": 8}},
    "sums": {"purchasing_saved_eur": 2000, "training_saved_eur": 1500, "training_cost_eur": 4000,
             "software_cost_eur": 6000, "transition_cost_eur": 25000},
    "vat": {"lending_exempt": False},
    "tariffs": {"zvw": 70, "msvt": 80},
    "parties": [
        {"organisation": "aafje", "clients": {"zvw": 10}, "hours_percent": {"zvw": 100}},
        {"organisation": "laurens", "clients": {"zvw": 4, "msvt": 5}, "hours_percent": {"zvw": 40, "msvt": 60}},
    ],
})  # fmt: skip


def comparison(instance: Instance) -> Comparison:
    """Two scenarios over five weeks, with figures that are made up."""
    def spread(value: float) -> Spread:
        return Spread(median=value, low=0.95 * value, high=1.05 * value, n=5)

    levels = {name: {figure: spread(both[place]) for figure, both in WEEK.items()}
              for place, name in enumerate(("single", "joint"))}  # fmt: skip
    differences = {
        figure: Difference(median=later - now, low=1.4 * (later - now), high=0.6 * (later - now), n=5,
                           clear=figure != "ort_cost_eur")
        for figure, (now, later) in WEEK.items()
    }  # fmt: skip
    part = {"visit_hours": spread(60), "hours_given": spread(12), "hours_received": spread(12)}
    return Comparison(
        instance=instance.name, fingerprint=instance.fingerprint, first_monday=date(2026, 12, 7), version="0",
        scenarios=("single", "joint"), contracts={name: PRESETS[name] for name in ("single", "joint")},
        demand="generator", weeks=5, seeds=2, confidence=93.75, provisional=True,
        total=Compared(scenarios=levels, differences={"joint-single": differences}),
        organisations={each.id: Compared(scenarios={"single": part, "joint": part})
                       for each in instance.organisations},
    )  # fmt: skip


def other_plan(team: Any) -> Any:
    """The plan in which N1 and N3 change their routes of Monday, and N2 has no duty on Friday."""
    routes = {duty.nurse: duty.routes for duty in team.plan.duties if duty.day == team.instance.first_monday}
    turned = {"N1": "N3", "N3": "N1"}
    duties = tuple(
        duty.model_copy(update={"routes": routes[turned[duty.nurse]]})
        if duty.nurse in turned and duty.day == team.instance.first_monday
        else duty
        for duty in team.plan.duties
        if (duty.nurse, duty.day.weekday()) != ("N2", 4)
    )
    return team.plan.model_copy(update={"duties": duties, "contract": PRESETS["single"]})


def spread_of_nurses(instance: Instance) -> Any:
    """Twelve nurses with figures that are made up."""
    like = instance.nurses[0]
    nurses = tuple(
        like.model_copy(update={"id": f"N{number}", "organisation": ("aafje", "laurens")[number // 6]})
        for number in range(12)
    )
    figures = {
        nurse.id: {name: {figure: float((ends[1] + number) * (number % 3)) for figure, ends in LOWER_ENDS.items()}
                   for name in ("single", "joint")}
        for number, nurse in enumerate(nurses)
    }  # fmt: skip
    made = instance.model_copy(update={"nurses": nurses})
    return made, works_council(made, figures, "single", "joint")


def pages(team: Any, language: Language = "nl") -> dict[str, str]:
    """File name -> page."""
    instance, travel = team.instance, team.travel
    plans = {"joint": team.plan, "single": other_plan(team)}
    found = {}
    for name, inputs in (("business_case", INPUTS), ("business_case_empty", None)):
        case = business_case(comparison(instance), instance, travel, inputs, "joint", "single", plans)
        found[f"{name}.html"] = business_page(case, instance, language)
    crowd, council = spread_of_nurses(instance)
    found["works_council.html"] = works_council_page(council, crowd, language)
    for nurse in ("N1", "N6"):
        changes = own_changes(instance, travel, plans["single"], plans["joint"], nurse)
        found[f"own_{nurse}.html"] = own_changes_page(changes, instance, team.names, language)
    return found
