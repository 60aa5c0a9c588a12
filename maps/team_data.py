"""What the team map's script draws and counts from: routes, visits and areas as short rows with shared texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from maps.borders import Area
from maps.itinerary import Itinerary, Line, itinerary
from maps.road_lines import Ways, ways
from maps.team_lines import encoded
from maps.team_open import OpenWork, open_work
from maps.words import Names, Words, name_of
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.road_lines import Point, RoadLines
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.district_work import VisitWork, visit_work
from optimiser.report.legs import journey_ends

PALETTE = (
    "#0b5c7a", "#b3471d", "#3f7d20", "#7b3fa0", "#a8005c", "#1d4fb8", "#7a5c00", "#00796b", "#8c2f39", "#4a4e9e",
    "#5d6b00", "#c2410c", "#006d9c", "#9c27b0", "#2e6b3f", "#ad1457",
)  # fmt: skip
"""Line colours that stand off the light ground (contrast above 4.5 : 1 with the white numbers on them)."""
DASHES = ((), (10, 5), (3, 4), (12, 4, 3, 4))
"""Strokes and gaps of lines in pixels, one after the other over the nurses: read without the colour."""
TASK, CRITICAL = 1, 2
"""Flags of a stop."""


@dataclass(frozen=True)
class Driven:
    """One plan as the map shows it: routes with stops, every visit with who does it, and what is open."""

    plan: Plan
    routes: tuple[Itinerary, ...]
    work: tuple[VisitWork, ...]
    opened: tuple[OpenWork, ...]


def driven(words: Words, travel: TravelMatrix, plan: Plan, names: Names) -> Driven:
    """What a plan has to show."""
    duties = sorted((each for each in plan.duties if each.stops), key=lambda each: (each.start, each.nurse))
    routes = tuple(itinerary(words, travel, plan, duty, names) for duty in duties)
    return Driven(plan, routes, visit_work(words.instance, travel, plan), open_work(words, plan, names))


@dataclass
class Choices:
    """What can be chosen, in the order of the page; the script knows each by its number here."""

    instance: Instance
    days: list[date]
    kinds: list[str]
    organisations: list[str]
    nurses: list[str]
    colours: dict[str, str]


def choices(words: Words, shown: Sequence[Driven], names: Names) -> Choices:
    """Days of the horizon; kinds, organisations and nurses of the routes, nurses by name."""
    instance = words.instance
    routes = [route for each in shown for route in each.routes]
    kinds = {route.duty.kind for route in routes}
    nurses = sorted({route.duty.nurse for route in routes}, key=lambda each: (name_of(names, each), each))
    return Choices(
        instance=instance,
        days=[instance.clock.date_of(number) for number in range(instance.days)],
        kinds=[each.id for each in instance.shift_kinds if each.id in kinds],
        organisations=[each.id for each in instance.organisations],
        nurses=nurses,
        colours=_colours(routes, nurses),
    )


def _colours(routes: Sequence[Itinerary], nurses: Sequence[str]) -> dict[str, str]:
    """Nurse -> her colour on every day; nurses who drive on the same days differ as long as the palette lasts."""
    days: dict[str, set[date]] = defaultdict(set)
    for route in routes:
        days[route.duty.nurse].add(route.duty.day)
    given: dict[str, str] = {}
    for nurse in nurses:
        clashes = dict.fromkeys(PALETTE, 0)
        for other, colour in given.items():
            clashes[colour] += 1 + 100 * len(days[nurse] & days[other])
        given[nurse] = min(PALETTE, key=lambda colour: (clashes[colour], PALETTE.index(colour)))
    return given


def dash_of(number: int) -> tuple[int, ...]:
    """The strokes and gaps of a nurse's lines by her number in the list; empty for an unbroken one."""
    return DASHES[number % len(DASHES)]


def swatch(colour: str, dash: tuple[int, ...]) -> str:
    """The line as the background of its mark in the list."""
    if not dash:
        return colour
    stops, at = [], 0
    for place, length in enumerate(dash):
        stops.append(f"{'transparent' if place % 2 else colour} {at}px {at + length}px")
        at += length
    return f"repeating-linear-gradient(90deg, {', '.join(stops)})"


