"""Planning from an earlier plan: what changed against it is paid for while searching, not only counted afterwards."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from instances.plans import read_plan
from optimiser import planning
from optimiser.domain.instance import Instance
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.domain.result import Result
from optimiser.planning import PlanSettings, prepare
from optimiser.search import run as searched
from optimiser.search.narrowed import with_change_prices

STORED = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"


def test_each_change_of_a_visit_has_its_price(six: Instance) -> None:
    """Windows are cut where the visit was told: there and by that nurse it costs what it did, elsewhere 15 more (7 for
    each of two nurses at once); who may not do it may not; starts are the same ones as before."""
    start, _ = read_plan(STORED, six)
    problem = prepare(six, start.contract, start)
    priced = with_change_prices(problem)
    told = {(s.id, s.part): (duty.nurse, s.start) for duty in start.duties for s in duty.stops if s.what == "visit"}
    for number, (old, new) in enumerate(zip(problem.jobs, priced.jobs, strict=True)):
        if (old.id, old.part) not in told:
            assert new == old and (priced.may_serve[number] == problem.may_serve[number]).all()
            continue
        nurse, at = told[old.id, old.part]
        price = 7 if six.visit_by_id[old.id].nurses == 2 else 15
        assert sum(high - low + 1 for low, high, _ in new.windows) == sum(h - low + 1 for low, h, _ in old.windows)
        for (low, high, day), row in zip(new.windows, priced.may_serve[number], strict=True):
            where = next(k for k, (first, last, on) in enumerate(old.windows) if first <= low and high <= last)
            usual = problem.may_serve[number][where].astype(int)
            expected = np.where(usual == FORBIDDEN, FORBIDDEN, usual + price)
            if at - 15 <= low and high <= at + 15:
                column = problem.nurse_number[nurse]
                expected[column] = usual[column]
            assert (row == expected).all() and old.windows[where][2] == day


def test_plan_searches_with_those_prices(six: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """What search is given is the priced problem; without a parent it is the problem itself."""
    seen: list[Problem] = []

    def run(problem: Problem, *_: object) -> Result:
        seen.append(problem)
        return Result(status="no_time")

    monkeypatch.setattr(searched, "run", run)
    start, _ = read_plan(STORED, six)
    for parent in (None, start):
        problem = prepare(six, start.contract, parent)
        planning.plan(problem, PlanSettings(), start)
        assert (seen[-1] is problem) is (parent is None)
