"""What more than one room's tests build on: the small room that is filled by hand, and the bundled six_nurses."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from instances.catalogue import locate
from instances.read import read_instance
from optimiser.domain.instance import Instance


@pytest.fixture(scope="session")
def room() -> Callable[..., Any]:
    """``room(weeks=2, rule_set="atw")`` gives an empty Room (tests/check/build.py)."""
    return runpy.run_path(str(Path(__file__).parent / "check" / "build.py"), run_name="build")["Room"]


@pytest.fixture(scope="session")
def six() -> Instance:
    """The instance six_nurses."""
    return read_instance(locate("six_nurses"))


@pytest.fixture(scope="session")
def small_kernel() -> dict[str, Any]:
    """``Kernel``, ``metric`` and ``random_team`` of tests/small_kernel.py."""
    return runpy.run_path(str(Path(__file__).with_name("small_kernel.py")), run_name="small_kernel")


@pytest.fixture(scope="session")
def rooms_and_kernel(
    room: Callable[..., Any], small_kernel: dict[str, Any]
) -> tuple[Callable[..., Any], dict[str, Any]]:
    """Both builders."""
    return room, small_kernel
