"""Areas of a comparison: no area points at a person, and figures of districts become figures of areas."""

from __future__ import annotations

from instances.catalogue import locate
from instances.read import read_instance
from optimiser.domain.instance import Instance
from optimiser.report.compare_areas import area_names, area_of, clients_of_areas, merged_areas
from optimiser.report.figures_kinds import FIGURES


def six_nurses() -> Instance:
    """Twelve clients in Rotterdam: wijk 05 has 3 and wijk 06 has 3, all of maas; wijk 08 has the 6 of rotte."""
    return read_instance(locate("six_nurses"))


def test_every_district_has_an_area_with_enough_clients() -> None:
    """Wijk 08 has five, the two others are the rest of the town; with more asked than there are, all is the rest."""
    instance = six_nurses()
    areas = area_of(instance)
    assert set(areas) == {each.id for each in instance.districts} and set(areas.values()) == {"Rotterdam", "WK059908"}
    assert clients_of_areas(instance, areas) == {"Rotterdam": {"maas": 6}, "WK059908": {"rotte": 6}}
    assert area_names(instance, areas) == {
        "Rotterdam": "Rotterdam: overig", "WK059908": "Rotterdam: Kralingen West",
    }  # fmt: skip
    whole_town = area_of(instance, least=7)
    assert area_names(instance, whole_town) == {"Rotterdam": "Rotterdam"}
    everywhere = area_of(instance, least=13)
    assert area_names(instance, everywhere, "en") == {"other": "Other areas"}


def test_a_wijk_with_just_enough_stands_by_itself() -> None:
    """With three asked each wijk has an area; with four the two small ones are one."""
    assert set(area_of(six_nurses(), least=3).values()) == {"WK059905", "WK059906", "WK059908"}
    assert set(area_of(six_nurses(), least=4).values()) == {"Rotterdam", "WK059908"}


def test_a_rest_that_is_too_small_takes_the_smallest_area() -> None:
    """A client of wijk 05 or 06 moved to a town of his own is a rest of one. The smallest area (5 left) joins: 6."""
    instance = six_nurses()
    maas = next(each for each in instance.clients if each.organisation == "maas")
    moved = instance.districts[0].model_copy(update={"id": "BU04890101", "municipality": "Barendrecht"})
    place = instance.place_by_id[maas.place].model_copy(update={"district": "BU04890101"})
    places = tuple(place if each.id == place.id else each for each in instance.places)
    fields = {name: getattr(instance, name) for name in Instance.model_fields}
    changed = Instance(**fields | {"districts": (*instance.districts, moved), "places": places})
    areas = area_of(changed)
    assert clients_of_areas(changed, areas) == {"other": {"maas": 6}, "WK059908": {"rotte": 6}}


def test_figures_of_districts_add_up_to_those_of_their_area() -> None:
    """30 + 12 minutes are 42; a mean of an area of two districts is not known, that of one district is its own;
    what is nowhere known stays so."""
    areas = {"a": "x", "b": "x", "c": "y"}
    merged = merged_areas(
        {
            "a": {"travel_minutes": 30, "faces_mean": 2.0, "travel_km": None},
            "b": {"travel_minutes": 12, "faces_mean": 3.0, "travel_km": None},
            "c": {"travel_minutes": 5, "faces_mean": 4.0},
            "unknown": {"travel_minutes": 1},
        },
        areas, FIGURES,
    )  # fmt: skip
    assert merged["x"] == {"travel_minutes": 42, "faces_mean": None, "travel_km": None}
    assert merged["y"] == {"travel_minutes": 5, "faces_mean": 4.0}
    assert merged["other"]["travel_minutes"] == 1
