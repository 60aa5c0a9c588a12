"""A roster of letters in CP-SAT, whole or around what stays fixed: row rules as clauses and sums, and the costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import cast

from ortools.sat.python import cp_model

from optimiser.domain.letter_roster import FREE, LetterProblem, LetterRule, Letters, LetterTotal
from optimiser.domain.row_rules import DayWord
from optimiser.model.day_words import Letters as DayLetters
from optimiser.model.day_words import add_day_word

Free = Mapping[int, frozenset[int]]
"""Person -> the days whose letters are to be chosen anew; all others keep the letter of the roster given."""
Cell = dict[int, cp_model.IntVar]
"""Letter -> literal of one free day."""


@dataclass
class LetterModel:
    """The model; ``cells[person, day]`` are the free days, ``hints`` hold a value for every variable when a roster is
    given, ``constant`` is the cost that no variable can change."""

    problem: LetterProblem
    roster: Letters | None
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    hints: list[tuple[cp_model.IntVar, int]] = field(default_factory=list)
    costs: list[tuple[cp_model.IntVar, int]] = field(default_factory=list)
    constant: int = 0

    def letters(self, solver: cp_model.CpSolver) -> Letters:
        """The roster of a solution."""
        old = self.roster or ((FREE,) * self.problem.days,) * len(self.problem.staff)
        rows = [list(row) for row in old]
        for (person, day), cell in self.cells.items():
            rows[person][day] = next(letter for letter, literal in cell.items() if solver.boolean_value(literal))
        return tuple(tuple(row) for row in rows)


def build_letters(
    problem: LetterProblem, roster: Letters | None = None, free: Free | None = None, priced: bool = True
) -> LetterModel:
    """The model of all cells, or of the ``free`` cells of a roster, with that roster as a complete hint.

    People who are not in ``free`` count for cover as the roster has them. Not ``priced``: without costs.
    """
    built = LetterModel(problem, roster)
    whole = frozenset(range(problem.days))
    for person, days in (free if free is not None else dict.fromkeys(range(len(problem.staff)), whole)).items():
        row = _Row(built, person, days)
        for rule in problem.rules_of[problem.staff[person].id]:
            row.add(rule)
    if priced:
        _requests(built)
        _cover(built)
        variables, weights = [each for each, _ in built.costs], [weight for _, weight in built.costs]
        built.model.minimize(cp_model.LinearExpr.weighted_sum(variables, weights) + built.constant)
    for variable, value in built.hints:
        built.model.add_hint(variable, value)
    return built


class _Row:
    """One person's letters: literals on free days, known letters on the others."""

    def __init__(self, built: LetterModel, person: int, days: frozenset[int]) -> None:
        self.built, self.model, self.person = built, built.model, person
        self.known = built.roster[person] if built.roster else ()
        self.row: list[Cell | int] = [
            self._cell(day) if day in days else self.known[day] for day in range(built.problem.days)
        ]
        fixed = {day: {1 << cell: True} for day, cell in enumerate(self.row) if isinstance(cell, int)}
        self.letters = DayLetters(fixed, 0, built.problem.days - 1, str(person))

    def _cell(self, day: int) -> Cell:
        """New literals, exactly one of them true."""
        cell = {
            letter: self.model.new_bool_var(f"{self.person}.{day}.{letter}")
            for letter in self.built.problem.allowed[self.person][day]
        }
        self.model.add_exactly_one(cell.values())
        self.built.cells[self.person, day] = cell
        if self.known:
            self.built.hints += [(literal, int(letter == self.known[day])) for letter, literal in cell.items()]
        return cell

    @singledispatchmethod
    def add(self, rule: LetterRule) -> None:
        """Add one rule. Raises ``TypeError`` on a shape without a translation."""
        raise TypeError(f"no translation for {type(rule).__name__}")

    @add.register
    def _word(self, rule: DayWord) -> None:
        """The translation that all rooms share, over masks that know their exact literal."""
        for mask in set(rule.word):
            for day, cell in enumerate(self.row):
                if not isinstance(cell, int) and (day, mask) not in self.letters.met:
                    self.letters.met[day, mask] = self._meets(cell, day, mask)
        add_day_word(self.model, self.letters, rule.word)

    def _meets(self, cell: Cell, day: int, mask: int) -> cp_model.IntVar | bool:
        """A literal that is true exactly when the day meets the mask: closer in the relaxation than one implied."""
        inside = [literal for letter, literal in cell.items() if mask >> letter & 1]
        outside = [literal for letter, literal in cell.items() if not mask >> letter & 1]
        if not inside or not outside:
            return not outside
        if len(inside) == 1:
            return inside[0]
        if len(outside) == 1:
            return cast(cp_model.IntVar, outside[0].negated())  # takes part in clauses only
        one = self.model.new_bool_var("")
        self.model.add_exactly_one([one.negated(), *inside])
        if self.known:
            self.built.hints.append((one, mask >> self.known[day] & 1))
        return one

    @add.register
    def _total(self, rule: LetterTotal) -> None:
        """A sum of sizes; a group of several days counts its largest through a variable of its own."""
        terms: list[tuple[cp_model.IntVar, int]] = []
        fixed = 0
        for group in rule.groups:
            cells = [(day, cell) for day in group if not isinstance(cell := self.row[day], int)]
            floor = max((rule.sizes[each] for day in group if isinstance(each := self.row[day], int)), default=0)
            if len(cells) == len(group) == 1:
                terms += [(literal, rule.sizes[letter]) for letter, literal in cells[0][1].items()]
                continue
            top = max((rule.sizes[letter] for _, cell in cells for letter in cell), default=0)
            fixed += floor
            if top > floor:
                terms.append((self._largest(rule, cells, floor, top), 1))
        used = [(variable, size) for variable, size in terms if size]
        if used:
            total = cp_model.LinearExpr.weighted_sum([each for each, _ in used], [size for _, size in used])
            self.model.add_linear_constraint(total, max(0, rule.least - fixed), rule.most - fixed)
        elif not rule.least <= fixed <= rule.most:
            self.model.add_bool_or([])

    def _largest(self, rule: LetterTotal, cells: list[tuple[int, Cell]], floor: int, top: int) -> cp_model.IntVar:
        """The largest size of a group above what is fixed in it."""
        largest = self.model.new_int_var(0, top - floor, "")
        for _, cell in cells:
            above = [(literal, rule.sizes[letter] - floor) for letter, literal in cell.items()]
            above = [(literal, size) for literal, size in above if size > 0]
            self.model.add(largest >= sum(size * literal for literal, size in above))
        if self.known:
            self.built.hints.append((largest, max(rule.sizes[self.known[day]] - floor for day, _ in cells)))
        if self.known and self.built.hints[-1][1] < 0:
            self.built.hints[-1] = (largest, 0)
        return largest


