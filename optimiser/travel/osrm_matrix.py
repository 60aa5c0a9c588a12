"""The travel matrix of an instance along roads, with the peaks and door minutes of its settings."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.instance import Instance
from optimiser.domain.place import Mode
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.errors import Fault, InputError
from optimiser.texts import text
from optimiser.travel.crow_flies import crow_flies, description, door_to_door, unknown_apart
from optimiser.travel.in_use import DAY_PARTS, MODES, InUse, in_use
from optimiser.travel.osrm_engine import Roads, RoadTable

FARTHEST_METRES = 500.0
"""A place farther than this from a road of its mode is refused: it lies outside the map, or wrongly on it."""


class RoadMatrix(NamedTuple):
    """A travel matrix, and for each of its modes the ways that it tells of (n x n): those of ``travel.csv``."""

    matrix: TravelMatrix
    told: dict[Mode, NDArray[np.bool_]]


def osrm_matrix(instance: Instance, roads: Roads) -> RoadMatrix:
    """The travel matrix of ``instance`` along ``roads``, by the modes in use, and by bicycle for one without her car.

    Told of are all ways to or from a stop between places on the map. As the crow flies remain: walking, ways that no
    route takes, and ways between two places of one district of which only the district is known. Raises ``InputError``
    with every mode in use that has no graph, every place over 500 m from a road of a mode it is needed in, and every
    place that no way leads to or from.
    """
    used = in_use(instance)
    spare = {"bicycle"} & roads.graphs.keys() if "car" in used.ends else set()
    modes = tuple(mode for mode in MODES if mode in used.ends or mode in spare)
    base = crow_flies(instance, modes)
    unknown = unknown_apart(instance, used.places)
    points = [(each.latitude, each.longitude) for each in map(instance.place_by_id.__getitem__, used.places)]
    minutes, metres = dict(base.minutes), dict(base.metres)
    told = {mode: _with_a_stop(used) for mode in modes}
    faults: list[Fault] = []
    for mode in modes:
        if mode == "walk":
            continue
        if mode not in roads.graphs:
            expected = text("travel.expected.mode", roads.language, mode=mode)
            faults.append(Fault(roads.folder.name, 0, "", expected, text("travel.got.absent", roads.language)))
            continue
        table = roads.table(mode, points)
        faults += _astray(used, table, mode, roads)
        near = table.to_road <= FARTHEST_METRES
        told[mode] &= near[:, None] & near[None, :] & ~np.isnan(table.seconds)
        along = told[mode] & ~unknown
        moving = np.where(along, table.seconds, 0.0) / 60.0
        for part in DAY_PARTS:
            whole = door_to_door(moving, instance.travel, mode, part)
            minutes[mode, part] = np.where(along, whole, base.minutes[mode, part])
            far = np.rint(np.where(along, table.metres, 0.0)).astype(np.int32)
            metres[mode, part] = np.where(along, far, base.metres[mode, part])
    if faults:
        raise InputError(faults)
    return RoadMatrix(TravelMatrix(description(instance.travel, "osrm 1"), used.places, minutes, metres), told)


def _with_a_stop(used: InUse) -> NDArray[np.bool_]:
    """The ways that begin or end at a stop, n x n over the places in use."""
    stops = np.isin(used.places, used.stops)
    ways = np.asarray(stops[:, None] | stops[None, :])
    np.fill_diagonal(ways, False)
    return ways


def _asked(used: InUse, mode: Mode) -> NDArray[np.bool_]:
    """Which ways a route by ``mode`` can take, n x n over the places in use; none by a mode that nobody uses."""
    # the same ways as ``table.needed``, which would take seconds for thousands of places
    stops = np.isin(used.places, used.stops)
    ends = np.isin(used.places, used.ends.get(mode, ()))
    asked = np.asarray(((stops | ends)[:, None] & stops[None, :]) | (stops[:, None] & ends[None, :]))
    np.fill_diagonal(asked, False)
    return asked if mode in used.ends else np.zeros_like(asked)


def _astray(used: InUse, table: RoadTable, mode: Mode, roads: Roads) -> list[Fault]:
    """A fault for each place that lies too far from a road, or that no way leads to or from, where routes need it."""
    asked = _asked(used, mode)
    source, language = roads.graphs[mode].source, roads.language
    by = text(f"map.mode.{mode}", language)
    needs = asked.any(axis=0) | asked.any(axis=1)
    far = needs & (table.to_road > FARTHEST_METRES)
    faults = []
    for number in np.flatnonzero(far):
        expected = text("travel.expected.near", language, place=used.places[number], by=by, limit=int(FARTHEST_METRES))
        faults.append(Fault(source, 0, "", expected, f"{int(table.to_road[number])} m"))
    lost = asked & np.isnan(table.seconds) & ~far[:, None] & ~far[None, :]
    while lost.any():
        # blame the place with the most ways that lead nowhere, then see what is left
        blamed = int(np.argmax(lost.sum(axis=0) + lost.sum(axis=1)))
        ways = int(lost[blamed].sum() + lost[:, blamed].sum())
        lost[blamed] = lost[:, blamed] = False
        expected = text("travel.expected.reachable", language, place=used.places[blamed], by=by)
        faults.append(Fault(source, 0, "", expected, text("travel.got.no_ways", language, ways=ways)))
    return faults


def table_rows(found: RoadMatrix) -> tuple[tuple[str, str, str, str, int, int], ...]:
    """The ways that ``found`` tells of as rows of ``travel.csv`` (``Instance.travel_table``). A row without a part of
    the day holds the usual minutes; parts with others have a row of their own. The engine ``table`` makes the same
    matrix of them."""
    matrix = found.matrix
    rows = []
    for mode, told in found.told.items():
        minutes = np.stack([matrix.minutes[mode, part] for part in DAY_PARTS])
        for origin, destination in np.argwhere(told):
            by_part = minutes[:, origin, destination].tolist()
            far = int(matrix.metres[mode, DAY_PARTS[0]][origin, destination])
            usual = Counter(by_part).most_common(1)[0][0]
            way = matrix.places[origin], matrix.places[destination], mode
            rows.append((*way, "", usual, far))
            rows += [(*way, part, each, far) for part, each in zip(DAY_PARTS, by_part, strict=True) if each != usual]
    return tuple(rows)
