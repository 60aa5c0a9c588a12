"""Which on-call duties may be: of an area in use, and near enough to the calls of their catchment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.scenario.catchment import Catchment, Catchments
from optimiser.scenario.cover import in_use
from optimiser.scenario.reaching import Reaching


def reach_of(instance: Instance, kind: ShiftKind) -> int | None:
    """Within how many minutes a duty of this kind must be there; None where nothing is asked."""
    if kind.lane != "standby" or not kind.line:
        return None
    area = instance.area_by_id.get(kind.area)
    own = area.reach_minutes if area is not None else None
    return instance.response.reach_minutes if own is None else own


def area_allowed(instance: Instance, contract: SharingContract, travel: TravelMatrix) -> NDArray[np.bool_]:
    """Bool [nurse, day, kind]: rules ``on_call.area`` and ``on_call.reach`` (plan language 43 and 47)."""
    allowed = np.ones((len(instance.nurses), instance.days, len(instance.shift_kinds)), dtype=np.bool_)
    catchments, reaching = Catchments(instance, contract), Reaching(instance, travel)
    for column, kind in enumerate(instance.shift_kinds):
        if not in_use(instance, contract, kind.area):
            allowed[:, :, column] = False
            continue
        most = reach_of(instance, kind)
        if most is not None and instance.call_sources:
            _near_enough(instance, catchments, reaching, kind, most, allowed[:, :, column])
    return allowed


def _near_enough(
    instance: Instance, catchments: Catchments, reaching: Reaching, kind: ShiftKind, most: int, table: NDArray[np.bool_]
) -> None:
    """Fill bool [nurse, day] for one kind; equal places and catchments are judged once."""
    calls = np.array([each.weekly_millicalls for each in instance.call_sources], dtype=np.int64)
    judged: dict[tuple[tuple[str, str, str], Catchment], bool] = {}
    for row, nurse in enumerate(instance.nurses):
        for day in range(instance.days):
            way, catchment = reaching.way(nurse.id, kind, day), catchments.of(nurse, kind, day)
            if (way, catchment) not in judged:
                mask = catchments.mask(catchment)
                reached = int(calls[mask & (reaching.response(way, kind) <= most)].sum())
                asked = instance.response.reach_percent * int(calls[mask].sum())
                judged[way, catchment] = 100 * reached >= asked
            table[row, day] = judged[way, catchment]
