"""A place is coordinates, a district or a postcode; the rest is filled in."""

from __future__ import annotations

from typing import Any

import pytest

from instances.catalogue import bundled, locate
from instances.oddities import instance_warnings
from instances.places import Gazetteer, bundled_districts, distance_km
from instances.read import read_instance
from optimiser.domain.instance import Instance
from optimiser.domain.place import District
from optimiser.errors import InputError


def district(code: str, latitude: float, inhabitants: int, pc4: str) -> District:
    """A district of one inhabitant or more."""
    return District(
        id=code, name=code, municipality="M", latitude=latitude, longitude=4.5, inhabitants=inhabitants,
        inhabitants_65plus=0, area_hectares=10, pc4=pc4,
    )  # fmt: skip


def test_a_postcode_is_the_weighted_mean_of_its_districts() -> None:
    """Centres at 51.0 (30 people) and 52.0 (10 people): 51 + 10 / 40 = 51.25."""
    gazetteer = Gazetteer([district("a", 51.0, 30, "0001"), district("b", 52.0, 10, "0001")])
    assert gazetteer.by_postcode("0001") == pytest.approx((51.25, 4.5))
    assert gazetteer.by_postcode("") is None


def test_a_place_by_district_postcode_or_point(folder: Any, six: Instance) -> None:
    """A district code gives its centre; a postcode a point nearby; a point its nearest district."""
    for row, (heading, value) in enumerate([("buurt", "BU05990841"), ("postcode", "3033 TX"), ("id", "p-m3")], start=2):
        if heading != "id":
            folder.cell("places", row, "breedtegraad", "")
            folder.cell("places", row, "lengtegraad", "")
        folder.cell("places", row, "buurt", "")
        folder.cell("places", row, heading, value)
    first, second, third = read_instance(folder.path).places[:3]
    west = bundled_districts()["BU05990841"]
    assert (first.latitude, first.longitude, first.district) == (west.latitude, west.longitude, "BU05990841")
    assert second.postcode == "3033TX" and second.district
    assert distance_km((second.latitude, second.longitude), (51.93, 4.47)) < 3
    assert third.district == six.places[2].district


def test_far_from_everything_is_no_district(folder: Any) -> None:
    """A nurse in Maastricht: no district, and a warning instead of a fault."""
    folder.cell("places", 2, "breedtegraad", "50,85")
    folder.cell("places", 2, "lengtegraad", "5,69")
    folder.cell("places", 2, "buurt", "")
    read = read_instance(folder.path)
    assert read.places[0].district == ""
    assert any(message.startswith("nurse m1 lives") for message in instance_warnings(read))


def test_bundled_districts_that_places_name_come_along(folder: Any, six: Instance) -> None:
    """Without districts.csv the same districts are taken from the bundled facts, in order of code."""
    (folder.path / "districts.csv").unlink()
    read = read_instance(folder.path)
    assert {each.id: each for each in read.districts} == {each.id: each for each in six.districts}


def test_own_districts_go_before_the_bundled(folder: Any) -> None:
    """A changed name in districts.csv is what the instance says."""
    folder.cell("districts", 2, "naam", "Anders")
    assert read_instance(folder.path).districts[0].name == "Anders"


@pytest.mark.parametrize(
    ("table", "row", "heading", "value", "words"),
    [
        ("nurses", 2, "contracturen", "0", "m1 has no contract hours"),
        ("acts", 2, "bekwaamheden", "zeldzaam", "nobody has skill zeldzaam"),
        ("clients", 2, "wens_taal", "latijn", "nobody may do c1-antibiotica/2026-12-07/1 (and 8 more"),
        ("acts", 2, "niveau", "6", "nobody may do c1-antibiotica/2026-12-07/1 (and 8 more"),
        ("orders", 13, "uitvoeringsverzoek_tot_en_met", "2026-12-11", "do d4-infuus/2026-12-12/1 (and 1 more"),
        ("cover", 2, "tot", "16:00", "cover row maas-dag: no shift kind spans 08:00-16:00"),
        ("orders", 4, "tijdvakken", "04:00-07:44", "order c3-picc: no shift kind with a route fits 04:00-07:44"),
        ("orders", 4, "laatste", "2026-12-01", "order c3-picc has no visits"),
        ("orders", 2, "tussentijd_max", "430", "order c1-antibiotica: the windows do not allow the gap"),
    ],
)
def test_what_is_strange_is_a_warning(folder: Any, table: str, row: int, heading: str, value: str, words: str) -> None:
    """Read without a fault, said once."""
    folder.cell(table, row, heading, value)
    assert sum(words in message for message in instance_warnings(read_instance(folder.path))) == 1


def test_a_reserved_act_without_a_form_is_a_warning(folder: Any, six: Instance) -> None:
    """The small instance has nothing strange; without the dates of a form it has, in Dutch too."""
    assert len(instance_warnings(six)) == 1  # the agreement goes on after its end
    folder.cell("orders", 2, "uitvoeringsverzoek_vanaf", "")
    folder.cell("orders", 2, "uitvoeringsverzoek_tot_en_met", "")
    messages = instance_warnings(read_instance(folder.path), "nl")
    assert len(messages) == 2 and "c1-antibiotica heeft geen uitvoeringsverzoek" in messages[0]


def test_the_catalogue_knows_names_and_folders(folder: Any) -> None:
    """A bundled name, a folder, and a guess at what was meant."""
    assert "six_nurses" in bundled()
    assert locate(str(folder.path)) == folder.path
    with pytest.raises(InputError) as caught:
        locate("six_nurse")
    assert "six_nurses" in str(caught.value)
    for name in ("", "\0", "x" * 5000):
        with pytest.raises(InputError):
            locate(name)
