"""The figures of a play, their intervals, pairs of plays, and stress."""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from optimiser.domain.calls import CallHours
from optimiser.domain.sharing import PRESETS
from optimiser.domain.simulated_calls import SimulatedCalls
from optimiser.errors import InputError
from optimiser.report.response import response
from optimiser.simulate.calls import drawn_calls, played_calls, prepare_calls, simulate_calls
from optimiser.simulate.calls_compare import compare_simulated
from optimiser.simulate.calls_intervals import mean_of, paired, quantile, ratio, share, student
from optimiser.simulate.calls_settings import CallSettings
from optimiser.simulate.calls_stress import ill_units, two_at_once


def two_services(town: Callable[..., Any], calls: int = 30_000) -> Any:
    """Two organisations with a nurse each on call every night, and clients near and far from either."""
    built = town().type(phone_percent=40, triage_minutes=5, service_minutes=40)
    built.source("s", calls=calls).source("u", organisation="b", calls=calls)
    built.room.nurse("N1").nurse("N2", organisation="b")
    built.room.kind("E", "18:00", "31:00", line=1, lane="standby", category="evening")
    for day in range(7):
        built.room.duty("N1", "E", day).duty("N2", "E", day)
    for days in ("weekdays", "saturday", "sunday"):
        built.room.add("call_hours", CallHours(type="t", days=days, from_time=1080, until_time=1860, weight=1))
    return built.way("home-N1", "u", 30).way("home-N2", "u", 20).way("home-N2", "s", 12).way("home-N1", "s", 26)


def simulated_of(
    built: Any, contract: str = "joint", weeks: int = 60, seed: int = 1, **settings: Any
) -> SimulatedCalls:  # fmt: skip
    """Played under a preset."""
    return simulate_calls(
        built.instance(), PRESETS[contract], built.matrix(), built.room.plan(), weeks, seed, CallSettings(**settings)
    )


@pytest.mark.slow
def test_the_same_seed_gives_the_same_and_another_does_not(town: Callable[..., Any]) -> None:
    """To the last figure."""
    built = two_services(town)
    assert simulated_of(built, seed=3) == simulated_of(built, seed=3)
    assert simulated_of(built, seed=3).counts != simulated_of(built, seed=4).counts


def test_figures_add_up(town: Callable[..., Any]) -> None:
    """Outcomes to calls, organisations and parts to all visits, bars and districts to all visits."""
    found = simulated_of(two_services(town))
    outcomes = {name: each.value for name, each in found.outcomes.items()}
    assert sum(outcomes[name] for name in ("phone", "first_line", "passed", "lost")) == pytest.approx(outcomes["calls"])
    visits = found.total.visits_per_week.value
    for groups in (found.organisations, found.parts):
        assert sum(each.visits_per_week.value for each in groups.values()) == pytest.approx(visits)
    assert sum(row.visits_per_week for row in found.districts) == pytest.approx(visits)
    answered = sum(found.counts["total:answered"]) / sum(found.counts["total:visits"])
    assert sum(bar.share for bar in found.histogram) == pytest.approx(answered)
    assert sum(found.at_once) == pytest.approx(1)
    assert all(row.low is not None and row.low <= row.within_norm <= row.high for row in found.districts)


def test_weeks_are_played_in_whole_rounds(town: Callable[..., Any]) -> None:
    """Five weeks of a plan of two weeks are three rounds, six weeks."""
    built = town(weeks=2).type().source("s")
    built.room.kind("E", "18:00", "23:00", line=1, lane="standby").duty("N1", "E", 0)
    found = simulated_of(built, weeks=5)
    assert (found.rounds, found.weeks) == (3, 6)


def test_no_calls_give_no_figures(town: Callable[..., Any]) -> None:
    """Nothing is counted, and nothing divided by."""
    built = town()
    built.room.kind("E", "18:00", "23:00", line=1, lane="standby").duty("N1", "E", 0)
    found = simulated_of(built, weeks=2)
    assert found.total.within_norm.value is None and found.total.visits_per_week.value == 0 and found.districts == ()


def test_one_round_has_no_interval(town: Callable[..., Any]) -> None:
    """A figure, and nothing around it."""
    within = simulated_of(two_services(town), weeks=1).total.within_norm
    assert within.value is not None and within.low is None and within.high is None


