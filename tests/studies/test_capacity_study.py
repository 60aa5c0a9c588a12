"""More clients and fewer hands on teams whose limits can be reckoned by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from optimiser.check.checker import check
from optimiser.domain.capacity import Capacity, CapacityCurve
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.result import Result
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.domain.work import Window
from optimiser.planning import PlanSettings
from optimiser.studies.capacity import CapacityEvent, CapacitySettings, NoPlanToday, capacity
from optimiser.studies.capacity_runs import Planner, by_search, figures_of, fitting
from optimiser.travel.engine import travel_matrix

Rooms = Callable[..., Any]
SETTINGS = CapacitySettings(
    seconds=None, iterations=60, seed=1, islands=1, step_percent=50, most_percent=400, least_percent=60
)  # fmt: skip


def day_team(rooms: Rooms, organisation: str = "a", clients: int = 2, into: Any = None) -> Any:
    """One nurse of 4 hours a week with duties of 4 hours on Monday and Tuesday; visits of 55 minutes on either day.

    Five minutes of travel: a duty holds ``4 x 55 + 3 x 5 = 235`` of 240 minutes, four visits and no fifth.
    """
    room = into or rooms(handover_minutes=0).kind("D", "08:00", "12:00", carries_route=True, weekdays=("mon", "tue"))
    room.nurse(f"N-{organisation}", organisation=organisation, contract_minutes=240)
    for number in range(clients):
        windows = tuple(
            Window(day=day, start=room.at(day, "08:00"), end=room.at(day, "12:00")) for day in (0, 1)
        )  # fmt: skip
        client = f"c-{organisation}-{number}"
        room.client(client, organisation=organisation)
        room.visit(f"v-{organisation}-{number}", 0, "08:00", "12:00", 55, client=client, windows=windows)
    return room


class Watched:
    """The usual planner that remembers what it was asked and gave."""

    def __init__(self) -> None:
        self.runs: list[tuple[Instance, SharingContract, Plan | None, Plan]] = []
        self.events: list[CapacityEvent] = []

    def __call__(
        self, instance: Instance, contract: SharingContract, settings: PlanSettings, start: Plan | None
    ) -> Result:
        result = by_search(instance, contract, settings, start)
        if result.plan is not None:
            self.runs.append((instance, contract, start, result.plan))
        return result


def curve(found: Capacity, question: Any, hours: Any, scenario: str = "joint", part: int = 0) -> CapacityCurve:
    """One curve."""
    return next(each for each in found.scenarios if each.name == scenario).of(question, hours)[part]


@pytest.fixture(scope="module")
def watched() -> Watched:
    """The planner of the study below."""
    return Watched()


@pytest.fixture(scope="module")
def study(room: Rooms, watched: Watched) -> Capacity:
    """One nurse, two clients."""
    return capacity(
        day_team(room).instance(), [PRESETS["joint"]], SETTINGS, planner=watched,
        on_event=lambda _, event: watched.events.append(event),
    )  # fmt: skip


def test_the_travel_is_five_minutes(room: Rooms) -> None:
    """On which the reckoning rests: one spot, a minute under way in day traffic and three to the door, rounded up."""
    table = travel_matrix(day_team(room).instance()).minutes["car", "day"]
    assert set(table.ravel().tolist()) == {0, 5}


def test_more_clients_within_the_contract_hours(study: Capacity) -> None:
    """One duty of 240 minutes is the contract: four visits, twice the two of today (+100 %); a fifth needs a second
    duty, 240 minutes of overtime."""
    found = curve(study, "demand", "within")
    assert found.reached is not None and found.refused is not None
    assert (found.reached.percent, found.reached.clients, found.reached.overtime_hours) == (100.0, 2, 0.0)
    assert (found.refused.percent, found.refused.clients, found.refused.complete) == (150.0, 3, False)
    assert found.reached.client_hours == round(4 * 55 / 60, 2)


def test_more_clients_with_overtime(study: Capacity) -> None:
    """Two duties hold eight visits, four times today (+300 %): overtime is then as large as the contract (100 %)."""
    found = curve(study, "demand", "any")
    assert found.reached is not None and found.refused is not None
    assert (found.reached.percent, found.reached.clients, found.reached.overtime_percent) == (300.0, 6, 100.0)
    assert (found.refused.percent, found.refused.unserved, found.refused.unserved_of) == (350.0, 1, {"a": 1})


def test_fewer_hands(study: Capacity) -> None:
    """Today takes one duty, 240 minutes. At 99 % the contract is 238: 2 minutes of overtime, 4 are allowed (2 %). At
    98 % it is 235: 5 minutes, and 4 are allowed. Gross fte: 238 / 2160 x 1.2627 = 0.139."""
    found = curve(study, "hands", "within")
    assert found.reached is not None and found.refused is not None
    assert (found.reached.percent, found.reached.contract_hours, found.reached.gross_fte) == (-0.83, 3.97, 0.139)
    assert (found.refused.percent, found.refused.overtime_hours) == (-2.08, 0.08)
    assert (found.reached.unserved, found.refused.unserved) == (0, 0)


def test_both_levels_were_tried_in_full(study: Capacity) -> None:
    """The furthest and the next: from nothing and from the last plan."""
    for each in study.scenarios[0].curves:
        assert each.refused is not None and not each.broken_off
        assert each.runs >= 4


def test_what_is_easier_is_never_worse(study: Capacity) -> None:
    """Below the furthest all is complete; beyond it nothing is; overtime of hands falls with every contract hour."""
    for each in study.scenarios[0].curves:
        assert each.last is not None
        assert [point.complete for point in each.points] == [point.rung <= each.last for point in each.points]
        assert [point.unserved for point in each.points] == sorted(point.unserved for point in each.points)
    hands = curve(study, "hands", "within").points
    assert [point.overtime_hours for point in hands] == sorted(point.overtime_hours for point in hands)


def test_the_checker_approves_every_plan(study: Capacity, watched: Watched) -> None:
    """Of all runs; and what the study says of the furthest plan is what the checker counts."""
    assert len(watched.runs) >= sum(each.runs for each in study.scenarios[0].curves)
    for instance, contract, _, plan in watched.runs:
        report = check(instance, contract, travel_matrix(instance), plan)
        assert report.violations == ()
        figures = figures_of(instance, contract, plan)
        assert figures["overtime"] == report.counts["overtime"]
        assert len(figures["unserved"]) == report.counts["unserved_normal"]


def test_a_plan_of_more_clients_is_one_of_fewer(watched: Watched) -> None:
    """Without the stops of who is not there any more, it breaks nothing, and all that is there is served."""
    instance, contract, _, full = max(watched.runs, key=lambda run: len(run[0].visits) * (not run[3].unserved))
    today = watched.runs[0][0]
    carried = fitting(full, today)
    assert len(today.visits) < len(instance.visits) and carried.unserved == ()
    assert check(today, contract, travel_matrix(today), carried).violations == ()


def test_plans_grow_from_those_below(watched: Watched) -> None:
    """Every run begins from a plan, but for today's first and one of the two of each full effort."""
    fresh = [run for run in watched.runs if run[2] is None]
    assert len(fresh) == 1 + sum(event.full for event in watched.events)


