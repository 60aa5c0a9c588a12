"""Routes go to the nurses whom they suit: only when it is cheaper, and only as the rules allow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from optimiser.check.checker import check
from optimiser.domain.duty import GivenDuty
from optimiser.domain.objective import weigh
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.model.reassign_parts import ReassignSettings
from optimiser.search.evaluate import count_terms
from optimiser.search.improve import Effort, improve
from optimiser.search.kernel.data import ROW_ACCEPTED, State
from optimiser.search.reassign import Reassigned, reassign, reassignment
from optimiser.search.reassign_columns import Team, choice_of

Rooms = Callable[..., Any]


def given(kernel: Any, state: State | None = None, parts: int = 40, fixed: bool = False) -> Reassigned:
    """One reassignment of a kernel's state."""
    team = Team(kernel.problem, kernel.data, kernel.rows, kernel.duties, fixed)
    return reassign(team, kernel.state if state is None else state, ReassignSettings(None, parts), lambda: False)


def crossed(rooms: Rooms) -> Any:
    """Two nurses with early and middle duties; each lives beside the client v1 or v2, 40 minutes from all else."""
    small = rooms()
    for name in ("N1", "N2"):
        small.nurse(name, contract_minutes=960)
    for name, start, end, category in (
        ("D", "07:00", "15:30", "day"), ("M", "11:00", "19:30", "mid"), ("A", "14:30", "23:00", "evening"),
    ):  # fmt: skip
        small.kind(name, start, end, 30, category=category, carries_route=True)
    small.visit("v1", 1, "07:30", "12:00").visit("v2", 1, "12:00", "18:00")
    return small


def beside(small: Any) -> TravelMatrix:
    """N1 lives 5 minutes from v1 and N2 5 minutes from v2."""
    base = small.matrix()
    minutes = np.where(np.eye(len(base.places), dtype=bool), 0, 40).astype(np.int32)
    index = base.index()
    for nurse, visit in (("home-N1", "at-C-v1"), ("home-N2", "at-C-v2")):
        minutes[index[nurse], index[visit]] = minutes[index[visit], index[nurse]] = 5
    return TravelMatrix(base.engine, base.places, {key: minutes for key in base.minutes}, base.metres)


def far_from_home(small_kernel: dict[str, Any], small: Any, extra: list[tuple[str, str, int]]) -> Any:
    """N2 has the early duty with v1 and N1 the middle duty with v2: both drive 80 minutes to and from home."""
    kernel = small_kernel["Kernel"](small, [("N2", "D", 1), ("N1", "M", 1), *extra], matrix=beside(small))
    kernel.put(kernel.slot("N2", 1), "v1")
    kernel.put(kernel.slot("N1", 1), "v2")
    return kernel


def test_two_nurses_exchange_their_routes(room: Rooms, small_kernel: dict[str, Any]) -> None:
    """160 minutes of home legs become 20; nothing else changes, since both duties take eight hours."""
    kernel = far_from_home(small_kernel, crossed(room), [])
    found = given(kernel)
    assert found.state is not None and found.answer.settled
    assert found.claimed == int(kernel.state.total[0]) - int(found.state.total[0]) == 160 - 20
    duties = {(duty.nurse, duty.kind): [stop.id for stop in duty.stops] for duty in kernel.plan(found.state).duties}
    assert duties == {("N1", "D"): ["v1"], ("N2", "M"): ["v2"]}
    assert kernel.recomputed(found.state) == int(found.state.total[0])


def test_an_exchange_that_breaks_a_rest_is_not_made(room: Rooms, small_kernel: dict[str, Any]) -> None:
    """N1 works until 23:00 the evening before: from 07:00 that is 8 hours of rest, 11 are asked; 11:00 leaves 12."""
    small = crossed(room).add("duties_given", GivenDuty(nurse="N1", kind="A", day=room().day(0)))
    kernel = far_from_home(small_kernel, small, [("N1", "A", 0)])
    found = given(kernel)
    assert found.answer.fits and found.answer.settled
    assert found.state is None and found.answer.found == ()


def test_duties_that_stand_keep_their_nurse(room: Rooms, small_kernel: dict[str, Any]) -> None:
    """With both duties published nothing can be exchanged, since they are of two kinds; nor with ``fixed``."""
    small = crossed(room)
    assert given(far_from_home(small_kernel, small, []), fixed=True).state is None
    for nurse, kind in (("N2", "D"), ("N1", "M")):
        small.add("duties_given", GivenDuty(nurse=nurse, kind=kind, day=small.day(1)))
    assert given(far_from_home(small_kernel, small, [])).state is None


