"""What calls do to a plan when they are played on it, as figures that scenarios are compared by."""

from __future__ import annotations

from optimiser.domain.figure import FigureKind, Figures, Level, Unit, Values
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.simulated_calls import Estimate, SimulatedResponse
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.simulate.calls import simulate_calls

PLAYED_WEEKS = 52
"""At least so many weeks of calls for each plan, in whole periods."""
BOTH: tuple[Level, ...] = ("total", "organisation")


def _kind(name: str, unit: Unit, better: str, levels: tuple[Level, ...] = ("total",)) -> FigureKind:
    return FigureKind.model_validate(
        {"name": name, "unit": unit, "better": better, "adds": False, "theme": "calls", "levels": levels}
    )


CALL_FIGURES: tuple[FigureKind, ...] = (
    _kind("played_in_norm_percent", "percent", "more", BOTH),
    _kind("played_response_minutes", "minutes", "less", BOTH),
    _kind("played_response_p90_minutes", "minutes", "less", BOTH),
    _kind("played_passed_per_week", "count", "less"),
    _kind("played_lost_per_week", "count", "less"),
    _kind("played_standby_work_hours", "hours", "less"),
    _kind("played_disturbed_nights_percent", "percent", "less"),
)
"""With chance: who is busy, who is on the way. The figures of ``report.response`` have no chance in them."""


def call_figures(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, seed: int
) -> Figures:  # fmt: skip
    """The figures of CALL_FIGURES; no figures at all without call sources. Equal seeds bring equal calls, whatever the
    plan."""
    if not instance.call_sources:
        return Figures(total={})
    played = simulate_calls(instance, contract, travel, plan, PLAYED_WEEKS, seed)
    rest = played.rest
    return Figures(
        total=_response(played.total) | {
            "played_passed_per_week": _value(played.outcomes.get("passed")),
            "played_lost_per_week": _value(played.outcomes.get("lost")),
            "played_standby_work_hours": _value(rest.minutes, 1 / 60),
            "played_disturbed_nights_percent": _value(rest.disturbed_nights, 100),
        },
        organisations={name: _response(each) for name, each in played.organisations.items()},
    )  # fmt: skip


def _response(found: SimulatedResponse) -> Values:
    return {
        "played_in_norm_percent": _value(found.within_norm, 100),
        "played_response_minutes": _value(found.mean_minutes),
        "played_response_p90_minutes": _value(found.p90_minutes),
    }


def _value(found: Estimate | None, times: float = 1.0) -> float | None:
    return None if found is None or found.value is None else round(times * found.value, 3)
