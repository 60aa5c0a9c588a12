"""A week's plan in a year, as figures: from the year's own arithmetic, with the hours short in the leave season."""

from __future__ import annotations

from pathlib import Path

import pytest

from instances.plans import read_plan
from optimiser.domain.instance import Instance
from optimiser.report.leave_season import leave_season
from optimiser.report.year import year_of
from optimiser.report.year_figures import YEAR_FIGURES, year_figures
from optimiser.texts import text
from optimiser.travel.engine import travel_matrix

STORED = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"


def test_figures_of_a_year(six: Instance) -> None:
    """Each figure is that of the year; minutes of travel become hours; what is short is that of the leave season. A
    year is about 52 of these weeks."""
    plan, _ = read_plan(STORED, six)
    travel = travel_matrix(six)
    found, year = year_figures(six, travel, plan), year_of(six, travel, plan)
    assert set(found) == {each.name for each in YEAR_FIGURES}
    assert found["year_travel_hours"] == pytest.approx((year.in_year["travel_minutes"] or 0) / 60, abs=0.01)
    assert found["year_paid_hours"] == pytest.approx(year.in_year["paid_hours"], abs=0.01)
    season = leave_season(six, year)
    assert season is not None
    assert found["year_short_hours"] == pytest.approx(season.hired_hours, abs=0.01)
    assert 51 < (found["year_paid_hours"] or 0) / (year.weeks["paid_hours"] or 1) < 54


def test_a_roster_without_routes(six: Instance) -> None:
    """Travel is not known then; hours and cost are."""
    plan, _ = read_plan(STORED, six)
    found = year_figures(six, travel_matrix(six), plan.model_copy(update={"with_routes": False}))
    assert found["year_travel_hours"] is None and found["year_travel_km"] is None
    assert found["year_paid_hours"]


def test_every_figure_has_words() -> None:
    """Label and meaning in both languages, and the theme they stand under."""
    for kind in YEAR_FIGURES:
        for language in ("nl", "en"):
            assert len(text(f"figure.{kind.name}", language)) <= 50
            assert text(f"figure.{kind.name}.what", language).endswith(".")
            assert text(f"compare.theme.{kind.theme}", language)
