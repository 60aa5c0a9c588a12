"""Caps on hours lent: what may stay lent is chosen by what it saves, and no plan of what is left exceeds them."""

from __future__ import annotations

import random
import runpy
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.check.case import Case
from optimiser.check.checker import check
from optimiser.check.sharing import lent_minutes as checked_minutes
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan, Route, Stop
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.domain.sharing import PRESETS, Lent, SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Window
from optimiser.planning import PlanSettings, plan, prepare
from optimiser.search.lending import keeps_caps, lent_minutes, limits, within_caps
from optimiser.search.lending_price import lending_prices, with_lending_prices
from optimiser.search.lending_value import LentValue
from optimiser.search.repair import Repair, repair

Rooms = Callable[..., Any]
MADE = runpy.run_path(
    str(Path(__file__).parents[1] / "agreement" / "random_sharing.py"), run_name="random_sharing"
)

EFFORT = PlanSettings(time_limit_s=None, iterations=600, seed=3, first_roster=False, reassign=False)


def capped(**hours: int) -> SharingContract:
    """Joint, with the most hours a week of these organisations."""
    lent = tuple(Lent(organisation=name, hours_per_week=most) for name, most in hours.items())
    return PRESETS["joint"].model_copy(update={"name": "capped", "most_lent": lent})


def on_a_line(room: Rooms, minutes: dict[str, int], contract: SharingContract, by: str = "N1") -> tuple[Problem, Plan]:
    """N1 of a lives at 0 and N2 of b at 100; b's clients X, Y and Z at 1, 50 and 99. Travel is the distance. ``by``
    does all three in this order on Monday; the other has an empty duty."""
    small = room().nurse("N1").nurse("N2", organisation="b").kind("D", "07:00", "15:30", carries_route=True)
    stops, at = [], 540
    for name, length in minutes.items():
        small.client(f"C-{name}", organisation="b").visit(name, 0, "08:00", "15:30", length, client=f"C-{name}")
        stops.append(small.stop(name, 0, f"{at // 60:02}:{at % 60:02}", length))
        at += length + 100
    small.duty("N1", "D", 0, *(stops if by == "N1" else ())).duty("N2", "D", 0, *(stops if by == "N2" else ()))
    where = {"home-N1": 0, "home-N2": 100, "at-C-X": 1, "at-C-Y": 50, "at-C-Z": 99}
    line = np.array([where[name] for name in small.places])
    table = np.abs(line[:, None] - line[None, :]).astype(np.int32)
    slices = small.matrix().minutes
    travel = TravelMatrix("line", tuple(small.places), dict.fromkeys(slices, table), dict.fromkeys(slices, table))
    small.contract = contract
    return replace(prepare(small.instance(), contract), travel=travel), small.plan()


def lendable(problem: Problem, nurse: int = 0) -> set[str]:
    """Visits that the nurse may do."""
    return {job.id for job, table in zip(problem.jobs, problem.may_serve, strict=True) if (table[:, nurse] >= 0).any()}


def test_the_most_valuable_visits_stay_lent(room: Rooms) -> None:
    """One hour for three visits of half an hour: X and Y lie on N1's way, Z does not.

    N1 drives 0-1-50-99-0: without X 0 less, without Y 0, without Z 49 + 99 - 50 = 98. N2 would drive 100-1-100 = 198
    for X, 100 for Y, 2 for Z. Kept they save 198, 100 and -96.
    """
    problem, begun = on_a_line(room, {"X": 30, "Y": 30, "Z": 30}, capped(a=1))
    value = LentValue(problem, begun, "a", {"a"})
    assert [value.kept(job) for job in range(3)] == [198, 100, -96]
    assert not keeps_caps(problem, begun) and lent_minutes(problem, begun) == {("a", 0): 90}
    narrow = within_caps(problem, begun)
    assert lendable(problem) == {"X", "Y", "Z"} and lendable(narrow) == {"X", "Y"}
    assert lendable(narrow, nurse=1) == {"X", "Y", "Z"}


