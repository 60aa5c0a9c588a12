"""Gain sharing from coalitions' costs: shares, noise, who would leave."""

from __future__ import annotations

import random
from math import sqrt

import pytest

from optimiser.domain.gains import CoalitionCost, GainSharing
from optimiser.studies.coalition_costs import Costs, sum_of_costs, verdict
from optimiser.studies.gain_sharing import gain_sharing
from optimiser.studies.games.game import Coalition, coalitions_of, whole
from optimiser.studies.games.needed import coalitions_needed

THREE = ("A", "B", "C")
COSTS = {"A": 1000, "B": 2000, "C": 3000, "AB": 2700, "AC": 3900, "BC": 4900, "ABC": 5400}


def table(costs: dict[str, int], error: float | None = 0.0) -> dict[Coalition, CoalitionCost]:
    """Costs by the letters of the members."""
    return {
        frozenset(members): CoalitionCost(cents=cents, standard_error=error, care_standard_error=error)
        for members, cents in costs.items()
    }


def shares_of(found: GainSharing) -> dict[str, int]:
    """Organisation -> share."""
    return {each.organisation: each.share for each in found.shares}


def test_three_organisations_by_hand() -> None:
    """Saved: AB 300, AC 100, BC 100, all 600. A and B each 300/6 + 100/6 + 500/3 = 233.33, C 100/6 + 100/6 + 300/3 =
    133.33; the cent that is left goes to the first. Nobody can do better: AB get 467 and could save 300."""
    found = gain_sharing(THREE, table(COSTS).__getitem__, 0, 0)
    assert shares_of(found) == {"A": 234, "B": 233, "C": 133}
    assert found.exact and found.evaluated == 7
    saved = {"".join(each.members): each.saved for each in found.coalitions}
    assert saved == {"A": 0, "B": 0, "C": 0, "AB": 300, "AC": 100, "BC": 100, "ABC": 600}
    assert {"".join(each.members): each.gain for each in found.leaving}["AB"] == 300 - 467
    assert {each.verdict for each in found.leaving} == {"no"}
    assert found.core_empty is False
    # best for the worst off: AB gets 300 + e, C e, and each else less: 600 = 300 + 2e
    assert found.least_core == -150
    assert [each.method for each in found.appendix] == ["equal_profit", "nucleolus"]
    # 10 % each of 6000 saved: 100, 200 and 300, and AB have the 300 they could save: in the core
    assert found.appendix[0].shares == {"A": 100, "B": 200, "C": 300}
    assert found.appendix[0].worst == 0
    assert found.appendix[1].worst == -150


def test_who_would_leave_an_unstable_coalition() -> None:
    """AB save 300 and C adds nothing to them (all 300), but 100 to each alone: Shapley gives C 33 for which AB go.

    A: 300/6 + 100/6 + 200/3 = 133.33; C: 100/6 + 100/6 + 0 = 33.33. AB get 267 of 300: 33 to gain."""
    costs = COSTS | {"ABC": 5700}
    found = gain_sharing(THREE, table(costs).__getitem__, 0, 0)
    leaving = {"".join(each.members): (each.gain, each.verdict) for each in found.leaving}
    assert leaving["AB"] == (300 - 267, "sure")
    assert leaving["C"] == (-33, "no")
    assert found.core_empty is False and found.least_core == 0


def test_noise_makes_sure_into_possible() -> None:
    """With a standard error of 100 on every cost nothing is sure any more, and without any known noise neither."""
    noisy = gain_sharing(THREE, table(COSTS | {"ABC": 5700}, 100).__getitem__, 0, 0)
    assert {"".join(each.members): each.verdict for each in noisy.leaving}["AB"] == "possible"
    unknown = gain_sharing(THREE, table(COSTS, None).__getitem__, 0, 0)
    assert {each.verdict for each in unknown.leaving} == {"possible"}
    assert unknown.shares[0].standard_error is None


