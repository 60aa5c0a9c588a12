"""Plans of parts: put together, judged again, and used as a start that a coalition is never worse than."""

from __future__ import annotations

import pytest

from optimiser.check.checker import check
from optimiser.domain.instance import Instance
from optimiser.domain.sharing import PRESETS
from optimiser.planning import PlanSettings, plan, prepare
from optimiser.studies import plan_jobs
from optimiser.studies.jobs import MemoryStore, run_jobs
from optimiser.studies.parts_plan import Effort, merged, plan_of
from optimiser.studies.plan_jobs import part_job, plan_part
from optimiser.travel.engine import travel_matrix

EFFORT = Effort(None, 120, 1, islands=1)
BOTH = ("maas", "rotte")


def test_each_visit_has_the_same_effort() -> None:
    """60 s for 600 visits are 20 s for 200 and 2 s, the least, for 6; iterations alike, at least 50."""
    assert Effort(60.0, None, 1).part(200, 600).seconds == 20
    assert Effort(60.0, None, 1).part(6, 600).seconds == 2
    assert Effort(None, 3000, 1).part(200, 600).iterations == 1000
    assert Effort(None, 100, 1).part(1, 600).iterations == 50


def test_alone_is_the_same_job_under_every_contract(six: Instance) -> None:
    """An organisation alone serves its own, whichever contract the others have: one key, so it is planned once."""
    alone = [part_job(six, PRESETS[name], ("maas",), EFFORT).key for name in ("single", "joint", "anw")]
    assert len(set(alone)) == 1
    assert part_job(six, PRESETS["joint"], BOTH, EFFORT).key != part_job(six, PRESETS["anw"], BOTH, EFFORT).key
    other = Effort(None, 120, 2, islands=1)
    assert part_job(six, PRESETS["single"], ("maas",), other).key != alone[0]


@pytest.mark.slow
def test_parts_together_are_a_plan_of_the_whole(six: Instance) -> None:
    """The merged plan of both organisations alone is what the checker says of it, without violations, and its jobs
    are the same on every run."""
    alone = tuple(part_job(six, PRESETS["single"], (each,), EFFORT) for each in BOTH)
    results = run_jobs(alone, MemoryStore())
    plans = [made for job in alone if (made := plan_of(results[job.key])) is not None]
    whole = merged(six, PRESETS["single"], plans)
    report = check(six, PRESETS["single"], travel_matrix(six), whole)
    assert not report.violations
    assert report.objective == whole.objective
    assert len(whole.duties) == sum(len(each.duties) for each in plans)
    again = plan_part(*alone[0].arguments)
    assert again["plan"]["duties"] == results[alone[0].key]["plan"]["duties"]


@pytest.mark.slow
def test_never_worse_than_the_parts(six: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a fresh run finds less than the parts have together, planning goes on from those, and says so."""
    alone = tuple(part_job(six, PRESETS["single"], (each,), EFFORT) for each in BOTH)
    needs = run_jobs(alone, MemoryStore())
    parts = merged(six, PRESETS["joint"], [made for each in needs.values() if (made := plan_of(each)) is not None])
    assert parts.objective is not None
    told = plan_part(six, PRESETS["joint"], BOTH, EFFORT, (tuple(needs),), needs)
    made = plan_of(told)
    assert made is not None and made.objective is not None
    assert made.objective.key() <= parts.objective.key()

    def poor(problem, settings, start=None):  # type: ignore[no-untyped-def]
        few = PlanSettings(time_limit_s=None, iterations=1, islands=1, first_roster=False, reassign=False)
        return plan(problem, few) if start is None or start.duties != parts.duties else plan(problem, few, start=start)

    monkeypatch.setattr(plan_jobs, "plan", poor)
    told = plan_part(six, PRESETS["joint"], BOTH, EFFORT, (tuple(needs),), needs)
    made = plan_of(told)
    assert told["start"] == "parts"
    assert made is not None and made.objective is not None
    assert made.objective.key() <= parts.objective.key()


@pytest.mark.slow
def test_parts_that_the_contract_forbids_are_no_start(six: Instance) -> None:
    """A joint plan breaks a contract that shares nothing: nothing begins from it."""
    joint = plan_part(six, PRESETS["joint"], BOTH, EFFORT)
    assert plan_jobs._start(prepare(six, PRESETS["single"]), [joint]) is None
    assert plan_jobs._start(prepare(six, PRESETS["joint"]), [joint]) is not None
