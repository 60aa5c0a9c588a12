"""The table of rules names what exists and misses nothing: rules of the check, patterns, rows of the facts."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from optimiser.check.registry import RULES
from optimiser.domain import row_rules as shapes
from optimiser.domain.labour import LabourRules
from optimiser.patterns.row_rules import ALONE, COUNTING

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "rules" / "index.md").read_text(encoding="utf-8")
FACTS = ROOT.parent / "shared" / "labour-rules.md"
STATUSES = ("kept", "signalled", "counted", "read only", "not yet", "not modelled")
CODES = re.findall(r"`([^`\n]+)`", PAGE)
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.count("|") == 9]
ROWS = [row for row in ROWS if row[0] != "id" and not set(row[0]) <= set("-")]
"""id, asks, article, confidence, shape, planner, checker, status."""


def codes(cell: str) -> list[str]:
    """What a cell names in code letters."""
    return re.findall(r"`([^`]+)`", cell)


@cache
def exists(reference: str) -> bool:
    """Whether ``file::function`` names a function or class of that file, below optimiser/ or the root."""
    file, _, name = reference.partition("::")
    path = ROOT / file if file.startswith("instances/") else ROOT / "optimiser" / file
    if not path.is_file():
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(each, ast.FunctionDef | ast.ClassDef) and each.name == name for each in tree.body)


def test_every_rule_of_the_check_stands_on_the_page() -> None:
    """Each name of the registry is named in code letters."""
    assert not RULES.keys() - set(CODES)


def test_every_family_of_patterns_stands_in_the_table() -> None:
    """Each function that makes row rules is the planner of some row."""
    made = {f"{'/'.join(each.__module__.split('.')[1:])}.py::{each.__name__}" for each in (*ALONE, *COUNTING)}
    assert not made - {name for row in ROWS for name in codes(row[5])}


def test_what_the_page_names_exists() -> None:
    """Rules of the check, functions, figures and shapes are real."""
    assert not {name for row in ROWS for name in codes(row[6])} - RULES.keys()
    assert not [name for name in CODES if "::" in name and not exists(name) and name != "file::function"]
    families = {rule.family for rule in RULES.values()}
    dotted = [name for name in CODES if re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", name) and name.split(".")[0] in families]
    assert not set(dotted) - RULES.keys()
    figures = {name.removeprefix("labour.") for name in CODES if name.startswith("labour.")}
    assert figures and not figures - LabourRules.model_fields.keys()
    assert not [name for name in CODES if re.fullmatch(r"([A-Z][a-z]+){2,}", name) and not hasattr(shapes, name)]


def test_every_row_has_a_status_that_is_true_to_its_cells() -> None:
    """One of six; ``kept`` names the planner's place and a hard rule; what is missing or left out says so."""
    assert len({row[0] for row in ROWS}) == len(ROWS)
    for name, _, _, _, _, planner, checker, status in ROWS:
        word = next((each for each in STATUSES if status.startswith(each)), None)
        assert word is not None, name
        if word == "kept":
            assert codes(planner), name
            assert any(RULES[rule].level == "hard" for rule in codes(checker)), name
        if word in ("counted", "not yet", "not modelled", "read only"):
            assert ": " in status, name


def test_every_row_of_the_facts_stands_in_the_table() -> None:
    """Sections 2 to 4 and the competence facts of section 5; 4.1 and 4.2 are one row each."""
    if not FACTS.is_file():
        pytest.skip("the shared facts (labour-rules.md beside the project) are not here")
    facts = FACTS.read_text(encoding="utf-8")
    part = facts[facts.index("\n## 2.") : facts.index("\n## 6.")]
    asked = set(re.findall(r"^\| \**([A-Z]{2,4}-\d+[a-z]?)\b", part, re.MULTILINE))
    # section 2: 26 ATW + 7 ATB + 1 SEV; section 3: 15 OC; section 4: 30 CAO; section 5: 7 BIG
    assert len(asked) == 86
    assert not (asked | {"4.1 ORT", "4.2 salary", "second check", "lone worker"}) - {row[0] for row in ROWS}