def test_doubt_about_the_core() -> None:
    """Any two save all 90: some pair lacks 30, a third of the pairs' gains less two thirds of that of all.

    In costs each alone cancels (two thirds in its pairs, two thirds in all), and what is left is a third of each
    pair and two thirds of all: with an error of 12 each sqrt(3/9 + 4/9) x 12 = 10.58, and 1.96 x 10.58 = 20.7 < 30.
    With an error of 18 it is 31.1: in doubt."""
    costs = {"A": 1000, "B": 1000, "C": 1000, "AB": 1910, "AC": 1910, "BC": 1910, "ABC": 2910}
    found = gain_sharing(THREE, table(costs, 12).__getitem__, 0, 0, footing="money")
    assert found.core_empty is True and found.least_core == 30 and not found.core_doubt
    assert found.least_core_error == pytest.approx(12 * sqrt(7 / 9))
    assert gain_sharing(THREE, table(costs, 18).__getitem__, 0, 0, footing="money").core_doubt
    assert gain_sharing(THREE, table(costs, None).__getitem__, 0, 0).core_doubt


def test_errors_that_are_given_add_as_squares() -> None:
    """Two organisations, errors 3, 4 and 12 on A, B and AB: the gain has sqrt(9 + 16 + 144) = 13, each half of it."""
    errors = {"A": 3.0, "B": 4.0, "AB": 12.0}
    costs = {
        frozenset(members): CoalitionCost(cents=cents, standard_error=errors[members])
        for members, cents in {"A": 100, "B": 100, "AB": 150}.items()
    }
    found = gain_sharing(("A", "B"), costs.__getitem__, 0, 0)
    assert found.coalitions[-1].standard_error == pytest.approx(13)
    assert found.shares[0].standard_error == pytest.approx(6.5)


def test_weeks_are_compared_in_pairs() -> None:
    """A busy week costs everyone more, together and apart: the gain is 30, 40, 50, sd 10, error 10/sqrt(3), while costs
    differ by hundreds."""
    weekly = {"A": (100, 500, 900), "B": (200, 600, 1000), "AB": (270, 1060, 1850)}
    costs = {
        frozenset(members): CoalitionCost(cents=round(sum(weeks) / 3), weekly=weeks, standard_error=999)
        for members, weeks in weekly.items()
    }
    found = gain_sharing(("A", "B"), costs.__getitem__, 0, 0)
    assert found.coalitions[-1].saved == 40
    assert found.coalitions[-1].standard_error == pytest.approx(10 / sqrt(3))
    assert found.weeks_known == 3
    # each would lose 20 alone; half of the noise is 5/sqrt(3) = 2.89, and 4.30 x 2.89 = 12.4 is less: nobody leaves
    assert found.leaving[0].standard_error == pytest.approx(5 / sqrt(3))
    assert {each.verdict for each in found.leaving} == {"no"}


def test_money_and_care_stay_apart() -> None:
    """Together costs 50 more and leaves nothing open; apart 300 of care stays open at A. Money: -50, care +300, on both
    footings told apart; on money alone they stay apart."""
    costs = {
        frozenset("A"): CoalitionCost(cents=1000, care_cents=300, unserved=3, standard_error=0),
        frozenset("B"): CoalitionCost(cents=1000, standard_error=0),
        frozenset("AB"): CoalitionCost(cents=2050, standard_error=0),
    }
    both = gain_sharing(("A", "B"), costs.__getitem__, 0, 0)
    assert [(each.money, each.care, each.share) for each in both.shares] == [(-25, 150, 125), (-25, 150, 125)]
    together = both.coalitions[-1]
    assert (together.saved_money, together.saved_care, together.saved) == (-50, 300, 250)
    assert both.coalitions[0].unserved == 3
    money = gain_sharing(("A", "B"), costs.__getitem__, 0, 0, footing="money")
    assert [(each.money, each.share) for each in money.shares] == [(0, 0), (0, 0)]
    assert (money.coalitions[-1].planned, money.coalitions[-1].parts) == (-50, (("A",), ("B",)))
    assert both.coalitions[-1].planned is None


