"""What coalitions of organisations cost, as jobs: each coalition planned among its members only, week by week."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from statistics import fmean
from typing import Any

from optimiser.domain.figure import Figures, Values
from optimiser.domain.gains import Borne, CoalitionCost
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.scenario.coalition_numbers import coalition_numbers
from optimiser.scenario.parts import coalition, components, part_of
from optimiser.studies.games.game import Coalition
from optimiser.studies.jobs import Job
from optimiser.studies.measure_jobs import measure_job
from optimiser.studies.parts_plan import Effort
from optimiser.studies.plan_jobs import part_job
from optimiser.studies.work_size import run_seed

HIRED_CENTS = 8000
"""Cents of an hour hired in for care that stays open; our estimate (confidence E), the user sets another."""
OPEN_DUTY_HOURS = 8
"""Hours that a duty short of the minimum counts for."""


@dataclass(frozen=True)
class AskedCoalition:
    """A coalition in one week with one seed, and the job that measures it."""

    members: Coalition
    week: int
    seed: int
    job: Job


def coalition_jobs(
    weeks: Sequence[Instance], contract: SharingContract, coalitions: Iterable[Coalition], efforts: Sequence[Effort]
) -> tuple[tuple[Job, ...], tuple[AskedCoalition, ...]]:
    """All jobs, those needed before those that need them; ``efforts`` hold a seed each. A coalition has, for each
    visit (or duty), the effort that the whole instance has, and begins also from smaller coalitions of this call that
    make it up, so it is no worse than these; what it has on duty is ``coalition_numbers``."""
    jobs: dict[str, Job] = {}
    asked: list[AskedCoalition] = []
    for week, instance in enumerate(weeks):
        for asked_effort in efforts:
            effort = replace(asked_effort, seed=run_seed(instance, week, asked_effort.seed))
            planned: dict[Coalition, Job] = {}
            for members in sorted(coalitions, key=len):
                names = tuple(each.id for each in instance.organisations if each.id in members)
                among = coalition_numbers(instance, contract, names)
                for each in names:
                    planned.setdefault(frozenset({each}), part_job(instance, PRESETS["single"], (each,), effort))
                if len(names) > 1:
                    planned[members] = part_job(instance, among, names, effort, _starts(members, planned))
                bound = coalition(among, names) if len(names) > 1 else PRESETS["single"]
                part = part_of(instance, names)
                job = measure_job(part, bound, 0, effort.seed, (planned[members],))
                jobs |= {each.key: each for each in (*planned.values(), job)}
                asked.append(AskedCoalition(members, week, asked_effort.seed, job))
    return tuple(jobs.values()), tuple(asked)


def _starts(members: Coalition, planned: Mapping[Coalition, Job]) -> tuple[tuple[Job, ...], ...]:
    """Each alone, and every way to cut the members in two coalitions that are planned."""
    ordered = sorted(members)
    halves = [
        (frozenset(half), members - set(half))
        for size in range(1, len(ordered))
        for half in combinations(ordered, size)
        if ordered[0] in half
    ]
    known = [half for half in halves if len(members) > 2 and all(each in planned for each in half)]
    alone = tuple(planned[frozenset({each})] for each in ordered)
    return (alone, *(tuple(planned[each] for each in half) for half in known))


def coalition_costs(
    asked: Iterable[AskedCoalition], results: Mapping[str, dict[str, Any]], hired_cents: int = HIRED_CENTS
) -> dict[Coalition, CoalitionCost]:
    """What each coalition costs a week: means over weeks of the means over seeds, in whole cents."""
    found: dict[Coalition, dict[int, list[Figures]]] = {}
    for each in asked:
        figures = Figures.model_validate(results[each.job.key]["figures"])
        found.setdefault(each.members, {}).setdefault(each.week, []).append(figures)
    return {members: _cost(list(weeks.values()), hired_cents) for members, weeks in found.items()}


def _cost(weeks: Sequence[Sequence[Figures]], hired_cents: int) -> CoalitionCost:
    weekly = tuple(round(fmean(_cents(each.total) for each in seeds)) for seeds in weeks)
    weekly_care = tuple(round(fmean(care_cents(each.total, hired_cents) for each in seeds)) for seeds in weeks)
    runs = [each for seeds in weeks for each in seeds]
    names = list(runs[0].organisations)
    cents, care = round(fmean(weekly)), round(fmean(weekly_care))
    borne_cents = _split(cents, {name: fmean(_cents(each.organisations[name]) for each in runs) for name in names})
    borne_care = _split(
        care, {name: fmean(care_cents(each.organisations[name], hired_cents) for each in runs) for name in names}
    )
    return CoalitionCost(
        cents=cents, care_cents=care, unserved=round(fmean(each.total["unserved_visits"] or 0.0 for each in runs), 2),
        weekly=weekly, weekly_care=weekly_care,
        borne={name: Borne(cents=borne_cents[name], care_cents=borne_care[name]) for name in names},
    )  # fmt: skip


def _split(total: int, parts: Mapping[str, float]) -> dict[str, int]:
    """The parts in whole cents that add up to the total; the last one takes what rounding leaves."""
    cents = {name: round(amount) for name, amount in parts.items()}
    last = next(reversed(cents))
    return cents | {last: cents[last] + total - sum(cents.values())}


def _cents(values: Values) -> int:
    return round(100 * (values["employer_cost_eur"] or 0.0))


def care_cents(values: Values, hired_cents: int) -> int:
    """The price of care and cover that stays open, had it been hired: hours of visits, and eight for each duty short
    of the minimum (``uncovered_shifts``)."""
    hours = (values["unserved_hours"] or 0.0) + OPEN_DUTY_HOURS * (values.get("uncovered_shifts") or 0.0)
    return round(hours * hired_cents)


def shared_parts(instance: Instance, contract: SharingContract, members: Coalition) -> tuple[Coalition, ...]:
    """What a coalition falls apart into under the contract (the ``components`` of a game)."""
    inside = coalition(contract, sorted(members)) if len(members) > 1 else PRESETS["single"]
    parts = components(part_of(instance, sorted(members)), inside)
    return tuple(frozenset(each) for each in parts)


class CoalitionRunner:
    """Costs of coalitions on demand, each planned once; ``run`` runs jobs wherever that is and gives their results."""

    def __init__(
        self, weeks: Sequence[Instance], contract: SharingContract, efforts: Sequence[Effort],
        run: Callable[[Sequence[Job]], Mapping[str, dict[str, Any]]], hired_cents: int = HIRED_CENTS,
    ) -> None:  # fmt: skip
        self._weeks, self._contract, self._efforts = weeks, contract, efforts
        self._run, self._hired_cents = run, hired_cents
        self._costs: dict[Coalition, CoalitionCost] = {}
        self._plans: dict[Coalition, Plan] = {}

    def plan(self, coalitions: Iterable[Coalition]) -> None:
        """Plan those that have no cost yet, side by side."""
        new = tuple(dict.fromkeys(each for each in coalitions if each not in self._costs))
        jobs, asked = coalition_jobs(self._weeks, self._contract, new, self._efforts)
        results = self._run(jobs)
        self._costs |= coalition_costs(asked, results, self._hired_cents)
        for each in reversed(asked):
            if each.week == 0:
                self._plans[each.members] = Plan.model_validate(results[each.job.key]["plan"])

    def cost(self, members: Coalition) -> CoalitionCost:
        """What a coalition costs a week."""
        if members not in self._costs:
            self.plan([members])
        return self._costs[members]

    def plan_of(self, members: Coalition) -> Plan:
        """Its plan of the first week, first seed."""
        self.cost(members)
        return self._plans[members]
