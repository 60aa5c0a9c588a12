"""The Dutch scheme: amounts that fit, accounts that add up, and the ledger of a plan."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instances.catalogue import locate
from instances.plans import read_plan
from instances.read import read_instance
from optimiser.domain.gains import CoalitionCost, Delivered, LedgerRow, SettlementRow
from optimiser.studies.gain_sharing import gain_sharing
from optimiser.studies.settlement import settle, targets_of, with_settlement
from optimiser.studies.settlement_delivered import delivered
from optimiser.studies.settlement_fit import fit_amounts

SIX_NURSES = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"
WORK = Delivered(
    clients={"A": 10, "B": 30},
    availability={"A": 600, "B": 200},
    ledger=(
        LedgerRow(giver="A", receiver="A", visits=100, minutes=3000),
        LedgerRow(giver="A", receiver="B", visits=20, minutes=600),
        LedgerRow(giver="B", receiver="A", visits=5, minutes=150),
        LedgerRow(giver="B", receiver="B", visits=275, minutes=8000),
    ),
)


def columns(rows: tuple[SettlementRow, ...]) -> list[int]:
    """What each pair of columns adds up to, then corrections and targets."""
    return [
        sum(each.subscription_paid + each.subscription_received for each in rows),
        sum(each.fees_paid + each.fees_received for each in rows),
        sum(each.correction for each in rows),
        sum(each.scheme + each.correction for each in rows),
    ]


def test_set_amounts_by_hand() -> None:
    """200 per client: the pot is 8,000; A gives 600 of 800 minutes of availability and gets 6,000 for 2,000. 3,000 per
    visit: A gets 20 x 3,000 and pays 5 x 3,000. In all A has 4,000 + 45,000; it should have 50,000: 1,000 to come."""
    made = settle({"A": 50_000, "B": -50_000}, WORK, 200, 3_000)
    a, b = made.rows
    assert (a.subscription_paid, a.subscription_received, a.fees_received, a.fees_paid) == (
        -2_000,
        6_000,
        60_000,
        -15_000,
    )
    assert (a.scheme, a.correction) == (49_000, 1_000)
    assert (b.scheme, b.correction) == (-49_000, -1_000)
    assert not made.fitted
    assert columns(made.rows) == [0, 0, 0, 0]


def test_two_organisations_take_the_usual_fee() -> None:
    """Between two there is one amount to pay, and a usual fee of 3,000 leaves 5,000 for subscriptions: 20 net clients a
    cent (30 paid for, 10 own), so 250 per client, exactly."""
    made = settle({"A": 50_000, "B": -50_000}, WORK, usual_fee=3_000)
    assert (made.subscription_cents, made.fee_cents, made.fitted) == (250, 3_000, True)
    assert [each.correction for each in made.rows] == [0, 0]


def test_no_amount_is_below_zero() -> None:
    """The usual fee alone is too much: then no subscription, and a lower fee: 15 net visits for 30,000 are 2,000. Where
    even that would be below zero, nothing, and all is correction."""
    made = settle({"A": 30_000, "B": -30_000}, WORK, usual_fee=3_000)
    assert (made.subscription_cents, made.fee_cents) == (0, 2_000)
    made = settle({"A": -30_000, "B": 30_000}, WORK, usual_fee=3_000)
    assert (made.subscription_cents, made.fee_cents) == (0, 0)
    assert [each.correction for each in made.rows] == [-30_000, 30_000]


def test_nothing_exchanged_is_all_correction() -> None:
    """No ledger and even availability for even clients: amounts change nothing."""
    nothing = Delivered(clients={"A": 5, "B": 5}, availability={}, ledger=())
    made = settle({"A": 7, "B": -7}, nothing, usual_fee=10)
    assert [each.scheme for each in made.rows] == [0, 0]
    assert [each.correction for each in made.rows] == [7, -7]
    with pytest.raises(ValueError, match="zero"):
        settle({"A": 7, "B": -6}, nothing)


def test_one_amount_can_be_set() -> None:
    """A fee of 2,000 gives A 30,000 of its 50,000: the other 20,000 are 1,000 a client. A subscription of 100 gives
    it 2,000: 48,000 over 15 visits are 3,200."""
    targets = {"A": 50_000, "B": -50_000}
    made = settle(targets, WORK, fee=2_000)
    assert (made.subscription_cents, made.fee_cents, made.fitted) == (1_000, 2_000, True)
    made = settle(targets, WORK, subscription=100)
    assert (made.subscription_cents, made.fee_cents) == (100, 3_200)
    nothing = Delivered(clients={"A": 5, "B": 5}, availability={}, ledger=())
    assert settle(targets, nothing, fee=7).subscription_cents == 0
    assert settle(targets, nothing, subscription=7).fee_cents == 0


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.tuples(st.integers(-60, 60), st.integers(-6, 6), st.integers(-6, 6)), min_size=2, max_size=4),
    st.integers(1, 3), st.integers(0, 9),
)  # fmt: skip
def test_no_whole_amounts_fit_better(rows: list[tuple[int, int, int]], scale: int, usual: int) -> None:
    """Against every pair of amounts up to 40 cents."""
    targets, one, fee = (list(column) for column in zip(*rows, strict=True))
    parts = [Fraction(each, scale) for each in one]

    def missed(subscription: int, amount: int) -> int:
        rests = (scale * (t - amount * f) - subscription * a for t, a, f in rows)
        return sum(rest**2 for rest in rests)

    found = fit_amounts(targets, parts, fee, usual)
    assert min(found) >= 0
    alike = all(x * w == y * z for (x, y), (z, w) in product(zip(parts, fee, strict=True), repeat=2))
    if not alike:
        assert missed(*found) <= min(missed(*each) for each in product(range(41), repeat=2))


@given(
    st.lists(st.integers(-100_000, 100_000), min_size=1, max_size=4),
    st.lists(st.integers(0, 50), min_size=20, max_size=20),
    st.tuples(st.integers(0, 5000), st.integers(0, 9000)),
)
def test_accounts_add_up_to_the_cent(targets: list[int], numbers: list[int], amounts: tuple[int, int]) -> None:
    """For any plan and any amounts, set or fitted: nothing is made and nothing is lost."""
    players = [f"O{number}" for number in range(len(targets) + 1)]
    wanted = dict(zip(players, [*targets, -sum(targets)], strict=True))
    pairs = [(giver, receiver) for giver in players for receiver in players]
    some = Delivered(
        clients=dict(zip(players, numbers, strict=False)),
        availability=dict(zip(players, numbers[5:], strict=False)),
        ledger=tuple(
            LedgerRow(giver=giver, receiver=receiver, visits=visits, minutes=visits)
            for (giver, receiver), visits in zip(pairs, numbers, strict=False)
        ),
    )
    made = settle(wanted, some, *amounts)
    assert columns(made.rows) == [0, 0, 0, 0]
    assert {each.organisation: each.scheme + each.correction for each in made.rows} == wanted


def test_targets_leave_each_at_its_cost_less_its_share() -> None:
    """A bears 900 and should end at 1,000 - 200 = 800: it receives 100. What is borne 30 too much in all is shared
    1,000 to 2,000: 10 and 20."""
    targets, over = targets_of({"A": 1000, "B": 2000}, {"A": 200, "B": 200}, {"A": 900, "B": 1700})
    assert (targets, over) == ({"A": 100, "B": -100}, 0)
    targets, over = targets_of({"A": 1000, "B": 2000}, {"A": 200, "B": 200}, {"A": 900, "B": 1730})
    assert (targets, over) == ({"A": 90, "B": -90}, 30)


def test_shapley_is_paid_by_the_scheme() -> None:
    """Costs alone 1,000,000 and 3,000,000, together 3,800,000: each saves 100,000. A bears 950,000 and should pay
    900,000: 50,000 to receive. 400 visits cost 9,500 on average, which is too much for a fee: 15 net visits for 50,000
    are 3,333, and five cents are left."""
    costs = {
        frozenset("A"): CoalitionCost(cents=1_000_000, standard_error=0),
        frozenset("B"): CoalitionCost(cents=3_000_000, standard_error=0),
        frozenset("AB"): CoalitionCost(cents=3_800_000, standard_error=0),
    }
    sharing = gain_sharing(("A", "B"), costs.__getitem__, 0, 0)
    settled = with_settlement(sharing, {"A": 950_000, "B": 2_850_000}, WORK).settlement
    assert settled is not None
    assert (settled.subscription_cents, settled.fee_cents) == (0, 3_333)
    assert [each.target for each in settled.rows] == [50_000, -50_000]
    assert [each.correction for each in settled.rows] == [5, -5]


def test_no_joint_plan_nothing_to_settle() -> None:
    """All together cost more than apart and count as apart: no account."""
    costs = {
        frozenset(members): CoalitionCost(cents=cents, standard_error=0)
        for members, cents in {"A": 100, "B": 100, "AB": 250}.items()
    }
    sharing = gain_sharing(("A", "B"), costs.__getitem__, 0, 0)
    assert with_settlement(sharing, {"A": 125, "B": 125}, WORK) == sharing


def test_the_ledger_of_a_stored_plan() -> None:
    """Every visit of the plan stands in it once for each nurse, with its minutes, by employer and client."""
    instance = read_instance(locate("six_nurses"))
    plan, _ = read_plan(SIX_NURSES, instance)
    found = delivered(instance, plan)
    stops = [
        (duty.nurse, instance.visit_by_id[stop.id].client, stop.end - stop.start)
        for duty in plan.duties for stop in duty.stops if stop.what == "visit"
    ]  # fmt: skip
    assert sum(row.visits for row in found.ledger) == len(stops) > 0
    assert sum(row.minutes for row in found.ledger) == sum(minutes for _, _, minutes in stops)
    for row in found.ledger:
        mine = [
            minutes for nurse, client, minutes in stops
            if instance.nurse_by_id[nurse].organisation == row.giver
            and instance.client_by_id[client].organisation == row.receiver
        ]  # fmt: skip
        assert (row.visits, row.minutes) == (len(mine), sum(mine))
    assert sum(found.clients.values()) == len({each.client for each in instance.visits})
    assert set(found.availability) == {each.id for each in instance.organisations}
