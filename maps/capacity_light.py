"""The page of free capacity: a traffic light with letters, in one file, to share and to print. It names nobody."""

from __future__ import annotations

from datetime import date

from maps.page import render
from optimiser.report.capacity_light import LIGHTS, CapacityLight, area_name, capacity_sentences, letter, skill_name
from optimiser.texts import Language, text


def capacity_page(found: CapacityLight, language: Language = "nl") -> str:
    """The page as HTML without scripts and without a network: an overview, then a table of days for each skill."""
    return render(
        "capacity_light.html.j2",
        lang=language,
        t=lambda key, **values: text(key, language, **values),
        notes=capacity_sentences(found, language),
        first=_day(found.days[0], language) if found.days else "",
        last=_day(found.days[-1], language) if found.days else "",
        legend=[(light, letter(light, language), text(f"capacity.light.{light}", language)) for light in LIGHTS],
        skills=[skill_name(skill, language) for skill in found.skills],
        overview=[_overview(found, area, language) for area in found.areas] if found.days else [],
        tables=[_table(found, skill, language) for skill in found.skills] if found.days and found.areas else [],
        days=[_day(day, language) for day in found.days],
    )


def _overview(found: CapacityLight, area: str, language: Language) -> dict[str, object]:
    """An area with a light for each skill: all days together."""
    return {
        "area": area_name(area, language),
        "lights": [_light(found.week(skill, area), language) for skill in found.skills],
    }


def _table(found: CapacityLight, skill: str, language: Language) -> dict[str, object]:
    """A skill with a row for each area and a light and number for each day."""
    rows = []
    for area in found.areas:
        cells = [found.by_key[skill, area, day] for day in found.days]
        shown = [(*_light(cell.light, language), cell.visits) for cell in cells]
        rows.append({"area": area_name(area, language), "cells": shown})
    return {"skill": skill_name(skill, language), "rows": rows}


def _light(light: str, language: Language) -> tuple[str, str, str]:
    """The class, the letter and the word of a light."""
    word = text(f"capacity.light.{light}", language)
    return light, word[0].upper(), word


def _day(day: date, language: Language) -> str:
    names, months = text("map.weekdays.short", language).split(), text("map.months.short", language).split()
    return f"{names[day.weekday()]} {day.day} {months[day.month - 1]}"
