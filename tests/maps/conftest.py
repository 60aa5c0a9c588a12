"""The small team for every test of the pages; tests/browser uses the same one."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def team() -> Any:
    """Instance, travel, plan, report and names of the small team."""
    return runpy.run_path(str(Path(__file__).with_name("small_team.py")), run_name="small_team")["small_team"]()
