"""The Dutch scheme: a subscription per client and a fee per visit (abonnement per client, tarief per bezoek).

Each organisation pays a subscription for each of its clients into one pot, which is paid out in proportion to the
availability that each gives; and for each visit by another's nurse it pays a fee to that nurse's employer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from optimiser.domain.gains import Delivered, GainSharing, Settlement, SettlementRow
from optimiser.studies.games.rounding import in_proportion
from optimiser.studies.settlement_fit import fit_amounts, fit_beside


def targets_of(
    alone: Mapping[str, int], shares: Mapping[str, int], borne: Mapping[str, int]
) -> tuple[dict[str, int], int]:
    """What each organisation should receive (below zero: pay) so that it ends at its cost alone less its share.

    ``borne`` is what it pays its own nurses and leaves open in the joint plans. Targets add up to zero: what is borne
    more (or less) in all than ``alone`` less ``shares`` comes second, shared in proportion to ``alone``.
    """
    over = sum(borne.values()) - sum(alone.values()) + sum(shares.values())
    shared = in_proportion(over, alone)
    return {who: borne[who] - (alone[who] - shares[who] + shared[who]) for who in alone}, over


def settle(
    targets: Mapping[str, int],
    delivered: Delivered,
    subscription: int | None = None,
    fee: int | None = None,
    usual_fee: int = 0,
) -> Settlement:
    """The account of each organisation. Amounts in cents that are not set are those that come nearest to the targets.

    Targets add up to zero (``ValueError``), and so do all that is paid and received, and the corrections that are left,
    to the cent. ``usual_fee``: see ``fit_amounts``.
    """
    if sum(targets.values()):
        raise ValueError("what organisations should receive must add up to zero")
    players = tuple(targets)
    given, taken = _visits(players, delivered)
    fitted = subscription is None or fee is None
    wanted, per_client = list(targets.values()), _per_subscription(players, delivered)
    per_visit = [given[who] - taken[who] for who in players]
    if subscription is None and fee is None:
        subscription, fee = fit_amounts(wanted, per_client, per_visit, usual_fee)
    elif subscription is None or fee is None:
        subscription, fee = fit_beside(wanted, per_client, per_visit, subscription=subscription, fee=fee)
    clients = {who: delivered.clients.get(who, 0) for who in players}
    pot = in_proportion(subscription * sum(clients.values()), _availability(players, delivered))
    rows = tuple(
        _row(who, targets[who], (-subscription * clients[who], pot[who], -fee * taken[who], fee * given[who]))
        for who in players
    )
    return Settlement(subscription_cents=subscription, fee_cents=fee, fitted=fitted, shared_out=0, rows=rows)


def _row(who: str, target: int, parts: tuple[int, int, int, int]) -> SettlementRow:
    """An account from subscription paid and received, and fees paid and received."""
    return SettlementRow(
        organisation=who,
        target=target,
        subscription_paid=parts[0],
        subscription_received=parts[1],
        fees_paid=parts[2],
        fees_received=parts[3],
        scheme=sum(parts),
        correction=target - sum(parts),
    )


def with_settlement(
    sharing: GainSharing,
    borne: Mapping[str, int],
    delivered: Delivered,
    subscription: int | None = None,
    fee: int | None = None,
) -> GainSharing:
    """The same with ledger and settlement of its Shapley shares; ``borne`` on the footing that is shared. Amounts in
    cents that are not set are fitted. Where all together count as parts there is no joint plan to settle, and nothing
    is added.

    Where many amounts fit, the fee is what a visit costs on average in the plans of all together.
    """
    everyone = next(each for each in sharing.coalitions if len(each.members) == len(sharing.players))
    if everyone.parts:
        return sharing
    alone = {each.organisation: each.alone for each in sharing.shares}
    shares = {each.organisation: each.share for each in sharing.shares}
    targets, over = targets_of(alone, shares, borne)
    visits = sum(row.visits for row in delivered.ledger)
    made = settle(targets, delivered, subscription, fee, round(everyone.cents / visits) if visits else 0)
    settlement = made.model_copy(update={"shared_out": over})
    return sharing.model_copy(update={"delivered": delivered, "settlement": settlement})


def _visits(players: Sequence[str], delivered: Delivered) -> tuple[dict[str, int], dict[str, int]]:
    """Visits given to and taken from others."""
    given, taken = dict.fromkeys(players, 0), dict.fromkeys(players, 0)
    for row in delivered.ledger:
        if row.giver != row.receiver:
            given[row.giver] += row.visits
            taken[row.receiver] += row.visits
    return given, taken


def _availability(players: Sequence[str], delivered: Delivered) -> dict[str, int]:
    return {who: delivered.availability.get(who, 0) for who in players}


def _per_subscription(players: Sequence[str], delivered: Delivered) -> list[Fraction]:
    """What one cent of subscription gives each organisation: its part of the pot less what it pays."""
    weights = _availability(players, delivered)
    everything = sum(weights.values())
    clients = {who: delivered.clients.get(who, 0) for who in players}
    return [
        sum(clients.values()) * (Fraction(weights[who], everything) if everything else Fraction(1, len(players)))
        - clients[who]
        for who in players
    ]
