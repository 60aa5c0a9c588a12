"""The small team of tests/maps, and the six nurses with their plan, for every test of privacy."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from instances.catalogue import locate
from instances.plans import read_plan
from instances.read import read_instance
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
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
