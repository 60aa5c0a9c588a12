"""The allowance for irregular hours: the vectors ORT1 to ORT5, summer time, holidays, and one band for each minute."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimiser.domain.clock import Clock
from optimiser.domain.money import (
    BANDS,
    COMMUTING,
    CONFIDENCE,
    SCALES,
    MoneySettings,
    bands_on,
    client_kilometre,
    commuting_on,
    holidays_of,
    is_holiday,
    least_sure,
    ort_minutes,
    standby_on,
    wage_on,
)

MONDAY = date(2026, 12, 7)


def hours(day: date, start: int, end: int, settings: MoneySettings | None = None) -> dict[int, float]:
    """Percentage -> hours of a duty by the clock, from and until as hours after midnight of ``day``."""
    clock = Clock(day - timedelta(days=day.weekday()))
    number = clock.day_number(day)
    found = ort_minutes(clock, clock.at(number, start * 60), clock.at(number, end * 60), settings or MoneySettings())
    return {percent: minutes / 60 for percent, minutes in found.items()}


@pytest.mark.parametrize(
    ("day", "start", "end", "expected"),
    [
        pytest.param(date(2026, 11, 20), 20, 32, {22: 2, 47: 2, 52: 6, 38: 2}, id="ORT1"),
        pytest.param(date(2025, 11, 21), 20, 32, {22: 2, 44: 2, 49: 6, 38: 2}, id="ORT1-2025"),
        pytest.param(date(2026, 11, 21), 15, 23, {38: 7, 52: 1}, id="ORT2"),
        pytest.param(date(2026, 11, 22), 23, 31, {60: 1, 47: 6, 22: 1}, id="ORT3"),
        pytest.param(date(2026, 11, 23), 15, 23, {0: 5, 22: 2, 47: 1}, id="ORT4"),
        pytest.param(date(2026, 12, 24), 15, 23, {0: 3, 60: 5}, id="ORT5"),
    ],
)
def test_vectors_of_the_facts(day: date, start: int, end: int, expected: dict[int, float]) -> None:
    """Section 8 of the facts: hours at each percentage."""
    assert hours(day, start, end) == expected


def test_a_night_of_the_change_of_the_clock() -> None:
    """Elapsed minutes at the clock that shows: 25 October 2026 has an hour more, 29 March 2026 one less.

    Saturday 23:00 to Sunday 07:00: one hour of Saturday night, then Sunday: 8 hours in October, 6 in March.
    """
    assert hours(date(2026, 10, 24), 23, 31) == {52: 1, 60: 8}
    assert hours(date(2026, 3, 28), 23, 31) == {52: 1, 60: 6}
    # Sunday 23:00 to Monday 07:00 afterwards is an ordinary night
    assert hours(date(2026, 10, 25), 23, 31) == {60: 1, 47: 6, 22: 1}


def test_two_tables_in_one_night() -> None:
    """31 December 2025 is an eve from 18:00 and 1 January a holiday; 2 January has the new table.

    Without holidays in it, the change is seen from 30 December (44) to 2 January (47).
    """
    assert hours(date(2025, 12, 31), 15, 31) == {0: 3, 60: 13}
    no_eve = MoneySettings(eves_at_sunday_rate=False)
    # 15-20 nothing, 20-22 at 22, 22-24 still at the old 44, then New Year's Day
    assert hours(date(2025, 12, 31), 15, 31, no_eve) == {0: 5, 22: 2, 44: 2, 60: 7}
    assert hours(date(2025, 12, 30), 0, 6) == {44: 6}
    assert hours(date(2026, 1, 2), 0, 6) == {47: 6}


def test_the_last_minute_of_the_old_table() -> None:
    """Where 1 January were no holiday: the bands of both tables follow each other without a gap."""
    for band in BANDS:
        old, new = band.percents
        assert old.last is not None and new.first == old.last + timedelta(days=1)


def test_holidays_are_those_of_the_agreement() -> None:
    """Nine in 2026 and ten in 2025, which is a lustrum; Good Friday is none; King's Day 2025 is the 26th."""
    assert sorted(holidays_of(2026)) == [
        date(2026, 1, 1), date(2026, 4, 5), date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 14), date(2026, 5, 24),
        date(2026, 5, 25), date(2026, 12, 25), date(2026, 12, 26),
    ]  # fmt: skip
    assert date(2026, 4, 3) not in holidays_of(2026)
    assert {date(2025, 4, 26), date(2025, 5, 5)} <= holidays_of(2025) and len(holidays_of(2025)) == 10


