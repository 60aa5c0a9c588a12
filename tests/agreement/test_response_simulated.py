"""Response that is worked out and response that is played agree where calls are so rare that nobody is busy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from optimiser.domain.calls import CallHours, CallSource, CallType
from optimiser.domain.clock import HOUR
from optimiser.domain.sharing import PRESETS
from optimiser.report.response import response
from optimiser.simulate.calls import simulate_calls

Rooms = Callable[..., Any]


@pytest.mark.slow
def test_rare_calls(room: Rooms) -> None:
    """Four evenings of one, three of two nurses on call, six places at 1 to 60 minutes from each, a call in five weeks
    from each: share within the norm, mean and number lie within twice the half width of the interval played."""
    small = room()
    small.kind("E", "18:00", "23:00", lane="standby", category="evening", line=1)
    small.add("call_types", CallType(id="call", name="Call", phone_percent=40, service_minutes=20))
    evening = {"type": "call", "from_time": 18 * HOUR, "until_time": 23 * HOUR}
    weights = {"weekdays": 1, "saturday": 2, "sunday": 3}
    small.add("call_hours", *(CallHours(days=days, weight=weight, **evening) for days, weight in weights.items()))
    for number in range(6):
        small.add("call_sources", CallSource(id=f"s{number}", organisation="ab"[number % 2], type="call",
                                             place=small.place(f"p{number}"), weekly_millicalls=200))  # fmt: skip
    for day in range(7):
        small.duty("N1", "E", day)
        if day % 2:
            small.duty("N2", "E", day)
    small.contract = PRESETS["joint"]
    matrix = small.matrix()
    drawn = np.random.default_rng(7).integers(1, 60, (len(matrix.places), len(matrix.places))).astype(np.int32)
    travel = replace(matrix, minutes=dict.fromkeys(matrix.minutes, drawn))
    instance, plan = small.instance(), small.plan()
    worked_out = response(instance, travel, plan)
    played = simulate_calls(instance, plan.contract, travel, plan, weeks=1500, seed=3).total
    assert worked_out is not None
    speed = worked_out.speed()
    for exact, estimate in ((speed.within_norm, played.within_norm), (speed.mean_minutes, played.mean_minutes),
                            (speed.visits_per_week, played.visits_per_week)):  # fmt: skip
        assert exact is not None and None not in (estimate.value, estimate.low, estimate.high)
        half = (estimate.high - estimate.low) / 2
        assert abs(exact - estimate.value) <= 2 * half, (exact, estimate)
        # the interval is narrow enough to say something
        assert half < 0.12 * exact
