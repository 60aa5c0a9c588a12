"""The format ``xlsx``: the roster as a workbook to read, print and filter. Equal plans give equal bytes.

Ids stand for people, unless names were asked for: then those of nurses, never of clients.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from instances.export_book import fill_sheet, workbook
from instances.export_grid import fill_grid, name_of
from instances.export_legend import legend
from instances.export_material import ExportMaterial, Files
from optimiser.domain.sheet import Cell, SheetContent
from optimiser.texts import text

A4 = 9
FORMS = {
    "day": "date", "start": "moment", "end": "moment", "arrival": "moment", "work": "hours", "contract": "hours",
    "net": "hours", "planned": "hours", "difference": "hours", "opening": "hours", "balance": "hours", "km": "km",
    "break": "whole", "minutes": "whole", "missing": "whole", "segment": "whole", "order": "whole", "part": "whole",
    "travel": "whole", "evenings": "whole", "nights": "whole", "weekends": "whole", "standbys": "whole",
    "visits": "whole", "brought": "whole", "this_plan": "whole", "share": "hours", "above": "hours",
    "carried": "whole",
}  # fmt: skip
"""Form of a column's cells; the others are words."""
WIDTHS = {
    "start": 16, "end": 16, "arrival": 16, "id": 24, "name": 24, "shift": 26, "organisation": 18, "skills": 24,
    "area": 18, "reason": 38, "weekday": 6, "client": 16,
}  # fmt: skip
"""Width of a column in characters; the others are 12 wide."""
DUTIES = (
    "nurse", "name", "day", "weekday", "code", "shift", "start", "end", "break", "work", "organisation", "status",
    "follows", "visits",
)  # fmt: skip
ROUTES = ("nurse", "day", "segment", "order", "what", "id", "part", "client", "arrival", "start", "end",
          "travel", "km")  # fmt: skip
OPEN = ("what", "id", "day", "start", "end", "minutes", "missing", "skills", "organisation", "area", "reason")
HOURS = ("nurse", "name", "organisation", "contract", "net", "planned", "difference", "opening", "balance", "evenings",
         "nights", "weekends", "standbys")  # fmt: skip
LEDGER = ("nurse", "name", "shared", "brought", "this_plan", "share", "above", "carried")


def roster_book(material: ExportMaterial) -> Files:
    """One workbook: Rooster, Diensten, Routes, Open, Uren, Verdeling (where the year is known), Toelichting."""
    hours, shared = list(_hours(material)), list(_ledger(material))
    tables = (
        ("duties", DUTIES, list(_duties(material)), 0),
        ("routes", ROUTES, list(_routes(material)), 0),
        ("open", OPEN, list(_open(material)), 0),
        ("hours", HOURS, [*hours, _sum(material)] if hours else [], 1 if hours else 0),
        *([("ledger", LEDGER, shared, 0)] if shared else []),
    )
    sheets = [_content(material, *each) for each in tables] + [legend(material)]
    return {"": workbook(partial(fill_grid, material=material), *(partial(_fill, content=each) for each in sheets))}


def _fill(book: Any, content: SheetContent) -> None:
    """A table that prints on A4 on its side, as wide as the paper, with its headings on each page."""
    sheet = fill_sheet(book, content)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")


def _content(
    material: ExportMaterial, name: str, fields: Sequence[str], rows: Sequence[dict[str, Cell]], sums: int
) -> SheetContent:
    """A table by its fields; the column of names only where there are names."""
    language = material.language
    kept = [each for each in fields if each != "name" or material.names]
    return SheetContent(
        text(f"export.sheet.{name}", language),
        [text(f"export.field.{each}", language) for each in kept],
        [FORMS.get(each, "words") for each in kept],
        [[row.get(each) for each in kept] for row in rows],
        sums,
        [] if rows else [text("export.nothing", language)],
        [WIDTHS.get(each, 12) for each in kept],
        text("export.date_format", language),
    )


