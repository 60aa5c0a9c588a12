"""The study of capacity as tables: the limit of each question and organisation, and all levels that were tried."""

from __future__ import annotations

from typing import Any

from optimiser.domain.capacity import Capacity, CapacityCurve, CapacityPoint
from optimiser.report.capacity_words import QUESTIONS, amount, falls_short, question_name, share
from optimiser.report.compare_numbers import percent, scenario_name
from optimiser.texts import Language, text

LIMITS = ("scenario", "question", "who", "last", "following", "why")
LEVELS = (
    "percent", "found", "clients", "client_hours", "contract_hours", "gross_fte", "unserved", "overtime", "paid",
    "travel", "faces", "wishes",
)  # fmt: skip
Rows = list[list[str]]


def capacity_json(found: Capacity) -> dict[str, Any]:
    """The whole study for programs, with the answers of each scenario: ``totals.<scenario>.<question>_<hours>``."""
    totals = {
        scenario.name: {
            "_".join(question): None if total is None else total.model_dump(mode="json")
            for question in QUESTIONS
            for total in (scenario.total(*question),)
        }
        for scenario in found.scenarios
    }
    return {**found.model_dump(mode="json"), "totals": totals}


def limit_rows(found: Capacity, language: Language = "nl") -> Rows:
    """Headings, then a row for each scenario, question and part."""
    rows = [_headings(LIMITS, language)]
    for scenario in found.scenarios:
        for question in QUESTIONS:
            for curve in scenario.of(*question):
                rows.append([scenario_name(scenario.name, language), question_name(question, language),
                             ", ".join(curve.organisations), *_limit(found, curve, language)])  # fmt: skip
    return rows


def level_rows(found: Capacity, curve: CapacityCurve, language: Language = "nl") -> Rows:
    """Headings, then a row for each level of one curve that was tried."""
    return [_headings(LEVELS, language), *(_level(each, language) for each in curve.points)]


def _headings(names: tuple[str, ...], language: Language) -> list[str]:
    return [text(f"growth.column.{name}", language) for name in names]


def _limit(found: Capacity, curve: CapacityCurve, language: Language) -> list[str]:
    """The furthest level, the next one, and what falls short there."""
    last, refused = curve.reached, curve.refused
    reached = text("growth.nothing_found", language) if last is None else percent(last.percent, language)
    if curve.question == "hands" and last is not None:
        reached = f"{amount(last.gross_fte, 2, language)} fte ({reached})"
    if refused is not None:
        return [reached, percent(refused.percent, language), falls_short(found, curve, refused, language)]
    return [reached, "–", text("growth.broken_off" if curve.broken_off else "growth.top", language)]


def _level(point: CapacityPoint, language: Language) -> list[str]:
    return [
        percent(point.percent, language), text("growth.yes" if point.complete else "growth.no", language),
        amount(point.clients, 0, language), amount(point.client_hours, 1, language),
        amount(point.contract_hours, 1, language), amount(point.gross_fte, 2, language),
        amount(point.unserved, 0, language), share(point.overtime_percent, language),
        amount(point.paid_hours, 1, language), amount(point.travel_hours, 1, language),
        amount(point.faces_mean, 2, language), amount(point.wishes_refused, 0, language),
    ]  # fmt: skip
