"""No words for people outside the catalogue: templates and scripts hold marks, numbers and names of things only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "maps" / "templates").glob("*.j2"))
SCRIPTS = sorted((ROOT / "maps" / "templates").glob("*.js"))
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
SAID = re.compile(r"""\b(?:aria-label|aria-description|title|alt|placeholder|value|label)="([^"]*)\"""")
WORD = re.compile(r"[^\W\d_]{2,}")
UNITS = {"km", "min", "samenrooster"}
"""Units that both languages write alike, and our own name."""


def words_between_tags(template: str) -> set[str]:
    """Words that stand in a page without the catalogue."""
    # the class of the body is a block too, and what meta tags hold is for browsers
    plain = re.sub(r"\{% block kind %\}.*?\{% endblock %\}|<meta\b[^>]*>", " ", template)
    plain = JINJA.sub(" ", plain)
    plain = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>", " ", plain, flags=re.DOTALL)
    said = " ".join(SAID.findall(plain))
    shown = re.sub(r"&#?\w+;", " ", re.sub(r"<[^<>]*>", " ", plain))
    return {each.lower() for each in WORD.findall(f"{shown} {said}")} - UNITS


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda each: each.name)
def test_a_template_holds_no_words(file: Path) -> None:
    """Between its tags, and in the attributes that are read out, stand values of the catalogue only."""
    found = words_between_tags(file.read_text(encoding="utf-8"))
    # names of fields that radio buttons and options send to the page's own script
    values = set(re.findall(r'\bvalue="([a-z_]+)"', file.read_text(encoding="utf-8")))
    assert not found - values


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda each: each.name)
def test_a_script_holds_no_sentences(file: Path) -> None:
    """A text in quotes with two words is a selector, markup or a style; sentences come from the catalogue."""
    code = re.sub(r"//[^\n]*|/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    texts = [each[1:-1] for each in re.findall(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'', code)]
    sentences = [each for each in texts if re.search(r"^[^\W\d_]{2,}(?: [^\W\d_]{2,})+[.!?]?$", each)]
    assert not [
        each for each in sentences if each not in {"use strict"} and not re.match(r"^[a-z-]+( [a-z-]+)*$", each)
    ]
    spoken = [each for each in texts if re.match(r"^[A-Z][a-z]+[ .!?]", each)]
    assert not spoken


def test_words_would_be_found() -> None:
    """A literal word between tags or in a label is seen; what a value or a comment says is not."""
    assert words_between_tags("<p>Hallo {{ name }}</p>") == {"hallo"}
    assert words_between_tags('<b aria-label="Sluiten">×</b>{# uitleg #}<i>{{ t("a.b") }} &nbsp; 12 km</i>') == {
        "sluiten"
    }
