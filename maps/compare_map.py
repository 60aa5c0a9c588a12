"""Two or more scenarios as maps side by side: who drives between which neighbourhoods, never to which address."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan, Stop
from optimiser.report.compare_areas import area_of
from optimiser.report.compare_numbers import scenario_name
from optimiser.report.compare_small import OTHER
from optimiser.report.legs import place_of
from optimiser.texts import Language, text

WIDTH, HIGHEST, EDGE = 520, 420, 14
COLOURS = ("#0b5c7a", "#b3471d", "#3f7d20", "#7b3fa0", "#a8005c", "#7a5c00")
"""One for each organisation, in the instance's order, then again."""
Point = tuple[float, float]
"""Latitude and longitude."""


@dataclass(frozen=True)
class _Drawn:
    """Undirected legs between points by the nurse's employer, who comes where, and legs in all."""

    flows: dict[tuple[str, Point, Point], int]
    comes: dict[Point, set[str]]
    legs: int


def map_pair(
    instance: Instance, plans: Mapping[str, Plan], language: Language = "nl", for_organisation: str | None = None
) -> Markup:
    """The figures for the comparison page: scenario -> its plan, in order. Empty without districts or routes.

    Stops stand in the centre of their district. For one organisation only the legs of its own nurses are drawn, and
    clients of others stand in the centre of an area with at least five clients.
    """
    place = _centres(instance, for_organisation)
    drawn = {name: _drawn(instance, plan, place, for_organisation) for name, plan in plans.items()}
    points = [point for each in drawn.values() for point in each.comes]
    if not points:
        return Markup("")
    spot, height = _projection(points)
    ground = [(each.latitude, each.longitude) for each in instance.districts]
    most = max(count for each in drawn.values() for count in (*each.flows.values(), 1))
    figures = Markup("").join(
        _figure(instance, name, each, spot, height, ground, most, language, for_organisation)
        for name, each in drawn.items()
    )
    notes = [text("compare.map.how", language)]
    if for_organisation is not None:
        notes.append(text("compare.map.how_own", language))
    return Markup('<p class="quiet">{}</p><div class="pair">{}</div>{}').format(
        " ".join(notes), figures, _legend(instance, for_organisation)
    )


def _centres(instance: Instance, own: str | None) -> Callable[[Stop], Point | None]:
    """Where a stop stands: its district's centre; for another's client that of its area, by inhabitants."""
    district = {each.id: each for each in instance.districts}
    areas = area_of(instance) if own is not None else {}
    weights: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for each in instance.districts:
        people = each.inhabitants + 1
        for number, value in enumerate((each.latitude * people, each.longitude * people, people)):
            weights[areas.get(each.id, OTHER)][number] += value

    def centre(stop: Stop) -> Point | None:
        place = place_of(instance, stop)
        code = instance.place_by_id[place].district if place is not None else ""
        if code not in district:
            return None
        visit = instance.visit_by_id.get(stop.id)
        if own is None or visit is None or instance.client_by_id[visit.client].organisation == own:
            return district[code].latitude, district[code].longitude
        latitude, longitude, people = weights[areas[code]]
        return latitude / people, longitude / people

    return centre


def _drawn(instance: Instance, plan: Plan, place: Callable[[Stop], Point | None], own: str | None) -> _Drawn:
    flows: Counter[tuple[str, Point, Point]] = Counter()
    comes: dict[Point, set[str]] = defaultdict(set)
    legs = 0
    for employer, stops in _routes(instance, plan):
        if own not in (None, employer):
            continue
        points = [point for stop in stops if (point := place(stop)) is not None]
        for point in points:
            comes[point].add(employer)
        legs += max(len(points) - 1, 0)
        for one, other in pairwise(points):
            if one != other:
                flows[employer, *sorted((one, other))] += 1  # type: ignore[index]
    return _Drawn(dict(flows), dict(comes), legs)


