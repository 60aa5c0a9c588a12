"""Fair gain sharing: what coalitions of organisations save, the Shapley value, who would leave, and other ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from optimiser.domain.gains import Allocation, CoalitionGain, Footing, GainSharing, Leaving, Share
from optimiser.studies.coalition_costs import CoalitionCosts, Costs, Form, verdict
from optimiser.studies.games.core import excess, least_core, proper
from optimiser.studies.games.equal_profit import equal_profit
from optimiser.studies.games.game import Coalition, Components, by_size, coalitions_of, in_order, whole
from optimiser.studies.games.needed import coalitions_needed, exact_possible
from optimiser.studies.games.nucleolus import nucleolus
from optimiser.studies.games.rounding import whole_cents
from optimiser.studies.games.sampling import Pair, pairs_within, sampled_weights, sampling_error
from optimiser.studies.games.shapley import Weights, shapley_weights, weighed

MOST_IN_APPENDIX = 8
"""Organisations up to which the nucleolus and the equal profit method are worked out."""


def gain_sharing(
    players: Sequence[str],
    coalition_cost: CoalitionCosts,
    budget: int,
    seed: int,
    *,
    components: Components = whole,
    footing: Footing = "both",
    instance: str = "",
    names: Mapping[str, str] | None = None,
) -> GainSharing:
    """What the organisations gain together and how it can be shared.

    ``coalition_cost`` gives the cost of a coalition that plans together, per week (docs/explanation/gain_sharing.md);
    it is asked once for each coalition, parts before wholes, for exactly ``needed.coalitions_needed``. All coalitions
    are asked up to four organisations or within ``budget``; else those of sampled orders. ``ValueError`` when the
    budget is too small for one pair of orders, or for fewer than two organisations.
    """
    if len(players) < 2:
        raise ValueError("sharing a gain needs two organisations or more")
    costs = Costs(players, coalition_cost, components, footing)
    study = _study(costs, budget, seed)
    total = costs.saved(frozenset(players))
    shares = whole_cents(weighed(study.weights, study.values), total)
    cares = {each: costs.saved_care(each) for each in study.coalitions}
    care = whole_cents(weighed(study.weights, cares), cares[frozenset(players)])
    least = least_core(costs.players, study.values)
    least_error = costs.noise({each: Fraction(weight) for each, weight in least.weights.items()})
    complete = study.complete
    return GainSharing(
        instance=instance,
        footing=footing,
        players=costs.players,
        names=dict(names or {}),
        exact=complete,
        pairs=len(study.pairs),
        seed=seed,
        budget=budget,
        evaluated=costs.evaluated,
        weeks_known=costs.weeks,
        coalitions=tuple(_gain(study, each) for each in study.coalitions),
        shares=tuple(_share(study, player, shares[player], care[player]) for player in players),
        leaving=tuple(_leaving(study, each, shares) for each in proper(players, study.values)),
        core_empty=True if least.empty else (False if complete else None),
        least_core=round(least.epsilon),
        least_core_error=least_error,
        core_doubt=least_error is None or abs(least.epsilon) < costs.limit() * least_error,
        appendix=_appendix(study) if complete and len(players) <= MOST_IN_APPENDIX else (),
    )


@dataclass(frozen=True)
class _Study:
    """What is known of the game: coalitions with values, and the weights that make the shares."""

    costs: Costs
    coalitions: tuple[Coalition, ...]
    values: dict[Coalition, int]
    weights: Weights
    pairs: tuple[Pair, ...]

    @property
    def complete(self) -> bool:
        """Whether every coalition is known."""
        return not self.pairs

    def sampling(self, members: Coalition) -> float | None:
        """The standard error that sampled orders leave in what the members get."""
        return sampling_error(self.pairs, self.values, members) if self.pairs else 0.0

    def error(self, form: Form, members: Coalition) -> float | None:
        """Chance in weeks and seeds, and in orders, together."""
        noise, sampling = self.costs.noise(form), self.sampling(members)
        return None if noise is None or sampling is None else sqrt(noise**2 + sampling**2)


def _study(costs: Costs, budget: int, seed: int) -> _Study:
    players, components = costs.players, costs.components
    weights: Weights
    costs.ask_all(coalitions_needed(players, components, exact_possible(players, budget, components), budget, seed))
    if exact_possible(players, budget, components):
        pairs: tuple[Pair, ...] = ()
        coalitions, weights = coalitions_of(players), shapley_weights(players)
    else:
        pairs, known = pairs_within(players, budget, seed, components)
        if not pairs:
            raise ValueError(f"{budget} coalitions are too few to share among {len(players)} organisations")
        weights = sampled_weights(players, pairs)
        coalitions = by_size(players, (*known, *(each for forms in weights.values() for each in forms)))
    return _Study(costs, coalitions, {each: costs.saved(each) for each in coalitions}, weights, pairs)


def _gain(study: _Study, members: Coalition) -> CoalitionGain:
    costs = study.costs
    cost, parts, planned = costs.of(members), costs.parts_of(members), costs.planned(members)
    return CoalitionGain(
        members=in_order(costs.players, members),
        cents=cost.cents,
        care_cents=cost.care_cents,
        unserved=cost.unserved,
        saved_money=costs.saved(members, "money"),
        saved_care=costs.saved_care(members),
        saved=study.values[members],
        standard_error=costs.noise({members: Fraction(1)}),
        parts=tuple(in_order(costs.players, part) for part in parts) if len(parts) > 1 else (),
        planned=planned if planned < study.values[members] else None,
    )


def _share(study: _Study, player: str, share: int, care: int) -> Share:
    """Shares and their parts in care are rounded so that they add up; money is the rest."""
    costs, form = study.costs, study.weights[player]
    money = share - care if costs.footing == "both" else share
    return Share(
        organisation=player,
        alone=costs.amount(frozenset({player})),
        money=money,
        care=care,
        share=share,
        standard_error=study.error(form, frozenset({player})),
        sampling_error=study.sampling(frozenset({player})) or 0.0,
    )


def _leaving(study: _Study, members: Coalition, shares: Mapping[str, int]) -> Leaving:
    """Whether these would leave; noise is that of their gain and of what they get together, in the same weeks."""
    form: dict[Coalition, Fraction] = {members: Fraction(1)}
    for player in members:
        for each, weight in study.weights[player].items():
            form[each] = form.get(each, Fraction(0)) - weight
    error = study.error(form, members)
    gain = round(excess(members, study.values[members], shares))
    # a share rounded to the cent is no reason to leave
    settled = gain if abs(gain) > len(members) else 0
    return Leaving(
        members=in_order(study.costs.players, members),
        gain=gain,
        standard_error=error,
        verdict=verdict(settled, error, study.costs.limit()),
    )


def _appendix(study: _Study) -> tuple[Allocation, ...]:
    players, values, costs = study.costs.players, study.values, study.costs
    found = {"nucleolus": (nucleolus(players, values), 0.0)}
    alone = {player: costs.amount(frozenset({player})) for player in players}
    if min(alone.values()) > 0:
        equal = equal_profit(players, values, alone)
        found = {"equal_profit": (equal.shares, equal.relaxed), **found}
    allocations = []
    for method, (shares, relaxed) in found.items():
        worst = max(excess(each, value, shares) for each, value in proper(players, values).items())
        allocations.append(
            Allocation(
                method="nucleolus" if method == "nucleolus" else "equal_profit",
                shares=whole_cents(_exactly(shares, values[frozenset(players)]), values[frozenset(players)]),
                worst=round(worst),
                relaxed=round(relaxed),
            )
        )
    return tuple(allocations)


def _exactly(shares: Mapping[str, float], total: int) -> dict[str, Fraction]:
    """Shares of a linear program as fractions that add up exactly; what the solver was off goes to the first."""
    exact = {player: Fraction(share) for player, share in shares.items()}
    first = next(iter(exact))
    exact[first] += total - sum(exact.values())
    return exact