def _duties(material: ExportMaterial) -> Iterator[dict[str, Cell]]:
    language, kinds = material.language, material.instance.kind_by_id
    weekdays = text("map.weekdays.short", language).split()
    visits: dict[str, int] = {}
    for stop in material.content.stops:
        visits[stop.duty] = visits.get(stop.duty, 0) + (stop.what == "visit")
    for duty in material.content.duties:
        yield {
            "nurse": duty.nurse, "name": name_of(material, duty.nurse), "day": duty.day.isoformat(),
            "weekday": weekdays[duty.day.weekday()], "code": duty.code, "shift": kinds[duty.kind].name,
            "start": _wall(duty.start), "end": _wall(duty.end), "break": duty.break_minutes,
            "work": _hours_of(duty.work_minutes), "organisation": material.content.organisations[duty.organisation],
            "status": text(f"export.status.{duty.status}", language), "follows": duty.follows,
            "visits": visits.get(duty.id, 0),
        }  # fmt: skip


def _routes(material: ExportMaterial) -> Iterator[dict[str, Cell]]:
    for stop in material.content.stops:
        metres = stop.travel_metres
        yield {
            "nurse": stop.nurse, "day": stop.day.isoformat(), "segment": stop.segment + 1, "order": stop.order,
            "what": text(f"export.what.{stop.what}", material.language), "id": stop.id, "part": stop.part,
            "client": stop.client, "arrival": _wall(stop.arrival), "start": _wall(stop.start), "end": _wall(stop.end),
            "travel": stop.travel_minutes, "km": None if metres is None else _hundredths(metres, 1000),
        }  # fmt: skip


def _open(material: ExportMaterial) -> Iterator[dict[str, Cell]]:
    for each in material.content.open:
        reason = each.reason or (None if each.what != "cover" else "minimum" if each.must else "wanted")
        names = [material.content.organisations[name] for name in each.organisations]
        yield {
            "what": text(f"export.what.{each.what}", material.language), "id": each.id, "day": each.day.isoformat(),
            "start": _wall(each.start), "end": _wall(each.end), "minutes": each.minutes, "missing": each.missing,
            "skills": " ".join(each.skills), "organisation": ", ".join(names), "area": each.area,
            "reason": text(f"export.reason.{reason}", material.language) if reason else "",
        }  # fmt: skip


def _hours(material: ExportMaterial) -> Iterator[dict[str, Cell]]:
    for each in material.content.hours:
        yield {
            "nurse": each.nurse, "name": name_of(material, each.nurse),
            "organisation": material.content.organisations[each.organisation],
            "contract": _hours_of(each.contract_minutes), "net": _hours_of(each.net_minutes),
            "planned": _hours_of(each.planned_minutes), "difference": _hours_of(each.difference_minutes),
            "opening": _hours_of(each.opening_balance_minutes), "balance": _hours_of(each.balance_minutes),
            "evenings": each.evenings, "nights": each.nights, "weekends": each.weekends, "standbys": each.standbys,
        }  # fmt: skip


def _ledger(material: ExportMaterial) -> Iterator[dict[str, Cell]]:
    for each in material.content.ledger:
        done, share = 100 * (each.brought + each.planned), each.share_hundredths
        yield {
            "nurse": each.nurse, "name": name_of(material, each.nurse),
            "shared": text(f"ledger.{each.what}", material.language), "brought": each.brought,
            "this_plan": each.planned, "share": _hundredths(share, 100), "above": _hundredths(done - share, 100),
            "carried": each.carried,
        }  # fmt: skip


def _sum(material: ExportMaterial) -> dict[str, Cell]:
    """The last row: sums of what can be added up, from minutes, so that rounding does not add up too."""
    hours = material.content.hours
    sums: dict[str, Cell] = {"nurse": text("export.total", material.language)}
    sums |= {field: sum(getattr(each, field) for each in hours) for field in HOURS[-4:]}
    for field in ("contract", "net", "planned", "difference", "balance"):
        sums[field] = _hours_of(sum(getattr(each, f"{field}_minutes") for each in hours))
    sums["opening"] = _hours_of(sum(each.opening_balance_minutes for each in hours))
    return sums


def _wall(moment: datetime) -> str:
    """What the clock on the wall shows; spreadsheets know no zones."""
    return moment.replace(tzinfo=None).isoformat()


def _hours_of(minutes: int) -> Decimal:
    return _hundredths(minutes, 60)


def _hundredths(value: int, unit: int) -> Decimal:
    """``value / unit`` with two decimals, a half away from zero."""
    hundredths = (abs(value) * 200 + unit) // (2 * unit)
    return Decimal(hundredths if value >= 0 else -hundredths).scaleb(-2)
