"""What the team map shows as plain tables, for who reads without scripts: routes, districts and what is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from maps.borders import Area
from maps.team_data import Choices, Driven
from maps.words import Names, Words, name_of
from optimiser.report.district_work import DistrictWork, VisitWork, summed

MEASURES = ("demand", "served", "other", "open", "travel")
"""What districts can be coloured by: hours asked; share served; share by another organisation; open visits; minutes of
travel to a visit."""


def measures(can: Choices) -> tuple[str, ...]:
    """The measures that say something: with one organisation nobody comes from another."""
    return tuple(each for each in MEASURES if each != "other" or len(can.organisations) > 1)


def route_rows(
    words: Words, shown: Driven, names: Names, paged: Collection[str] | None = None
) -> list[dict[str, Any]]:
    """One row for each route in order of start: the duty, its visits, and its minutes between stops. ``page`` is where
    the route's own page lies, empty for nurses who are not among ``paged``; None: everyone has pages."""
    rows = []
    for route in shown.routes:
        duty = route.duty
        kind = words.instance.kind_by_id[duty.kind]
        organisation = words.instance.nurse_by_id[duty.nurse].organisation
        rows.append(
            {
                "day": words.short_day(duty.day),
                "long_day": words.long_day(duty.day),
                "nurse": name_of(names, duty.nurse),
                "organisation": words.instance.organisation_by_id[organisation].name,
                "code": kind.code,
                "look": kind.category + (" standby" if kind.lane == "standby" else ""),
                "span": words.span(duty.start, duty.end),
                "visits": route.visits,
                "care": words.hours(sum(line.minutes for line in route.lines if line.what == "visit")),
                "travel": sum(line.leg for line in route.lines if not line.home_leg),
                "page": f"routes/{duty.nurse}_{duty.day}.html" if paged is None or duty.nurse in paged else "",
            }
        )
    return rows


def area_rows(
    words: Words, shown: Sequence[Driven], areas: Sequence[Area], columns: Sequence[str]
) -> list[dict[str, Any]]:
    """One row for each area with demand over the whole horizon, the largest first; the last for visits without one.

    ``cells`` hold for each plan: the number of visits, then a text for each measure.
    """
    by_area = [_by_area(each.work, areas) for each in shown]
    numbers = sorted(
        {number for table in by_area for number in table},
        key=lambda number: (number < 0, -by_area[0].get(number, DistrictWork()).asked, number),
    )
    rows = []
    for number in numbers:
        area = areas[number] if number >= 0 else None
        cells = [
            [("visits", words.whole(sums.visits)), *((each, shown_value(words, each, sums)) for each in columns)]
            for sums in (table.get(number, DistrictWork()) for table in by_area)
        ]
        name = area.name if area else words("map.team.no_district")
        rows.append({"number": number, "name": name, "town": area.town if area else "", "cells": cells})
    return rows


def _by_area(work: Iterable[VisitWork], areas: Sequence[Area]) -> dict[int, DistrictWork]:
    area_of = {code: number for number, area in enumerate(areas) for code in area.districts}
    table: dict[int, list[VisitWork]] = defaultdict(list)
    for row in work:
        table[area_of.get(row.district, -1)].append(row)
    return {number: summed(rows) for number, rows in table.items()}


def shown_value(words: Words, measure: str, sums: DistrictWork) -> str:
    """A measure of an area as a text, as team.js writes it; a dash where there is nothing to measure.

    Halves go up. 100% is all and 0% is none: 99.7 is 99 and 0.2 is 1, so that a text agrees with its class.
    """
    if not sums.visits:
        return "–"
    if measure == "demand":
        return words.decimal((sums.asked + 3) // 6 / 10)
    if measure == "open":
        return words.whole(sums.open)
    if measure == "travel":
        return words.whole((2 * sums.travel + sums.legs) // (2 * sums.legs)) if sums.legs else "–"
    part = sums.other if measure == "other" else sums.own + sums.other
    return f"{_percent(part, sums.asked)}%"


def _percent(part: int, whole: int) -> int:
    shown = (200 * part + whole) // (2 * whole)
    return max(min(part, 1), min(shown, 99)) if part < whole else 100


def open_rows(words: Words, shown: Driven, can: Choices) -> list[dict[str, Any]]:
    """One row for each open visit or task."""
    return [
        {
            "day": words.instance.clock.day_number(each.day),
            "organisation": can.organisations.index(each.organisation),
            "when": each.when,
            "who": each.who,
            "what": each.what,
            "reason": each.reason,
            "others": each.others,
        }
        for each in shown.opened
    ]
