"""The words of figures: label, meaning, unit and theme, and what the figures of fte and CO2 rest on."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from optimiser.domain.climate import CAR
from optimiser.domain.workforce import WORKFORCE, Workforce
from optimiser.report.figures_kinds import FIGURE_BY_NAME
from optimiser.texts import Language, text


@dataclass(frozen=True)
class FigureWords:
    """A short ``label``, the ``meaning`` in a sentence or two, the ``unit``, and the ``theme`` to group by."""

    label: str
    meaning: str
    unit: str
    theme: str


def figure_words(name: str, language: Language = "nl") -> FigureWords:
    """The words of a figure of ``FIGURES``. Raises ``KeyError`` on another name."""
    kind = FIGURE_BY_NAME[name]
    return FigureWords(
        text(f"figure.{name}", language),
        text(f"figure.{name}.what", language),
        text(f"unit.{kind.unit}", language),
        text(f"figure.theme.{kind.theme}", language),
    )


@dataclass(frozen=True)
class Assumption:
    """What a figure rests on: in words, its value with unit, where it comes from, and the code of how sure that is."""

    what: str
    value: str
    source: str
    confidence: str


def assumptions(language: Language = "nl", workforce: Workforce = WORKFORCE) -> tuple[Assumption, ...]:
    """What fte and CO2 rest on; for money see ``report.hours.sources``."""
    figures = {name: getattr(workforce, name) for name in Workforce.model_fields} | {"car": CAR}
    return tuple(
        Assumption(text(f"figure.assumption.{name}", language), _value(name, each.value, language), each.article,
                   each.confidence)
        for name, each in figures.items()
    )  # fmt: skip


def _value(name: str, value: int, language: Language) -> str:
    if name == "absence":
        return text("figure.value.percent", language, percent=value)
    if name == "car":
        return text("figure.value.grams", language, grams=value)
    hours = f"{float(Fraction(value, 60)):.1f}".removesuffix(".0")
    return text("figure.value.hours", language, hours=hours.replace(".", ",") if language == "nl" else hours)
