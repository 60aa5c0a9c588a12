"""Jobs that plan: a set of organisations under a contract, never worse than their parts put together."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.problem import Problem
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.planning import PlanSettings, plan, prepare
from optimiser.scenario.parts import coalition, part_of
from optimiser.studies.jobs import Job, content_key
from optimiser.studies.parts_plan import Effort, merged, plan_of
from optimiser.studies.work_size import work_size

LAST_THIRD = 1 / 3
HOT, WARM = PlanSettings.hot, 20.0
"""Temperature of the first two thirds of the effort, and of the last third and of what begins from a plan: on the
stored week 40 s hot and 20 s warm were no worse than 60 s hot, and tell whether more effort still helps."""
ANOTHER = 7
"""A run that found no lawful plan in its time is made once more with another seed, this many thousands further."""
LEVELLED_BELOW = 0.2
"""Percent that the last third of the effort gains at most, where a plan has levelled off."""


def part_job(
    instance: Instance,
    contract: SharingContract,
    members: Sequence[str],
    effort: Effort,
    starts: tuple[tuple[Job, ...], ...] = (),
) -> Job:
    """Plan the organisations ``members`` under ``contract`` (alone: each serves its own) with their share of the
    effort; each of ``starts`` are the jobs of parts whose plans together are a start."""
    names = tuple(members)
    if len(names) == 1:
        contract = PRESETS["single"]
    partitions = tuple(tuple(each.key for each in parts) for parts in starts)
    key = content_key("plan", instance, contract.model_copy(update={"name": "any"}), *names, effort, partitions)
    return Job(
        key=key, name=f"{instance.name} {contract.name} {'+'.join(names)} {effort.seed}", run=plan_part,
        arguments=(instance, contract, names, effort, partitions),
        needs=tuple(dict.fromkeys(key for parts in partitions for key in parts)),
    )  # fmt: skip


def plan_part(
    instance: Instance,
    contract: SharingContract,
    members: tuple[str, ...],
    effort: Effort,
    starts: tuple[tuple[str, ...], ...] = (),
    needs: Mapping[str, dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """The result of a job: ``plan`` (None without one, then ``status`` says why), ``start`` (``fresh`` or ``parts``),
    ``last_third_percent``, ``seconds``, ``cpu_s`` and ``work`` (``work_size``)."""
    wall, cpu = time.monotonic(), time.process_time()
    whole = len(members) == len(instance.organisations)
    part = instance if whole else part_of(instance, members)
    problem = prepare(part, contract if whole or len(members) == 1 else coalition(contract, members))
    effort = effort.part(work_size(part), work_size(instance))
    won, start = _rounds(problem, effort, None), "fresh"
    found = needs or {}
    begins = [each for keys in starts if (each := _start(problem, [found[key] for key in keys])) is not None]
    begin = min(begins, key=_key, default=None)
    if begin is not None and (won.plan is None or _key(begin) < _key(won.plan)):
        again = _rounds(problem, effort, begin)
        better = again.plan is not None and _key(again.plan) < _key(begin)
        won, start = again if better else Planned(begin, 0.0, "feasible"), "parts"
    return {
        "plan": None if won.plan is None else won.plan.model_dump(mode="json"), "status": won.status, "start": start,
        "last_third_percent": won.last_third, "seconds": round(time.monotonic() - wall, 2),
        "cpu_s": round(time.process_time() - cpu, 2), "work": work_size(part),
    }  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """A plan, or why there is none, and by how many percent the last third of its effort improved it."""

    plan: Plan | None
    last_third: float | None
    status: str


def _rounds(problem: Problem, effort: Effort, start: Plan | None) -> Planned:
    for number in (0, ANOTHER):
        settings = _settings(effort, 1 - LAST_THIRD, HOT if start is None else WARM, number)
        first = plan(problem, settings, start=start)
        if first.plan is not None or first.status != "no_time":
            break
    if first.plan is None:
        return Planned(None, None, str(first.status))
    last = plan(problem, _settings(effort, LAST_THIRD, WARM, 1), start=first.plan)
    before = _key(first.plan)
    if last.plan is None or _key(last.plan) >= before:
        return Planned(first.plan, 0.0, "feasible")
    was, now = (sum(_key(each)[1:]) for each in (first.plan, last.plan))
    return Planned(last.plan, round(100 * (was - now) / max(1, was), 3), "feasible")


def _settings(effort: Effort, share: float, hot: float, number: int) -> PlanSettings:
    return PlanSettings(
        time_limit_s=None if effort.seconds is None else effort.seconds * share,
        iterations=None if effort.iterations is None else max(1, round(effort.iterations * share)),
        seed=effort.seed + 1000 * number, islands=effort.islands, hot=hot, log=False,
    )  # fmt: skip


def _start(problem: Problem, results: Sequence[dict[str, Any]]) -> Plan | None:
    """The plans of the parts as one, where the contract allows all of it."""
    plans = [plan_of(result) for result in results]
    if not plans or any(each is None for each in plans):
        return None
    begin = merged(problem.instance, problem.contract, [each for each in plans if each is not None])
    return begin if begin.objective is not None and begin.objective.hard == 0 else None


def _key(made: Plan) -> tuple[int, int, int]:
    """The objective of a plan that search made or the checker judged."""
    assert made.objective is not None
    return made.objective.key()
