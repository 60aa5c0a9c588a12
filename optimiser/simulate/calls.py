"""Unplanned calls against a plan, over many weeks: who comes, how soon, and what it asks of people."""

from __future__ import annotations

from math import ceil

import numpy as np

from optimiser.check.case import Case
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.simulated_calls import SimulatedCalls
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.scenario.catchment import Catchments
from optimiser.scenario.cover import in_use
from optimiser.simulate.calls_arrivals import DrawnCalls, draw_calls
from optimiser.simulate.calls_play import Played, play
from optimiser.simulate.calls_result import simulated
from optimiser.simulate.calls_settings import CallSettings
from optimiser.simulate.calls_stress import ill_units, two_at_once
from optimiser.simulate.calls_units import Prepared, prepare_units

DEFAULTS = CallSettings()


def simulate_calls(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, weeks: int, seed: int,
    settings: CallSettings = DEFAULTS,
) -> SimulatedCalls:  # fmt: skip
    """Play at least ``weeks`` weeks, in whole rounds of the plan's weeks, each with new calls.

    Calls hang on the instance and the seed alone: plays of two plans on one seed can be paired (``calls_compare``).
    """
    prepared = prepare_calls(instance, contract, travel, plan, settings)
    return simulated(played_calls(prepared, drawn_calls(instance, weeks, seed)))


def prepare_calls(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan,
    settings: CallSettings = DEFAULTS,
) -> Prepared:  # fmt: skip
    """What the play needs of a plan, worked out once."""
    catchments = Catchments(instance, contract)

    def of(duty: Duty) -> list[int]:
        kind, day = instance.kind_by_id[duty.kind], instance.clock.day_number(duty.day)
        if not in_use(instance, contract, kind.area):
            return []
        mask = catchments.mask(catchments.of(instance.nurse_by_id[duty.nurse], kind, day))
        return [int(number) for number in np.flatnonzero(mask)]

    return prepare_units(Case(instance, contract, travel, plan), of, settings)


def drawn_calls(instance: Instance, weeks: int, seed: int) -> DrawnCalls:
    """The calls of so many weeks, to be played with any plan of the instance."""
    return draw_calls(instance, max(1, ceil(weeks / instance.weeks)), seed)


def played_calls(prepared: Prepared, drawn: DrawnCalls) -> Played:
    """Play drawn calls with the stress of the settings: raw arrays by call, before any figure is made of them."""
    settings = prepared.settings
    if settings.stress == "two-calls":
        drawn = two_at_once(prepared.case.instance, drawn)
    away = ill_units(prepared, drawn.rounds, drawn.seed) if settings.stress == "ill" else ()
    return play(prepared, drawn, away)
