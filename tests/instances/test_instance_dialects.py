"""Everything that a spreadsheet may make of a table is read as the same instance."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest

from instances.bring import BRING
from instances.cells import CLOCK, DATE, HOURS, MOMENT, RHYTHM, WEEKDAYS, WINDOWS, YES_NO
from instances.columns import flat_heading
from instances.names import NAMES
from instances.read import read_instance
from instances.reference import reference
from instances.rosters import DUTIES, STOPS
from instances.tables import TABLES
from optimiser.domain.clock import Clock
from optimiser.domain.instance import Instance

ALL = (*TABLES, NAMES, BRING, DUTIES, STOPS)


def rewrite(folder: Any, change: Any, delimiter: str = ";", encoding: str = "utf-8", end: str = "\r\n") -> None:
    """Write every table again with changed cells, another delimiter, encoding or line end."""
    for table in (each for each in TABLES if (folder.path / each.file_name).exists()):
        lines = folder.lines(table.file)
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(change(table, lines))
        (folder.path / table.file_name).write_text(out.getvalue(), encoding=encoding, newline="")


def same(_: Any, lines: list[list[str]]) -> list[list[str]]:
    """No change."""
    return lines


def english(table: Any, lines: list[list[str]]) -> list[list[str]]:
    """English headings, in capitals and with spaces."""
    head = [table.by_heading[flat_heading(each)].english.replace("_", " ").upper() for each in lines[0]]
    return [head, *lines[1:]]


def english_words(table: Any, lines: list[list[str]]) -> list[list[str]]:
    """English values of choices, lists with semicolons, decimal points, Dutch dates, times with seconds."""
    columns = [table.by_heading[flat_heading(each)] for each in lines[0]]
    return [lines[0], *[[other(*pair) for pair in zip(columns, line, strict=True)] for line in lines[1:]]]


def other(column: Any, cell: str) -> str:
    """Another way to write the same cell."""
    if not cell:
        return cell
    name = column.form.name
    if name == "choice":
        return str(column.form.read(cell)).upper()
    if name in ("number", "hours"):
        return cell.replace(",", ".")
    if name == "date":
        year, month, day = cell.split("-")
        return f"{int(day)}-{int(month)}-{year}"
    if name == "clock":
        return f"{cell.removeprefix('0')}:00"
    if name in ("ids", "choices"):
        return cell.replace(" ", "; ")
    if name == "windows":
        return cell.replace(" ", ";").replace("-", " - ")
    return {"ja": "TRUE", "nee": "0"}[cell] if name == "yes_no" else cell


def sparse(_: Any, lines: list[list[str]]) -> list[list[str]]:
    """Columns in reverse, an empty line in the middle, empty cells at the end of lines."""
    turned = [list(reversed(line)) for line in lines]
    return [[*turned[0], ""], *turned[1:2], [""] * 3, *[[*line, "", " "] for line in turned[2:]]]


@pytest.mark.parametrize(
    ("change", "how"),
    [
        (same, {"delimiter": ","}), (same, {"encoding": "utf-8-sig"}), (same, {"end": "\n"}),
        (english, {}), (english, {"delimiter": ",", "end": "\n"}), (sparse, {}),
        (english_words, {}), (english_words, {"delimiter": ","}), (sparse, {"delimiter": ","}),
    ],
)  # fmt: skip
def test_every_dialect_is_the_same_instance(folder: Any, six: Instance, change: Any, how: dict[str, str]) -> None:
    """Delimiters, marks, line ends, both languages, order of columns, empty cells."""
    rewrite(folder, change, **how)
    assert read_instance(folder.path) == six


def test_excels_separator_line_is_no_row(folder: Any, six: Instance) -> None:
    """A first line ``sep=,`` is skipped, and does not count as a row."""
    rewrite(folder, same, delimiter=",")
    path = folder.path / "wishes.csv"
    path.write_text("sep=,\r\n" + path.read_text(encoding="utf-8"), encoding="utf-8", newline="")
    assert read_instance(folder.path) == six


def test_rows_count_as_the_spreadsheet_does(folder: Any) -> None:
    """An empty line and a cell with a line break do not shift the rows of faults."""
    lines = folder.lines("acts")
    lines[1][1] = "Naam\nover twee regels"
    lines.insert(2, [])
    folder.put("acts", lines)
    folder.cell("acts", 5, "minuten", "lang")
    assert folder.faults() == {("acts.csv", 5, "minuten")}


@pytest.mark.parametrize(
    ("form", "cell", "value"),
    [
        (CLOCK, "31:00", 1860), (CLOCK, "48:00", 2880), (CLOCK, "7:05", 425),
        (HOURS, "7,5", 450), (HOURS, "7:20", 440), (HOURS, "0.3333", 20),
        (WINDOWS, "7:00 – 9:00, 23:00-25:00", ((420, 540), (1380, 1500))),
        (WEEKDAYS, "Ma;wo,sun", ("mon", "wed", "sun")),
        (RHYTHM, "Dagen: ma + do", "days:mon+thu"), (RHYTHM, "vrij:2", "free:2"), (RHYTHM, "dagelijks", "daily"),
        (YES_NO, "Waar", True), (YES_NO, "no", False),
    ],
)  # fmt: skip
def test_forms_read_what_managers_write(form: Any, cell: str, value: object) -> None:
    """Cells by hand."""
    assert form.read(cell) == value


def test_the_hour_that_the_clock_shows_twice() -> None:
    """On 25 October 2026 at 03:00 the clock goes back: 02:30 is minute 150 and 210, told apart by an offset."""
    clock = Clock(date(2026, 10, 25))
    cells = [MOMENT.write(clock.moment_of(minute)) for minute in (90, 150, 210, 270)]
    assert cells == [
        "2026-10-25 01:30", "2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00", "2026-10-25 03:30",
    ]  # fmt: skip
    assert [clock.minute_of(MOMENT.read(cell)) for cell in cells] == [90, 150, 210, 270]


@pytest.mark.parametrize(("form", "cell"), [
    (CLOCK, "48:01"), (CLOCK, "7:60"), (CLOCK, "7"), (DATE, "29-2-2026"), (DATE, "7-12-26"), (WINDOWS, "07:00"),
    (YES_NO, "x"), (HOURS, "inf"), (HOURS, "1.2.3"), (RHYTHM, "dagen:"), (RHYTHM, "sometimes:2"),
])  # fmt: skip
def test_forms_refuse_what_is_no_such_thing(form: Any, cell: str) -> None:
    """ValueError, which the reader turns into a fault."""
    with pytest.raises(ValueError):
        form.read(cell)


def test_each_field_of_each_noun_is_a_column() -> None:
    """No field of a noun is missing from its table, and no two columns of a table share a heading in any language."""
    for table in ALL:
        assert [column.field for column in table.columns] == list(table.noun.model_fields), table.file
        headings = [{flat_heading(each.english), flat_heading(each.dutch)} for each in table.columns]
        assert sum(map(len, headings)) == len(set().union(*headings)), table.file
        assert all(column.doc.endswith((".", ")")) for column in table.columns), table.file


def test_each_table_of_the_instance_is_a_file() -> None:
    """Fields of Instance that are tables have a table here (organisations and contracts stand in TOML)."""
    from optimiser.domain.instance import TABLES as FIELDS

    assert {table.field for table in TABLES} == set(FIELDS) - {"organisations", "contracts"}


def test_the_format_reference_is_up_to_date() -> None:
    """docs/reference/format.md is what ``python -m instances.reference`` writes."""
    from pathlib import Path

    page = Path(__file__).resolve().parents[2] / "docs" / "reference" / "format.md"
    assert page.read_text(encoding="utf-8") == reference()
