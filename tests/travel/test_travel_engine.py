"""Travel: hand-solved legs of each mode, and what the table must hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance, Organisation, TravelSettings
from optimiser.domain.people import Availability, Client, Nurse
from optimiser.domain.place import District, Place
from optimiser.domain.work import Act, Visit, Window
from optimiser.errors import InputError
from optimiser.travel.crow_flies import haversine
from optimiser.travel.engine import travel_matrix

# 0.09 degrees of latitude are 6371.009 km x 0.09 x pi / 180 = 10.0076 km
SOUTH, NORTH = 51.90, 51.99


def district(name: str, latitude: float, bank: str = "", hectares: int = 100) -> District:
    return District(
        id=name,
        name=name,
        municipality="M",
        latitude=latitude,
        longitude=4.5,
        inhabitants=1000,
        inhabitants_65plus=100,
        area_hectares=hectares,
        river_bank=bank,
    )


def build(places: list[Place], modes: list[str] | None = None, **changes: Any) -> Instance:
    """One nurse per mode who lives at the first place, one client with a visit at each other place."""
    monday = date(2026, 12, 7)
    nurses = tuple(
        Nurse(
            id=f"N{number}",
            organisation="aafje",
            home=places[0].id,
            mode=mode,
            contract_minutes=1440,  # type: ignore[arg-type]
            born=date(1980, 1, 1),
        )
        for number, mode in enumerate(modes or ["car"])
    )
    visits = tuple(
        Visit(
            id=f"V{place.id}",
            client=f"C{place.id}",
            acts=("act",),
            windows=(Window(day=0, start=480, end=600),),
            minutes=30,
        )
        for place in places[1:]
    )
    fields: dict[str, Any] = {
        "name": "tiny",
        "first_monday": monday,
        "weeks": 1,
        "organisations": (Organisation(id="aafje", name="Aafje"),),
        "places": tuple(places),
        "nurses": nurses,
        "acts": (Act(id="act", name="Act", minutes=25),),
        "clients": tuple(Client(id=f"C{place.id}", organisation="aafje", place=place.id) for place in places[1:]),
        "visits": visits,
        "shift_kinds": (ShiftKind(id="D", code="D", name="Dag", category="day", start=480, end=960),),
        "travel": TravelSettings(
            car_day_percent=100,
            car_evening_percent=150,
            car_night_percent=100,
            car_door_minutes=0,
            bicycle_door_minutes=0,
        ),
    }
    return Instance(**(fields | changes))


def place(name: str, latitude: float, longitude: float = 4.5, district: str = "") -> Place:
    return Place(id=name, kind="client", latitude=latitude, longitude=longitude, district=district)


def test_hand_solved_ten_kilometres_for_each_mode() -> None:
    """Ten crow-fly kilometres take what the calibration says, rounded up to whole minutes."""
    matrix = travel_matrix(build([place("A", SOUTH), place("B", NORTH)], ["car", "bicycle", "ebike", "walk"]))
    # car 1 + 10.0076/28*60 = 22.445; bicycle .75 + 10.0076/11*60 = 55.337;
    # e-bike .617 + 10.0076/13.5*60 = 45.095; walk 1.39*10.0076/5.1*60 = 163.65
    found = [int(matrix.minutes[mode, "night"][0, 1]) for mode in ("car", "bicycle", "ebike", "walk")]
    assert found == [23, 56, 46, 164]
    # car 1.40 x 10,007.6 = 14,010.6; bicycle 1.33 x = 13,310.1; walk 1.39 x = 13,910.5
    assert [int(matrix.metres[mode, "day"][0, 1]) for mode in ("car", "bicycle", "ebike", "walk")] == [
        14011,
        13310,
        13310,
        13911,
    ]


def test_day_part_and_door_minutes_are_settings() -> None:
    """A peak multiplies car times only; door minutes are added to every leg of the mode."""
    travel = TravelSettings(
        car_day_percent=100, car_evening_percent=150, car_night_percent=100, car_door_minutes=3, bicycle_door_minutes=1
    )
    matrix = travel_matrix(build([place("A", SOUTH), place("B", NORTH)], ["car", "bicycle"], travel=travel))
    # 22.445 x 1.5 + 3 = 36.67; 22.445 + 3 = 25.445; bicycle 55.337 + 1 = 56.337
    assert matrix.minutes["car", "evening"][0, 1] == 37
    assert matrix.minutes["car", "day"][0, 1] == 26
    assert matrix.minutes["bicycle", "evening"][0, 1] == 57


def test_crossing_the_river_costs_extra_only_when_both_banks_are_known_and_differ() -> None:
    """Car one minute, bicycle seven; an unknown bank is no crossing; without a district the nearest centre tells."""
    districts = (district("S", SOUTH, "south"), district("N", NORTH, "north"), district("U", 52.3))
    places = [
        place("A", SOUTH + 0.001, district="S"),
        place("B", NORTH + 0.001, district="N"),
        place("C", SOUTH + 0.001, 4.6457, district="U"),
        place("D", NORTH + 0.002),
    ]
    matrix = travel_matrix(build(places, ["car", "bicycle"], districts=districts))
    at = matrix.index()
    assert matrix.minutes["car", "day"][at["A"], at["B"]] == 23 + 1
    assert matrix.minutes["bicycle", "day"][at["A"], at["B"]] == 56 + 7
    # C lies 10 km east of A (0.1457 degrees x cos 51.9 x 111.195 km = 9.997 km: 22.42 min) on an unknown bank
    assert matrix.minutes["car", "day"][at["A"], at["C"]] == 23
    # D has no district: nearest centre is N. A to D is 0.091 degrees: 1 + 10.1188/28*60 + 1 = 23.68
    assert matrix.minutes["car", "day"][at["A"], at["D"]] == 24


def test_same_district_is_never_zero() -> None:
    """Places known only by their district lie its mean road distance apart; real addresses keep their distance."""
    districts = (district("S", SOUTH, hectares=400),)
    places = [
        place("A", SOUTH, district="S"),
        place("B", SOUTH, district="S"),
        place("C", SOUTH + 0.002, district="S"),
        place("D", SOUTH + 0.0021, district="S"),
    ]
    matrix = travel_matrix(build(places, ["car", "bicycle"], districts=districts))
    at = matrix.index()
    # side 2 km: car 0.84 x 2000 = 1680 m of road, 1200 m by the crow: 1 + 1.2/28*60 = 3.571
    assert matrix.metres["car", "day"][at["A"], at["B"]] == 1680
    assert matrix.minutes["car", "day"][at["A"], at["B"]] == 4
    # bicycle 0.72 x 2000 = 1440 m, 1082.7 by the crow: 0.75 + 1.0827/11*60 = 6.66
    assert matrix.metres["bicycle", "day"][at["A"], at["B"]] == 1440
    assert matrix.minutes["bicycle", "day"][at["A"], at["B"]] == 7
    # C and D have coordinates of their own: 0.0001 degrees are 11.1 m: 1 + 0.02 minutes
    assert matrix.minutes["car", "day"][at["C"], at["D"]] == 2


def test_same_place_is_zero_and_another_place_at_least_one_minute() -> None:
    """The diagonal is zero; two clients at one point are a minute apart even on foot without door minutes."""
    matrix = travel_matrix(build([place("A", SOUTH), place("B", SOUTH)], ["walk"]))
    assert matrix.minutes["walk", "day"].tolist() == [[0, 1], [1, 0]]


def test_only_places_and_modes_in_use() -> None:
    """Clients without a visit and modes of nobody are left out; an override of mode and start place is in."""
    extra = (place("spare", NORTH), place("depot", NORTH, 4.6))
    monday = date(2026, 12, 7)
    change = Availability(nurse="N0", kind="travel", first=monday, last=monday, start_place="depot", mode="ebike")
    tiny = build([place("A", SOUTH), place("B", NORTH)])
    matrix = travel_matrix(tiny.model_copy(update={"places": tiny.places + extra, "availability": (change,)}))
    assert matrix.places == ("A", "B", "depot")
    assert {mode for mode, _ in matrix.minutes} == {"car", "ebike"}
    assert {part for _, part in matrix.minutes} == {"day", "evening", "night"}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(50.8, 53.5), st.floats(3.4, 7.2)), min_size=2, max_size=8))
def test_a_distance_is_symmetric_and_keeps_the_triangle(points: list[tuple[float, float]]) -> None:
    """Crow-fly distances are a metric (to a centimetre)."""
    latitudes, longitudes = (np.array(each) for each in zip(*points, strict=True))
    table = haversine(latitudes, longitudes)
    assert np.allclose(table, table.T)
    assert (table[:, None, :] <= table[:, :, None] + table[None, :, :] + 0.01).all()


def test_table_is_directed_and_a_day_part_goes_before_all() -> None:
    """Rows are used as they stand, per direction; a row for one day part goes before the row for all."""
    rows = (("A", "B", "car", "", 10, 4000), ("B", "A", "car", "", 12, 4100), ("A", "B", "car", "evening", 15, 4000))
    travel = TravelSettings(engine="table")
    matrix = travel_matrix(build([place("A", SOUTH), place("B", NORTH)], travel=travel, travel_table=rows))
    assert matrix.minutes["car", "day"].tolist() == [[0, 10], [12, 0]]
    assert matrix.minutes["car", "evening"].tolist() == [[0, 15], [12, 0]]
    assert matrix.metres["car", "night"].tolist() == [[0, 4000], [4100, 0]]


def test_table_names_all_missing_ways_at_once() -> None:
    """Each way that a route can take and no row gives is one fault; ways no route takes are not asked for."""
    rows = (("A", "B", "car", "", 10, 4000), ("B", "C", "car", "evening", 5, 900))
    travel = TravelSettings(engine="table")
    tiny = build([place("A", SOUTH), place("B", NORTH), place("C", NORTH, 4.6)], travel=travel, travel_table=rows)
    other = Nurse(
        id="N9",
        organisation="aafje",
        home="E",
        contract_minutes=0,
        born=date(1980, 1, 1),
        start_place="A",
        end_place="A",
    )
    tiny = tiny.model_copy(update={"nurses": (*tiny.nurses, other), "places": (*tiny.places, place("E", 51.8))})
    with pytest.raises(InputError) as caught:
        travel_matrix(tiny)
    # ways by car: AB (given), AC, BA, CA, BC (given in the evening only, the one kind is a day kind), CB; none to E
    asked = [fault.expected for fault in caught.value.faults]
    assert asked == [f"a row from {start} to {end} by car, day" for start, end in ("AC", "BA", "BC", "CA", "CB")]
