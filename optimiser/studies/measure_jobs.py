"""Jobs that measure: a scenario's plans of a week put together, judged, counted, and replayed with chance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optimiser.check.checker import check
from optimiser.domain.figure import Figures
from optimiser.domain.instance import Instance
from optimiser.domain.long_roster import plans_duties_only
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import SharingContract
from optimiser.report.figures import figures
from optimiser.report.year_figures import year_figures
from optimiser.simulate.settings import ChanceSettings
from optimiser.studies.call_figures import call_figures
from optimiser.studies.jobs import Job, content_key
from optimiser.studies.parts_plan import merged, plan_of
from optimiser.studies.plan_jobs import LEVELLED_BELOW
from optimiser.studies.robustness import robustness
from optimiser.travel.engine import travel_matrix

USUAL_ABSENCE = ChanceSettings().absence_percent


class NoPlan(Exception):
    """A part of a scenario has no plan; the message says which and why, in ids."""


def measure_job(
    instance: Instance, contract: SharingContract, replays: int, seed: int, needs: tuple[Job, ...] = (),
    given: Plan | None = None, absence_percent: float = USUAL_ABSENCE,
) -> Job:  # fmt: skip
    """Measure a scenario: the plans of ``needs`` together, or ``given``, a plan of the instance as it is now. What
    chance does depends on ``seed``, so scenarios of one week have one."""
    key = content_key(
        "measure", instance, contract, replays, seed, absence_percent,
        *(each.key for each in needs), "" if given is None else given.identity,
    )  # fmt: skip
    return Job(
        key=key, name=f"{instance.name} {contract.name} {seed}", run=measure_scenario,
        arguments=(instance, contract, replays, seed, given, absence_percent), needs=tuple(each.key for each in needs),
    )  # fmt: skip


def measure_scenario(
    instance: Instance,
    contract: SharingContract,
    replays: int,
    seed: int,
    given: Plan | None,
    absence_percent: float,
    needs: Mapping[str, dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """The result of a job: ``plan``, ``figures`` (a ``Figures``), and what a ``ComparedRun`` holds of the run.

    Raises ``NoPlan``.
    """
    results = tuple((needs or {}).values())
    plan = given if given is not None else merged(instance, contract, _plans(contract, results))
    travel = travel_matrix(instance)
    report = check(instance, contract, travel, plan)
    counted = _joined(
        figures(instance, travel, plan, report), Figures(total=year_figures(instance, travel, plan))
    )
    if replays and (plan.with_routes or plans_duties_only(instance)):
        chance = ChanceSettings(absence_percent=absence_percent)
        counted = _joined(counted, robustness(instance, contract, travel, plan, seed, replays, chance))
    counted = _joined(counted, call_figures(instance, contract, travel, plan, seed))
    return {
        "plan": plan.model_dump(mode="json"), "figures": counted.model_dump(mode="json"),
        "run": run_of(results, given is not None) | {
            "hard": len(report.violations), "objective_scalar": report.objective.scalar,
        },
    }  # fmt: skip


def run_of(results: tuple[dict[str, Any], ...], given: bool) -> dict[str, Any]:
    """What the runs of the parts took together: gains weighed by work, seconds added; levelled off when each part
    has, since figures of the organisations are told too."""
    if given or not results:
        return {"seconds": 0.0, "cpu_s": 0.0, "start": "given", "last_third_percent": None, "levelled": None}
    work = max(1, sum(each["work"] for each in results))
    gain = sum(each["work"] * (each["last_third_percent"] or 0.0) for each in results) / work
    return {
        "seconds": round(sum(each["seconds"] for each in results), 2),
        "cpu_s": round(sum(each["cpu_s"] for each in results), 2),
        "start": "parts" if any(each["start"] == "parts" for each in results) else "fresh",
        "last_third_percent": round(gain, 3),
        "levelled": all((each["last_third_percent"] or 0.0) < LEVELLED_BELOW for each in results),
    }  # fmt: skip


def _plans(contract: SharingContract, results: tuple[dict[str, Any], ...]) -> list[Plan]:
    plans = [plan_of(each) for each in results]
    missing = [each["status"] for each, plan in zip(results, plans, strict=True) if plan is None]
    if missing or not plans:
        raise NoPlan(f"{contract.name}: {', '.join(missing)}")
    return [each for each in plans if each is not None]


def _joined(one: Figures, other: Figures) -> Figures:
    """The figures of both, level by level."""

    def level(name: str) -> dict[str, dict[str, float | None]]:
        first, second = getattr(one, name), getattr(other, name)
        return {key: {**first.get(key, {}), **second.get(key, {})} for key in {**first, **second}}

    return Figures(
        total={**one.total, **other.total}, organisations=level("organisations"), nurses=one.nurses,
        districts=one.districts,
    )  # fmt: skip
