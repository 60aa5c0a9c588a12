"""Rosters of letters as a flow of stints: one arc for each block of working days a person can have.

A person walks from day 0 to the end: work arcs (first, last day) of lawful lengths, free blocks of the least length,
and single free days more. Runs, days off and weekends are then exact in the flow, so that the linear relaxation is
close to the best roster. Limits are those of ``LetterPerson`` with this family's borders: what touches an end of the
horizon is never too short. Some people, or some days, can be kept as a given roster has them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import gcd

from ortools.math_opt.python import mathopt

from optimiser.domain.letter_roster import FREE, LetterPerson, LetterProblem, Letters
from optimiser.domain.row_rules import DayWord
from optimiser.model.letter_model import Free


@dataclass
class StintFlow:
    """The model. ``letter[person, day, letter]`` are its choices of shifts, ``cover[day, letter]`` where
    somebody is needed; ``whole`` asks for whole numbers."""

    problem: LetterProblem
    whole: bool
    model: mathopt.Model = field(default_factory=mathopt.Model)
    letter: dict[tuple[int, int, int], mathopt.Variable] = field(default_factory=dict)
    arcs: dict[tuple[int, int, int], mathopt.Variable] = field(default_factory=dict)
    cover: dict[tuple[int, int], mathopt.LinearConstraint] = field(default_factory=dict)
    costs: list[mathopt.LinearTypes] = field(default_factory=list)

    def variable(self, name: str = "") -> mathopt.Variable:
        """A choice between 0 and 1."""
        return self.model.add_variable(lb=0.0, ub=1.0, is_integer=self.whole, name=name)


def build_flow(
    problem: LetterProblem, whole: bool, roster: Letters | None = None, free: Free | None = None
) -> StintFlow:
    """The flow of all people, or of the ``free`` days of some while the rest of ``roster`` stays."""
    flow = StintFlow(problem, whole)
    everything = frozenset(range(problem.days))
    chosen: Free = free if free is not None else dict.fromkeys(range(len(problem.staff)), everything)
    for person, days in chosen.items():
        known = {} if roster is None else {day: letter for day, letter in enumerate(roster[person]) if day not in days}
        _person(flow, person, known)
    _cover(flow, roster, chosen)
    for request in problem.requests:
        if request.person in chosen:
            literal = flow.letter.get((request.person, request.day, request.shift + 1))
            met: mathopt.LinearTypes = 0.0 if literal is None else literal
            flow.costs.append(request.weight * (1 - met) if request.wanted else request.weight * met)
        elif roster and (roster[request.person][request.day] == request.shift + 1) != request.wanted:
            flow.costs.append(float(request.weight))
    flow.model.minimize(mathopt.fast_sum(flow.costs))
    return flow


def roster_of(flow: StintFlow, values: Mapping[mathopt.Variable, float]) -> Letters:
    """The roster of a solution of the whole flow in whole numbers."""
    rows = [[FREE] * flow.problem.days for _ in flow.problem.staff]
    for (person, day, letter), variable in flow.letter.items():
        if values[variable] > 0.5:
            rows[person][day] = letter
    return tuple(tuple(row) for row in rows)


def _person(flow: StintFlow, person: int, known: dict[int, int]) -> None:
    """Letters, arcs and limits of one person; ``known`` days keep their letter."""
    problem, limits = flow.problem, flow.problem.staff[person]
    days = problem.days
    choices = [[known[day]] if day in known else list(problem.allowed[person][day]) for day in range(days)]
    for day, letters in enumerate(choices):
        for letter in letters:
            if letter != FREE:
                flow.letter[person, day, letter] = flow.variable()
    can_work = [any(letter != FREE for letter in letters) for letters in choices]
    can_rest = [FREE in letters for letters in choices]
    stints = _stints(limits, can_work, can_rest)
    arcs = {(first, last): flow.variable() for first, last in stints}
    flow.arcs.update({(person, first, last): arc for (first, last), arc in arcs.items()})
    _walk(flow, limits, arcs, can_rest)
    covering: list[list[mathopt.Variable]] = [[] for _ in range(days)]
    for (first, last), arc in arcs.items():
        for day in range(first, last + 1):
            covering[day].append(arc)
    at = [
        {letter: flow.letter[person, day, letter] for letter in choices[day] if letter != FREE} for day in range(days)
    ]
    for day in range(days):
        flow.model.add_linear_constraint(mathopt.fast_sum(at[day].values()) == mathopt.fast_sum(covering[day]))
    for rule in problem.rules_of[limits.id]:
        if isinstance(rule, DayWord) and len(rule.word) == 2:
            _succession(flow, rule, at, arcs, covering)
    _totals(flow, limits, at, arcs)


def _stints(limits: LetterPerson, can_work: list[bool], can_rest: list[bool]) -> Iterable[tuple[int, int]]:
    """(first, last) of each block of working days that can stand, with a free day or the horizon's end beside it."""
    days = len(can_work)
    for first in range(days):
        if first > 0 and not can_rest[first - 1]:
            continue
        for last in range(first, min(days, first + limits.most_run)):
            if not can_work[last]:
                break
            if last + 1 < days and not can_rest[last + 1]:
                continue
            if last - first + 1 >= limits.least_run or first == 0 or last == days - 1:
                yield first, last


