"""Response to calls: planner and checker, written apart, say the same of random calls, areas, contracts and weeks."""

from __future__ import annotations

import random
import runpy
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.check.case import Case
from optimiser.check.cover import shortfalls
from optimiser.check.response import judge, response
from optimiser.domain.calls import Area, CallHours, CallSource, CallType, ResponseSettings
from optimiser.domain.clock import HOUR
from optimiser.domain.instance import Organisation
from optimiser.domain.people import Availability
from optimiser.domain.place import Place
from optimiser.domain.problem import CoverDay
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import SlowDay, TravelMatrix
from optimiser.scenario.area_allowed import area_allowed
from optimiser.scenario.cover import cover_days
from optimiser.scenario.response_prices import TERMS, response_prices
from optimiser.travel.engine import slowed

Rooms = Callable[..., Any]
MADE = runpy.run_path(str(Path(__file__).with_name("random_sharing.py")), run_name="random_sharing")
NAMES, NURSES, MONDAYS = MADE["NAMES"], MADE["NURSES"], (*MADE["MONDAYS"], date(2026, 12, 21), date(2027, 5, 3))
"""Also the weeks of Christmas and of Liberation Day."""
CONTRACTS = st.builds(
    lambda contract, division: contract.model_copy(update={"division": division}),
    MADE["contracts"](), st.sampled_from(("", "posts")),
)  # fmt: skip
KINDS = ("E", "N", "B", "NN", "NS", "P", "L")


def random_calls(seed: int, room: Rooms) -> Any:
    """Six nurses of three organisations, kinds of both lines and lanes with and without area and post, sources of two
    types in three districts, and cover rows with areas, lines and skills."""
    chance = random.Random(seed)
    small = room(monday=chance.choice(MONDAYS))
    small.organisations["c"] = Organisation(id="c", name="C")
    for name in NURSES:
        small.nurse(name, organisation=chance.choice(NAMES), mode=chance.choice(("car", "bicycle")))
    if chance.random() < 0.5:
        days = {"first": small.day(1), "last": small.day(chance.randint(1, 4))}
        small.add("availability", Availability(nurse="N0", kind="travel", start_place=small.place("away"), **days))
    night = {"lane": "standby", "category": "night"}
    small.kind("E", "18:00", "23:00", category="evening", line=1, second_start="24:00", second_end="26:00")
    small.kind("N", "23:00", "31:00", line=1, **night).kind("B", "23:00", "31:00", line=2, **night)
    small.kind("NN", "22:00", "31:00", line=1, area="north", **night)
    small.kind("NS", "23:00", "31:00", line=chance.choice((1, 2)), area="south", **night)
    small.kind("P", "23:00", "31:00", line=1, waits_at=small.place("post"), at_workplace=True, **night)
    small.kind("L", "07:00", "31:00", line=chance.choice((0, 1)), **night)
    _tables(small, chance)
    small.response = ResponseSettings(
        norm_minutes=chance.choice((15, 30)), turn_out_minutes=chance.choice((0, 5)),
        reach_minutes=chance.choice((None, 20, 30)), reach_percent=chance.choice((1, 50, 80, 100)),
    )  # fmt: skip
    small.chance = chance
    return small


def _tables(small: Any, chance: random.Random) -> None:
    """Areas, types, hours, sources and cover."""
    divisions = (("", "posts"), ("posts", "posts"), ("posts", "other"))
    for name, division in zip(("north", "south"), chance.choice(divisions), strict=True):
        owners = chance.choice(((), (), ("a", "b")))
        small.add("areas", Area(id=name, name=name, division=division, organisations=owners,
                                districts=chance.choice(((), (f"{name[0].upper()}B",))),
                                reach_minutes=chance.choice((None, None, 25))))  # fmt: skip
    for name in ("call", "fall"):
        small.add("call_types", CallType(id=name, name=name, phone_percent=chance.randint(0, 100)))
        for days in ("weekdays", "saturday", "sunday"):
            for low, high in chance.sample(((0, 7), (7, 18), (18, 24), (23, 31)), chance.randint(0, 3)):
                small.add("call_hours", CallHours(type=name, days=days, from_time=low * HOUR, until_time=high * HOUR,
                                                  weight=chance.randint(0, 9)))  # fmt: skip
    for number in range(9):
        place = f"p{number}"
        code = chance.choice(("NB1", "SB1", "NB2", ""))
        small.places[place] = Place(id=place, kind="other", latitude=52.0, longitude=5.0, district=code)
        small.add("call_sources", CallSource(id=f"s{number}", organisation=chance.choice(NAMES), place=place,
                                             type=chance.choice(("call", "fall")),
                                             weekly_millicalls=chance.choice((0, 999, 12_345))))  # fmt: skip
    for number in range(8):
        row = {"from_time": 23 * HOUR, "until_time": 31 * HOUR, "lane": "standby", "minimum": chance.randint(0, 3)}
        if chance.random() < 0.3:
            row |= {"from_time": chance.choice((18, 0)) * HOUR, "until_time": chance.choice((23, 24, 26)) * HOUR}
        small.add("cover", MADE["Cover"](
            id=f"r{number}", organisation=chance.choice(NAMES), wanted=3,
            area=chance.choice(("", "", "north", "south")), line=chance.choice((None, None, 1, 2)),
            weekdays=chance.choice(((), ("mon", "sat"))), **row,
        ))  # fmt: skip


