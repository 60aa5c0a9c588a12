"""What the map of response shows as plain tables and sentences: by part of the week, by organisation, by district."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maps.borders import Area
from maps.response_data import ALL, Scenario, Told, figures_of, minutes, percent, together
from maps.response_exact import Exact
from maps.words import Words
from optimiser.domain.call_share import visits_per_week
from optimiser.domain.response import DistrictResponse
from optimiser.texts import number as number_words
from optimiser.texts import signed


def part_rows(
    words: Words, scenarios: Sequence[Scenario], exact: Sequence[Exact], parts: Sequence[str], areas: Sequence[Area]
) -> list[dict[str, Any]]:
    """A row for each part: for each scenario visits, share within the norm, minutes (a percentile only where exact
    figures are given), share unanswered, and how many districts are below the target."""
    target = words.instance.response.target_percent
    rows = []
    for part in parts:
        cells = []
        for number, each in enumerate(scenarios):
            told = exact[number].get(("", part)) if exact else together(each.of(part))
            found = [one for one in figures_of(areas, each, part) if one is not None and one.within is not None]
            below = sum(percent(one.within or 0.0) < target for one in found)
            texts = figure_cells(words, told)
            if not exact:  # a percentile of the whole cannot be had from those of its districts
                del texts[3]
            cells.append([*texts, f"{below} / {len(found)}" if found else "–"])
        rows.append({"name": words(f"map.response.part.{part}"), "cells": cells})
    return rows


def organisation_rows(
    words: Words, scenarios: Sequence[Scenario], exact: Sequence[Exact], parts: Sequence[str], named: Sequence[str]
) -> list[dict[str, Any]]:
    """A row for each organisation that may be named and has calls: visits a week, and by scenario and part the share
    within the norm."""
    weights = _weights(words)
    rows = []
    for organisation in (words.instance.organisation_by_id[each] for each in named):
        cells, visits = [], 0.0
        for number, each in enumerate(scenarios):
            found = [
                exact[number].get((organisation.id, part))
                if exact
                else together(_own(each.of(part), organisation.id, weights))
                for part in parts
            ]
            visits = max([visits, *(one.visits for one in found if one is not None)])
            cells.append([_share(one) for one in found])
        if visits:
            rows.append({"name": organisation.name, "visits": words.decimal(visits), "cells": cells})
    return rows


def _weights(words: Words) -> dict[str, dict[str, float]]:
    """District (or place without one) -> organisation -> its share of the visits there in a plain week."""
    table: dict[str, dict[str, float]] = {}
    for source in words.instance.call_sources:
        place = words.instance.place_by_id[source.place]
        row = table.setdefault(place.district or place.id, {})
        row[source.organisation] = row.get(source.organisation, 0.0) + float(visits_per_week(words.instance, source.id))
    return {code: {name: value / total for name, value in row.items()} for code, row in table.items()
            if (total := sum(row.values()))}  # fmt: skip


def _own(
    rows: Iterable[DistrictResponse], organisation: str, weights: Mapping[str, Mapping[str, float]]
) -> list[DistrictResponse]:
    """The rows of districts where it has calls, with the visits that are its own."""
    found = []
    for row in rows:
        if organisation in row.organisations:
            share = weights.get(row.district, {}).get(organisation, 1 / len(row.organisations))
            found.append(row.model_copy(update={"visits_per_week": row.visits_per_week * share}))
    return found


def district_rows(
    words: Words, areas: Sequence[Area], scenarios: Sequence[Scenario], part: str, named: Sequence[str]
) -> list[dict[str, Any]]:
    """A row for each district with visits, the one with the smallest share within the norm under the first scenario
    first, then with most visits; ``cells`` are texts for each scenario."""
    told = [figures_of(areas, each, part) for each in scenarios]
    numbers = [number for number in range(len(areas)) if any(each[number] is not None for each in told)]

    def visits(number: int) -> float:
        return next((one.visits for each in told if (one := each[number]) is not None), 0.0)

    def worst(number: int) -> tuple[float, float, str]:
        first = told[0][number]
        share = percent(first.within) if first is not None and first.within is not None else 101
        return (share, -visits(number), areas[number].name)

    return [
        {
            "number": number, "name": areas[number].name, "town": areas[number].town,
            "organisations": ", ".join(owners_of(words, areas[number], scenarios, named)),
            "visits": two(words, visits(number)),
            "cells": [figure_cells(words, each[number])[1:] for each in told],
            "change": _change(words, told[0][number], told[1][number]) if len(told) == 2 else None,
        }
        for number in sorted(numbers, key=worst)
    ]  # fmt: skip


def _points(one: Told | None, other: Told | None) -> int | None:
    """How many percents more are in time under the second, of what is shown; None where either has no share."""
    if one is None or other is None or one.within is None or other.within is None:
        return None
    return percent(other.within) - percent(one.within)


def _change(words: Words, one: Told | None, other: Told | None) -> str:
    points = _points(one, other)
    return "–" if points is None else signed(points, words.language)


def change_sentence(words: Words, areas: Sequence[Area], scenarios: Sequence[Scenario]) -> str:
    """Of two scenarios: in how many districts more visits are in time under the second, in how many fewer; else
    empty."""
    if len(scenarios) != 2:
        return ""
    pairs = zip(*(figures_of(areas, each, ALL) for each in scenarios), strict=True)
    found = [points for one, other in pairs if (points := _points(one, other)) is not None]
    if not found:
        return ""
    return words(
        "map.response.changed", one=scenarios[1].title, other=scenarios[0].title, count=len(found),
        better=sum(each > 0 for each in found), worse=sum(each < 0 for each in found),
    )  # fmt: skip


def owners_of(words: Words, area: Area, scenarios: Iterable[Scenario], named: Sequence[str]) -> list[str]:
    """Names of the organisations with calls in an area that may be named, in the order of the instance."""
    owners = {
        name for each in scenarios for row in each.rows if row.district in area.districts for name in row.organisations
    }
    return [words.instance.organisation_by_id[each].name for each in named if each in owners]


def two(words: Words, value: float) -> str:
    """Visits a week of a small place: 0,35."""
    return number_words(value, words.language, 2)


def figure_cells(words: Words, told: Told | None) -> list[str]:
    """Texts of visits, share within the norm (with its interval), mean, 90th percentile and share unanswered."""
    if told is None:
        return ["–"] * 5
    return [
        words.decimal(told.visits), _share(told),
        *("–" if each is None else words.whole(minutes(each)) for each in (told.mean, told.p90)),
        "–" if told.unanswered is None else f"{percent(told.unanswered)}%",
    ]  # fmt: skip


def _share(told: Told | None) -> str:
    if told is None or told.within is None:
        return "–"
    if told.low is None or told.high is None:
        return f"{percent(told.within)}%"
    return f"{percent(told.within)}% ({percent(told.low)}–{percent(told.high)})"


def sentences(words: Words, scenarios: Sequence[Scenario], exact: Sequence[Exact]) -> list[str]:
    """For each scenario: of how many visits which share is in time, and how many are late or answered by nobody."""
    norm, found = words.instance.response.norm_minutes, []
    for number, each in enumerate(scenarios):
        told = exact[number].get(("", ALL)) if exact else together(each.rows)
        if told is None or told.within is None:
            found.append(words("map.response.says_nothing", title=each.title))
            continue
        late = words.decimal(told.visits * (1 - told.within))
        said = words(
            "map.response.says", title=each.title, visits=words.decimal(told.visits), share=percent(told.within),
            norm=norm, late=late,
        )  # fmt: skip
        nobody = words("map.response.says_nobody", share=percent(told.unanswered)) if told.unanswered else ""
        found.append(f"{said} {nobody}".strip())
    return found
