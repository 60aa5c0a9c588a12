"""Who may do which work, and who could come for a duty: by the contract and by the law of her row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from optimiser.check.checker import check
from optimiser.check.registry import RULES
from optimiser.check.report import CheckReport
from optimiser.check.violation import Violation
from optimiser.domain.duty_work import planned_minutes_by_week, segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.problem import FORBIDDEN, Job
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Visit
from optimiser.explain.present import Present, bare, rebuilt
from optimiser.explain.small_world import SmallWorld, difference
from optimiser.scenario.jobs import jobs_of
from optimiser.scenario.may_serve import may_serve

RowKey = tuple[object, ...]
EXCEPTIONS = ("law", "agreement")
"""Natures of rules whose signals say that a roster uses what may be done now and then only."""


class Able:
    """Who may do a part of work in a window, and what she costs at the client (``scenario.may_serve``).

    Made once for an instance under a contract; urgent visits are added for each replay.
    """

    def __init__(self, instance: Instance, contract: SharingContract) -> None:
        self.contract = contract
        self._own_numbers = {nurse.id: number for number, nurse in enumerate(instance.nurses)}
        self._numbers = self._own_numbers
        self._jobs: dict[tuple[str, int], Job] = {}
        self._tables: dict[tuple[str, int], list[list[int]]] = {}
        self._urgent: list[tuple[str, int]] = []
        self._instance = instance
        self._read(instance)

    def add(self, visits: Sequence[Visit], stand_ins: Mapping[str, str]) -> None:
        """Take the urgent visits and hired people of a replay instead of those of the one before.

        ``stand_ins``: who could be hired -> the nurse whose place it is: may do what she may.
        """
        self._numbers = dict(self._own_numbers)
        self._numbers |= {hired: self._own_numbers[nurse] for hired, nurse in stand_ins.items()}
        for key in self._urgent:
            self._jobs.pop(key, None)
            self._tables.pop(key, None)
        before = set(self._jobs)
        if visits:
            self._read(rebuilt(self._instance, visits=tuple(visits), tasks=(), work_links=()))
        self._urgent = [key for key in self._jobs if key not in before]

    def windows(self, work: str) -> tuple[tuple[int, int], ...]:
        """Earliest and latest start of each window; none for unknown work."""
        job = self._jobs.get((work, 1))
        return () if job is None else tuple((low, high) for low, high, _ in job.windows)

    def cost(self, work: str, part: int, window: int, nurse: str) -> int | None:
        """In minute-equivalents; None where she may not."""
        number, table = self._numbers.get(nurse), self._tables.get((work, part))
        if number is None or table is None or table[window][number] == FORBIDDEN:
            return None
        return table[window][number]

    def price(self, work: str) -> int:
        """What it costs when nobody does it (minute-equivalents)."""
        job = self._jobs.get((work, 1))
        return 0 if job is None else int(getattr(self._instance.weights, job.unserved_term))

    def may(self, work: str, part: int, start: int, nurse: str) -> bool:
        """Whether she may begin it at that minute."""
        return any(
            low <= start <= high and self.cost(work, part, number, nurse) is not None
            for number, (low, high) in enumerate(self.windows(work))
        )

    def _read(self, instance: Instance) -> None:
        jobs = jobs_of(instance)
        for job, table in zip(jobs, may_serve(instance, self.contract, jobs), strict=True):
            self._jobs[job.id, job.part] = job
            self._tables[job.id, job.part] = table.tolist()


class Lawful:
    """Whether a nurse's row stays lawful with one more duty, as the checker sees it; answers are remembered."""

    def __init__(self, instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan) -> None:
        self.instance, self.contract, self.travel, self.plan = instance, contract, travel, plan
        self._answers: dict[RowKey, bool] = {}
        self._before: dict[RowKey, tuple[SmallWorld, CheckReport]] = {}

    def may_have(self, instance: Instance, row: Iterable[Duty], new: Duty, lost: Duty) -> bool:
        """Whether ``new`` beside her ``row`` breaks no rule, and uses no exception of law or agreement that ``lost``,
        as it was published, did not use. ``instance`` holds what is known of her sickness.
        """
        used = self._exceptions_of(lost)
        kept = sorted((bare(duty) for duty in row), key=lambda each: each.start)
        sick = tuple(
            (each.first, each.minutes_per_day, each.from_time) for each in instance.availability
            if each.nurse == new.nurse and each.kind == "sick"
        )  # fmt: skip
        key: RowKey = (new.nurse, sick, *(_shape(duty) for duty in kept))
        question = (*key, "with", _shape(bare(new)), used)
        if question not in self._answers:
            self._answers[question] = self._asked(instance, key, kept, bare(new), used)
        return self._answers[question]

    @cached_property
    def _published(self) -> list[Violation]:
        """Exceptions of law and agreement that the plan uses."""
        signals = check(self.instance, self.contract, self.travel, self.plan).signals
        return [each for each in signals if RULES[each.rule].nature in EXCEPTIONS]

    def _exceptions_of(self, lost: Duty) -> frozenset[str]:
        """The rules of the exceptions of its nurse that overlap a published duty."""
        return frozenset(
            each.rule for each in self._published
            if each.nurse == lost.nurse and each.start <= lost.end and each.end >= lost.start
        )  # fmt: skip

    def _asked(self, instance: Instance, key: RowKey, row: list[Duty], new: Duty, used: frozenset[str]) -> bool:
        present = Present(instance, self.contract, self.travel, self.plan)
        if new.stops or any(duty.stops for duty in row) or key not in self._before:
            world = SmallWorld(present, [*row, new])
            self._before[key] = (world, world.report(row))
        world, before = self._before[key]
        found = difference(before, world.report([*row, new]))
        exceptions = {each.rule for each in found.signals if RULES[each.rule].nature in EXCEPTIONS}
        return not found.violations and exceptions <= used


def _shape(duty: Duty) -> RowKey:
    """All that the law reads of a duty: its kind and day, and what is done in standby."""
    return (duty.kind, duty.day, *((stop.id, stop.start, stop.end) for stop in duty.stops))


def duty_for(instance: Instance, nurse: str, lost: Duty, name: str = "") -> Duty:
    """The lost duty in other hands, without a route; for her own organisation where the kind lets her."""
    kind, own = instance.kind_by_id[lost.kind], instance.nurse_by_id[nurse].organisation
    bounds = segment_bounds(kind, instance.clock, instance.clock.day_number(lost.day))
    return rebuilt(
        lost, id=name or f"{nurse}/{lost.day}/{lost.lane}", nurse=nurse, start=bounds[0][0], end=bounds[-1][1],
        organisation=own if not kind.organisations or own in kind.organisations else lost.organisation, routes=(),
    )  # fmt: skip


def could_come(instance: Instance, nurse: str, lost: Duty) -> bool:
    """Whether her person fits the kind of the duty and she is not away that day by the tables."""
    person, kind = instance.nurse_by_id[nurse], instance.kind_by_id[lost.kind]
    if person.experience != "experienced" or (person.categories and kind.category not in person.categories):
        return False
    return not kind.weekdays or WEEKDAYS[lost.day.weekday()] in kind.weekdays


def spare_minutes(instance: Instance, nurse: str, row: Iterable[Duty], week: int) -> int:
    """What she should still work in a week by her contract; below zero where she is over it."""
    planned = sum(planned_minutes_by_week(instance, duty).get(week, 0) for duty in row)
    return instance.target_minutes(nurse, week) - planned
