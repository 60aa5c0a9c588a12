"""The few figures between two maps: travel, home legs, open visits and paid hours, by duty so that a choice adds up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maps.team_data import Choices, Driven
from maps.words import Words
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.kpis import duty_time
from optimiser.texts import signed

FIGURES = ("travel", "home", "open", "paid")
"""Minutes between stops, minutes from and to home, open visits, paid minutes."""
EVERY = -1
"""Stands for a kind or nurse that cannot be chosen: counts only where all are chosen."""


def duty_rows(words: Words, travel: TravelMatrix, plan: Plan, can: Choices) -> list[list[int]]:
    """[day, kind, employer, nurse, travel, home, paid] of each duty, then of each paid task outside routes.

    The sums over all rows are ``travel_minutes``, ``home_leg_minutes`` and ``paid_hours`` of ``summary.json``.
    """
    instance = words.instance
    rows = []
    for duty in plan.duties:
        time = duty_time(instance, travel, duty)
        kind = can.kinds.index(duty.kind) if duty.kind in can.kinds else EVERY
        day = instance.clock.day_number(duty.day)
        rows.append([day, kind, *_who(words, can, duty.nurse), time.legs, time.home_legs, time.paid])
    for task in instance.tasks:
        day = instance.clock.day_number(task.day)
        if not task.in_route and task.paid and task.nurse is not None and 0 <= day < instance.days:
            rows.append([day, EVERY, *_who(words, can, task.nurse), 0, 0, task.minutes])
    return rows


def _who(words: Words, can: Choices, nurse: str) -> tuple[int, int]:
    employer = words.instance.nurse_by_id[nurse].organisation
    return can.organisations.index(employer), can.nurses.index(nurse) if nurse in can.nurses else EVERY


def totals(rows: Sequence[Sequence[int]], shown: Driven, can: Choices, day: int | None = None) -> dict[str, int]:
    """Figure -> its sum over a day of the horizon, or (None) over all of it."""
    kept = [row for row in rows if day is None or row[0] == day]
    number = can.instance.clock.day_number
    opened = sum(1 for each in shown.work if each.open and (day is None or number(each.day) == day))
    sums = {name: sum(row[4 + place] for row in kept) for place, name in enumerate(("travel", "home", "paid"))}
    return sums | {"open": opened}


def figure_rows(words: Words, left: dict[str, int], right: dict[str, int]) -> list[dict[str, Any]]:
    """Name, both values and their difference as texts: hours with one decimal, visits as a number. The difference is
    that of the values as shown, so that the reader's own sum is right."""
    rows = []
    for name in FIGURES:
        if name == "open":
            cells = [words.whole(left[name]), words.whole(right[name])]
            cells.append(signed(right[name] - left[name], words.language))
        else:
            cells = [words.decimal(_tenths(each) / 10) for each in (left[name], right[name])]
            cells.append(signed((_tenths(right[name]) - _tenths(left[name])) / 10, words.language, 1))
        rows.append({"name": name, "cells": cells})
    return rows


def _tenths(minutes: int) -> int:
    """Tenths of hours, half a tenth up, as the script rounds."""
    return (minutes + 3) // 6
