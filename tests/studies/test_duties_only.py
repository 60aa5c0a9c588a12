"""Comparisons, coalitions and replays of rosters that hold duties only, on a small evening and night service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from instances.demand_weeks import demand_source, demand_week, different_weeks
from optimiser.domain.comparison import Comparison
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.long_roster import is_long, plans_duties_only
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import PRESETS, PooledNumber, SharingContract
from optimiser.report.needed_words import capacity_refused
from optimiser.simulate.figures import FROM_ROUTES
from optimiser.simulate.settings import ChanceSettings
from optimiser.studies.call_figures import CALL_FIGURES, call_figures
from optimiser.studies.capacity import CapacitySettings, capacity
from optimiser.studies.coalition_jobs import CoalitionRunner, coalition_jobs, shared_parts
from optimiser.studies.compare import CompareSettings, comparison, jobs_of
from optimiser.studies.gain_sharing import gain_sharing
from optimiser.studies.jobs import MemoryStore, run_jobs
from optimiser.studies.measure_jobs import measure_scenario
from optimiser.studies.parts_plan import Effort
from optimiser.studies.plan_jobs import plan_part
from optimiser.studies.robustness import robustness
from optimiser.studies.settlement import settle
from optimiser.studies.settlement_delivered import delivered
from optimiser.studies.work_size import SEEDS_OF_A_WEEK, replays_of, run_seed, work_size
from optimiser.travel.engine import travel_matrix

Small = Callable[..., Instance]
BOTH = {name: PRESETS[name] for name in ("single", "joint")}
TOGETHER = SharingContract(
    name="together", visits="own", cover="pooled",
    pooled_to=(PooledNumber(cover=("evening-a",), minimum=2, wanted=2),
               PooledNumber(cover=("night-a",), minimum=1, wanted=1)),
)  # fmt: skip


def manned(instance: Instance, nurses: dict[tuple[str, int], str]) -> Plan:
    """The roster with these duties: (kind, day) -> nurse."""
    duties = []
    for (name, day), nurse in nurses.items():
        kind = instance.kind_by_id[name]
        bounds = segment_bounds(kind, instance.clock, day)
        when = instance.first_monday + timedelta(days=day)
        duties.append(Duty(id=f"{nurse}/{when}/{kind.lane}", nurse=nurse, kind=name, day=when, lane=kind.lane,
                           start=bounds[0][0], end=bounds[-1][1], organisation=nurse[0]))  # fmt: skip
    return Plan(instance=instance.name, fingerprint=instance.fingerprint, contract=PRESETS["single"],
                duties=tuple(duties), with_routes=False)  # fmt: skip


def test_when_plans_hold_duties_only(six: Instance, small_anw: Small) -> None:
    """Without visits always; with visits from three weeks on."""
    assert not plans_duties_only(six) and not is_long(six)
    assert plans_duties_only(small_anw()) and not is_long(small_anw())
    assert is_long(six.model_copy(update={"weeks": 3})) and plans_duties_only(six.model_copy(update={"weeks": 3}))


def test_capacity_is_refused(small_anw: Small) -> None:
    """Nothing says whether more clients are served where no plan has routes."""
    with pytest.raises(ValueError, match="routes"):
        capacity(small_anw(), [PRESETS["single"]], CapacitySettings())
    assert "samenrooster needed" in str(capacity_refused(small_anw()))


def test_work_is_counted_by_duty(six: Instance, small_anw: Small) -> None:
    """Four organisations with an evening and a night on each of 14 days: 112 duties; six nurses' week by its visits.
    So an organisation alone has a quarter of the effort."""
    instance = small_anw(weeks=2)
    assert work_size(instance) == 4 * 2 * 14 and work_size(six) == len(six.visits)
    # ten weeks asked: five replays of two weeks; one of thirteen weeks is more than that
    assert (replays_of(instance, 10), replays_of(instance, 0), replays_of(small_anw(weeks=13), 10)) == (5, 0, 1)
    assert replays_of(six, 10) == 10
    assert Effort(100.0, None, 0).part(28, work_size(instance)).seconds == 25.0


def test_no_week_differs_so_each_has_its_own_seed(six: Instance, small_anw: Small) -> None:
    """Three repetitions of one instance, planned with seeds of their own; others keep one seed for all weeks."""
    instance = small_anw()
    assert demand_source(instance) == "calls" and demand_week(instance, 2) is instance
    assert different_weeks(instance, 3) == [instance] * 3
    assert [run_seed(instance, week, 1) for week in range(3)] == [1, SEEDS_OF_A_WEEK + 1, 2 * SEEDS_OF_A_WEEK + 1]
    assert run_seed(six, 2, 1) == 1
    jobs, asked = jobs_of(lambda week: instance, CompareSettings(BOTH, weeks=2, seeds=1, iterations=50, seconds=None))
    assert len({job.key for job in jobs if job.run is plan_part}) == 2 * 5
    assert len({each.job.key for each in asked}) == 4
    _, coalitions = coalition_jobs([instance] * 2, PRESETS["joint"], [frozenset("a")], [Effort(None, 50, 3)])
    assert [each.seed for each in coalitions] == [3, 3] and len({each.job.key for each in coalitions}) == 2


@pytest.fixture(scope="module")
def compared(small_anw: Small) -> Comparison:
    """Two organisations, two repetitions."""
    instance = small_anw(weeks=1, organisations=2, nurses=4)
    settings = CompareSettings(BOTH, weeks=2, seeds=1, iterations=60, seconds=None, islands=1, replays=1)
    jobs, asked = jobs_of(lambda week: instance, settings)
    results = run_jobs(jobs, MemoryStore())
    return comparison(instance, settings, "calls", "1", asked, results)


@pytest.mark.slow
def test_a_comparison_leaves_out_what_it_cannot_know(compared: Comparison) -> None:
    """No figure of visits, routes or faces, not even nought; those of duties, hours, money, calls and the year are."""
    for name in BOTH:
        known = compared.total.scenarios[name]
        for figure in ("visits", "clients", "unserved_visits", "travel_minutes", "faces_mean", "year_travel_hours"):
            assert figure not in known, figure
        for figure in ("duties", "paid_hours", "employer_cost_eur", "uncovered_shifts", "calls_in_norm_percent",
                       "year_employer_cost_eur", "robust_days_covered_percent", *(each.name for each in CALL_FIGURES)):
            assert figure in known, figure
        assert not FROM_ROUTES & known.keys()
    assert "compare.explain.duties_only" in compared.explanations and "compare.explain.calls" in compared.explanations
    assert (compared.demand, compared.horizon_weeks) == ("calls", 1)


def test_a_lost_duty_is_refilled_or_open(small_anw: Small) -> None:
    """Everybody is ill all week: every duty falls away, nobody can come, each is hired, and no day is covered."""
    instance = small_anw(weeks=1, organisations=1, nurses=2)
    plan = manned(instance, {("evening", 0): "a0", ("evening", 2): "a1"})
    chance = ChanceSettings(absence_percent=99.9, spell_days=((14, 100),))
    found = robustness(instance, PRESETS["single"], travel_matrix(instance), plan, 0, 1, chance).total
    assert (found["robust_lost_duties"], found["robust_hired_duties"], found["robust_refilled_percent"]) == (2, 2, 0)
    assert found["robust_days_covered_percent"] == pytest.approx(100 * 5 / 7)
    assert all(found[name] is None for name in (*FROM_ROUTES, "robust_hardest_absence"))


def test_without_chance_no_duty_is_lost(small_anw: Small) -> None:
    """Nothing happens: all days are as they were published."""
    instance = small_anw(weeks=3, organisations=1, nurses=2)
    plan = manned(instance, {("evening", day): f"a{day % 2}" for day in range(0, 20, 3)})
    found = robustness(instance, PRESETS["single"], travel_matrix(instance), plan, 0, 1, ChanceSettings.nothing()).total
    assert (found["robust_lost_duties"], found["robust_days_covered_percent"]) == (0, 100)


def test_played_calls_are_figures(small_anw: Small, six: Instance) -> None:
    """Nobody on duty but for one evening: most calls are lost. Without call sources there are no such figures."""
    instance = small_anw(weeks=1, organisations=1)
    plan, travel = manned(instance, {("evening", 0): "a0"}), travel_matrix(instance)
    found = call_figures(instance, PRESETS["single"], travel, plan, 1)
    assert set(found.total) == {each.name for each in CALL_FIGURES}
    assert found.total["played_in_norm_percent"] is not None and found.total["played_in_norm_percent"] < 15
    assert found.organisations["a"]["played_in_norm_percent"] == found.total["played_in_norm_percent"]
    assert found == call_figures(instance, PRESETS["single"], travel, plan, 1)
    assert call_figures(six, PRESETS["single"], travel, plan, 1).total == {}


def test_a_ledger_of_calls(small_anw: Small) -> None:
    """One nurse of a on duty each evening for both: all visits are hers, about as many for b as for a, and what b takes
    has a fee. Alone she has the visits of a only."""
    instance = small_anw(weeks=1, organisations=2)
    busy = tuple(each.model_copy(update={"weekly_millicalls": 40_000}) for each in instance.call_sources)
    instance = instance.model_copy(update={"call_sources": busy})
    plan = manned(instance, {("evening", day): f"a{day % 3}" for day in range(7)})
    found = delivered(instance, plan.model_copy(update={"contract": PRESETS["joint"]}))
    ledger = {(row.giver, row.receiver): row.visits for row in found.ledger}
    assert found.of_calls and set(ledger) == {("a", "a"), ("a", "b")}
    # 40 calls a week each, 6/14 of them in the evening, half of these visits: 8.6 at each
    assert 6 <= ledger["a", "a"] <= 11 and 6 <= ledger["a", "b"] <= 11
    alone = delivered(instance, plan)
    assert {(row.giver, row.receiver) for row in alone.ledger} == {("a", "a")}
    made = settle({"a": 5000, "b": -5000}, found)
    assert made.fee_cents > 0 and sum(row.scheme for row in made.rows) == 0


@pytest.mark.slow
def test_four_organisations_share_what_they_gain(small_anw: Small) -> None:
    """Fifteen coalitions of a service that pools four evenings to two and four nights to one: who joins more saves
    more, the shares add up to the whole gain, and nobody leaves for a pair that gains less each."""
    instance = small_anw(weeks=1, organisations=4, nurses=3)
    store = MemoryStore()
    runner = CoalitionRunner([instance] * 2, TOGETHER, [Effort(None, 60, 0, islands=1)], partial(run_jobs, store=store))
    players = tuple("abcd")
    made = gain_sharing(players, runner.cost, 60, 0, components=partial(shared_parts, instance, TOGETHER))
    assert made.exact and len(made.coalitions) == 15 and made.weeks_known == 2
    whole = next(each for each in made.coalitions if len(each.members) == 4)
    assert sum(each.share for each in made.shares) == whole.saved > 0
    assert made.appendix and all(sum(each.shares.values()) == whole.saved for each in made.appendix)


def test_dates_of_the_small_service(small_anw: Small) -> None:
    """It begins on a Monday without a public holiday in its weeks before Christmas."""
    assert small_anw().first_monday == date(2026, 12, 7)


def test_measuring_needs_no_routes(small_anw: Small) -> None:
    """A given roster is measured as it is."""
    instance = small_anw(weeks=1, organisations=1)
    plan = manned(instance, {("evening", 0): "a0"})
    result: dict[str, Any] = measure_scenario(instance, PRESETS["single"], 1, 0, plan, 8.0)
    assert result["figures"]["total"]["unserved_visits"] is None and result["figures"]["total"]["duties"] == 1
