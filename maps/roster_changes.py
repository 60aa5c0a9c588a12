"""What changed since the last version, as marks on cells and as lines with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from maps.itinerary import title_of
from maps.words import Names, Words, name_of
from optimiser.domain.plan import Duty, Plan
from optimiser.report.call_list import client_of
from optimiser.report.call_words import event_words, reason_words
from optimiser.report.changes import Change, Place
from optimiser.report.duty_changes import DutyChange, duty_changes

SIGNS = {"comes": "+", "goes": "−", "other": "≠", "route": "~"}
"""A sign for each kind of change: it is read without its colour."""


@dataclass(frozen=True)
class ChangeLine:
    """One change in words; ``what`` is comes, goes, other or route. ``nurses`` are all whom it touches."""

    what: str
    day: date
    nurses: tuple[str, ...]
    words: str
    reason: str
    start: int = 0

    @property
    def sign(self) -> str:
        """The sign of its kind."""
        return SIGNS[self.what]


@dataclass(frozen=True)
class RosterChanges:
    """Changes of duties and of work between ``before`` and ``plan``. Without ``before`` only those of work are known,
    and with neither nothing is compared."""

    words: Words
    names: Names
    plan: Plan
    before: Plan | None = None
    work: Sequence[Change] = ()
    since: str = ""

    @property
    def compared(self) -> bool:
        """Whether there is an earlier version."""
        return self.before is not None or bool(self.work)

    @cached_property
    def duties(self) -> tuple[DutyChange, ...]:
        """Duties that came, went or became another."""
        return duty_changes(self.before, self.plan) if self.before is not None else ()

    @cached_property
    def by_cell(self) -> dict[tuple[str, date], tuple[ChangeLine, ...]]:
        """Nurse and date -> her changes there, duties first."""
        table: dict[tuple[str, date], list[ChangeLine]] = defaultdict(list)
        for line in (*self.duty_lines, *self.work_lines):
            for nurse in line.nurses:
                table[nurse, line.day].append(line)
        return {key: tuple(lines) for key, lines in table.items()}

    @cached_property
    def codes_before(self) -> dict[tuple[str, date], tuple[str, ...]]:
        """The codes of the duties that are gone, by nurse and date."""
        table: dict[tuple[str, date], tuple[str, ...]] = {}
        for each in self.duties:
            if each.before is not None:
                code = self.words.instance.kind_by_id[each.before.kind].code
                table[each.nurse, each.day] = (*table.get((each.nurse, each.day), ()), code)
        return table

    @cached_property
    def duty_lines(self) -> tuple[ChangeLine, ...]:
        """Each change of a duty in words."""
        return tuple(self._duty_line(each) for each in self.duties)

    def _duty_line(self, change: DutyChange) -> ChangeLine:
        said = {
            "who": self.who(change.nurse),
            "before": self._duty(change.before),
            "after": self._duty(change.after),
        }
        words = self.words(f"roster.change.{change.what}", **said)
        if change.other:
            key = "to" if change.what == "goes" else "from"
            words = f"{words}, {self.words(f'roster.change.{key}', who=self.who(change.other))}"
        reason = self.words(f"roster.change.why.{change.reason}")
        if change.note:
            reason = f"{reason} ({change.note})"
        start = (change.after or change.before).start  # type: ignore[union-attr]
        return ChangeLine(change.what, change.day, (change.nurse,), words, reason, start)

    def _duty(self, duty: Duty | None) -> str:
        if duty is None:
            return ""
        kind = self.words.instance.kind_by_id[duty.kind]
        return f"{kind.name} {self.words.span(duty.start, duty.end)}"

    @cached_property
    def work_lines(self) -> tuple[ChangeLine, ...]:
        """Each visit or task that another nurse does, or at another time."""
        return tuple(line for each in self.work for line in self._work_lines(each))

    def _work_lines(self, change: Change) -> list[ChangeLine]:
        words = self.words("roster.change.work", what=self._what(change), before=self._place(change.before),
                           after=self._place(change.after))  # fmt: skip
        reason = reason_words(change, self.words.language, self.who)
        cells: dict[date, list[str]] = {}
        for place in (change.before, change.after):
            if place is not None:
                nurses = cells.setdefault(_day(place), [])
                nurses += [place.nurse] if place.nurse not in nurses else []
        start = (change.after or change.before).start  # type: ignore[union-attr]
        return [ChangeLine("route", day, tuple(nurses), words, reason, start) for day, nurses in cells.items()]

    def _what(self, change: Change) -> str:
        client, task = client_of(self.words.instance, change.work), self.words.instance.task_by_id.get(change.work)
        return self.who(client) if client else title_of(self.words, task, self.plan) if task else change.work

    def _place(self, place: Place | None) -> str:
        if place is None:
            return self.words("roster.change.nobody")
        return f"{self.who(place.nurse)} {self.words.time(place.start)}"

    @cached_property
    def events(self) -> tuple[str, ...]:
        """What happened since, with the reasons that were given."""
        if self.before is None:
            return ()
        new = [event for event in self.plan.events if event not in self.before.events]
        return tuple(event_words(self.words.instance, event, self.words.language, self.who) for event in new)

    def who(self, identity: str) -> str:
        """The name behind an id, else the id."""
        return name_of(self.names, identity)


def _day(place: Place) -> date:
    """The date of its duty, whose id is ``nurse/date/lane``."""
    return date.fromisoformat(place.duty.split("/")[1])
