"""The page of the study of capacity, more clients and fewer hands: one file without scripts, which names nobody."""

from __future__ import annotations

from maps.capacity_plot import capacity_plot
from maps.page import render
from optimiser.domain.capacity import Capacity
from optimiser.report.capacity_tables import level_rows, limit_rows
from optimiser.report.capacity_words import QUESTIONS, capacity_about, capacity_method, capacity_told, question_name
from optimiser.report.compare_numbers import scenario_name
from optimiser.texts import Language, text


def capacity_page(found: Capacity, language: Language = "nl") -> str:
    """The page as HTML: what was found, three plots, the limits, all levels, and what is not proved."""
    return render(
        "capacity.html.j2",
        lang=language,
        t=lambda key, **values: text(key, language, **values),
        found=found,
        about=capacity_about(found, language),
        told=capacity_told(found, language),
        plots=[capacity_plot(found, *each, language) for each in QUESTIONS],
        limits=limit_rows(found, language),
        levels=[
            (
                f"{scenario_name(scenario.name, language)} · {question_name(question, language)} · "
                + ", ".join(curve.organisations),
                level_rows(found, curve, language),
            )
            for scenario in found.scenarios
            for question in QUESTIONS
            for curve in scenario.of(*question)
        ],
        method=capacity_method(found, language),
    )
