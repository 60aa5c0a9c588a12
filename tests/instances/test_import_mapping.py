"""Another system's export: other files, headings, words, dates and units, read by a saved mapping."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from instances.cells import CLOCK, DATE, HOURS, ID, IDS, MOMENT, RHYTHM, TEXT, WHOLE, WINDOWS
from instances.import_values import Formats, NotAsSaid, converted, ticked_days
from instances.import_where import cell_words
from instances.importing import import_instance
from instances.mapping import ColumnSource, Mapping, TableSource, header_sections, read_mapping
from instances.mapping_template import template_mapping
from instances.names import read_names
from instances.read import read_instance
from instances.sheets import Faults
from optimiser.errors import Fault, InputError

STAFF = """\
Rooster-export\t\t\t\t\t\t\t\t
\t\t\t\t\t\t\t\t
Staff no\tFull name\tMobile\tPostal code\tMinutes per week\tGrade\tTravel\tBorn\tState\tSkills
1001\tZoë Voorbeeld\t06-1\t3031\t1920\t5\tCar\t14/03/1985\tactive\tIV, SC
1002\tJan Geheim\t06-2\t3033 AB\t1440\t4\tBike\t02/09/1968\tactive\tSC
1003\tWie Weg\t06-3\t3033\t1440\t4\tBike\t02/09/1968\tleft\tSC
"""
CARE = """\
Client;Zip;Name;Act;From;Until;Every;Start
K7;3031;Cli Ent;IVAB;8.00;10.30;day;07.12.2026
K8;3033;Ent Cli;SCIN;9.00;11.00;2;08.12.2026
"""
TURNS = "Turn,Letter,Begins,Ends,Part\nEarly,E,07:00,15:30,morning\n"
ACTS = "Act;What;Needs;Hours\nantibiotica;Antibiotica;infuus;0,5\ninjectie;Injectie;injectie;0,25\n"
MAP = Path(__file__).with_name("foreign_columns.toml")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """The invented export: a tab file in the code page of old Windows, a semicolon file, a comma file, a note."""
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "staff.txt").write_bytes(STAFF.encode("cp1252"))
    (folder / "care.csv").write_bytes(CARE.encode("cp1252"))
    (folder / "turns.csv").write_bytes(TURNS.encode("cp1252"))
    (folder / "acts.csv").write_bytes(ACTS.encode("cp1252"))
    (folder / "rest.csv").write_bytes(b"a;b\n1;2\n")
    return folder


def wrong(mapping: str, tmp_path: Path) -> list[Fault]:
    """The faults of a mapping."""
    (tmp_path / "columns.toml").write_text(mapping, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_mapping(tmp_path / "columns.toml", "nl")
    return list(caught.value.faults)


def refused(export: Path, mapping: Mapping) -> list[Fault]:
    """The faults of an import, which leaves nothing behind."""
    with pytest.raises(InputError) as caught:
        import_instance(export, mapping, export.parent / "out", "nl")
    assert not (export.parent / "out").exists()
    return list(caught.value.faults)


def test_a_foreign_export_becomes_an_instance(export: Path) -> None:
    """By hand: 1920 minutes are 32 hours; 14/03/1985 is 14 March; 8.00 to 10.30 is a window; Bike a bicycle; the
    nurse who left is not in it; skills in one cell are rows; places come from two files; one file is left, and said."""
    imported = import_instance(export, read_mapping(MAP), export.parent / "out", "nl")
    again = read_instance(export.parent / "out")
    assert again == imported.instance
    one, two = again.nurses
    assert (one.id, one.organisation, one.home, one.mode) == ("1001", "maas", "p-1001", "car")
    assert (one.contract_minutes, two.contract_minutes) == (1920, 1440)
    assert (one.born.isoformat() if one.born else "", two.mode, two.level) == ("1985-03-14", "bicycle", 4)
    assert [(each.id, each.kind, each.postcode) for each in again.places] == [
        ("p-1001", "home", "3031"), ("p-1002", "home", "3033AB"),
        ("c-K7", "client", "3031"), ("c-K8", "client", "3033"),
    ]  # fmt: skip
    assert [(each.nurse, each.skill) for each in again.nurse_skills] == [
        ("1001", "infuus"), ("1001", "injectie"), ("1002", "injectie"),
    ]  # fmt: skip
    first, second = again.orders
    assert (first.id, first.client, first.acts, first.rhythm) == ("o-1", "K7", ("antibiotica",), "daily")
    assert (second.id, second.rhythm, second.first.isoformat()) == ("o-2", "every:2", "2026-12-08")
    assert first.windows == ((480, 630),)
    assert again.shift_kinds[0].category == "day"
    assert read_names(export.parent / "out")["1001"].name == "Zoë Voorbeeld"
    assert imported.counts["Plekken"] == 4
    assert "blad rest.csv is niet gelezen" in imported.warnings


def test_faults_of_an_export_name_its_own_cells(export: Path) -> None:
    """Its heading, its cell, its value; of sheets with names none is repeated, also not of a column without names."""
    (export / "care.csv").write_bytes(CARE.replace("10.30", "half elf").replace("SCIN", "SCXX").encode())
    (export / "staff.txt").write_bytes(STAFF.replace("1920", "32 uur").replace("Car", "Raket").encode("cp1252"))
    (export / "acts.csv").write_bytes(ACTS.replace("0,25", "een kwartier").encode())
    faults = refused(export, read_mapping(MAP))
    assert {(cell_words(each, "nl"), each.got) for each in faults} == {
        ("care.csv, cel E2 (From)", "…"),
        ("care.csv, cel D3 (Act)", "…"),
        ("acts.csv, cel D3 (Hours)", "een kwartier"),
        ("staff.txt, cel E4 (Minutes per week)", "…"),
        ("staff.txt, cel G4 (Travel)", "…"),
    }
    assert "Geheim" not in "".join(map(str, faults))


def test_headings_are_mapped_ignored_or_a_fault(export: Path) -> None:
    """A new column in the export is never dropped in silence; a column that is gone is named with what is near."""
    (export / "care.csv").write_bytes(CARE.replace("Until;", "Untill;").encode())
    faults = refused(export, read_mapping(MAP))
    assert {(each.file, each.row, each.column, each.cell) for each in faults} == {
        ("care.csv", 1, "Until", ""), ("care.csv", 1, "", "F1"),  # what stands there might be a name
    }  # fmt: skip
    (export / "care.csv").write_bytes(CARE.encode())
    (export / "turns.csv").write_bytes(TURNS.replace("Ends", "End").encode())
    faults = refused(export, read_mapping(MAP))
    assert {(each.file, each.row, each.column, each.cell, each.got) for each in faults} == {
        ("turns.csv", 1, "Ends", "", "End"), ("turns.csv", 1, "End", "D1", "End"),
    }  # fmt: skip


def test_a_file_that_is_not_there(export: Path) -> None:
    """The key of the mapping is named, with the files that are there."""
    (export / "turns.csv").rename(export / "turn.csv")
    faults = refused(export, read_mapping(MAP))
    assert ("foreign_columns.toml", "tables.shift_kinds", "turns.csv") in {
        (each.file, each.column, each.got) for each in faults
    }
    assert any("turn.csv" in each.expected for each in faults)


def test_a_needed_table_that_the_mapping_forgot(export: Path) -> None:
    """Its key is named, once."""
    mapping = read_mapping(MAP)
    tables = {name: sources for name, sources in mapping.tables.items() if name != "nurses"}
    named = [(each.file, each.column, each.expected) for each in refused(export, mapping.model_copy(update={
        "tables": tables,
    }))]  # fmt: skip
    assert named == [("foreign_columns.toml", "tables.nurses", "een tabel [tables.nurses]")]


def test_settings_of_the_mapping_are_judged_at_their_key(export: Path) -> None:
    """A Tuesday for a Monday and an unknown key stand in the mapping, not in a file that nobody has seen."""
    mapping = read_mapping(MAP).model_copy(
        update={"instance": {"name": "team", "first_monday": "8-12-2026", "weeks": 1}, "planning": {"slak": 1}}
    )
    assert {(each.file, each.column) for each in refused(export, mapping)} >= {
        ("foreign_columns.toml", "instance.first_monday"), ("foreign_columns.toml", "planning.slak"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mapping", "places"),
    [
        ('colums = 1', {"colums"}),
        ('file = "x"', {"file"}),
        ('encoding = "latin"', {"encoding"}),
        ('date_format = "dd-mm-jjjj"', {"date_format"}),
        ('time_format = "%Q"', {"time_format"}),
        ('date_format = "%d-%m-%y"', {"date_format"}),
        ('[tables.nurses.columns]\nid = {column = "Nr", split = ","}\nlevel = {column = "N", split = ","}',
         {"tables.nurses.0.columns.level.split"}),
        ('[tables.nurse]\nsheet = "A"\n[tables.nurse.columns]\nid = "Nr"', {"tables.nurse"}),
        ('[tables.nurses]\nshet = "A"\n[tables.nurses.columns]\nid = "Nr"', {"tables.nurses.0.shet"}),
        ('[tables.nurses]\nheader_row = 0\n[tables.nurses.columns]\nid = "Nr"', {"tables.nurses.0.header_row"}),
        ('[tables.nurses]\nsheet = "A"', {"tables.nurses.0.columns"}),
        ('[tables.nurses.columns]\nidd = "Nr"', {"tables.nurses.0.columns.idd"}),
        ('[tables.nurses.columns]\nid = {colum = "Nr"}', {"tables.nurses.0.columns.id.colum"}),
        ('[tables.nurses.columns]\nid = {column = "Nr", constant = "x"}', {"tables.nurses.0.columns.id"}),
        ('[tables.nurses.columns]\nid = {default = "x"}', {"tables.nurses.0.columns.id"}),
        ('[tables.nurses.columns]\nid = {column = "Nr", unit = "minutes"}', {"tables.nurses.0.columns.id.unit"}),
        ('[tables.nurses.columns]\nid = {column = "Nr", next_day = "Van"}', {"tables.nurses.0.columns.id.next_day"}),
        ('[tables.nurses.columns]\nthuis = "A"\nhome = "B"', {"tables.nurses.0.columns.home"}),
        ('a = ', {""}),
    ],
)  # fmt: skip
def test_each_mistake_in_a_mapping_is_named_at_its_key(mapping: str, places: set[str], tmp_path: Path) -> None:
    """One thing wrong in each."""
    faults = wrong(mapping, tmp_path)
    assert {each.column for each in faults} == places
    assert {each.file for each in faults} == {"columns.toml"}


def test_near_words_are_named(tmp_path: Path) -> None:
    """A key, a table and a column with a typing error get the one that was probably meant."""
    faults = wrong('[tables.nurses]\nheaderrow = 2\n[tables.nurses.columns]\nid = "Nr"', tmp_path)
    assert "header_row" in faults[0].expected
    assert "contracturen" in wrong('[tables.nurses.columns]\ncontractuur = "Nr"', tmp_path)[0].expected
    assert "nurses" in wrong('[tables.nurse.columns]\nid = "Nr"', tmp_path)[0].expected


def test_tables_and_columns_may_be_named_in_either_language(tmp_path: Path) -> None:
    """A title of a sheet, a file of ours or a field; a heading in Dutch or English; one table or a list of them."""
    (tmp_path / "columns.toml").write_text(
        '[tables.Medewerkers]\nsheet = "A"\n[tables.Medewerkers.columns]\ncontracturen = "U"\nhome = {constant = 5}\n'
        '[[tables.nurses]]\n[tables.nurses.columns]\nid = "N"',
        encoding="utf-8",
    )
    mapping = read_mapping(tmp_path / "columns.toml")
    assert list(mapping.tables) == ["nurses"]
    first, second = mapping.tables["nurses"]
    assert list(first.columns) == ["contract_minutes", "home"] and first.columns["home"].constant == "5"
    assert second.columns["id"].column == "N"
    assert header_sections(mapping) == {}
    assert template_mapping([], Faults()).tables == {}


@pytest.mark.parametrize(
    ("form", "source", "cells", "text"),
    [
        (HOURS, {"column": "a", "unit": "minutes"}, ["1920"], "32:00"),
        (HOURS, {"column": "a", "unit": "minutes"}, ["90,0"], "1:30"),
        (WHOLE, {"column": "a", "unit": "hours"}, ["0,5"], "30"),
        (WHOLE, {"column": "a", "unit": "hours"}, ["1:15"], "75"),
        (DATE, {"column": "a", "date_format": "%m/%d/%Y"}, ["12/07/2026"], "2026-12-07"),
        (DATE, {"column": "a", "date_format": "%m/%d/%Y"}, ["2026-12-07"], "2026-12-07"),
        (CLOCK, {"column": "a", "time_format": "%I:%M %p"}, ["3:30 PM"], "15:30"),
        (CLOCK, {"column": "a", "time_format": "%H.%M"}, ["31:00"], "31:00"),
        (MOMENT, {"columns": ("a", "b"), "date_format": "%d.%m.%Y", "time_format": "%H.%M"}, ["7.12.2026", "7.30"],
         "2026-12-07 07:30"),
        (MOMENT, {"column": "a", "date_format": "%d.%m.%Y", "time_format": "%H.%M"}, ["7.12.2026 7.30"],
         "2026-12-07 07:30"),
        (WINDOWS, {"columns": ("a", "b"), "separator": "-", "time_format": "%H.%M"}, ["7.00", "9.30"], "07:00-09:30"),
        (WINDOWS, {"columns": ("a", "b"), "separator": "-", "default": "08:00-12:00"}, ["", "9:30"], "08:00-12:00"),
        (IDS, {"column": "a", "values": {"iv": "infuus"}, "prefix": "s-"}, ["IV; SC"], "s-infuus s-SC"),
        (ID, {"column": "a", "prefix": "p-"}, [""], ""),
        (TEXT, {"column": "a", "values": {"": "geen"}}, [""], "geen"),
        (TEXT, {"constant": "vast"}, ["vast"], "vast"),
    ],
)  # fmt: skip
def test_cells_are_made_ours(form: Any, source: dict[str, Any], cells: list[str], text: str) -> None:
    """By hand, and what comes out is what the form of our column reads."""
    made = ColumnSource(**source)
    formats = Formats(made.date_format, made.time_format)
    assert converted(cells, made, form, formats, Faults()) == text
    if text:
        form.read(text)


@pytest.mark.parametrize(
    ("form", "source", "cell"),
    [
        (HOURS, {"unit": "minutes"}, "32:00"), (HOURS, {"unit": "minutes"}, "90,5"), (WHOLE, {"unit": "hours"}, "half"),
        (DATE, {"date_format": "%m/%d/%Y"}, "13/12/2026"), (CLOCK, {"time_format": "%H:%M:%S"}, "07:30:20"),
    ],
)  # fmt: skip
def test_what_is_not_as_the_mapping_says_is_refused(form: Any, source: dict[str, Any], cell: str) -> None:
    """No other reading is tried: 13/12 is no day of a month 13, and seconds are not dropped."""
    made = ColumnSource(column="a", **source)
    with pytest.raises(NotAsSaid):
        converted([cell], made, form, Formats(made.date_format, made.time_format), Faults("nl"))


def test_an_end_on_the_next_day(export: Path) -> None:
    """A night of 23:00 to 07:00 with a break from 03:00, and a window 22:00-06:00: with ``next_day`` the ends count on
    beyond 24:00, what is later than its start stays, and a list of weekdays is a rhythm."""
    (export / "turns.csv").write_text(
        "Turn,Letter,Begins,Ends,Part,Rest,Until\nEarly,E,07:00,15:30,morning,10:00,13:00\n"
        "Night,N,23:00,07:00,night,03:00,05:00\n"
    )
    care = "Client;Zip;Name;Act;From;Until;Every;Start\nK7;3031;x;IVAB;22.00;6.00;maandag, wo;07.12.2026\n"
    (export / "care.csv").write_text(care)
    mapping = MAP.read_text(encoding="utf-8").replace('end = "Ends"', """end = {column = "Ends", next_day = "Begins"}