def _walk(
    flow: StintFlow, limits: LetterPerson, arcs: dict[tuple[int, int], mathopt.Variable], can_rest: list[bool]
) -> None:
    """One unit flows from day 0 to the end. Nodes: ("may", day) free to work or rest; ("rest", day) a stint ended."""
    days = len(can_rest)
    into: dict[tuple[str, int], list[mathopt.Variable]] = defaultdict(list)
    out: dict[tuple[str, int], list[mathopt.Variable]] = defaultdict(list)
    for (first, last), arc in arcs.items():
        out["may", first].append(arc)
        into["rest", last + 1].append(arc)
    for day in range(days):
        if can_rest[day]:
            one = flow.variable()
            out["may", day].append(one)
            into["may", day + 1].append(one)
        end = min(days, day + limits.least_free_run)
        if into["rest", day] and all(can_rest[day:end]):
            block = flow.variable()
            out["rest", day].append(block)
            into["may", end].append(block)
    for node in sorted({*into, *out}):
        if node[1] < days:
            source = 1.0 if node == ("may", 0) else 0.0
            flow.model.add_linear_constraint(mathopt.fast_sum(out[node]) == mathopt.fast_sum(into[node]) + source)


def _succession(
    flow: StintFlow, rule: DayWord, at: list[dict[int, mathopt.Variable]],
    arcs: dict[tuple[int, int], mathopt.Variable], covering: list[list[mathopt.Variable]],
) -> None:  # fmt: skip
    """Of the letters of both masks on two days at most one, and none when no stint touches the days.

    Neighbouring working days are always of one stint, so the stints that touch them are at most one.
    """
    for day in range(len(at) - 1):
        before = [each for letter, each in at[day].items() if rule.word[0] >> letter & 1]
        then = [each for letter, each in at[day + 1].items() if rule.word[1] >> letter & 1]
        if before and then:
            begins = [arc for (first, _), arc in arcs.items() if first == day + 1]
            flow.model.add_linear_constraint(
                mathopt.fast_sum([*before, *then]) <= mathopt.fast_sum([*covering[day], *begins])
            )


def _totals(
    flow: StintFlow, limits: LetterPerson, at: list[dict[int, mathopt.Variable]],
    arcs: dict[tuple[int, int], mathopt.Variable],
) -> None:  # fmt: skip
    """Minutes in steps of their common divisor, numbers of shifts, weekends that a stint touches."""
    shifts = flow.problem.shifts
    used = sorted({letter for cell in at for letter in cell})
    count = {letter: mathopt.fast_sum([cell[letter] for cell in at if letter in cell]) for letter in used}
    step = gcd(*(shifts[letter - 1].minutes for letter in used)) or 1
    sizes = {letter: shifts[letter - 1].minutes // step for letter in used}
    top, least = limits.most_minutes // step, -(-limits.least_minutes // step)
    for part in sorted({1, *sizes.values()}):
        # divided by a size and rounded (Chvatal and Gomory): nothing more in whole numbers, tighter in fractions
        below = mathopt.fast_sum([(size // part) * count[letter] for letter, size in sizes.items()])
        above = mathopt.fast_sum([-(-size // part) * count[letter] for letter, size in sizes.items()])
        flow.model.add_linear_constraint(below <= top // part)
        flow.model.add_linear_constraint(above >= -(-least // part))
    for number, most in enumerate(limits.most_of):
        same = [cell[number + 1] for cell in at if number + 1 in cell]
        if len(same) > most:
            flow.model.add_linear_constraint(mathopt.fast_sum(same) <= most)
    touched = [
        sum(any(first <= day <= last for day in weekend) for weekend in flow.problem.weekends) * arc
        for (first, last), arc in arcs.items()
    ]
    flow.model.add_linear_constraint(mathopt.fast_sum(touched) <= limits.most_weekends)


def _cover(flow: StintFlow, roster: Letters | None, free: Free) -> None:
    """Costs of too few and too many, around the people who stay as they are."""
    there: dict[tuple[int, int], list[mathopt.Variable]] = defaultdict(list)
    for (_, day, letter), variable in flow.letter.items():
        there[day, letter].append(variable)
    fixed: dict[tuple[int, int], int] = defaultdict(int)
    for person, row in enumerate(roster or ()):
        for day, letter in enumerate(row):
            fixed[day, letter] += person not in free
    for each in flow.problem.cover:
        key = (each.day, each.shift + 1)
        lacking = each.needed - fixed[key]
        total = mathopt.fast_sum(there[key])
        if lacking <= 0:
            flow.costs.append(each.over * (total - lacking))
            continue
        short = flow.model.add_variable(lb=0.0, ub=float(lacking))
        flow.cover[key] = flow.model.add_linear_constraint(short + total >= lacking)
        flow.costs.append((each.under + each.over) * short + each.over * (total - lacking))
