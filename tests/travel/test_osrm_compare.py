"""The estimate against roads: hand-solved on five streets; places off the map are counted, and words are there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from optimiser.domain.instance import Instance
from optimiser.domain.place import District, Place
from optimiser.errors import InputError
from optimiser.travel.osrm_engine import Roads
from optimiser.travel.roads_compare import compare, comparison_lines, with_random_places

Build = Callable[..., Instance]


def at(name: str, latitude: float, longitude: float = 5.0) -> Place:
    return Place(id=name, kind="client", latitude=latitude, longitude=longitude)


def bank(name: str, latitude: float) -> District:
    return District(
        id=name, name=name, municipality="M", latitude=latitude, longitude=5.0, inhabitants=1, inhabitants_65plus=1,
        area_hectares=1, river_bank=name,
    )  # fmt: skip


def test_hand_solved_for_one_street(tiny: Roads, build_team: Build) -> None:
    """South to centre and back: 90.1 s along the street; the estimate is 60 s + 1000.76 m at 28 km/h = 188.7 s."""
    found = compare(build_team([at("S", 52.0), at("C", 52.009), at("far", 52.5)], ["car"]), tiny)
    assert (found.places, found.outside) == (2, 1)
    car = found.rows[0]
    assert (car.mode, car.bank, car.pairs) == ("car", "all", 2)
    # 1.5017 and 3.1445 minutes: 1.643 more, 109.4 % of 1.5017; all quantiles of two equal errors are that
    assert car.roads == pytest.approx(1.5017, abs=1e-3) and car.estimate == pytest.approx(3.1445, abs=1e-3)
    assert car.bias == pytest.approx(1.6428, abs=1e-3)
    assert [car.error_50, car.error, car.error_90] == pytest.approx([109.4] * 3, abs=0.1)
    # bicycle 240.3 s; 45 s + 1000.76 m at 11 km/h = 372.5 s: 2.204 minutes more
    assert found.rows[1].bias == pytest.approx(2.204, abs=1e-2)
    assert [each.mode for each in found.rows] == ["car", "bicycle", "ebike"]


def test_banks_are_told_apart_where_both_are_there(tiny: Roads, build_team: Build) -> None:
    """Two in the south and one in the north: two ways on one bank, four over the river."""
    team = build_team(
        [at("S", 52.0), at("C", 52.004), at("N", 52.018)], ["car"], districts=(bank("z", 52.0), bank("n", 52.02))
    )
    rows = {row.bank: row.pairs for row in compare(team, tiny).rows if row.mode == "car"}
    assert rows == {"all": 6, "same": 2, "other": 4}


def test_random_points_lie_on_the_roads_and_come_back_with_their_seed(tiny: Roads, build_team: Build) -> None:
    """No more points than the map has; equal seeds, equal places; the island counts as on the map, its ways do not."""
    team = build_team([at("S", 52.0), at("C", 52.009)], ["car"])
    drawn = with_random_places(team, tiny, 100, seed=3)
    assert drawn.places == with_random_places(team, tiny, 100, seed=3).places
    assert len(drawn.places) == 6
    found = compare(drawn, tiny)
    # four of the mainland in twelve ways, two of the island in two
    assert (found.places, found.outside, found.rows[0].pairs) == (6, 0, 14)


def test_too_few_places_are_refused(tiny: Roads, build_team: Build) -> None:
    """One place on the map is none to compare with."""
    with pytest.raises(InputError, match="two or more places within 500 m"):
        compare(build_team([at("S", 52.0), at("far", 52.5)], ["car"]), tiny)


def test_numbers_as_the_language_writes_them(tiny: Roads, build_team: Build) -> None:
    """A comma in Dutch, a point in English; as many cells as headings."""
    found = compare(build_team([at("S", 52.0), at("C", 52.009)], ["car"]), tiny)
    dutch, english = comparison_lines(found, "nl"), comparison_lines(found, "en")
    assert len({len(row) for row in (*dutch, *english)}) == 1
    assert dutch[1][:5] == ["auto", "alle", "2", "1,5", "3,1"] and english[1][5:7] == ["+1.6", "109"]