def test_two_plans_meet_the_same_calls(town: Callable[..., Any]) -> None:
    """Apart and together: as many calls in each round, as many settled by telephone, visits as long."""
    built = two_services(town)
    single, joint = simulated_of(built, "single"), simulated_of(built, "joint")
    assert single.counts["calls:calls"] == joint.counts["calls:calls"]
    assert single.counts["calls:phone"] == joint.counts["calls:phone"]
    assert single.counts["total:visits"] == joint.counts["total:visits"]
    made = compare_simulated(joint, single)
    assert (made.first, made.second) == ("joint", "single")
    assert made.differences["phone_per_week"].value == 0 == made.differences["phone_per_week"].high


def test_paired_differences_are_those_of_the_figures_and_surer(town: Callable[..., Any]) -> None:
    """Joint less single is the difference of both shares; its interval is narrower than those of both together."""
    built = two_services(town)
    single, joint = simulated_of(built, "single"), simulated_of(built, "joint")
    found = compare_simulated(joint, single).differences["mean_minutes"]
    one, other = joint.total.mean_minutes, single.total.mean_minutes
    assert found.value == pytest.approx(one.value - other.value)
    assert found.high - found.low < (one.high - one.low) + (other.high - other.low)
    same = compare_simulated(joint, joint).differences["within_norm"]
    assert (same.value, same.low, same.high) == (0, 0, 0)


def test_plays_on_other_calls_are_not_compared(town: Callable[..., Any]) -> None:
    """Seed and weeks are both named."""
    built = two_services(town)
    with pytest.raises(InputError) as error:
        compare_simulated(simulated_of(built, weeks=3), simulated_of(built, weeks=2, seed=2))
    assert {fault.column for fault in error.value.faults} == {"seed", "rounds", "weeks"}


@pytest.mark.slow
def test_with_hardly_any_calls_response_is_what_is_computed(town: Callable[..., Any]) -> None:
    """One call in ten weeks: nobody is ever busy, and the mean is that of the page without chance."""
    built = two_services(town, calls=100)
    instance, plan = built.instance(), built.room.plan()
    computed = response(instance, built.matrix(), plan).speed()
    found = simulated_of(built, weeks=4_000).total
    assert found.mean_minutes.low <= computed.mean_minutes <= found.mean_minutes.high
    assert found.within_norm.low <= computed.within_norm <= found.within_norm.high


def test_pairs_come_at_one_minute(town: Callable[..., Any]) -> None:
    """Each day with a visit has one more, of the same organisation, at the minute of its first."""
    instance = two_services(town).instance()
    drawn = drawn_calls(instance, 5, 1)
    paired_calls = two_at_once(instance, drawn)
    twice = paired_calls.minute[paired_calls.paired]
    assert len(paired_calls.minute) == len(drawn.minute) + len(twice) // 2
    assert (twice[::2] == twice[1::2]).all() and len(twice) == 2 * 5 * 7
    assert set(paired_calls.round[paired_calls.paired]) == set(range(5))
    assert not paired_calls.by_phone[paired_calls.paired].any()


def test_pairs_ask_more(town: Callable[..., Any]) -> None:
    """They are told apart, and are slower than all visits were."""
    built = two_services(town)
    usual, hard = simulated_of(built), simulated_of(built, stress="two-calls")
    assert usual.stressed is None and hard.stressed.mean_minutes.low > usual.total.mean_minutes.high


def test_who_is_ill_is_away_all_week(town: Callable[..., Any]) -> None:
    """One of the two in each round, with all her nights; both are drawn about as often."""
    built = two_services(town)
    prepared = prepare_calls(built.instance(), PRESETS["joint"], built.matrix(), built.room.plan())
    away = ill_units(prepared, 60, 1)
    names = [{prepared.units[number].duty.nurse for number in each} for each in away]
    assert all(len(each) == 1 for each in names) and all(len(each) == 7 for each in away)
    assert 15 <= names.count({"N1"}) <= 45
    hours = simulated_of(built, stress="ill").lines[0].duties_per_week
    assert hours == 7


def test_snow_is_slower(town: Callable[..., Any]) -> None:
    """Longer ways."""
    built = two_services(town)
    assert simulated_of(built, stress="snow").total.mean_minutes.low > simulated_of(built).total.mean_minutes.high


