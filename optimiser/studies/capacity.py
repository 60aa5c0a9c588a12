"""More clients, fewer hands: how much extra demand is served completely, and how few hands today's demand takes.

Both are climbs on a ladder of levels, each level planned from the plan of the one before. What is found is a plan that
the checker accepts; that none was found on the level above proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from optimiser.domain.capacity import Capacity, CapacityCurve, CapacityScenario, PutTogether
from optimiser.domain.instance import Instance
from optimiser.domain.long_roster import plans_duties_only
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.report.kpis import hours
from optimiser.scenario.parts import coalition, components
from optimiser.studies.capacity_extra import extra_clients
from optimiser.studies.capacity_fewer import leaving
from optimiser.studies.capacity_levels import put_together
from optimiser.studies.capacity_part import FIRST, FULL, CapacitySettings, NoPlanToday, Offer, Part, Study
from optimiser.studies.capacity_runs import Keep, Planner, Runs, by_search
from optimiser.studies.capacity_trial import CapacityEvent, Trial, impossible_work
from optimiser.studies.capacity_turns import Turn, client_minutes, in_turn
from optimiser.studies.parts_plan import merged

__all__ = ["CapacityEvent", "CapacitySettings", "NoPlanToday", "OnEvent", "capacity"]

OnEvent = Callable[[str, CapacityEvent], None]
"""Hears of the scenario and of what was tried."""


def capacity(
    instance: Instance,
    contracts: Sequence[SharingContract],
    settings: CapacitySettings,
    plans: Mapping[str, Plan] | None = None,
    planner: Planner = by_search,
    keep: Keep = lambda _, make: make(),
    on_event: OnEvent = lambda *_: None,
) -> Capacity:
    """The study of an instance under each contract (named differently).

    ``plans``: contract name -> a plan of today to begin from. ``keep``: where results are kept under a key, so that a
    study that was broken off goes on. Raises ``NoPlanToday`` when a scenario gives no plan at all, and ``ValueError``
    where plans hold duties only: nothing says then whether more clients are served.
    """
    if plans_duties_only(instance):
        raise ValueError("capacity needs plans with routes")
    impossible = {name for each in contracts for name in impossible_work(instance, each)}
    not_copied = frozenset(each.client for each in instance.visits if each.id in impossible)
    minutes = client_minutes(instance)
    left = sum(minutes.values()) * settings.least_percent / 100
    study = Study(
        instance, settings, extra_clients(instance, settings.most_percent, settings.seed, not_copied),
        _until(in_turn(instance, settings.seed, False), left), leaving(instance), planner, keep,
    )  # fmt: skip
    found = _scenarios(study, contracts, plans or {}, on_event)
    efforts = [settings.times(number) for number in (FIRST, 1, FULL)]
    seconds = None if settings.iterations is not None else tuple(each.seconds or 0.0 for each in efforts)
    counted = None if settings.iterations is None else tuple(each.iterations or 0 for each in efforts)
    return Capacity(
        instance=instance.name, fingerprint=instance.fingerprint, first_monday=instance.first_monday,
        weeks=instance.weeks, seed=settings.seed, manner=settings.manner, not_copied=len(not_copied),
        allowance_percent=settings.allowance_percent, overtime_price=study.price, seconds=seconds,
        iterations=counted, step_percent=settings.percents[0], hands_percent=settings.percents[1],
        provisional=settings.quick, client_hours=_hours_of(instance, minutes), contract_hours=_contracts(instance),
        scenarios=found,
    )  # fmt: skip


def _scenarios(
    study: Study, contracts: Sequence[SharingContract], plans: Mapping[str, Plan], on_event: OnEvent
) -> tuple[CapacityScenario, ...]:
    """Each contract, those with most parts first, so that what parts can do is offered to who shares more."""
    parts = {each.name: components(study.instance, each) for each in contracts}
    found: dict[str, CapacityScenario] = {}
    offers: list[Offer] = []
    for contract in sorted(contracts, key=lambda each: -len(parts[each.name])):
        climbs = [
            Part(study, members, Runs(_among(study, contract, members), study.planner, study.keep),
                 partial(on_event, contract.name), tuple(offers) if len(parts[contract.name]) == 1 else ())
            .climbs(contract.name, plans.get(contract.name))
            for members in parts[contract.name]
        ]  # fmt: skip
        together: list[PutTogether] = []
        for question in zip(*climbs, strict=True) if len(climbs) > 1 else ():
            judged = _together(contract, question)
            if judged is not None:
                together.append(judged[0])
                offers.append(judged[1])
        found[contract.name] = CapacityScenario(
            name=contract.name, contract=contract, curves=tuple(curve for part in climbs for _, curve in part),
            together=tuple(together), given=contract.name in plans,
        )  # fmt: skip
    return tuple(found[each.name] for each in contracts)


def _among(study: Study, contract: SharingContract, members: tuple[str, ...]) -> SharingContract:
    """The contract of those who plan together."""
    if len(members) == len(study.instance.organisations):
        return contract
    return PRESETS["single"] if len(members) == 1 else coalition(contract, members)


def _together(
    contract: SharingContract, parts: Sequence[tuple[Trial, CapacityCurve]]
) -> tuple[PutTogether, Offer] | None:
    """The furthest plans of the parts as one, judged under the contract of all; None where a part has none."""
    reached = [(trial, curve.last) for trial, curve in parts if curve.last is not None]
    if len(reached) < len(parts):
        return None
    whole = put_together([(trial.ladder, rung) for trial, rung in reached])
    plan = merged(whole, contract, [trial.plans[rung].plan for trial, rung in reached])
    broken = 0 if plan.objective is None else plan.objective.hard
    question, hours = parts[0][1].question, parts[0][1].hours
    return PutTogether(question=question, hours=hours, violations=broken), Offer(question, hours, plan)


def _until(turns: Iterable[Turn], minutes: float) -> tuple[Turn, ...]:
    """The turns that together hold no more than so many minutes."""
    kept: list[Turn] = []
    total = 0
    for each in turns:
        total += each.minutes
        if total > minutes:
            break
        kept.append(each)
    return tuple(kept)


def _hours_of(instance: Instance, minutes: Mapping[str, int]) -> dict[str, float]:
    """Organisation -> weekly hours at its clients."""
    sums = dict.fromkeys((each.id for each in instance.organisations), 0)
    for client, each in minutes.items():
        sums[instance.client_by_id[client].organisation] += each
    return {name: hours(round(each / instance.weeks)) for name, each in sums.items()}


def _contracts(instance: Instance) -> dict[str, float]:
    """Organisation -> weekly contract hours, without students."""
    sums = dict.fromkeys((each.id for each in instance.organisations), 0)
    for nurse in instance.nurses:
        if nurse.experience != "student":
            sums[nurse.organisation] += nurse.contract_minutes
    return {name: hours(each) for name, each in sums.items()}
