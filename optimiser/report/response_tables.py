"""The response of plans as a table for the screen, as rows for a csv, and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from optimiser.domain.calls import DayClass
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.response import PARTS, DistrictResponse, Part
from optimiser.domain.sheet import Cell
from optimiser.report.compare_numbers import scenario_name
from optimiser.report.response import Response, Speed
from optimiser.report.simulated_tables import part_name
from optimiser.texts import Language, number, text

PERCENT = 100
UNKNOWN = "–"
CSV = (
    "scenario", "district", "district_name", "part", "organisations", "visits", "norm", "within_percent", "mean",
    "p90", "unanswered_percent",
)  # fmt: skip
HOURS = ("scenario", "days", "hour", "visits", "within_percent", "mean", "p90", "unanswered_percent")
Shown = Sequence[tuple[str, Response]]
"""Title and response of one or more plans of the same instance."""


def plan_titles(plans: Sequence[Plan], language: Language = "nl") -> list[str]:
    """A title for each plan: the name of its contract, numbered where two have the same."""
    names = [scenario_name(each.contract.name, language) for each in plans]
    if len(set(names)) == len(names):
        return names
    return [text("response.numbered", language, name=name, number=number) for number, name in enumerate(names, 1)]


def response_json(shown: Shown, plans: Sequence[Plan]) -> dict[str, Any]:
    """For programs: the norm, and of each plan the figures of all, by organisation and part, and by district."""
    instance = shown[0][1].instance
    return {
        "instance": instance.name,
        "norm_minutes": instance.response.norm_minutes,
        "plans": [
            {
                "title": title, "contract": plan.contract.name, "plan": plan.identity, "total": asdict(found.speed()),
                "parts": {part: asdict(found.speed(part=part)) for part in PARTS},
                "organisations": {
                    each.id: {part or "all": asdict(found.of_organisation(each.id, part)) for part in (None, *PARTS)}
                    for each in instance.organisations
                },
                "districts": [row.model_dump(mode="json", exclude={"low", "high"}) for row in found.districts()],
            }
            for (title, found), plan in zip(shown, plans, strict=True)
        ],
    }  # fmt: skip


def response_title(instance: Instance, language: Language = "nl") -> str:
    """What the table tells, with the norm that it goes by."""
    return text("response.title", language, norm=instance.response.norm_minutes)


def response_rows(shown: Shown, language: Language = "nl") -> list[list[str]]:
    """Headings, then rows for all organisations and for each with calls: the whole week, and each part of the week in
    which visits are expected. Several plans have columns of their own, without those visits that nobody answers."""
    instance = shown[0][1].instance
    owners = {each.organisation for each in instance.call_sources}
    rows = [_headings(shown, language)]
    who: list[tuple[str | None, str]] = [(None, text("response.all", language))]
    who += [(each.id, each.name) for each in instance.organisations if each.id in owners]
    for organisation, name in who if len(owners) > 1 else who[:1]:
        for part in (None, *PARTS):
            speeds = [_speed(found, organisation, part) for _, found in shown]
            if speeds[0].visits_per_week:
                when = text("response.whole_week", language) if part is None else part_name(part, language)
                visits = number(speeds[0].visits_per_week, language, 1)
                cells = (cell for each in speeds for cell in _cells(each, len(shown), language))
                rows.append([name, when, visits, *cells])
    return rows


def response_notes(shown: Shown, language: Language = "nl") -> list[str]:
    """How it was counted, and for which plans some visits have nobody on duty."""
    notes = [text("response.assumes", language)]
    for title, found in shown:
        missed = found.speed().unanswered
        if missed and number(PERCENT * missed, language, 1).strip("0.,"):
            percent = number(PERCENT * missed, language, 1)
            notes.append(text("response.unanswered", language, title=title, percent=percent))
    return notes


def response_csv(
    instance: Instance, shown: Sequence[tuple[str, Sequence[DistrictResponse]]], language: Language = "nl"
) -> tuple[list[str], list[list[Cell]]]:
    """Headings and rows for each plan, district (or place without one) and part of the week; unknown cells are None."""
    names = {each.id: each.name for each in instance.districts}
    rows: list[list[Cell]] = []
    for title, found in shown:
        for row in found:
            rows.append([
                title, row.district, names.get(row.district, ""), part_name(row.part, language),
                " ".join(row.organisations), _decimal(row.visits_per_week, 3), instance.response.norm_minutes,
                _decimal(row.within_norm, 1, PERCENT), _decimal(row.mean_minutes, 1), _decimal(row.p90_minutes, 0),
                _decimal(row.unanswered, 1, PERCENT),
            ])  # fmt: skip
    return [text(f"response.column.{name}", language) for name in CSV], rows


def hours_csv_rows(
    shown: Sequence[tuple[str, Mapping[tuple[DayClass, int], Speed]]], language: Language = "nl"
) -> tuple[list[str], list[list[Cell]]]:
    """Headings and rows for each plan, class of day and hour of the clock, of all calls together."""
    rows: list[list[Cell]] = []
    for title, found in shown:
        for (days, hour), speed in found.items():
            rows.append([
                title, text(f"response.days.{days}", language), f"{hour:02}:00", _decimal(speed.visits_per_week, 3),
                _decimal(speed.within_norm, 1, PERCENT), _decimal(speed.mean_minutes, 1),
                _decimal(speed.p90_minutes, 0), _decimal(speed.unanswered, 1, PERCENT),
            ])  # fmt: skip
    return [text(f"response.column.{name}", language) for name in HOURS], rows


def _speed(found: Response, organisation: str | None, part: Part | None) -> Speed:
    return found.speed(part=part) if organisation is None else found.of_organisation(organisation, part)


def _headings(shown: Shown, language: Language) -> list[str]:
    names = ("within", "mean", "p90", "unanswered") if len(shown) == 1 else ("within", "mean", "p90")
    words = [text(f"response.column.{name}", language) for name in names]
    titled = [f"{title}: {word}" if len(shown) > 1 else word for title, _ in shown for word in words]
    return [*(text(f"response.column.{name}", language) for name in ("who", "part", "visits")), *titled]


def _cells(speed: Speed, plans: int, language: Language) -> Iterator[str]:
    yield _percent(speed.within_norm, language)
    yield UNKNOWN if speed.mean_minutes is None else number(speed.mean_minutes, language, 1)
    yield UNKNOWN if speed.p90_minutes is None else number(speed.p90_minutes, language)
    if plans == 1:
        yield _percent(speed.unanswered, language)


def _percent(share: float | None, language: Language) -> str:
    return UNKNOWN if share is None else f"{number(PERCENT * share, language, 1)}\N{NO-BREAK SPACE}%"


def _decimal(value: float | None, decimals: int, times: int = 1) -> Decimal | None:
    return None if value is None else Decimal(f"{times * value:.{decimals}f}")
