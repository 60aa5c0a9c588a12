"""Road graphs on disk: one folder per mode, each with a manifest that says from what it was made."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from optimiser.domain.noun import Noun
from optimiser.domain.place import Mode
from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text

PACKAGE = "osrm-bindings"
MANIFEST = "roads.toml"
GRAPH = "roads.osrm"
ATTRIBUTION = "© OpenStreetMap contributors (ODbL)"
RoadMode = Literal["car", "bicycle", "ebike"]
ROAD_MODES: tuple[RoadMode, ...] = ("car", "bicycle", "ebike")
"""Walking is not among them: it is estimated as the crow flies."""


class RoadGraph(Noun):
    """The manifest of one graph: the source file's name and sha256, what built it, how old the map is, where it lies.

    ``data`` is the moment of the map as its file tells it, empty where it does not. The box holds all its road points.
    """

    format: Literal[1] = 1
    mode: RoadMode
    source: str
    sha256: str
    built_with: str
    data: str
    south: float
    west: float
    north: float
    east: float
    attribution: str

    @property
    def line(self) -> str:
        """One line that says where its times come from."""
        return f"{self.mode}: {self.source} {self.data[:10]} sha256 {self.sha256[:12]}, {self.built_with}"


def installed(language: Language = "en") -> str:
    """``osrm-bindings`` with its version. Raises ``InputError`` when the extra ``osrm`` is not installed."""
    try:
        return f"{PACKAGE} {version(PACKAGE)}"
    except PackageNotFoundError:
        expected, got = text("travel.expected.extra", language), text("travel.got.absent", language)
        raise InputError([Fault(PACKAGE, 0, "", expected, got)]) from None


def read_graphs(folder: Path, language: Language = "en") -> dict[Mode, RoadGraph]:
    """Mode -> manifest of the graphs in ``folder``, as ``travel build`` made them.

    Raises ``InputError`` when there is none, a manifest is damaged, or a graph is of another version of the package:
    its files are then read wrongly or not at all.
    """
    package = installed(language)
    graphs: dict[Mode, RoadGraph] = {}
    faults: list[Fault] = []
    for mode in ROAD_MODES:
        path = folder / mode / MANIFEST
        name = f"{folder.name}/{mode}/{MANIFEST}"
        if not path.is_file():
            continue
        try:
            graph = RoadGraph.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (ValueError, ValidationError) as error:
            faults.append(Fault(name, 0, "", text("travel.expected.manifest", language), type(error).__name__))
            continue
        if graph.built_with != package:
            faults.append(
                Fault(
                    name, 0, "built_with", text("travel.expected.version", language, package=package), graph.built_with
                )
            )
        graphs[mode] = graph
    if not graphs and not faults:
        faults.append(
            Fault(folder.name, 0, "", text("travel.expected.graphs", language), text("travel.got.none", language))
        )
    if faults:
        raise InputError(faults)
    return graphs


def sources(graphs: dict[Mode, RoadGraph]) -> str:
    """Where the times of these graphs come from, and whose roads they are: the provenance of a table made of them."""
    return "; ".join([*(graph.line for graph in graphs.values()), ATTRIBUTION])
