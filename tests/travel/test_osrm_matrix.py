"""Times and lines along roads: hand-solved on a map of five streets, plausible in Kampen, refused off the map."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from optimiser.domain.instance import Instance, TravelSettings
from optimiser.domain.place import District, Mode, Place
from optimiser.errors import InputError
from optimiser.travel.crow_flies import coordinates, haversine
from optimiser.travel.engine import travel_matrix
from optimiser.travel.osrm_engine import BLOCK, Roads
from optimiser.travel.osrm_lines import road_lines
from optimiser.travel.osrm_matrix import osrm_matrix, table_rows

Build = Callable[..., Instance]
SOUTH, CENTRE, NORTH, EAST, ISLAND = (52.0, 5.0), (52.009, 5.0), (52.018, 5.0), (52.009, 5.0146), (52.0, 5.1)


def at(name: str, point: tuple[float, float]) -> Place:
    return Place(id=name, kind="client", latitude=point[0], longitude=point[1])


def four(build_team: Build, modes: list[str], **changes: Any) -> Instance:
    return build_team([at("S", SOUTH), at("C", CENTRE), at("N", NORTH), at("E", EAST)], modes, **changes)


def test_hand_solved_along_the_street(tiny: Roads, build_team: Build) -> None:
    """South to centre is 1001.4 m: by car at 40 km/h (50 x 0.8), by bicycle at 15, by e-bike at 20; walking as the
    crow flies."""
    matrix, _ = osrm_matrix(four(build_team, ["car", "bicycle", "ebike", "walk"]), tiny)
    # 90.1 s, 240.3 s and 180.3 s are 1.5, 4.005 and 3.005 minutes; on foot 1000.7 m x 1.39 at 85 m a minute: 16.4
    modes: tuple[Mode, ...] = ("car", "bicycle", "ebike", "walk")
    where = matrix.index()
    assert [int(matrix.minutes[mode, "day"][where["S"], where["C"]]) for mode in modes] == [2, 5, 4, 17]
    assert matrix.metres["car", "day"][where["S"], where["C"]] == 1001
    assert matrix.minutes["car", "day"].diagonal().tolist() == [0, 0, 0, 0]


def test_ways_are_directed(tiny: Roads, build_team: Build) -> None:
    """East is 1 km from the centre; back one must go round over the north: 1.4167 + 1.0014 km."""
    matrix, _ = osrm_matrix(four(build_team, ["car"]), tiny)
    where = matrix.index()
    far = matrix.metres["car", "day"]
    assert far[where["C"], where["E"]] == 1002 and far[where["E"], where["C"]] == 2418
    # 90.2 s and 217.6 s
    assert matrix.minutes["car", "day"][where["C"], where["E"]] == 2
    assert matrix.minutes["car", "day"][where["E"], where["C"]] == 4


def test_peaks_and_doors_are_those_of_the_instance(tiny: Roads, build_team: Build) -> None:
    """Peak times the way, plus the door, rounded up once: 1.5017 x 1.5 + 3 = 5.25; bicycle 4.005 + 2."""
    travel = TravelSettings(car_day_percent=100, car_evening_percent=150, car_door_minutes=3, bicycle_door_minutes=2)
    matrix, _ = osrm_matrix(four(build_team, ["car", "bicycle"], travel=travel), tiny)
    where = matrix.index()
    way = where["S"], where["C"]
    assert (matrix.minutes["car", "evening"][way], matrix.minutes["car", "day"][way]) == (6, 5)
    assert matrix.minutes["bicycle", "evening"][way] == 7
    assert matrix.engine == ("osrm 1; car percent day/evening/night 100/150/100; door minutes car/bicycle/walk 3/2/0")


def test_the_table_gives_the_same_matrix_back(tiny: Roads, build_team: Build) -> None:
    """Written as rows and read by the engine ``table``, minutes and metres of every mode and part are the same."""
    modes = ["car", "bicycle", "walk"]
    team = four(build_team, modes)
    found = osrm_matrix(team, tiny)
    matrix, rows = found.matrix, table_rows(found)
    again = travel_matrix(team.model_copy(update={"travel_table": rows, "travel": TravelSettings(engine="table")}))
    assert again.places == matrix.places and again.minutes.keys() == matrix.minutes.keys()
    for each in matrix.minutes:
        assert (again.minutes[each] == matrix.minutes[each]).all() and (again.metres[each] == matrix.metres[each]).all()
    # twelve ways a mode; a car has another time in the evening (150 %) on each that then takes another whole minute
    assert sum(1 for row in rows if row[2] == "bicycle") == 12
    assert {row[3] for row in rows if row[2] == "car"} == {"", "evening"}


def test_places_off_the_road_are_all_named(tiny: Roads, build_team: Build) -> None:
    """0.0044 degrees of latitude are 489 m, 0.0046 are 511: the first may, the second and one far away may not; and a
    mode without a graph is named with them."""
    near, off, far = at("near", (51.9956, 5.0)), at("off", (51.9954, 5.0)), at("far", (52.5, 6.0))
    assert osrm_matrix(build_team([at("S", SOUTH), near], ["car"]), tiny).matrix.metres["car", "day"][0, 1] == 0
    with pytest.raises(InputError) as caught:
        osrm_matrix(build_team([at("S", SOUTH), near, off, far], ["car", "bicycle"]), tiny)
    named = [(each.file, each.expected) for each in caught.value.faults]
    assert named == [
        ("tiny.osm.pbf", f"place {place} within 500 m of a road for the {mode}")
        for place in ("far", "off")
        for mode in ("bicycle", "car")
    ]
    del tiny.graphs["bicycle"]
    with pytest.raises(InputError) as caught:
        osrm_matrix(build_team([at("S", SOUTH), off], ["car", "bicycle"]), tiny)
    assert len(caught.value.faults) == 2


def test_a_place_that_only_others_need_by_a_mode_is_not_asked_for(tiny: Roads, build_team: Build) -> None:
    """A nurse who drives lives far off the map of the bicycles: ways by bicycle to her home are nobody's."""
    team = build_team([at("S", SOUTH), at("C", CENTRE)], ["bicycle"])
    driver = team.nurses[0].model_copy(update={"id": "N9", "mode": "walk", "home": "far"})
    team = team.model_copy(update={"nurses": (*team.nurses, driver), "places": (*team.places, at("far", (52.5, 6.0)))})
    assert osrm_matrix(team, tiny).matrix.minutes["bicycle", "day"].shape == (3, 3)


