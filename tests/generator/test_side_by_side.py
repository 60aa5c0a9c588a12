"""Instances of several regions side by side: honest work of one density, the same for the same size and seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from instances.generate import GeneratorSettings, generate, settings_of
from instances.generator.side_by_side import seeds_of_parts, side_by_side
from instances.places import distance_km
from instances.read import read_instance
from instances.write import write_instance
from optimiser.domain.instance import TABLES, Instance

SETTINGS = GeneratorSettings(name="twice", organisations=(("aafje", 4.0), ("laurens", 3.0)), seed=3)


@pytest.fixture(scope="module")
def twice() -> Instance:
    return side_by_side(SETTINGS, 2)[0]


def test_once_is_the_instance_itself_and_twice_is_the_same_every_time(twice: Instance) -> None:
    """Size 1 is what the generator makes, so that sizes begin at the bundled week."""
    assert side_by_side(SETTINGS, 1)[0].fingerprint == generate(SETTINGS)[0].fingerprint
    assert side_by_side(SETTINGS, 2)[0].fingerprint == twice.fingerprint
    with pytest.raises(ValueError, match="0 parts"):
        side_by_side(SETTINGS, 0)


def test_each_part_is_the_week_of_a_seed_of_its_own(twice: Instance) -> None:
    """Part 0 is seed 3, part 1 seed 1003; no id is in both, and nothing of either is lost."""
    parts = [generate(SETTINGS)[0], generate(SETTINGS.model_copy(update={"seed": seeds_of_parts(2, 3)[1]}))[0]]
    for table in set(TABLES) - {"acts", "shift_kinds"}:
        assert len(getattr(twice, table)) == sum(len(getattr(part, table)) for part in parts), table
    assert len(twice.visits) == sum(len(part.visits) for part in parts)
    assert len(twice.work_links) == sum(len(part.work_links) for part in parts)
    for table in ("organisations", "districts", "places", "nurses", "clients", "orders", "tasks", "visits", "links"):
        names = [each.id for each in getattr(twice, table)]
        assert len(set(names)) == len(names), table
    assert settings_of(twice) is None
    assert seeds_of_parts(2, 3) == (3, 1003)


def test_ways_inside_a_part_keep_their_length(twice: Instance) -> None:
    """A part is moved as a whole: kilometres between its places are those of the region, to the rounding of degrees."""
    original = generate(SETTINGS.model_copy(update={"seed": 1003}))[0]
    before = [(each.latitude, each.longitude) for each in original.places]
    after = [(each.latitude, each.longitude) for each in twice.places[-len(before) :]]
    for one, other in ((0, -1), (3, 20), (7, 30)):
        way = distance_km(before[one], before[other])
        assert distance_km(after[one], after[other]) == pytest.approx(way, abs=0.02 + 0.01 * way)
    assert distance_km(before[0], after[0]) > 10


def test_it_is_written_and_read_like_any_other(twice: Instance, tmp_path: Path) -> None:
    """The reader finds no fault in the tables and reads the same instance."""
    write_instance(twice, tmp_path / "twice", side_by_side(SETTINGS, 2)[1])
    assert read_instance(tmp_path / "twice").fingerprint == twice.fingerprint
