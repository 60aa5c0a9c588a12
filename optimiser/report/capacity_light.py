"""Free capacity as a traffic light that may be shared: by skill, area and day, without clients, nurses or addresses."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from optimiser.texts import Language, text

Light = Literal["green", "orange", "red"]
LIGHTS: tuple[Light, ...] = ("green", "orange", "red")
COLUMNS = ("skill", "area", "day", "light", "visits")


@dataclass(frozen=True)
class CapacityCell:
    """``visits`` of half an hour with ``skill`` could still be put into routes of ``day`` in this area while nothing
    moves. Empty ``skill``: care that asks none. Cells are not added up: they share the same free time."""

    skill: str
    area: str
    day: date
    visits: int
    light: Light


@dataclass(frozen=True)
class CapacityLight:
    """The cells for ``days`` (those of the next days that have a roster, of ``asked``), by skill and area.

    ``minutes``: length of the visit that is counted, reporting included. ``green``: so many visits or more are green,
    at least one is orange. ``least_clients``: areas with fewer are put together with their neighbours; ``merged`` says
    whether any were, ``hidden`` whether care of some area is in no row because even then too few live there.
    """

    days: tuple[date, ...]
    asked: int
    areas: tuple[str, ...]
    skills: tuple[str, ...]
    cells: tuple[CapacityCell, ...]
    minutes: int
    green: int
    least_clients: int
    merged: bool
    hidden: bool

    @cached_property
    def by_key(self) -> dict[tuple[str, str, date], CapacityCell]:
        """(skill, area, day) -> cell."""
        return {(cell.skill, cell.area, cell.day): cell for cell in self.cells}

    def week(self, skill: str, area: str) -> Light:
        """The light of all days together: green or red when more than half of the days are, else orange."""
        lights = [self.by_key[skill, area, day].light for day in self.days]
        for light in ("green", "red"):
            if 2 * lights.count(light) > len(lights):
                return "green" if light == "green" else "red"
        return "orange"


def light_of(visits: int, green: int) -> Light:
    """The colour of a number of visits."""
    if visits >= green:
        return "green"
    return "orange" if visits else "red"


def skill_name(skill: str, language: Language) -> str:
    """The skill, or care that asks none in words."""
    return skill or text("capacity.no_skill", language)


def area_name(area: str, language: Language) -> str:
    """The area; the rest of a municipality (``rest:``), or of all (``rest``), in words."""
    if area == "rest":
        return text("capacity.rest", language)
    if area.startswith("rest:"):
        return text("capacity.rest_of", language, area=area.removeprefix("rest:"))
    return text("capacity.around", language, area=area.removeprefix("wijk:")) if area.startswith("wijk:") else area


def capacity_sentences(found: CapacityLight, language: Language = "nl") -> tuple[str, ...]:
    """The rule in plain words, until when there is a roster, and what is left out for privacy."""
    lines = [
        text("capacity.rule", language, green=found.green, below=found.green - 1, minutes=found.minutes),
        text("capacity.not_added", language),
    ]
    if len(found.days) < found.asked:
        until = found.days[-1].isoformat() if found.days else "-"
        lines.append(text("capacity.until", language, until=until))
    lines.append(text("capacity.private", language, least=found.least_clients))
    if found.merged:
        lines.append(text("capacity.merged", language, least=found.least_clients))
    if found.hidden:
        lines.append(text("capacity.hidden", language, least=found.least_clients))
    return tuple(lines)


def capacity_rows(found: CapacityLight, language: Language = "nl") -> list[list[str]]:
    """Headings, and a row for each skill and area: the letter of the light and the number of visits of each day."""
    weekdays, months = (text(f"map.{name}.short", language).split() for name in ("weekdays", "months"))
    days = [f"{weekdays[day.weekday()]} {day.day} {months[day.month - 1]}" for day in found.days]
    rows = [[text(f"capacity.column.{name}", language) for name in ("skill", "area")] + days]
    for skill, area in _pairs(found):
        cells = [found.by_key[skill, area, day] for day in found.days]
        shown = [f"{letter(cell.light, language)} {cell.visits}" for cell in cells]
        rows.append([skill_name(skill, language), area_name(area, language), *shown])
    return rows


def letter(light: Light, language: Language) -> str:
    """One letter for a light, so that nobody needs its colour."""
    return text(f"capacity.light.{light}", language)[0].upper()


def capacity_csv(found: CapacityLight, language: Language = "nl") -> str:
    """All cells as CSV text: BOM, semicolons and CRLF as all ours."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(text(f"capacity.column.{name}", language) for name in COLUMNS)
    for cell in found.cells:
        writer.writerow((skill_name(cell.skill, language), area_name(cell.area, language), cell.day.isoformat(),
                         text(f"capacity.light.{cell.light}", language), cell.visits))  # fmt: skip
    return "\ufeff" + out.getvalue()


def capacity_json(found: CapacityLight, language: Language = "nl") -> dict[str, Any]:
    """The same as plain data, with the rule in words."""
    return {
        "days": [day.isoformat() for day in found.days], "minutes": found.minutes, "green": found.green,
        "least_clients": found.least_clients, "notes": list(capacity_sentences(found, language)),
        "cells": [{"skill": cell.skill, "area": area_name(cell.area, language), "day": cell.day.isoformat(),
                   "visits": cell.visits, "light": cell.light} for cell in found.cells],
    }  # fmt: skip


def _pairs(found: CapacityLight) -> Iterable[tuple[str, str]]:
    return ((skill, area) for skill in found.skills for area in found.areas)