def test_value_counts_by_the_hours_that_it_takes(room: Rooms) -> None:
    """With Y an hour long: X and Z (198 and at least something) go before Y (100) when all together do not fit."""
    problem, begun = on_a_line(room, {"X": 30, "Y": 60, "Z": 30}, capped(a=1))
    assert lendable(within_caps(problem, begun)) == {"X", "Z"}


def test_room_that_is_left_goes_to_what_might_help(room: Rooms) -> None:
    """N2 does all: 100-1-50-99-100, so X costs 99 + 49 - 50 = 98, Y 0, Z 0. N1 would drive 2 for X, 100 for Y, 198 for
    Z: only X may be lent. A visit of 61 minutes does not fit into an hour."""
    problem, begun = on_a_line(room, {"X": 30, "Y": 30, "Z": 30}, capped(a=1), by="N2")
    value = LentValue(problem, begun, "a", {"a"})
    assert [value.guessed(job, (0,)) for job in range(3)] == [96, -100, -198]
    assert lendable(within_caps(problem, begun)) == {"X"}
    problem, begun = on_a_line(room, {"X": 61, "Y": 30, "Z": 30}, capped(a=1), by="N2")
    assert lendable(within_caps(problem, begun)) == set()


def test_what_stands_stays_lent(room: Rooms) -> None:
    """Duties that may not change keep what they lend, and use the room; without caps nothing is narrowed."""
    problem, begun = on_a_line(room, {"X": 30, "Y": 30, "Z": 30}, capped(a=1))
    assert lendable(within_caps(problem, begun, {begun.duties[0].id})) == {"X", "Y", "Z"}
    free = replace(problem, contract=PRESETS["joint"])
    assert within_caps(free, begun) is free and keeps_caps(free, begun)


def test_caps_of_nothing_need_no_plan(room: Rooms) -> None:
    """Zero hours close all, also before there is a plan; others wait for one. The strictest row counts."""
    problem, begun = on_a_line(room, {"X": 30, "Y": 30, "Z": 30}, capped(a=0))
    assert lendable(within_caps(problem, None)) == set() == lendable(within_caps(problem, begun))
    other, _ = on_a_line(room, {"X": 30, "Y": 30, "Z": 30}, capped(a=1, b=0))
    assert lendable(within_caps(other, None)) == {"X", "Y", "Z"}
    twice = capped(a=3).model_copy(update={"most_lent": (*capped(a=3).most_lent, *capped(a=2).most_lent)})
    assert limits(replace(problem, contract=twice)) == {"a": 120}