def test_quantiles_of_student() -> None:
    """Against the printed table: 12.706, 4.303, 3.182, 2.571, 2.228, 2.042 for 1, 2, 3, 5, 10 and 30 degrees."""
    for freedom, value in ((1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (10, 2.228), (30, 2.042)):
        assert student(freedom) == pytest.approx(value, rel=0.004)
    assert student(10**9) == pytest.approx(NormalDist().inv_cdf(0.975), rel=1e-6)


def test_an_interval_by_hand() -> None:
    """Counts 1, 2, 3 a round: mean 2, deviation 1, reach 4.3027 / sqrt(3) = 2.4841. Shares 1 of 2, 2 of 2 and 3 of 4:
    6 / 8; errors (1 - 1.5, 2 - 1.5, 3 - 3) / (8 / 3) = -0.1875, 0.1875, 0: deviation 0.1875, reach 0.4658."""
    found = mean_of(np.array([1.0, 2.0, 3.0]))
    assert (found.value, found.high) == (2, pytest.approx(4.4841, abs=1e-3))
    part = ratio(np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 4.0]))
    assert (part.value, part.low) == (0.75, pytest.approx(0.75 - 0.4658, abs=1e-3))
    assert share(np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 4.0])).high == 1
    assert paired(3.0, 2.0, np.array([1.0, 1.0])).low == 1


def test_all_within_is_not_certain() -> None:
    """Nine of nine: Wilson's interval begins at 1 - 3.84 / (9 + 3.84) = 0.70."""
    found = share(np.array([4.0, 5.0]), np.array([4.0, 5.0]))
    assert (found.value, found.low, found.high) == (1, pytest.approx(0.7009, abs=1e-3), 1)


def test_a_quantile_is_the_value_below_which_the_share_lies() -> None:
    """Of 1 to 10 the median is 5 and the ninth decile 9."""
    values, rounds = np.arange(1.0, 11.0), np.repeat([0, 1], 5)
    assert quantile(values, rounds, 2, 0.5).value == 5 and quantile(values, rounds, 2, 0.9).value == 9


@pytest.mark.slow
def test_intervals_hold_the_truth_as_often_as_they_say(town: Callable[..., Any]) -> None:
    """Of 200 plays of 20 weeks, the intervals of share, mean and 90th percentile hold the value of 6,000 weeks in 95 %
    of cases: between 90 and 99 % here (three deviations are 4.6 %), and so do those of a paired difference."""
    built = two_services(town)
    instance, plan, matrix = built.instance(), built.room.plan(), built.matrix()

    def both(weeks: int, seed: int) -> tuple[SimulatedCalls, SimulatedCalls]:
        joint, single = (
            simulate_calls(instance, PRESETS[name], matrix, plan, weeks, seed) for name in ("joint", "single")
        )
        return joint, single

    truth = both(6_000, 999)
    wanted = {
        "share": truth[0].total.within_norm.value, "mean": truth[0].total.mean_minutes.value,
        "p90": truth[0].total.p90_minutes.value,
        "difference": compare_simulated(*truth).differences["mean_minutes"].value,
    }  # fmt: skip
    held = dict.fromkeys(wanted, 0)
    for seed in range(200):
        joint, single = both(20, seed)
        found = {
            "share": joint.total.within_norm, "mean": joint.total.mean_minutes, "p90": joint.total.p90_minutes,
            "difference": compare_simulated(joint, single).differences["mean_minutes"],
        }  # fmt: skip
        for name, each in found.items():
            held[name] += each.low <= wanted[name] <= each.high
    assert all(180 <= count <= 200 for count in held.values()), held
    assert held["mean"] <= 199 and held["difference"] <= 199


def test_raw_arrays_have_one_length(town: Callable[..., Any]) -> None:
    """What studies read: by call, for all rounds."""
    built = two_services(town)
    instance = built.instance()
    prepared = prepare_calls(instance, PRESETS["joint"], built.matrix(), built.room.plan())
    played = played_calls(prepared, drawn_calls(instance, 10, 1))
    sizes = {len(getattr(played, name)) for name in ("outcome", "wait", "response", "unit", "found", "asked")}
    assert sizes == {len(played.drawn.minute)}
