"""Solving a reassignment part by part: two days at a time, or a few nurses, all else as it stands.

Each part is small enough to be solved to the end. Measured on one incumbent of the stored week: 1,533 gained in 4 CPU
seconds; the whole model at once gained 20 to 1,369 in 7 to 14, by solver settings and seed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ortools.sat.python import cp_model

from optimiser.model.build import solved
from optimiser.model.reassign import Choice, ReassignModel

NO_LIMIT = 1e9
PART_EFFORT = 0.5
"""Deterministic effort for one part, and for the helpers of the hint; most parts need a fifth of it."""
GROUP = 9
"""So many nurses make a part over all days."""
APART = 6
"""Days of one part lie at most so far apart."""
Part = tuple[frozenset[int], frozenset[int]]
"""Days and nurses that are free."""


@dataclass(frozen=True)
class ReassignSettings:
    """Effort: seconds of wall time, and at most so many ``parts`` (alone: identical answers)."""

    seconds: float | None
    parts: int = 1000
    seed: int = 0


@dataclass(frozen=True)
class Given:
    """Item -> nurse (items of nobody are not in it), and what the model says it costs less than now."""

    nurses: dict[int, int]
    gain: int


@dataclass(frozen=True)
class Answer:
    """Assignments in the order in which they were found, each better than the one before. ``fits``: whether the
    assignment as it stands keeps the model's rules (else nothing was looked for); ``settled``: no part has a better
    one; ``parts``: how many were solved."""

    fits: bool
    settled: bool = False
    parts: int = 0
    found: tuple[Given, ...] = ()


def solve_reassign(made: ReassignModel, settings: ReassignSettings, should_stop: Callable[[], bool]) -> Answer:
    """Better assignments than the one that stands, if there are any."""
    until = None if settings.seconds is None else time.monotonic() + settings.seconds

    def left() -> float:
        return NO_LIMIT if until is None else until - time.monotonic()

    first = _solve(made.roster.model, _standing_only(made), left(), should_stop)
    if first is None:
        return Answer(fits=False)
    price, values = first
    found: list[Given] = []
    done = quiet = 0
    for part in _parts(made.choice, settings.seed):
        if done >= settings.parts or quiet >= _round(made.choice) or left() <= 0 or should_stop():
            break
        answer = _solve(_only(made, values, part), values, left(), should_stop)
        done, quiet = done + 1, quiet + 1
        if answer is not None and answer[0] < price:
            price, values, quiet = *answer, 0
            found.append(Given(_nurses(made, values), first[0] - price))
    return Answer(True, quiet >= _round(made.choice), done, tuple(found))


def _pairs(choice: Choice) -> list[tuple[int, int]]:
    """Two days, each with duties."""
    days = sorted({item.day for item in choice.items})
    pairs = [(one, other) for one, other in combinations(days, 2) if other - one <= APART]
    return pairs or [(day, day) for day in days]


def _round(choice: Choice) -> int:
    """How many parts a round has."""
    return len(_pairs(choice)) * 3 // 2


def _parts(choice: Choice, seed: int) -> Iterator[Part]:
    """Parts without end, in rounds: every two days once, and after every second of them a group of nurses."""
    dice = random.Random(seed)
    everybody = range(len(choice.problem.instance.nurses))
    days = frozenset(item.day for item in choice.items)
    while pairs := _pairs(choice):
        dice.shuffle(pairs)
        for number, pair in enumerate(pairs):
            yield frozenset(pair), frozenset(everybody)
            if number % 2:
                yield days, frozenset(dice.sample(everybody, min(GROUP, len(everybody))))


def _only(made: ReassignModel, values: Sequence[int], part: Part) -> cp_model.CpModel:
    """The model in which all columns but those of a part are as they stand."""
    days, nurses = part
    choice, model = made.choice, made.roster.model.clone()
    now = _nurses(made, values)
    for column, literal in zip(choice.columns, made.literals, strict=True):
        owner = now.get(column.item)
        free = choice.items[column.item].day in days and column.nurse in nurses and (owner is None or owner in nurses)
        if not free:
            domain = model.proto.variables[literal.index].domain
            domain.clear()
            domain.extend([values[literal.index]] * 2)
    return model


def _nurses(made: ReassignModel, values: Sequence[int]) -> dict[int, int]:
    """Item -> nurse by the values of all variables."""
    return {
        column.item: column.nurse
        for column, literal in zip(made.choice.columns, made.literals, strict=True)
        if values[literal.index]
    }


def _solve(
    model: cp_model.CpModel, hint: Mapping[int, int] | Sequence[int], seconds: float, should_stop: Callable[[], bool]
) -> tuple[int, list[int]] | None:
    """Price and values of all variables, from a hint of all variables; or of some (a mapping), which then are fixed.
    None when there is no answer."""
    model.clear_hints()
    partly = isinstance(hint, Mapping)
    for number, value in hint.items() if isinstance(hint, Mapping) else enumerate(hint):
        model.add_hint(model.get_int_var_from_proto_index(number), value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.fix_variables_to_their_hinted_value = partly
    solver.parameters.max_deterministic_time = PART_EFFORT
    if seconds < NO_LIMIT:
        solver.parameters.max_time_in_seconds = max(0.05, seconds)
    solver.parameters.catch_sigint_signal = False
    status = solved(solver, model, None, should_stop)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return round(solver.objective_value), list(solver.response_proto.solution)


def _standing_only(made: ReassignModel) -> dict[int, int]:
    """Variable -> value of each column as it stands."""
    return {
        literal.index: int(made.choice.items[column.item].nurse == column.nurse)
        for column, literal in zip(made.choice.columns, made.literals, strict=True)
    }
