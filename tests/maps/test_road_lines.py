"""Lines of a route: along roads where they are known, straight where not, and never a way that is not hers to see."""

from __future__ import annotations

from datetime import date
from typing import Any

from maps.itinerary import Itinerary, Line, itinerary
from maps.road_lines import ways
from maps.words import Words
from optimiser.domain.plan import Duty
from optimiser.domain.road_lines import RoadLines
from optimiser.report.legs import journey_ends, plan_ways
from optimiser.texts import text

HOME, BASE = (52.0, 5.0), (52.5, 5.5)
DUTY = Duty(id="N/d", nurse="N", kind="D", day=date(2026, 12, 7), lane="work", start=0, end=9, organisation="aafje")


def stop(place: str, latitude: float, home_leg: bool = False) -> Line:
    return Line(1, "visit", "", "", 30, "", home_leg=home_leg, place=place, latitude=latitude, longitude=5.0)


PAUSE = Line(0, "break", "", "", 30, "")
DAY = Itinerary(
    DUTY,
    (stop("A", 52.1, home_leg=True), PAUSE, stop("B", 52.2), stop("C", 52.2)),
    home=HOME,
    start_place="H",
    end_place="H",
)
A, B = (52.1, 5.0), (52.2, 5.0)


def test_straight_without_roads() -> None:
    """Home to A, A to B (the break has no point), B to home; C lies at B's door and has no way of its own."""
    assert ways(DAY, None, "car") == ([[A, B]], [[HOME, A], [B, HOME]], False)


def test_along_the_road_from_door_to_door() -> None:
    """A known way is drawn with both doors added; ways of another mode, or of the other direction, are not hers."""
    bend = (52.15, 5.1)
    roads: RoadLines = {("A", "B", "car"): (bend,), ("B", "A", "car"): (BASE,), ("H", "A", "bicycle"): (BASE,)}
    assert ways(DAY, roads, "car") == ([[A, bend, B]], [[HOME, A], [B, HOME]], True)


def test_a_companions_home_is_not_drawn() -> None:
    """Without a home of her own to see, no way to or from it is drawn, although the roads hold one."""
    shown = Itinerary(DUTY, DAY.lines, companion="N2")
    assert ways(shown, {("H", "A", "car"): (BASE,)}, "car") == ([[A, B]], [], False)


def test_a_split_shift_goes_home_between_its_halves() -> None:
    """The second half begins with a home leg: no line from the last stop of the morning to the first of the evening."""
    split = Itinerary(DUTY, (stop("A", 52.1, True), stop("B", 52.2, True)), home=HOME, start_place="H", end_place="H")
    assert ways(split, None, "car") == ([], [[HOME, A], [A, HOME], [HOME, B], [B, HOME]], False)


def test_an_end_elsewhere_is_drawn_only_where_the_road_tells_where() -> None:
    """The route holds the point of her start only: a day that ends elsewhere gets no line to the wrong door."""
    away = Itinerary(DUTY, (stop("A", 52.1, True),), home=HOME, start_place="H", end_place="X")
    assert ways(away, None, "car").home == [[HOME, A]]
    assert ways(away, {("A", "X", "car"): (A, BASE)}, "car").home == [[HOME, A], [A, A, BASE]]


def test_the_source_of_the_roads_has_its_sentence() -> None:
    """OpenStreetMap asks to be named wherever its roads are drawn."""
    assert "OpenStreetMap" in text("map.roads.source", "nl") and "ODbL" in text("map.roads.source", "en")


def test_the_ways_of_a_plan_are_those_that_its_pages_draw(team: Any) -> None:
    """With a bend known for each way that the plan takes, every line of every route has that bend; names of places
    and modes agree between report and pages."""
    known = plan_ways(team.instance, team.travel, team.plan)
    bend = (51.5, 4.5)
    words = Words(team.instance)
    drawn = 0
    for duty in team.plan.duties:
        route = itinerary(words, team.travel, team.plan, duty, {})
        mode = journey_ends(team.instance, duty.nurse, duty.day).mode
        found = ways(route, dict.fromkeys(known, (bend,)), mode)
        if route.companion:
            continue
        drawn += len(found.between) + len(found.home)
        assert all(line[1:-1] == [bend] for line in (*found.between, *found.home))
    assert drawn > 10
