"""The kinds of duty of both services."""

from __future__ import annotations

from typing import Any

from instances.generator.anw_calls import VisitLoad
from instances.generator.kinds import clock_kind
from optimiser.domain.duty import ShiftKind
from optimiser.domain.noun import WEEKDAYS

POST = "post-centrale"
"""The place where the triage nurse of the medical service sits."""
BACK_UP_CALL_MINUTES = 20
"""Work by calls in one back-up duty of a nurse (an assumption: one night in three a turn-out of an hour)."""
ONE_WAY = {1: 40, 2: 30, 3: 25, 8: 15}
"""Minutes of travel to a visit of a physician, by the number of first lines in the province (an assumption)."""


def nursing_kinds() -> tuple[ShiftKind, ...]:
    """Own days and half days (which fill contracts) without routes; evenings, nights and weekend days that answer
    calls; the back-up from home."""
    own_day: dict[str, Any] = {"carries_route": False, "weekdays": WEEKDAYS[:5]}
    back_up: dict[str, Any] = {"lane": "standby", "line": 2, "expected_call_minutes": BACK_UP_CALL_MINUTES,
                               "carries_route": False}  # fmt: skip
    return (
        clock_kind("D", "Dagdienst", "day", "08:00", "16:30", "11:00-14:30", **own_day),
        clock_kind("K", "Korte dagdienst", "day", "08:30", "12:30", **own_day),
        clock_kind("W", "Weekend- of feestdagdienst", "day", "07:00", "15:30", "10:00-13:30", line=1),
        clock_kind("A", "Avonddienst", "evening", "15:00", "23:00", "17:00-20:30", line=1),
        clock_kind("A2", "Korte avonddienst", "evening", "17:30", "23:00", line=1),
        clock_kind("N", "Nachtdienst", "night", "23:00", "31:00", "25:00-29:30", line=1),
        clock_kind("B", "Achterwacht avond en nacht", "night", "17:00", "31:00", weekdays=WEEKDAYS[:5], **back_up),
        clock_kind("BW", "Achterwacht weekend", "night", "07:00", "31:00", weekdays=WEEKDAYS[5:], **back_up),
    )


def medical_kinds(
    divisions: dict[str, dict[str, tuple[str, tuple[str, ...]]]], own: int, load: VisitLoad
) -> tuple[ShiftKind, ...]:
    """Own days and half days without routes; the first line from home for the own service (of ``own`` institutions)
    and for each area, the back-up, and triage at the post. Each is for who may do it: nobody fills her hours with
    another's work."""
    own_day: dict[str, Any] = {"carries_route": False, "weekdays": WEEKDAYS[:5]}
    triage: dict[str, Any] = {"carries_route": False, "waits_at": POST, "skills": ("triage",)}
    kinds = [
        # a day joins the nights before and after it: who has her day may be on call that evening
        clock_kind("D", "Dagdienst", "day", "08:30", "17:00", "12:00-14:00", **own_day),
        clock_kind("K", "Halve dag", "day", "08:30", "12:30", **own_day),
        *_on_call("E", "Eerste lijn", 1, "", *load.minutes(own, ONE_WAY[own])),
        *_on_call("B", "Achterwacht", 2, "", BACK_UP_CALL_MINUTES, BACK_UP_CALL_MINUTES),
    ]
    for division in divisions.values():
        for number, (area, (name, _)) in enumerate(division.items(), start=1):
            minutes = load.minutes(len(division), ONE_WAY[len(division)])
            kinds += _on_call(f"E{len(division)}{number}", f"Eerste lijn {name}", 1, area, *minutes)
    return (
        *kinds,
        clock_kind("TA", "Triage avond", "evening", "17:00", "23:00", "18:30-21:30", **triage),
        clock_kind("TN", "Triage nacht", "night", "23:00", "32:00", "25:30-29:30", **triage),
        clock_kind("TD", "Triage weekend of feestdag", "mid", "08:00", "17:00", "11:30-14:30", **triage),
    )


def _on_call(code: str, name: str, line: int, area: str, night: int, day: int) -> list[ShiftKind]:
    """From home, by physicians, the back-up by specialists: evening and night, the day of a weekend or holiday, with
    the minutes of work that calls bring."""

    def home(minutes: int) -> dict[str, Any]:
        return {
            "lane": "standby", "line": line, "area": area, "carries_route": False, "expected_call_minutes": minutes,
            "skills": ("medisch",) if line == 1 else ("so",),
        }  # fmt: skip

    return [
        clock_kind(f"{code}N", f"{name} avond en nacht", "night", "17:00", "32:00", **home(night)),
        clock_kind(f"{code}W", f"{name} weekend of feestdag", "day", "08:00", "17:00", **home(day)),
    ]
