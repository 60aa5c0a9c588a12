"""The referee of rosters whose limits have prices: what breaks a hard limit, and what the roster costs, part by part.

Written from the definition of INRC-II (Ceschia, Dang, De Causmaecker, Haspeslagh and Schaerf 2015), person by person
and run by run; it reads nothing that plans. Its borders, told in docs/benchmarks/inrc2.md: a run goes on from before
day 0, is short when it ends before the last day, on day 0 too, and too long only by days of this horizon.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from optimiser.domain.priced_roster import FREE, HARD, Letters, PricedLimit, PricedPerson, PricedRoster

PARTS = (
    "cover", "work_run", "free_run", "shift_run", "requests", "broken_weekend", "assignments", "minutes", "weekends",
)  # fmt: skip
SATURDAY, SUNDAY, WEEK = 5, 6, 7


@dataclass(frozen=True, order=True)
class PricedViolation:
    """A broken hard limit: whose (empty for cover), which, the day it shows (0 for totals), required and found."""

    person: str
    limit: str
    day: int
    required: int
    found: int


@dataclass(frozen=True)
class PricedReport:
    """The verdict: broken hard limits, and what the other limits cost by part (``PARTS``)."""

    violations: tuple[PricedViolation, ...]
    parts: dict[str, int]

    @property
    def cost(self) -> int:
        """The objective: the sum of the parts."""
        return sum(self.parts.values())


Found = tuple[str, int, PricedLimit, int, int, int]
"""Part, day, limit, number found, ones too few, ones too many."""


def check_priced(problem: PricedRoster, roster: Letters) -> PricedReport:
    """Judge a roster. Raises ``ValueError`` when it has not one known letter for each person and day."""
    if len(roster) != len(problem.staff) or any(
        len(row) != problem.days or not all(0 <= letter < len(problem.shift_of) for letter in row) for row in roster
    ):
        raise ValueError("a roster has one letter for each person and day")
    broken = list[PricedViolation]()
    parts = dict.fromkeys(PARTS, 0)
    for person, row in zip(problem.staff, roster, strict=True):
        broken += _never(problem, person, row)
        for found in (*_runs(problem, person, row), *_totals(problem, person, row)):
            _judge(person.id, found, broken, parts)
    there = Counter((day, letter) for row in roster for day, letter in enumerate(row))
    for each in problem.cover:
        count, name = there[each.day, each.letter], f"cover.{each.letter}"
        least = PricedLimit(each.minimum, len(roster), each.under_minimum)
        wanted = PricedLimit(each.wanted, each.wanted, each.under, each.over)
        _judge("", (f"{name}.minimum", each.day, least, count, max(0, each.minimum - count), 0), broken, parts)
        # who is missing below the minimum is priced there
        short = (max(0, each.wanted - max(each.minimum, count)), max(0, count - each.wanted))
        _judge("", (f"{name}.wanted", each.day, wanted, count, *short), broken, parts)
    for request in problem.requests:
        had = roster[request.person][request.day]
        missed = int((had in request.letters) != request.wanted)
        never = PricedLimit(0, 0, HARD, request.price)
        _judge(problem.staff[request.person].id, ("requests", request.day, never, had, 0, missed), broken, parts)
    return PricedReport(tuple(sorted(broken)), parts)


def _judge(person: str, found: Found, broken: list[PricedViolation], parts: dict[str, int]) -> None:
    """Ones too few or too many break a limit without a price, and cost otherwise."""
    name, day, limit, number, few, many = found
    part = name.partition(".")[0]
    for ones, price, side, required in ((few, limit.under, "few", limit.least), (many, limit.over, "many", limit.most)):
        if ones and price == HARD:
            broken.append(PricedViolation(person, f"{name}.{side}", day, required, number))
        elif ones:
            parts[part] += price * ones


def _never(problem: PricedRoster, person: PricedPerson, row: Sequence[int]) -> Iterator[PricedViolation]:
    """Letters she may not have, days off, shift types that may not follow, and too many of one type."""
    before = person.before.shift if person.before else None
    last = -1 if before is None else before
    for day, letter in enumerate(row):
        shift = problem.shift_of[letter]
        if letter != FREE and letter not in person.may:
            yield PricedViolation(person.id, "may", day, FREE, letter)
        if letter != FREE and day in person.days_off:
            yield PricedViolation(person.id, "day_off", day, FREE, letter)
        if last >= 0 and shift in problem.shifts[last].not_next:
            yield PricedViolation(person.id, "succession", day, last, shift)
        last = shift
    for number, (shift_type, most) in enumerate(zip(problem.shifts, person.most_of, strict=True)):
        count = sum(problem.shift_of[letter] == number for letter in row)
        if count > most:
            yield PricedViolation(person.id, f"most_of.{shift_type.id}", 0, most, count)


def _runs(problem: PricedRoster, person: PricedPerson, row: Sequence[int]) -> Iterator[Found]:
    """Runs of work, of days off, and of each shift type."""
    before = person.before
    known = before is not None
    worked, free, same = (before.worked, before.free, before.same) if before else (0, 0, 0)
    works = [letter != FREE for letter in row]
    for day, length, earlier, ended in _of_value(works, True, worked, known):
        yield _run("work_run", day, person.work_run, length, earlier, ended)
    for day, length, earlier, ended in _of_value(works, False, free, known):
        yield _run("free_run", day, person.free_run, length, earlier, ended)
    types = [problem.shift_of[letter] for letter in row]
    for number, shift in enumerate(problem.shifts):
        had = same if before and before.shift == number else 0
        for day, length, earlier, ended in _of_value(types, number, had, known):
            yield _run(f"shift_run.{shift.id}", day, shift.run, length, earlier, ended)


def _of_value(
    row: Sequence[int], value: int, before: int, known: bool
) -> Iterator[tuple[int, int, int, bool]]:
    """Runs of a value: first day in the horizon, length with the days before, those days, and whether it ended and both
    its ends are known. ``before`` days came just before day 0; a run that they made ended when day 0 is another."""
    day = 0
    if before and row[0] != value:
        yield 0, before, before, True
    for each, run in groupby(row):
        length = len(list(run))
        if each == value:
            earlier = before if day == 0 else 0
            ended = day + length < len(row) and (known or day > 0)
            yield day, length + earlier, earlier, ended
        day += length


def _run(part: str, day: int, limit: PricedLimit, length: int, earlier: int, ended: bool) -> Found:
    """One run against its limit: days before day 0 that were too many already are not counted again."""
    many = max(0, length - limit.most) - max(0, earlier - limit.most)
    return part, day, limit, length, max(0, limit.least - length) if ended else 0, many


def _totals(problem: PricedRoster, person: PricedPerson, row: Sequence[int]) -> Iterator[Found]:
    """Assignments, minutes and weekends; weekends with a shift on one day only."""
    before = person.before
    had, weekends = (before.assignments, before.weekends) if before else (0, 0)
    worked = [day for day, letter in enumerate(row) if letter != FREE]
    counts = {
        "assignments": (had + len(worked), person.assignments),
        "minutes": (sum(problem.shifts[problem.shift_of[row[day]]].minutes for day in worked), person.minutes),
        "weekends": (
            weekends + len({day // WEEK for day in worked if day % WEEK in (SATURDAY, SUNDAY)}), person.weekends,
        ),
    }  # fmt: skip
    for name, (count, limit) in counts.items():
        yield name, 0, limit, count, max(0, limit.least - count), max(0, count - limit.most)
    never = PricedLimit(0, 0, HARD, person.broken_weekend)
    for day in range(SATURDAY, len(row) - 1, WEEK):  # both days lie in the horizon
        broken = int((row[day] == FREE) != (row[day + 1] == FREE))
        yield "broken_weekend", day, never, broken, 0, broken
