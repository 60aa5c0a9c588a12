"""The tables of a roster with prices for the block moves."""

from __future__ import annotations

import numpy as np

from optimiser.domain.priced_roster import HARD, PricedLimit, PricedPerson, PricedRoster
from optimiser.search.kernel.blocks.data import POINTS, UNIT, Bits, BlockData, Ints, Small

TOTAL_POINTS, TOTAL_FLAT = (POINTS, 2, 4 * POINTS), (0, POINTS, 0)
"""Points of assignments, minutes and weekends, for each one and once for any. A weekend too many can be worth several
shifts that are short, and a few minutes a whole one: broken cheaply, totals stay broken."""


def cost_of(price: int, points: int = POINTS) -> int:
    """The cost of a price; of ``points`` where it is hard."""
    return points * UNIT if price == HARD else price


def encode(problem: PricedRoster) -> BlockData:
    """The arrays of a problem (see BlockData)."""
    letters, codes = len(problem.shift_of), len(problem.shifts) + 1
    code_of = np.array([shift + 1 for shift in problem.shift_of], dtype=np.int16)
    may, options, option_count = _options(problem)
    twins = np.zeros((codes, letters), dtype=np.int16)
    twin_count = np.zeros(codes, dtype=np.int16)
    for letter, code in enumerate(code_of):
        twins[code, twin_count[code]] = letter
        twin_count[code] += 1
    minutes = [shift.minutes for shift in problem.shifts]
    runs, same, first_same = _runs(problem)
    most_of = [(problem.days, *(min(most, problem.days) for most in each.most_of)) for each in problem.staff]
    return BlockData(
        code_of, options, option_count, may, twins, twin_count, _wish(problem), _cover(problem), runs, same, first_same,
        _follows(problem), np.array([_totals(each) for each in problem.staff], dtype=np.int64),
        np.array([0, *minutes], dtype=np.int64),
        np.array(most_of, dtype=np.int64),
        np.array([cost_of(each.broken_weekend) for each in problem.staff], dtype=np.int64),
    )  # fmt: skip


def _options(problem: PricedRoster) -> tuple[Bits, Small, Small]:
    """Who may have what when: flags, lists and their lengths."""
    people, days, letters = len(problem.staff), problem.days, len(problem.shift_of)
    may = np.zeros((people, days, letters), dtype=np.uint8)
    options = np.zeros((people, days, letters), dtype=np.int16)
    count = np.zeros((people, days), dtype=np.int16)
    for person, row in enumerate(problem.allowed):
        for day, some in enumerate(row):
            may[person, day, list(some)] = 1
            options[person, day, : len(some)] = some
            count[person, day] = len(some)
    return may, options, count


def _wish(problem: PricedRoster) -> Ints:
    """What a letter of a person on a day costs by requests."""
    wish = np.zeros((len(problem.staff), problem.days, len(problem.shift_of)), dtype=np.int64)
    for each in problem.requests:
        cell, some, price = wish[each.person, each.day], list(each.letters), cost_of(each.price)
        if each.wanted:
            cell += price
            cell[some] -= price
        else:
            cell[some] += price
    return wish


def _cover(problem: PricedRoster) -> Ints:
    """What so many people with a letter on a day cost."""
    count = np.arange(len(problem.staff) + 2)
    cover = np.zeros((problem.days, len(problem.shift_of), len(count)), dtype=np.int64)
    for each in problem.cover:
        cover[each.day, each.letter] += (
            cost_of(each.under_minimum) * np.maximum(0, each.minimum - count)
            + cost_of(each.under) * np.clip(each.wanted - count, 0, each.wanted - each.minimum)
            + cost_of(each.over) * np.maximum(0, count - each.wanted)
        )
    return cover


def _follows(problem: PricedRoster) -> Ints:
    """What one shift type the day after another costs."""
    codes = len(problem.shifts) + 1
    follows = np.zeros((codes, codes), dtype=np.int64)
    for number, shift in enumerate(problem.shifts):
        follows[number + 1, [other + 1 for other in shift.not_next]] = cost_of(HARD)
    return follows


def _totals(person: PricedPerson) -> list[tuple[int, ...]]:
    """Limits of assignments, minutes and weekends inside the horizon; those before are taken off."""
    before = person.before
    had = (before.assignments, 0, before.weekends) if before else (0, 0, 0)
    limits = (person.assignments, person.minutes, person.weekends)
    return [
        (limit.least - off, limit.most - off, cost_of(limit.under, points), cost_of(limit.over, points), flat * UNIT)
        for limit, off, points, flat in zip(limits, had, TOTAL_POINTS, TOTAL_FLAT, strict=True)
    ]


def _run(limit: PricedLimit, days: int, had: int = 0, short: bool = True) -> Ints:
    """Cost by length inside the horizon of a run that had ``had`` days before; ``short``: whether it can be too short.
    Days too many before the horizon were paid there."""
    length = np.arange(days + 1) + had
    over = np.maximum(0, length - limit.most) - max(0, had - limit.most)
    under = np.maximum(0, limit.least - length) if short else 0
    return np.asarray(cost_of(limit.over) * over + cost_of(limit.under) * under, dtype=np.int64)


def _runs(problem: PricedRoster) -> tuple[Ints, Ints, Ints]:
    """Tables of runs of free and working days, and of one shift type, interior and from day 0 on."""
    people, days, codes = len(problem.staff), problem.days, len(problem.shifts) + 1
    runs = np.zeros((people, 2, 4, days + 1), dtype=np.int64)
    binds = any(limit.least > 1 or limit.most < days for limit in (shift.run for shift in problem.shifts))
    same = np.zeros((codes, 2, days + 1 if binds else 1), dtype=np.int64)
    first_same = np.zeros((people if binds else 1, codes, 2, same.shape[2]), dtype=np.int64)
    for person, each in enumerate(problem.staff):
        before = each.before
        had = (before.free, before.worked) if before else (0, 0)
        for works, limit in enumerate((each.free_run, each.work_run)):
            other = (each.work_run, each.free_run)[works]
            ended = _run(other, 0, had[1 - works])[0] if had[1 - works] else 0
            for reaches in (0, 2):
                runs[person, works, reaches] = _run(limit, days, 0, not reaches)
                runs[person, works, reaches + 1] = _run(limit, days, had[works], before is not None and not reaches)
                runs[person, works, reaches + 1] += ended
        if before and before.shift is not None and binds:
            cut = _run(problem.shifts[before.shift].run, 0, before.same)[0]
            runs[person, 0, [1, 3]] += cut
    for number, shift in enumerate(problem.shifts if binds else ()):
        for reaches in (0, 1):
            same[number + 1, reaches] = _run(shift.run, days, 0, not reaches)
            for person, each in enumerate(problem.staff):
                first_same[person, number + 1, reaches] = _first(problem, each, number, not reaches)
    runs[..., 0] = same[..., 0] = first_same[..., 0] = 0
    return runs, same, first_same


def _first(problem: PricedRoster, person: PricedPerson, number: int, short: bool) -> Ints:
    """Cost by length of days in a row with a shift type from day 0 on, and of the type before that they end."""
    before, limit = person.before, problem.shifts[number].run
    if before is None:
        return _run(limit, problem.days, 0, False)
    if before.shift is None:
        return _run(limit, problem.days, 0, short)
    if before.shift == number:
        return _run(limit, problem.days, before.same, short)
    return _run(limit, problem.days, 0, short) + _run(problem.shifts[before.shift].run, 0, before.same)[0]
