"""The sixteen weeks before the horizon keep the law, by a reading of the clock of their own (labour-rules 2 and 3)."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from instances.generate import GeneratorSettings, generate
from optimiser.check.checker import check
from optimiser.domain.duty import ContextDuty
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import PRESETS
from optimiser.travel.engine import travel_matrix

pytestmark = pytest.mark.slow

HOUR, DAY = 60, 1440
WEEK = 7 * DAY
CASES = [
    GeneratorSettings(seed=1),
    GeneratorSettings(seed=2, overlap=0.0),
    GeneratorSettings(seed=3, awake_nights=True),
    GeneratorSettings(seed=4, region="friesland", organisations=(("a", 5.0), ("b", 30.0))),
    GeneratorSettings(seed=5, region="apeldoorn", organisations=(("a", 3.0),)),
]


@pytest.fixture(scope="module", params=range(len(CASES)))
def instance(request: pytest.FixtureRequest) -> Instance:
    """One generated week with its past."""
    return generate(CASES[request.param])[0]


def rows(instance: Instance, nurse: str, lane: str) -> list[ContextDuty]:
    """The duties of a nurse in a lane, in order."""
    own = [each for each in instance.context if each.nurse == nurse and each.lane == lane]
    return sorted(own, key=lambda each: each.start)


def is_night(duty: ContextDuty) -> bool:
    """More than an hour between 00:00 and 06:00: here only the awake nights, which end in the morning."""
    return duty.end % DAY < 8 * HOUR


def test_sixteen_weeks_up_to_the_horizon(instance: Instance) -> None:
    """The past begins sixteen weeks before the first Monday; nobody works when the horizon begins, but in a night."""
    # 26 October 2026 ends summer time: earlier days begin an hour earlier in elapsed minutes
    assert min(each.start for each in instance.context) >= -16 * WEEK - HOUR
    assert max(each.end for each in instance.context) <= 7 * HOUR + 15
    assert {each.nurse for each in instance.context} == {each.id for each in instance.nurses}


def test_rests(instance: Instance) -> None:
    """Eleven hours daily, fourteen after nights, 46 after three nights in a row, 36 in each week from a first duty."""
    for nurse in instance.nurses:
        work = rows(instance, nurse.id, "work")
        nights = 0
        for first, second in pairwise(work):
            rest = second.start - first.end
            nights = nights + 1 if is_night(first) else 0
            assert rest >= (14 if is_night(first) else 11) * HOUR
            if nights >= 3 and not is_night(second):
                assert rest >= 46 * HOUR
        for place, first in enumerate(work):
            horizon = first.start + WEEK
            later = [each for each in work[place:] if each.start < horizon]
            gaps = [b.start - a.end for a, b in pairwise(later)] + [horizon - later[-1].end]
            assert max(gaps) >= 36 * HOUR
        if work:
            # Monday early is still open: who worked Sunday evening has eleven hours before 10:00
            assert work[-1].end <= 7 * HOUR + 15


def test_hours(instance: Instance) -> None:
    """No duty above ten hours, no week above sixty, the mean of sixteen weeks near the contract."""
    for nurse in instance.nurses:
        work = rows(instance, nurse.id, "work")
        assert all(each.work_minutes <= 10 * HOUR for each in work)
        by_week = Counter[int]()
        for each in work:
            by_week[(each.start + HOUR) // WEEK] += each.work_minutes
        assert max(by_week.values()) <= 48 * HOUR
        mean = sum(by_week.values()) / 16
        assert 0.75 * nurse.contract_minutes <= mean <= 1.15 * nurse.contract_minutes


def test_nights_and_standby(instance: Instance) -> None:
    """At most three on call in seven days and 32 in sixteen weeks, beside no work; at most 36 nights; never against
    age or wish; every night of every organisation is filled."""
    filled = Counter[tuple[str, int]]()
    for nurse in instance.nurses:
        standby = rows(instance, nurse.id, "standby")
        work = rows(instance, nurse.id, "work")
        assert len(standby) <= 32
        assert all(later.start - first.start >= WEEK for first, later in zip(standby, standby[3:], strict=False))
        for each in standby:
            assert all(duty.end <= each.start or duty.start >= each.end for duty in work)
        nights = [each for each in work if is_night(each)]
        assert len(nights) <= 36
        if nights or standby:
            assert nurse.experience == "experienced" and (not nurse.categories or "night" in nurse.categories)
        for each in (*standby, *nights):
            filled[nurse.organisation, (each.start + HOUR) // DAY] += 1
    nights = 16 * 7 * len(instance.organisations)
    # four nurses may be on call 32 times each at most, so a team of three fte leaves nights open
    assert len(filled) == nights or len(instance.nurses) < 6 and len(filled) > nights / 3


def test_free_sundays(instance: Instance) -> None:
    """At least a quarter of the Sundays free, and more than 22 of 52 weekends in proportion."""
    for nurse in instance.nurses:
        worked = {(each.start + HOUR) // WEEK for each in rows(instance, nurse.id, "work")
                  if (each.start + HOUR) // DAY % 7 >= 5}  # fmt: skip
        assert len(worked) <= 16 * (52 - 22) / 52


def test_the_checker_finds_nothing_in_the_past(instance: Instance) -> None:
    """An empty plan has no violation that the past alone causes."""
    travel = travel_matrix(instance)
    contract = PRESETS["joint"]
    plan = Plan(instance=instance.name, fingerprint=instance.fingerprint, contract=contract)
    assert check(instance, contract, travel, plan).inherited == ()


def test_known_faces_were_on_duty(instance: Instance) -> None:
    """Who visited a client in the last fourteen days had a duty that day, at the client's own organisation."""
    days = {(each.nurse, (each.start + HOUR) // DAY) for each in instance.context if each.lane == "work"}
    employer = {each.id: each.organisation for each in instance.nurses}
    for row in instance.past_visits:
        day = instance.clock.day_number(row.day)
        assert -14 <= day < 0 and (row.nurse, day) in days
        assert employer[row.nurse] == instance.client_by_id[row.client].organisation


def test_counters_agree_with_the_past(instance: Instance) -> None:
    """The counters of the last sixteen weeks are those of the context."""
    counters = {(each.nurse, each.counter): each.value for each in instance.counters}
    for nurse in instance.nurses:
        work = rows(instance, nurse.id, "work")
        assert counters[nurse.id, "on_call_16_weeks"] == len(rows(instance, nurse.id, "standby"))
        assert counters[nurse.id, "nights_16_weeks"] == sum(map(is_night, work))
        late = sum(each.work_minutes for each in work if each.start + HOUR >= -15 * WEEK)
        assert counters[nurse.id, "work_minutes_15_weeks"] == late
        assert counters[nurse.id, "free_sundays_52_weeks"] >= 13
