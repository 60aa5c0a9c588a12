"""In which order organisations join, and what a pilot of some of them would show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import ceil, sqrt
from statistics import stdev

from optimiser.domain.gains import Footing, Pilot, Rollout, RolloutStep, Verdict
from optimiser.studies.coalition_costs import Ahead, CoalitionCosts, Costs, verdict
from optimiser.studies.games.core import excess, least_core, proper
from optimiser.studies.games.game import Coalition, Components, coalitions_of, in_order, whole
from optimiser.studies.games.needed import exact_possible
from optimiser.studies.games.rounding import whole_cents
from optimiser.studies.games.shapley import shapley_weights, weighed

SEEN = 2.8
"""Standard errors of a gain that is seen with a chance of 80 %: 1.96 (two-sided 5 %) and 0.84."""
VERDICTS: tuple[Verdict, ...] = ("no", "possible", "sure")
MOST_INSIDE = 10
"""Members of a step up to which all coalitions in it are known when only the steps themselves were asked for."""


def rollout(
    players: Sequence[str],
    coalition_cost: CoalitionCosts,
    budget: int,
    *,
    members: Sequence[Sequence[str]] = (),
    weeks: int = 8,
    period_weeks: int = 1,
    ahead: Ahead | None = None,
    components: Components = whole,
    footing: Footing = "both",
    instance: str = "",
    names: Mapping[str, str] | None = None,
) -> Rollout:
    """The order of joining, greedy and best, with each step's gain and whether it stands; and pilots.

    Up to four organisations, or within ``budget``, every coalition is asked. Beyond that only those on the greedy way
    and, for the shares in each step, those inside it as far as the budget goes; then there is no best order and a step
    whose inside is not known ends the way. ``members``: coalitions to pilot (none: each step of the greedy way), for
    ``weeks`` weeks; ``period_weeks`` is of how many weeks each cost is. ``ahead`` is told what is asked next, many at a
    time. ``ValueError`` for fewer than two organisations or an unknown member.
    """
    if len(players) < 2:
        raise ValueError("joining needs two organisations or more")
    unknown = sorted({each for group in members for each in group} - set(players))
    if unknown:
        raise ValueError(f"unknown organisation: {', '.join(unknown)}")
    costs = Costs(players, coalition_cost, components, footing, ahead)
    costs.ask_all(frozenset({each}) for each in players)
    complete = exact_possible(players, budget, components)
    if complete:
        costs.ask_all(coalitions_of(costs.players))
    way = _greedy(costs, budget, complete)
    best = _best(costs) if complete else ()
    asked = [frozenset(group) for group in members] or [*way]
    return Rollout(
        instance=instance,
        footing=footing,
        players=costs.players,
        names=dict(names or {}),
        greedy=_steps(costs, way),
        best=_steps(costs, best),
        greedy_area=sum(costs.saved(each) for each in way),
        best_area=sum(costs.saved(each) for each in best) if best else None,
        pilots=tuple(pilot(costs, each, weeks, period_weeks) for each in asked),
        evaluated=costs.evaluated,
        weeks_known=costs.weeks,
    )


def _greedy(costs: Costs, budget: int, complete: bool) -> tuple[Coalition, ...]:
    """The best pair, then each time who adds most; the first in order among equals."""
    way = [_first_best(costs, (frozenset(pair) for pair in combinations(costs.players, 2)))]
    while len(way[-1]) < len(costs.players):
        left = [each for each in costs.players if each not in way[-1]]
        chosen = _first_best(costs, (way[-1] | {each} for each in left))
        if not complete and (len(chosen) > MOST_INSIDE or costs.evaluated + _unasked(costs, chosen) > budget):
            break
        way.append(chosen)
        costs.ask_all(coalitions_of(in_order(costs.players, chosen)))
    return tuple(way)


def _unasked(costs: Costs, members: Coalition) -> int:
    """How many plans the shares in a coalition would still ask for."""
    inside = coalitions_of(in_order(costs.players, members))
    return len({part for each in inside for part in costs.components(each)} - costs.asked)


def _first_best(costs: Costs, coalitions: Iterable[Coalition]) -> Coalition:
    candidates = list(coalitions)
    costs.ask_all(candidates)
    return max(candidates, key=costs.saved)


def _best(costs: Costs) -> tuple[Coalition, ...]:
    """The way with the largest sum of gains over all steps: the best way to a coalition is the best way to it less one
    member, and the coalition itself."""
    ways: dict[Coalition, tuple[int, tuple[Coalition, ...]]] = {}
    for members in coalitions_of(costs.players):
        if len(members) < 2:
            continue
        before = [ways[members - {each}] for each in in_order(costs.players, members)] if len(members) > 2 else []
        area, way = max(before, key=lambda each: each[0], default=(0, ()))
        ways[members] = area + costs.saved(members), (*way, members)
    return ways[frozenset(costs.players)][1]


def _steps(costs: Costs, way: Sequence[Coalition]) -> tuple[RolloutStep, ...]:
    steps: list[RolloutStep] = []
    for number, members in enumerate(way):
        before = steps[-1] if steps else None
        steps.append(_step(costs, members, way[number - 1] if number else frozenset(), before))
    return tuple(steps)


def _step(costs: Costs, members: Coalition, came_from: Coalition, before: RolloutStep | None) -> RolloutStep:
    """A step as a game of its own: who gets what in it, and whether anyone in it would rather go on otherwise."""
    inside = in_order(costs.players, members)
    values = {each: costs.saved(each) for each in coalitions_of(inside)}
    weights = shapley_weights(inside)
    shares = whole_cents(weighed(weights, values), values[members])
    worst: Verdict = "no"
    for each, value in proper(inside, values).items():
        form = {each: Fraction(1)}
        for who in each:
            for part, weight in weights[who].items():
                form[part] = form.get(part, Fraction(0)) - weight
        gain = excess(each, value, shares)
        found = verdict(gain if abs(gain) > len(each) else 0, costs.noise(form), costs.limit())
        worst = max(worst, found, key=VERDICTS.index)
    had = before.shares if before else {}
    return RolloutStep(
        joins=in_order(costs.players, members - came_from),
        members=inside,
        gain=values[members],
        added=values[members] - (before.gain if before else 0),
        standard_error=costs.noise({members: Fraction(1)}),
        shares=shares,
        changes={who: share - had.get(who, 0) for who, share in shares.items()},
        leaving=worst,
        core_empty=least_core(inside, values).empty,
    )


def pilot(costs: Costs, members: Coalition, weeks: int, period_weeks: int = 1) -> Pilot:
    """What a pilot of some weeks would show of its gain, and of the gain of all; costs are of ``period_weeks`` weeks,
    so that the pilot is ``weeks / period_weeks`` of these periods.

    Replanned: each week of the pilot is also planned apart, so that only the gain's own chance is in the difference.
    Before and after: as many weeks before it; then demand differs, and the noise is that of the cost itself, twice.
    """
    gain, everything = costs.saved(members), costs.saved(frozenset(costs.players))
    periods = weeks / period_weeks
    by_week = costs.by_week({members: Fraction(1)})
    cost = costs.weekly(members)
    paired = stdev(by_week) if len(by_week) > 1 else None
    unpaired = sqrt(2) * stdev(cost) if len(cost) > 1 else None
    return Pilot(
        members=in_order(costs.players, members),
        weeks=weeks,
        gain=gain,
        percent=100 * gain / everything if everything > 0 else None,
        replanned_error=None if paired is None else paired / sqrt(periods),
        before_after_error=None if unpaired is None else unpaired / sqrt(periods),
        visible_replanned=None if paired is None else gain > 0 and gain >= SEEN * paired / sqrt(periods),
        visible=None if unpaired is None else gain > 0 and gain >= SEEN * unpaired / sqrt(periods),
        weeks_needed=None
        if unpaired is None or gain <= 0
        else max(1, ceil(period_weeks * (SEEN * unpaired / gain) ** 2)),
    )