def test_a_window_over_sunday_night_counts_in_both_weeks(room: Rooms) -> None:
    """Two visits of half an hour on Sunday night, one of which may begin after midnight, and one on Monday of the
    second week: with half an hour a week the first two cannot both stay, nor the second with the third."""
    small = room(weeks=2).nurse("N1").kind("N", "22:00", "31:00", category="night", carries_route=True)
    small.kind("D", "07:00", "15:30", carries_route=True).client("C", organisation="b")
    small.visit("sun", 6, "22:30", "23:30", client="C").visit("both", 6, "23:00", "26:00", client="C")
    small.visit("mon", 7, "08:00", "12:00", client="C")
    small.duty("N1", "N", 6, small.stop("sun", 6, "22:30"), small.stop("both", 6, "24:30"))
    small.duty("N1", "D", 7, small.stop("mon", 7, "11:00"))
    contract = capped(a=1).model_copy(update={"most_lent": (Lent(organisation="a", hours_per_week=1),)})
    for visit in small.visits:
        small.visits[visit] = small.visits[visit].model_copy(update={"minutes": 40})
    small.contract = contract
    problem = prepare(small.instance(), contract)
    # of 40 minutes each only one fits into an hour; one alone, or the first and the last, keep both weeks
    left = lendable(within_caps(problem, small.plan()))
    assert left in ({"sun", "mon"}, {"both"})
    assert lent_minutes(problem, small.plan()) == {("a", 0): 40, ("a", 1): 80}


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), contract=MADE["contracts"]())
def test_no_plan_of_the_narrowed_problem_exceeds_a_cap(seed: int, contract: SharingContract, room: Rooms) -> None:
    """Random contracts with caps and random lent stops: whatever of the open pairs a plan uses, the minutes of all
    jobs that a lender could still start in a week fit into its most together."""
    small = MADE["random_sharing"](seed, room)
    instance = small.instance()
    problem = prepare(instance, contract)
    begun = random_lending(problem, random.Random(seed))
    assert lent_minutes(problem, begun) == checked_minutes(Case(instance, contract, problem.travel, begun))
    narrow = within_caps(problem, begun)
    week_of: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for number, (job, table) in enumerate(zip(narrow.jobs, narrow.may_serve, strict=True)):
        owner = instance.client_by_id[instance.visit_by_id[job.id].client].organisation
        for (low, high, _), row in zip(job.windows, table, strict=True):
            for column, nurse in enumerate(instance.nurses):
                if row[column] != FORBIDDEN and nurse.organisation != owner:
                    for minute in (low, high):
                        week_of[nurse.organisation, instance.clock.day_of(minute) // 7][number] = job.minutes
    most = limits(problem)
    assert all(sum(jobs.values()) <= most.get(lender, 10**6) for (lender, _), jobs in week_of.items())
    # own clients, tasks and lenders without a cap are untouched
    for before, after in zip(problem.may_serve, narrow.may_serve, strict=True):
        changed = np.flatnonzero((before != after).any(axis=0))
        assert {instance.nurses[int(column)].organisation for column in changed} <= set(most)


def random_lending(problem: Problem, chance: random.Random) -> Plan:
    """Some jobs at the start of a random window by a nurse who may do it, each in a duty of its own."""
    duties = []
    for job, table in zip(problem.jobs, problem.may_serve, strict=True):
        window, nurse = chance.randrange(len(job.windows)), chance.randrange(len(problem.instance.nurses))
        if chance.random() < 0.7 and table[window, nurse] != FORBIDDEN:
            low, who = job.windows[window][0], problem.instance.nurses[nurse]
            stop = Stop(what="visit", id=job.id, part=job.part, arrival=low, start=low, end=low + job.minutes)
            duties.append(Duty(
                id=f"d{len(duties)}", nurse=who.id, kind="D", lane="work", start=low, end=low + job.minutes,
                day=problem.instance.clock.moment_of(low).date(), organisation=who.organisation,
                routes=(Route(stops=(stop,)),),
            ))  # fmt: skip
    return Plan.model_construct(
        instance="small", fingerprint="", contract=problem.contract, duties=tuple(duties), with_routes=True
    )


@pytest.fixture(scope="module")
def lending(six: Instance) -> Plan:
    """A joint plan of six_nurses, which lends more than an hour each way."""
    free = prepare(six, PRESETS["joint"])
    found = plan(free, EFFORT).plan
    assert found is not None and min(lent_minutes(free, found).values()) > 60
    return found


def test_a_plan_keeps_its_caps(six: Instance, lending: Plan) -> None:
    """With an hour a week each way the plan lends no more, the checker agrees with all that the plan says of itself,
    and what is kept open is the same every time."""
    problem = prepare(six, capped(maas=1, rotte=1))
    found = plan(problem, EFFORT, lending).plan
    assert found is not None and 0 < max(lent_minutes(problem, found).values()) <= 60
    report = check(six, problem.contract, problem.travel, found)
    assert not report.violations and report.claims == () and report.objective == found.objective
    assert (found.iterations, found.time_limit_s) == (EFFORT.iterations, None)
    rounds = [each.name for each in found.phases if each.name.startswith("lending")]
    assert rounds == ["lending free", "lending priced", "lending caps", "lending caps"]
    told = [each.objective for each in found.phases if each.objective is not None]
    assert min(each.scalar for each in told) >= found.objective.scalar  # type: ignore[union-attr]
    first, again = (within_caps(problem, lending).may_serve for _ in range(2))
    assert all((one == other).all() for one, other in zip(first, again, strict=True))


def test_a_start_within_the_caps_is_where_it_begins(six: Instance, lending: Plan) -> None:
    """With 99 hours a week the joint plan keeps the caps: it is planned on from there, and gets no worse."""
    problem = prepare(six, capped(maas=99, rotte=99))
    found = plan(problem, replace(EFFORT, iterations=100, hot=1.0), lending).plan
    assert found is not None and found.objective is not None and lending.objective is not None
    assert [each.name for each in found.phases if each.name.startswith("lending")] == ["lending caps"] * 2
    assert found.objective.key() <= lending.objective.key()


def test_the_price_is_that_of_the_first_visit_that_does_not_fit(room: Rooms) -> None:
    """Of visits of 40 minutes X saves 198, Y 100 and Z nothing: one fits into an hour, so Y sets the price, 2.5 for
    each minute. With two hours all fit, and nothing is paid."""
    problem, begun = on_a_line(room, {"X": 40, "Y": 40, "Z": 40}, capped(a=1))
    prices = lending_prices(problem, begun)
    assert prices == {"a": 100 / 40}
    free, _ = on_a_line(room, {"X": 40, "Y": 40, "Z": 40}, capped(a=2))
    assert lending_prices(free, begun) == {"a": 0.0}
    assert with_lending_prices(free, {"a": 0.0}).may_serve == free.may_serve
    dear = with_lending_prices(problem, prices)
    assert [int(table[0, 0]) for table in dear.may_serve] == [100] * 3
    assert all((one[:, 1] == other[:, 1]).all() for one, other in zip(problem.may_serve, dear.may_serve, strict=True))


def test_frozen_days_stay_lent(six: Instance, lending: Plan) -> None:
    """A plan made without a cap, planned on with one of nothing from Thursday: the days before stay as they are,
    and later nothing is lent."""
    problem, thursday = prepare(six, capped(maas=0, rotte=0)), date(2026, 12, 10)
    found = plan(problem, replace(EFFORT, freeze_until=thursday), lending).plan
    assert found is not None
    before = [each for each in lending.duties if each.day < thursday and each.routes]
    kept = {each.id: each.routes for each in found.duties}
    assert before and all(kept.get(each.id) == each.routes for each in before)
    later = found.model_copy(update={"duties": tuple(each for each in found.duties if each.day >= thursday)})
    assert lent_minutes(problem, later) == {} != lent_minutes(problem, found)


def test_many_windows_of_a_visit_count_once_a_week(room: Rooms) -> None:
    """A visit on a free day of three: one hour a week lets it be lent on any of them."""
    small = room().nurse("N1").client("C", organisation="b").kind("D", "07:00", "15:30", carries_route=True)
    windows = tuple(Window(day=day, start=1440 * day + 480, end=1440 * day + 600) for day in (0, 2, 4))
    small.visit("A", 0, "08:00", "10:00", 45, client="C", windows=windows)
    small.duty("N1", "D", 2, small.stop("A", 2, "08:00", 45))
    problem = prepare(small.instance(), capped(a=1))
    assert (within_caps(problem, small.plan()).may_serve[0] != FORBIDDEN).all()


def test_a_repair_keeps_the_caps(six: Instance, lending: Plan) -> None:
    """Each may lend what it lends, rounded up to hours: when the duties of a day fall away on either side, what the
    other takes over keeps within that."""
    lent = lent_minutes(prepare(six, PRESETS["joint"]), lending)
    hours = {name: -(-minutes // 60) for (name, _), minutes in lent.items()}
    problem, tuesday = prepare(six, capped(**hours), lending), date(2026, 12, 8)
    for organisation in hours:
        lost = [each for each in lending.duties if each.day == tuesday and each.organisation == organisation]
        base = lending.model_copy(update={"duties": tuple(each for each in lending.duties if each not in lost)})
        assert lost and any(each.routes for each in lost)
        what = Repair(at=0, days=frozenset({1}), change_price=0, time_limit_s=None, iterations=400)
        found = repair(problem, base, lending, what)
        assert found is not None and keeps_caps(problem, found)


def test_a_repair_leaves_what_began_lent(six: Instance, lending: Plan) -> None:
    """With caps of nothing nothing more is lent, but what is lent may stay."""
    problem = prepare(six, capped(maas=0, rotte=0), lending)
    what = Repair(at=0, days=frozenset({1}), change_price=15, time_limit_s=None, iterations=200)
    found = repair(problem, lending, lending, what)
    assert found is not None
    before, after = (lent_minutes(problem, each) for each in (lending, found))
    assert after and all(minutes <= before[key] for key, minutes in after.items())