@dataclass
class Texts:
    """Texts of popups, each kept once: (style, text) -> number."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, style: str, words: str) -> int:
        """Where the text stands."""
        key = (style, words)
        if key not in self._numbers:
            self._numbers[key] = len(self.rows)
            self.rows.append(key)
        return self._numbers[key]


def team_data(
    words: Words, shown: Sequence[Driven], can: Choices, areas: Sequence[Area], roads: RoadLines | None, names: Names
) -> dict[str, Any]:
    """All that the script needs but its words. Minutes and counts are integers; points are degrees."""
    texts = Texts()
    area_of = {code: number for number, area in enumerate(areas) for code in area.districts}
    plans = [
        {
            "routes": [_route(words, route, can, texts, roads) for route in each.routes],
            "visits": [_visit(row, can, area_of) for row in each.work],
            "open": [_open(row, can, texts) for row in each.opened if row.point is not None],
        }
        for each in shown
    ]
    kinds = [words.instance.kind_by_id[each] for each in can.kinds]
    return {
        "texts": texts.rows,
        "areas": [_area(each) for each in areas],
        "days": [{"id": day.isoformat(), "words": words.long_day(day)} for day in can.days],
        "kinds": [
            {"code": each.code, "look": each.category + (" standby" if each.lane == "standby" else "")}
            for each in kinds
        ],
        "organisations": [words.instance.organisation_by_id[each].name for each in can.organisations],
        "nurses": [
            {
                "id": each,
                "name": name_of(names, each),
                "colour": can.colours[each],
                "dash": " ".join(map(str, dash_of(number))),
            }
            for number, each in enumerate(can.nurses)
        ],
        "plans": plans,
        "along_roads": any(_ways(words, route, roads).along_roads for each in shown for route in each.routes),
    }


def _area(area: Area) -> dict[str, Any]:
    shape = [[encoded(ring) for ring in rings] for rings in area.polygons]
    row = {"name": area.name, "town": area.town, "at": [round(each, 5) for each in area.at], "people": area.people}
    return row | ({"shape": shape} if shape else {"metres": area.metres})


def _visit(row: VisitWork, can: Choices, area_of: Mapping[str, int]) -> list[int]:
    """[area or -1, day, the client's organisation, asked, own, other, open, legs, travel]"""
    return [
        area_of.get(row.district, -1), can.instance.clock.day_number(row.day),
        can.organisations.index(row.organisation), row.asked, row.own, row.other, int(row.open), row.legs, row.travel,
    ]  # fmt: skip


def _open(row: OpenWork, can: Choices, texts: Texts) -> list[Any]:
    """[latitude, longitude, day, organisation, title, texts]"""
    assert row.point is not None
    return [
        *row.point, can.instance.clock.day_number(row.day), can.organisations.index(row.organisation),
        texts.number("", row.title), [texts.number(*each) for each in row.lines],
    ]  # fmt: skip


def _route(words: Words, route: Itinerary, can: Choices, texts: Texts, roads: RoadLines | None) -> dict[str, Any]:
    duty, instance = route.duty, words.instance
    return {
        "nurse": can.nurses.index(duty.nurse),
        "day": instance.clock.day_number(duty.day),
        "kind": can.kinds.index(duty.kind),
        "organisation": can.organisations.index(instance.nurse_by_id[duty.nurse].organisation),
        "visits": route.visits,
        "lines": [encoded(line) for line in _joined(_ways(words, route, roads).between)],
        "stops": _stops(words, route.lines, texts),
    }


def _ways(words: Words, route: Itinerary, roads: RoadLines | None) -> Ways:
    return ways(route, roads, journey_ends(words.instance, route.duty.nurse, route.duty.day).mode)


def _joined(pieces: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """Ways that begin where the last one ends become one line."""
    lines: list[list[Point]] = []
    for piece in pieces:
        if lines and lines[-1][-1] == piece[0]:
            lines[-1].extend(piece[1:])
        else:
            lines.append(list(piece))
    return lines


def _stops(words: Words, lines: Sequence[Line], texts: Texts) -> list[list[Any]]:
    """[latitude, longitude, label, flags, title, texts] for each point of the map; stops at one door share it."""
    shared: dict[tuple[float, float], list[Line]] = {}
    for line in lines:
        if line.latitude is not None and line.longitude is not None:
            shared.setdefault((line.latitude, line.longitude), []).append(line)
    rows: list[list[Any]] = []
    for point, group in shared.items():
        first = group[0]
        flags = (TASK if first.what == "task" else 0) | (CRITICAL if any(each.critical for each in group) else 0)
        title = f"{first.number}. {first.start} {first.person or first.client or first.title}"
        told = [texts.number(*entry) for line in group for entry in _told(words, line) if entry[1]]
        rows.append([*point, "·".join(str(each.number) for each in group), flags, texts.number("", title), told])
    return rows


def _told(words: Words, line: Line) -> list[tuple[str, str]]:
    """What a popup says of a stop: (style, text) for each line."""
    return [
        ("main", f"{line.start}–{line.end}"),
        ("main", line.person or line.client or line.title),
        ("quiet", line.address),
        ("", line.title if line.client else ""),
        ("quiet", words("map.route.window", window=line.window)),
        ("bad", words("map.route.critical") if line.critical else ""),
        ("", words("map.route.together", nurse=line.partner) if line.partner else ""),
    ]
