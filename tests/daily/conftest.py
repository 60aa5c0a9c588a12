"""A published plan of six_nurses to which things happen."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from instances.plans import read_plan
from optimiser.domain.clock import ZONE
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan

STORED = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"


@pytest.fixture(scope="session")
def told(six: Instance) -> Plan:
    """The stored plan, published five weeks before."""
    plan, _ = read_plan(STORED, six)
    duties = tuple(duty.model_copy(update={"status": "published"}) for duty in plan.duties)
    return plan.model_copy(update={"published": datetime(2026, 11, 2, 9, tzinfo=ZONE), "duties": duties})
