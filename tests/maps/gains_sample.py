"""Two gains to show: three organisations with all there is, and six with sampled orders."""

from __future__ import annotations

from optimiser.domain.gains import CoalitionCost, Delivered, GainSharing, LedgerRow
from optimiser.studies.gain_sharing import gain_sharing
from optimiser.studies.rollout import rollout
from optimiser.studies.settlement import with_settlement

THREE = ("alfa", "beta", "gamma")
NAMES = {"alfa": "Zorg <Alfa>", "beta": "Bèta & Co"}
CENTS = {
    "alfa": 1_000_000, "beta": 2_000_000, "gamma": 3_000_000, "alfa beta": 2_700_000, "alfa gamma": 3_900_000,
    "beta gamma": 4_900_000, "alfa beta gamma": 5_700_000,
}  # fmt: skip


def three_cost(members: frozenset[str]) -> CoalitionCost:
    """Alfa and beta save 3,000 euros, and gamma adds nothing to them; alone alfa leaves care open. Busier weeks cost
    everyone 10 % more."""
    cents = CENTS[" ".join(sorted(members))]
    weeks = tuple(cents + change * cents // 100 for change in (-10, 0, 10))
    care = 12_000 if members == {"alfa"} else 0
    return CoalitionCost(
        cents=cents, care_cents=care, unserved=1.5 if care else 0, weekly=weeks, weekly_care=(care,) * 3
    )


def three_gain() -> GainSharing:
    """All sections; alfa and beta would leave."""
    found = gain_sharing(THREE, three_cost, 0, 0, instance="drie", names=NAMES)
    done = Delivered(
        clients={"alfa": 40, "beta": 80, "gamma": 90},
        availability={"alfa": 600, "beta": 1200, "gamma": 900},
        ledger=(
            LedgerRow(giver="alfa", receiver="alfa", visits=100, minutes=3000),
            LedgerRow(giver="alfa", receiver="beta", visits=12, minutes=390),
            LedgerRow(giver="gamma", receiver="alfa", visits=5, minutes=150),
        ),
    )
    borne = {"alfa": 950_000, "beta": 1_850_000, "gamma": 2_900_000}
    settled = with_settlement(found, borne, done)
    order = rollout(THREE, three_cost, 0, weeks=6, instance="drie", names=NAMES)
    return settled.model_copy(update={"rollout": order})


def six_gain() -> GainSharing:
    """Sampled, and with unknown noise."""
    six = tuple(f"org{number}" for number in range(6))

    def cost(members: frozenset[str]) -> CoalitionCost:
        size = len(members)
        return CoalitionCost(cents=1_000_000 * size - 10_000 * size * (size - 1))

    found = gain_sharing(six, cost, 50, 1, instance="zes", footing="money")
    return found.model_copy(update={"rollout": rollout(six, cost, 30, instance="zes", footing="money")})
