"""How a value of the domain stands in a cell of Excel: dates as dates, times as times, ids as text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from instances.cells import HARMFUL, YES_NO, Form
from optimiser.texts import Language

NUMBER_FORMATS: Mapping[str, str] = {
    "whole": "0", "number": "General", "hours": "General", "calls": "General", "clock": "[hh]:mm", "date": "dd-mm-yyyy",
    "moment": "dd-mm-yyyy hh:mm",
}  # fmt: skip
"""Form -> the format of its cells; all others are text, so that Excel makes no date or number of an id."""
TEXT_FORMAT = "@"
DIGITS = 15
"""What Excel keeps of a number."""


def number_format(form: Form) -> str:
    """The format of a column's cells."""
    return NUMBER_FORMATS.get(form.name, TEXT_FORMAT)


def cell_value(form: Form, value: Any, language: Language) -> str | int | float | date | datetime:
    """What Excel is given for a value that is there; a moment is an aware local time, a clock time minutes.

    Clock times come as the part of a day (0.5 is 12:00), text as it is: a cell that holds text is no formula.
    """
    name = form.name
    if name == "clock":
        return int(value) / 1440
    if name == "hours":
        return int(value) / 60
    if name == "calls":
        return int(value) / 1000
    if name in ("whole", "date"):
        return value
    if name == "number":
        return float(value) if float(f"{value:.{DIGITS}g}") == value else form.write(value)
    if name == "moment":
        written = form.write(value)
        return value.replace(tzinfo=None) if len(written) == len("2026-12-07 07:00") else written
    if name == "text":
        # only what reading would take an apostrophe off gets one more
        return form.write(value) if value.startswith("'") and HARMFUL.match(value) else str(value)
    return form.write(value) if language == "nl" else _english(form, value)


def _english(form: Form, value: Any) -> str:
    if form.name == "choice" or form.name == "rhythm":
        return str(value)
    if form.name == "choices":
        return " ".join(value)
    return ("yes" if value else "no") if form.name == "yes_no" else form.write(value)


def choices(form: Form, language: Language) -> tuple[str, ...]:
    """The words that a cell may hold; empty when it is no choice."""
    if form is YES_NO:
        return ("ja", "nee") if language == "nl" else ("yes", "no")
    return tuple(form.words.values() if language == "nl" else form.words.keys())
