"""The sheet Toelichting of a workbook: what codes mean, and which version of which plan this is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from instances.cells import write_clock
from instances.export_grid import AWAY
from instances.export_material import ExportMaterial
from optimiser.domain.clock import DAY, ZONE
from optimiser.domain.duty import ShiftKind
from optimiser.domain.sharing import PRESETS
from optimiser.domain.sheet import SheetContent
from optimiser.texts import Language, text


def legend(material: ExportMaterial) -> SheetContent:
    """Two columns: what, and what it means."""
    language = material.language
    rows = [[*each] for each in (*_about(material), ("", ""), *_codes(material))]
    notes = [text(f"export.legend.{key}", language) for key in ("shade", "standby", "away", "private")]
    headings = [text(f"export.field.{each}", language) for each in ("key", "meaning")]
    return SheetContent(text("export.sheet.legend", language), headings, ["words", "words"], rows, 0, notes, (26, 70))


def _about(material: ExportMaterial) -> Iterator[tuple[str, str]]:
    content, language = material.content, material.language
    told = text("export.draft", language)
    if content.published is not None:
        moment = content.published.astimezone(ZONE)
        told = f"{_day(moment, material)} {moment:%H:%M}"
    period = f"{_day(content.first_day, material)} – {_day(content.last_day, material)}"
    values = {
        "instance": content.instance, "period": period, "version": str(content.version), "published": told,
        "contract": _sharing(content.contract, language), "plan": content.plan, "fingerprint": content.fingerprint,
        "violations": str(content.violations), "signals": str(content.signals),
    }  # fmt: skip
    for key, value in values.items():
        yield text(f"export.about.{key}", language), value


def _sharing(name: str, language: Language) -> str:
    """The name of a sharing contract; what is always there has words for it."""
    return text(f"roster.scenario.{name}", language) if name in PRESETS else name


def _day(day: date, material: ExportMaterial) -> str:
    """7 december 2026."""
    return f"{day.day} {text('map.months', material.language).split()[day.month - 1]} {day.year}"


def _codes(material: ExportMaterial) -> Iterator[tuple[str, str]]:
    """Each code that the plan uses, then the words for who is away."""
    used = {each.kind for each in material.content.duties}
    for kind in material.instance.shift_kinds:
        if kind.id in used:
            yield kind.code, _meaning(kind, material)
    for reason in dict.fromkeys(AWAY.values()):
        yield (
            text(f"export.away.{reason}", material.language),
            text(f"export.away.long.{reason}", material.language),
        )


def _meaning(kind: ShiftKind, material: ExportMaterial) -> str:
    """Name, times, break, and whether it is standby."""
    spans = ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in kind.segments)
    words = [f"{kind.name} ({spans})"]
    if kind.break_minutes:
        words.append(text("export.break_of", material.language, minutes=kind.break_minutes))
    if kind.lane == "standby":
        words.append(text("export.lane.standby", material.language))
    return "; ".join(words)


def _clock(minutes: int) -> str:
    return write_clock(minutes % DAY)
