"""The sheet of settings: one row for each key of ``instance.toml``, by its name, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from instances.cells import DATE, ID, TEXT, WHOLE, YES_NO, Form, choice
from instances.header import Name
from optimiser.domain.calls import ResponseSettings
from optimiser.domain.instance import Instance, Settings, TravelSettings
from optimiser.domain.money import MoneySettings
from optimiser.domain.noun import Noun
from optimiser.domain.objective import ObjectiveWeights
from optimiser.texts import Language, text

SECTIONS: dict[str, type[Noun]] = {
    "instance": Name, "planning": Settings, "travel": TravelSettings, "weights": ObjectiveWeights,
    "response": ResponseSettings, "money": MoneySettings,
}  # fmt: skip
PROVENANCE = "provenance"
WAGES = "money.wages"
"""Each grade has a row of its own: ``money.wages.45``."""
_WORDS = {
    "work": "werk", "call": "oproep", "continues": "loopt_door", "law_only": "alleen_wet", "16_weeks": "16_weken",
    "52_weeks": "52_weken", "2_weeks": "2_weken", "crow_flies": "hemelsbreed", "table": "tabel", "never": "nooit",
    "yearly": "jaarlijks",
}  # fmt: skip
"""Dutch words for values of settings; other values are names."""


@dataclass(frozen=True)
class Setting:
    """A row: its key, how its value is read and written, and what it is when nobody says so (None: needed or empty)."""

    key: str
    form: Form
    usual: Any = None
    required: bool = False

    def doc(self, language: Language) -> str:
        """The sentence about it."""
        section, _, name = self.key.partition(".")
        if section == "weights":
            return text("template.doc_weight", language, term=text(f"explain.term.{name}", language))
        return text(f"template.doc.{WAGES if self.key.startswith(WAGES) else self.key}", language)


def settings() -> tuple[Setting, ...]:
    """All settings in the order of ``instance.toml``."""
    found = []
    for section, noun in SECTIONS.items():
        for name, field in noun.model_fields.items():
            needed = field.is_required()
            found.append(Setting(f"{section}.{name}", _form(field), None if needed else field.default, needed))
    return tuple(found)


def setting_of(key: str) -> Setting | None:
    """The setting of a key, also of the wage of a grade; None when there is none."""
    known = {each.key: each for each in settings() if each.key != WAGES}
    return Setting(key, WHOLE) if key.startswith(f"{WAGES}.") else known.get(key)


def _form(field: FieldInfo) -> Form:
    kind = field.annotation
    options = [each for each in get_args(kind) if each is not NoneType]
    if get_origin(kind) is Literal:
        return choice(**{each: _WORDS.get(each, each) for each in options})
    if kind is date or date in options:
        return DATE
    if kind is bool:
        return YES_NO
    if kind is int:
        return WHOLE
    return ID if kind is str else TEXT


def values_of(instance: Instance | None) -> dict[str, Any]:
    """Key -> value of the domain, without those that are not set; without an instance all usual values."""
    if instance is None:
        return {each.key: each.usual for each in settings() if each.usual is not None and each.key != WAGES}
    nouns: dict[str, Noun] = {
        "instance": Name(name=instance.name, first_monday=instance.first_monday, weeks=instance.weeks),
        "planning": instance.settings, "travel": instance.travel, "weights": instance.weights,
        "response": instance.response, "money": instance.money,
    }  # fmt: skip
    values = {each.key: getattr(nouns[each.key.split(".")[0]], each.key.split(".")[1]) for each in settings()}
    wages = values.pop(WAGES)
    values |= {f"{WAGES}.{grade}": cents for grade, cents in sorted(wages.items())}
    return {key: value for key, value in values.items() if value is not None}


def provenance_rows(provenance: dict[str, Any], start: str = PROVENANCE) -> Iterator[tuple[str, bool | str]]:
    """Dotted key and value of everything in ``[provenance]``, so that ``provenance_value`` gives the same; what is no
    single value as text."""
    for key, value in provenance.items():
        if isinstance(value, dict):
            yield from provenance_rows(value, f"{start}.{key}")
        elif isinstance(value, str):
            # text that looks like a number stays text
            yield f"{start}.{key}", value if provenance_value(value) == value else f'"{value}"'
        else:
            yield f"{start}.{key}", value if isinstance(value, bool) else str(value)


def provenance_value(cell: str) -> bool | int | float | date | str:
    """A value of ``[provenance]``, where everything may stand; what is between double quotes is text."""
    if cell in ("True", "False"):
        return cell == "True"
    if re.fullmatch(r"-?[0-9]{1,18}", cell):
        return int(cell)
    if re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18}(e-?[0-9]{1,3})?|e[+-]?[0-9]{1,3})", cell):
        return float(cell)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            return cell
    return cell[1:-1] if re.fullmatch(r'".*"', cell, re.DOTALL) else cell
