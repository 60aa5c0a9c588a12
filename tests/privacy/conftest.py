"""The small team of tests/maps, and the six nurses with their plan, for every test of privacy."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from instances.catalogue import locate
from instances.plans import read_plan
from instances.read import read_instance
from optimiser.check.checker import check
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.pseudonyms import pseudonymised
from optimiser.travel.engine import travel_matrix

TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def team() -> Any:
    """Instance, travel, plan, report and names of the small team."""
    return runpy.run_path(str(TESTS / "maps" / "small_team.py"), run_name="small_team")["small_team"]()


@pytest.fixture(scope="session")
def six() -> tuple[Instance, TravelMatrix, Plan]:
    """The instance six_nurses, its travel and a plan."""
    instance = read_instance(locate("six_nurses"))
    plan, _ = read_plan(TESTS / "instances" / "six_nurses_plan.json", instance)
    return instance, travel_matrix(instance), plan


OUTPUTS = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("outputs.py")), run_name="outputs"))


@pytest.fixture(scope="session")
def outputs() -> Any:
    """The functions of outputs.py."""
    return OUTPUTS


@pytest.fixture(scope="session")
def marked(team: Any) -> Any:
    """The small team under codes, so that each id is a word of its own, with people whose every cell is found back."""
    instance, travel, plan = pseudonymised(team.instance, team.travel, team.plan, bytes(32))
    report = check(instance, plan.contract, travel, plan)
    names = OUTPUTS.with_names(instance)
    return SimpleNamespace(instance=instance, travel=travel, plan=plan, report=report, names=names,
                           people=OUTPUTS.people(instance))  # fmt: skip


@pytest.fixture(scope="session")
def files(marked: Any) -> dict[str, str]:
    """Every file of it as readable text."""
    made = OUTPUTS.made(marked.instance, marked.travel, marked.plan, marked.report, marked.names, before=marked.plan)
    return {name: OUTPUTS.readable(content) for name, content in made.items()}
