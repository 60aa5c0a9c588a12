"""The builder of small instances for every test of the checker, and two ways to read a verdict."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from optimiser.check.checker import CheckReport
from optimiser.check.registry import RULES


@pytest.fixture(scope="session")
def room() -> Callable[..., Any]:
    """``room(weeks=2, rule_set="atw")`` gives an empty Room (tests/check/build.py)."""
    return runpy.run_path(str(Path(__file__).with_name("build.py")), run_name="build")["Room"]


@pytest.fixture(scope="session")
def rules_of() -> Callable[[CheckReport], set[str]]:
    """Names of the broken rules and signals of a verdict, but for those of a livable roster (test_check_livable.py)."""
    return lambda report: {
        each.rule for each in (*report.violations, *report.signals) if RULES[each.rule].nature != "livable"
    }
