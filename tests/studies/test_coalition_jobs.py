"""What coalitions cost: priced by hand, planned as jobs, and on a cluster of which a worker dies."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from instances.generate import GeneratorSettings, generate
from instances.jobs_store import FileStore
from optimiser.domain.figure import Values
from optimiser.domain.instance import Instance
from optimiser.domain.sharing import PRESETS
from optimiser.studies.cluster import open_cluster
from optimiser.studies.coalition_jobs import (
    AskedCoalition,
    CoalitionRunner,
    care_cents,
    coalition_costs,
    coalition_jobs,
    shared_parts,
)
from optimiser.studies.gain_sharing import gain_sharing
from optimiser.studies.jobs import Job, MemoryStore, run_jobs
from optimiser.studies.measure_jobs import measure_scenario
from optimiser.studies.parts_plan import Effort
from optimiser.studies.plan_jobs import plan_part

FEW = Effort(None, 60, 0, islands=1)
MAAS, ROTTE = frozenset({"maas"}), frozenset({"rotte"})


def test_the_price_of_open_care() -> None:
    """An hour and a half of visits and one duty of eight hours at 80 euros: 9.5 x 8000 = 76,000 cents."""
    assert care_cents({"unserved_hours": 1.5, "uncovered_shifts": 1.0}, 8000) == 76_000
    assert care_cents({"unserved_hours": None}, 8000) == 0


def _result(maas: Values, rotte: Values) -> dict[str, object]:
    total = {name: (maas[name] or 0.0) + (rotte[name] or 0.0) for name in maas}
    return {"figures": {"total": total, "organisations": {"maas": maas, "rotte": rotte}}}


def _of(euros: float, open_hours: float) -> Values:
    return {"employer_cost_eur": euros, "unserved_hours": open_hours, "uncovered_shifts": 0.0, "unserved_visits": 1.0}


def test_the_cost_of_a_coalition() -> None:
    """Week 0 has two seeds, of 300 and 400 euros: 350; week 1 one of 450. Its mean is 400.00, of which maas bears
    (100 + 150 + 200) / 3 = 150.00 and rotte what is left. An open hour at 80 euros in week 1 only: 40 a week."""
    asked = [AskedCoalition(MAAS | ROTTE, week, seed, Job(f"{week}{seed}", "", plan_part))
             for week, seed in ((0, 0), (0, 1), (1, 0))]  # fmt: skip
    results = {
        "00": _result(_of(100, 0), _of(200, 0)), "01": _result(_of(150, 0), _of(250, 0)),
        "10": _result(_of(200, 1), _of(250, 0)),
    }  # fmt: skip
    found = coalition_costs(asked, results)[MAAS | ROTTE]
    assert (found.cents, found.weekly) == (40_000, (35_000, 45_000))
    assert (found.care_cents, found.weekly_care) == (4_000, (0, 8_000))
    assert (found.borne["maas"].cents, found.borne["rotte"].cents) == (15_000, 25_000)
    assert sum(each.care_cents for each in found.borne.values()) == 4_000
    assert found.unserved == 2.0


def test_parts_come_first_and_are_planned_once(six: Instance) -> None:
    """Two weeks (here the same one) of three coalitions: the plans of one organisation also begin that of both."""
    jobs, asked = coalition_jobs([six], PRESETS["joint"], [MAAS, ROTTE, MAAS | ROTTE], [FEW])
    assert [job.run for job in jobs].count(plan_part) == 3
    assert [job.run for job in jobs].count(measure_scenario) == 3
    order = [job.key for job in jobs]
    assert all(order.index(need) < order.index(job.key) for job in jobs for need in job.needs)
    both = next(job for job in jobs if job.run is plan_part and len(job.needs) == 2)
    assert set(both.needs) == {each.job.needs[0] for each in asked[:2]}


@pytest.mark.slow
def test_a_coalition_begins_from_every_way_to_make_it_up() -> None:
    """Three organisations: all of them together begin from each alone, and from each alone with the other two."""
    three, _ = generate(GeneratorSettings(region="apeldoorn", organisations=tuple((each, 3.0) for each in "abc")))
    sets = [frozenset(each) for each in ("a", "b", "c", "ab", "ac", "bc", "abc")]
    jobs, asked = coalition_jobs([three], PRESETS["joint"], sets, [FEW])
    plans = {each.members: each.job.needs[0] for each in asked}
    last = next(job for job in jobs if job.key == plans[frozenset("abc")])
    assert [tuple(keys) for keys in last.arguments[-1]] == [
        tuple(plans[frozenset(each)] for each in parts)
        for parts in (("a", "b", "c"), ("a", "bc"), ("ab", "c"), ("ac", "b"))
    ]
    assert len([job for job in jobs if job.run is plan_part]) == len([each for each in asked]) == 7


def test_what_falls_apart(six: Instance) -> None:
    """Under a contract that shares nothing both stand alone; one alone is itself."""
    assert shared_parts(six, PRESETS["joint"], MAAS | ROTTE) == (MAAS | ROTTE,)
    assert shared_parts(six, PRESETS["single"], MAAS | ROTTE) == (MAAS, ROTTE)
    assert shared_parts(six, PRESETS["joint"], MAAS) == (MAAS,)


@pytest.mark.slow
def test_costs_on_demand(six: Instance) -> None:
    """The gain of two organisations from real plans: shares add up to it (nothing where so short a search leaves them
    dearer together than apart), and nothing is planned twice."""
    ran: list[str] = []
    store = MemoryStore()

    def run(jobs):  # type: ignore[no-untyped-def]
        return run_jobs(jobs, store, on_done=lambda told: ran.append(told.name) if told.outcome == "made" else None)

    runner = CoalitionRunner([six], PRESETS["joint"], [FEW], run)
    made = gain_sharing(("maas", "rotte"), runner.cost, 10, 0)
    alone = sum(runner.cost(each).cents + runner.cost(each).care_cents for each in (MAAS, ROTTE))
    together = runner.cost(MAAS | ROTTE)
    assert sum(each.share for each in made.shares) == max(0, alone - together.cents - together.care_cents)
    assert len(ran) == 6
    assert {duty.organisation for duty in runner.plan_of(MAAS | ROTTE).duties} == {"maas", "rotte"}


@pytest.mark.slow
def test_four_organisations_on_a_cluster_of_which_a_worker_dies(tmp_path: Path) -> None:
    """Coalitions of four organisations on two processes, one of which is killed while it plans: every coalition has its
    cost, each result is kept once, and all four together begin from each alone."""
    four, _ = generate(GeneratorSettings(
        region="apeldoorn", organisations=tuple((each, 3.0) for each in "abcd"), name="four",
    ))  # fmt: skip
    sets = [frozenset(each) for each in ("a", "b", "c", "d", "abcd")]
    jobs, asked = coalition_jobs([four], PRESETS["joint"], sets, [Effort(None, 2, 0, islands=1)])
    puts: list[str] = []

    class Counted(FileStore):
        """A folder that counts."""

        def put(self, key: str, result: dict[str, object]) -> None:
            """Count and keep."""
            puts.append(key)
            super().put(key, result)

    killed: list[int] = []
    with open_cluster("local") as executor:
        processes = list(executor.client.run(os.getpid).values())

        def kill_one(told: object) -> None:
            if not killed:
                killed.append(processes[0])
                os.kill(processes[0], signal.SIGKILL)

        results = run_jobs(jobs, Counted(tmp_path), executor, kill_one)
        assert set(executor.client.run(os.getpid).values()) != set(processes)
    assert killed
    assert sorted(puts) == sorted({job.key for job in jobs})
    costs = coalition_costs(asked, results)
    assert set(costs) == set(sets)
    assert all(costs[each].cents > 0 for each in sets)
    last = next(job for job in jobs if job.key == asked[-1].job.needs[0])
    assert [len(parts) for parts in last.arguments[-1]] == [4]
