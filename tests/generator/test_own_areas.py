"""Overlap: which part of clients and nurses comes from the whole region."""

from __future__ import annotations

import pytest

from instances.generate import GeneratorSettings, generate
from instances.generator.region import load_region, regions

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", regions())
def test_areas_part_the_region(name: str) -> None:
    """Every district has one owner, and each owner has about its share of the inhabitants of 65 and over."""
    region = load_region(name)
    shares = {"a": 11.0, "b": 9.0, "c": 5.0}
    areas = region.own_areas(shares)
    owned = [district.id for area in areas.values() for district in area]
    assert len(owned) == len(set(owned)) == len(region.served)
    total = sum(each.inhabitants_65plus for each in region.served)
    for owner, area in areas.items():
        assert abs(sum(each.inhabitants_65plus for each in area) / total - shares[owner] / 25) < 0.02


def foreign_share(overlap: float, seed: int) -> float:
    """The part of clients and nurses who live outside their organisation's own districts."""
    settings = GeneratorSettings(overlap=overlap, seed=seed)
    instance, _ = generate(settings)
    areas = load_region("rijnmond").own_areas(settings.fte)
    own = {owner: {each.id for each in area} for owner, area in areas.items()}
    people = [(each.organisation, each.home) for each in instance.nurses]
    people += [(each.organisation, each.place) for each in instance.clients]
    return sum(instance.place_by_id[place].district not in own[owner] for owner, place in people) / len(people)


def test_no_overlap_keeps_everybody_in_the_own_area() -> None:
    """With overlap 0 all clients and nurses live in their organisation's districts."""
    assert foreign_share(0.0, 1) == 0


def test_overlap_mixes_in_proportion() -> None:
    """Whole overlap puts about half of all people outside (two areas), half overlap about a quarter."""
    # chance to be drawn outside the own area: 1 - share, so 0.45 * 0.55 + 0.55 * 0.45 = 0.495 of all people
    assert 0.38 < foreign_share(1.0, 1) < 0.60
    assert 0.15 < foreign_share(0.5, 1) < 0.35
