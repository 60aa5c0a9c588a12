"""Figures of a comparison as people write them: thousands and decimals of the language, a proper minus, the unit."""

from __future__ import annotations

from datetime import date

from optimiser.domain.figure import FigureKind, Unit
from optimiser.texts import MINUS, Language, catalogue, number, text

DECIMALS: dict[Unit, int] = {
    "minutes": 0, "hours": 1, "km": 0, "count": 0, "percent": 1, "eur": 0, "fte": 2, "kg": 0, "ratio": 2, "index": 2,
}  # fmt: skip
MEAN_DECIMALS: dict[Unit, int] = {"minutes": 1, "km": 1, "eur": 2}
"""Of figures that do not add up, such as minutes for each visit."""


def plain(value: float | None, kind: FigureKind, language: Language) -> str:
    """The number alone, with the digits of its figure; a dash where it is not known. Broken counts have one."""
    decimals = DECIMALS[kind.unit] if kind.adds else MEAN_DECIMALS.get(kind.unit, DECIMALS[kind.unit])
    if kind.unit == "count" and value is not None and round(value, 1) != round(value):
        decimals = 1
    return bare(value, decimals, language)


def bare(value: float | None, decimals: int, language: Language) -> str:
    """A number with so many digits; a dash where it is not known, no minus before nothing."""
    if value is None:
        return "–"
    return number(value, language, decimals)


def is_nothing(written: str) -> bool:
    """Whether a written number is zero."""
    return not written.strip("0.,+")


def signed(value: float | None, kind: FigureKind, language: Language) -> str:
    """The number with its sign, also a plus; nothing is 0 without one."""
    written = plain(value, kind, language)
    return f"+{written}" if value is not None and value > 0 and not is_nothing(written) else written


def with_unit(written: str, unit: Unit, language: Language) -> str:
    """A number with its unit behind it (euros before it); a bare number has none."""
    if written == "–" or unit in ("count", "ratio", "index"):
        return written
    if unit == "eur":
        sign = written[0] if written[0] in f"+{MINUS}" else ""
        space = "\u00a0" if language == "nl" else ""
        return f"{sign}€{space}{written.removeprefix(sign)}"
    return f"{written}\u00a0{unit_name(unit, language)}"


def percent(value: float, language: Language) -> str:
    """A signed share: whole percents, below ten with one decimal: −20 %."""
    written = number(abs(value), language, 0 if abs(value) >= 10 else 1)
    sign = "" if is_nothing(written) else MINUS if value < 0 else "+"
    return f"{sign}{written}\u00a0%"


def label(kind: FigureKind, language: Language) -> str:
    """The name of a figure."""
    return text(f"figure.{kind.name}", language)


def meaning(kind: FigureKind, language: Language) -> str:
    """What a figure counts."""
    return text(f"figure.{kind.name}.what", language)


def unit_name(unit: Unit, language: Language) -> str:
    """The name of a unit; a bare number has none."""
    return "" if unit in ("count", "ratio", "index") else text(f"unit.{unit}", language)


def scenario_name(name: str, language: Language) -> str:
    """What people call a scenario: the words of a preset, else its own name."""
    key = f"compare.scenario.{name}"
    return text(key, language) if key in catalogue() else name


def day_name(day: date, language: Language) -> str:
    """7 december 2026."""
    return f"{day.day} {text('map.months', language).split()[day.month - 1]} {day.year}"
