"""A roster problem of letters (Curtois and Qu 2014) as one with prices: its limits of the staff are hard."""

from __future__ import annotations

from optimiser.domain.letter_roster import LetterPerson, LetterProblem
from optimiser.domain.priced_roster import (
    HARD,
    PricedCover,
    PricedLimit,
    PricedPerson,
    PricedRequest,
    PricedRoster,
    PricedShift,
)  # fmt: skip


def with_prices(problem: LetterProblem) -> PricedRoster:
    """The same problem: rosters, what they break and what they cost are the same. Letter n is shift n - 1, there are no
    skills, and nothing is told of what went before."""
    numbers = {shift.id: number for number, shift in enumerate(problem.shifts)}
    count, days = len(problem.shifts), problem.days
    return PricedRoster(
        name=problem.name,
        days=days,
        shifts=tuple(
            PricedShift(shift.id, shift.minutes, frozenset(numbers[each] for each in shift.not_next),
                        PricedLimit(0, days))
            for shift in problem.shifts
        ),
        skills=(),
        shift_of=(-1, *range(count)),
        skill_of=(-1,) * (count + 1),
        staff=tuple(_person(person, days, count) for person in problem.staff),
        requests=tuple(
            PricedRequest(each.person, each.day, frozenset({each.shift + 1}), each.weight, each.wanted)
            for each in problem.requests
        ),
        cover=tuple(
            PricedCover(each.day, each.shift + 1, 0, each.needed, HARD, each.under, each.over)
            for each in problem.cover
        ),
    )  # fmt: skip


def _person(person: LetterPerson, days: int, count: int) -> PricedPerson:
    """Limits without prices; assignments and broken weekends cost nothing."""
    return PricedPerson(
        id=person.id,
        may=frozenset(range(1, count + 1)),
        work_run=PricedLimit(person.least_run, person.most_run),
        free_run=PricedLimit(person.least_free_run, days),
        assignments=PricedLimit(0, days),
        minutes=PricedLimit(person.least_minutes, person.most_minutes),
        weekends=PricedLimit(0, person.most_weekends),
        broken_weekend=0,
        most_of=person.most_of,
        days_off=frozenset(person.days_off),
    )
