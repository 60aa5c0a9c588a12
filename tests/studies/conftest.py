"""A small shared evening and night service: organisations side by side, calls, no visits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from optimiser.domain.calls import CallHours, CallSource, CallType
from optimiser.domain.duty import Cover, ShiftKind
from optimiser.domain.instance import Instance, Organisation
from optimiser.domain.people import Nurse
from optimiser.domain.place import Place

EVENING, NIGHT = (17 * 60, 23 * 60), (23 * 60, 31 * 60)


@pytest.fixture(scope="session")
def small_anw() -> Callable[..., Instance]:
    """``small_anw(weeks=1, organisations=4, nurses=4)``: organisations a, b, ... 11 km beside each other from west to
    east, each with nurses at home in its middle, calls there (4 a week each, of which half ask a visit), one nurse at
    work every evening and one on call from home every night. Contracts of 12 hours, all by car."""
    return _made


def _made(weeks: int = 1, organisations: int = 4, nurses: int = 4) -> Instance:
    names = "abcdefgh"[:organisations]
    places = [Place(id=f"at-{name}", kind="home", latitude=52.2, longitude=5.9 + 0.16 * number)
              for number, name in enumerate(names)]  # fmt: skip
    kinds = (
        ShiftKind(id="evening", code="A", name="Evening", category="evening", start=EVENING[0], end=EVENING[1], line=1),
        ShiftKind(id="night", code="N", name="Night", lane="standby", category="night", start=NIGHT[0], end=NIGHT[1],
                  line=1, carries_route=False),
    )  # fmt: skip
    cover = [
        Cover(id=f"{kind}-{name}", organisation=name, from_time=start, until_time=end, lane=lane)
        for name in names
        for kind, (start, end), lane in (("evening", EVENING, "work"), ("night", NIGHT, "standby"))
    ]
    return Instance(
        name="small-anw", first_monday=date(2026, 12, 7), weeks=weeks,
        organisations=tuple(Organisation(id=name, name=name.upper()) for name in names), places=tuple(places),
        nurses=tuple(
            Nurse(id=f"{name}{number}", organisation=name, home=f"at-{name}", contract_minutes=720,
                  born=date(1980, 1, 1 + number))
            for name in names for number in range(nurses)
        ),
        acts=(), clients=(), visits=(), shift_kinds=kinds, cover=tuple(cover),
        call_types=(CallType(id="care", name="Care", phone_percent=50),),
        call_hours=tuple(
            CallHours(type="care", days=days, from_time=start, until_time=end, weight=1)
            for days in ("weekdays", "saturday", "sunday") for start, end in (EVENING, NIGHT)
        ),
        call_sources=tuple(
            CallSource(id=f"calls-{name}", organisation=name, type="care", place=f"at-{name}", weekly_millicalls=4000)
            for name in names
        ),
    )  # fmt: skip
