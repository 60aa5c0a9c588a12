"""A first mapping by likeness: what is found, what is left to a person, and that it is a valid mapping."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from instances.importing import import_instance
from instances.mapping import read_mapping
from instances.mapping_suggest import suggest_mapping
from instances.template import template_workbook
from optimiser.domain.instance import Instance
from optimiser.errors import InputError


def test_a_foreign_staff_list_is_recognised(tmp_path: Path) -> None:
    """By hand: headings in row 2 below a title; Personeelsnr is the id, Uren per week the contract, Naam stands apart
    in names, and Kenteken is ignored; what is needed and not there is a remark. Old Windows' letters are read."""
    lines = "Uitdraai;;;;;\nPersoneelsnr;Naam;Geboortedatum;Uren per week;Kenteken;Niveau\n1;Zoë;1-2-1980;32;AB;5\n"
    (tmp_path / "personeel.csv").write_bytes(lines.encode("cp1252"))
    content = suggest_mapping(tmp_path / "personeel.csv", "nl")
    raw = tomllib.loads(content)
    nurses, names = raw["tables"]["nurses"][0], raw["tables"]["names"][0]
    assert raw["encoding"] == "windows-1252" and nurses["header_row"] == 2
    assert nurses["columns"] == {
        "id": "Personeelsnr", "contract_minutes": "Uren per week", "level": "Niveau", "born": "Geboortedatum",
    }  # fmt: skip
    assert nurses["ignore"] == ["Naam", "Kenteken"]
    assert names["columns"] == {"id": "Personeelsnr", "name": "Naam"} and names["ignore"] == ["*"]
    assert '# home = "..."   nodig (thuis)' in content and '# first_monday' in content
    assert "Zoë" not in content
    (tmp_path / "columns.toml").write_text(content, encoding="utf-8")
    assert set(read_mapping(tmp_path / "columns.toml").tables) == {"nurses", "names"}


def test_a_sheet_that_is_like_nothing_is_ignored(tmp_path: Path) -> None:
    """Two sheets of a folder: one of leave, by its title, and one of nothing that we know."""
    (tmp_path / "verlof.csv").write_text("Collega;Reden;Startdatum;Einddatum\n1;x;1-2-2026;2-2-2026\n")
    (tmp_path / "autos.csv").write_text("Kenteken;Garage\nAB;Noord\n")
    raw = tomllib.loads(suggest_mapping(tmp_path))
    assert raw["ignore_sheets"] == ["autos.csv"]
    assert raw["tables"]["availability"][0]["columns"] == {
        "nurse": "Collega", "kind": "Reden", "first": "Startdatum", "last": "Einddatum",
    }  # fmt: skip


def test_agreements_on_care_are_orders(tmp_path: Path) -> None:
    """A Dutch list of agreed care is the table of orders, not of single visits that were changed."""
    (tmp_path / "Zorgafspraken.csv").write_text(
        "Cliëntnr;Actie;Dagen;Duur;Startdatum;Einddatum;Prioriteit\n1;x;ma;20;1-2-2026;;1\n", encoding="utf-8"
    )
    raw = tomllib.loads(suggest_mapping(tmp_path))
    assert raw["tables"]["orders"][0]["columns"] == {
        "client": "Cliëntnr", "acts": "Actie", "rhythm": "Dagen", "minutes": "Duur", "first": "Startdatum",
        "last": "Einddatum", "priority": "Prioriteit",
    } and "edited_visits" not in raw["tables"]  # fmt: skip


@pytest.mark.slow
def test_the_surest_of_two_headings_is_taken(tmp_path: Path) -> None:
    """``Vanaf`` may be a date, but beside ``Ingangsdatum`` it is the start of a window; ``Van`` and ``T/m`` of leave
    are its first and last day."""
    (tmp_path / "Verlof.csv").write_text("Personeelsnr;Soort;Van;T/m\n1;x;1-2-2026;2-2-2026\n")
    leave = tomllib.loads(suggest_mapping(tmp_path))["tables"]["availability"][0]["columns"]
    assert leave == {"nurse": "Personeelsnr", "kind": "Soort", "first": "Van", "last": "T/m"}
    (tmp_path / "Zorg.csv").write_text("Client;Zorgsoort;Vanaf;Ingangsdatum;Min\nK;x;8:00;1-2-2026;20\n")
    assert tomllib.loads(suggest_mapping(tmp_path))["tables"]["orders"][0]["columns"] == {
        "client": "Client", "acts": "Zorgsoort", "first": "Ingangsdatum", "minutes": "Min",
    }  # fmt: skip


def test_the_template_is_recognised_whole(six: Instance, tmp_path: Path) -> None:
    """The suggestion for a filled template reads it as the same instance, without a word added."""
    (tmp_path / "team.xlsx").write_bytes(template_workbook(six, {}))
    (tmp_path / "columns.toml").write_text(suggest_mapping(tmp_path / "team.xlsx"), encoding="utf-8")
    mapping = read_mapping(tmp_path / "columns.toml")
    assert import_instance(tmp_path / "team.xlsx", mapping, tmp_path / "out").instance == six


def test_what_cannot_be_read_has_no_suggestion(tmp_path: Path) -> None:
    """One fault, as of the import."""
    (tmp_path / "old.xls").write_bytes(b"x")
    with pytest.raises(InputError):
        suggest_mapping(tmp_path / "old.xls")
