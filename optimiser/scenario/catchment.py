"""Whose calls a duty answers for, and how many duties share them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.calls import Area, CallSource
from optimiser.domain.duty import Cover, ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.people import Nurse
from optimiser.domain.problem import CoverDay
from optimiser.domain.sharing import SharingContract
from optimiser.scenario.cover import pooled_among
from optimiser.scenario.shared import has_agreed


@dataclass(frozen=True)
class Catchment:
    """An area, or (``area`` empty) the clients of these organisations."""

    area: str = ""
    organisations: tuple[str, ...] = ()


def is_in(instance: Instance, area: Area, source: CallSource) -> bool:
    """Whether a call source lies in an area: by its organisation, and by the code of its place's district."""
    district = instance.place_by_id[source.place].district
    right_owner = not area.organisations or source.organisation in area.organisations
    return right_owner and (not area.districts or district.startswith(area.districts))


class Catchments:
    """The catchment of each duty of line 1 or 2 under a contract (plan language 44)."""

    def __init__(self, instance: Instance, contract: SharingContract) -> None:
        self._instance, self._contract = instance, contract
        self._found: dict[tuple[object, ...], Catchment] = {}
        self._masks: dict[Catchment, NDArray[np.bool_]] = {}

    def of(self, nurse: Nurse, kind: ShiftKind, day: int) -> Catchment:
        """The catchment of a duty of a nurse that starts on a day number."""
        agreed = has_agreed(self._contract, nurse.id)
        key = (kind.id, nurse.organisation if not kind.area else "", day, agreed)
        if key not in self._found:
            self._found[key] = self._of(nurse.organisation, kind, day, agreed)
        return self._found[key]

    def _of(self, organisation: str, kind: ShiftKind, day: int, agreed: bool) -> Catchment:
        if kind.area:
            return Catchment(area=kind.area)
        if not agreed:
            return Catchment(organisations=(organisation,))
        span = Cover(
            id="span", organisation=organisation, from_time=kind.start, until_time=kind.last_end, lane=kind.lane
        )
        return Catchment(organisations=pooled_among(self._instance, self._contract, span, day))

    def mask(self, catchment: Catchment) -> NDArray[np.bool_]:
        """Bool [call source]: which sources are in it."""
        if catchment not in self._masks:
            area = self._instance.area_by_id.get(catchment.area)
            self._masks[catchment] = np.array(
                [
                    is_in(self._instance, area, each) if area else each.organisation in catchment.organisations
                    for each in self._instance.call_sources
                ],
                dtype=np.bool_,
            )
        return self._masks[catchment]

    def sources(self, nurse: Nurse, kind: ShiftKind, day: int) -> tuple[CallSource, ...]:
        """The call sources of a duty's catchment."""
        mask = self.mask(self.of(nurse, kind, day))
        return tuple(each for each, inside in zip(self._instance.call_sources, mask, strict=True) if inside)


def answering_numbers(instance: Instance, cover: Sequence[CoverDay]) -> NDArray[np.int32]:
    """Int32 [nurse, day, kind]: among how many duties the calls of its catchment are shared; at least 1.

    The largest minimum of the cover days (after pooling) that the duty counts for.
    """
    numbers = np.ones((len(instance.nurses), instance.days, len(instance.shift_kinds)), dtype=np.int32)
    for row in cover:
        nurses = sorted(row.nurses)
        for day, kind in row.duties:
            numbers[nurses, day, kind] = np.maximum(numbers[nurses, day, kind], row.minimum)
    return numbers