def _requests(built: LetterModel) -> None:
    """Costs of requests that are not met."""
    for request in built.problem.requests:
        cell = built.cells.get((request.person, request.day))
        if cell is None:
            if built.roster and (built.roster[request.person][request.day] == request.shift + 1) != request.wanted:
                built.constant += request.weight
            continue
        literal = cell.get(request.shift + 1)
        if request.wanted:
            built.constant += request.weight
        if literal is not None:
            built.costs.append((literal, -request.weight if request.wanted else request.weight))


def _cover(built: LetterModel) -> None:
    """Costs of too few and too many: (under + over) x short + over x (there - needed), short >= needed - there."""
    there: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    for (_, day), cell in built.cells.items():
        for letter, literal in cell.items():
            there.setdefault((day, letter), []).append(literal)
    fixed: dict[tuple[int, int], int] = {}
    hinted: dict[tuple[int, int], int] = {}
    for person, row in enumerate(built.roster or ()):
        for day, letter in enumerate(row):
            where = hinted if (person, day) in built.cells else fixed
            where[day, letter] = where.get((day, letter), 0) + 1
    for each in built.problem.cover:
        key = (each.day, each.shift + 1)
        lacking, literals = each.needed - fixed.get(key, 0), there.get(key, [])
        if not literals:
            built.constant += each.under * max(0, lacking) + each.over * max(0, -lacking)
            continue
        built.constant -= each.over * lacking
        built.costs += [(literal, each.over) for literal in literals]
        if lacking > 0 and each.under + each.over > 0:
            short = built.model.new_int_var(0, lacking, f"short.{key}")
            built.model.add(short + cp_model.LinearExpr.sum(literals) >= lacking)
            built.costs.append((short, each.under + each.over))
            if built.roster:
                built.hints.append((short, max(0, lacking - hinted.get(key, 0))))
