"""More clients, fewer hands: how much extra demand is served completely, and how few hands today's demand takes.

Both are climbs on a ladder of levels, each level planned from the plan of the one before. What is found is a plan that
the checker accepts; that none was found on the level above proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from optimiser.domain.capacity import Capacity, CapacityCurve, CapacityScenario, Manner
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.report.kpis import hours
from optimiser.scenario.parts import coalition, components, part_of
from optimiser.studies.capacity_extra import ExtraClient, extra_clients
from optimiser.studies.capacity_fewer import leaving
from optimiser.studies.capacity_levels import Ladder, demand_ladder, hands_ladder
from optimiser.studies.capacity_runs import Keep, Made, Planner, Runs, by_search
from optimiser.studies.capacity_trial import Baseline, CapacityEvent, Trial, impossible_work
from optimiser.studies.capacity_turns import Turn, client_minutes, in_turn
from optimiser.studies.parts_plan import Effort

FIRST, FULL = 8, 3
"""Today's plan and each full run take so many times the effort of a step."""
USUAL_SECONDS, QUICK_SECONDS = 5.0, 1.5
OnEvent = Callable[[str, CapacityEvent], None]
"""Hears of the scenario and of what was tried."""


class NoPlanToday(Exception):
    """A scenario gave no plan for today's demand at all; ``scenario`` names it."""

    def __init__(self, scenario: str) -> None:
        self.scenario = scenario
        super().__init__(scenario)


@dataclass(frozen=True)
class CapacitySettings:
    """How the study is made. ``seconds`` or ``iterations`` of a step, over all visits; parts take their share.

    ``allowance_percent``: overtime that counts as none, of the hours to be worked. ``overtime_price``: what a minute of
    overtime costs in plans within the contract hours. ``step_percent`` and ``hands_percent``: size of a level.
    ``most_percent``: how far demand grows, ``least_percent``: how far it, or the contracts, may fall.
    """

    seconds: float | None = USUAL_SECONDS
    iterations: int | None = None
    seed: int = 0
    islands: int = 2
    manner: Manner = "hours"
    allowance_percent: float = 2.0
    overtime_price: int = 20
    step_percent: float = 2.0
    hands_percent: float = 1.0
    most_percent: float = 100.0
    least_percent: float = 60.0
    quick: bool = False

    @property
    def step(self) -> Effort:
        """The effort of a step."""
        seconds = self.seconds if self.iterations is None else None
        if self.quick and seconds is not None:
            seconds = min(seconds, QUICK_SECONDS)
        return Effort(seconds, self.iterations, self.seed, self.islands)

    def times(self, number: int) -> Effort:
        """A multiple of it."""
        step = self.step
        return replace(
            step,
            seconds=None if step.seconds is None else number * step.seconds,
            iterations=None if step.iterations is None else number * step.iterations,
        )


