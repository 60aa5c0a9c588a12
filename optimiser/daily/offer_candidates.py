"""The starts that a referral could have, each with a quick estimate of what its visits would cost and find."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from optimiser.daily.offer_nouns import CONDITIONS
from optimiser.domain.events import Accepted, Event, Referral
from optimiser.domain.instance import Instance
from optimiser.domain.work import Visit
from optimiser.explain.asked import Asked
from optimiser.explain.in_route import cheapest_first, duties_then
from optimiser.explain.present import Present, rebuilt

Apply = Callable[[Instance, Sequence[Event]], Instance]
"""The tables with events in them: ``instances.events.with_events``."""


@dataclass(frozen=True)
class Candidate:
    """A start: the referral with the order as it would be accepted, and its visits in the horizon."""

    referral: Referral
    visits: tuple[Visit, ...]

    @property
    def first(self) -> date:
        """The date from which the order holds."""
        return self.referral.order.first


@dataclass(frozen=True)
class Estimate:
    """One visit without any solver. ``able``: who may do it. ``price``: what the cheapest place in a route that stands
    would cost (minute-equivalents), None where nothing may move and nobody has room."""

    able: frozenset[str]
    price: int | None


def needed_conditions(instance: Instance, referral: Referral) -> tuple[str, ...]:
    """The conditions that hold for an order: an order form only where an act is reserved."""
    reserved = any(act.reserved for act in instance.acts if act.id in referral.order.acts)
    return tuple(name for name in CONDITIONS if reserved or name != "order_form")


def earliest_start(instance: Instance, referral: Referral, ready: int) -> date:
    """The first date on which care may begin: the order's own, all conditions that have a date, and horizon minute
    ``ready``. An order form that holds from later on counts as a condition."""
    met = [getattr(referral, name) for name in needed_conditions(instance, referral)]
    form = referral.order.order_form_from if "order_form" in needed_conditions(instance, referral) else None
    today = instance.clock.moment_of(ready).date()
    return max(day for day in (referral.order.first, today, form, *met) if day is not None)


def candidates(
    instance: Instance, referral: Referral, apply: Apply, earliest: date, days: int, at: int, ready: int
) -> tuple[Candidate, ...]:
    """Every start from ``earliest`` on: dates within ``days``, the horizon and the referral's last start, times the
    windows that would do. Starts with the same visits are one; the first visit begins at ``ready`` or later."""
    found: dict[tuple[object, ...], Candidate] = {}
    last = min(earliest + timedelta(days=days - 1), instance.clock.date_of(instance.days - 1))
    last = last if referral.latest_start is None else min(last, referral.latest_start)
    for windows in (referral.order.windows, *((window,) for window in referral.times)):
        for number in range((last - earliest).days + 1):
            first = earliest + timedelta(days=number)
            order = referral.order.model_copy(update={"first": first, "windows": windows})
            asked = referral.model_copy(update={"order": order, "times": ()})
            visits = expanded_visits(instance, asked, apply, at)
            begun = any(window.end - visit.minutes < ready for visit in visits for window in visit.windows[-1:])
            if visits and not begun and _first_day(instance, visits) <= last:
                found.setdefault(tuple((visit.id, visit.windows) for visit in visits), Candidate(asked, visits))
    return tuple(found.values())


def _first_day(instance: Instance, visits: Sequence[Visit]) -> date:
    return min(instance.clock.date_of(window.day) for visit in visits for window in visit.windows)


def expanded_visits(instance: Instance, referral: Referral, apply: Apply, at: int) -> tuple[Visit, ...]:
    """The visits of an accepted order in the horizon, in order of time; other orders are left out, so this is quick."""
    bare = rebuilt(instance, orders=(), edited_visits=(), links=(), visits=(), work_links=())
    made = apply(bare, [Accepted(at=at, referral=referral)])
    return tuple(sorted(made.visits, key=lambda each: (each.windows[0].start, each.id)))


class Estimates:
    """Estimates against one plan; a visit that several starts share is judged once."""

    def __init__(self, present: Present, visits: Sequence[Visit], as_of: int) -> None:
        """``present``: the tables with the client and place. ``visits``: those of all candidates."""
        self._names = {_key(visit): visit for visit in visits}
        probes = {key: visit.model_copy(update={"id": f"{visit.id}/{number}"})
                  for number, (key, visit) in enumerate(self._names.items())}  # fmt: skip
        world = rebuilt(present.instance, visits=(*present.instance.visits, *probes.values()))
        self.present = Present(world, present.contract, present.travel, present.plan)
        self._probes, self._as_of = probes, as_of
        self._made: dict[object, Estimate] = {}

    def asked(self, visit: Visit, part: int = 1) -> Asked:
        """The question who could do it."""
        return Asked(self.present, self._probes[_key(visit)], 2 if part == 2 else 1, self._as_of)

    def of(self, visit: Visit) -> Estimate:
        """Who may do a visit, and the price of its cheapest place."""
        if _key(visit) not in self._made:
            self._made[_key(visit)] = self._estimate(visit)
        return self._made[_key(visit)]

    def _estimate(self, visit: Visit) -> Estimate:
        parts = [self._prices(self.asked(visit, part)) for part in range(1, visit.nurses + 1)]
        able = parts[0][0]
        best = [
            sum(prices.values())
            for prices in _teams([found for _, found in parts])
        ]  # fmt: skip
        return Estimate(able, min(best, default=None))

    def _prices(self, asked: Asked) -> tuple[frozenset[str], dict[str, int]]:
        """Who may do this part, and the price for each who has room."""
        able = able_nurses(asked)
        prices = {}
        for nurse in sorted(able):
            options = cheapest_first(asked, duties_then(asked, nurse), asked.tied_times(nurse))
            if options:
                prices[nurse] = options[0].price
        return able, prices


def _teams(parts: list[dict[str, int]]) -> Iterator[dict[str, int]]:
    """One nurse, or two different ones, with their prices."""
    for nurse, price in parts[0].items():
        if len(parts) == 1:
            yield {nurse: price}
        else:
            yield from ({nurse: price, other: more} for other, more in parts[1].items() if other != nurse)


def able_nurses(asked: Asked) -> frozenset[str]:
    """Who may do it in some window, on duty or not."""
    windows = range(len(asked.windows))
    return frozenset(
        nurse.id for nurse in asked.present.instance.nurses
        if any(not asked.forbidden.get((nurse.id, number)) for number in windows)
    )  # fmt: skip


def _key(visit: Visit) -> tuple[object, ...]:
    return visit.id, visit.windows


@dataclass(frozen=True)
class Valued:
    """A candidate with its estimates."""

    candidate: Candidate
    estimates: tuple[Estimate, ...]

    @cached_property
    def score(self) -> tuple[float, int, date]:
        """Few visits without room first, then the price of one visit, then the earlier start."""
        prices = [each.price for each in self.estimates if each.price is not None]
        missing = (len(self.estimates) - len(prices)) / len(self.estimates)
        return missing, round(sum(prices) / max(1, len(prices))), self.candidate.first

    @property
    def nobody(self) -> int:
        """Visits that nobody may do."""
        return sum(not each.able for each in self.estimates)


def promising(valued: Sequence[Valued], most: int) -> tuple[Valued, ...]:
    """The best few by estimate; the earliest start is always one of them, since "from when" is asked first."""
    ranked = sorted(valued, key=lambda each: each.score)
    chosen = ranked[:most]
    soonest = min(ranked, key=lambda each: (each.candidate.first, each.score))
    return tuple(chosen if soonest in chosen else [*chosen[:-1], soonest])
