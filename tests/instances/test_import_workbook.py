"""A workbook is read as Excel holds it; what is wrong is said at its sheet and cell, and then nothing is written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.cell_range import CellRange

from instances.bring import read_bring
from instances.catalogue import locate
from instances.cells import CLOCK, HOURS, NUMBER
from instances.import_grids import ERROR_VALUES, address, delimiter_of, read_grids
from instances.import_sheets import sheets_of
from instances.import_where import cell_words
from instances.importing import import_instance
from instances.names import read_names
from instances.read import read_instance
from instances.sheets import Faults
from instances.template import template_workbook
from instances.template_cells import cell_value, number_format
from instances.workbook import cell_text
from optimiser.domain.instance import Instance
from optimiser.errors import Fault, InputError

Change = Callable[[Any], object]
Team = Callable[[Change], Path]


@pytest.fixture(scope="module")
def content(six: Instance) -> bytes:
    """six_nurses as a Dutch workbook."""
    folder = locate("six_nurses")
    return template_workbook(six, read_names(folder), "nl", read_bring(folder, six))


@pytest.fixture
def team(content: bytes, tmp_path: Path) -> Team:
    """Saves the workbook after a change."""

    def changed(change: Change) -> Path:
        book = load_workbook(io.BytesIO(content))
        change(book)
        book.save(tmp_path / "team.xlsx")
        return tmp_path / "team.xlsx"

    return changed


def faults_of(path: Path, language: Any = "nl", out: str = "out") -> list[Fault]:
    """The faults of an import, which leaves nothing behind."""
    before = sorted(each.name for each in path.parent.iterdir())
    with pytest.raises(InputError) as caught:
        import_instance(path, None, path.parent / out, language)
    assert sorted(each.name for each in path.parent.iterdir()) == before
    return list(caught.value.faults)


def break_cells(book: Any) -> None:
    """One thing wrong in each of many cells."""
    nurses = book["Medewerkers"]
    nurses["E3"], nurses["B4"], nurses["F6"], nurses["I7"] = "veel", "mass", 9, "#N/B"
    nurses["C2"] = None
    nurses["D2"] = "raket"
    book["Wensen"]["B2"] = "32-1-2026"
    book["Wensen"]["B3"] = datetime(2027, 1, 4)
    book["Diensten"]["F2"] = "=1/24*7"
    book["Diensten"]["G4"] = time(22, 59, 30)
    book["Koppelingen"].merge_cells("D2:E2")
    book["Bezetting"]["A3"] = book["Bezetting"]["A2"].value
    assert book["Instelling"]["A6"].value == "planning.reporting_minutes"
    book["Instelling"]["B6"] = "twee"
    book["Instelling"]["A8"] = "planning.slak_minutes"
    book["Organisaties"]["C2"] = "ergens"
    book["Taken"]["N1"] = "opmerking"
    book["Taken"]["P3"] = "los"
    book["Zorgmomenten"]["B2"] = None
    book["Tellers"]["B2"] = "saldo"
    book["Meenemen"]["A2"] = "niets"


def test_each_wrong_cell_is_named_and_all_at_once(team: Team) -> None:
    """One fault for each thing that was made wrong, at its cell with the heading, and no other."""
    faults = faults_of(team(break_cells))
    assert {(each.sheet, each.cell, each.column) for each in faults} == {
        ("Medewerkers", "E3", "contracturen"),  # no hours
        ("Medewerkers", "B4", "organisatie"),  # no such organisation
        ("Medewerkers", "F6", "niveau"),  # above the highest level
        ("Medewerkers", "I7", "geboren"),  # an error value
        ("Medewerkers", "C2", "thuis"),  # empty where it is needed
        ("Medewerkers", "D2", "vervoer"),  # none of the choices
        ("Wensen", "B2", "datum"),  # no date
        ("Wensen", "B3", "datum"),  # outside the horizon
        ("Diensten", "F2", "begin"),  # a formula that nobody has computed
        ("Diensten", "G4", "einde"),  # seconds would be lost
        ("Koppelingen", "E2", "tussentijd_max"),  # merged with the cell before it
        ("Bezetting", "A3", "id"),  # an id twice
        ("Instelling", "B6", "planning.reporting_minutes"),  # no number
        ("Instelling", "A8", ""),  # no such setting
        ("Organisaties", "C2", "reistijd_van_huis"),  # none of the choices
        ("Taken", "N1", "opmerking"),  # an unknown column
        ("Taken", "P3", ""),  # something under no heading
        ("Zorgmomenten", "B2", "cliënt"),  # empty where it is needed
        ("Tellers", "B2", "teller"),  # none of the choices
    }


def test_a_message_is_a_sentence_of_the_sheet(team: Team) -> None:
    """Word for word, in both languages, with titles of sheets for tables and the row where an id stood before."""
    def change(book: Any) -> None:
        book["Medewerkers"]["B4"] = "mass"
        book["Bezetting"]["A3"] = book["Bezetting"]["A2"].value

    cover, nurse = faults_of(team(change), "en")
    assert cell_words(nurse, "nl") == "blad Medewerkers, cel B4 (organisatie)"
    assert (cell_words(cover, "nl"), cover.got) == ("blad Bezetting, cel A3 (id)", "maas-dag (row 2)")
    assert str(nurse) == (
        "sheet Medewerkers, cell B4 (organisatie): expected an id from Organisations (did you mean maas?), got mass"
    )


def test_work_that_is_not_there_is_asked_for_in_words(team: Team) -> None:
    """A link may name a visit, a task or an order: the sentence says so, not the name of a table that is none."""

    def rename(book: Any) -> None:
        book["Koppelingen"]["B2"] = "zorgmoment-9"

    fault = next(each for each in faults_of(team(rename)) if each.cell == "B2")
    assert fault.expected.startswith("een bestaand zorgmoment, een taak of een opdracht")


def test_a_name_of_nobody_is_told_without_the_id(team: Team, tmp_path: Path) -> None:
    """A typing error in an id would leave somebody without a name on the cards: the row is named, the cell is not."""

    def rename(book: Any) -> None:
        book["Namen"]["A3"] = "c22"

    told = import_instance(team(rename), None, tmp_path / "out", "nl").warnings
    words = "in 1 rij is de id niet die van een medewerker, cliënt, organisatie of ophaalplek (rij 3)"
    assert f"blad Namen: {words}" in told
    assert not any("c22" in each for each in told)


def test_a_missing_column_and_an_unknown_sheet_are_named_once(team: Team) -> None:
    """Without the column of nurses the sheet of skills has one fault, not one for each row; a visible sheet that is
    none of ours is never ignored, and the near title is named."""

    def change(book: Any) -> None:
        book["Bekwaamheden"].delete_cols(1)
        book["Wensen"].title = "Wensn"

    skills, wishes = faults_of(team(change))
    assert (skills.sheet, skills.row, skills.cell, skills.column) == ("Bekwaamheden", 1, "", "medewerker")
    assert cell_words(skills, "nl") == "blad Bekwaamheden, rij 1, kolom medewerker"
    assert (wishes.sheet, wishes.got) == ("Wensn", "Wensn") and "Wensen" in wishes.expected


def test_names_are_never_repeated(team: Team) -> None:
    """A name in the wrong column, also as a heading, is pointed at by its cell only."""
    def change(book: Any) -> None:
        names = book["Namen"]
        names["A3"], names["I1"], names["B4"] = "Jan Geheim", "Piet Geheim", None

    faults = faults_of(team(change))
    assert {(each.sheet, each.cell) for each in faults} == {("Namen", "A3"), ("Namen", "I1"), ("Namen", "B4")}
    assert "Geheim" not in "".join(f"{each} {cell_words(each, 'nl')}" for each in faults)
    assert {each.got for each in faults} == {"…"}


def test_what_excel_holds_is_read(six: Instance, team: Team) -> None:
    """Floats for whole numbers, text with a comma, times beyond 24:00 in a usual format, spaces, empty rows, a merged
    cell over rows, a formula with its result, and a hidden sheet (with a warning): the same instance."""
    def change(book: Any) -> None:
        nurses = book["Medewerkers"]
        nurses["E2"], nurses["E3"], nurses["F2"], nurses["A3"] = "32,0", 28.000000000000004, 5.0, " m2 "
        night = next(row for row in book["Diensten"].iter_rows(min_row=2) if row[0].value == "nacht")
        night[6].value, night[6].number_format = datetime(1900, 1, 1, 7, 0), "hh:mm"  # 31:00 as Excel shows 07:00
        book["Wensen"].insert_rows(3, 2)
        skills = book["Bekwaamheden"]
        assert [skills[cell].value for cell in ("A2", "A3")] == ["m1", "m1"]
        skills.merge_cells("A2:A3")
        book["Tellers"].sheet_state = "hidden"
        book["Uitleg"]["A40"] = "een eigen aantekening"
        book.create_sheet("Kladblad").sheet_state = "hidden"
        book.create_sheet("Blad1")

    path = team(change)
    imported = import_instance(path, None, path.parent / "out")
    assert imported.instance == six
    assert "blad Tellers is verborgen en toch gelezen" in imported.warnings


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (36.0, "36"), (0.1 + 0.2, "0.3"), (51.92938, "51.92938"), (7, "7"), (True, "True"), (None, ""),
        (datetime(2026, 12, 7), "2026-12-07"), (datetime(2026, 12, 7, 7, 5), "2026-12-07 07:05"),
        (time(7, 5), "07:05"), (time(7, 5, 9), "07:05:09"), (timedelta(days=1), "24:00"),
        (timedelta(hours=31), "31:00"), (timedelta(hours=1, seconds=1), "01:00:01"),
        (datetime(1900, 1, 1, 0, 0), "24:00"), (datetime(1900, 1, 2, 0, 0), "48:00"),
    ],
)  # fmt: skip
def test_values_of_excel_as_text(cell: Any, text: str) -> None:
    """By hand: 15 digits of a number; in Excel 1.0 is 24:00 and, as a day, 1 January 1900."""
    assert cell_text(cell) == text


def test_every_clock_time_and_length_survives_excel(tmp_path: Path) -> None:
    """Each minute up to 48:00, each number of contract minutes up to 60 hours, and degrees of 15 digits: written as
    the template does, read as the import does, the same value."""
    from random import Random

    from xlsxwriter import Workbook as Written

    chance = Random(7)
    degrees = [round(chance.uniform(50, 54), chance.randint(1, 13)) for _ in range(500)]
    asked: dict[int, tuple[Any, list[Any]]] = {
        0: (CLOCK, list(range(2881))), 1: (HOURS, list(range(3601))), 2: (NUMBER, degrees),
    }  # fmt: skip
    book = Written(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    for column, (form, values) in asked.items():
        style = book.add_format({"num_format": number_format(form)})
        for row, value in enumerate(values):
            sheet.write(row, column, cell_value(form, value, "nl"), style)
    book.close()
    (read,) = sheets_of(tmp_path / "a.xlsx", Faults())
    for column, (form, values) in asked.items():
        assert [form.read(row[column]) for row in read.rows[: len(values)]] == values


def test_a_formula_counts_with_its_saved_result(tmp_path: Path) -> None:
    """What Excel computed is read; a formula that is an empty text is an empty cell; one without a result is marked."""
    from xlsxwriter import Workbook as Written

    book = Written(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("Een")
    sheet.write_formula("A1", "=1+1", value=2)
    sheet.write_formula("B1", '=""', value="")
    book.close()
    opened = load_workbook(tmp_path / "a.xlsx")
    opened["Een"]["C1"] = "=A1+1"
    opened.save(tmp_path / "b.xlsx")
    (one,), (other,) = sheets_of(tmp_path / "a.xlsx", Faults()), sheets_of(tmp_path / "b.xlsx", Faults())
    assert one.rows == [["2"]] and not one.wrong.get((1, 1))
    assert other.wrong[(1, 3)] == "formula"


def test_files_that_are_no_workbooks_are_refused(tmp_path: Path) -> None:
    """Text, a zip of something else, a bomb, an old xls, a missing file: one fault each, no traceback."""
    (tmp_path / "text.xlsx").write_text("geen werkboek")
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("a.txt", "a")
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (65 * 1024**2))
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    for name in ("text.xlsx", "zip.xlsx", "bomb.xlsx", "old.xls", "none.xlsx"):
        (fault,) = faults_of(tmp_path / name)
        assert fault.file == name, name


def test_a_huge_merged_cell_and_a_far_cell_cost_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A merge of all of a sheet and a cell in the last column are bounded; too many rows are a fault."""
    book = Workbook()
    book.active["A1"], book.active["XFD5"] = "x", "ver"
    book.active.merged_cells.add("A1:XFD1048576")
    book.save(tmp_path / "wide.xlsx")
    (sheet,) = sheets_of(tmp_path / "wide.xlsx", Faults())
    assert len(sheet.rows) <= 5 and len(sheet.wrong) < 1000
    book = Workbook()
    monkeypatch.setattr("instances.import_sheets.MAX_ROWS", 50)
    book.active.cell(51, 1, "laatste")
    book.save(tmp_path / "long.xlsx")
    faults = Faults("nl")
    sheets_of(tmp_path / "long.xlsx", faults)
    assert [each.row for each in faults] == [51]


