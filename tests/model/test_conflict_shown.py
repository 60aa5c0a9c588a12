"""What is shown of a conflict is minimal: fifty generated cases, line by line.

Beside the conflicts of a demand: what leave, meetings and facts of a person forbid, with the rows taken from the
tables for each verdict, and rows of published duties that are impossible without any demand (what ``plan`` shows).
"""

from __future__ import annotations

import random
import runpy
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from optimiser.domain.duty import GivenDuty
from optimiser.model.conflict import find_conflict, standing
from optimiser.model.conflict_parts import Conflict, Demand, Member
from optimiser.model.conflict_reasons import reasons_against
from optimiser.model.conflict_team import find_team_conflict
from optimiser.model.conflict_words import conflict_lines
from optimiser.planning import prepare

GENERATED = runpy.run_path(str(Path(__file__).with_name("test_conflict_generated.py")), run_name="generated")
Case, random_room, possible, questions = (
    GENERATED[name] for name in ("Case", "random_room", "possible", "questions")
)
Stands = frozenset[tuple[int, int, int]]
Shown = tuple[Any, Conflict, Stands, str]
TABLES = {"known": "context", "task": "tasks", "absence": "availability"}


def of_demands(seed: int) -> Iterator[Shown]:
    """Conflicts with members, of random demands."""
    for case, stands, demand in questions(seed):
        found = find_conflict(case.problem, demand, stands, 60.0)
        assert found != "no_time"
        if found is not None and found.members:
            yield case, found, stands, "empty"


def of_tables(seed: int) -> Iterator[Shown]:
    """Conflicts of a duty that leave, a meeting, known work or a fact of the person forbids: a sort drawn first."""
    chance = random.Random(seed)
    while True:
        case = Case(random_room(chance))
        cells: dict[str, list[tuple[int, int, int]]] = {}
        for nurse, day, kind in zip(*(~case.problem.duty_allowed).nonzero(), strict=True):
            cell = int(nurse), int(day), int(kind)
            for against in reasons_against(case.problem, cell, frozenset()):
                cells.setdefault(against.what, []).append(cell)
        if cells:
            nurse, day, kind = chance.choice(cells[chance.choice(sorted(cells))])
            found = find_conflict(case.problem, Demand(nurse, frozenset({(day, kind)})), frozenset(), 60.0)
            assert isinstance(found, Conflict)
            yield case, found, frozenset(), "empty"


def of_published(seed: int) -> Iterator[Shown]:
    """Conflicts of published rows by themselves, other duties open to be planned."""
    chance = random.Random(seed)
    while True:
        case = Case(random_room(chance))
        for row in case.rows(chance, 2):
            given = tuple(
                GivenDuty(nurse=case.instance.nurses[nurse].id, kind=case.instance.shift_kinds[kind].id,
                          day=case.instance.first_monday + timedelta(days=day))
                for nurse, day, kind in row
            )  # fmt: skip
            tables = case.instance.model_copy(update={"duties_given": given})
            problem = prepare(tables, case.room.contract)
            found = find_team_conflict(problem, 60.0)
            assert not found.unknown
            for each in found.conflicts.values():
                yield problem, each, standing(problem), "open"


def judge(case: Any, conflict: Conflict, stands: Stands, others: str) -> None:
    """A line for each member and no two alike; all impossible, possible without any one; so too without the demand
    where the headline says that the demand does not matter."""
    problem = getattr(case, "problem", case)
    for language in ("nl", "en"):
        lines = conflict_lines(problem, conflict, language)
        assert len(lines) == 1 + len(conflict.members) + conflict.by_clock
        assert len(set(lines)) == len(lines)
    for demand in {conflict.demand} if conflict.needs_demand else {conflict.demand, Demand(conflict.demand.nurse)}:
        assert not possible(problem, demand, stands, conflict.members, others)
        for each in conflict.members:
            assert possible(problem, demand, stands, without(conflict, each), others), each
    if case is not problem:
        for kept in (conflict.members, *(without(conflict, each) for each in conflict.members)):
            tables_agree(case, conflict, stands, kept)


def without(conflict: Conflict, member: Member) -> tuple[Member, ...]:
    """The other members."""
    return tuple(each for each in conflict.members if each != member)


def tables_agree(case: Any, conflict: Conflict, stands: Stands, kept: Collection[Member]) -> None:
    """With only the rows of these members in the tables, the planner allows the duty just where they do."""
    nurse = conflict.demand.nurse
    rows = {
        table: tuple(getattr(case.instance, table)[each.row] for each in kept if each.what == what)
        for what, table in TABLES.items()
    }
    allowed = prepare(case.instance.model_copy(update=rows), case.room.contract).duty_allowed
    for cell in conflict.demand.work - {each[1:] for each in stands}:
        against = reasons_against(case.problem, (nurse, *cell), stands)
        # what the person is stands in no row that could be taken out
        if not any(each.reason for each in against):
            assert bool(allowed[nurse, *cell]) is set(kept).isdisjoint(against)


@pytest.mark.slow
def test_fifty_conflicts_as_they_are_shown() -> None:
    """24 of demands, 14 of tables, 14 of published rows; every sort of member occurs."""
    sorts, sizes = Counter[str](), Counter[int]()
    for source, seeds in ((of_demands, range(60, 68)), (of_tables, range(70, 84)), (of_published, range(90, 104))):
        for seed in seeds:
            for number, (case, conflict, stands, others) in enumerate(source(seed), 1):
                judge(case, conflict, stands, others)
                sorts.update({each.what for each in conflict.members})
                sizes[len(conflict.members)] += 1
                if number == (3 if source is of_demands else 1):
                    break
    assert sizes.total() >= 50
    assert {"rule", "duty", "known", "task", "absence", "reason"} <= sorts.keys()
    assert max(sizes) > 5


def test_a_member_too_many_is_noticed() -> None:
    """The judge accepts the first conflicts, and not with a duty more."""
    for source in (of_demands, of_published):
        case, conflict, stands, others = next(source(60))
        judge(case, conflict, stands, others)
        # a duty of hers that stands and is in nothing's way
        spare = next(Member("duty", cell=each) for each in sorted(stands) if each[0] == conflict.demand.nurse
                     and each not in [member.cell for member in conflict.members])  # fmt: skip
        with pytest.raises(AssertionError, match="what='"):
            judge(case, replace(conflict, members=(*conflict.members, spare)), stands, others)