@dataclass(frozen=True)
class _Study:
    """What all scenarios share, so that they meet the same extra clients and the same nurses leave."""

    instance: Instance
    settings: CapacitySettings
    extras: tuple[ExtraClient, ...]
    dropped: tuple[Turn, ...]
    leaving: tuple[str, ...]
    planner: Planner
    keep: Keep


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
    study that was broken off goes on. Raises ``NoPlanToday`` when a scenario gives no plan at all.
    """
    impossible = {name for each in contracts for name in impossible_work(instance, each)}
    not_copied = frozenset(each.client for each in instance.visits if each.id in impossible)
    minutes = client_minutes(instance)
    left = sum(minutes.values()) * settings.least_percent / 100
    study = _Study(
        instance, settings, extra_clients(instance, settings.most_percent, settings.seed, not_copied),
        _until(in_turn(instance, settings.seed, False), left), leaving(instance), planner, keep,
    )  # fmt: skip
    found = tuple(_scenario(study, each, (plans or {}).get(each.name), on_event) for each in contracts)
    efforts = [settings.times(number) for number in (FIRST, 1, FULL)]
    seconds = None if settings.iterations is not None else tuple(each.seconds or 0.0 for each in efforts)
    counted = None if settings.iterations is None else tuple(each.iterations or 0 for each in efforts)
    return Capacity(
        instance=instance.name, fingerprint=instance.fingerprint, first_monday=instance.first_monday,
        weeks=instance.weeks, seed=settings.seed, manner=settings.manner, not_copied=len(not_copied),
        allowance_percent=settings.allowance_percent, overtime_price=_price(study), seconds=seconds,
        iterations=counted, step_percent=settings.step_percent, hands_percent=settings.hands_percent,
        provisional=settings.quick, client_hours=_hours_of(instance, minutes), contract_hours=_contracts(instance),
        scenarios=found,
    )  # fmt: skip


def _scenario(study: _Study, contract: SharingContract, given: Plan | None, on_event: OnEvent) -> CapacityScenario:
    curves: list[CapacityCurve] = []
    for members in components(study.instance, contract):
        whole = len(members) == len(study.instance.organisations)
        if not whole:
            part = PRESETS["single"] if len(members) == 1 else coalition(contract, members)
        runs = Runs(contract if whole else part, study.planner, study.keep)
        curves += _Part(study, members, runs, lambda event: on_event(contract.name, event)).curves(contract.name, given)
    return CapacityScenario(name=contract.name, contract=contract, curves=tuple(curves), given=given is not None)


@dataclass(frozen=True)
class _Part:
    """Organisations that plan together."""

    study: _Study
    members: tuple[str, ...]
    runs: Runs
    tell: Callable[[CapacityEvent], None]

    def curves(self, scenario: str, given: Plan | None) -> list[CapacityCurve]:
        """Demand within the contract hours and with overtime, and hands. Raises ``NoPlanToday``."""
        priced = self._demand(_price(self.study))
        today = self._today(priced, given)
        if today is None:
            raise NoPlanToday(scenario)
        impossible = impossible_work(priced.at(0), self.runs.contract)
        baseline = Baseline(impossible, today.figures["uncovered"])
        within = self._trial(priced, baseline, self.study.settings.allowance_percent)
        within.plans[0] = today
        first = within.curve()
        more = self._trial(self._demand(None), baseline, None)
        start = max(0, first.last or 0)
        for rung in {0, start}:
            more.seed(rung, within.plans[rung].plan)
        second = more.curve(start)
        fewer = self._trial(self._hands(), baseline, self.study.settings.allowance_percent)
        fewer.seed(0, within.plans[0].plan)
        return [first, second, fewer.curve()]

    def _today(self, ladder: Ladder, given: Plan | None) -> Made | None:
        """Today's plan within the contract hours, from the given one or from one that is made as any plan is; the
        better of what it began from and what came of that."""
        instance = ladder.at(0)
        if given is None:
            made = self.runs.run(self._demand(None).at(0), self._effort(FIRST), None)
            if made is None:
                return None
            given = made.plan
        stood = self.runs.judged(instance, given)
        again = self.runs.run(instance, self._effort(FULL), given)
        return stood if again is None else min(again, stood, key=_worth)

    def _demand(self, price: int | None) -> Ladder:
        study = self.study
        return demand_ladder(
            study.instance, self.members, study.extras, study.dropped, study.settings.step_percent, price
        )

    def _hands(self) -> Ladder:
        study, settings = self.study, self.study.settings
        return hands_ladder(study.instance, self.members, settings.manner, study.leaving, settings.hands_percent,
                            settings.least_percent, _price(study))  # fmt: skip

    def _trial(self, ladder: Ladder, baseline: Baseline, allowance: float | None) -> Trial:
        return Trial(ladder, self.runs, self._effort(1), self._effort(FULL), baseline, allowance, self.tell)

    def _effort(self, times: int) -> Effort:
        """The part's share, so that each visit has the same effort wherever it is planned."""
        whole = self.study.instance
        visits = len(part_of(whole, self.members).visits)
        return self.study.settings.times(times).part(visits, len(whole.visits))


def _worth(made: Made) -> tuple[int, int, int, int]:
    figures = made.figures
    return figures["violations"], len(figures["unserved"]), figures["uncovered"], figures["rest"]


def _price(study: _Study) -> int:
    return max(study.settings.overtime_price, study.instance.weights.overtime)


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
