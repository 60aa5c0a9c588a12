"""Rosters of letters whose limits have prices: one letter or free on each day for each person, with what went before.

The wider noun beside ``letter_roster``: competitions in nurse rostering (INRC-II) price what Curtois and Qu (2014)
forbid, ask skills on each shift, and tell what everybody did before day 0. Letter 0 is free; any other letter is one
shift type with one skill.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

FREE = 0
"""The letter of a day without a shift."""
HARD = -1
"""The price of what must not be."""
Letters = tuple[tuple[int, ...], ...]
"""A roster: ``letters[person][day]``."""


@dataclass(frozen=True)
class PricedLimit:
    """A number that should lie between ``least`` and ``most``; each one too few costs ``under``, each one too many
    ``over`` (``HARD``: must not be)."""

    least: int
    most: int
    under: int = HARD
    over: int = HARD


@dataclass(frozen=True)
class PricedShift:
    """A shift type: its length, the numbers of the types that may not follow it on the next day, and how many days in
    a row it should be had (days with the same type, whatever the skill)."""

    id: str
    minutes: int
    not_next: frozenset[int]
    run: PricedLimit


@dataclass(frozen=True)
class Before:
    """How a person came to day 0. ``shift``: number of the type on the last day before, None when that was free;
    ``same``: days in a row with that type; ``worked`` and ``free``: days in a row with and without a shift (one of
    them is 0); ``assignments`` and ``weekends`` so far. Without history (None in ``PricedPerson.before``) a run that
    touches day 0 is never too short, and nothing was had."""

    shift: int | None
    same: int
    worked: int
    free: int
    assignments: int
    weekends: int


@dataclass(frozen=True)
class PricedPerson:
    """A person. ``may``: letters that she may have; ``days_off``: days on which she must be free; ``most_of``: for each
    shift type the most days of the whole horizon (hard). ``assignments`` (with those before) and ``minutes`` (of the
    horizon alone) are totals; ``weekends`` limits those with a shift on Saturday or Sunday, those before included;
    ``broken_weekend`` is the price of a weekend with a shift on one of its two days."""

    id: str
    may: frozenset[int]
    work_run: PricedLimit
    free_run: PricedLimit
    assignments: PricedLimit
    minutes: PricedLimit
    weekends: PricedLimit
    broken_weekend: int
    most_of: tuple[int, ...]
    days_off: frozenset[int] = frozenset()
    before: Before | None = None


@dataclass(frozen=True)
class PricedRequest:
    """A wish of a person not to have (or, ``wanted``, to have) one of some letters on a day; not met, it costs
    ``price``. Being free meets every wish not to have one."""

    person: int
    day: int
    letters: frozenset[int]
    price: int
    wanted: bool = False


@dataclass(frozen=True)
class PricedCover:
    """How many people should have a letter on a day: each one below ``minimum`` costs ``under_minimum``, each one
    below ``wanted`` (at least ``minimum``) ``under``, each one above ``wanted`` ``over``."""

    day: int
    letter: int
    minimum: int
    wanted: int
    under_minimum: int
    under: int
    over: int


@dataclass(frozen=True)
class PricedRoster:
    """The whole problem; day 0 is a Monday. Raises ``ValueError`` when two cover rows are of one day and letter.
    ``shift_of[letter]`` and ``skill_of[letter]`` are numbers (free: -1). Runs
    that reach the last day are never too short, and cost no more for being open."""

    name: str
    days: int
    shifts: tuple[PricedShift, ...]
    skills: tuple[str, ...]
    shift_of: tuple[int, ...]
    skill_of: tuple[int, ...]
    staff: tuple[PricedPerson, ...]
    requests: tuple[PricedRequest, ...]
    cover: tuple[PricedCover, ...]

    def __post_init__(self) -> None:
        if len({(each.day, each.letter) for each in self.cover}) < len(self.cover):
            raise ValueError("two cover rows of one day and letter")

    @cached_property
    def allowed(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """``allowed[person][day]``: letters that skills, days off, maxima of none and the day before day 0 leave."""
        return tuple(tuple(self._allowed(person, day) for day in range(self.days)) for person in self.staff)

    def _allowed(self, person: PricedPerson, day: int) -> tuple[int, ...]:
        if day in person.days_off:
            return (FREE,)
        last = person.before.shift if person.before and day == 0 else None
        barred = self.shifts[last].not_next if last is not None else frozenset()
        return (FREE, *(
            letter for letter in sorted(person.may)
            if self.shift_of[letter] not in barred and person.most_of[self.shift_of[letter]] > 0
        ))  # fmt: skip
