"""The travel matrix of an instance along roads, with the peaks and door minutes of its settings."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.instance import Instance
from optimiser.domain.place import Mode
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.errors import Fault, InputError
from optimiser.texts import text
from optimiser.travel.crow_flies import crow_flies, description, door_to_door, unknown_apart
from optimiser.travel.in_use import DAY_PARTS, InUse, in_use
from optimiser.travel.osrm_engine import Roads, RoadTable
from optimiser.travel.table import needed

FARTHEST_METRES = 500.0
"""A place farther than this from a road of its mode is refused: it lies outside the map, or wrongly on it."""


def osrm_matrix(instance: Instance, roads: Roads) -> TravelMatrix:
    """The travel matrix of ``instance`` along ``roads``: each way that a route can take by car, bicycle and e-bike.

    As the crow flies remain: walking, ways that no route takes, and ways between two places of one district of which
    only the district is known. Raises ``InputError`` with every mode in use that has no graph, every place over 500 m
    from a road of a mode it is needed in, and every place that no way leads to or from.
    """
    used = in_use(instance)
    base = crow_flies(instance)
    unknown = unknown_apart(instance, used.places)
    points = [(each.latitude, each.longitude) for each in map(instance.place_by_id.__getitem__, used.places)]
    minutes, metres = dict(base.minutes), dict(base.metres)
    faults: list[Fault] = []
    for mode in used.modes:
        if mode == "walk":
            continue
        if mode not in roads.graphs:
            faults.append(
                Fault(
                    roads.folder.name,
                    0,
                    "",
                    text("travel.expected.mode", roads.language, mode=mode),
                    text("travel.got.absent", roads.language),
                )
            )
            continue
        table = roads.table(mode, points)
        asked = _asked(used, mode)
        wrong = _astray(used, asked, table, mode, roads)
        faults += wrong
        if wrong:
            continue
        along = asked & ~unknown
        moving = np.where(along, table.seconds, 0.0) / 60.0
        for part in DAY_PARTS:
            whole = door_to_door(moving, instance.travel, mode, part)
            minutes[mode, part] = np.where(along, whole, base.minutes[mode, part])
            far = np.rint(np.where(along, table.metres, 0.0)).astype(np.int32)
            metres[mode, part] = np.where(along, far, base.metres[mode, part])
    if faults:
        raise InputError(faults)
    return TravelMatrix(description(instance.travel, "osrm 1"), used.places, minutes, metres)


def _asked(used: InUse, mode: Mode) -> NDArray[np.bool_]:
    """Which ways a route by ``mode`` can take, n x n over the places in use."""
    index = {place: number for number, place in enumerate(used.places)}
    asked = np.zeros((len(index), len(index)), dtype=bool)
    for start, end in needed(used, mode):
        asked[index[start], index[end]] = start != end
    return asked


def _astray(used: InUse, asked: NDArray[np.bool_], table: RoadTable, mode: Mode, roads: Roads) -> list[Fault]:
    """A fault for each place that lies too far from a road, or that ways asked for do not reach."""
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


def table_rows(instance: Instance, matrix: TravelMatrix) -> tuple[tuple[str, str, str, str, int, int], ...]:
    """``matrix`` as rows of ``travel.csv`` (``Instance.travel_table``): the ways that routes can take. A row without a
    part of the day holds the usual minutes; parts with others have a row of their own. The engine ``table`` makes the
    same matrix of them."""
    used = in_use(instance)
    index = matrix.index()
    rows = []
    for mode in used.modes:
        for start, end in sorted(needed(used, mode)):
            if start == end:
                continue
            way = index[start], index[end]
            told = {part: int(matrix.minutes[mode, part][way]) for part in DAY_PARTS}
            far = int(matrix.metres[mode, DAY_PARTS[0]][way])
            usual = Counter(told.values()).most_common(1)[0][0]
            rows.append((start, end, mode, "", usual, far))
            rows += [(start, end, mode, part, told[part], far) for part in told if told[part] != usual]
    return tuple(rows)
