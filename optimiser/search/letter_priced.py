"""Rosters of letters as rosters with prices: every limit of the staff is hard, nobody has a past."""

from __future__ import annotations

from optimiser.domain.letter_roster import LetterPerson, LetterProblem
from optimiser.domain.priced_roster import (
    PricedCover,
    PricedLimit,
    PricedPerson,
    PricedRequest,
    PricedRoster,
    PricedShift,
)


def priced_roster(problem: LetterProblem) -> PricedRoster:
    """The same problem with the same letters: each roster breaks the same limits and costs the same."""
    number = {shift.id: at for at, shift in enumerate(problem.shifts)}
    shifts = tuple(
        PricedShift(
            shift.id, shift.minutes, frozenset(number[each] for each in shift.not_next), PricedLimit(1, problem.days)
        )
        for shift in problem.shifts
    )
    return PricedRoster(
        name=problem.name,
        days=problem.days,
        shifts=shifts,
        skills=("any",),
        shift_of=(-1, *range(len(shifts))),
        skill_of=(-1, *(0 for _ in shifts)),
        staff=tuple(_person(problem, each) for each in problem.staff),
        requests=tuple(
            PricedRequest(each.person, each.day, frozenset((each.shift + 1,)), each.weight, each.wanted)
            for each in problem.requests
        ),
        cover=tuple(
            PricedCover(each.day, each.shift + 1, 0, each.needed, 0, each.under, each.over) for each in problem.cover
        ),
    )


def _person(problem: LetterProblem, person: LetterPerson) -> PricedPerson:
    """One person; runs of days off have a least length alone."""
    days = problem.days
    return PricedPerson(
        id=person.id,
        may=frozenset(number + 1 for number, most in enumerate(person.most_of) if most > 0),
        work_run=PricedLimit(person.least_run, person.most_run),
        free_run=PricedLimit(person.least_free_run, days),
        assignments=PricedLimit(0, days),
        minutes=PricedLimit(person.least_minutes, person.most_minutes),
        weekends=PricedLimit(0, person.most_weekends),
        broken_weekend=0,
        most_of=person.most_of,
        days_off=frozenset(person.days_off),
    )
