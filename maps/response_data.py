"""What the map of response tells of each district, part of the week and scenario, and in which classes of colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor

from maps.borders import Area, bordered, circles
from optimiser.domain.instance import Instance
from optimiser.domain.response import DistrictResponse, Part

PARTS: tuple[Part, ...] = ("evening", "night", "weekend_day", "week_day")
ALL = "all"
FIGURES = ("within", "mean", "p90", "visits")
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)
COARSE = 2
"""Decimals of a degree (about a kilometre) to which a place is told that might be somebody's home."""


@dataclass(frozen=True)
class Told:
    """Figures of one or more rows together. ``within`` and ``unanswered`` are shares of all visits, ``mean`` is over
    the answered ones, ``p90`` that of the slowest row; ``low`` and ``high`` are known of a single row only."""

    visits: float
    within: float | None
    mean: float | None
    p90: float | None
    unanswered: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Scenario:
    """A plan or contract by the title that it is told under, and its rows by part."""

    title: str
    rows: tuple[DistrictResponse, ...]

    def of(self, part: str) -> list[DistrictResponse]:
        """The rows of a part of the week, or of all."""
        return [each for each in self.rows if part in (ALL, each.part)]


def together(rows: Iterable[DistrictResponse]) -> Told | None:
    """The rows as one; None when they have no visits."""
    rows = [each for each in rows if each.visits_per_week > 0]
    if not rows:
        return None
    visits = sum(each.visits_per_week for each in rows)
    known = [(each.visits_per_week, each.within_norm) for each in rows if each.within_norm is not None]
    met = [
        (each.visits_per_week * (1 - each.unanswered), each.mean_minutes)
        for each in rows
        if each.mean_minutes is not None
    ]
    slowest = [each.p90_minutes for each in rows if each.p90_minutes is not None]
    told = Told(
        visits, _mean(known), _mean(met), max(slowest, default=None),
        sum(each.visits_per_week * each.unanswered for each in rows) / visits,
    )  # fmt: skip
    return replace(told, low=rows[0].low, high=rows[0].high) if len(rows) == 1 else told


def _mean(pairs: Sequence[tuple[float, float]]) -> float | None:
    weight = sum(each for each, _ in pairs)
    return sum(share * value for share, value in pairs) / weight if weight > 0 else None


def parts_of(scenarios: Iterable[Scenario]) -> tuple[str, ...]:
    """The parts of the week with visits, and all together when there are several."""
    seen = {row.part for each in scenarios for row in each.rows if row.visits_per_week > 0}
    found = tuple(each for each in PARTS if each in seen)
    return (ALL, *found) if len(found) != 1 else found


def response_areas(
    instance: Instance, asked: Iterable[str], borders: Mapping[str, object] | None
) -> tuple[tuple[Area, ...], str]:
    """Borders where they are known, else circles; and the year of the borders. Every code of ``asked`` is in an area: a
    place that lies in no district as a point, coarser where somebody may live there."""
    codes = dict.fromkeys(asked)
    if borders is None:
        areas, year = circles(instance), ""
    else:
        found, year = bordered(instance, borders)
        drawn = tuple(each for each in found if each.polygons)
        held = {code for each in drawn for code in each.districts}
        missing = codes.keys() - held
        areas = (*drawn, *(each for each in circles(instance) if each.districts[0] in missing))
    known = {code for each in areas for code in each.districts}
    return (*areas, *(_point(instance, code) for code in codes if code not in known)), year


def _point(instance: Instance, code: str) -> Area:
    place = instance.place_by_id.get(code)
    if place is None:
        return Area(code, "", (0.0, 0.0), (code,))
    at = place.latitude, place.longitude
    if place.kind in ("home", "client"):
        at = round(at[0], COARSE), round(at[1], COARSE)
    return Area(code, "", at, (code,))


def figures_of(areas: Sequence[Area], scenario: Scenario, part: str) -> list[Told | None]:
    """For each area what is told of its districts."""
    number_of = {code: number for number, area in enumerate(areas) for code in area.districts}
    rows: dict[int, list[DistrictResponse]] = {}
    for row in scenario.of(part):
        rows.setdefault(number_of[row.district], []).append(row)
    return [together(rows.get(number, ())) for number in range(len(areas))]


def percent(share: float) -> int:
    """Whole percents; 100 only for all and 0 only for none."""
    shown = floor(100 * share + 0.5)
    return 100 if share >= 1 - 1e-9 else max(0 if share <= 1e-9 else 1, min(99, shown))


def minutes(value: float) -> int:
    """Whole minutes, half up."""
    return floor(value + 0.5)


def shown(told: Told | None) -> list[float | None]:
    """What the page's script gets of an area, rounded as it is shown: figures in their order, unanswered, low, high."""
    if told is None:
        return []
    return [
        None if told.within is None else percent(told.within),
        None if told.mean is None else minutes(told.mean),
        None if told.p90 is None else minutes(told.p90),
        round(told.visits, 2),
        None if told.unanswered is None else percent(told.unanswered),
        None if told.low is None else percent(told.low),
        None if told.high is None else percent(told.high),
    ]


def bounds_of(figure: str, values: Iterable[float], norm: int, target: int) -> list[float]:
    """Upper bounds of five classes: around the target share, around the norm, or in round steps up to the most."""
    if figure == "within":
        return [max(target - 41, 1), max(target - 16, 2), target - 1, (target + 100) // 2 - 1, 100]
    if figure in ("mean", "p90"):
        return [norm // 3, 2 * norm // 3, norm, norm + norm // 2, 10_000]
    most = max(values, default=0)
    step = next((each for each in STEPS if 5 * each >= most), STEPS[-1])
    return [round(step * times, 2) for times in range(1, 6)]