def test_parts_in_money_and_care_add_up() -> None:
    """100 of care and 100 of money among three: 34, 33, 33 of care; shares 67, 67, 66 leave 33, 34, 33 of money."""
    costs = {
        each: CoalitionCost(cents=1000 * len(each), care_cents=100 * ("A" in each))
        for each in coalitions_of(THREE)
    } | {frozenset(THREE): CoalitionCost(cents=2900)}  # fmt: skip
    found = gain_sharing(THREE, costs.__getitem__, 0, 0)
    assert sum(each.care for each in found.shares) == found.coalitions[-1].saved_care == 100
    assert sum(each.money for each in found.shares) == found.coalitions[-1].saved_money == 100
    assert [(each.money, each.care, each.share) for each in found.shares] == [(33, 34, 67), (34, 33, 67), (33, 33, 66)]


def test_a_coalition_is_never_worse_than_its_parts() -> None:
    """BC cost 5,100 planned together, 100 more than apart; all cost 5,900, and AB with C apart 5,700: A and B have 150
    each and C nothing. What was planned stays in sight, and its noise too: chance decides which way is best."""
    costs = COSTS | {"AC": 4000, "BC": 5100, "ABC": 5900}
    found = gain_sharing(THREE, table(costs, 10).__getitem__, 0, 0)
    rows = {"".join(each.members): each for each in found.coalitions}
    assert (rows["BC"].saved, rows["BC"].planned, rows["BC"].parts) == (0, -100, (("B",), ("C",)))
    assert (rows["ABC"].saved, rows["ABC"].planned, rows["ABC"].parts) == (300, 100, (("A", "B"), ("C",)))
    assert rows["AB"].planned is None and rows["AC"].planned is None and not rows["AC"].parts
    assert shares_of(found) == {"A": 150, "B": 150, "C": 0}
    # money and care each have an error of 10: as planned A, B, C and ABC have it, apart only A, B and AB
    assert rows["ABC"].standard_error == pytest.approx(10 * sqrt(8))
    assert rows["BC"].standard_error == pytest.approx(10 * sqrt(6))


def test_one_week_does_not_know_whether_apart_is_better() -> None:
    """AB cost 100 more together than apart in one week: what they save is none, but how surely is not known."""
    costs = {"A": 1000, "B": 1000, "AB": 2100}
    found = gain_sharing("AB", table(costs, None).__getitem__, 0, 0)
    assert found.coalitions[-1].saved == 0 and found.coalitions[-1].standard_error is None
    assert [each.standard_error for each in found.shares] == [None, None]
    assert {each.verdict for each in found.leaving} == {"possible"}


def test_the_best_parts_of_four() -> None:
    """Together 4,000 for four at 1,000; AB and CD save 100 each, ABC saves 150: AB + CD it is, two parts of two."""
    saved = {"AB": 100, "CD": 100, "ABC": 150}
    costs = {
        "".join(sorted(each)): 1000 * len(each) - saved.get("".join(sorted(each)), 0) for each in coalitions_of("ABCD")
    }
    found = gain_sharing("ABCD", table(costs).__getitem__, 0, 0)
    assert found.coalitions[-1].saved == 200
    assert {frozenset(part) for part in found.coalitions[-1].parts} == {frozenset("AB"), frozenset("CD")}


def test_parts_that_were_not_planned_are_made_of_what_was() -> None:
    """AB is known and CD is not: ABCD that costs too much counts as AB, C and D."""
    costs = Costs("ABCD", table({"A": 10, "B": 10, "C": 10, "D": 10, "AB": 15, "ABCD": 99}).__getitem__, whole, "money")
    costs.ask_all([frozenset(each) for each in ("A", "B", "C", "D", "AB", "ABCD")])
    assert set(costs.parts_of(frozenset("ABCD"))) == {frozenset("AB"), frozenset("C"), frozenset("D")}
    assert costs.amount(frozenset("ABCD")) == 35 and costs.planned(frozenset("ABCD")) == -59


def test_the_sharing_graph_splits() -> None:
    """C shares with nobody: only A, B, C and AB are planned, and C gets nothing of the gain."""
    asked: list[Coalition] = []

    def cost(members: Coalition) -> CoalitionCost:
        asked.append(members)
        return table(COSTS)[members]

    def apart(members: Coalition) -> tuple[Coalition, ...]:
        return tuple(part for part in (members & frozenset("AB"), members & frozenset("C")) if part)

    found = gain_sharing(THREE, cost, 0, 0, components=apart)
    assert shares_of(found) == {"A": 150, "B": 150, "C": 0}
    assert tuple(asked) == coalitions_needed(THREE, apart)
    assert found.coalitions[-1].parts == (("A", "B"), ("C",))
    assert found.coalitions[-1].cents == 5700


