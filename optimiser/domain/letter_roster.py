"""A roster of letters: one shift or free on each day for each person, without clocks, places or visits.

Public rostering benchmarks speak this language. Letter 0 is free, letter n is shift number n - 1. Sets of letters are
masks of bits (bit n is letter n), so that ``DayWord`` reads them as it reads classes of days. In these problems the
days outside the horizon are unknown: they meet no mask.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from optimiser.domain.row_rules import DayWord, RuleId

FREE = 0
"""The letter of a day without a shift."""
FREE_MASK = 1
Letters = tuple[tuple[int, ...], ...]
"""A roster: ``letters[person][day]``."""


@dataclass(frozen=True)
class LetterShift:
    """A shift: its length in minutes, and the ids of shifts that may not follow on the next day."""

    id: str
    minutes: int
    not_next: tuple[str, ...] = ()


@dataclass(frozen=True)
class LetterPerson:
    """A person with limits over the whole horizon. ``most_of`` has one number per shift, ``days_off`` are day numbers.

    Runs are consecutive days with any shift; a weekend counts when its Saturday or Sunday has one.
    """

    id: str
    most_of: tuple[int, ...]
    most_minutes: int
    least_minutes: int
    most_run: int
    least_run: int
    least_free_run: int
    most_weekends: int
    days_off: tuple[int, ...] = ()


@dataclass(frozen=True)
class LetterRequest:
    """A wish to have (``wanted``) or not to have a shift on a day; not met, it costs ``weight``."""

    person: int
    day: int
    shift: int
    weight: int
    wanted: bool


@dataclass(frozen=True)
class LetterCover:
    """How many people a shift needs on a day, and what each one too few (``under``) or too many (``over``) costs."""

    day: int
    shift: int
    needed: int
    under: int
    over: int


@dataclass(frozen=True)
class LetterTotal:
    """A total over the horizon: of each group of days the largest size among its letters, summed, is at least
    ``least`` and at most ``most``. ``sizes`` has one number per letter; single days as groups give a plain sum."""

    id: RuleId
    sizes: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]
    most: int
    least: int = 0


LetterRule = DayWord | LetterTotal
"""The shapes of rules over one person's letters; ``id.nurse`` says whose."""


@dataclass(frozen=True)
class LetterProblem:
    """The whole problem. Day 0 is a Monday. ``rules`` are the limits of the staff as instances of row rules."""

    name: str
    days: int
    shifts: tuple[LetterShift, ...]
    staff: tuple[LetterPerson, ...]
    requests: tuple[LetterRequest, ...]
    cover: tuple[LetterCover, ...]
    rules: tuple[LetterRule, ...] = ()

    @cached_property
    def rules_of(self) -> dict[str, tuple[LetterRule, ...]]:
        """Id of a person -> the rules that hold for her."""
        return {person.id: tuple(rule for rule in self.rules if rule.id.nurse == person.id) for person in self.staff}

    @cached_property
    def allowed(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """``allowed[person][day]``: the letters that fixed days off and a maximum of none leave."""
        return tuple(
            tuple(
                (FREE,)
                if day in person.days_off
                else (FREE, *(number + 1 for number, most in enumerate(person.most_of) if most > 0))
                for day in range(self.days)
            )
            for person in self.staff
        )

    @property
    def weekends(self) -> tuple[tuple[int, ...], ...]:
        """The days of each weekend that lie in the horizon."""
        pairs = (tuple(day for day in (low, low + 1) if day < self.days) for low in range(5, self.days, 7))
        return tuple(pairs)