break_minutes = {constant = 30}
break_from = {column = "Rest", next_day = "Begins"}
break_until = {column = "Until", next_day = "Begins"}""").replace(
        'separator = "-"}', 'separator = "-", next_day = "From"}'
    )
    (export.parent / "columns.toml").write_text(mapping, encoding="utf-8")
    made = import_instance(export, read_mapping(export.parent / "columns.toml"), export.parent / "out").instance
    assert [(each.start, each.end, each.break_from, each.break_until) for each in made.shift_kinds] == [
        (420, 930, 600, 780), (23 * 60, 31 * 60, 27 * 60, 29 * 60),
    ]  # fmt: skip
    assert [(each.rhythm, each.windows) for each in made.orders] == [("days:mon+wed", ((22 * 60, 30 * 60),))]


def test_weekdays_with_a_column_each() -> None:
    """Monday and Friday are ticked, in whatever way; a question mark is neither a tick nor none; another column whose
    headings are joined is left alone."""
    faults, days = Faults("nl"), ("Ma", "di", "Vrijdag")
    ticked = ticked_days(days, ["x", "-", "Ja"], RHYTHM, faults)
    assert ticked == ["ma vr"] and converted(ticked, ColumnSource(), RHYTHM, Formats(), faults) == "days:ma+vr"
    assert ticked_days(("From", "Until"), ["8:00", "9:00"], WINDOWS, faults) == ["8:00", "9:00"]
    with pytest.raises(NotAsSaid, match="kruisje"):
        ticked_days(days, ["?", "", ""], RHYTHM, faults)


def test_formats_are_of_the_nearest() -> None:
    """Of the column, else of the table, else of the whole file; and only where the form has dates or times."""
    whole = Mapping(date_format="%d.%m.%Y", time_format="%H.%M")
    table = TableSource(columns={}, date_format="%m/%d/%Y")
    assert Formats.of(ColumnSource(column="a"), table, whole) == Formats("%m/%d/%Y", "%H.%M")
    assert Formats.of(ColumnSource(column="a", time_format="%I"), table, whole).time == "%I"
    assert not Formats("%d", "%H").of_form(TEXT)


def test_the_page_names_every_key_and_holds_the_example() -> None:
    """docs/reference/import.md shows the mapping of these tests word for word, and explains each of its keys."""
    page = (MAP.parents[2] / "docs" / "reference" / "import.md").read_text(encoding="utf-8")
    assert f"```toml\n{MAP.read_text(encoding='utf-8')}```" in page
    keys = {*Mapping.model_fields, *TableSource.model_fields, *ColumnSource.model_fields}
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []
