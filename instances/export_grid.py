"""The sheet Rooster of a workbook: nurses by days as a manager prints it, with hours, and each day's duties counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from instances.export_material import ExportMaterial
from optimiser.domain.exported import ExportedDuty
from optimiser.domain.money import is_holiday
from optimiser.texts import text

HEADER_ROWS = 3
LEFT = ("nurse", "organisation")
RIGHT = ("contract", "net", "planned", "difference", "balance")
PER_PAGE_WEEKS = 2
"""More weeks than this do not fit a sheet of A3 and are printed over several."""
A3 = 8
AWAY = {"leave": "leave", "training": "training", "sick": "absent", "absent": "absent", "unavailable": "unavailable"}
"""Why a nurse does not work, as the grid says it: illness is not told from other absence."""
COUNTED = ("day", "mid", "split", "evening", "night")


@dataclass(frozen=True)
class Grid:
    """What stands where: rows of nurses by organisation, columns of days."""

    material: ExportMaterial
    formats: Callable[..., Any]
    """Makes a format of the workbook, each once."""

    @cached_property
    def days(self) -> list[date]:
        """All days of the horizon."""
        content = self.material.content
        return [content.first_day + timedelta(days=each) for each in range(self.material.instance.days)]

    @cached_property
    def nurses(self) -> list[str]:
        """Ids, by organisation in the order of the tables; none of who has no hours here (another organisation's)."""
        instance, told = self.material.instance, {each.nurse for each in self.material.content.hours}
        nurses = [each for each in instance.nurses if each.id in told]
        return [each.id for home in instance.organisations for each in nurses if each.organisation == home.id]

    @cached_property
    def duties(self) -> dict[tuple[str, date], list[ExportedDuty]]:
        """Nurse and day -> her duties that start on it."""
        table: dict[tuple[str, date], list[ExportedDuty]] = {}
        for each in self.material.content.duties:
            table.setdefault((each.nurse, each.day), []).append(each)
        return table

    @cached_property
    def away(self) -> dict[tuple[str, date], str]:
        """Nurse and day -> why she is away, in a word."""
        table: dict[tuple[str, date], str] = {}
        for row in self.material.instance.availability:
            for day in self.days:
                if row.kind in AWAY and row.first <= day <= row.last:
                    table.setdefault((row.nurse, day), self.say(f"export.away.{AWAY[row.kind]}"))
        return table

    def say(self, key: str, **values: object) -> str:
        """Words in the language of the workbook."""
        return text(key, self.material.language, **values)

    def shaded(self, day: date) -> bool:
        """Weekends and holidays of the agreement."""
        return day.weekday() >= 5 or is_holiday(day, self.material.instance.money)

    def style(self, day: date, **more: Any) -> Any:
        """A format with the ground of its day."""
        ground = {"bg_color": "#E3E3E3"} if self.shaded(day) else {}
        return self.formats(border=1, border_color="#BBBBBB", align="center", **ground, **more)


def fill_grid(book: Any, material: ExportMaterial) -> None:
    """Add the sheet to an xlsxwriter workbook."""
    made: dict[str, Any] = {}

    def formats(**wanted: Any) -> Any:
        key = repr(sorted(wanted.items()))
        if key not in made:
            made[key] = book.add_format(wanted)
        return made[key]

    grid = Grid(material, formats)
    sheet = book.add_worksheet(grid.say("export.sheet.roster"))
    _headings(sheet, grid)
    for number, nurse in enumerate(grid.nurses):
        _row(sheet, grid, HEADER_ROWS + number, nurse)
    last = HEADER_ROWS + len(grid.nurses)
    for number, (words, counts) in enumerate(_counts(grid)):
        sheet.write_string(last + 1 + number, 0, words, grid.formats(bold=True))
        for column, day in enumerate(grid.days):
            sheet.write_number(last + 1 + number, len(LEFT) + column, counts[day], grid.style(day))
    _print_set_up(sheet, grid)


def _headings(sheet: Any, grid: Grid) -> None:
    material, bold = grid.material, grid.formats(bold=True, text_wrap=True, valign="top")
    key = "export.title" if material.content.published else "export.title.draft"
    title = grid.say(key, instance=material.content.instance, version=material.content.version)
    sheet.write_string(0, 0, title, grid.formats(bold=True, font_size=14))
    for column, field in enumerate(LEFT):
        sheet.write_string(HEADER_ROWS - 1, column, grid.say(f"export.field.{field}"), bold)
    weekdays, months = grid.say("map.weekdays.short").split(), grid.say("map.months.short").split()
    for number, day in enumerate(grid.days):
        column = len(LEFT) + number
        if number % 7 == 0:
            week = grid.say("export.week", number=day.isocalendar().week)
            sheet.write_string(1, column, week, grid.formats(bold=True))
        words = f"{weekdays[day.weekday()]}\n{day.day} {months[day.month - 1]}"
        sheet.write_string(HEADER_ROWS - 1, column, words, grid.style(day, bold=True, text_wrap=True))
    for number, field in enumerate(RIGHT):
        column = len(LEFT) + len(grid.days) + number
        sheet.write_string(HEADER_ROWS - 1, column, grid.say(f"export.field.{field}"), bold)


def _row(sheet: Any, grid: Grid, row: int, nurse: str) -> None:
    material = grid.material
    organisation = material.content.organisations[material.instance.nurse_by_id[nurse].organisation]
    sheet.write_string(row, 0, name_of(material, nurse))
    sheet.write_string(row, 1, organisation)
    for number, day in enumerate(grid.days):
        duties = grid.duties.get((nurse, day), [])
        column = len(LEFT) + number
        if duties:
            standby = all(each.lane == "standby" for each in duties)
            codes = "+".join(each.code for each in duties)
            sheet.write_string(row, column, codes, grid.style(day, bold=not standby, italic=standby))
            words = "\n".join(line for each in duties for line in _told(grid, each))
            sheet.write_comment(row, column, words, {"author": "", "x_scale": 1.6, "y_scale": 0.9 * len(duties)})
        else:
            away, style = grid.away.get((nurse, day)), grid.style(day, font_color="#555555", font_size=9)
            if away:
                sheet.write_string(row, column, away, style)
            else:
                sheet.write_blank(row, column, None, style)
    hours = next(each for each in material.content.hours if each.nurse == nurse)
    amounts = (
        hours.contract_minutes, hours.net_minutes, hours.planned_minutes, hours.difference_minutes,
        hours.balance_minutes,
    )  # fmt: skip
    for number, minutes in enumerate(amounts):
        shown = grid.formats(num_format="+0.00;-0.00;0.00" if RIGHT[number] == "difference" else "0.00")
        sheet.write_number(row, len(LEFT) + len(grid.days) + number, round(minutes / 60, 2), shown)


def _told(grid: Grid, duty: ExportedDuty) -> Iterator[str]:
    """The lines of a cell's note: times, break, for whom when that is not her own organisation, whom she follows."""
    for span in duty.segments:
        yield grid.say("export.note.times", code=duty.code, start=f"{span.start:%H:%M}", end=f"{span.end:%H:%M}")
    for each in duty.breaks:
        yield grid.say("export.break_at", start=f"{each.start:%H:%M}", end=f"{each.end:%H:%M}")
    if duty.organisation != grid.material.instance.nurse_by_id[duty.nurse].organisation:
        yield grid.say("export.note.organisation", name=grid.material.content.organisations[duty.organisation])
    if duty.follows:
        yield grid.say("export.note.follows", nurse=name_of(grid.material, duty.follows))


def _counts(grid: Grid) -> Iterator[tuple[str, Counter[date]]]:
    """Words and how many duties start on each day: by category of work, then standby; students are no cover."""
    duties = [each for each in grid.material.content.duties if each.follows is None]
    for category in COUNTED:
        found = Counter(each.day for each in duties if each.lane == "work" and each.category == category)
        if found:
            yield grid.say(f"export.category.{category}"), found
    yield grid.say("export.lane.standby"), Counter(each.day for each in duties if each.lane == "standby")


def _print_set_up(sheet: Any, grid: Grid) -> None:
    """A3 on its side, headings and nurses on each page, two weeks across."""
    weeks = grid.material.instance.weeks
    content = grid.material.content
    sheet.freeze_panes(HEADER_ROWS, 1)
    longest = max((len(name_of(grid.material, each)) for each in grid.nurses), default=0)
    sheet.set_column(0, 0, min(34, max(14, longest + 2)))
    sheet.set_column(1, 1, 18)
    sheet.set_column(len(LEFT), len(LEFT) + len(grid.days) - 1, 7)
    sheet.set_column(len(LEFT) + len(grid.days), len(LEFT) + len(grid.days) + len(RIGHT) - 1, 10)
    sheet.set_row(HEADER_ROWS - 1, 46)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(1, HEADER_ROWS - 1)
    sheet.repeat_columns(0, 0)
    if weeks <= PER_PAGE_WEEKS:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_v_pagebreaks([len(LEFT) + 7 * week for week in range(PER_PAGE_WEEKS, weeks, PER_PAGE_WEEKS)])
    footer = grid.say("export.footer", instance=content.instance, version=content.version, plan=content.plan[:8])
    sheet.set_footer(f"&L{footer.replace('&', '&&')}&R&P / &N")


def name_of(material: ExportMaterial, nurse: str) -> str:
    """A nurse's name where names were asked for, else her id."""
    known = material.names.get(nurse)
    return known.name if known is not None and known.name else nurse
