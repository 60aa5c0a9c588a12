"""Core, least core, nucleolus and equal profit against published and hand-solved games."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.studies.games.core import excess, least_core, proper, would_leave
from optimiser.studies.games.equal_profit import equal_profit
from optimiser.studies.games.game import Coalition, coalitions_of
from optimiser.studies.games.nucleolus import nucleolus

THREE = ("a", "b", "c")
CLAIMS = {"a": 100, "b": 200, "c": 300}
Values = dict[Coalition, int]


def estate(amount: int, claims: dict[str, int]) -> Values:
    """What is left for a coalition when all others have taken their claims."""
    total = sum(claims.values())
    return {
        each: max(0, min(amount, sum(claims[who] for who in each)) if len(each) == len(claims)
                  else amount - total + sum(claims[who] for who in each))
        for each in coalitions_of(tuple(claims))
    }  # fmt: skip


def majority() -> Values:
    """Two of three have it all: 90."""
    return {each: 90 * (len(each) > 1) for each in coalitions_of(THREE)}


def worst(values: Values, shares: dict[str, float]) -> float:
    """The excess of the worst-off coalition."""
    return max(excess(each, value, shares) for each, value in proper(tuple(shares), values).items())


@pytest.mark.parametrize(
    ("amount", "shares"), [(100, (100 / 3, 100 / 3, 100 / 3)), (200, (50, 75, 75)), (300, (50, 100, 150))]
)
def test_estates_of_the_talmud(amount: int, shares: tuple[float, ...]) -> None:
    """Claims of 100, 200 and 300: the nucleolus divides as the Mishna does (Aumann and Maschler 1985)."""
    found = nucleolus(THREE, estate(amount, CLAIMS))
    assert tuple(found.values()) == pytest.approx(shares)


def test_gloves_have_one_point_in_the_core() -> None:
    """Two left gloves, one right: the right one gets all, whatever is computed over the core."""
    values = {each: 60 * ("c" in each and len(each) > 1) for each in coalitions_of(THREE)}
    point = {"a": 0, "b": 0, "c": 60}
    assert nucleolus(THREE, values) == pytest.approx(point, abs=1e-6)
    least = least_core(THREE, values)
    assert least.shares == pytest.approx(point, abs=1e-6)
    assert least.epsilon == pytest.approx(0, abs=1e-6) and not least.empty
    assert equal_profit(THREE, values, dict.fromkeys(THREE, 100)).shares == pytest.approx(point, abs=1e-6)
    # by Shapley (10, 10, 40) a left and the right glove together get 50 and can have 60
    assert would_leave(THREE, values, {"a": 10, "b": 10, "c": 40}) == {frozenset("ac"): 10, frozenset("bc"): 10}


def test_majority_has_an_empty_core() -> None:
    """Any two get 60 of 90 at the best: each pair falls short 30. By sums: the three pairs ask 270, and get 180."""
    least = least_core(THREE, majority())
    assert least.epsilon == pytest.approx(30) and least.empty
    # epsilon is a third of the three pairs' values together, less two thirds of that of all: 90 - 60
    pairs = {each: 1 / 3 for each in coalitions_of(THREE) if len(each) == 2}
    assert least.weights == pytest.approx(pairs | {frozenset(THREE): -2 / 3})
    assert nucleolus(THREE, majority()) == pytest.approx(dict.fromkeys(THREE, 30))
    equal = equal_profit(THREE, majority(), {"a": 100, "b": 100, "c": 100})
    assert equal.relaxed == pytest.approx(30)
    assert equal.shares == pytest.approx(dict.fromkeys(THREE, 30))


def test_nobody_gets_less_than_alone_unless_all_do() -> None:
    """a and b gain 10 together, and c costs 20 to have along: c would pay. Alone is 0 and all is -10:
    nothing can be shared with nobody below 0, so the prenucleolus it is, by hand: excesses of ab, a, b, c; ab and c
    share the shortfall of 20: x(ab) = 0, x(c) = -10, and a and b are alike."""
    values = dict.fromkeys(coalitions_of(THREE), 0) | {frozenset("ab"): 10, frozenset("abc"): -10}
    assert nucleolus(THREE, values) == pytest.approx({"a": 0, "b": 0, "c": -10}, abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 400), st.lists(st.integers(1, 150), min_size=2, max_size=4))
def test_nucleolus_of_estates_is_in_the_least_core_and_splits_contested(amount: int, claims: list[int]) -> None:
    """It adds up, is worst off no worse than the least core, and for each two divides what they get by the rule of the
    contested garment, which marks the nucleolus of a bankruptcy game (Aumann and Maschler 1985)."""
    named = dict(zip("abcd", claims, strict=False))
    amount = min(amount, sum(claims))
    values = estate(amount, named)
    players = tuple(named)
    found = nucleolus(players, values)
    assert sum(found.values()) == pytest.approx(amount)
    assert worst(values, found) == pytest.approx(least_core(players, values).epsilon, abs=1e-4)
    for one, other in zip(players, players[1:], strict=False):
        both = found[one] + found[other]
        left, right = max(0.0, both - named[other]), max(0.0, both - named[one])
        assert found[one] == pytest.approx(left + (both - left - right) / 2, abs=1e-4)


def test_equal_profit_by_hand() -> None:
    """Costs alone 100 and 300 with 40 saved: 10 % each, 10 and 30. Three at 100 each, 36 saved, of which a and b could
    have 30 by themselves: 12 each would be equal, but a and b must have 30, so 15, 15 and 6, nine points apart
    (Frisk et al. 2010)."""
    two: Values = {frozenset("a"): 0, frozenset("b"): 0, frozenset("ab"): 40}
    found = equal_profit(("a", "b"), two, {"a": 100, "b": 300})
    assert found.shares == pytest.approx({"a": 10, "b": 30}, abs=1e-2)
    assert (found.spread, found.relaxed) == (pytest.approx(0, abs=1e-6), 0)
    three = dict.fromkeys(coalitions_of(THREE), 0) | {frozenset("ab"): 30, frozenset("abc"): 36}
    found = equal_profit(THREE, three, dict.fromkeys(THREE, 100))
    assert found.shares == pytest.approx({"a": 15, "b": 15, "c": 6}, abs=1e-2)
    assert found.spread == pytest.approx(0.09, abs=1e-4)
    with pytest.raises(ValueError, match="above zero"):
        equal_profit(("a", "b"), two, {"a": 0, "b": 5})


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 6), min_size=3, max_size=3), st.integers(6, 14),
       st.lists(st.integers(5, 30), min_size=3, max_size=3))  # fmt: skip
def test_no_sharing_in_the_core_is_more_equal(pairs: list[int], total: int, costs: list[int]) -> None:
    """On a grid of whole cents no point of the core has relative savings that differ less."""
    values = dict.fromkeys(coalitions_of(THREE), 0)
    values |= dict(zip((frozenset("ab"), frozenset("ac"), frozenset("bc")), pairs, strict=True))
    values[frozenset(THREE)] = total
    alone = dict(zip(THREE, costs, strict=True))
    found = equal_profit(THREE, values, alone)
    assert worst(values, found.shares) <= found.relaxed + 1e-2
    for a, b in product(range(total + 1), repeat=2):
        shares = {"a": float(a), "b": float(b), "c": float(total - a - b)}
        if not would_leave(THREE, values, shares):
            relative = [shares[who] / alone[who] for who in THREE]
            assert found.spread <= max(relative) - min(relative) + 1e-6


def test_large_amounts_stay_exact() -> None:
    """A gain of millions of cents on costs of billions is shared to the cent."""
    values = {each: value * 50_000 for each, value in estate(200, CLAIMS).items()}
    assert nucleolus(THREE, values) == pytest.approx({"a": 2_500_000, "b": 3_750_000, "c": 3_750_000}, abs=0.1)
    alone = {"a": 400_000_000, "b": 900_000_000, "c": 2_000_000_000}
    equal = equal_profit(THREE, values, alone)
    assert sum(equal.shares.values()) == pytest.approx(10_000_000, abs=0.1)
    assert worst(values, equal.shares) <= 0.1


def test_one_player_has_nobody_to_leave() -> None:
    """Nothing to divide."""
    least = least_core(("a",), {frozenset("a"): 7})
    assert (least.epsilon, least.shares, least.empty) == (0, {"a": 7}, False)
    assert nucleolus(("a",), {frozenset("a"): 7}) == {"a": 7}


def test_values_of_each_alone_are_needed() -> None:
    """Without them a program has no least."""
    with pytest.raises(ValueError, match="alone"):
        least_core(THREE, {frozenset("a"): 0, frozenset("abc"): 9})
    with pytest.raises(ValueError, match="alone"):
        equal_profit(THREE, {frozenset("ab"): 0, frozenset("abc"): 9}, dict.fromkeys(THREE, 10))
