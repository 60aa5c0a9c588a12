"""What a sharing contract allows: planner and checker, written apart, say the same of random contracts."""

from __future__ import annotations

import random
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.check import sharing
from optimiser.check.case import Case
from optimiser.check.cover import needs, shortfalls
from optimiser.domain.plan import Duty, Plan, Route, Stop
from optimiser.domain.problem import FORBIDDEN
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.scenario.cover import cover_days
from optimiser.scenario.jobs import jobs_of
from optimiser.scenario.may_serve import may_serve
from optimiser.scenario.parts import components

Rooms = Callable[..., Any]
MADE = runpy.run_path(str(Path(__file__).with_name("random_sharing.py")), run_name="random_sharing")
contracts, random_sharing, random_duties = MADE["contracts"], MADE["random_sharing"], MADE["random_duties"]
SEEDS = st.integers(0, 10**6)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, contract=contracts())
def test_who_may_serve(seed: int, contract: SharingContract, room: Rooms) -> None:
    """Each nurse at each visit in each window: forbidden by the planner exactly where the checker finds a rule of
    sharing, or a skill that she lacks under any contract."""
    small = random_sharing(seed, room)
    instance = small.instance()
    jobs = jobs_of(instance)
    free, ours = (may_serve(instance, each, jobs) for each in (PRESETS["joint"], contract))
    for job, with_all, with_this in zip(jobs, free, ours, strict=True):
        for row, (low, _, _) in enumerate(job.windows):
            broken = {nurse.id: broken_rules(small, instance, contract, nurse, job, low) for nurse in instance.nurses}
            for column, nurse in enumerate(instance.nurses):
                able = with_all[row, column] != FORBIDDEN
                assert (with_this[row, column] != FORBIDDEN) == (able and not broken[nurse.id])


def broken_rules(small: Any, instance: Any, contract: SharingContract, nurse: Any, job: Any, start: int) -> list[str]:
    """Rules of sharing that one stop breaks, but for the hours lent."""
    stop = Stop(what="visit", id=job.id, part=job.part, arrival=start, start=start, end=start + job.minutes)
    duty = Duty(
        id="d", nurse=nurse.id, kind="D", day=instance.clock.date_of(instance.clock.day_of(start)), lane="work",
        start=start, end=start + job.minutes, organisation=nurse.organisation, routes=(Route(stops=(stop,)),),
    )  # fmt: skip
    plan = Plan.model_construct(instance="small", fingerprint="", contract=contract, duties=(duty,))
    found = sharing.judge(Case(instance, contract, small.matrix(), plan))
    return [each.rule for each in found if each.rule != "sharing.most_lent"]


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, contract=contracts())
@pytest.mark.slow
def test_cover_rows(seed: int, contract: SharingContract, room: Rooms) -> None:
    """The same rows merged to the same numbers, and the same duties counted of a random roster."""
    small = random_duties(random_sharing(seed, room), random.Random(seed))
    small.contract = contract
    instance, plan = small.instance(), small.plan()
    case = Case(instance, contract, small.matrix(), plan)
    rows = cover_days(instance, contract)
    assert {(row.id, row.day): (row.minimum, row.wanted) for row in rows} == {
        ("+".join(need.rows), need.day): (need.minimum, need.wanted) for need in needs(case)
    }
    numbers = {nurse.id: number for number, nurse in enumerate(instance.nurses)}
    kinds = {kind.id: number for number, kind in enumerate(instance.shift_kinds)}
    held = [(numbers[each.nurse], (instance.clock.day_number(each.day), kinds[each.kind])) for each in plan.duties]
    short = {}
    for row in rows:
        counted = sum(nurse in row.nurses and key in row.duties for nurse, key in held)
        if counted < max(row.minimum, row.wanted):
            short[row.id, row.day] = counted
    assert short == {("+".join(each.rows), each.day): each.counted for each in shortfalls(case)}


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, contract=contracts())
def test_parts_share_nothing(seed: int, contract: SharingContract, room: Rooms) -> None:
    """No nurse may serve a client of another part, and no cover row counts nurses of two parts."""
    instance = random_sharing(seed, room).instance()
    part_of = {each: number for number, part in enumerate(components(instance, contract)) for each in part}
    parts = np.array([part_of[nurse.organisation] for nurse in instance.nurses])
    jobs = jobs_of(instance)
    for job, table in zip(jobs, may_serve(instance, contract, jobs), strict=True):
        own = part_of[instance.client_by_id[instance.visit_by_id[job.id].client].organisation]
        assert (table[:, parts != own] == FORBIDDEN).all()
    assert all(len({int(parts[nurse]) for nurse in row.nurses}) <= 1 for row in cover_days(instance, contract))