def test_small_files_that_claim_much_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A merge of all cells of a full sheet, many merges of the same cells, and sheets that are full together: told as
    a fault, before anything of that size is made."""
    monkeypatch.setattr("instances.import_sheets.MAX_MERGED", 30)
    monkeypatch.setattr("instances.import_sheets.MAX_ALL_ROWS", 15)
    many = [f"A1:B{row}" for row in range(1, 8)]
    for name, merges in {"one.xlsx": ["A1:D10"], "many.xlsx": many, "few.xlsx": ["A1:B10"]}.items():
        book, faults = Workbook(), Faults()
        book.active["A1"], book.active["D10"] = "x", "y"
        book.active.merged_cells.ranges = [CellRange(each) for each in merges]
        book.save(tmp_path / name)
        (sheet,) = sheets_of(tmp_path / name, faults)
        assert bool(faults) == (not sheet.wrong) == (name != "few.xlsx"), name
    book = Workbook()
    for _ in range(2):
        book.create_sheet().cell(9, 1, "x")
    book.save(tmp_path / "sheets.xlsx")
    faults = Faults()
    assert len(sheets_of(tmp_path / "sheets.xlsx", faults)) == 3 and len(faults) == 1
    monkeypatch.setattr("instances.import_sheets.MAX_SHEETS", 1)
    faults = Faults()
    assert len(sheets_of(tmp_path / "sheets.xlsx", faults)) == 1 and [each.got for each in faults] == ["3"]


def test_a_row_of_looks_alone_at_the_end_is_not_read(tmp_path: Path) -> None:
    """As LibreOffice leaves one in the last row of a sheet: 3 rows stand in it, not a hundred thousand."""
    book = Workbook()
    book.active["B3"] = "x"
    book.active["A90000"].font = Font(bold=True)
    book.save(tmp_path / "a.xlsx")
    (sheet,) = sheets_of(tmp_path / "a.xlsx", Faults())
    assert sheet.rows == [[], [], ["", "x"]]


def test_a_folder_that_holds_something_is_refused(content: bytes, tmp_path: Path) -> None:
    """Nothing is read and nothing is touched; an empty folder is filled."""
    (tmp_path / "team.xlsx").write_bytes(content)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    (fault,) = faults_of(tmp_path / "team.xlsx")
    assert fault.file == "out"
    (tmp_path / "empty").mkdir()
    import_instance(tmp_path / "team.xlsx", None, tmp_path / "empty")
    assert read_instance(tmp_path / "empty").name == "six_nurses"


def test_tables_in_text_may_be_in_a_folder(six: Instance, tmp_path: Path) -> None:
    """The files of an instance folder with a sheet of settings in text: titles are names of files, with or without
    mark, with tabs."""
    folder = tmp_path / "tables"
    folder.mkdir()
    source = locate("six_nurses")
    for path in source.glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    wishes = (source / "wishes.csv").read_text("utf-8-sig")
    (folder / "wishes.csv").write_text(wishes.replace(";", "\t"), encoding="utf-8")
    lines = ["setting;value", "instance.name;six_nurses", "instance.first_monday;7-12-2026", "instance.weeks;1"]
    (folder / "settings.csv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "organisations.csv").write_text(
        "id;name;home_legs;home_leg_limit\nmaas;Maaszorg;outside;0\nrotte;Rottezorg;above;30\n", encoding="utf-8"
    )
    again = import_instance(folder, None, tmp_path / "out").instance
    assert again.model_copy(update={"provenance": six.provenance}) == six
    (folder / "wishes.csv").write_text(wishes.replace("2026-12-12", "12-12-26"), encoding="utf-8")
    (fault,) = faults_of(folder, out="again")
    assert cell_words(fault, "nl") == "wishes.csv, cel B2 (datum)"


def test_small_things_of_grids(tmp_path: Path) -> None:
    """Addresses by hand (27 is AA, 703 AAA); the delimiter below lines of titles; cells that are errors."""
    by_hand = {1: "A1", 26: "Z1", 27: "AA1", 52: "AZ1", 53: "BA1", 702: "ZZ1", 703: "AAA1"}
    assert {each: address(1, each) for each in by_hand} == by_hand
    assert delimiter_of("Overzicht, week 50\n\nNaam\tUren\tPlek, stad\n") == "\t"
    (tmp_path / "a.csv").write_text("id\n#VERW!\n", encoding="utf-8")
    (grid,) = read_grids(tmp_path / "a.csv", "utf-8", Faults())
    assert grid.trouble(2, 1) == "error" and "#verw!" in ERROR_VALUES
    assert grid.trouble(9, 9) == ""