def test_who_is_without_her_car_finds_the_way_by_bicycle(tiny: Roads, build_team: Build) -> None:
    """A team of drivers: the table holds their ways by bicycle too, but none to who lives off the map, and nobody is
    refused for it."""
    team = four(build_team, ["car"])
    walker = team.nurses[0].model_copy(update={"id": "N9", "mode": "walk", "home": "far"})
    team = team.model_copy(update={"nurses": (*team.nurses, walker), "places": (*team.places, at("far", (52.5, 6.0)))})
    rows = table_rows(osrm_matrix(team, tiny))
    driver = team.nurses[0].model_copy(update={"mode": "bicycle"})
    without = {"nurses": (driver, walker), "travel_table": rows, "travel": TravelSettings(engine="table")}
    matrix = travel_matrix(team.model_copy(update=without))
    where = matrix.index()
    # 240.3 s
    assert matrix.minutes["bicycle", "day"][where["S"], where["C"]] == 5
    without["nurses"] = (driver, walker.model_copy(update={"mode": "bicycle"}))
    with pytest.raises(InputError, match="a row from C to far by bicycle"):
        travel_matrix(team.model_copy(update=without))


def test_a_place_that_no_way_leads_to_is_named_once(tiny: Roads, build_team: Build) -> None:
    """The island's street has no bridge: one fault for the island, with its six legs, and none for the mainland."""
    places = [at("S", SOUTH), at("C", CENTRE), at("N", NORTH), at("I", ISLAND)]
    with pytest.raises(InputError) as caught:
        osrm_matrix(build_team(places, ["car"]), tiny)
    assert [(each.expected, each.got) for each in caught.value.faults] == [
        ("place I reachable by car", "6 legs without a way")
    ]


def test_two_places_known_by_their_district_keep_the_estimate(tiny: Roads, build_team: Build) -> None:
    """At the centre of a district of 400 hectares both: 1,680 m by the estimate, not zero along the road."""
    district = District(
        id="BU1", name="B", municipality="M", latitude=CENTRE[0], longitude=CENTRE[1],
        inhabitants=1, inhabitants_65plus=1, area_hectares=400,
    )  # fmt: skip
    places = [at("S", SOUTH), *(at(name, CENTRE).model_copy(update={"district": "BU1"}) for name in ("A", "B"))]
    matrix, _ = osrm_matrix(build_team(places, ["car"], districts=(district,)), tiny)
    where = matrix.index()
    assert matrix.metres["car", "day"][where["A"], where["B"]] == 1680
    assert matrix.metres["car", "day"][where["S"], where["B"]] == 1001


