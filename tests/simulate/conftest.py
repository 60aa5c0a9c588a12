"""A small town in which a test lets calls come in at minutes that it chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from optimiser.domain.calls import CallSource, CallType, ResponseSettings
from optimiser.simulate.calls import prepare_calls
from optimiser.simulate.calls_arrivals import DrawnCalls
from optimiser.simulate.calls_play import OUTCOMES, Played, play
from optimiser.simulate.calls_settings import CallSettings


class Town:
    """Wraps a Room: call sources at places of their own, ways between places, calls by hand."""

    def __init__(self, room: Any) -> None:
        self.room, self.ways, self.sources, self.calls = room, {}, {}, []
        self.response: dict[str, Any] = {}

    def type(self, name: str = "t", **fields: Any) -> Town:
        """A call type; triage takes no time unless it is given."""
        defaults = {"name": name, "triage_minutes": 0, "service_minutes": 30}
        self.room.add("call_types", CallType(id=name, **{**defaults, **fields}))
        return self

    def source(self, name: str, type: str = "t", organisation: str = "a", calls: int = 1000) -> Town:
        """A source at a place of its name."""
        self.sources[name] = len(self.sources)
        self.room.add("call_sources", CallSource(
            id=name, organisation=organisation, type=type, place=self.room.place(name), weekly_millicalls=calls,
        ))  # fmt: skip
        return self

    def way(self, one: str, other: str, minutes: int) -> Town:
        """Minutes between two places, both ways; nurses' homes are ``home-N1``."""
        self.ways[one, other] = self.ways[other, one] = minutes
        return self

    def call(self, minute: float, source: str, service: float = 30, by_phone: bool = False) -> Town:
        """A call at a horizon minute."""
        self.calls.append((minute, self.sources[source], by_phone, service))
        return self

    def instance(self) -> Any:
        """The instance."""
        instance = self.room.instance()
        return type(instance).model_validate({**dict(instance), "response": ResponseSettings(**self.response)})

    def matrix(self) -> Any:
        """Travel: what ``way`` says, else the room's."""
        matrix = self.room.matrix()
        minutes = next(iter(matrix.minutes.values())).copy()
        for (one, other), value in self.ways.items():
            minutes[matrix.index()[one], matrix.index()[other]] = value
        return type(matrix)(
            engine="test", places=matrix.places, minutes=dict.fromkeys(matrix.minutes, minutes), metres=matrix.metres
        )

    def drawn(self) -> DrawnCalls:
        """The calls of one round."""
        rows = sorted(self.calls)
        columns = list(zip(*rows, strict=True)) if rows else [(), (), (), ()]
        size = len(rows)
        return DrawnCalls(
            seed=1, rounds=1, round=np.zeros(size, dtype=np.int64), minute=np.array(columns[0], dtype=float),
            source=np.array(columns[1], dtype=np.int64), by_phone=np.array(columns[2], dtype=np.bool_),
            service=np.array(columns[3], dtype=float), bounds=(0, size), paired=np.zeros(size, dtype=np.bool_),
        )  # fmt: skip

    def play(self, **settings: Any) -> Played:
        """What becomes of the calls."""
        plan = self.room.plan()
        prepared = prepare_calls(self.instance(), self.room.contract, self.matrix(), plan, CallSettings(**settings))
        return play(prepared, self.drawn())

    def came(self, **settings: Any) -> list[tuple[str, str, float]]:
        """Of each call: what became of it, who came, and the response in minutes (-1 where nobody did)."""
        played = self.play(**settings)
        units = played.prepared.units
        return [
            (OUTCOMES[outcome], units[unit].duty.nurse if unit >= 0 else "", -1 if np.isnan(response) else response)
            for outcome, unit, response in zip(
                played.outcome, played.unit, played.response.round(6).tolist(), strict=True
            )
        ]  # fmt: skip


@pytest.fixture
def town(room: Callable[..., Any]) -> Callable[..., Town]:
    """``town(weeks=1)`` gives an empty Town."""
    return lambda **fields: Town(room(**fields))
