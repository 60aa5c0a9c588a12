"""Base rosters, own entries and wishes: what a plan keeps, what it leaves at which price, and what stands instead.

A conflict is a place (a cover row of one day) for which more nurses entered than it takes, or that is full without a
nurse who entered for it. Both nurses hear of it, neither hears the other's reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from optimiser.check.case import Case
from optimiser.check.wishes import is_met
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.scenario.cover import cover_days

What = Literal["base", "own", "wish", "work", "free"]
GIVEN = ("base", "own", "wish")
"""Those that ask for one duty of one kind; the others are wishes for a day."""
Reason = Callable[[str, str, date], str]
"""Nurse, kind, day -> why she cannot have that duty, in words; empty when she could."""


@dataclass(frozen=True)
class Held:
    """A nurse (id) with a duty of a kind (id), in the plan or among what was entered; a wish for a day has no kind."""

    nurse: str
    kind: str


@dataclass(frozen=True)
class Entry:
    """One given duty (``base``, ``own``, ``wish``) or one wish for a day (``work``, ``free``).

    ``asked`` is a kind id; of ``work`` a category, or empty for any; of ``free`` empty. ``price`` is what not keeping
    it costs, in minute-equivalents. Only of what was not kept: ``instead`` holds the kinds of the duties that she has
    that day (none: free), ``holders`` who fills its place (empty unless every such place is full), ``reason`` which
    rule forbids it. ``rivals`` entered for the same place, which takes fewer than entered (of one
    that was kept: only those who did not get it).
    """

    nurse: str
    day: date
    what: What
    asked: str
    kept: bool
    price: int
    instead: tuple[str, ...] = ()
    holders: tuple[Held, ...] = ()
    rivals: tuple[Held, ...] = ()
    reason: str = ""

    @property
    def conflict(self) -> bool:
        """Whether somebody else entered for its place, or has it while this entry was not kept."""
        return bool(self.rivals or self.holders)


def entries(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, reason: Reason | None = None
) -> tuple[Entry, ...]:
    """Every base duty, own entry and wish of the horizon, in order of day and nurse.

    ``reason`` is asked about each given duty that was not kept although its place is not taken.
    """
    case = Case(instance, contract, travel, plan)
    found = sorted(_asked(case), key=lambda each: (each.day, each.nurse, each.what, each.asked))
    places = _Places(case, found)
    return tuple(_answered(case, places, entry, reason) for entry in found)


def _asked(case: Case) -> list[Entry]:
    """What was entered, kept or not, with its price."""
    instance, weights = case.instance, case.instance.weights
    held = {(duty.nurse, duty.kind, duty.day) for duty in case.duties}
    given = [
        Entry(
            row.nurse, row.day, row.status, row.kind, (row.nurse, row.kind, row.day) in held,
            weights.base_changed if row.status == "base" else weights.own_entry_refused,
        )
        for row in instance.duties_given
        if row.status != "published"
    ]  # fmt: skip
    wished = [
        Entry(wish.nurse, wish.day, wish.wish, wish.category or "", is_met(case, wish),
              wish.weight * weights.wish_refused)
        for wish in instance.wishes
    ]  # fmt: skip
    return [each for each in (*given, *wished) if 0 <= case.clock.day_number(each.day) < instance.days]


def _answered(case: Case, places: _Places, entry: Entry, reason: Reason | None) -> Entry:
    """The entry with what stands instead, who has its place and why it was not kept."""
    rivals = places.rivals(entry)
    if entry.kept:
        return replace(entry, rivals=rivals)
    instead = tuple(duty.kind for duty in case.duties_of.get(entry.nurse, ()) if duty.day == entry.day)
    holders = places.holders(entry)
    ask = reason if entry.what in GIVEN and not holders else None
    why = ask(entry.nurse, entry.asked, entry.day) if ask else ""
    return replace(entry, instead=instead, holders=holders, rivals=rivals, reason=why)


class _Places:
    """Cover rows day by day, which entries count for each, and who fills them in the plan."""

    def __init__(self, case: Case, found: list[Entry]) -> None:
        self._instance = instance = case.instance
        self._rows = cover_days(instance, case.contract)
        self._numbers = {nurse.id: number for number, nurse in enumerate(instance.nurses)}
        self._entered: list[list[Entry]] = [[] for _ in self._rows]
        for entry in found:
            for row in self._of(entry):
                self._entered[row].append(entry)
        self._filled: list[list[Held]] = [[] for _ in self._rows]
        kinds = {kind.id: number for number, kind in enumerate(instance.shift_kinds)}
        for duty in case.duties:
            key = (case.clock.day_number(duty.day), kinds[duty.kind])
            for number, cover in enumerate(self._rows):
                if duty.follows is None and key in cover.duties and self._numbers[duty.nurse] in cover.nurses:
                    self._filled[number].append(Held(duty.nurse, duty.kind))

    def _of(self, entry: Entry) -> list[int]:
        """The rows that the asked duty would count for."""
        if entry.what == "free":
            return []
        day, nurse = self._instance.clock.day_number(entry.day), self._numbers[entry.nurse]
        kinds = {
            number for number, kind in enumerate(self._instance.shift_kinds)
            if kind.id == entry.asked
            or (entry.what == "work" and kind.lane == "work" and entry.asked in ("", kind.category))
        }  # fmt: skip
        return [
            number for number, row in enumerate(self._rows)
            if nurse in row.nurses and any((day, kind) in row.duties for kind in kinds)
        ]  # fmt: skip

    def _takes(self, row: int) -> int:
        return max(self._rows[row].minimum, self._rows[row].wanted)

    def holders(self, entry: Entry) -> tuple[Held, ...]:
        """Who fills the places of an entry, when all of them are full."""
        rows = self._of(entry)
        if any(len(self._filled[row]) < self._takes(row) for row in rows):
            return ()
        return _others(entry, [held for row in rows for held in self._filled[row]])

    def rivals(self, entry: Entry) -> tuple[Held, ...]:
        """Who else entered for a place of the entry that takes fewer than entered; who got hers sees who did not."""
        tight = [each for row in self._of(entry) if self._tight(row) for each in self._entered[row]]
        asked = [each for each in tight if not (entry.kept and each.kept)]
        return _others(entry, [Held(each.nurse, each.asked if each.what in GIVEN else "") for each in asked])

    def _tight(self, row: int) -> bool:
        entered = self._entered[row]
        return len({each.nurse for each in entered}) > self._takes(row) and not all(each.kept for each in entered)


def _others(entry: Entry, found: list[Held]) -> tuple[Held, ...]:
    return tuple(dict.fromkeys(held for held in found if held.nurse != entry.nurse))
