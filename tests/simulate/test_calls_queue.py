"""The play of calls against queues with known formulas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import factorial
from typing import Any

import pytest

from optimiser.domain.calls import CallHours, CallSource, CallType, ResponseSettings
from optimiser.simulate.calls import drawn_calls, played_calls, prepare_calls
from optimiser.simulate.calls_arrivals import DrawnCalls, generator
from optimiser.simulate.calls_result import simulated

SERVICE = 30


def queue(room: Callable[..., Any], nurses: int, weekly: int, spread: int = 100) -> Any:
    """So many nurses on duty day and night where every call is; calls all hours alike, all asking a visit at once."""
    built = room(travel=0)
    built.kind("all", "00:00", "24:00", line=1, lane="work")
    for number in range(nurses):
        for day in range(7):
            built.duty(f"N{number}", "all", day)
    built.place("site")
    built.add("call_types", CallType(id="t", name="T", phone_percent=0, triage_minutes=0, service_minutes=SERVICE,
                                     service_spread_percent=spread))  # fmt: skip
    for days in ("weekdays", "saturday", "sunday"):
        built.add("call_hours", CallHours(type="t", days=days, from_time=0, until_time=1440, weight=1))
    source = CallSource(id="s", organisation="a", type="t", place="site", weekly_millicalls=1000 * weekly)
    built.add("call_sources", source)
    return built


def with_response(built: Any, **fields: Any) -> Any:
    """The instance with other response settings."""
    instance = built.instance()
    return type(instance).model_validate({**dict(instance), "response": ResponseSettings(**fields)})


def exponential(drawn: DrawnCalls) -> DrawnCalls:
    """The same calls with exponential lengths of visits of the same mean."""
    lengths = generator(drawn.seed, "exponential").exponential(SERVICE, len(drawn.minute))
    return replace(drawn, service=lengths)


def erlang_c(servers: int, load: float) -> float:
    """The probability that a call waits in M/M/c (Erlang 1917)."""
    last = load**servers / factorial(servers) * servers / (servers - load)
    return last / (sum(load**k / factorial(k) for k in range(servers)) + last)


@pytest.mark.slow
@pytest.mark.parametrize(("servers", "weekly"), [(1, 200), (2, 470), (3, 750)])
def test_waiting_is_that_of_erlang(room: Callable[..., Any], servers: int, weekly: int) -> None:
    """With exponential visits and no travel, the share that waits and the mean wait are those of M/M/c."""
    built = queue(room, servers, weekly)
    instance = with_response(built, pass_on_minutes=10_000, lost_minutes=10_000)
    prepared = prepare_calls(instance, built.contract, built.matrix(), built.plan())
    found = simulated(played_calls(prepared, exponential(drawn_calls(instance, 60, 5)))).total
    load = weekly * SERVICE / 10_080
    waits = erlang_c(servers, load)
    assert found.waited.low < waits < found.waited.high
    assert found.mean_wait_minutes.low < waits * SERVICE / (servers - load) < found.mean_wait_minutes.high


def test_one_nurse_waits_as_pollaczek_and_khinchine_say(room: Callable[..., Any]) -> None:
    """Lognormal visits, one nurse: the mean wait is rate x E[S^2] / (2 (1 - load)); with a deviation of 60 % of the
    mean E[S^2] = 30^2 x 1.36."""
    weekly = 200
    built = queue(room, 1, weekly, spread=60)
    instance = with_response(built, pass_on_minutes=10_000, lost_minutes=10_000)
    prepared = prepare_calls(instance, built.contract, built.matrix(), built.plan())
    found = simulated(played_calls(prepared, drawn_calls(instance, 60, 6))).total
    rate = weekly / 10_080
    wait = rate * SERVICE**2 * 1.36 / (2 * (1 - rate * SERVICE))
    assert found.mean_wait_minutes.low < wait < found.mean_wait_minutes.high
    assert found.waited.low < rate * SERVICE < found.waited.high


def test_a_call_that_may_not_wait_is_lost_as_erlang_says(room: Callable[..., Any]) -> None:
    """When nothing waits (lost after no minutes), M/M/2 loses Erlang's share B = (a^2 / 2) / (1 + a + a^2 / 2)."""
    weekly = 400
    built = queue(room, 2, weekly)
    instance = with_response(built, pass_on_minutes=0, lost_minutes=0)
    prepared = prepare_calls(instance, built.contract, built.matrix(), built.plan())
    found = simulated(played_calls(prepared, exponential(drawn_calls(instance, 60, 7))))
    load = weekly * SERVICE / 10_080
    lost = load**2 / 2 / (1 + load + load**2 / 2)
    low, high = (each / weekly for each in (found.outcomes["lost"].low, found.outcomes["lost"].high))
    assert low < lost < high
