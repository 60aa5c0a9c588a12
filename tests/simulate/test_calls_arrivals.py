"""Calls that are drawn: how many, when, and what they ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import sqrt
from typing import Any

import numpy as np

from optimiser.domain.call_share import call_share
from optimiser.domain.calls import CallHours
from optimiser.simulate.calls_arrivals import draw_calls, generator, profile, service_minutes

HOUR, DAY = 60, 1440
SURE = 4.5
"""Standard deviations: seeds are fixed, and no bound is near."""


def filled(town: Callable[..., Any], **fields: Any) -> Any:
    """Evenings of weekdays weigh 2 an hour, nights and Sundays 1: two sources of 20 and 60 calls a week."""
    built = town(**fields).type(phone_percent=40, service_minutes=30, service_spread_percent=60)
    built.source("s", calls=20_000).source("u", calls=60_000)
    built.room.kind("N", "23:00", "31:00", line=1)
    for days, low, high, weight in (
        ("weekdays", 18, 23, 2), ("weekdays", 23, 31, 1), ("saturday", 23, 31, 1), ("sunday", 8, 31, 1),
    ):  # fmt: skip
        built.room.add(
            "call_hours", CallHours(type="t", days=days, from_time=low * HOUR, until_time=high * HOUR, weight=weight)
        )
    return built


def test_calls_of_each_hour_are_poisson(town: Callable[..., Any]) -> None:
    """The number in each hour of the week over 400 weeks has the mean and the variance of its rate.

    Weights of a week: 5 x (5 x 2 + 8) + 8 + 23 = 121, so an hour with weight 1 has 80 / 121 calls.
    """
    instance = filled(town).instance()
    drawn = draw_calls(instance, 400, 3)
    hour = (drawn.minute // HOUR).astype(int)
    counts = np.zeros((400, 7 * 24 + 7))
    np.add.at(counts, (drawn.round, hour), 1)
    for start in range(7, 7 * 24 + 7):
        mean = 80 * float(call_share(instance, "t", start * HOUR, (start + 1) * HOUR))
        assert abs(counts[:, start].mean() - mean) <= SURE * sqrt(mean / 400)
    assert counts[:, 20].mean() > 1.5 * counts[:, 24].mean() > 0 == counts[:, 12].sum()
    assert abs(counts[:, 20].var() / counts[:, 20].mean() - 1) < 0.35
    monday, sunday = counts[:, 7:31].sum(axis=1), counts[:, 6 * 24 : 7 * 24].sum(axis=1)
    assert abs(np.corrcoef(monday, sunday)[0, 1]) < 0.2


def test_sources_phone_and_lengths_are_as_the_tables_say(town: Callable[..., Any]) -> None:
    """A quarter of the calls are of s, 40 % are settled by telephone, visits take 30 minutes on average with a
    deviation of 18."""
    drawn = draw_calls(filled(town).instance(), 200, 4)
    size = len(drawn.minute)
    assert abs(size - 200 * 80) < SURE * sqrt(200 * 80)
    assert abs((drawn.source == 0).mean() - 0.25) < SURE * sqrt(0.1875 / size)
    assert abs(drawn.by_phone.mean() - 0.4) < SURE * sqrt(0.24 / size)
    assert abs(drawn.service.mean() - 30) < SURE * 18 / sqrt(size) and abs(drawn.service.std() / 18 - 1) < 0.1


def test_a_holiday_is_a_sunday(town: Callable[..., Any]) -> None:
    """Friday 25 December 2026 has calls by day; the Friday before has none."""
    built = filled(town, weeks=3, monday=date(2026, 12, 7))
    curve = profile(built.instance(), "t")
    by_hour = {int(low): float(value) for low, value in zip(curve.edges, curve.expected, strict=False)}
    assert by_hour[18 * DAY + 12 * HOUR] > 0 == by_hour[11 * DAY + 12 * HOUR]


def test_calls_come_while_the_plan_answers(town: Callable[..., Any]) -> None:
    """The night before the first day is not the plan's: calls begin at Monday 07:00 and end a week later."""
    drawn = draw_calls(filled(town).instance(), 50, 1)
    assert 7 * HOUR <= drawn.minute.min() < 7 * DAY <= drawn.minute.max() < 7 * DAY + 7 * HOUR


def test_rounds_are_parts_of_the_arrays_in_order_of_time(town: Callable[..., Any]) -> None:
    """``bounds`` cut the arrays by round, and times grow within a round."""
    drawn = draw_calls(filled(town).instance(), 5, 1)
    assert drawn.bounds[0] == 0 and drawn.bounds[-1] == len(drawn.minute)
    for number in range(5):
        part = slice(drawn.bounds[number], drawn.bounds[number + 1])
        assert (drawn.round[part] == number).all() and (np.diff(drawn.minute[part]) >= 0).all()


def test_calls_hang_on_the_seed_and_the_tables_alone(town: Callable[..., Any]) -> None:
    """More rounds, another source and other people leave the calls of a source as they were; another seed does not."""
    built = filled(town)
    before = draw_calls(built.instance(), 3, 7)
    built.room.duty("N1", "N", 0)
    built.source("v", calls=5_000)
    after = draw_calls(built.instance(), 4, 7)
    kept = (after.source < 2) & (after.round < 3)
    for name in ("minute", "source", "by_phone", "service"):
        assert (getattr(before, name) == getattr(after, name)[kept]).all()
    other = draw_calls(built.instance(), 3, 8)
    assert len(other.minute) != len(before.minute) or (other.minute != before.minute).any()


def test_without_spread_all_visits_take_as_long(town: Callable[..., Any]) -> None:
    """A deviation of nothing."""
    kind = filled(town).instance().call_types[0].model_copy(update={"service_spread_percent": 0})
    assert set(service_minutes(kind, generator(1), 5).tolist()) == {30.0}


def test_no_hours_or_no_calls_draw_nothing(town: Callable[..., Any]) -> None:
    """A type without hours, or a source of no calls."""
    built = town().type().source("s", calls=0)
    assert len(draw_calls(built.instance(), 3, 1).minute) == 0
