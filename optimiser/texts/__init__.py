"""The one catalogue of words that people read, Dutch beside English.

Each ``*.toml`` file in this folder holds entries of one room: ``[key]`` with ``nl`` and ``en``.
A value may hold ``{placeholders}``; both languages must use the same ones (tests/texts). ``{count:bezoek|bezoeken}``
is the first word when the count is one, else the second; ``{count:n}`` is the count as the language writes it, with
thousands.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from optimiser.texts.written import MINUS, Language, euros, number, signed

__all__ = ["LANGUAGES", "MINUS", "Language", "catalogue", "euros", "number", "signed", "text"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every entry: key -> language -> text. Raises ``ValueError`` on a key that two files define."""
    entries: dict[str, dict[str, str]] = {}
    for file in sorted(files(__package__).iterdir(), key=lambda each: each.name):
        if not file.name.endswith(".toml"):
            continue
        for key, translations in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if key in entries:
                raise ValueError(f"text key {key} stands twice, second time in {file.name}")
            entries[key] = translations
    return entries


def text(key: str, language: Language = "nl", /, **values: Any) -> str:
    """The text of ``key`` with its placeholders filled. Raises ``KeyError`` on an unknown key."""
    written = catalogue()[key][language]
    return _formatters()[language].vformat(written, (), values) if _counts(written) else written.format(**values)


class _Counting(Formatter):
    """Knows one from more, and thousands."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        return kwargs[str(key)]

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, more = format_spec.partition("|")
        if bar:
            return one if str(value) in ("1", "1.0") else more
        if format_spec == "n":
            return number(value, self._language) if isinstance(value, int) else str(value)
        return str(super().format_field(value, format_spec))


@cache
def _formatters() -> dict[Language, _Counting]:
    return {language: _Counting(language) for language in LANGUAGES}


@cache
def _counts(written: str) -> bool:
    """Whether a text needs more than ``str.format``, which is much faster."""
    return any(spec and ("|" in spec or spec == "n") for _, _, spec, _ in Formatter().parse(written))
