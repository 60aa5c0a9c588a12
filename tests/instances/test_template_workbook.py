"""The template workbook: a sheet for each table, typed cells, the same bytes; read back it is the same instance."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from instances.bring import read_bring
from instances.catalogue import locate
from instances.columns import flat_heading
from instances.importing import import_instance
from instances.names import Name, read_names
from instances.read import read_instance
from instances.template import template_workbook
from instances.template_cells import cell_value, choices, number_format
from instances.template_explained import write_explanation
from instances.template_settings import provenance_rows, setting_of, settings
from instances.template_sheets import SHEETS, column_doc, field_of_title, known_titles, sheet_title
from instances.write import write_instance
from optimiser.domain.instance import Instance
from optimiser.texts import LANGUAGES, Language


@pytest.fixture(scope="module")
def filled(six: Instance) -> bytes:
    """six_nurses as a Dutch workbook, with names and what to bring."""
    folder = locate("six_nurses")
    return template_workbook(six, read_names(folder), "nl", read_bring(folder, six))


def opened(content: bytes) -> Any:
    """The workbook in openpyxl."""
    return load_workbook(io.BytesIO(content))


def test_each_table_has_a_sheet_with_documented_headings() -> None:
    """All columns of all tables, names and bring included, have a heading and a sentence in both languages; titles are
    known again in any case and without accents."""
    for language in LANGUAGES:
        book = opened(template_workbook(None, {}, language))
        for field, table in SHEETS.items():
            sheet = book[sheet_title(field, language)]
            heads = [cell for cell in sheet[1] if cell.value]
            assert [table.by_heading[flat_heading(cell.value)] for cell in heads] == list(table.columns)
            for cell, column in zip(heads, table.columns, strict=True):
                assert column_doc(field, column, language) in cell.comment.text
            assert sheet.freeze_panes == "B2"
            assert field_of_title(sheet.title.upper()) == field
        assert len(set(known_titles(language))) == len(SHEETS) + 1
    assert field_of_title("CLIENTEN") == "clients"
    assert field_of_title("nurse_skills") == "nurse_skills"
    assert field_of_title("Personeel") is None


def test_cells_are_what_excel_makes_of_them(filled: bytes) -> None:
    """Ids are text, dates dates, times elapsed times (31:00 is 31 hours), hours numbers; choices are offered."""
    book = opened(filled)
    nurses = book["Medewerkers"]
    assert [nurses[cell].value for cell in ("A2", "D2", "E2", "I2")] == ["m1", "auto", 32, datetime(1985, 3, 14)]
    assert nurses["A2"].number_format == "@" and nurses["I2"].number_format == "dd-mm-yyyy"
    assert book["Diensten"]["G5"].value == timedelta(hours=31)
    assert book["Diensten eromheen"]["B2"].value == datetime(2026, 11, 23, 7, 0)
    offered = {str(each.sqref): each.formula1 for each in nurses.data_validations.dataValidation}
    assert offered["D2:D2001"] == '"auto,fiets,e-fiets,lopend"'
    assert offered["C2:C2001"] == "'Plekken'!$A$2:$A$2001"
    for field, table in SHEETS.items():  # Excel takes 255 characters of choices
        named = [each.sqref for each in book[sheet_title(field, "nl")].data_validations.dataValidation
                 if each.formula1.startswith('"')]  # fmt: skip
        assert len(named) == sum(each.form.name in ("choice", "yes_no") for each in table.columns), field
    assert book["Instelling"]["A2"].value == "instance.name" and book["Instelling"]["B2"].value == "six_nurses"


def test_equal_content_gives_equal_bytes(six: Instance, filled: bytes) -> None:
    """Nothing of the moment or the machine is in the file."""
    folder = locate("six_nurses")
    assert template_workbook(six, read_names(folder), "nl", read_bring(folder, six)) == filled


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_workbook_comes_back_the_same(six: Instance, language: Language, tmp_path: Path) -> None:
    """Instance, names and what to bring, with all settings and where it came from, in both languages; the folder is
    byte for byte what writing the instance gives."""
    folder = locate("six_nurses")
    names, bring = read_names(folder), read_bring(folder, six)
    (tmp_path / "team.xlsx").write_bytes(template_workbook(six, names, language, bring))
    imported = import_instance(tmp_path / "team.xlsx", None, tmp_path / "out", language)
    again = read_instance(tmp_path / "out")
    assert imported.instance == again == six
    assert again.fingerprint == six.fingerprint
    assert read_names(tmp_path / "out") == names
    assert read_bring(tmp_path / "out", again) == bring
    write_instance(six, tmp_path / "again", names, bring)
    kept, written = ({each.name: each.read_bytes() for each in (tmp_path / one).iterdir()} for one in ("out", "again"))
    assert kept == written
    assert (tmp_path / "out" / "names.csv").stat().st_mode & 0o777 == 0o600
    assert imported.counts[sheet_title("nurses", language)] == 6


def test_a_changed_cell_is_the_only_thing_that_changes(six: Instance, filled: bytes, tmp_path: Path) -> None:
    """A manager gives m2 24 hours and moves a wish of m1 by typing over it; all other rows keep their hashes."""
    book = opened(filled)
    assert book["Medewerkers"]["A3"].value == "m2"
    book["Medewerkers"]["E3"] = 24.0
    book["Wensen"]["B2"] = datetime(2026, 12, 9)
    book.save(tmp_path / "team.xlsx")
    import_instance(tmp_path / "team.xlsx", None, tmp_path / "out")
    again = read_instance(tmp_path / "out")
    assert again.nurse_by_id["m2"].contract_minutes == 24 * 60
    assert again.wishes[0].day.isoformat() == "2026-12-09"
    before, after = six.row_hashes, again.row_hashes
    assert {key for key in {*before, *after} if before.get(key) != after.get(key)} == {"nurses/m2", "wishes/0"}


def test_contracts_are_said_to_be_outside(six: Instance) -> None:
    """The explanation names sharing.toml only where there are contracts; every sheet has a line."""
    def lines(with_contracts: bool) -> str:
        from xlsxwriter import Workbook

        content = io.BytesIO()
        book = Workbook(content)
        write_explanation(book, {"nurses": 6}, with_contracts, "nl")
        book.close()
        return "\n".join(str(cell) for row in opened(content.getvalue()).active.values for cell in row if cell)

    assert "sharing.toml" in lines(True) and "sharing.toml" not in lines(False)
    assert all(sheet_title(field, "nl") in lines(False) for field in SHEETS)


def test_forms_of_cells() -> None:
    """By hand: 7:20 hours is 440 minutes and 7.33 in Excel; a degree with 17 digits stays text; words by language."""
    columns = {each.field: each.form for each in SHEETS["nurses"].columns}
    assert cell_value(columns["contract_minutes"], 450, "nl") == 7.5
    assert cell_value(columns["mode"], "bicycle", "en") == "bicycle"
    assert cell_value(columns["mode"], "bicycle", "nl") == "fiets"
    assert cell_value(columns["categories"], ("day", "night"), "nl") == "dag nacht"
    latitude = SHEETS["places"].by_field["latitude"].form
    assert cell_value(latitude, 51.93, "nl") == 51.93
    assert cell_value(latitude, 0.1 + 0.2, "nl") == "0,30000000000000004"
    assert choices(columns["night_consent"], "en") == ("yes", "no")
    assert number_format(columns["born"]) == "dd-mm-yyyy"


def test_an_empty_template_asks_for_what_is_needed(tmp_path: Path) -> None:
    """Read without a word filled in: the needed settings and sheets are named, and nothing is left behind."""
    from optimiser.errors import InputError

    (tmp_path / "team.xlsx").write_bytes(template_workbook(None, {}))
    with pytest.raises(InputError) as caught:
        import_instance(tmp_path / "team.xlsx", None, tmp_path / "out")
    named = {(each.sheet, each.column) for each in caught.value.faults}
    assert {("Instelling", "instance"), ("Organisaties", ""), ("Medewerkers", ""), ("Diensten", "")} <= named
    assert [each.name for each in tmp_path.iterdir()] == ["team.xlsx"]


def test_what_is_rare_comes_back_too(six: Instance, tmp_path: Path) -> None:
    """Names that look like formulas stay text (and a phone number keeps its plus); wages by grade and nested provenance
    have rows of their own; a duty from 00:00, which is a date for Excel, and 02:30 on the night that has it twice."""
    names = {
        "m1": Name(id="m1", name='=HYPERLINK("x")', phone="+31 6", notes="regel een\nregel twee"),
        "m2": Name(id="m2", name="'=1+1", key_box="0012"),
    }
    money = six.money.model_copy(update={"wages": {"45": 2350}, "eves_at_sunday_rate": False})
    made = {
        "seed": 3, "share": 0.5, "whole": 1.0, "tiny": 1.5e-7, "third": 1 / 3, "day": date(2026, 1, 2),
        "version": "1.0", "truth": "True", "quoted": '"x"', "synthetic": True, "parts": {"region": "rijnmond"},
    }  # fmt: skip
    twice = [six.clock.minute_of(datetime.fromisoformat(f"2026-10-25T02:30+0{hours}:00")) for hours in (2, 1)]
    assert twice[1] - twice[0] == 60
    context = tuple(
        six.context[0].model_copy(update={"start": start, "end": start + 45, "work_minutes": 45})
        for start in (*twice, six.clock.midnight(-3))
    )
    changed = six.model_copy(update={"money": money, "provenance": made, "context": context})
    (tmp_path / "team.xlsx").write_bytes(template_workbook(changed, names))
    sheet = load_workbook(tmp_path / "team.xlsx", read_only=True)["Namen"]
    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["D2"].value) == ('=HYPERLINK("x")', "s", "+31 6")
    again = import_instance(tmp_path / "team.xlsx", None, tmp_path / "out").instance
    assert again == changed and again.provenance == made
    assert [type(each) for each in again.provenance.values()] == [type(each) for each in made.values()]
    assert read_names(tmp_path / "out") == names
    assert dict(provenance_rows(made))["provenance.parts.region"] == "rijnmond"
    wage, usual = setting_of("money.wages.45"), next(each for each in settings() if each.key == "money.wages")
    assert wage is not None and wage.doc("nl") == usual.doc("nl")