def matrix_of(small: Any) -> TravelMatrix:
    """Random minutes for each mode, and a slow day."""
    plain: TravelMatrix = small.matrix()
    draw = np.random.default_rng(small.chance.randint(0, 10**6))
    size = len(plain.places)
    tables = {key: draw.integers(1, 45, (size, size)).astype(np.int32) for key in plain.minutes}
    slow = [SlowDay(day=small.day(2), percent=150, under_way=("N1",))]
    return slowed(replace(plain, minutes=tables), slow)


def every_duty(small: Any) -> list[Any]:
    """A duty of each nurse, day and kind."""
    small.duties = []
    for name in NURSES:
        for day in range(7):
            for kind in KINDS:
                small.duty(name, kind, day, id=f"{name}/{day}/{kind}")
    return list(small.duties)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6), contract=CONTRACTS)
def test_terms_reach_areas_and_cover(seed: int, contract: SharingContract, room: Rooms) -> None:
    """Each duty by itself: the same late calls and travel, allowed exactly where no rule is broken; and the same
    shortfalls of a random roster."""
    small = random_calls(seed, room)
    duties = every_duty(small)
    instance = small.instance().model_copy(update={"response": small.response})
    travel, covered = matrix_of(small), cover_days(instance, contract)
    prices = response_prices(instance, contract, travel, covered)
    allowed = area_allowed(instance, contract, travel)
    small.contract = contract
    plan = small.plan()
    case = Case(instance, contract, travel, plan.model_copy(update={"duties": tuple(duties)}))
    broken = {each.subject for each in judge(case)}
    for index in random.Random(seed).sample(range(len(duties)), 40):
        duty = duties[index]
        key = (NURSES.index(duty.nurse), instance.clock.day_number(duty.day), KINDS.index(duty.kind))
        alone = Case(instance, contract, travel, plan.model_copy(update={"duties": (duty,)}))
        assert response(alone) == {term: int(prices[term][key]) for term in TERMS}, duty.id
        assert bool(allowed[key]) == (duty.id not in broken), duty.id
    whole = response(case)
    assert whole == {term: int(prices[term].sum()) for term in TERMS}
    chosen = tuple(each for each in duties if small.chance.random() < 0.3)
    found = shortfalls(Case(instance, contract, travel, plan.model_copy(update={"duties": chosen})))
    below = {("+".join(each.rows), each.day): (each.below_minimum, each.below_wanted) for each in found}
    assert below == {key: short for row in covered for key, short in _short(row, chosen, instance) if any(short)}


def test_what_is_drawn_bites(room: Rooms) -> None:
    """Among twenty rooms under posts there are late calls, several who answer, too far duties and areas not in use."""
    contract = SharingContract(name="posts", visits="all", cover="pooled", division="posts")
    late, far, unused, shared = 0, 0, 0, 0
    for seed in range(20):
        small = random_calls(seed, room)
        every_duty(small)
        instance = small.instance().model_copy(update={"response": small.response})
        travel, covered = matrix_of(small), cover_days(instance, contract)
        late += int(response_prices(instance, contract, travel, covered)["late_calls"].max() > 0)
        shared += any(row.minimum > 1 and row.nurses and row.duties for row in covered)
        small.contract = contract
        rules = {each.rule for each in judge(Case(instance, contract, travel, small.plan()))}
        far, unused = far + ("on_call.reach" in rules), unused + ("on_call.area" in rules)
    assert min(late, far, unused, shared) >= 4


def _short(row: CoverDay, duties: Any, instance: Any) -> list[tuple[tuple[str, int], tuple[int, int]]]:
    """What the planner's row misses: below minimum, below wanted."""
    counted = sum(
        NURSES.index(each.nurse) in row.nurses
        and (instance.clock.day_number(each.day), KINDS.index(each.kind)) in row.duties
        for each in duties
    )
    short = max(0, row.minimum - counted), max(0, row.wanted - max(row.minimum, counted))
    return [((row.id, row.day), short)]
