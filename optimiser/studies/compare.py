"""Scenarios beside each other: sharing contracts x weeks of demand x seeds, each at equal effort per visit (or duty).

Every scenario is planned in the parts that share nothing; a part of several organisations is never worse than these
organisations alone, put together. Weeks are paired: all scenarios meet the same demand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Literal

from optimiser.domain.comparison import Compared, ComparedRun, Comparison
from optimiser.domain.figure import Figures, Values
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.report.compare_areas import area_of, merged_areas
from optimiser.report.figures_kinds import FIGURES
from optimiser.scenario.parts import components
from optimiser.studies.compare_words import explanations, most_saved
from optimiser.studies.intervals import confidence, difference, rank_for, spread
from optimiser.studies.jobs import Job
from optimiser.studies.measure_jobs import USUAL_ABSENCE, measure_job
from optimiser.studies.parts_plan import Effort
from optimiser.studies.plan_jobs import part_job
from optimiser.studies.work_size import replays_of, run_seed

CURRENT = "current"
"""The scenario that is no contract but the roster as it is, measured only."""
Demand = Literal["generator", "resampled", "calls", "one"]
CHANCE_OF_A_WEEK = 1000
"""Each week has chance of its own, the same for all scenarios."""


@dataclass(frozen=True)
class CompareSettings:
    """What to compare. ``contracts``: scenario -> contract, in order (``current`` under the contract it is judged by);
    ``weeks`` of demand, of which the first is the instance's own; ``seeds`` runs of each; effort of each whole
    instance; ``replays`` with chance of each plan."""

    contracts: dict[str, SharingContract]
    weeks: int
    seeds: int
    seconds: float | None = 60.0
    iterations: int | None = None
    islands: int = 2
    replays: int = 20
    absence_percent: float = USUAL_ABSENCE
    current: Plan | None = None
    provisional: bool = False
    asked_weeks: int | None = None
    """How many weeks were asked, where fewer of them differ."""


@dataclass(frozen=True)
class Asked:
    """One plan of the comparison and the job that measures it."""

    scenario: str
    week: int
    seed: int
    job: Job


def jobs_of(
    week_of: Callable[[int], Instance], settings: CompareSettings
) -> tuple[tuple[Job, ...], tuple[Asked, ...]]:
    """All jobs, those needed before those that need them, and which of them measure what."""
    jobs: dict[str, Job] = {}
    asked: list[Asked] = []
    for week in range(settings.weeks):
        instance = week_of(week)
        for seed in range(settings.seeds):
            effort = Effort(settings.seconds, settings.iterations, run_seed(instance, week, seed), settings.islands)
            for name, contract in settings.contracts.items():
                given = settings.current if name == CURRENT else None
                if name == CURRENT and (week or seed or given is None):
                    continue
                parts = () if given is not None else tuple(_parts(instance, contract, effort, jobs))
                job = measure_job(
                    instance, contract, replays_of(instance, settings.replays), CHANCE_OF_A_WEEK * week + seed,
                    parts, given, settings.absence_percent,
                )  # fmt: skip
                jobs[job.key] = job
                asked.append(Asked(name, week, seed, job))
    return tuple(jobs.values()), tuple(asked)


def _parts(instance: Instance, contract: SharingContract, effort: Effort, jobs: dict[str, Job]) -> Iterator[Job]:
    for members in components(instance, contract):
        alone: tuple[Job, ...] = ()
        if len(members) > 1:
            alone = tuple(part_job(instance, PRESETS["single"], (each,), effort) for each in members)
        job = part_job(instance, contract, members, effort, (alone,) if alone else ())
        jobs |= {each.key: each for each in (*alone, job)}
        yield job


def comparison(
    instance: Instance, settings: CompareSettings, demand: Demand, version: str,
    asked: Iterable[Asked], results: dict[str, dict[str, Any]],
) -> Comparison:  # fmt: skip
    """What the results of the jobs say together. Plans are not in it: ``plans_of`` gives those."""
    runs: list[ComparedRun] = []
    counted: dict[tuple[str, int, int], Figures] = {}
    for each in asked:
        result = results[each.job.key]
        counted[each.scenario, each.week, each.seed] = Figures.model_validate(result["figures"])
        total = counted[each.scenario, each.week, each.seed].total
        left = total["unserved_visits"]
        runs.append(ComparedRun(
            scenario=each.scenario, week=each.week, seed=each.seed, travel_minutes=total["travel_minutes"],
            unserved_visits=None if left is None else int(left), **result["run"],
        ))  # fmt: skip
    names = tuple(name for name in settings.contracts if any(run.scenario == name for run in runs))
    weeks = settings.weeks
    made = Comparison(
        instance=instance.name, fingerprint=instance.fingerprint, first_monday=instance.first_monday,
        horizon_weeks=instance.weeks, version=version,
        scenarios=names, contracts={name: settings.contracts[name] for name in names},
        demand=demand if weeks > 1 else "one", weeks=weeks, asked_weeks=settings.asked_weeks,
        seeds=settings.seeds, time_limit_s=settings.seconds, iterations=settings.iterations,
        confidence=round(confidence(weeks, rank_for(weeks)), 2),
        replays=replays_of(instance, settings.replays), absence_percent=settings.absence_percent,
        provisional=settings.provisional,
        total=_compared(names, {key: each.total for key, each in counted.items()}, demand == "calls"),
        organisations=_level(names, counted, lambda each: each.organisations, demand == "calls"),
        districts=_areas(names, counted, instance, demand == "calls"),
        nurses=_nurses(names, counted, runs), runs=tuple(runs),
    )  # fmt: skip
    return made.model_copy(update={**most_saved(instance, made), "explanations": explanations(instance, made)})


def plans_of(asked: Sequence[Asked], results: dict[str, dict[str, Any]], week: int = 0) -> dict[str, Plan]:
    """The plan of each scenario in a week, of the seed with the best objective."""
    best: dict[str, tuple[int, int, dict[str, Any]]] = {}
    for each in asked:
        if each.week == week:
            result = results[each.job.key]
            mine = (result["run"]["hard"], result["run"]["objective_scalar"], result["plan"])
            if each.scenario not in best or mine[:2] < best[each.scenario][:2]:
                best[each.scenario] = mine
    return {name: Plan.model_validate(found[2]) for name, found in best.items()}


Counted = dict[tuple[str, int, int], Figures]


def _compared(names: Sequence[str], values: Mapping[tuple[str, int, int], Values], repeated: bool) -> Compared:
    """Spreads and differences of one thing that is compared: of all, or of one organisation or area."""
    table: dict[str, dict[str, dict[int, list[float]]]]
    table = {name: defaultdict(lambda: defaultdict(list)) for name in names}
    for (name, week, _), each in sorted(values.items()):
        for figure, value in each.items():
            if value is not None:
                table[name][figure][week].append(value)
    figures = list(dict.fromkeys(figure for name in names for figure in table[name]))
    return Compared(
        scenarios={
            name: {figure: spread(table[name][figure]) for figure in figures if table[name][figure]} for name in names
        },
        differences={
            f"{one}-{other}": {
                figure: difference(table[one][figure], table[other][figure], repeated)
                for figure in figures
                if table[one][figure] and table[other][figure]
            }
            for one, other in permutations(names, 2)
        },
    )


def _level(
    names: Sequence[str], counted: Counted, level: Callable[[Figures], Mapping[str, Values]], repeated: bool
) -> dict[str, Compared]:
    """What is compared of each organisation or area that some plan knows."""
    parts = {key: level(each) for key, each in counted.items()}
    return {
        part: _compared(names, {key: found[part] for key, found in parts.items() if part in found}, repeated)
        for part in sorted({part for found in parts.values() for part in found})
    }


def _areas(names: Sequence[str], counted: Counted, instance: Instance, repeated: bool) -> dict[str, Compared]:
    """Districts put together until they are large enough to tell of (report/compare_areas.py)."""
    areas = area_of(instance)
    return _level(names, counted, lambda each: merged_areas(each.districts, areas, FIGURES), repeated)


def _nurses(names: Sequence[str], counted: Counted, runs: Iterable[ComparedRun]) -> dict[str, dict[str, Values]]:
    """Each nurse's figures in the instance's own week, in the plan that ``plans_of`` hands on."""
    best: dict[str, ComparedRun] = {}
    for run in runs:
        if run.week == 0 and (run.scenario not in best or _judged(run) < _judged(best[run.scenario])):
            best[run.scenario] = run
    own = {name: counted[name, 0, best[name].seed].nurses for name in names}
    return {nurse: {name: own[name].get(nurse, {}) for name in names} for nurse in next(iter(own.values()), {})}


def _judged(run: ComparedRun) -> tuple[int, int]:
    return run.hard, run.objective_scalar