def test_liberation_day_by_setting() -> None:
    """5 May: in lustrum years, every year, or never."""
    answers = {
        choice: [is_holiday(date(year, 5, 5), MoneySettings(liberation_day=choice)) for year in (2025, 2026)]
        for choice in ("lustrum", "yearly", "never")
    }
    assert answers == {"lustrum": [True, False], "yearly": [True, True], "never": [False, False]}
    # Ascension Day falls on 5 May in 2016: a holiday all the same
    assert is_holiday(date(2016, 5, 5), MoneySettings(liberation_day="never"))


@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)), st.booleans())
def test_bands_fill_each_day_once(day: date, eves: bool) -> None:
    """From 0 to 24 without a gap or an overlap: each minute lies in exactly one band."""
    bands = bands_on(day, MoneySettings(eves_at_sunday_rate=eves))
    assert bands[0][0] == 0 and bands[-1][1] == 1440
    assert all(before[1] == after[0] for before, after in zip(bands, bands[1:], strict=False))
    assert all(low < high for low, high, _ in bands)


@given(st.integers(-20_000, 600_000), st.integers(0, 4000), st.integers(0, 4000))
def test_minutes_add_up(start: int, first: int, second: int) -> None:
    """Over the bands they are the elapsed minutes, also when a time is cut in two."""
    clock = Clock(MONDAY)
    middle, end = start + first, start + first + second
    whole = ort_minutes(clock, start, end)
    parts = [ort_minutes(clock, start, middle), ort_minutes(clock, middle, end)]
    assert sum(whole.values()) == end - start
    assert {percent: sum(part.get(percent, 0) for part in parts) for percent in whole} == whole


def test_wages_by_date_grade_and_step() -> None:
    """FWG 45 runs from 19.05 to 27.13 in December 2026: the middle is 23.09; in June it was 18.41 to 26.21: 22.31."""
    assert wage_on(45, MONDAY).value == 2309
    assert wage_on(45, date(2026, 6, 30)).value == 2231
    assert wage_on(45, MONDAY, MoneySettings(wage_step_percent=100)).value == 2713
    # a quarter of the way: 1905 + 0.25 x 808 = 2107
    assert wage_on(45, MONDAY, MoneySettings(wage_step_percent=25)).value == 2107
    assert wage_on(45, MONDAY, MoneySettings(wages={"45": 2400})).value == 2400
    # before July 2025 another 4 % less: 1841 / 1.04 = 1770, 2621 / 1.04 = 2520; middle 2145
    assert wage_on(45, date(2025, 6, 30)).value == 2145


def test_how_sure_a_wage_is() -> None:
    """The middle is our estimate; a chosen step is as sure as the scale; what the instance sets is S."""
    assert wage_on(45, MONDAY).confidence == "E"
    assert wage_on(45, MONDAY, MoneySettings(wage_step_percent=100)).confidence == "C"
    assert wage_on(60, MONDAY, MoneySettings(wage_step_percent=100)).confidence == "E"
    assert wage_on(45, MONDAY, MoneySettings(wages={"45": 2400})).confidence == "S"
    assert least_sure(["B", "E", "A"]) == "E" and least_sure([]) == "S"


def test_standby_rate_by_day() -> None:
    """Monday to Friday one rate, Saturday, Sunday and holidays the other; unconfirmed until the instance sets it."""
    days = [date(2026, 12, 23), date(2026, 12, 25), date(2026, 12, 27)]  # Wednesday, Christmas, Sunday
    assert [standby_on(day).value for day in days] == [150, 300, 300]
    assert standby_on(MONDAY).confidence == "E"
    assert standby_on(MONDAY, MoneySettings(standby_cents_weekday=175)).confidence == "S"


def test_kilometre_rates_by_date() -> None:
    """0.10, 0.19 from July 2025, 0.23 and 0.21 from July 2026."""
    days = (date(2025, 6, 30), date(2025, 7, 1), date(2026, 6, 30), date(2026, 7, 1))
    rates = [(commuting_on(day).near.value, commuting_on(day).far.value) for day in days]
    assert rates == [(10, 10), (19, 19), (19, 19), (23, 21)]
    assert client_kilometre().confidence == "E"


def test_every_figure_names_unit_source_and_a_known_code() -> None:
    """Scales, bands and kilometre rates; on every day of six years exactly one of each holds."""
    figures = [figure for band in BANDS for figure in band.percents]
    figures += [figure for scale in SCALES for figure in (scale.low, scale.high)]
    figures += [figure for rate in COMMUTING for figure in (rate.near, rate.far)]
    assert all(each.unit and each.article and each.confidence in CONFIDENCE for each in figures)
    for number in range(6 * 365):
        day = date(2023, 1, 1) + timedelta(days=number)
        for band in BANDS:
            assert sum(figure.holds_on(day) for figure in band.percents) == 1
        for grade in (35, 40, 45, 50):
            assert sum(scale.low.holds_on(day) for scale in SCALES if scale.grade == grade) == 1
        assert sum(rate.near.holds_on(day) for rate in COMMUTING) == 1