def test_routes_of_published_duties_of_one_kind_change_hands(room: Rooms, small_kernel: dict[str, Any]) -> None:
    """Both work a published duty D: the duties stay, v1 and v2 change places (the same 140 minutes)."""
    small = crossed(room).visit("v2", 1, "12:00", "14:30")
    for nurse in ("N1", "N2"):
        small.add("duties_given", GivenDuty(nurse=nurse, kind="D", day=small.day(1)))
    kernel = small_kernel["Kernel"](small, [("N1", "D", 1), ("N2", "D", 1)], matrix=beside(small))
    kernel.put(kernel.slot("N2", 1), "v1")
    kernel.put(kernel.slot("N1", 1), "v2")
    found = given(kernel)
    assert found.state is not None and found.claimed == 140
    assert np.array_equal(found.state.duty, kernel.state.duty)
    assert kernel.times(kernel.slot("N1", 1)) != []
    assert [stop.id for duty in kernel.plan(found.state).duties if duty.nurse == "N1" for stop in duty.stops] == ["v1"]


def test_who_may_not_serve_gets_no_column(room: Rooms, small_kernel: dict[str, Any]) -> None:
    """A client who wants a woman: only N2 is one, so the early route stays hers and nothing changes."""
    small = crossed(room).nurse("N1", sex="m", contract_minutes=960).nurse("N2", sex="f", contract_minutes=960)
    small.client("C-v1", sex_wish="f")
    kernel = far_from_home(small_kernel, small, [])
    team = Team(kernel.problem, kernel.data, kernel.rows, kernel.duties)
    choice = choice_of(team, kernel.state)
    early = next(number for number, item in enumerate(choice.items) if item.nurse == 1)
    assert [column.nurse for column in choice.columns if column.item == early] == [1]
    assert given(kernel).state is None


def searched(rooms: Rooms, small_kernel: dict[str, Any], seed: int) -> tuple[Any, State]:
    """A random team and a short search on it, which leaves much to gain."""
    room, matrix, contract = small_kernel["random_team"](rooms, seed)
    kernel = small_kernel["Kernel"](room, contract=contract, matrix=matrix)
    effort = Effort(seed=seed, islands=1, duty_share=0.5, seconds=None, iterations=120)
    return kernel, improve(
        kernel.data, kernel.rows, kernel.duties, kernel.state, effort, lambda state, done: None, lambda: False
    )


@pytest.mark.parametrize("seed", [300, 301, *(pytest.param(s, marks=pytest.mark.slow) for s in range(302, 312))])
def test_what_the_model_claims_is_what_the_plan_costs(
    rooms_and_kernel: tuple[Rooms, dict[str, Any]], seed: int
) -> None:
    """On random teams the model accepts what search made, and the gain that it claims is the difference of the
    objectives counted from both plans; the checker finds no rule broken by the exchange."""
    kernel, state = searched(*rooms_and_kernel, seed)
    assert not state.row[:-1, ROW_ACCEPTED].any()
    found = given(kernel, state)
    assert found.answer.fits
    if found.state is None:
        return
    before, after = (
        weigh(count_terms(kernel.problem, kernel.plan(each)), kernel.instance.weights, 0).scalar
        for each in (state, found.state)
    )
    assert found.claimed == before - after > 0
    assert kernel.recomputed(found.state) == int(found.state.total[0])
    plans = [kernel.plan(each) for each in (state, found.state)]
    broken = [
        {each.rule for each in check(kernel.instance, kernel.problem.contract, kernel.problem.travel, plan).violations}
        for plan in plans
    ]
    assert broken[1] <= broken[0] | {"remote_check"}


def test_the_same_parts_give_the_same_answer(rooms_and_kernel: tuple[Rooms, dict[str, Any]]) -> None:
    """Twice the same state, and twice the same search with reassignment between its segments."""
    kernel, state = searched(*rooms_and_kernel, 301)
    one, two = (given(kernel, state, parts=5) for _ in range(2))
    assert one.answer == two.answer
    team = Team(kernel.problem, kernel.data, kernel.rows, kernel.duties)
    heard: list[int] = []
    between = reassignment(team, lambda best, done: heard.append(done), lambda: False)
    # 20 parts (240 * 50 / 600) after the third of four segments
    effort = Effort(None, 240, 1, islands=1, segments=4, reassign_share=50.0)
    ends = [
        improve(kernel.data, kernel.rows, kernel.duties, kernel.state, effort, lambda state, done: None,
                lambda: False, between)
        for _ in range(2)
    ]  # fmt: skip
    assert heard == [180, 180]
    assert all(np.array_equal(*each) for each in zip(ends[0][:2], ends[1][:2], strict=True))
    assert np.array_equal(ends[0].job, ends[1].job) and ends[0].total[0] == ends[1].total[0]
