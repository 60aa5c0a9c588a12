"""The pages of docs/rules, one for each family, name what exists and miss nothing: rules, figures, patterns, tests."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from optimiser.check.registry import RULES
from optimiser.domain.labour import LabourRules
from optimiser.patterns.row_rules import ALONE, COUNTING
from optimiser.report.rule_families import FAMILIES, RuleFamily, rules_of

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "rules"
OTHERS = {"index", "money"}
"""Pages of the folder that are no family."""


def page(name: str) -> str:
    """The text of a page."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def row(name: str, key: str) -> str:
    """What stands behind ``key`` in the table of a page."""
    found = re.findall(rf"^\| {key} \| (.+) \|$", page(name), re.MULTILINE)
    assert len(found) == 1, f"{name}: {key}"
    return str(found[0])


def codes(cell: str) -> list[str]:
    """What a cell names in code letters."""
    return re.findall(r"`([^`]+)`", cell)


@cache
def exists(reference: str) -> bool:
    """Whether ``file`` is there, and defines the function of ``file::function``."""
    file, _, name = reference.partition("::")
    path = ROOT / file
    if not path.is_file():
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return not name or any(isinstance(each, ast.FunctionDef) and each.name == name for each in tree.body)


def test_each_family_has_a_page_and_each_page_a_family() -> None:
    """Names of pages and of families are the same."""
    assert {each.stem for each in FOLDER.glob("*.md")} - OTHERS == {family.name for family in FAMILIES}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda each: each.name)
def test_a_page_says_law_formula_example_and_exceptions(family: RuleFamily) -> None:
    """Every page has its four parts and a drawn example."""
    words = page(family.name)
    assert words.startswith("# ")
    assert all(f"**{part}" in words for part in ("Formula", "Drawn", "Exceptions"))
    assert words.count("```") >= 2


@pytest.mark.parametrize("family", FAMILIES, ids=lambda each: each.name)
def test_a_page_names_its_own_rules_figures_and_prices(family: RuleFamily) -> None:
    """The table of a page holds the rules, figures, settings and terms of its family, and no others."""
    assert codes(row(family.name, "check")) == [rule.name for rule in rules_of(family)]
    assert codes(row(family.name, "figures")) == [f"labour.{limit.figure}" for limit in family.limits]
    prices = [term for limit in family.limits for term in limit.terms] + list(family.terms)
    assert codes(row(family.name, "price")) == list(dict.fromkeys(prices))
    settings = [limit.setting for limit in family.limits if limit.setting] + list(family.settings)
    assert codes(row(family.name, "settings")) == list(dict.fromkeys(settings))


def test_every_rule_of_the_check_stands_on_one_page() -> None:
    """Each name of the registry is in the table of exactly one page."""
    named = [rule for family in FAMILIES for rule in codes(row(family.name, "check"))]
    assert sorted(named) == sorted(RULES)


def test_what_a_page_names_exists() -> None:
    """Functions of the planner, tests and their functions, figures and rules in the words are real."""
    families = {rule.family for rule in RULES.values()}
    for family in FAMILIES:
        named = codes(row(family.name, "planner")) + codes(row(family.name, "tests"))
        assert named and not [each for each in named if not exists(each)], family.name
        words = codes(page(family.name))
        figures = {each.removeprefix("labour.") for each in words if each.startswith("labour.")}
        assert not figures - LabourRules.model_fields.keys(), family.name
        dotted = [each for each in words if re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", each)]
        assert not {each for each in dotted if each.split(".")[0] in families} - RULES.keys(), family.name


def test_every_pattern_stands_on_a_page() -> None:
    """Each function that makes row rules is the planner of some family."""
    made = {f"{each.__module__.replace('.', '/')}.py::{each.__name__}" for each in (*ALONE, *COUNTING)}
    assert not made - {each for family in FAMILIES for each in codes(row(family.name, "planner"))}
