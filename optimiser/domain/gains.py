"""What organisations gain together and how it can be shared, as studies find it and pages show it.

Amounts are whole cents for one horizon of the instance (a week, unless it holds more); a gain is cost saved against
being alone.
"""

from __future__ import annotations

from typing import Literal

from optimiser.domain.noun import Id, Noun

Footing = Literal["money", "both"]
"""What is shared: employer's cost alone, or with the priced care that stays open (``both``)."""
Verdict = Literal["no", "possible", "sure"]
Members = tuple[Id, ...]
"""Organisations that plan together, in the order of the instance."""


class Borne(Noun):
    """What one member bears in the plans of its coalition: its own nurses' cost, its own clients' open care."""

    cents: int
    care_cents: int = 0


class CoalitionCost(Noun):
    """What the members of a coalition cost together when they share with each other and nobody else.

    ``cents``: employer's cost of their nurses. ``care_cents``: the price of care and cover that stays open, for
    ``unserved`` visits. All are means over weeks of demand. ``weekly`` and ``weekly_care``: the same per week of
    demand, in one order for every coalition; then noise is that of weeks in pairs. Without them
    ``standard_error`` and ``care_standard_error`` are used, as if coalitions had nothing to do with each other;
    None where noise is not known.
    """

    cents: int
    care_cents: int = 0
    unserved: float = 0.0
    standard_error: float | None = None
    care_standard_error: float | None = None
    weekly: tuple[int, ...] = ()
    weekly_care: tuple[int, ...] = ()
    borne: dict[Id, Borne] = {}


class CoalitionGain(Noun):
    """A coalition: its cost, and what it saves in money, in priced open care, and on the footing that is shared.

    ``parts`` are the coalitions that it falls apart into, since they have nothing to share or do better so; its figures
    are then their sums. ``planned``: what it saves planned as one, when that is less.
    """

    members: Members
    cents: int
    care_cents: int
    unserved: float
    saved_money: int
    saved_care: int
    saved: int
    standard_error: float | None
    parts: tuple[Members, ...] = ()
    planned: int | None = None


class Share(Noun):
    """The Shapley value of an organisation: its cost alone, its part of the gain in money and in care, and of what is
    shared. ``standard_error``: of chance in weeks and seeds and of sampled orders together; None when not known."""

    organisation: Id
    alone: int
    money: int
    care: int
    share: int
    standard_error: float | None
    sampling_error: float = 0.0


class Leaving(Noun):
    """What the members would gain by going on without the others: their own gain less what they get together."""

    members: Members
    gain: int
    standard_error: float | None
    verdict: Verdict


class Allocation(Noun):
    """Another way to share: ``equal_profit`` or ``nucleolus``; ``worst`` is the most that any coalition would gain by
    leaving (below zero: none), ``relaxed`` by how much each coalition's claim was lowered since nothing meets all."""

    method: Literal["equal_profit", "nucleolus"]
    shares: dict[Id, int]
    worst: int
    relaxed: int = 0


class LedgerRow(Noun):
    """Work that nurses of ``giver`` did for clients of ``receiver``: visits (each nurse of two counts) and minutes with
    them, reporting included."""

    giver: Id
    receiver: Id
    visits: int
    minutes: int


class Delivered(Noun):
    """What a plan delivers between organisations: ``clients`` with a visit in the horizon, ``availability`` minutes of
    being on call and of nights by employer (of all duties, where nobody has those), and the ledger, in which an
    organisation's work for its own clients stands too."""

    clients: dict[Id, int]
    availability: dict[Id, int]
    ledger: tuple[LedgerRow, ...]
    of_calls: bool = False
    """The plan has no routes; the ledger is of visits for calls, played on it."""


class SettlementRow(Noun):
    """One organisation's account in cents; what is paid is negative, what is received positive. ``target`` is what it
    should receive in all, ``scheme`` what subscription and fees give, ``correction`` the rest."""

    organisation: Id
    target: int
    subscription_paid: int
    subscription_received: int
    fees_paid: int
    fees_received: int
    scheme: int
    correction: int


class Settlement(Noun):
    """A subscription per client and a fee per visit for another's client, and each organisation's account; what is paid
    and received adds up to zero. ``fitted``: an amount was sought, not set. ``shared_out``: what the members bear
    more than the cost of all together says, shared in proportion to the costs alone."""

    subscription_cents: int
    fee_cents: int
    fitted: bool
    shared_out: int
    rows: tuple[SettlementRow, ...]


class RolloutStep(Noun):
    """A coalition on the way to all. ``joins``: who came (two at first); ``shares``: Shapley within it, ``changes``
    against the step before; ``leaving``: the surest verdict of any group in it, with ``core_empty``."""

    joins: Members
    members: Members
    gain: int
    added: int
    standard_error: float | None
    shares: dict[Id, int]
    changes: dict[Id, int]
    leaving: Verdict
    core_empty: bool


class Pilot(Noun):
    """What ``weeks`` weeks with these members would show. ``percent`` of the whole gain (None: there is none).

    ``replanned_error``: standard error when each week is also planned apart; ``before_after_error``: when as many weeks
    before are compared; None when noise is not known. ``visible`` and ``weeks_needed``: with before and after, the
    chance to see the gain is 80 % (two-sided 5 %); the same for ``replanned``.
    """

    members: Members
    weeks: int
    gain: int
    percent: float | None
    replanned_error: float | None
    before_after_error: float | None
    visible_replanned: bool | None
    visible: bool | None
    weeks_needed: int | None


class Rollout(Noun):
    """In which order to join: step by step the best next one, and the best order of all when every coalition is
    known. An area is the sum of the gains of all steps."""

    instance: str
    footing: Footing
    players: Members
    names: dict[Id, str] = {}
    greedy: tuple[RolloutStep, ...]
    best: tuple[RolloutStep, ...] = ()
    greedy_area: int
    best_area: int | None = None
    pilots: tuple[Pilot, ...] = ()
    evaluated: int
    weeks_known: int


class GainSharing(Noun):
    """The gain of all, coalition by coalition, and ways to share it.

    ``exact``: every coalition is known; else Shapley is over ``pairs`` pairs of orders and all that is said of leaving
    is about the coalitions in the table. ``core_empty``: no way to share satisfies all of them (None: not known, since
    some are not); ``least_core``: by how much the worst-off coalition of the best sharing falls short, below zero how
    much it is above its own gain; ``core_doubt`` when noise (``least_core_error``) could turn that round.
    ``weeks_known``: weeks of demand that noise comes from, 0 when it was given or is not
    known.
    """

    instance: str
    footing: Footing
    players: Members
    names: dict[Id, str] = {}
    exact: bool
    pairs: int
    seed: int
    budget: int
    evaluated: int
    weeks_known: int
    coalitions: tuple[CoalitionGain, ...]
    shares: tuple[Share, ...]
    leaving: tuple[Leaving, ...]
    core_empty: bool | None
    least_core: int
    least_core_error: float | None
    core_doubt: bool
    appendix: tuple[Allocation, ...] = ()
    delivered: Delivered | None = None
    settlement: Settlement | None = None
    rollout: Rollout | None = None
