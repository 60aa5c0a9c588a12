"""Shift kinds of several lengths, and the cover rows."""

from __future__ import annotations

from typing import Any

from optimiser.domain.duty import Cover, ShiftKind
from optimiser.domain.noun import WEEKDAYS

EXPECTED_CALL_MINUTES = 60
"""Turn-outs expected in one night on call (an assumption: 0.7 calls of about 85 minutes with travel)."""


def _clock(text: str) -> int:
    hours, minutes = text.split(":")
    return 60 * int(hours) + int(minutes)


def clock_kind(
    code: str, name: str, category: str, start: str, end: str, break_in: str = "", **more: Any
) -> ShiftKind:  # fmt: skip
    """A kind by the clock (``23:00``); ``break_in`` holds the half hour of its break."""
    rest: dict[str, Any] = {}
    if break_in:
        first, last = break_in.split("-")
        rest = {"break_minutes": 30, "break_from": _clock(first), "break_until": _clock(last)}
    return ShiftKind.model_validate(
        {"id": code, "code": code, "name": name, "category": category, "start": _clock(start), "end": _clock(end)}
        | rest | more
    )  # fmt: skip


def shift_kinds(awake_nights: bool) -> tuple[ShiftKind, ...]:
    """Early, day, short, mid and evening kinds, and the night: on call from home, or awake."""
    night = (
        clock_kind("N", "Nachtdienst", "night", "22:45", "31:15", "25:00-29:30")
        if awake_nights
        else clock_kind(
            "B", "Bereikbaarheidsdienst nacht", "night", "23:00", "31:00",
            lane="standby", expected_call_minutes=EXPECTED_CALL_MINUTES,
        )
    )  # fmt: skip
    return (
        clock_kind("V", "Vroege dienst", "day", "06:30", "15:00", "09:30-13:00"),
        clock_kind("D", "Dagdienst", "day", "07:00", "15:30", "10:00-13:30"),
        clock_kind("D2", "Dagdienst later", "day", "07:30", "16:00", "10:30-14:00"),
        clock_kind("K", "Korte ochtend", "day", "07:30", "12:30"),
        clock_kind("K2", "Ochtend", "day", "08:00", "13:30"),
        clock_kind("M", "Tussendienst", "mid", "10:30", "19:00", "13:00-17:00"),
        clock_kind("L", "Late dienst", "evening", "14:30", "23:00", "17:00-20:30"),
        clock_kind("L2", "Late dienst tot 23:30", "evening", "15:00", "23:30", "17:30-21:00"),
        clock_kind("A", "Korte avond", "evening", "17:30", "23:00"),
        night,
    )


def cover(organisations: tuple[str, ...], awake_nights: bool) -> tuple[Cover, ...]:
    """For each organisation: weekday mornings, weekend mornings, evenings and nights."""
    rows: list[Cover] = []
    for name in organisations:
        rows += [
            Cover(id=f"dag-week-{name}", organisation=name, weekdays=WEEKDAYS[:5], from_time=_clock("08:00"),
                  until_time=_clock("12:30"), minimum=2, wanted=2),
            Cover(id=f"dag-weekend-{name}", organisation=name, weekdays=WEEKDAYS[5:], from_time=_clock("08:00"),
                  until_time=_clock("12:30"), minimum=1, wanted=2),
            Cover(id=f"avond-{name}", organisation=name, weekdays=WEEKDAYS, from_time=_clock("17:30"),
                  until_time=_clock("22:30"), minimum=1, wanted=2),
            Cover(id=f"nacht-{name}", organisation=name, weekdays=WEEKDAYS, from_time=_clock("23:00"),
                  until_time=_clock("31:00"), lane="work" if awake_nights else "standby", minimum=1, wanted=1),
        ]  # fmt: skip
    return tuple(rows)
