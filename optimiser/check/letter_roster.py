"""The referee of rosters of letters: what breaks a limit, and what the roster costs.

Written from the definition of the benchmark (Curtois and Qu 2014), person by person and day by day; it reads neither
the rule instances nor anything that plans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from optimiser.domain.letter_roster import FREE, LetterPerson, LetterProblem, Letters


@dataclass(frozen=True, order=True)
class LetterViolation:
    """A broken limit of one person: its name, the day it shows (0 for totals), what is required and what was found."""

    person: str
    limit: str
    day: int
    required: int
    found: int


@dataclass(frozen=True)
class LetterReport:
    """The verdict: broken limits, and the cost in three parts."""

    violations: tuple[LetterViolation, ...]
    requests: int
    under: int
    over: int

    @property
    def cost(self) -> int:
        """The objective of the benchmark."""
        return self.requests + self.under + self.over


def check_letters(problem: LetterProblem, roster: Letters) -> LetterReport:
    """Judge a roster. Raises ``ValueError`` when it has not one known letter for each person and day."""
    if len(roster) != len(problem.staff) or any(
        len(row) != problem.days or not all(0 <= letter <= len(problem.shifts) for letter in row) for row in roster
    ):
        raise ValueError("a roster has one letter for each person and day")
    broken = [
        each
        for person, row in zip(problem.staff, roster, strict=True)
        for each in (*_days(problem, person, row), *_runs(person, row), *_totals(problem, person, row))
    ]
    there = Counter((day, letter - 1) for row in roster for day, letter in enumerate(row) if letter != FREE)
    missed = sum(
        request.weight
        for request in problem.requests
        if (roster[request.person][request.day] == request.shift + 1) != request.wanted
    )
    short = [(each, each.needed - there[each.day, each.shift]) for each in problem.cover]
    under = sum(each.under * lacking for each, lacking in short if lacking > 0)
    over = sum(-each.over * lacking for each, lacking in short if lacking < 0)
    return LetterReport(tuple(sorted(broken)), missed, under, over)


def _days(problem: LetterProblem, person: LetterPerson, row: tuple[int, ...]) -> Iterator[LetterViolation]:
    """Fixed days off, and shifts that may not follow the shift of the day before."""
    for day in person.days_off:
        if row[day] != FREE:
            yield LetterViolation(person.id, "day_off", day, FREE, row[day])
    for day, (letter, following) in enumerate(zip(row, row[1:], strict=False)):
        if FREE not in (letter, following) and problem.shifts[following - 1].id in problem.shifts[letter - 1].not_next:
            yield LetterViolation(person.id, "succession", day, letter, following)


def _runs(person: LetterPerson, row: tuple[int, ...]) -> Iterator[LetterViolation]:
    """Lengths of runs of shifts and of days off; a run at either end of the horizon is never too short."""
    day = 0
    for works, run in groupby(row, key=lambda letter: letter != FREE):
        length = len(list(run))
        inside = day > 0 and day + length < len(row)
        if works and length > person.most_run:
            yield LetterViolation(person.id, "longest_run", day, person.most_run, length)
        if works and inside and length < person.least_run:
            yield LetterViolation(person.id, "shortest_run", day, person.least_run, length)
        if not works and inside and length < person.least_free_run:
            yield LetterViolation(person.id, "days_off", day, person.least_free_run, length)
        day += length


def _totals(problem: LetterProblem, person: LetterPerson, row: tuple[int, ...]) -> Iterator[LetterViolation]:
    """Minutes, numbers of each shift, and weekends with a shift on Saturday or Sunday."""
    minutes = sum(problem.shifts[letter - 1].minutes for letter in row if letter != FREE)
    if minutes > person.most_minutes:
        yield LetterViolation(person.id, "most_minutes", 0, person.most_minutes, minutes)
    if minutes < person.least_minutes:
        yield LetterViolation(person.id, "least_minutes", 0, person.least_minutes, minutes)
    for shift, most in zip(problem.shifts, person.most_of, strict=True):
        count = sum(letter != FREE and problem.shifts[letter - 1].id == shift.id for letter in row)
        if count > most:
            yield LetterViolation(person.id, f"number_of_shifts.{shift.id}", 0, most, count)
    worked = {day // 7 for day, letter in enumerate(row) if letter != FREE and day % 7 >= 5}
    if len(worked) > person.most_weekends:
        yield LetterViolation(person.id, "weekends", 0, person.most_weekends, len(worked))
