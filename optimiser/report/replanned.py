"""What a call list reads of a repaired plan. ``daily`` makes these; the report knows their shape only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from optimiser.domain.plan import Duty, Plan
from optimiser.report.changes import Change
from optimiser.texts import Language


class Spoken(Protocol):
    """A finding or a reason that says itself in words, with ids."""

    def sentence(self, language: Language) -> str:
        """The words."""


class Answer(Protocol):
    """Whether a nurse may have a duty, the rule that blocks it, and the signals it would add."""

    @property
    def possible(self) -> bool:
        """Whether no hard rule blocks it."""

    @property
    def duty(self) -> Duty:
        """The duty as she would have it."""

    @property
    def blocking(self) -> Spoken | None:
        """The first broken rule."""

    @property
    def signals(self) -> Sequence[Spoken]:
        """What it would be against without being forbidden."""


class Candidate(Protocol):
    """A nurse who may be asked. ``served`` and ``travel`` (minutes): what the plan serves and travels more with her,
    None where that was not tried."""

    @property
    def nurse(self) -> str:
        """Her id."""

    @property
    def answer(self) -> Answer:
        """Whether she may."""

    @property
    def wished_free(self) -> bool:
        """Whether she asked to be free that day."""

    @property
    def on_free_day(self) -> bool:
        """Whether the day lies in a longer stretch of free days."""

    @property
    def served(self) -> int | None:
        """Visits and tasks."""

    @property
    def travel(self) -> int | None:
        """Minutes."""


class Fallen(Protocol):
    """A duty that nobody has now: day, kind and who had it (ids)."""

    @property
    def day(self) -> date:
        """The day it starts on."""

    @property
    def kind(self) -> str:
        """The kind of duty."""

    @property
    def nurse(self) -> str:
        """Who had it."""


class Tried(Protocol):
    """A plan with its figures: visits changed, work left open, travel and home legs in minutes."""

    @property
    def plan(self) -> Plan:
        """The plan."""

    @property
    def changed(self) -> int:
        """Visits."""

    @property
    def open_work(self) -> int:
        """Visits and tasks."""

    @property
    def travel(self) -> int:
        """Minutes."""


class Replanned(Protocol):
    """A repaired plan with its changes, the other plans that were tried, and whom to ask for each fallen duty."""

    @property
    def plan(self) -> Plan:
        """The plan that was chosen."""

    @property
    def changes(self) -> Sequence[Change]:
        """What it changes."""

    @property
    def tries(self) -> Sequence[Tried]:
        """Others, by what a change costs in them."""

    @property
    def to_ask(self) -> Sequence[tuple[Fallen, Sequence[Candidate]]]:
        """Best to ask first."""
