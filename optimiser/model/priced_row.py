"""One person of a roster with prices in CP-SAT: letters, runs, totals and weekends, each with its price or hard.

Runs are words over days: too long is a window of one day more than may be, wholly had; too short is a run between two
days without. Days before day 0 are known from what was had before, so that windows and words reach into them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from optimiser.domain.priced_roster import FREE, HARD, Letters, PricedLimit, PricedPerson, PricedRoster

Literal = cp_model.IntVar | bool
"""A variable between 0 and 1 (or its negation), or what is known."""
Cell = dict[int, cp_model.IntVar]
"""Letter -> literal of one free day."""
SATURDAY, WEEK = 5, 7


@dataclass
class Priced:
    """What all rows of a model share: variables with their hinted values, costs, and the cost that nothing changes.
    ``part``: some cells stay as they are, and what is broken without any free cell is let be."""

    problem: PricedRoster
    roster: Letters | None
    part: bool = False
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    hinted: dict[int, int] = field(default_factory=dict)
    costs: list[tuple[cp_model.IntVar, int]] = field(default_factory=list)
    constant: int = 0

    def boolean(self, hint: int) -> cp_model.IntVar:
        """A new literal, with its value in the roster given."""
        return self.number(1, hint)

    def number(self, most: int, hint: int) -> cp_model.IntVar:
        """A new number from 0, with its value in the roster given."""
        variable = self.model.new_bool_var("") if most == 1 else self.model.new_int_var(0, most, "")
        self.hinted[variable.index] = max(0, min(most, hint))
        return variable

    def value(self, literal: Literal) -> int:
        """The hinted value of a literal."""
        if isinstance(literal, bool):
            return int(literal)
        index = literal.index
        return self.hinted[index] if index >= 0 else 1 - self.hinted[-index - 1]

    def cost(self, variable: cp_model.IntVar, price: int) -> None:
        """A variable costs so much each."""
        if price:
            self.costs.append((variable, price))

    def word(self, literals: Iterable[Literal], price: int) -> None:
        """All of them at once cost ``price``, or are forbidden; what nothing free is part of stays as it is."""
        some = list(literals)
        if any(each is False for each in some) or price == 0:
            return
        clause = [each.negated() for each in some if not isinstance(each, bool)]
        if not clause and (price != HARD or self.part):
            self.constant += max(0, price)
            return
        if price != HARD:
            occurs = self.boolean(min(self.value(each) for each in some))
            self.cost(occurs, price)
            clause.append(occurs)
        self.model.add_bool_or(clause)

    def limit(self, terms: Sequence[tuple[cp_model.IntVar, int]], fixed: int, limit: PricedLimit) -> None:
        """A weighted sum of literals and a number that is fixed, between two numbers."""
        lowest = fixed + sum(min(0, size) for _, size in terms)
        highest = fixed + sum(max(0, size) for _, size in terms)
        value = fixed + sum(self.value(literal) * size for literal, size in terms)
        total = cp_model.LinearExpr.weighted_sum([each for each, _ in terms], [size for _, size in terms]) + fixed
        for few, price in ((True, limit.under), (False, limit.over)):
            worst = limit.least - lowest if few else highest - limit.most
            if worst <= 0 or price == 0:
                continue
            off = limit.least - total if few else total - limit.most
            if not terms and (price != HARD or self.part):
                self.constant += max(0, price) * worst
            elif price == HARD:
                self.model.add_linear_constraint(total, *((limit.least, highest) if few else (lowest, limit.most)))
            else:
                ones = self.number(worst, limit.least - value if few else value - limit.most)
                self.model.add(ones >= off)
                self.cost(ones, price)


class PricedRow:
    """The letters of one person: variables on her free days, known letters on the others."""

    def __init__(self, built: Priced, number: int, free: frozenset[int]) -> None:
        self.built, self.number, self.days = built, number, built.problem.days
        self.person: PricedPerson = built.problem.staff[number]
        known = built.roster[number] if built.roster else (FREE,) * self.days
        self.row: list[Cell | int] = [self._cell(day, known[day]) if day in free else known[day]
                                      for day in range(self.days)]  # fmt: skip
        self.shifts = [self._series(shift) for shift in range(len(built.problem.shifts))]
        self.work = [self._negated(each) for each in self._series(None)]

    def add(self) -> None:
        """All limits of the person."""
        problem, person, before = self.built.problem, self.person, self.person.before
        worked, rested, same = (before.worked, before.free, before.same) if before else (0, 0, 0)
        self._runs(self.work, person.work_run, worked)
        self._runs([self._negated(each) for each in self.work], person.free_run, rested)
        for number, shift in enumerate(problem.shifts):
            self._runs(self.shifts[number], shift.run, same if before and before.shift == number else 0)
        self._successions()
        self._totals()
        self._weekends()

    def _cell(self, day: int, known: int) -> Cell:
        """New literals, exactly one of them true."""
        built = self.built
        cell = {letter: built.boolean(int(letter == known)) for letter in built.problem.allowed[self.number][day]}
        built.model.add_exactly_one(cell.values())
        built.cells[self.number, day] = cell
        return cell

    def _series(self, shift: int | None) -> list[Literal]:
        """For each day whether it has a letter of the shift type (None: is free)."""
        number = -1 if shift is None else shift
        of = self.built.problem.shift_of
        return [self._any([letter for letter in cell if of[letter] == number], cell) if isinstance(cell, dict)
                else of[cell] == number for cell in self.row]  # fmt: skip

    def _any(self, letters: list[int], cell: Cell) -> Literal:
        """A literal that is true exactly when the day has one of some of its letters."""
        if len(letters) in (0, len(cell)):
            return bool(letters)
        if len(letters) == 1:
            return cell[letters[0]]
        some = [cell[letter] for letter in letters]
        one = self.built.boolean(sum(self.built.value(each) for each in some))
        self.built.model.add_exactly_one([one.negated(), *some])
        return one

    @staticmethod
    def _negated(literal: Literal) -> Literal:
        """What is true when the literal is not."""
        return not literal if isinstance(literal, bool) else literal.negated()  # type: ignore[return-value]

    def _runs(self, row: list[Literal], limit: PricedLimit, before: int) -> None:
        """Runs of days that meet: too long by windows, too short by words; ``before`` days met just before day 0."""
        told = self.person.before is not None
        past: list[Literal] = [False, *(True,) * before] if told else []
        line, first = past + row, len(past)
        if limit.over != 0:
            for last in range(first, len(line)):
                if last - limit.most >= 0:
                    self.built.word(line[last - limit.most : last + 1], limit.over)
        if limit.under == 0:
            return
        other = [self._negated(each) for each in line]
        for length in range(1, limit.least):
            price = HARD if limit.under == HARD else limit.under * (limit.least - length)
            for start in range(1, len(line) - length):
                if start + length >= first:  # it ends on a day of the horizon
                    self.built.word([other[start - 1], *line[start : start + length], other[start + length]], price)

    def _successions(self) -> None:
        """What may not follow: for each set that some type forbids, all types that forbid all of it, as one clique."""
        shifts = self.built.problem.shifts
        before = self.person.before
        for then in {shift.not_next for shift in shifts} - {frozenset()}:
            after = [number for number, shift in enumerate(shifts) if shift.not_next >= then]
            for day in range(-1, self.days - 1):
                last: list[Literal] = [self.shifts[each][day] for each in after] if day >= 0 else [
                    bool(before and before.shift in after)]  # fmt: skip
                some = [*last, *(self.shifts[each][day + 1] for each in then)]
                free = [each for each in some if not isinstance(each, bool)]
                if any(each is True for each in some):  # at most one known day: what is known twice is inherited
                    for each in free:
                        self.built.model.add_bool_or([each.negated()])
                elif len(free) > 1:
                    self.built.model.add_at_most_one(free)

    def _count(self, sizes: Sequence[int]) -> tuple[list[tuple[cp_model.IntVar, int]], int]:
        """The sum of sizes of letters as terms and a fixed number."""
        terms = [(literal, sizes[letter]) for cell in self.row if isinstance(cell, dict)
                 for letter, literal in cell.items() if sizes[letter]]  # fmt: skip
        return terms, sum(sizes[cell] for cell in self.row if isinstance(cell, int))

    def _totals(self) -> None:
        """Assignments, minutes, and the most of each type."""
        problem, before = self.built.problem, self.person.before
        terms, fixed = self._count([int(shift >= 0) for shift in problem.shift_of])
        self.built.limit(terms, fixed + (before.assignments if before else 0), self.person.assignments)
        minutes = [problem.shifts[shift].minutes if shift >= 0 else 0 for shift in problem.shift_of]
        self.built.limit(*self._count(minutes), self.person.minutes)
        for number, most in enumerate(self.person.most_of):
            if most < self.days:
                self.built.limit(*self._count([int(shift == number) for shift in problem.shift_of]),
                                 PricedLimit(0, most))  # fmt: skip

    def _weekends(self) -> None:
        """Weekends with work, and those with work on one of their two days."""
        built, touched, fixed = self.built, list[tuple[cp_model.IntVar, int]](), 0
        for day in range(SATURDAY, self.days, WEEK):
            days = self.work[day : day + 2]
            free = [each for each in days if not isinstance(each, bool)]
            if len(days) == 2:
                for one, other in (days, days[::-1]):
                    built.word([one, self._negated(other)], self.person.broken_weekend)
            if any(each is True for each in days) or not free:
                fixed += any(each is True for each in days)
                continue
            weekend = built.boolean(max(built.value(each) for each in free))
            for each in free:
                built.model.add_implication(each, weekend)
            built.model.add_bool_or([*free, weekend.negated()])
            touched.append((weekend, 1))
        had = self.person.before.weekends if self.person.before else 0
        built.limit(touched, fixed + had, self.person.weekends)
