"""The limits of a benchmark's staff as the row rules that law and agreements use, with this benchmark's borders.

A run that touches either end of the horizon is never too short: words name both of a run's ends, and days outside
the horizon meet no mask.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from optimiser.domain.letter_roster import FREE_MASK, LetterPerson, LetterRule, LetterShift, LetterTotal
from optimiser.domain.row_rules import DayWord, RuleId


def staff_rules(staff: Sequence[LetterPerson], shifts: Sequence[LetterShift], days: int) -> tuple[LetterRule, ...]:
    """All rules of all people."""
    return tuple(rule for person in staff for rule in person_rules(person, shifts, days))


def person_rules(person: LetterPerson, shifts: Sequence[LetterShift], days: int) -> Iterator[LetterRule]:
    """The rules of one person: successions, runs, days off in a row, minutes, numbers of shifts, weekends."""
    work = sum(2 << number for number in range(len(shifts)))
    for after, then in successions(shifts):
        yield DayWord(_id("succession", person, f"{after}-{then}"), (after, then))
    yield DayWord(_id("longest_run", person), (work,) * (person.most_run + 1))
    for length in range(1, person.least_run):
        yield DayWord(_id("shortest_run", person, str(length)), (FREE_MASK, *(work,) * length, FREE_MASK))
    for length in range(1, person.least_free_run):
        yield DayWord(_id("days_off", person, str(length)), (work, *(FREE_MASK,) * length, work))
    single = tuple((day,) for day in range(days))
    minutes = (0, *(shift.minutes for shift in shifts))
    yield LetterTotal(_id("minutes", person), minutes, single, person.most_minutes, person.least_minutes)
    for number, most in enumerate(person.most_of):
        if 0 < most < days:
            sizes = tuple(int(letter == number + 1) for letter in range(len(shifts) + 1))
            yield LetterTotal(_id("number_of_shifts", person, shifts[number].id), sizes, single, most)
    weekends = tuple(tuple(day for day in (low, low + 1) if day < days) for low in range(5, days, 7))
    yield LetterTotal(_id("weekends", person), (0, *(1,) * len(shifts)), weekends, person.most_weekends)


def successions(shifts: Sequence[LetterShift]) -> list[tuple[int, int]]:
    """Forbidden successions as pairs of masks. For each set that some shift forbids: all shifts that forbid all of it
    against the set, so that one word holds many pairs (and its linear form is as tight as the pairs allow)."""
    bit = {shift.id: 2 << number for number, shift in enumerate(shifts)}
    forbids = {shift.id: sum(bit[each] for each in set(shift.not_next)) for shift in shifts}
    words = set()
    for then in set(forbids.values()) - {0}:
        after = sum(bit[shift.id] for shift in shifts if forbids[shift.id] & then == then)
        words.add((after, then))
    return sorted(words)


def _id(limit: str, person: LetterPerson, window: str = "") -> RuleId:
    """The identity of one limit of one person."""
    return RuleId("curtois", limit, person.id, window)