def test_blocks_give_what_one_table_gives(tiny: Roads) -> None:
    """More points than a block holds, many of them equal: each way as in a small table."""
    points = [SOUTH, EAST] + [(52.0 + number / 40_000, 5.0) for number in range(BLOCK + 50)] + [SOUTH]
    large, small = tiny.table("car", points), tiny.table("car", [SOUTH, EAST])
    assert large.seconds.shape == (len(points), len(points))
    assert (large.seconds[:2, :2] == small.seconds).all() and (large.metres[-1, :2] == small.metres[0]).all()
    assert np.isnan(tiny.table("car", [SOUTH, ISLAND]).seconds[0, 1])
    assert tiny.table("car", [EAST, EAST, EAST]).seconds.tolist() == [[0.0] * 3] * 3


def test_lines_follow_the_street_and_are_left_out_where_there_is_none(tiny: Roads, build_team: Build) -> None:
    """South to east bends at the centre; walking, no way and a point off the map have no line."""
    team = four(build_team, ["car"])
    team = team.model_copy(update={"places": (*team.places, at("I", ISLAND), at("far", (52.5, 6.0)))})
    ways = [("S", "E", "car"), ("S", "E", "walk"), ("S", "I", "car"), ("S", "far", "car"), ("S", "S", "car")]
    assert road_lines(tiny, team, ways) == {("S", "E", "car"): (SOUTH, CENTRE, EAST)}  # type: ignore[arg-type]


def test_an_ebike_is_a_bicycle_with_another_default_speed(tiny: Roads) -> None:
    """The same streets, 15 / 20 of the time (OSRM rounds each turn to a tenth of a second)."""
    points = [SOUTH, CENTRE, NORTH]
    slow, quick = tiny.table("bicycle", points), tiny.table("ebike", points)
    assert (slow.metres == quick.metres).all()
    assert np.allclose(quick.seconds, slow.seconds * 15 / 20, atol=0.5)


@pytest.mark.slow
def test_kampen(kampen: Roads, build_team: Build) -> None:
    """Centre, station over the IJssel bridge, a farm in the polder, the south: directed times of the right size, those
    of OSRM's own routes, longer than the crow flies, and the estimate of the default of the same order."""
    import osrm

    points = {
        "centre": (52.5561, 5.9138),
        "station": (52.5605, 5.9230),
        "polder": (52.564, 5.86),
        "south": (52.5442, 5.906),
    }
    team = build_team([at(name, point) for name, point in points.items()], ["car"])
    matrix, _ = osrm_matrix(team, kampen)
    where = matrix.index()
    apart = ~np.eye(4, dtype=bool)
    # the station lies 0.8 km from the centre as the crow flies, over the bridge
    assert 800 < matrix.metres["car", "day"][where["centre"], where["station"]] < 3000
    minutes, estimate = matrix.minutes["car", "day"], travel_matrix(team).minutes["car", "day"]
    assert minutes[apart].min() >= 1 and minutes.max() < 25 and (minutes != minutes.T).any()
    assert (np.abs(np.log(minutes[apart] / estimate[apart])) < np.log(2.5)).all()
    crow = haversine(*coordinates(team, matrix.places))
    for one, other in [(one, other) for one in where for other in where if one != other]:
        way = where[one], where[other]
        # doors lie beside the road: 100 m at most here
        assert matrix.metres["car", "day"][way] > crow[way] - 200
        line = [(longitude, latitude) for latitude, longitude in (points[one], points[other])]
        route = kampen.engine("car").Route(osrm.RouteParameters(coordinates=line))["routes"][0]
        assert matrix.minutes["car", "night"][way] == max(1, math.ceil(route["duration"] / 60 - 1e-9))
        assert matrix.metres["car", "night"][way] == round(route["distance"])
    lines = road_lines(kampen, team, [(one, other, "car") for one in where for other in where])
    assert len(lines) == 12 and max(map(len, lines.values())) < 200
