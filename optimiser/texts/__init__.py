"""The one catalogue of words that people read, Dutch beside English.

Each ``*.toml`` file in this folder holds entries of one room: ``[key]`` with ``nl`` and ``en``.
A value may hold ``{placeholders}``; both languages must use the same ones (tests/texts).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Language = Literal["nl", "en"]
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
    return catalogue()[key][language].format(**values)
