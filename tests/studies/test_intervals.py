"""Intervals of medians, worked out by hand, and when a difference may be called clear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimiser.studies.intervals import confidence, difference, interval, rank_for, spread, standard_error


def test_how_sure_an_interval_is() -> None:
    """Five values hold the median but when all lie on one side of it: 1 - 2/32; two values half of the time."""
    assert confidence(5) == pytest.approx(93.75)
    assert confidence(2) == pytest.approx(50)
    assert confidence(1) == 0
    # second smallest to second largest of eight: 1 - 2 (1 + 8) / 256
    assert confidence(8, 2) == pytest.approx(100 * (1 - 18 / 256))


def test_the_narrowest_interval_that_is_sure_enough() -> None:
    """Of eight values the second smallest and largest do (93 %), of seven (1 - 16/128 = 87.5 %) they do not."""
    assert [rank_for(values) for values in (1, 4, 5, 7, 8)] == [1, 1, 1, 1, 2]
    assert interval([8, 1, 2, 7, 3, 6, 4, 5]) == (4.5, 2, 7)


def test_each_week_counts_once() -> None:
    """Two seeds of a week are its mean: 11 and 20 and 30."""
    found = spread({0: [10, 12], 1: [20], 2: [30], 3: []})
    assert (found.median, found.low, found.high, found.n) == (20, 11, 30, 3)


def test_nothing_known_is_none() -> None:
    """Without a value there is no median and no difference."""
    assert spread({}).median is None
    assert difference({0: [1.0]}, {1: [2.0]}).n == 0


def test_noise_of_the_search() -> None:
    """Seeds 10 and 14 have variance 8; two runs of two seeds in one week: sqrt(8/2 + 8/2) = 2.83; over two weeks of
    such runs sqrt(4 * 4) / 2 = 2. One seed tells nothing."""
    assert standard_error([[10, 14], [20, 24]], 1) == pytest.approx(8**0.5)
    assert standard_error([[10, 14], [20, 24]] * 2, 2) == pytest.approx(2)
    assert standard_error([[10], [20, 24]], 1) is None


WEEKS = {week: [100.0 + week, 102.0 + week] for week in range(5)}


def test_a_difference_is_clear_when_sure_and_above_the_noise() -> None:
    """20 less in each of five weeks: noise is sqrt(10 * 2 / 2) / 5 = 0.63."""
    less = {week: [value - 20 for value in values] for week, values in WEEKS.items()}
    found = difference(less, WEEKS)
    assert (found.median, found.low, found.high, found.clear) == (-20, -20, -20, True)
    assert found.noise == pytest.approx(10**0.5 / 5, abs=1e-4)


@pytest.mark.parametrize("weeks", [1, 2, 4])
def test_few_weeks_are_never_clear(weeks: int) -> None:
    """With four weeks the interval holds the median in 87.5 % only."""
    less = {week: [value - 20 for value in WEEKS[week]] for week in range(weeks)}
    assert not difference(less, {week: WEEKS[week] for week in range(weeks)}).clear


def test_one_seed_is_never_clear() -> None:
    """With one seed nobody knows how much is the chance of the search."""
    one = {week: values[:1] for week, values in WEEKS.items()}
    assert not difference({week: [values[0] - 20] for week, values in one.items()}, one).clear


def test_within_the_noise_is_not_clear() -> None:
    """Seeds 40 apart: noise sqrt(10 * 800 / 2) / 5 = 12.6; 20 less is under twice that."""
    wide = {week: [100.0, 140.0] for week in range(5)}
    found = difference({week: [80.0, 120.0] for week in range(5)}, wide)
    assert found.high is not None and found.high < 0
    assert not found.clear


@given(st.lists(st.lists(st.integers(-1000, 1000), min_size=2, max_size=3), min_size=1, max_size=9))
def test_both_ways_round(values: list[list[int]]) -> None:
    """A difference turned round is the same with the other sign, as clear as before."""
    one = {week: [float(each) for each in seeds] for week, seeds in enumerate(values)}
    other = {week: [1.0, 3.0] for week in one}
    there, back = difference(one, other), difference(other, one)
    assert there.median == pytest.approx(-(back.median or 0))
    assert there.low == pytest.approx(-(back.high or 0))
    assert there.clear == back.clear


def test_repetitions_carry_their_noise_themselves() -> None:
    """Differences -21, -19, -20, -22, -18 of the same weeks planned anew: their variance is 2.5, so the noise of the
    mean is sqrt(2.5 / 5) = 0.7071, and -20 is clear with one seed each; of other weeks nothing would be known."""
    one = {week: [value] for week, value in enumerate((79.0, 81.0, 80.0, 78.0, 82.0))}
    other = {week: [100.0] for week in range(5)}
    found = difference(one, other, repeated=True)
    assert (found.noise, found.clear, found.median) == (0.7071, True, -20.0)
    assert difference(one, other).noise is None
    assert not difference({0: [1.0]}, {0: [5.0]}, repeated=True).clear