@pytest.mark.slow
def test_a_study_that_was_broken_off_goes_on(room: Rooms, study: Capacity) -> None:
    """Broken off after five runs, then again: no run is made twice, and the answer is that of a study in one go."""
    store: dict[str, dict[str, Any]] = {}
    made: list[str] = []

    def keep(key: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        if key not in store:
            made.append(key)
            if len(made) == 6:
                raise KeyboardInterrupt
            store[key] = make()
        return store[key]

    instance = day_team(room).instance()
    with pytest.raises(KeyboardInterrupt):
        capacity(instance, [PRESETS["joint"]], SETTINGS, keep=keep)
    assert len(store) == 5
    again = capacity(instance, [PRESETS["joint"]], SETTINGS, keep=keep)
    assert len(made) == len(set(made)) + 1
    assert _without_times(again) == _without_times(study)
    silent: Planner = lambda *_: pytest.fail("planned again")  # noqa: E731
    assert capacity(instance, [PRESETS["joint"]], SETTINGS, planner=silent, keep=keep) == again


def _without_times(found: Capacity) -> dict[str, Any]:
    plain = found.model_dump()
    for scenario in plain["scenarios"]:
        for each in scenario["curves"]:
            each.pop("cpu_s")
    return plain


@pytest.fixture(scope="module")
def two(room: Rooms, pair: Watched) -> Capacity:
    """Organisation a with two clients and b with four, a nurse each: single and joint."""
    small = day_team(room, "b", 4, into=day_team(room, "a", 2))
    settings = CapacitySettings(
        seconds=None, iterations=120, seed=1, islands=1, step_percent=15, most_percent=120, allowance_percent=0
    )  # fmt: skip
    return capacity(small.instance(), [PRESETS["single"], PRESETS["joint"]], settings, planner=pair)


@pytest.fixture(scope="module")
def pair() -> Watched:
    """The planner of that study."""
    return Watched()


@pytest.mark.slow
def test_apart_each_has_a_limit_of_its_own(two: Capacity) -> None:
    """a takes two more (+100 %); b is full with its four (0 %). Growing alike nothing more is served; each for itself
    two clients of 55 minutes, 1.8 hours. Joint: eight visits in two duties, two more on six (+33 %)."""
    apart = two.scenarios[0]
    assert [each.reached and each.reached.percent for each in apart.of("demand", "within")] == [100.0, 0.0]
    total = apart.total("demand", "within")
    assert total is not None and (total.even_percent, total.client_hours, total.clients) == (0.0, 1.8, 2)
    joint = two.scenarios[1].total("demand", "within")
    assert joint is not None and (joint.even_percent, joint.client_hours, joint.clients) == (33.33, 1.8, 2)


@pytest.mark.slow
def test_together_is_never_worse_than_apart(room: Rooms) -> None:
    """A planner that finds nothing for all together: what each found for itself stands, under the joint contract too.
    a takes two more and b none: four more of 55 minutes cannot all be a's, so alike it is 0 %; with overtime a holds
    eight and b eight, twelve hours of care against five and a half; hands as few as apart."""

    def apart_only(
        instance: Instance, contract: SharingContract, settings: PlanSettings, start: Plan | None
    ) -> Result:
        if contract.name == "joint":
            return Result(status="no_time")
        return by_search(instance, contract, settings, start)

    small = day_team(room, "b", 4, into=day_team(room, "a", 2))
    settings = CapacitySettings(seconds=None, iterations=80, seed=1, islands=1, step_percent=15, most_percent=60)
    found = capacity(small.instance(), [PRESETS["joint"], PRESETS["single"]], settings, planner=apart_only)
    joint, single = found.scenarios
    assert (joint.name, single.name) == ("joint", "single")
    for question, hours in (("demand", "within"), ("demand", "any"), ("hands", "within")):
        mine, theirs = joint.total(question, hours), single.total(question, hours)  # type: ignore[arg-type]
        assert mine is not None and theirs is not None
        assert mine.even_percent is not None and theirs.even_percent is not None
        if question == "demand":
            assert mine.even_percent >= theirs.even_percent
        assert joint.of(question, hours)[0].reached.parts  # type: ignore[arg-type,union-attr]


@pytest.mark.slow
def test_scenarios_meet_the_same_clients(two: Capacity, pair: Watched) -> None:
    """An extra client of single is, by id, organisation and visits, one of joint."""
    del two
    seen: dict[str, dict[str, Any]] = {"single": {}, "joint": {}}
    for instance, contract, _, _ in pair.runs:
        for visit in instance.visits:
            if visit.client.startswith("extra-"):
                client = instance.client_by_id[visit.client]
                seen[contract.name][visit.id] = (client, visit.windows, visit.minutes)
    assert seen["single"] and seen["joint"]
    for name in seen["single"].keys() & seen["joint"].keys():
        assert seen["single"][name] == seen["joint"][name]
    assert seen["single"].keys() & seen["joint"].keys()


@pytest.mark.slow
def test_plans_of_parts_are_checked_together(room: Rooms) -> None:
    """A second check at a distance on Monday: the other organisation works on Tuesday only, so that nobody could give
    it. Where it works on both days, somebody can."""
    for day, broken in ((1, 1), (0, 0)):
        small = day_team(room, "a", 0)
        small.nurse("N-b", organisation="b", contract_minutes=240)
        small.client("c-a").client("c-b", organisation="b")
        small.visit("v-a", 0, "08:00", "12:00", 55, client="c-a", second_check="remote")
        small.visit("v-b", day, "08:00", "09:00", 55, client="c-b")
        settings = CapacitySettings(seconds=None, iterations=50, islands=1, step_percent=100, most_percent=0)
        found = capacity(small.instance(), [PRESETS["single"]], settings).scenarios[0]
        assert [each.reached and each.reached.percent for each in found.of("demand", "within")] == [0.0, 0.0]
        assert found.broken("demand", "within") == broken
        total = found.total("demand", "within")
        assert total is not None and not total.sure


def test_whole_nurses_leave(room: Rooms) -> None:
    """Two nurses, work for one duty: one can leave, and the last is never asked to."""
    small = day_team(room).nurse("N-z", contract_minutes=240)
    settings = CapacitySettings(seconds=None, iterations=60, islands=1, manner="nurses", most_percent=0)
    found = curve(capacity(small.instance(), [PRESETS["joint"]], settings), "hands", "within")
    assert found.reached is not None and found.refused is None
    assert (found.today.nurses, found.reached.nurses, found.reached.percent) == (2, 1, -50.0)


def test_today_too_full_goes_down(room: Rooms) -> None:
    """Six clients of 55 minutes, room for four within the contract: two of six must be left out, -33 %."""
    settings = CapacitySettings(seconds=None, iterations=80, islands=1, step_percent=10, most_percent=0)
    found = curve(capacity(day_team(room, clients=6).instance(), [PRESETS["joint"]], settings), "demand", "within")
    assert found.reached is not None and found.refused is not None
    assert (found.reached.percent, found.reached.clients) == (-33.33, -2)
    assert (found.today.complete, found.refused.percent) == (False, -16.67)


def test_without_any_plan_the_study_says_so(room: Rooms) -> None:
    """The scenario is named."""
    with pytest.raises(NoPlanToday, match="joint"):
        capacity(
            day_team(room).instance(), [PRESETS["joint"]], SETTINGS, planner=lambda *_: Result(status="no_time")
        )


def test_work_that_nobody_may_do_is_no_lack_of_room(room: Rooms) -> None:
    """A visit that asks a skill nobody has is left out of the count, and its client is not copied."""
    small = day_team(room)
    small.client("c-x").visit("v-x", 0, "08:00", "12:00", 55, client="c-x", skills=("none",))
    settings = CapacitySettings(seconds=None, iterations=60, islands=1, step_percent=30, most_percent=40)
    watched = Watched()
    found = capacity(small.instance(), [PRESETS["joint"]], settings, planner=watched)
    assert found.not_copied == 1
    assert curve(found, "demand", "within").today.complete
    assert not any("extra" in each.id and each.skills for run in watched.runs for each in run[0].visits)


def test_a_quick_study_has_fewer_levels_and_less_effort() -> None:
    """Steps of a second and coarse levels; iterations that were asked for stay."""
    quick = CapacitySettings(quick=True)
    assert quick.step.seconds is not None and quick.step.seconds < (CapacitySettings().step.seconds or 0)
    assert quick.percents == (10.0, 5.0)
    assert CapacitySettings(quick=True, iterations=70).step.iterations == 70
    assert CapacitySettings(quick=True, iterations=70).times(3).iterations == 210
