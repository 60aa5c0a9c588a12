"""Every figure of a plan: its name, unit, which way is better, whether it adds up, and for what it is known.

Names and units are those of ``summary.json`` wherever that has the figure.
"""

from __future__ import annotations

from typing import Literal

from optimiser.domain.figure import FigureKind, Level, Unit

LEVELS: dict[str, Level] = {"T": "total", "O": "organisation", "N": "nurse", "D": "district"}


def _kind(
    theme: str, name: str, unit: Unit, better: Literal["less", "more", "neither"], levels: str, *, adds: bool = True
) -> FigureKind:
    return FigureKind(
        name=name, unit=unit, better=better, adds=adds, theme=theme, levels=tuple(LEVELS[each] for each in levels)
    )


FIGURES: tuple[FigureKind, ...] = (
    _kind("travel", "travel_minutes", "minutes", "less", "TOND"),
    _kind("travel", "travel_km", "km", "less", "TOND"),
    _kind("travel", "travel_minutes_per_visit", "minutes", "less", "TO", adds=False),
    _kind("travel", "home_leg_minutes", "minutes", "less", "TON"),
    _kind("travel", "home_leg_paid_minutes", "minutes", "less", "TON"),
    _kind("travel", "home_leg_unpaid_minutes", "minutes", "less", "TON"),
    _kind("travel", "home_leg_km", "km", "less", "TON"),
    _kind("travel", "home_leg_paid_km", "km", "less", "TON"),
    _kind("travel", "home_leg_unpaid_km", "km", "less", "TON"),
    _kind("visits", "visits", "count", "neither", "TOD"),
    _kind("visits", "visits_made", "count", "more", "TOND"),
    _kind("visits", "visit_hours", "hours", "more", "TOND"),
    _kind("visits", "unserved_visits", "count", "less", "TOD"),
    _kind("visits", "unserved_hours", "hours", "less", "TOD"),
    _kind("visits", "unserved_critical", "count", "less", "TOD"),
    _kind("cover", "uncovered_shifts", "count", "less", "TO"),
    _kind("cover", "uncovered_wanted", "count", "less", "TO"),
    _kind("hours", "paid_hours", "hours", "less", "TON"),
    _kind("hours", "client_time_percent", "percent", "more", "TON", adds=False),
    _kind("hours", "waiting_hours", "hours", "less", "TON"),
    _kind("hours", "nonclient_hours", "hours", "neither", "TON"),
    _kind("hours", "standby_hours", "hours", "less", "TON"),
    _kind("hours", "largest_gap_min", "minutes", "less", "TON", adds=False),
    _kind("hours", "contract_hours", "hours", "neither", "TON"),
    _kind("hours", "net_contract_hours", "hours", "neither", "TON"),
    _kind("hours", "overtime_hours", "hours", "less", "TON"),
    _kind("hours", "undertime_hours", "hours", "less", "TON"),
    _kind("hours", "overtime_most_hours", "hours", "less", "TO", adds=False),
    _kind("hours", "balance_after_hours", "hours", "neither", "TON"),
    _kind("hours", "fte_contract", "fte", "neither", "TO"),
    _kind("hours", "fte_net", "fte", "less", "TO"),
    _kind("hours", "fte_gross", "fte", "less", "TO"),
    _kind("people", "nurses", "count", "neither", "TO"),
    _kind("people", "duties", "count", "neither", "TON"),
    _kind("people", "wishes_kept", "count", "more", "TON"),
    _kind("people", "wishes_refused", "count", "less", "TON"),
    _kind("people", "evenings", "count", "less", "TON"),
    _kind("people", "nights", "count", "less", "TON"),
    _kind("people", "weekends_worked", "count", "less", "TON"),
    _kind("people", "holidays_worked", "count", "less", "TON"),
    _kind("people", "evenings_above_share", "count", "less", "TON", adds=False),
    _kind("people", "nights_above_share", "count", "less", "TON", adds=False),
    _kind("people", "weekends_above_share", "count", "less", "TON", adds=False),
    _kind("people", "holidays_above_share", "count", "less", "TON", adds=False),
    _kind("people", "early_after_late", "count", "less", "TON"),
    _kind("people", "few_days_after_nights", "count", "less", "TON"),
    _kind("people", "long_row", "count", "less", "TON"),
    _kind("people", "lone_day_off", "count", "less", "TON"),
    _kind("people", "split_duty", "count", "less", "TON"),
    _kind("people", "law_tokens", "count", "less", "TON"),
    _kind("people", "student_places", "count", "more", "TO"),
    _kind("clients", "clients", "count", "neither", "TOD"),
    _kind("clients", "faces_mean", "ratio", "less", "TOD", adds=False),
    _kind("clients", "faces_most_14_days", "count", "less", "TOD", adds=False),
    _kind("clients", "known_faces_percent", "percent", "more", "TOD", adds=False),
    _kind("clients", "hours_given", "hours", "neither", "TON"),
    _kind("clients", "hours_received", "hours", "neither", "TOD"),
    _kind("calls", "calls_per_week", "count", "neither", "TO"),
    _kind("calls", "call_visits_per_week", "count", "neither", "TO"),
    _kind("calls", "late_call_visits_per_week", "count", "less", "TO"),
    _kind("calls", "calls_in_norm_percent", "percent", "more", "TO", adds=False),
    _kind("calls", "call_response_minutes", "minutes", "less", "TO", adds=False),
    _kind("calls", "call_response_p90_minutes", "minutes", "less", "TO", adds=False),
    _kind("money", "employer_cost_eur", "eur", "less", "TON"),
    _kind("money", "ort_cost_eur", "eur", "less", "TON"),
    _kind("money", "on_call_cost_eur", "eur", "less", "TON"),
    _kind("money", "kilometre_cost_eur", "eur", "less", "TON"),
    _kind("money", "cost_per_client_hour_eur", "eur", "less", "TO", adds=False),
    _kind("climate", "own_car_km", "km", "less", "TON"),
    _kind("climate", "co2_kg", "kg", "less", "TO"),
)
"""In the order of tables, themes together."""

FIGURE_BY_NAME: dict[str, FigureKind] = {each.name: each for each in FIGURES}
"""Name -> kind."""

FROM_ROUTES: frozenset[str] = frozenset(
    each.name for each in FIGURES if each.theme in ("travel", "visits", "clients", "climate")
) - {"visits", "clients"} | {
    "client_time_percent", "waiting_hours", "nonclient_hours", "largest_gap_min", "student_places",
    "kilometre_cost_eur", "cost_per_client_hour_eur",
}  # fmt: skip
"""The figures that a roster without routes cannot have."""
