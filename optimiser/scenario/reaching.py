"""Minutes from where duties wait to where calls come from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.travel_matrix import TravelMatrix, day_part_of
from optimiser.scenario.whereabouts import day_places, turn_out_minutes

Way = tuple[str, str, str]
"""Place, mode, and the day part of the travel matrix."""


class Reaching:
    """Travel and response to every call source, worked out once for each place and slice."""

    def __init__(self, instance: Instance, travel: TravelMatrix) -> None:
        self._instance, self._travel = instance, travel
        self._index = travel.index()
        self._sources = np.array([self._index[each.place] for each in instance.call_sources], dtype=np.int64)
        self._moved = {each.nurse for each in instance.availability if each.kind == "travel"}
        self._starts = {each.id: (each.start_place or each.home, str(each.mode)) for each in instance.nurses}
        self._rows: dict[Way, NDArray[np.int32]] = {}

    def way(self, nurse: str, kind: ShiftKind, day: int) -> Way:
        """From where and how a duty that starts on a day number goes to calls."""
        place, mode = self._starts[nurse]
        if nurse in self._moved:
            place, _, mode = day_places(self._instance, nurse, day)
        part: str = day_part_of(kind.category)
        if self._travel.slow:
            part = self._travel.part(day_part_of(kind.category), self._instance.clock.date_of(day), nurse)
        return kind.waits_at or place, mode, part

    def travel(self, way: Way) -> NDArray[np.int32]:
        """Int32 [call source]: minutes of travel, door and parking included."""
        if way not in self._rows:
            place, mode, part = way
            self._rows[way] = self._travel.minutes[mode, part][self._index[place], self._sources]  # type: ignore[index]
        return self._rows[way]

    def response(self, way: Way, kind: ShiftKind) -> NDArray[np.int32]:
        """Int32 [call source]: minutes from the end of triage to the door."""
        return self.travel(way) + np.int32(turn_out_minutes(self._instance, kind))
