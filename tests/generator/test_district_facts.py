"""The bundled facts are those of the open files they were made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from instances.generator.build_districts import STEMS, region_files, river_bank
from instances.generator.region import REGIONS_FOLDER, load_region

SHARED = Path(__file__).resolve().parents[3] / "shared" / "geo"


@pytest.mark.parametrize("region", STEMS)
def test_facts_are_those_of_the_source(region: str) -> None:
    """Made again from the source, each table is the same text."""
    if not SHARED.exists():
        pytest.skip("the open district files are not beside this checkout")
    for name, content in region_files(SHARED, region).items():
        assert (REGIONS_FOLDER / region / name).read_text(encoding="utf-8") == content, name


@pytest.mark.parametrize(
    ("region", "districts", "inhabitants", "elderly"),
    [("rijnmond", 637, 1_364_465, 252_145), ("apeldoorn", 386, 539_015, 119_165), ("friesland", 918, 661_895, 153_000)],
)
def test_totals(region: str, districts: int, inhabitants: int, elderly: int) -> None:
    """Inhabited districts, inhabitants and people of 65 and over add up to the known totals (Friesland but for five
    people of 65 and over in a buurt whose inhabitants are not given)."""
    facts = load_region(region).districts
    assert len(facts) == districts
    assert sum(each.inhabitants for each in facts) == inhabitants
    assert sum(each.inhabitants_65plus for each in facts) == elderly


def test_banks() -> None:
    """Rotterdam Centrum lies north of the Maas, Feijenoord and Rozenburg south; De Hoven is Deventer's west bank."""
    assert river_bank("rijnmond", "GM0599", "WK05990110") == "noord"
    assert river_bank("rijnmond", "GM0599", "WK05991080") == "zuid"
    assert river_bank("rijnmond", "GM0599", "WK05992701") == "zuid"
    assert river_bank("rijnmond", "GM0489", "WK04890101") == "zuid"
    assert river_bank("apeldoorn", "GM0150", "WK01500101") == "oost"
    assert river_bank("apeldoorn", "GM0150", "WK01500201") == "west"
    assert river_bank("friesland", "GM0080", "WK00800101") == ""


@pytest.mark.parametrize("region", STEMS)
def test_files_stay_small_and_sites_lie_in_the_region(region: str) -> None:
    """Each table is below 150 kB; every hospital lies within 5 km of a district's centre."""
    facts = load_region(region)
    assert all(path.stat().st_size < 150_000 for path in (REGIONS_FOLDER / region).iterdir())
    centres = {each.id: each for each in facts.districts}
    for site in facts.sites:
        near = centres[facts.nearest(site)]
        assert abs(near.latitude - site.latitude) < 0.045 and abs(near.longitude - site.longitude) < 0.07