SIX = tuple("ABCDEF")


def six_costs(seed: int) -> dict[Coalition, CoalitionCost]:
    """Six organisations of 1,000,000 each; savings grow with size, with chance; ten weeks."""
    chance = random.Random(seed)
    found = {}
    for members in coalitions_of(SIX):
        size = len(members)
        cents = 1_000_000 * size - (10_000 * size * (size - 1) + chance.randint(0, 9000) * (size > 1))
        weeks = tuple(cents + 50_000 * week + chance.randint(-5000, 5000) for week in range(10))
        found[members] = CoalitionCost(cents=round(sum(weeks) / 10), weekly=weeks)
    return found


def test_sampled_shares_are_near_the_exact_ones() -> None:
    """Six organisations with 40 of 63 coalitions: within four standard errors, adding up to the cent, and exactly what
    was named before is planned; who would leave is told for known coalitions, the core is not known."""
    costs, asked = six_costs(1), []

    def cost(members: Coalition) -> CoalitionCost:
        asked.append(members)
        return costs[members]

    sampled = gain_sharing(SIX, cost, 40, 5)
    exact = gain_sharing(SIX, costs.__getitem__, 63, 5)
    assert exact.exact and not sampled.exact and sampled.pairs >= 2
    assert tuple(asked) == coalitions_needed(SIX, exact=False, budget=40, seed=5)
    for near, sure in zip(sampled.shares, exact.shares, strict=True):
        assert near.standard_error is not None and near.sampling_error > 0
        assert abs(near.share - sure.share) <= 4 * near.sampling_error
        assert near.standard_error > near.sampling_error
    assert sum(shares_of(sampled).values()) == sum(shares_of(exact).values()) == sampled.coalitions[-1].saved
    assert sampled.core_empty is None and not sampled.appendix
    assert len(sampled.leaving) == len(sampled.coalitions) - 1


def test_too_little_is_refused() -> None:
    """One organisation, and a budget without a single pair of orders."""
    with pytest.raises(ValueError, match="two organisations"):
        gain_sharing(("A",), table(COSTS).__getitem__, 0, 0)
    with pytest.raises(ValueError, match="too few"):
        gain_sharing(SIX, six_costs(1).__getitem__, 10, 0)


def test_verdicts_just_inside_and_just_outside() -> None:
    """Sure above the noise, no at or below it (nobody leaves for nothing), possible between."""
    assert verdict(21, 10, 2) == "sure"
    assert verdict(20, 10, 2) == "possible"
    assert verdict(-19, 10, 2) == "possible"
    assert verdict(-20, 10, 2) == "no"
    assert (verdict(0, 0, 2), verdict(1, 0, 2), verdict(-99, None, 2)) == ("no", "sure", "possible")


def test_limit_grows_where_weeks_are_few() -> None:
    """Student's t: 12.71 with two weeks, 2.78 with five, 1.96 where noise was given."""

    def limit(weeks: int) -> float:
        cost = CoalitionCost(cents=1, weekly=(1,) * weeks, weekly_care=(0,) * weeks)
        costs = Costs(("A",), lambda _: cost, whole, "both")
        costs.of(frozenset("A"))
        return costs.limit()

    assert [limit(weeks) for weeks in (0, 1, 2, 5, 31, 32)] == [1.96, 1.96, 12.71, 2.78, 2.04, 1.96]


def test_costs_of_parts_add_up() -> None:
    """Money, care, visits, weeks; errors as squares, unknown when one is."""
    one = CoalitionCost(cents=1, care_cents=2, unserved=1, standard_error=3, care_standard_error=0, weekly=(1, 2),
                        weekly_care=(0, 1))  # fmt: skip
    other = one.model_copy(update={"standard_error": 4.0, "care_standard_error": None})
    total = sum_of_costs([one, other])
    assert (total.cents, total.care_cents, total.unserved) == (2, 4, 2)
    assert (total.weekly, total.weekly_care) == ((2, 4), (0, 2))
    assert (total.standard_error, total.care_standard_error) == (5, None)
