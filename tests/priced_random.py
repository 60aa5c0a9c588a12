"""Small random problems with prices, for tests that hold one way of counting against another."""

from __future__ import annotations

from random import Random

from optimiser.domain.priced_roster import (
    HARD,
    Before,
    PricedCover,
    PricedLimit,
    PricedPerson,
    PricedRequest,
    PricedRoster,
    PricedShift,
)


def random_problem(random: Random, days: int, people: int, hard: float = 0.0) -> PricedRoster:
    """Two shift types, one of them with two skills, random limits, history and prices; a price is hard so often."""
    def limit(low: int, high: int) -> PricedLimit:
        least = random.randint(0, low)
        under, over = (HARD if random.random() < hard else random.choice((0, 3, 7, 30)) for _ in range(2))
        return PricedLimit(least, least + random.randint(0, high), under, over)

    shift_of, skill_of = (-1, 0, 0, 1), (-1, 0, 1, 0)
    shifts = (
        PricedShift("E", 60, frozenset(), limit(3, 2)),
        PricedShift("N", 90, frozenset(random.sample((0, 1), random.randint(0, 1))), limit(3, 2)),
    )
    staff = tuple(_person(random, number, days, limit) for number in range(people))
    requests = tuple(
        PricedRequest(random.randrange(people), random.randrange(days),
                      frozenset(random.sample((1, 2, 3), random.randint(1, 3))), random.choice((1, 4)),
                      random.random() < 0.3)
        for _ in range(random.randint(0, 4))
    )  # fmt: skip
    cover = []
    for day in range(days):
        for letter in (1, 3):
            least = random.randint(0, 1)
            cover.append(PricedCover(day, letter, least, least + random.randint(0, 1), random.choice((40, 60)), 20,
                                     random.choice((0, 2))))  # fmt: skip
    return PricedRoster("random", days, shifts, ("a", "b"), shift_of, skill_of, staff, requests, tuple(cover))


def _person(random: Random, number: int, days: int, limit) -> PricedPerson:  # type: ignore[no-untyped-def]
    """Anybody, told what she did before or not."""
    before = None
    if random.random() < 0.7:
        worked = random.choice((0, 1, 2, 5))
        same = random.randint(1, worked) if worked else 0
        before = Before(random.randrange(2) if worked else None, same, worked, 0 if worked else random.randint(0, 4),
                        random.randint(0, 3), random.randint(0, 2))  # fmt: skip
    return PricedPerson(
        id=f"P{number}",
        may=frozenset(random.choice(((1, 2, 3), (1, 3), (2, 3)))),
        work_run=limit(3, 2), free_run=limit(3, 2), assignments=limit(4, 3), minutes=limit(200, 300),
        weekends=limit(1, 1), broken_weekend=random.choice((0, 11)),
        most_of=(days, random.choice((days, 2))),
        days_off=frozenset(random.sample(range(days), random.randint(0, 1))),
        before=before,
    )  # fmt: skip
