"""A road graph from an OpenStreetMap file, whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import tomlkit

from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text
from optimiser.travel.roads import ATTRIBUTION, GRAPH, MANIFEST, RoadGraph, RoadMode, installed

EBIKE_KM_H = 20
"""Default speed of an e-bike; the bicycle profile of the package has 15."""


def build(source: Path, mode: RoadMode, folder: Path, language: Language = "en") -> RoadGraph:
    """Build the graph of ``mode`` from the ``.osm.pbf`` file ``source`` into ``folder/<mode>``.

    It is made in a folder beside and renamed at the end, so an older graph stays until the new one is there.
    Raises ``InputError`` when the package or the file is absent, the file is no pbf, or ``folder/<mode>`` is something
    else than a graph; ``OSError`` when the folder cannot be written.
    """
    package = installed(language)
    _check(source, folder / mode, language)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{mode}.", dir=folder) as name:
        room = Path(name)
        new = room / mode
        new.mkdir()
        profile = _profile(mode, room, package, language)
        arguments = ["extract", "-p", str(profile), "-d", "osmosis", "-o", str(new / GRAPH), str(source.resolve())]
        _run(arguments, source, language)
        _run(["contract", str(new / GRAPH)], source, language)
        graph = _manifest(source, mode, package, new)
        (new / MANIFEST).write_text(tomlkit.dumps(graph.model_dump()), encoding="utf-8")
        if (folder / mode).exists():
            (folder / mode).rename(room / "older")
        new.rename(folder / mode)
    return graph


def _check(source: Path, target: Path, language: Language) -> None:
    expected, got = text("travel.expected.pbf", language), ""
    if not source.is_file():
        got = text("travel.got.absent", language)
    elif not source.name.endswith(".pbf"):
        got = source.name
    else:
        with source.open("rb") as file:
            # after the length of the first header (4 bytes) come its field number and the length of its name
            if file.read(15)[6:] != b"OSMHeader":
                got = text("travel.got.not_pbf", language)
    faults = [Fault(source.name, 0, "", expected, got)] if got else []
    if target.exists() and not (target / MANIFEST).is_file():
        faults.append(Fault(target.name, 0, "", text("travel.expected.own_folder", language), target.name))
    if faults:
        raise InputError(faults)


def _profile(mode: RoadMode, room: Path, package: str, language: Language) -> Path:
    """The profile of a mode: the package's own, for an e-bike a copy of the bicycle's with another default speed."""
    import osrm

    shipped = Path(osrm.__file__).parent / "share" / "profiles"
    if mode != "ebike":
        return shipped / f"{mode}.lua"
    shutil.copytree(shipped / "lib", room / "lib")
    bicycle = (shipped / "bicycle.lua").read_text(encoding="utf-8")
    usual = "local default_speed = 15\n"
    if bicycle.count(usual) != 1:
        expected = text("travel.expected.profile", language, line=usual.strip())
        raise InputError([Fault("bicycle.lua", 0, "", expected, package)])
    profile = room / "ebike.lua"
    profile.write_text(bicycle.replace(usual, f"local default_speed = {EBIKE_KM_H}\n"), encoding="utf-8")
    return profile


def _run(arguments: list[str], source: Path, language: Language) -> None:
    """Run a builder of the package with its words kept; its last line is the reason when it fails."""
    command = [sys.executable, "-m", "osrm", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        expected = text("travel.expected.roads", language, step=arguments[0])
        raise InputError([Fault(source.name, 0, "", expected, said[-1] if said else str(done.returncode))])


def _manifest(source: Path, mode: RoadMode, package: str, built: Path) -> RoadGraph:
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    longitudes, latitudes = road_points(built).T
    return RoadGraph(
        mode=mode,
        source=source.name,
        sha256=digest,
        built_with=package,
        data=_member(built / f"{GRAPH}.timestamp", "/common/timestamp").decode(errors="replace"),
        south=float(latitudes.min()),
        west=float(longitudes.min()),
        north=float(latitudes.max()),
        east=float(longitudes.max()),
        attribution=ATTRIBUTION,
    )


def road_points(graph: Path) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Longitude and latitude (degrees) of the points of a graph's roads, n x 2."""
    # OSRM keeps whole millionths of a degree, little-endian, in members of an ordinary tar file
    raw = _member(graph / f"{GRAPH}.nbg_nodes", "/common/nbn_data/coordinates")
    return np.frombuffer(raw, dtype="<i4").reshape(-1, 2) / 1e6


def _member(archive: Path, name: str) -> bytes:
    with tarfile.open(archive) as opened:
        file = opened.extractfile(name)
        return file.read() if file is not None else b""
