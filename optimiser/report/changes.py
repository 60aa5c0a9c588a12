"""What a plan changes for clients and nurses against the one they were told, one line each, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from optimiser.check.changes import TOLERATED_MINUTES
from optimiser.domain.events import Absent, Accepted, Agreed, Cancelled, Event, Held, OtherMode, SlowTravel
from optimiser.domain.plan import BREAK, Plan
from optimiser.texts import Language, text

Reason = Literal["absent", "agreed", "late", "mode", "slow", "cancelled", "accepted", "pair", "room"]


@dataclass(frozen=True)
class Place:
    """Who does a part of a visit, and when (horizon minutes); ``duty`` is the id of the duty that holds it."""

    nurse: str
    start: int
    end: int
    duty: str


@dataclass(frozen=True)
class Change:
    """One part of a visit or task that changed. ``before`` is None for work nobody did, ``after`` for what nobody does.

    ``counted``: another nurse, or a start moved by more than 15 minutes. ``because`` is the nurse or visit that the
    reason names; ``price`` what the work costs at its new place, in minute-equivalents, where that was asked.
    """

    work: str
    part: int
    client: str
    before: Place | None
    after: Place | None
    reason: Reason
    because: str = ""
    price: int | None = None

    @property
    def counted(self) -> bool:
        """Whether it is a change for the client."""
        if self.before is None or self.after is None:
            return self.before is not self.after and self.reason != "cancelled"
        return self.before.nurse != self.after.nurse or abs(self.before.start - self.after.start) > TOLERATED_MINUTES

    @property
    def nurses(self) -> tuple[str, ...]:
        """Whom it touches."""
        return tuple(dict.fromkeys(place.nurse for place in (self.before, self.after) if place is not None))

    def sentence(self, language: Language) -> str:
        """The reason in words."""
        return text(f"change.reason.{self.reason}", language, because=self.because)


def changes_between(clients: dict[str, str], parent: Plan, plan: Plan) -> tuple[Change, ...]:
    """Every part of work whose nurse or start differs, in order of time. ``clients``: visit id -> client id (tasks have
    none)."""
    before, after = dict(_places(parent)), dict(_places(plan))
    new = [event for event in plan.events if event not in parent.events]
    found = [
        Change(work, part, clients.get(work, ""), before.get((work, part)), after.get((work, part)), "room")
        for work, part in sorted(before.keys() | after.keys())
        if not _same(before.get((work, part)), after.get((work, part)))
    ]
    moved = {(change.work, change.part) for change in found}
    reasoned = [_with_reason(change, new, plan, moved) for change in found]
    return tuple(sorted(reasoned, key=lambda each: ((each.after or each.before).start, each.work, each.part)))  # type: ignore[union-attr]


def changed_visits(changes: tuple[Change, ...]) -> set[str]:
    """The visits that changed for their client and are still done (the term ``changed_visit``)."""
    return {each.work for each in changes if each.counted and each.before and each.after and each.client}


def touched_nurses(parent: Plan, plan: Plan) -> tuple[str, ...]:
    """Nurses any of whose duties or routes differ by a minute."""
    def own(some: Plan) -> dict[str, list[tuple[object, ...]]]:
        return {
            nurse: [(duty.kind, duty.start, duty.end, duty.routes) for duty in duties]
            for nurse, duties in some.duties_of.items()
        }  # fmt: skip

    old, now = own(parent), own(plan)
    return tuple(sorted(nurse for nurse in old.keys() | now.keys() if old.get(nurse) != now.get(nurse)))


def _places(plan: Plan) -> Iterator[tuple[tuple[str, int], Place]]:
    for duty in plan.duties:
        for stop in duty.stops:
            if stop.what != BREAK:
                yield (stop.id, stop.part), Place(duty.nurse, stop.start, stop.end, duty.id)


def _same(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.nurse, one.start) == (other.nurse, other.start)


def _with_reason(change: Change, events: list[Event], plan: Plan, moved: set[tuple[str, int]]) -> Change:
    """The first event that touches the visit or its nurse of before, else the other part, else room for others."""
    before, after = change.before, change.after
    for event in events:
        if isinstance(event, Cancelled) and change.work in event.visits:
            return replace(change, reason="cancelled", because=event.by)
        if isinstance(event, Absent) and before and before.nurse == event.nurse and before.start >= event.at:
            return replace(change, reason="absent", because=event.nurse)
        if isinstance(event, Accepted) and change.work.split("/")[0] == event.referral.order.id:
            return replace(change, reason="accepted", because=event.referral.order.id)
        if isinstance(event, Agreed) and before and _gave(event, before, plan):
            return replace(change, reason="agreed", because=before.nurse)
        if isinstance(event, Held) and before and before.nurse == event.nurse and before.start >= event.start:
            return replace(change, reason="late", because=event.nurse)
        if isinstance(event, OtherMode) and any(each and each.nurse == event.nurse for each in (before, after)):
            return replace(change, reason="mode", because=event.nurse)
        if isinstance(event, SlowTravel) and (after or before) and event.day.isoformat() in (after or before).duty:  # type: ignore[union-attr]
            return replace(change, reason="slow", because=event.day.isoformat())
    if (change.work, 3 - change.part) in moved:
        return replace(change, reason="pair", because=change.work)
    return change


def _gave(event: Agreed, before: Place, plan: Plan) -> bool:
    return any(before.duty.startswith(f"{nurse}/{day}") for nurse, day, _ in event.gone)
