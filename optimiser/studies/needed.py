"""How many nurses are needed on duty for calls: each shift of each contract and coalition, by formula, then by play.

docs/explanation/needed.md says what is drawn, what is assumed and what a number means.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil

from optimiser.domain.clock import HOUR
from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.needed import Needed, NeededScenario, NeededShift, NeededStress
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.domain.workforce import WORKFORCE
from optimiser.scenario.coalition_numbers import coalition_numbers
from optimiser.scenario.parts import coalition
from optimiser.scenario.reaching import Reaching
from optimiser.simulate.calls_arrivals import draw_calls
from optimiser.simulate.calls_settings import CallSettings
from optimiser.studies.needed_play import CallPlays
from optimiser.studies.needed_search import Searched, searched
from optimiser.studies.needed_shifts import Shift, ShiftTable, expected_visits
from optimiser.travel.engine import travel_matrix

MOST_APART = 4
"""Organisations up to which every coalition is told; beyond it those of two, of all but one, and of all."""
WEEKS_OF_YEAR = 52
OnShift = Callable[[str, NeededShift], None]


@dataclass(frozen=True)
class NeededSettings:
    """``target_percent``: None is the instance's own. ``weeks``: at least so many are played for each share."""

    weeks: int = 200
    seed: int = 0
    target_percent: int | None = None
    stress: tuple[NeededStress, ...] = ()
    calls: CallSettings = CallSettings()


def needed(
    instance: Instance,
    contracts: Sequence[SharingContract],
    settings: NeededSettings,
    coalitions: SharingContract | None = None,
    on_shift: OnShift = lambda *_: None,
) -> Needed:
    """The study of an instance under each contract, and of the coalitions under one of them.

    Without call sources or shifts of line 1 there are scenarios without shifts. Raises ``InputError`` where the travel
    engine misses something.
    """
    target = settings.target_percent or instance.response.target_percent
    study = _Study(instance, settings, target / 100, on_shift)
    everyone = tuple(each.id for each in instance.organisations)
    scenarios = [study.scenario(each.name, each, everyone) for each in contracts]
    told = []
    for members in coalitions_to_tell(everyone) if coalitions is not None else ():
        assert coalitions is not None
        name = "+".join(members)
        told.append(study.scenario(name, _contract_of(instance, coalitions, members), members))
    return Needed(
        instance=instance.name, fingerprint=instance.fingerprint, norm_minutes=instance.response.norm_minutes,
        target_percent=target, weeks=study.rounds * instance.weeks, seed=settings.seed, stress=settings.stress,
        planned_percent=settings.calls.planned_percent, net_hours_year=round(float(WORKFORCE.net_year) / HOUR, 1),
        scenarios=tuple(scenarios), coalitions=tuple(told),
    )  # fmt: skip


def coalitions_to_tell(players: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Each alone, then more and more together: all coalitions of few organisations, else pairs and all but one."""
    sizes: Iterable[int] = range(1, len(players) + 1)
    if len(players) > MOST_APART:
        sizes = (1, 2, len(players) - 1, len(players))
    return tuple(members for size in sizes for members in combinations(players, size))


def _contract_of(instance: Instance, contract: SharingContract, members: Sequence[str]) -> SharingContract:
    if len(members) == 1:
        return PRESETS["single"]
    return coalition(coalition_numbers(instance, contract, members), members)


class _Study:
    """What all scenarios have in common, the calls among it: two scenarios meet the same."""

    def __init__(self, instance: Instance, settings: NeededSettings, target: float, on_shift: OnShift) -> None:
        self.instance, self.settings, self.target, self.on_shift = instance, settings, target, on_shift
        self.travel = travel_matrix(instance)
        self.reaching = Reaching(instance, self.travel)
        self.table = ShiftTable(instance, self.travel, settings.calls.triage_skill)
        self.rounds = max(2, ceil(settings.weeks / instance.weeks))
        self.drawn = draw_calls(instance, self.rounds, settings.seed)
        self.known: dict[tuple[object, ...], NeededShift] = {}

    def scenario(self, name: str, contract: SharingContract, members: Collection[str]) -> NeededScenario:
        """All shifts of line 1 that are asked, with calls in their time."""
        shifts = self.table.shifts(contract, members)
        plays = CallPlays(self.instance, contract, self.travel, self.drawn, self.settings.calls, shifts)
        found = []
        for each in (shift for shift in shifts if shift.line == 1 and shift.asked):
            made = self._shift(plays, each)
            if made is not None:
                found.append(made)
                self.on_shift(name, made)
        complete = all(each.fte is not None for each in found)
        return NeededScenario(
            name=name, contract=contract.name, members=tuple(members), shifts=tuple(found),
            fte=round(sum(each.fte or 0.0 for each in found), 2) if found and complete else None,
            hours_per_week=round(sum(each.hours_per_week or 0.0 for each in found), 1) if found and complete else None,
        )  # fmt: skip

    def _shift(self, plays: CallPlays, shift: Shift) -> NeededShift | None:
        """A shift that another scenario has just so is not played again."""
        visits = expected_visits(self.instance, shift)
        if not visits:
            return None
        key = _key(plays, shift)
        if key not in self.known:
            found = searched(plays, self.reaching, shift, visits, self.target, self.settings.stress)
            self.known[key] = self._told(shift, sum(visits.values()), found)
        return self.known[key]

    def _told(self, shift: Shift, visits: float, found: Searched) -> NeededShift:
        kinds = self.instance.shift_kinds
        lengths = [_hours(kinds[kind]) for day in shift.days for _, _, kind in day.may]
        length = sum(lengths) / len(lengths)
        number, days = found.needed, len(shift.days) / self.instance.weeks
        at_work = shift.row.lane == "work"
        work = length if at_work else found.call_minutes / HOUR
        return NeededShift(
            rows=shift.rows, organisations=shift.organisations, area=shift.row.area, lane=shift.row.lane,
            from_time=shift.row.from_time, until_time=shift.row.until_time, days_per_week=round(days, 2),
            asked=shift.asked, visits_per_week=round(visits, 2), may=shift.may, guess=found.guess, chosen=found.chosen,
            tried=found.tried, needed=number, surely=found.surely, now=found.now, most=round(found.most, 4),
            homes=found.homes, stress=found.stress, stress_snow_percent=self.settings.calls.snow_percent,
            duty_hours=round(work, 2),
            hours_per_week=None if number is None else round(number * days * length, 1),
            fte=None if number is None else round(
                number * days * WEEKS_OF_YEAR * work * HOUR / float(WORKFORCE.net_year), 2),
        )  # fmt: skip


def _hours(kind: ShiftKind) -> float:
    """Hours of a duty without its break."""
    return (sum(end - start for start, end in kind.segments) - kind.break_minutes) / HOUR


def _key(plays: CallPlays, shift: Shift) -> tuple[object, ...]:
    """All that a play of a shift hangs on: who may, whose calls, and the same of the rest of the roster."""
    return tuple(
        (each is shift, each.rows, each.line, each.catchment.tobytes(), each.days)
        for each in plays.shifts
        if each is shift or (each.catchment & shift.catchment).any()
    )
