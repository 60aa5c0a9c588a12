"""Can we take this referral: from when, by whom, at what extra travel, hours and risk, for all its visits."""

from __future__ import annotations

from collections.abc import Callable

from optimiser.daily.offer_candidates import (
    Apply,
    Candidate,
    Estimates,
    Valued,
    candidates,
    earliest_start,
    needed_conditions,
    promising,
)
from optimiser.daily.offer_made import Making, made
from optimiser.daily.offer_nouns import Offer, OfferSettings, Refusal, Start
from optimiser.daily.offer_refusals import at_once, room_refusals, who_refusals
from optimiser.domain.events import Accepted, Referral
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.explain.present import Present
from optimiser.travel.engine import travel_matrix

OnStep = Callable[[str], None]


def offer(
    instance: Instance, parent: Plan, referral: Referral, at: int, apply: Apply,
    settings: OfferSettings | None = None, on_step: OnStep = lambda _: None,
) -> Offer:  # fmt: skip
    """The starts of the whole order, ranked, or the reasons why there is none.

    ``instance``: the tables with the events of ``parent`` in them. ``at``: the horizon minute of the question. Duties
    stand; visits that have room nowhere may push others, at their price. Conditions without a date are taken as met,
    and the offer then says by which it is blocked.
    """
    settings = settings or OfferSettings()
    ready = max(0, at) + settings.lead_minutes
    earliest = earliest_start(instance, referral, ready)
    blocked = tuple(name for name in needed_conditions(instance, referral) if getattr(referral, name) is None)
    last = instance.clock.date_of(instance.days - 1)

    def answer(starts: tuple[Start, ...], refusals: tuple[Refusal, ...], considered: int) -> Offer:
        return Offer(referral, starts, refusals, blocked, earliest, considered)

    if not parent.with_routes:
        return answer((), (Refusal("no_routes"),), 0)
    refused = at_once(instance, referral, earliest, last)
    if refused:
        return answer((), refused, 0)
    options = candidates(instance, referral, apply, earliest, settings.days, at, ready)
    if not options:
        values: dict[str, str | int] = {"start": f"day:{earliest}", "last": f"day:{last}"}
        return answer((), (Refusal("no_visit", values),), 0)
    on_step("estimate")
    estimates = estimates_of(instance, parent, options, apply, at, ready)
    valued = [Valued(each, tuple(estimates.of(visit) for visit in each.visits)) for each in options]
    nobody = _nobody(estimates, instance, valued, parent.contract.name)
    if all(each.nobody == len(each.estimates) for each in valued):
        return answer((), nobody, len(options))
    chosen = promising(valued, settings.most)
    making = Making(instance, parent, apply, at, ready, settings, settings.time_limit_s / len(chosen))
    starts = []
    for each in chosen:
        on_step("make")
        start = made(making, each.candidate)
        starts += [] if start is None else [start]
    ranked = tuple(sorted(starts, key=lambda start: start.rank))
    shown = tuple(start for start in ranked if start.served)
    if shown and shown[0].whole:
        return answer(shown, (), len(options))
    return answer(shown, (*nobody, *room_refusals(ranked[0] if ranked else None, nobody)), len(options))


def estimates_of(
    instance: Instance, parent: Plan, options: tuple[Candidate, ...], apply: Apply, at: int, ready: int
) -> Estimates:
    """The quick estimates of all visits of these candidates, beside the plan as it stands."""
    world = apply(instance, [Accepted(at=at, referral=options[0].referral)])
    present = Present(world, parent.contract, travel_matrix(world), parent)
    visits = [visit for option in options for visit in option.visits]
    return Estimates(present, visits, ready)


def _nobody(
    estimates: Estimates, instance: Instance, valued: list[Valued], contract: str
) -> tuple[Refusal, ...]:
    """Why some visits can be done by nobody, for the start with the fewest of them; none when one start has none."""
    fewest = min(valued, key=lambda each: (each.nobody / len(each.estimates), each.candidate.first))
    return who_refusals(estimates, instance, fewest, contract) if fewest.nobody else ()
