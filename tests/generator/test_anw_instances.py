"""The bundled services of shared evenings, nights and weekends: what comes along is what the generator makes, reads
without a fault, and is told with its assumptions."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from instances.catalogue import locate
from instances.generator.anw import AnwSettings, apeldoorn_anw, friesland_anw, generate_anw
from instances.generator.anw_assumed_medical import medical_calls
from instances.generator.anw_assumed_nursing import nursing_calls
from instances.generator.anw_assumption import own
from instances.generator.anw_provenance import assumptions
from instances.generator.anw_reference import page
from instances.generator.anw_service import RESPONSE
from instances.generator.anw_settings import APELDOORN, FRIESLAND
from instances.generator.anw_visits import make_anw_bring
from instances.names import Name, may_be_named, read_names
from instances.oddities import instance_warnings
from instances.read import read_instance
from instances.write import write_instance
from optimiser.domain.instance import Instance

BOTH = {"apeldoorn_anw": APELDOORN, "friesland_anw": FRIESLAND}
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "anw_instances.md"


@cache
def made(name: str) -> tuple[Instance, dict[str, Name]]:
    """A bundled instance and its names, from the generator."""
    return generate_anw(BOTH[name])


@pytest.mark.parametrize("name", BOTH)
def test_the_folder_is_what_the_generator_makes(name: str, tmp_path: Path) -> None:
    """Byte for byte, names too; under a megabyte; read with one warning, that the agreement goes on after its end."""
    instance, names = made(name)
    stored = locate(name)
    write_instance(instance, tmp_path / name, names, make_anw_bring(instance))
    files = sorted(each.name for each in stored.iterdir())
    assert files == sorted(each.name for each in (tmp_path / name).iterdir())
    for file in files:
        assert (tmp_path / name / file).read_bytes() == (stored / file).read_bytes(), file
    assert sum(each.stat().st_size for each in stored.iterdir()) < 1_000_000
    read = read_instance(stored)
    assert read == instance and read_names(stored) == names
    warnings = instance_warnings(read)
    assert len(warnings) == 1 and "its rules go on" in warnings[0]


def test_the_short_names_give_the_bundled_ones() -> None:
    """``apeldoorn_anw()`` and ``friesland_anw()`` are the instances of the folders, in memory."""
    assert apeldoorn_anw() == made("apeldoorn_anw")[0]
    assert friesland_anw() == made("friesland_anw")[0]


@pytest.mark.slow
@pytest.mark.parametrize("settings", BOTH.values(), ids=BOTH)
def test_same_settings_same_instance_other_seed_other_people(settings: AnwSettings) -> None:
    """The seed decides homes, wishes and counters; the calls follow from facts and assumptions and stay."""
    first, names = generate_anw(settings)
    assert (first, names) == made(settings.name)
    other, _ = generate_anw(settings.model_copy(update={"seed": 2}))
    assert other.places != first.places and other.wishes != first.wishes and other.counters != first.counters
    assert other.call_sources == first.call_sources and other.cover == first.cover


@pytest.mark.parametrize("name", BOTH)
def test_every_assumption_is_told(name: str) -> None:
    """Provenance holds each with value, source and confidence; none twice; an own estimate has confidence E."""
    instance, _ = made(name)
    rows = assumptions(BOTH[name].service)
    assert len({each.key for each in rows}) == len(rows) > 20
    for each in rows:
        assert instance.provenance[each.key] == f"{each.value} ({each.source}; confidence {each.confidence})"
        assert each.confidence in "ABCRE" and each.value and each.where
    assert {*nursing_calls()} <= {*assumptions("nursing")} and {*medical_calls()} <= {*assumptions("medical")}
    assert own("key", "about", 1, "where").confidence == "E"
    assert instance.provenance["norm"].startswith(f"{RESPONSE[BOTH[name].service].norm_minutes} (")
    assert instance.provenance["synthetic"] is True


def test_the_page_is_what_the_generator_tells() -> None:
    """docs/reference/anw_instances.md is what ``python -m instances.generator.anw_reference`` prints."""
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", BOTH)
def test_nobody_is_named_who_is_not_there(name: str) -> None:
    """Names are of people, organisations and places that are no homes; every nurse and client has one."""
    instance, names = made(name)
    assert set(names) <= may_be_named(instance)
    assert {each.id for each in (*instance.nurses, *instance.clients)} <= set(names)


def test_a_first_day_is_a_monday() -> None:
    """Other days are refused."""
    with pytest.raises(ValueError, match="must be a Monday"):
        AnwSettings.model_validate({"first_monday": "2027-03-02"})
