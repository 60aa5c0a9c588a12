"""Roads for the tests: a map made by hand, and Kampen where the shared extracts are."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from optimiser.travel.osrm_engine import Roads
from optimiser.travel.roads import ROAD_MODES
from optimiser.travel.roads_build import build

HERE = Path(__file__).parent
GEO = HERE.parents[2] / "shared" / "geo"

# 0.009 degrees of latitude are 1.0014 km on OSRM's globe, and so are 0.0146 of longitude at 52 degrees
TINY = {1: (52.0, 5.0), 2: (52.009, 5.0), 3: (52.018, 5.0), 4: (52.009, 5.0146), 5: (52.0, 5.1), 6: (52.0, 5.11)}
STREET = {"highway": "residential", "maxspeed": "50"}
WAYS = [([1, 2], STREET), ([2, 3], STREET), ([2, 4], STREET | {"oneway": "yes"}), ([4, 3], STREET), ([5, 6], STREET)]
"""South to north over 1, 2, 3; one way only from 2 to 4 in the east; from there back to 3; 5 and 6 are an island."""


@pytest.fixture(scope="session")
def build_team() -> Callable[..., Any]:
    """``build(places, modes)`` of test_travel_engine.py: a nurse per mode at the first place, clients at the others."""
    made: Callable[..., Any] = runpy.run_path(str(HERE / "test_travel_engine.py"), run_name="team")["build"]
    return made


@pytest.fixture(scope="session")
def pbf() -> Callable[..., bytes]:
    """``pbf(nodes, ways)`` of tiny_map.py."""
    made: Callable[..., bytes] = runpy.run_path(str(HERE / "tiny_map.py"), run_name="tiny_map")["pbf"]
    return made


@pytest.fixture(scope="session")
def tiny_pbf(tmp_path_factory: pytest.TempPathFactory, pbf: Callable[..., bytes]) -> Path:
    """The map made by hand, as a file."""
    file = tmp_path_factory.mktemp("tiny") / "tiny.osm.pbf"
    file.write_bytes(pbf(TINY, WAYS))
    return file


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory, tiny_pbf: Path) -> Path:
    """Its graphs of all three modes."""
    folder = tmp_path_factory.mktemp("roads")
    for mode in ROAD_MODES:
        build(tiny_pbf, mode, folder)
    return folder


@pytest.fixture
def tiny(tiny_folder: Path) -> Roads:
    """Its graphs, opened."""
    return Roads(tiny_folder)


@pytest.fixture(scope="session")
def kampen(tmp_path_factory: pytest.TempPathFactory) -> Roads:
    """Kampen by car, built once."""
    file = GEO / "kampen.osm.pbf"
    if not file.is_file():
        pytest.skip("the shared extract of Kampen is not beside the project")
    folder = tmp_path_factory.mktemp("kampen")
    build(file, "car", folder)
    return Roads(folder)
