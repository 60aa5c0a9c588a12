"""What organisations that plan together can take on, and with how few hands: three climbs that grow from one plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from optimiser.domain.capacity import CapacityCurve, Hours, Manner, Question
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.scenario.parts import part_of
from optimiser.studies.capacity_extra import ExtraClient
from optimiser.studies.capacity_levels import Ladder, demand_ladder, hands_ladder
from optimiser.studies.capacity_runs import Keep, Made, Planner, Runs
from optimiser.studies.capacity_trial import Baseline, CapacityEvent, Trial, impossible_work
from optimiser.studies.capacity_turns import Turn
from optimiser.studies.parts_plan import Effort

FIRST, FULL = 8, 3
"""Today's plan and each full run take so many times the effort of a step."""
USUAL_SECONDS, QUICK_SECONDS = 4.0, 1.0
QUICK_PERCENT = 10.0, 5.0
"""Levels of a quick study, in percent of demand and of contract hours: its runs are few and short."""


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

    @property
    def percents(self) -> tuple[float, float]:
        """Size of a level of demand and of hands; coarser when quick."""
        if not self.quick:
            return self.step_percent, self.hands_percent
        return max(self.step_percent, QUICK_PERCENT[0]), max(self.hands_percent, QUICK_PERCENT[1])

    def times(self, number: int) -> Effort:
        """A multiple of it."""
        step = self.step
        return replace(
            step,
            seconds=None if step.seconds is None else number * step.seconds,
            iterations=None if step.iterations is None else number * step.iterations,
        )


@dataclass(frozen=True)
class Study:
    """What all scenarios share, so that they meet the same extra clients and the same nurses leave."""

    instance: Instance
    settings: CapacitySettings
    extras: tuple[ExtraClient, ...]
    dropped: tuple[Turn, ...]
    leaving: tuple[str, ...]
    planner: Planner
    keep: Keep

    @property
    def price(self) -> int:
        """What a minute of overtime costs in plans within the contract hours."""
        return max(self.settings.overtime_price, self.instance.weights.overtime)


@dataclass(frozen=True)
class Offer:
    """The furthest plans of the parts on one question, put together."""

    question: Question
    hours: Hours
    plan: Plan


@dataclass(frozen=True)
class Part:
    """Organisations that plan together."""

    study: Study
    members: tuple[str, ...]
    runs: Runs
    tell: Callable[[CapacityEvent], None]
    offers: tuple[Offer, ...] = ()
    """What smaller parts found under a contract that shares less: a coalition is then never worse than its parts."""

    def climbs(self, scenario: str, given: Plan | None) -> list[tuple[Trial, CapacityCurve]]:
        """Demand within the contract hours and with overtime, and hands. Raises ``NoPlanToday``."""
        priced = self._demand(self.study.price)
        today = self._today(priced, given)
        if today is None:
            raise NoPlanToday(scenario)
        impossible = impossible_work(priced.at(0), self.runs.contract)
        baseline = Baseline(impossible, today.figures["uncovered"])
        allowance = self.study.settings.allowance_percent
        within = self._trial(priced, baseline, allowance)
        within.plans[0] = today
        # what today's plan leaves undone, fewer hands may leave undone too: that is told, and no reason to stop
        fewer = self._trial(self._hands(), replace(baseline, open=len(within.left(today))), allowance)
        fewer.seed(0, today.plan)
        self._offer(fewer)
        third = fewer.curve()
        for made in fewer.plans.values():
            # all of them are plans of today's care, and grew better than the first
            within.seed(0, made.plan)
        self._offer(within)
        first = within.curve()
        more = self._trial(self._demand(None), baseline, None)
        start = max(0, first.last or 0)
        for rung in {0, start}:
            more.seed(rung, within.plans[rung].plan)
        self._offer(more)
        return [(within, first), (more, more.curve(start)), (fewer, third)]

    def _today(self, ladder: Ladder, given: Plan | None) -> Made | None:
        """Today's plan within the contract hours, from the given one or from one that is made as any plan is; the
        better of what it began from and what came of that."""
        instance = ladder.at(0)
        found = [self.runs.judged(instance, each.plan, parts=True) for each in self.offers]
        if given is None:
            made = self.runs.run(self._demand(None).at(0), self._effort(FIRST), None)
            given = None if made is None else made.plan
        if given is not None:
            found.append(self.runs.judged(instance, given))
        if not found:
            return None
        best = min(found, key=_worth)
        again = self.runs.run(instance, self._effort(FIRST), best.plan)
        return best if again is None else min(again, best, key=_worth)

    def _offer(self, trial: Trial) -> None:
        """The plans that the parts found for the same question."""
        for each in self.offers:
            if (each.question, each.hours) == (trial.ladder.question, trial.hours):
                trial.offer(each.plan)

    def _demand(self, price: int | None) -> Ladder:
        study, step = self.study, self.study.settings.percents[0]
        return demand_ladder(study.instance, self.members, study.extras, study.dropped, step, price)

    def _hands(self) -> Ladder:
        study, settings = self.study, self.study.settings
        return hands_ladder(study.instance, self.members, settings.manner, study.leaving, settings.percents[1],
                            settings.least_percent, self.study.price)  # fmt: skip

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
