"""The workbook: what stands in which cell, shading, print set-up, names only when asked, nothing runs as a formula."""

from __future__ import annotations

import io
import runpy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from instances.export_book import fill_sheet, workbook
from instances.export_formats import export_files
from instances.names import Name
from optimiser.domain.people import Availability, Counter
from optimiser.domain.sharing import PRESETS
from optimiser.domain.sheet import SheetContent
from optimiser.texts import LANGUAGES, text

MADE = runpy.run_path(str(Path(__file__).with_name("export_made.py")), run_name="export_made")
material = MADE["material"]
INSTANCE, PLAN = MADE["clock_week"]()


def book(*given: Any, **more: Any) -> Workbook:
    """The workbook, read by another library."""
    instance, plan = given or (INSTANCE, PLAN)
    raw = export_files("xlsx", material(instance, plan, **more))[""]
    return load_workbook(io.BytesIO(bytes(raw)))  # type: ignore[arg-type]


def rows(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a table by heading."""
    headings, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, line, strict=True)) for line in lines]


def test_sheets_in_both_languages() -> None:
    """Six sheets, in the order in which a manager needs them."""
    assert book().sheetnames == ["Rooster", "Diensten", "Routes", "Open", "Uren", "Toelichting"]
    assert book(language="en").sheetnames == ["Roster", "Duties", "Routes", "Open", "Hours", "Notes"]


def test_the_ledger_has_a_sheet_where_the_year_is_known() -> None:
    """n1 of 24 hours and n2: 12 nights of n1 before; a line each for what they share, ids and whole numbers, the shares
    of a kind adding up to what both have; what is above is that less the share."""
    counters = (*INSTANCE.counters, Counter(nurse="n1", counter="nights_year", value=12))
    known = INSTANCE.model_copy(update={"counters": counters})
    made = book(known, PLAN)
    assert made.sheetnames == ["Rooster", "Diensten", "Routes", "Open", "Uren", "Verdeling", "Toelichting"]
    found = rows(made["Verdeling"])
    nights = [row for row in found if row["soort"] == "Nachten"]
    assert (nights[0]["medewerker"], nights[0]["had al dit jaar"]) == ("n1", 12)
    done = [row["had al dit jaar"] + row["dit rooster"] for row in nights]
    assert sum(row["eigen deel"] for row in nights) == pytest.approx(sum(done), abs=0.02)
    assert [row["boven deel"] for row in nights] == pytest.approx(
        [have - row["eigen deel"] for have, row in zip(done, nights, strict=True)], abs=0.01)  # fmt: skip


def test_the_grid_holds_codes_times_hours_and_counts() -> None:
    """n1: D on Monday, N on Saturday; n2: G on Saturday, B on Sunday. 990 minutes are 16.5 hours of 24; a note tells
    the times; on Saturday one night and one split shift start."""
    sheet = book()["Rooster"]
    assert [sheet.cell(4, column).value for column in (1, 2, 3, 8, 9)] == ["n1", "Aafje", "D", "N", None]
    assert [sheet.cell(5, column).value for column in (1, 3, 8, 9)] == ["n2", None, "G", "B"]
    assert sheet.cell(4, 3).comment.text == "D 07:00–15:00\npauze 10:10–10:40"
    assert sheet.cell(5, 8).comment.text == "G 07:00–11:00\nG 17:00–21:00"
    assert [sheet.cell(4, column).value for column in range(10, 15)] == [24, 24, 16.5, -7.5, -6.5]
    counts = {sheet.cell(row, 1).value: sheet.cell(row, 8).value for row in range(7, 11)}
    assert counts == {"Dag": 0, "Gebroken": 1, "Nacht": 1, "Bereikbaar": 0}
    assert sheet.cell(5, 9).font.italic and not sheet.cell(5, 8).font.italic


def test_weekends_and_holidays_are_shaded() -> None:
    """Saturday and Sunday of the made week; first and second day of Christmas in their week."""
    sheet = book()["Rooster"]
    grounds = [sheet.cell(4, column).fill.fgColor.rgb for column in range(3, 10)]
    assert [each == "FFE3E3E3" for each in grounds] == [False] * 5 + [True] * 2
    christmas = INSTANCE.model_copy(update={"first_monday": datetime(2026, 12, 21).date(), "tasks": ()})
    sheet = book(christmas, PLAN.model_copy(update={"duties": ()}))["Rooster"]
    grounds = [sheet.cell(4, column).fill.fgColor.rgb for column in range(3, 10)]
    assert [each == "FFE3E3E3" for each in grounds] == [False] * 4 + [True] * 3


def test_it_prints_on_a3_with_headings_and_nurses_on_each_page() -> None:
    """Paper 8 is A3; rows 2 and 3 and column A repeat; one page wide; panes are frozen below the headings."""
    sheet = book()["Rooster"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$2:$3", "$A:$A")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    assert sheet.freeze_panes == "B4"


def test_more_than_two_weeks_break_over_pages() -> None:
    """Four weeks: two pages of two weeks, whole weeks each."""
    longer = INSTANCE.model_copy(update={"weeks": 4})
    sheet = book(longer, PLAN)["Rooster"]
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [each.id for each in sheet.col_breaks.brk] == [16]


def test_illness_is_not_told_from_other_absence() -> None:
    """A sick day and an absent day have the same word; leave has its own; no cell of any sheet says ill."""
    days = [INSTANCE.clock.date_of(each) for each in range(3)]
    away = tuple(
        Availability(nurse="n2", kind=kind, first=day, last=day)
        for kind, day in zip(("sick", "absent", "leave"), days, strict=True)
    )
    made = book(INSTANCE.model_copy(update={"availability": away}), PLAN)
    assert [made["Rooster"].cell(5, column).value for column in (3, 4, 5)] == ["afw", "afw", "vrlf"]
    cells = [str(cell) for sheet in made for line in sheet.iter_rows(values_only=True) for cell in line if cell]
    assert not [each for each in cells if each.casefold() in ("ziek", "sick")]


def test_tables_hold_moments_and_numbers() -> None:
    """The night by the clock on the wall with nine hours of work; the way to the task; sums of hours in the last
    row."""
    made = book()
    night = next(row for row in rows(made["Diensten"]) if row["code"] == "N")
    assert (night["begin"], night["einde"]) == (datetime(2026, 10, 24, 23), datetime(2026, 10, 25, 7))
    assert (night["werk (uren)"], night["dag"], night["datum"]) == (9, "za", datetime(2026, 10, 24))
    task, pause = rows(made["Routes"])
    assert (task["soort"], task["id"], task["volgorde"]) == ("taak", "T1", 1) and task["afstand (km)"] > 5
    assert (pause["soort"], pause["afstand (km)"]) == ("pauze", None)
    first, second, total = rows(made["Uren"])
    assert (total["medewerker"], total["gepland (uren)"], total["nachten"]) == ("Totaal", 24.5, 2)
    assert (first["verschil (uren)"], second["bereikbaar"]) == (-7.5, 1)


def test_dates_are_shown_as_the_language_writes_them() -> None:
    """Cells are dates in both languages, shown as 24-10-2026 or 2026-10-24; headings have the month in letters; a
    publication at 09:30 UTC was at 11:30 in summer."""
    plan = PLAN.model_copy(update={"published": datetime(2026, 9, 1, 9, 30, tzinfo=UTC)})
    dutch, english = book(INSTANCE, plan), book(INSTANCE, plan, language="en")
    assert (dutch["Diensten"]["B2"].number_format, english["Duties"]["B2"].number_format) == (
        "dd-mm-yyyy", "yyyy-mm-dd",
    )  # fmt: skip
    assert dutch["Diensten"]["B2"].value == english["Duties"]["B2"].value == datetime(2026, 10, 19)
    assert (dutch["Rooster"]["C3"].value, english["Roster"]["C3"].value) == ("ma\n19 okt", "Mon\n19 Oct")
    told = {row["wat"]: row["betekenis"] for row in rows(dutch["Toelichting"])}
    assert (told["gepubliceerd"], told["periode"]) == (
        "1 september 2026 11:30", "19 oktober 2026 – 25 oktober 2026",
    )  # fmt: skip


def test_what_is_open_is_listed_with_the_reason_in_words() -> None:
    """Without one nurse of six_nurses: each of her visits and tasks, and short cover; with all of them a sentence."""
    instance, plan = MADE["one_away"]()
    made = material(instance, plan)
    listed = rows(book(instance, plan)["Open"])
    assert len(listed) == len(made.content.open) > len(plan.unserved) > 0
    told = {row["id"]: row["reden"] for row in listed}
    assert {told[each.id] for each in plan.unserved} == {"geen ruimte in de routes"}
    cover = [row for row in listed if row["soort"] == "bezetting"]
    assert cover and {row["reden"] for row in cover} <= {"onder het minimum", "onder het gewenste aantal"}
    sheet = book(*MADE["six_nurses"]())["Open"]
    assert [cell for line in sheet.iter_rows(min_row=2, values_only=True) for cell in line if cell] == [
        "Hier staat niets."
    ]


def test_names_of_nurses_only_when_asked_and_never_of_clients() -> None:
    """Without names no name at all; with them each nurse's, and still no client's, no address and no telephone."""
    instance, plan = MADE["six_nurses"]()
    people = {key: each for key, each in MADE["names"]().items() if key not in instance.organisation_by_id}

    def cells(**more: Any) -> str:
        made = book(instance, plan, **more)
        notes = [cell.comment.text for line in made["Rooster"].iter_rows() for cell in line if cell.comment]
        return "\n".join([*notes, *(str(cell) for sheet in made for line in sheet.iter_rows(values_only=True)
                                    for cell in line if cell is not None)])  # fmt: skip

    bare, named = cells(), cells(names=people)
    assert not [each.name for each in people.values() if each.name in bare]
    for key, each in people.items():
        assert (each.name in named) == (key in instance.nurse_by_id)
        assert not [word for word in (each.address, each.phone) if word and word in named]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "@SUM(A1)", "-2+3", "=cmd|' /C calc'!A0"])
def test_no_text_runs_as_a_formula(text: str) -> None:
    """A name, a task's id and a sheet's cell that begin like formulas are strings in the file."""
    made = book(names={"n1": Name(id="n1", name=text)})
    found = [cell for sheet in made for line in sheet.iter_rows() for cell in line if cell.value == text]
    assert len(found) >= 3 and {cell.data_type for cell in found} == {"s"}
    content = SheetContent("s", ["a"], ["words"], [[text]])
    sheet = load_workbook(io.BytesIO(workbook(lambda each: fill_sheet(each, content))))["s"]
    assert sheet["A2"].data_type == "s"


def test_a_student_and_a_duty_for_others_are_told() -> None:
    """The note names whom she follows and for whom she works; she counts as nobody's cover."""
    other = INSTANCE.organisations[0].model_copy(update={"id": "b", "name": "Rotte"})
    instance = INSTANCE.model_copy(update={"organisations": (*INSTANCE.organisations, other), "tasks": ()})
    first = next(each for each in PLAN.duties if each.kind == "dag")
    day = first.model_copy(update={"routes": (), "organisation": "b"})
    copy = day.model_copy(update={"id": "n2/x/work", "nurse": "n2", "follows": "n1"})
    sheet = book(instance, PLAN.model_copy(update={"duties": (day, copy)}))["Rooster"]
    assert sheet.cell(5, 3).comment.text == "D 07:00–15:00\nvoor Rotte\nloopt mee met n1"
    assert sheet.cell(7, 3).value == 1


def test_the_legend_explains_codes_and_names_the_plan() -> None:
    """Each code that is used with its times, the version and both marks."""
    told = {row["wat"]: row["betekenis"] for row in rows(book()["Toelichting"]) if row["betekenis"]}
    assert told["N"] == "Nacht (23:00–07:00)"
    assert told["D"] == "Dag (07:00–15:00); 30 minuten pauze"
    assert told["B"] == "Bereikbaar (23:00–07:00); Bereikbaar"
    assert (told["versie"], told["kenmerk van het plan"]) == ("1", PLAN.identity)
    assert told["kenmerk van de tabellen"] == PLAN.fingerprint
    assert told["gepubliceerd"] == "concept, nog niet gepubliceerd"
    assert told["samenwerking"] == "samen"
    assert all(text(f"roster.scenario.{name}", language) for name in PRESETS for language in LANGUAGES)
