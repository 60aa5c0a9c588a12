"""A file of districts cannot make GDAL read other files or ask a host for something, whatever it says it is."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from instances.district_file import data_only
from instances.district_import import import_districts
from optimiser.errors import InputError

pytest.importorskip("pyogrio")

SQUARE = {"type": "Polygon", "coordinates": [[[4.4, 51.9], [4.41, 51.9], [4.41, 51.91], [4.4, 51.91], [4.4, 51.9]]]}
FEATURE = {
    "type": "Feature", "geometry": SQUARE,
    "properties": {"buurtcode": "BU05990515", "buurtnaam": "Een", "gemeentenaam": "Rotterdam", "aantal_inwoners": 10,
                   "wijkcode": "WK059905", "water": "NEE", "percentage_personen_65_jaar_en_ouder": 10},
}  # fmt: skip


class Host(socketserver.ThreadingTCPServer):
    """A host that counts who comes and says nothing."""

    asked = 0


class _Asked(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.server.asked += 1  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    """A host on this machine."""
    with Host(("127.0.0.1", 0), _Asked) as made:
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield made
        made.shutdown()


def collection(**members: Any) -> str:
    """A feature collection of one district with other members."""
    return json.dumps({"type": "FeatureCollection", **members, "features": [FEATURE]})


def address(host: Host) -> str:
    """Where the host listens."""
    return f"http://127.0.0.1:{host.server_address[1]}/x"


SOURCES = {
    "a list of sources": "<OGRVRTDataSource><OGRVRTLayer name='buurten'><SrcDataSource>/vsicurl/{host}.geojson"
                         "</SrcDataSource><SrcLayer>x</SrcLayer></OGRVRTLayer></OGRVRTDataSource>",
    "a web service": "<OGRWFSDataSource><URL>{host}</URL></OGRWFSDataSource>",
    "a chain of steps": '{{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /vsicurl/{host} '
                        '! write streamed"}}',
    "a type that is said twice": '{{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read '
                                 '/vsicurl/{host} ! write x", "type": "FeatureCollection", "features": []}}',
    "an address alone": "{host}",
}  # fmt: skip


@pytest.mark.parametrize("suffix", [".json", ".gpkg"])
@pytest.mark.parametrize("source", SOURCES)
def test_a_file_that_names_a_source_is_refused_and_the_source_not_asked(
    source: str, suffix: str, host: Host, tmp_path: Path
) -> None:
    """GDAL would open it and go to the host."""
    before, file = host.asked, tmp_path / f"districts{suffix}"
    file.write_text(SOURCES[source].format(host=address(host)), encoding="utf-8")
    with pytest.raises(InputError):
        import_districts(file)
    assert host.asked == before


@pytest.mark.parametrize("kind", ["link", "url", "name"])
def test_a_coordinate_system_at_an_address_is_not_fetched(kind: str, host: Host, tmp_path: Path) -> None:
    """The district is read as if the file named none."""
    before, file = host.asked, tmp_path / "buurten_2024.geojson"
    crs = {"type": kind, "properties": dict.fromkeys(("href", "url", "name"), address(host))}
    file.write_text(collection(crs=crs), encoding="utf-8")
    assert [each.name for each in import_districts(file).districts] == ["Een"]
    assert host.asked == before


def test_a_feature_that_looks_like_a_chain_of_steps_stays_a_feature(host: Host, tmp_path: Path) -> None:
    """Also where the words stand among its properties and in members of its own."""
    before, file = host.asked, tmp_path / "buurten_2024.geojson"
    steps = {"type": "gdal_streamed_alg", "command_line": f"gdal vector pipeline ! read /vsicurl/{address(host)}"}
    feature = FEATURE | steps | {"properties": steps | FEATURE["properties"], "type": "Feature"}  # type: ignore[operator]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    assert [each.name for each in import_districts(file).districts] == ["Een"]
    assert host.asked == before


@pytest.mark.parametrize(
    "content",
    ["[" * 100_000, '{"type": "FeatureCollection", "features": [{"geometry": NaN}]}', '{"type": "FeatureCollection"}',
     '{"type": "FeatureCollection", "features": [1]}', "\xff\xfe"],
)  # fmt: skip
def test_what_is_no_feature_collection_is_refused(content: str, tmp_path: Path) -> None:
    """Deep nesting, no numbers, no features, no text: a fault and no traceback."""
    file = tmp_path / "x.geojson"
    file.write_bytes(content.encode("latin-1"))
    with pytest.raises((ValueError, RecursionError)):
        data_only(file)
    with pytest.raises(InputError):
        import_districts(file)
