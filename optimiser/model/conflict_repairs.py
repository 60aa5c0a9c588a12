"""The cheapest ways out of a conflict: what is given up so that the demand can be met. Law is never given up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from time import monotonic
from typing import Literal

from optimiser.domain.problem import Problem
from optimiser.model.conflict import conflict_of
from optimiser.model.conflict_costs import given_up_cost, row_cost
from optimiser.model.conflict_instead import instead_of, override_of
from optimiser.model.conflict_parts import NO_TURNOUTS, Cell, Conflict, Demand, Member, Turnouts
from optimiser.model.conflict_row import ConflictRow, OutOfTime
from optimiser.model.variables import DutyKey

DEEPEST = 3
"""Steps in one repair: more is another roster, not a repair."""
MOVES_TRIED = 12
ASKED_BACK = ("leave", "unavailable", "training")


@dataclass(frozen=True)
class Step:
    """One thing given up. ``to`` is the cell to which a duty moves; ``override`` the name in the table overrides."""

    do: Literal["take_away", "move", "set_aside", "ask_back", "move_task", "refuse_wish"]
    member: Member
    to: Cell | None = None
    override: str = ""


@dataclass(frozen=True)
class Repair:
    """Steps that together make the demand possible, at a cost in minute-equivalents; ``row`` is her row after it."""

    steps: tuple[Step, ...]
    cost: int
    row: frozenset[Cell]


def cheapest_repairs(
    problem: Problem, conflict: Conflict, stands: frozenset[DutyKey], seconds: float = 10.0, most: int = 5,
    turnouts: Turnouts = NO_TURNOUTS,
) -> tuple[Repair, ...]:  # fmt: skip
    """At most so many repairs, cheapest first, each solved again: the demand, what is left of her duties and nothing
    else, under every rule. Fewer when the seconds end. ``stands`` and ``turnouts`` as for ``find_conflict``.

    One repair may hold several steps where the demand has several conflicts. What a moved or freed duty means for
    routes, and for the colleague who gets it, is not part of it.
    """
    until = monotonic() + seconds
    row = ConflictRow(problem, conflict.demand, stands, True, turnouts)
    found: list[Repair] = []
    try:
        for given in _ways(row, conflict, until, most):
            found.append(_repair(row, given))
            found += _moved(row, given, until)
    except OutOfTime:
        pass
    return tuple(sorted(found, key=lambda each: (each.cost, len(each.steps)))[:most])


def _ways(row: ConflictRow, conflict: Conflict, until: float, most: int) -> Iterator[frozenset[Member]]:
    """Sets of members that suffice, cheapest first: each conflict must lose one of its members."""
    heap: list[tuple[int, int, frozenset[Member]]] = [(0, 0, frozenset())]
    seen: set[frozenset[Member]] = {frozenset()}
    done: list[frozenset[Member]] = []
    while heap and len(done) < most:
        _, _, given = heappop(heap)
        if any(each <= given for each in done):
            continue
        next_one = conflict if not given else conflict_of(row, _left(row, given), until)
        if next_one is None:
            if row.feasible(_left(row, given), until - monotonic(), again=True, absent=_absent(given)):
                done.append(given)
                yield given
            continue
        for member in next_one.members if len(given) < DEEPEST else ():
            more = given | {member}
            if more not in seen and _step(row.problem, member) is not None:
                seen.add(more)
                heappush(heap, (_cost(row, more, frozenset()), len(seen), more))


def _left(row: ConflictRow, given: frozenset[Member]) -> list[Member]:
    """The members that still hold, and the rules of law in place of those set aside."""
    kept = [each for each in row.members if each not in given]
    for each in given:
        if each.rule is not None:
            kept += [Member("rule", rule=rule) for rule in instead_of(row.problem.instance, each.rule) or ()]
    return kept


def _step(problem: Problem, member: Member) -> Step | None:
    """What giving up a member is; None when it cannot be: law, known work, sickness, what the person or kind is."""
    if member.what == "duty":
        return Step("take_away", member)
    if member.what == "task":
        return Step("move_task", member)
    if member.what == "wish":
        return Step("refuse_wish", member)
    if member.what == "absence":
        asked = problem.instance.availability[member.row].kind in ASKED_BACK
        return Step("ask_back", member) if asked else None
    law = member.rule is not None and instead_of(problem.instance, member.rule) is None
    return Step("set_aside", member, override=override_of(member)) if override_of(member) and not law else None


def _absent(given: frozenset[Member]) -> frozenset[Cell]:
    return frozenset(each.cell[1:] for each in given if each.what == "duty" and each.cell is not None)


def _cost(row: ConflictRow, given: frozenset[Member], moved_to: frozenset[Cell]) -> int:
    """Her row as it stands against the row with the demand; what the demand brings is part of it."""
    other = sum(given_up_cost(row.problem, each) for each in given)
    return other + row_cost(row.problem, row.demand.nurse, row.hers, _after(row, given) | moved_to, row.stands)


def _after(row: ConflictRow, given: frozenset[Member]) -> frozenset[Cell]:
    """Her cells with the demand and without the duties given up."""
    return (row.hers | row.demand.work) - _absent(given)


def _repair(row: ConflictRow, given: frozenset[Member], moved: Member | None = None, to: Cell | None = None) -> Repair:
    steps = []
    for each in sorted(given, key=lambda each: (each.what, each.cell or (), each.row)):
        step = _step(row.problem, each)
        if step is not None:
            steps.append(Step("move", each, to) if each == moved else step)
    target = frozenset() if to is None else frozenset({to})
    return Repair(tuple(steps), _cost(row, given, target), _after(row, given) | target)


def _moved(row: ConflictRow, given: frozenset[Member], until: float) -> Iterator[Repair]:
    """The same with one of the duties moved instead of taken away: to the cheapest cell that the rules allow."""
    for member in given:
        if member.what != "duty" or member.cell is None:
            continue
        cells = sorted(_targets(row, given, member.cell), key=lambda cell: _cost(row, given, frozenset({cell})))
        for cell in cells[:MOVES_TRIED]:
            demand: Demand = replace(row.demand, work=row.demand.work | {cell})
            moved = row.other(demand)
            if moved.feasible(_left(row, given), until - monotonic(), again=True, absent=_absent(given)):
                yield _repair(row, given, member, cell)
                break


def _targets(row: ConflictRow, given: frozenset[Member], cell: DutyKey) -> Iterator[Cell]:
    """The same kind on another day, or another kind of its lane on its own day, where she has nothing."""
    problem, kinds = row.problem, row.problem.instance.shift_kinds
    nurse, day, kind = cell
    taken = {(each[0], kinds[each[1]].lane) for each in _after(row, given)}
    for other_day, other in zip(*problem.duty_allowed[nurse].nonzero(), strict=True):
        target = (int(other_day), int(other))
        same = target[0] == day or target[1] == kind
        right = kinds[target[1]].lane == kinds[kind].lane and (target[0], kinds[kind].lane) not in taken
        if same and right and target != (day, kind) and target[0] not in row.demand.free:
            yield target
