"""Standby duties that no cover row asks for: nobody should be on call for nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.instance import Instance
from optimiser.domain.problem import CoverDay


def unasked_prices(instance: Instance, cover: Sequence[CoverDay]) -> dict[str, NDArray[np.int32]]:
    """``surplus_standby`` -> int32 [nurse, day, kind]: 1 for a standby duty of an experienced nurse that counts for no
    row (plan language 50); what rows have above their number is counted by row."""
    table = np.zeros((len(instance.nurses), instance.days, len(instance.shift_kinds)), dtype=np.int32)
    watches = [number for number, kind in enumerate(instance.shift_kinds) if kind.lane == "standby"]
    experienced = [number for number, nurse in enumerate(instance.nurses) if nurse.experience == "experienced"]
    table[np.ix_(experienced, range(instance.days), watches)] = 1
    for row in cover:
        nurses = sorted(row.nurses)
        for day, kind in row.duties if row.standby else ():
            table[nurses, day, kind] = 0
    return {"surplus_standby": table}