def _routes(instance: Instance, plan: Plan) -> Iterator[tuple[str, list[Stop]]]:
    """(employer, stops) of each route segment."""
    for duty in sorted(plan.duties, key=lambda each: each.id):
        for route in duty.routes:
            yield instance.nurse_by_id[duty.nurse].organisation, [each for each in route.stops if each.what == "visit"]


def _projection(points: list[Point]) -> tuple[Callable[[Point], Point], int]:
    """From latitude and longitude to the drawing, and its height; as large as fits."""
    south, north = min(each[0] for each in points), max(each[0] for each in points)
    west, east = min(each[1] for each in points), max(each[1] for each in points)
    narrow = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * narrow, 0.01), max(north - south, 0.01)
    scale = min((WIDTH - 2 * EDGE) / wide, (HIGHEST - 2 * EDGE) / high)
    height = round(high * scale + 2 * EDGE)

    def spot(point: Point) -> Point:
        x = WIDTH / 2 + (point[1] - (west + east) / 2) * narrow * scale
        return x, height / 2 - (point[0] - (south + north) / 2) * scale

    return spot, height


def _figure(
    instance: Instance, name: str, drawn: _Drawn, spot: Callable[[Point], Point], height: int, ground: list[Point],
    most: int, language: Language, own: str | None,
) -> Markup:  # fmt: skip
    key = "compare.map.caption" if own is None else "compare.map.caption_own"
    both = sum(len(employers) > 1 for employers in drawn.comes.values())
    called = scenario_name(name, language)
    caption = text(key, language, legs=drawn.legs, both=both, all_areas=len(drawn.comes))
    inside = [(x, y) for x, y in map(spot, ground) if 0 <= x <= WIDTH and 0 <= y <= height]
    dots = "".join(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="1.6" fill="#ccd3dc"/>' for x, y in sorted(inside))
    order = [each.id for each in instance.organisations]
    lines = "".join(
        _line(spot(one), spot(other), count / most, order.index(employer), len(order))
        for (employer, one, other), count in sorted(drawn.flows.items())
    )
    stops = "".join(_stop(spot(point), [order.index(each) for each in sorted(employers)])
                    for point, employers in sorted(drawn.comes.items()))  # fmt: skip
    return Markup(  # noqa: S704 - numbers, and a caption that is escaped
        f'<figure><svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(called)}: {escape(caption)}">'
        f"{dots}{lines}{stops}</svg><figcaption>{escape(called)} <small>{escape(caption)}</small></figcaption></figure>"
    )


def _line(one: Point, other: Point, share: float, number: int, organisations: int) -> str:
    """A leg, a little to the side for each organisation, so that both are seen."""
    (x, y), (right, down) = one, other
    length = math.hypot(right - x, down - y) or 1.0
    aside = 1.5 * (number - (organisations - 1) / 2)
    across, along = aside * (down - y) / length, -aside * (right - x) / length
    colour = COLOURS[number % len(COLOURS)]
    return (f'<line x1="{x + across:.1f}" y1="{y + along:.1f}" x2="{right + across:.1f}" y2="{down + along:.1f}" '
            f'stroke="{colour}" stroke-width="{0.6 + 2.4 * math.sqrt(share):.1f}" stroke-opacity=".6"/>')  # fmt: skip


def _stop(point: Point, numbers: list[int]) -> str:
    """A dot in the colour of who comes there; dark with a white edge where several come."""
    colour = COLOURS[numbers[0] % len(COLOURS)] if len(numbers) == 1 else "#18212f"
    return f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="3" fill="{colour}" stroke="#fff" stroke-width=".8"/>'


def _legend(instance: Instance, own: str | None) -> Markup:
    rows = Markup("").join(
        Markup('<span style="--mark: {}">{}</span>').format(COLOURS[number % len(COLOURS)], each.name)
        for number, each in enumerate(instance.organisations)
        if own in (None, each.id)
    )
    return Markup('<p class="legend">{}</p>').format(rows)
