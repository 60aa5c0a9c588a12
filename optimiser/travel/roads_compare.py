"""How far the crow-fly estimate lies from times along roads, for the places of one team."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.instance import Instance
from optimiser.domain.place import Mode, Place
from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text
from optimiser.travel.crow_flies import moving_minutes, river_between, unknown_apart
from optimiser.travel.in_use import in_use
from optimiser.travel.osrm_engine import Roads
from optimiser.travel.osrm_matrix import FARTHEST_METRES
from optimiser.travel.roads_build import road_points

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Difference:
    """The estimate against roads, over ``pairs`` directed ways by one mode; minutes in free flow without door, not
    rounded. ``bank``: ``same``, ``other`` (a river between) or ``all``.

    ``roads`` and ``estimate``: medians. Of the absolute difference as percentage of the road time: ``error_50``, its
    median, ``error``, its mean, and ``error_90``, below which nine of ten lie. ``bias``: mean of estimate less roads,
    in minutes.
    """

    mode: Mode
    bank: str
    pairs: int
    roads: float
    estimate: float
    error_50: float
    error: float
    error_90: float
    bias: float


@dataclass(frozen=True)
class Comparison:
    """``rows`` by mode and bank; ``places`` compared and ``outside``: left out, over 500 m from a road of some mode."""

    rows: tuple[Difference, ...]
    places: int
    outside: int


def compare(instance: Instance, roads: Roads) -> Comparison:
    """The estimate against ``roads`` between all places in use, by every mode that has a graph.

    Places off the map are left out and counted; pairs known only by their district say nothing and are left out too.
    Raises ``InputError`` when fewer than two places are left.
    """
    places = in_use(instance).places
    points = [(each.latitude, each.longitude) for each in map(instance.place_by_id.__getitem__, places)]
    tables = {mode: roads.table(mode, points) for mode in roads.graphs}
    on_map = np.all([table.to_road <= FARTHEST_METRES for table in tables.values()], axis=0)
    if on_map.sum() < 2:
        expected = text("travel.expected.two_places", roads.language, limit=int(FARTHEST_METRES))
        raise InputError([Fault(roads.folder.name, 0, "", expected, str(on_map.sum()))])
    told = on_map[:, None] & on_map[None, :] & ~unknown_apart(instance, places)
    np.fill_diagonal(told, False)
    crossing = river_between(instance, places) > 0
    rows: list[Difference] = []
    for mode, table in tables.items():
        minutes = table.seconds / 60.0
        estimate = moving_minutes(instance, places, mode)
        known = told & (minutes > 0)  # a way that nowhere leads is NaN, and not above zero
        banks = {"all": known, "same": known & ~crossing, "other": known & crossing}
        rows += [
            _difference(mode, bank, minutes[pairs], estimate[pairs])
            for bank, pairs in banks.items()
            if pairs.any() and (bank == "all" or banks["other"].any())
        ]
    return Comparison(tuple(rows), int(on_map.sum()), int((~on_map).sum()))


def _difference(mode: Mode, bank: str, roads: NDArray[np.float64], estimate: NDArray[np.float64]) -> Difference:
    errors = 100.0 * np.abs(estimate - roads) / roads
    return Difference(
        mode=mode,
        bank=bank,
        pairs=len(roads),
        roads=float(np.median(roads)),
        estimate=float(np.median(estimate)),
        error_50=float(np.median(errors)),
        error=float(errors.mean()),
        error_90=float(np.quantile(errors, 0.9)),
        bias=float((estimate - roads).mean()),
    )


def with_random_places(instance: Instance, roads: Roads, number: int, seed: int) -> Instance:
    """``instance`` with ``number`` points of the roads in place of its places in use, drawn by ``seed``; its districts
    stay, which tell the river's banks. Points are of the first graph: car before bicycle."""
    found = road_points(roads.folder / next(iter(roads.graphs)))
    rows = np.random.default_rng(seed).choice(len(found), size=min(number, len(found)), replace=False)
    places = tuple(
        Place(id=f"random-{count}", kind="client", latitude=float(found[row, 1]), longitude=float(found[row, 0]))
        for count, row in enumerate(rows, start=1)
    )
    client = instance.clients[0]
    visit = instance.visits[0]
    clients = tuple(client.model_copy(update={"id": each.id, "place": each.id}) for each in places)
    visits = tuple(visit.model_copy(update={"id": f"{each.id}/1", "client": each.id}) for each in places)
    home = {"home": places[0].id, "start_place": None, "end_place": None}
    return instance.model_copy(
        update={
            "places": places,
            "clients": clients,
            "visits": visits,
            "tasks": (),
            "availability": (),
            "nurses": tuple(each.model_copy(update=home) for each in instance.nurses),
        }
    )


def comparison_lines(comparison: Comparison, language: Language = "nl") -> list[list[str]]:
    """The comparison as a table of texts, the heading first; numbers as the language writes them."""
    heading = text("travel.compare.heading", language).split("|")
    rows = [
        [
            text(f"map.mode.{row.mode}", language),
            text(f"travel.compare.bank.{row.bank}", language),
            str(row.pairs),
            f"{row.roads:.1f}",
            f"{row.estimate:.1f}",
            f"{row.bias:+.1f}",
            *(f"{value:.0f}" for value in (row.error_50, row.error, row.error_90)),
        ]
        for row in comparison.rows
    ]
    point = "," if language == "nl" else "."
    return [heading, *([cell.replace(".", point) for cell in row] for row in rows)]
