"""``business.toml``: an empty template reads as nothing given, and every fault is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from instances.business import business_template, read_business
from instances.catalogue import locate
from instances.read import read_instance
from optimiser.domain.business import BusinessInputs, Party
from optimiser.domain.instance import Instance
from optimiser.errors import InputError
from optimiser.report.business_case import missing_inputs
from optimiser.texts import LANGUAGES, Language


@pytest.fixture(scope="module")
def instance() -> Instance:
    """Six nurses of one organisation."""
    return read_instance(locate("six_nurses"))


def written(folder: Path, content: str) -> Path:
    """The file with a content."""
    path = folder / "business.toml"
    path.write_text(content, encoding="utf-8")
    return path


def faults(folder: Path, instance: Instance, content: str, language: Language = "en") -> list[tuple[str, str]]:
    """Where and what was got."""
    with pytest.raises(InputError) as error:
        read_business(written(folder, content), instance, language)
    return [(fault.column, fault.got) for fault in error.value.faults]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_empty_template_gives_nothing(tmp_path: Path, instance: Instance, language: Language) -> None:
    """It is read without a fault, holds each organisation, and everything is missing still."""
    found = read_business(written(tmp_path, business_template(instance, language)), instance)
    assert found == BusinessInputs(parties=tuple(Party(organisation=each.id) for each in instance.organisations))
    assert missing_inputs(instance, found) == missing_inputs(instance, BusinessInputs())


def test_the_template_has_every_key_with_a_line_about_it(instance: Instance) -> None:
    """Every missing input stands in the template under its own name, after a comment."""
    template = business_template(instance)
    for path in missing_inputs(instance, BusinessInputs()):
        assert f"\n{path.rpartition('.')[2]} = " in template or f"[{path}]" in template, path
    lines = template.splitlines()
    keys = [number for number, line in enumerate(lines) if " = " in line and not line.startswith(("#", "organisation"))]
    assert all(lines[number - 1].startswith("#") or "#" in lines[number] for number in keys)


def test_what_is_given_is_read(tmp_path: Path, instance: Instance) -> None:
    """Numbers, truth values, pairs, lists and tables."""
    organisation = instance.organisations[0].id
    found = read_business(written(tmp_path, f"""
        [case]
        phase_percent = [50, 100, 100]
        extra_care_contracted = false
        first_year = ""
        [hours]
        planning = {{ now = 40, later = 32.5 }}
        backup = {{ now = "", later = "" }}
        [tariffs]
        zvw = 70.5
        msvt = ""
        [[parties]]
        organisation = "{organisation}"
        clients = {{ zvw = 10, elv = "" }}
        hours_percent = {{ zvw = 66.7, msvt = 33.3 }}
        """), instance)  # fmt: skip
    assert found.case.phase_percent == (50, 100, 100) and found.case.extra_care_contracted is False
    assert found.hours.planning and found.hours.planning.later == 32.5 and found.hours.backup is None
    assert found.tariffs == {"zvw": 70.5}
    party = found.party(organisation)
    assert party and party.clients == {"zvw": 10} and found.party("nobody") is None


def test_every_fault_is_told_at_once(tmp_path: Path, instance: Instance) -> None:
    """Unknown keys with the one that was meant, numbers out of bounds, words for numbers, half a pair."""
    found = faults(tmp_path, instance, """
        [case]
        hours_cut_percent = 120
        phase_percent = [50, 100]
        [rates]
        hire_euro_per_hour = 75
        backup_eur_per_hour = "forty"
        [hours]
        planning = { now = 40 }
        [tariffs]
        zwv = 70
        [costs]
        total = 1
        """)  # fmt: skip
    assert {column for column, _ in found} == {
        "case.hours_cut_percent", "case.phase_percent[3]", "rates.hire_euro_per_hour", "rates.backup_eur_per_hour",
        "hours.planning.later", "tariffs.zwv", "costs",
    }  # fmt: skip
    with pytest.raises(InputError) as error:
        read_business(written(tmp_path, "[rates]\nhire_euro_per_hour = 75\n"), instance)
    assert "hire_eur_per_hour" in error.value.faults[0].expected


def test_organisations_are_those_of_the_instance_and_stand_once(tmp_path: Path, instance: Instance) -> None:
    """Another one is a fault, and so is a second time."""
    organisation = instance.organisations[0].id
    once = f'[[parties]]\norganisation = "{organisation}"\n'
    found = faults(tmp_path, instance, once + once + '[[parties]]\norganisation = "elders"\n', "nl")
    assert found == [("parties[2].organisation", organisation), ("parties[3].organisation", "elders")]


def test_parts_of_a_party_add_up_to_a_hundred(tmp_path: Path, instance: Instance) -> None:
    """90 percent is a fault; what is rounded to 100.1 is none."""
    start = f'[[parties]]\norganisation = "{instance.organisations[0].id}"\nhours_percent = '
    assert [column for column, _ in faults(tmp_path, instance, start + "{ zvw = 40, msvt = 50 }")] == [
        "parties[1].hours_percent"
    ]
    read_business(written(tmp_path, start + "{ zvw = 33.4, msvt = 33.4, elv = 33.3 }"), instance)


@pytest.mark.parametrize("content", ["[case", "case = 1", "parties = 3", "[case]\nfirst_year = true", "\0", "[[case]]"])
def test_garbage_is_a_fault_and_never_a_traceback(tmp_path: Path, instance: Instance, content: str) -> None:
    """Broken TOML, wrong shapes, truth values for numbers."""
    assert faults(tmp_path, instance, content)


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path, instance: Instance) -> None:
    """Its name is told, not where it was looked for."""
    with pytest.raises(InputError) as error:
        read_business(tmp_path / "business.toml", instance)
    assert [fault.file for fault in error.value.faults] == ["business.toml"]
