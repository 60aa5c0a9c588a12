"""The cheapest row of each person at given prices of cover, where limits have prices."""

from __future__ import annotations

import numpy as np

from optimiser.domain.priced_roster import HARD, PricedLimit, PricedPerson, PricedRoster
from optimiser.model.priced_master import Row
from optimiser.model.row_states import FORBIDDEN, row_states
from optimiser.search.kernel.row_states.cheapest import NEVER, cheapest_row
from optimiser.search.pricing import Cheapest, Pricing

WEEK = 7


class RowPricing(Pricing):
    """Rows of all people of a problem. Limits on minutes and the most days of one shift type are let go: a row may
    break them, and a bound counts nothing for them. Not for several threads at once."""

    def __init__(self, problem: PricedRoster) -> None:
        super().__init__(problem)
        made = row_states(problem)
        self.states = [made[person.work_run, person.free_run] for person in problem.staff]
        self._letters = [[letter for letter, shift in enumerate(problem.shift_of) if shift == code - 1]
                         for code in range(len(problem.shifts) + 1)]  # fmt: skip
        self._wish = _wishes(problem)
        self._totals = [_totals(problem, person) for person in problem.staff]
        self._room = [self._rooms(number) for number in range(len(problem.staff))]
        self._codes = np.zeros(problem.days, dtype=np.int64)

    def _rooms(self, person: int) -> tuple[int, int, int]:
        """States, weekends and assignments that are told apart."""
        totals = self._totals[person]
        return len(self.states[person].works), int(totals[1, 0]) + 1, int(totals[0, 0]) + 1

    def cheapest(self, person: int, worth: np.ndarray) -> Cheapest:
        """By the compiled search over states; exact."""
        letters = self._wish[person] - worth
        some = [letters[:, each] for each in self._letters]
        costs = np.stack([each.min(axis=1) for each in some], axis=1)
        cost = self._run(person, costs)
        choice = [each.argmin(axis=1) for each in some]
        row = tuple(self._letters[code][choice[code][day]] for day, code in enumerate(self._codes))
        return Cheapest(cost, cost, row)

    def cost(self, person: int, row: Row) -> float:
        """By the same search with one letter for each day."""
        shift_of = np.array(self.problem.shift_of)
        costs = np.full((self.problem.days, len(self._letters)), NEVER)
        days = np.arange(self.problem.days)
        costs[days, shift_of[list(row)] + 1] = self._wish[person][days, list(row)]
        return min(self._run(person, costs), 2.0 * FORBIDDEN)

    def _run(self, person: int, costs: np.ndarray) -> float:
        """The compiled search; codes are left in ``_codes``."""
        states, totals, room = self.states[person], self._totals[person], self._room[person]
        values, came = _scratch(room, self.problem.days)
        first = states.number[states.first(self.problem.staff[person].before)]
        least = cheapest_row(
            states.following, states.price, states.works, first, np.ascontiguousarray(costs), totals, values, came,
            self._codes,
        )  # fmt: skip
        return float(least) + _had_too_many(self.problem.staff[person])


def _scratch(room: tuple[int, int, int], days: int) -> tuple[np.ndarray, np.ndarray]:
    """Room for one search."""
    return np.empty((2, *room)), np.empty((days, *room), dtype=np.int32)


def _wishes(problem: PricedRoster) -> np.ndarray:
    """What a letter costs by requests: ``[person, day, letter]``, never where it may not be."""
    wish = np.full((len(problem.staff), problem.days, len(problem.shift_of)), NEVER)
    for person, row in enumerate(problem.allowed):
        for day, letters in enumerate(row):
            wish[person, day, list(letters)] = 0.0
    for each in problem.requests:
        price = FORBIDDEN if each.price == HARD else each.price
        for letter in range(len(problem.shift_of)):
            if (letter in each.letters) != each.wanted:
                wish[each.person, each.day, letter] += price
    return wish


def _price(price: int) -> float:
    """A price, or what stands for none."""
    return float(FORBIDDEN if price == HARD else price)


def _totals(problem: PricedRoster, person: PricedPerson) -> np.ndarray:
    """The table that the compiled search reads: see ``cheapest_row``."""
    had, weekends = (person.before.assignments, person.before.weekends) if person.before else (0, 0)
    count = len(range(WEEK - 2, problem.days, WEEK))
    table = np.zeros((2, 7))
    for place, (limit, earlier, most) in enumerate(
        ((person.assignments, had, problem.days), (person.weekends, weekends, count))
    ):
        over = limit.most if limit.over != 0 and limit.most < earlier + most else 0
        least = limit.least if limit.under != 0 and limit.least > earlier else 0
        table[place, :6] = max(over, least), earlier, least, limit.most, _price(limit.under), _price(limit.over)
    table[1, 6] = _price(person.broken_weekend)
    return table


def _had_too_many(person: PricedPerson) -> float:
    """What totals cost already before day 0."""
    if person.before is None:
        return 0.0
    pairs: tuple[tuple[PricedLimit, int], ...] = (
        (person.assignments, person.before.assignments), (person.weekends, person.before.weekends),
    )  # fmt: skip
    return float(sum(_price(limit.over) * max(0, had - limit.most) for limit, had in pairs))
