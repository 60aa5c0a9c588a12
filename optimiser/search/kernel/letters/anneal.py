"""Annealing over rosters of letters: some people's days are taken out and chosen anew, one person after another."""

from __future__ import annotations

import numpy as np

from optimiser.search.kernel.letters.data import NO_LETTER, LetterData, LetterState, Scratch
from optimiser.search.kernel.letters.fast import fast
from optimiser.search.kernel.letters.rebuild import rebuild, set_cell
from optimiser.search.kernel.random_state import below, unit

MOST_PEOPLE = 6
SHORTEST = 4


@fast
def anneal(
    data: LetterData, state: LetterState, best: np.ndarray, cost: int, best_cost: int, hot: float, steps: int,
    longest: int, random: np.ndarray, scratch: Scratch,
) -> tuple[int, int]:  # fmt: skip
    """``steps`` changes at temperature ``hot``, windows of at most ``longest`` days. Cost of the state and of
    ``best`` (rows, replaced when the state gets cheaper)."""
    chosen, row = scratch.chosen, scratch.row
    for _ in range(steps):
        count, first, last = _choose(data, state, chosen, longest, random)
        change = 0
        for at in range(count):
            for day in range(first, last + 1):
                scratch.old[at, day] = state.rows[chosen[at], day]
                change += set_cell(data, state, chosen[at], day, NO_LETTER)
        noise = 0.01 if unit(random) < 0.3 else 0.1 * 1000.0 ** unit(random)
        limit = -hot * np.log(1.0 - unit(random))
        done = True
        for at in range(count):
            for day in range(len(row)):
                row[day] = state.rows[chosen[at], day]
            if not rebuild(data, state, chosen[at], first, last, noise, False, random, scratch, row):
                done = False
                break
            for day in range(first, last + 1):
                change += set_cell(data, state, chosen[at], day, row[day])
        if not done or change > limit:
            for at in range(count):
                for day in range(first, last + 1):
                    set_cell(data, state, chosen[at], day, NO_LETTER)
            for at in range(count):
                for day in range(first, last + 1):
                    set_cell(data, state, chosen[at], day, scratch.old[at, day])
            continue
        cost += change
        if cost < best_cost:
            best_cost = cost
            for person in range(len(best)):
                for day in range(len(row)):
                    best[person, day] = state.rows[person, day]
    return cost, best_cost


@fast
def _choose(
    data: LetterData, state: LetterState, chosen: np.ndarray, longest: int, random: np.ndarray
) -> tuple[int, int, int]:  # fmt: skip
    """Who and which days: often around a place that costs something, with somebody who may fill it."""
    people, days = state.rows.shape
    day, letter = below(random, days), 0
    if unit(random) < 0.7:
        day, letter = _sore(data, state, day, random)
    length = min(days, longest, int(SHORTEST * (1.0 + longest / SHORTEST) ** unit(random)))
    first = min(max(0, day - below(random, length)), days - length)
    count = min(people, 1 + below(random, 3) + (below(random, 3) if unit(random) < 0.3 else 0))
    for at in range(count):
        while True:
            person = below(random, people)
            if at == 0 and letter > 0:
                for _ in range(10):
                    if data.allowed[person, day, letter] and state.rows[person, day] != letter:
                        break
                    person = below(random, people)
            fresh = True
            for other in range(at):
                fresh = fresh and chosen[other] != person
            if fresh:
                break
        chosen[at] = person
    for at in range(count - 1, 0, -1):
        other = below(random, at + 1)
        chosen[at], chosen[other] = chosen[other], chosen[at]
    return count, first, first + length - 1


@fast
def _sore(data: LetterData, state: LetterState, day: int, random: np.ndarray) -> tuple[int, int]:
    """A day and letter where one more or one fewer would cost less, each as likely as it is worth."""
    days, letters = state.there.shape
    found, sum_of = 0, 0.0
    for each in range(days):
        for letter in range(1, letters):
            count = state.there[each, letter]
            worth = max(0, data.cover[each, letter, count] - data.cover[each, letter, count + 1])
            if worth > 0:
                sum_of += worth
                if unit(random) * sum_of < worth:
                    day, found = each, letter
    return day, found
