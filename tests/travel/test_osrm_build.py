"""Graphs are built whole or not at all, say where they come from, and what is wrong is refused in words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from optimiser.errors import InputError
from optimiser.travel import roads as roads_module
from optimiser.travel.osrm_engine import Roads
from optimiser.travel.roads import ATTRIBUTION, MANIFEST, installed, read_graphs, sources
from optimiser.travel.roads_build import build


def refused(work: Callable[[], object]) -> list[str]:
    """The faults of what must be refused, as text."""
    with pytest.raises(InputError) as caught:
        work()
    return [str(each) for each in caught.value.faults]


def test_the_manifest_says_from_what_a_graph_was_made(tiny_folder: Path, tiny_pbf: Path) -> None:
    """Source name and sha256, moment of the map, package, box of the road points, and whose roads they are."""
    graphs = read_graphs(tiny_folder)
    assert list(graphs) == ["car", "bicycle", "ebike"]
    car = graphs["car"]
    assert (car.source, car.mode, car.built_with) == ("tiny.osm.pbf", "car", installed())
    assert car.sha256 == hashlib.sha256(tiny_pbf.read_bytes()).hexdigest()
    assert car.data == "2023-11-14T22:13:20Z"  # 1,700,000,000 seconds after 1970
    assert (car.south, car.west, car.north, car.east) == (52.0, 5.0, 52.018, 5.11)
    assert "OpenStreetMap" in car.attribution
    assert sources(graphs).endswith(ATTRIBUTION) and "tiny.osm.pbf 2023-11-14" in sources(graphs)


def test_the_building_says_nothing_and_leaves_nothing(
    tiny_pbf: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """OSRM's hundred lines stay out of the terminal; beside the graph nothing is left, also the second time."""
    for _ in range(2):
        build(tiny_pbf, "car", tmp_path)
    assert capfd.readouterr() == ("", "")
    assert [each.name for each in tmp_path.iterdir()] == ["car"]


def test_what_is_no_map_is_refused_and_an_older_graph_stays(tiny_folder: Path, tmp_path: Path) -> None:
    """No file, another kind of file, another name, a map cut off: each is refused, and the graph that stood stays."""
    junk = tmp_path / "junk.osm.pbf"
    junk.write_text("<osm/>")
    whole = tmp_path / "cut.osm.pbf"
    whole.write_bytes((tiny_folder / "car" / MANIFEST).read_bytes())
    before = sorted(each.name for each in (tiny_folder / "car").iterdir())
    for name in ("absent.osm.pbf", "junk.osm.pbf", "cut.osm.pbf"):
        found = refused(lambda name=name: build(tmp_path / name, "car", tiny_folder))  # type: ignore[misc]
        assert len(found) == 1 and found[0].startswith(f"{name}: expected an OpenStreetMap file")
    assert sorted(each.name for each in (tiny_folder / "car").iterdir()) == before


def test_a_damaged_map_is_refused_by_the_step_that_fails(tiny_pbf: Path, tmp_path: Path) -> None:
    """A pbf that breaks off half-way, and one without roads, end in a message and leave no folder."""
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(tiny_pbf.read_bytes()[:-40])
    assert refused(lambda: build(cut, "car", tmp_path / "out"))[0].startswith(
        "cut.osm.pbf: expected roads that a graph"
    )
    assert list((tmp_path / "out").iterdir()) == []


def test_a_map_without_roads_is_refused(pbf: Callable[..., bytes], tmp_path: Path) -> None:
    """A hedge is no road."""
    file = tmp_path / "hedge.osm.pbf"
    file.write_bytes(pbf({1: (52.0, 5.0), 2: (52.1, 5.0)}, [([1, 2], {"barrier": "hedge"})]))
    assert "(step extract)" in refused(lambda: build(file, "car", tmp_path / "out"))[0]


def test_a_folder_that_is_no_graph_is_left_alone(tiny_pbf: Path, tmp_path: Path) -> None:
    """A folder called car with somebody's files in it is not replaced."""
    (tmp_path / "car").mkdir()
    (tmp_path / "car" / "mine.txt").write_text("mine")
    assert "or nothing yet" in refused(lambda: build(tiny_pbf, "car", tmp_path))[0]
    assert (tmp_path / "car" / "mine.txt").read_text() == "mine"


def test_absent_package_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, tiny_pbf: Path, tmp_path: Path
) -> None:
    """Without osrm-bindings the message says what to install, in the user's language."""
    monkeypatch.setattr(roads_module, "PACKAGE", "no-such-package-of-roads")
    assert "samenrooster[osrm]" in refused(lambda: build(tiny_pbf, "car", tmp_path))[0]
    assert "niet aanwezig" in refused(lambda: Roads(tmp_path, "nl"))[0]


def test_graphs_that_cannot_be_used_are_all_named(tiny_folder: Path, tmp_path: Path) -> None:
    """No graph; one of another version and a damaged manifest at once; graph files that are gone."""
    assert refused(lambda: read_graphs(tmp_path))[0].endswith("got none")
    good = (tiny_folder / "car" / MANIFEST).read_text(encoding="utf-8")
    for mode, content in (("car", good.replace(installed(), "osrm-bindings 1.0")), ("ebike", "mode = [")):
        (tmp_path / mode).mkdir()
        (tmp_path / mode / MANIFEST).write_text(content, encoding="utf-8")
    found = refused(lambda: read_graphs(tmp_path))
    assert len(found) == 2 and "column built_with" in found[0] and "got osrm-bindings 1.0" in found[0]
    (tmp_path / "ebike" / MANIFEST).unlink()
    (tmp_path / "car" / MANIFEST).write_text(good, encoding="utf-8")
    assert "make it again" in refused(lambda: Roads(tmp_path).table("car", [(52.0, 5.0)]))[0]
