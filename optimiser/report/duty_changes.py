"""Which duties changed between two versions of a roster: who got, lost or changed one, and why as far as is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from optimiser.domain.events import Absent, Agreed, Event
from optimiser.domain.plan import Duty, Plan

DutyReason = Literal["absent", "agreed", "companion", "draft", "unexplained"]


@dataclass(frozen=True)
class DutyChange:
    """One duty of one nurse that came (``before`` is None), went (``after`` is None) or became another.

    ``reason``: an event since the earlier version explains it (``absent``, ``agreed``), it goes with the companion of a
    student, the earlier version was a draft that nobody had been told, or nothing explains it. ``note`` is what was
    said with the event; ``other`` the nurse who took it over or had it before, where that is beyond doubt.
    """

    nurse: str
    day: date
    before: Duty | None
    after: Duty | None
    reason: DutyReason
    note: str = ""
    other: str = ""

    @property
    def what(self) -> Literal["comes", "goes", "other"]:
        """What happened to her."""
        return "comes" if self.before is None else "goes" if self.after is None else "other"


def duty_changes(parent: Plan, plan: Plan) -> tuple[DutyChange, ...]:
    """Every duty that differs in kind or time, by day and nurse. Routes are not compared (``changes_between`` does)."""
    events = [event for event in plan.events if event not in parent.events]
    told = parent.published is not None
    found = [
        _with_reason(DutyChange(nurse, day, before, after, "unexplained" if told else "draft"), events)
        for (nurse, day), before, after in _pairs(parent, plan)
    ]
    return tuple(_handed_over(sorted(found, key=lambda each: (each.day, each.nurse, each.what))))


def _pairs(parent: Plan, plan: Plan) -> Iterable[tuple[tuple[str, date], Duty | None, Duty | None]]:
    """What differs of a nurse on a day, lane by lane; one that went and one that came are one change."""
    old, new = _by_lane(parent), _by_lane(plan)
    for nurse, day, lane in sorted(old.keys() | new.keys()):
        had, has = old.get((nurse, day, lane), []), new.get((nurse, day, lane), [])
        same = {_shape(duty) for duty in had} & {_shape(duty) for duty in has}
        gone = [duty for duty in had if _shape(duty) not in same]
        come = [duty for duty in has if _shape(duty) not in same]
        for number in range(max(len(gone), len(come))):
            before = gone[number] if number < len(gone) else None
            yield (nurse, day), before, come[number] if number < len(come) else None


def _by_lane(plan: Plan) -> dict[tuple[str, date, str], list[Duty]]:
    table: dict[tuple[str, date, str], list[Duty]] = defaultdict(list)
    for duty in sorted(plan.duties, key=lambda each: each.start):
        table[duty.nurse, duty.day, duty.lane].append(duty)
    return table


def _shape(duty: Duty) -> tuple[str, int, int]:
    return duty.kind, duty.start, duty.end


def _with_reason(change: DutyChange, events: list[Event]) -> DutyChange:
    """The first event that names either duty; a student's duty goes with her companion's."""
    before, after = change.before, change.after
    for event in events:
        if isinstance(event, Absent) and before is not None and before.id in {name for name, _ in event.duties}:
            return replace(change, reason="absent", note=event.reason)
        if isinstance(event, Agreed) and (_named(before, event.gone) or _named(after, event.new)):
            return replace(change, reason="agreed", note=event.reason)
    if change.reason == "unexplained" and any(duty is not None and duty.follows for duty in (before, after)):
        return replace(change, reason="companion")
    return change


def _named(duty: Duty | None, rows: Iterable[tuple[str, date, str]]) -> bool:
    return duty is not None and (duty.nurse, duty.day, duty.kind) in set(rows)


def _handed_over(found: list[DutyChange]) -> Iterable[DutyChange]:
    """Names the other side where exactly one duty of a kind and day went and exactly one came."""
    went, came = _sides(found, "before"), _sides(found, "after")
    for change in found:
        give, take = change.before or change.after, change.after or change.before
        assert give is not None and take is not None
        key = (change.day, take.kind) if change.what != "goes" else (change.day, give.kind)
        others = went[key] if change.what != "goes" else came[key]
        mine = came[key] if change.what != "goes" else went[key]
        clear = len(others) == 1 and len(mine) == 1 and others[0] != change.nurse
        yield replace(change, other=others[0]) if clear else change


def _sides(found: list[DutyChange], side: Literal["before", "after"]) -> dict[tuple[date, str], list[str]]:
    table: dict[tuple[date, str], list[str]] = defaultdict(list)
    for change in found:
        duty = change.before if side == "before" else change.after
        if duty is not None:
            table[change.day, duty.kind].append(change.nurse)
    return table
