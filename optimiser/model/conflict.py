"""Why a nurse cannot work what is asked of her: a smallest set of named things that stand in the way.

The row is asked again and again in models made afresh, never through the solver's own cores: a set is shown only after
it was found impossible once more, and possible without each of its members.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from time import monotonic
from typing import Literal

from optimiser.domain.duty_work import work_blocks
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.problem import Problem
from optimiser.model.conflict_instead import instead_of
from optimiser.model.conflict_parts import NO_TURNOUTS, Answer, Conflict, Demand, Member, Turnouts
from optimiser.model.conflict_row import ConflictRow, OutOfTime
from optimiser.model.variables import DutyKey


def find_conflict(
    problem: Problem, demand: Demand, stands: frozenset[DutyKey], seconds: float = 5.0,
    others: Literal["empty", "open"] = "empty", turnouts: Turnouts = NO_TURNOUTS,
) -> Answer:  # fmt: skip
    """A minimal conflict of the demand with what stands, the tables and the row rules.

    ``stands`` are (nurse, day, kind) of the whole team, ``turnouts`` the planned work in their standby. ``others``:
    whether cells of her row that neither stand nor are asked stay empty, or may be filled as they need to be (another
    duty can make two diensten one). None: the planner's rules let the demand be; where the model knows less than the
    law (rows.py, "looser") ``check`` has the last word. ``no_time``: the seconds did not suffice. A conflict that
    needs no demand is given only where there is no other.
    """
    until = monotonic() + seconds
    row = ConflictRow(problem, demand, stands, others == "empty", turnouts)
    try:
        found = conflict_of(row, row.members, until)
        first = found
        while found is not None and not found.needs_demand and (demand.work or demand.free):
            # what stands is broken by itself: whether the demand is in the way of the rest is another question
            row = row.other(demand, row.stands - {each.cell for each in found.members if each.cell is not None})
            smaller = conflict_of(row, row.members, until)
            if smaller is None or smaller.members == found.members:
                return first
            found = smaller
        return found
    except OutOfTime:
        return "no_time"


def standing(problem: Problem, plan: Plan | None = None) -> frozenset[DutyKey]:
    """The duties that stand: those of the plan, or what the tables pin when there is none."""
    if plan is None:
        return frozenset((nurse, day, kind) for (nurse, day, _), kind in problem.pinned.items())
    return frozenset(_keyed(problem, plan))


def turnouts_of(problem: Problem, plan: Plan) -> Turnouts:
    """The work that a plan has in standby from home, by duty."""
    keyed = {key: duty for key, duty in _keyed(problem, plan).items() if duty.lane == "standby"}
    kinds = problem.instance.kind_by_id
    return {
        key: work_blocks(problem.instance, duty) for key, duty in keyed.items() if not kinds[duty.kind].at_workplace
    }


def _keyed(problem: Problem, plan: Plan) -> dict[DutyKey, Duty]:
    """(nurse, day, kind) -> duty, for the duties of a plan that the problem knows."""
    nurses, kinds, clock = problem.nurse_number, problem.kind_number, problem.instance.clock
    return {
        (nurses[each.nurse], clock.day_number(each.day), kinds[each.kind]): each
        for each in plan.duties
        if each.nurse in nurses and each.kind in kinds and 0 <= clock.day_number(each.day) < problem.instance.days
    }


def conflict_of(row: ConflictRow, members: Collection[Member], until: float) -> Conflict | None:
    """A minimal conflict among these members, or None. Raises OutOfTime after the moment ``until``."""
    alone = row if row.closed else row.other(row.demand, closed=True)
    if alone.feasible(members, until - monotonic()) or row.feasible(members, until - monotonic()):
        return None
    # in the row without other duties the conflict is small, and found fast
    found = _smaller(alone, _suspects(alone, members, until), until)
    if row is not alone and row.feasible(found, until - monotonic()):
        found = _smaller(row, _grown(row, members, found, until), until)
    proved = _proved(row, found, until)
    without = row.other(replace(row.demand, work=frozenset(), free=frozenset()))
    needs = not proved or without.feasible(proved, until - monotonic())
    by_clock = not any(each.rule is not None for each in proved) and any(
        each.cell is not None and each.what == "duty" and each.cell[1] not in row.demand.free for each in proved
    )
    return Conflict(row.demand, proved, needs, by_clock)


def _suspects(row: ConflictRow, members: Collection[Member], until: float) -> list[Member]:
    """Members that suffice: without any rule, or with one; law before what may be set aside. Nearly always one does."""
    rules = [each for each in members if each.rule is not None]
    others = [each for each in members if each.rule is None]
    if not row.feasible(others, until - monotonic()):
        return others
    rules.sort(key=lambda each: each.rule is not None and instead_of(row.problem.instance, each.rule) is not None)
    for rule in rules:
        if not row.feasible([*others, rule], until - monotonic()):
            return [rule, *others]
    return [*rules, *others]


def _grown(row: ConflictRow, members: Collection[Member], found: list[Member], until: float) -> list[Member]:
    """Where another duty would make the row legal under the rules found: with the rules that forbid those duties."""
    others = [each for each in members if each.rule is None]
    kept = [*found, *(each for each in others if each not in found)]
    while row.feasible(kept, until - monotonic()):
        exact = row.other(replace(row.demand, work=row.witness), closed=True)
        around = [each for each in others if each.what in ("known", "task")]
        broken = (
            each for each in members
            if each.rule is not None and each not in kept
            and not exact.feasible([*around, each], until - monotonic(), absent=row.hers - row.witness, barred=False)
        )  # fmt: skip
        rule = next(broken, None)
        if rule is None:
            return list(members)
        kept.insert(0, rule)
    return kept


def _smaller(row: ConflictRow, members: list[Member], until: float) -> list[Member]:
    """QuickXplain: few questions when few of many members matter; the first are kept rather than the last."""

    def infeasible(kept: Sequence[Member]) -> bool:
        return not row.feasible(kept, until - monotonic())

    def needed(given: list[Member], new: bool, asked: list[Member]) -> list[Member]:
        if new and infeasible(given):
            return []
        if len(asked) <= 1:
            return asked
        half = len(asked) // 2
        second = needed([*given, *asked[:half]], True, asked[half:])
        return [*needed([*given, *second], bool(second), asked[:half]), *second]

    if infeasible([]):
        return []
    found = needed([], False, members)
    # thinking known work away can make another dienst of what is left: then each member is tried on its own
    return found if infeasible(found) else members


def _proved(row: ConflictRow, members: list[Member], until: float) -> tuple[Member, ...]:
    """The members less those that are not needed, until none can go; each verdict by another computation."""
    kept = list(members)
    for again in (False, True):
        tried = 0
        while tried < len(kept):
            less = [*kept[:tried], *kept[tried + 1 :]]
            if row.feasible(less, until - monotonic(), again=again):
                tried += 1
            else:
                kept, tried = less, 0
    if row.feasible(kept, until - monotonic(), again=True):
        # two verdicts on one question: nothing is shown that is not sure
        raise OutOfTime
    return tuple(kept)
