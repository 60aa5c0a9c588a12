"""The one catalogue: every key that code uses is there, in both languages, with the same placeholders."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

from optimiser.texts import LANGUAGES, catalogue

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("optimiser", "instances", "maps")
SOURCES = [ROOT / "cli.py", *(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))]
TEMPLATES = [file for file in (ROOT / "maps").rglob("*") if file.suffix in (".html", ".j2", ".jinja", ".jinja2")]
KEY = re.compile(r"^[a-z_]+(\.[a-z0-9_]+)+$")


def placeholders(words: str) -> set[str]:
    """The names between braces, without their formats."""
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def text_calls(tree: ast.AST) -> list[tuple[str, set[str] | None]]:
    """Constant keys given to ``text`` with the names of the values (None when they are spread)."""
    calls = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text"):
            continue
        if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            names = {each.arg for each in node.keywords}
            calls.append((node.args[0].value, None if None in names else {name for name in names if name}))
    return calls


def test_every_entry_has_both_languages_and_nothing_else() -> None:
    """An entry holds exactly nl and en, neither empty."""
    for key, words in catalogue().items():
        assert set(words) == set(LANGUAGES), key
        assert all(each.strip() for each in words.values()), key


def test_both_languages_use_the_same_placeholders() -> None:
    """What one language fills in, the other fills in too."""
    for key, words in catalogue().items():
        assert placeholders(words["nl"]) == placeholders(words["en"]), key


def test_every_key_that_code_names_exists_with_the_values_it_needs() -> None:
    """A constant key in a call of text() is in the catalogue, and the call gives each placeholder."""
    for file in SOURCES:
        for key, given in text_calls(ast.parse(file.read_text(encoding="utf-8"))):
            assert key in catalogue(), f"{file.name}: {key}"
            needed = placeholders(catalogue()[key]["nl"])
            assert given is None or needed <= given, f"{file.name}: {key} needs {needed}, gets {given}"


def test_every_key_is_used() -> None:
    """No entry is left behind: its key, or the part before its last dots, stands in code or a template."""
    code = "\n".join(file.read_text(encoding="utf-8") for file in [*SOURCES, *TEMPLATES])
    for key in catalogue():
        assert KEY.match(key), key
        parts = key.split(".")
        stems = [".".join(parts[:length]) for length in range(1, len(parts))]
        started = any(f"{stem}.{{" in code or f'"{stem}.' in code for stem in stems)
        assert key in code or started or spread(key, code), key


def spread(key: str, code: str) -> bool:
    """A key whose parts are put together: its last part stands in code as a word of its own."""
    return re.search(rf"\b{re.escape(key.rsplit('.', 1)[-1])}\b", code) is not None
