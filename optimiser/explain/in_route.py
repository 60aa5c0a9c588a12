"""The best place for work in the routes of one nurse, or the first rule that blocks her."""

from __future__ import annotations

from collections.abc import Iterable

from optimiser.domain.plan import Duty, Route, Stop
from optimiser.domain.work import Visit
from optimiser.explain.alternative import Alternative
from optimiser.explain.asked import Asked, Span
from optimiser.explain.change import Change
from optimiser.explain.insertion import insertions, nearest_miss
from optimiser.explain.order import VISIT_ORDER, in_order
from optimiser.explain.present import rebuilt
from optimiser.explain.reason import Reason
from optimiser.explain.schedule import Option

TRIES = 4
"""So many places are judged before the first rule that blocks the best of them is given as the reason."""
STEP = 30


def best_in_routes(asked: Asked, nurse: str) -> Alternative:
    """Her one alternative: the cheapest that can be done, else the reason that got furthest."""
    refused = not_at_all(asked, nurse)
    if refused is not None:
        return refused
    duties = duties_then(asked, nurse)
    blocked: Alternative | None = None
    knotted = [duty for duty in duties if _tied_within(asked, duty)]
    for loose, there in ((False, duties), (True, knotted)):
        for option in cheapest_first(asked, there, asked.tied_times(nurse), loose)[:TRIES]:
            for start in _starts(option):
                found = judged(asked, nurse, option.duty(start))
                if found is not None and found.possible:
                    return found
                blocked = blocked or found
    return blocked or _nearest(asked, nurse, duties)


def not_at_all(asked: Asked, nurse: str) -> Alternative | None:
    """Why no route of hers need be looked at: her person, the time that is past, no duty then; None when she can."""
    instance = asked.present.instance
    first = [asked.forbidden.get((nurse, number), ()) for number in range(len(asked.windows))]
    if all(first):
        furthest = max((each[0] for each in first), key=lambda each: VISIT_ORDER[each.rule])
        return Alternative(nurse, None, asked.part, Reason(furthest))
    if not asked.times(nurse):
        return Alternative(nurse, None, asked.part, Reason(key="explain.past", values={"visit": asked.work.id}))
    if duties_then(asked, nurse):
        return None
    low, high = asked.times(nurse)[0]
    values: dict[str, str | int] = {"nurse": nurse, "visit": asked.work.id}
    reason = Reason(key="explain.not_on_duty", values=values, window=(low, high + asked.work.minutes),
                    clock=instance.clock)  # fmt: skip
    return Alternative(nurse, None, asked.part, reason)


def duties_then(asked: Asked, nurse: str) -> list[Duty]:
    """Her duties with a segment that can hold the work by the clock at a time at which she may come."""
    case, minutes = asked.present.case, asked.work.minutes
    return [
        duty
        for duty in case.duties_of.get(nurse, ())
        if any(
            max(low, first) <= min(high - minutes, last)
            for low, high in case.segments(duty)
            for first, last in asked.times(nurse)
        )
    ]


def cheapest_first(
    asked: Asked, duties: Iterable[Duty], spans: Iterable[Span], loose: bool = False
) -> list[Option]:
    """All places in these duties, cheapest first. ``loose``: work that is tied to other work of the same duty may move
    too, and the checker must say whether the tie holds."""
    times = list(spans)
    found = [
        option
        for duty in duties
        for option in insertions(
            asked.present, duty, asked.work, asked.part, times, asked.as_of,
            _tied_within(asked, duty) if loose else (),
        )
    ]
    return sorted(found, key=lambda option: (option.price, option.earliest, option.road.duty.id))


def _tied_within(asked: Asked, duty: Duty) -> set[str]:
    """Work of a duty that is tied to other work of it."""
    names = {stop.id for stop in duty.stops}
    return {
        name for name in names for link in asked.present.links_of.get(name, ())
        if {link.first, link.second} <= names
    }  # fmt: skip


def judged(asked: Asked, nurse: str, duty: Duty | None) -> Alternative | None:
    """The alternative of having this duty with the work in it, as the checker sees it; None without a duty."""
    if duty is None:
        return None
    changed = [duty]
    if asked.done is not None:
        changed.append(asked.without or _as_it_was(asked))
    change = Change(asked.present, tuple(changed))
    found = in_order(asked.counted(change.difference.violations, duty), VISIT_ORDER)
    start = next(stop.start for stop in duty.stops if stop.id == asked.work.id)
    if found:
        return Alternative(nurse, duty.id, asked.part, Reason(found[0]), start=start, attempt=change)
    return Alternative(nurse, duty.id, asked.part, None, change.cost, change.difference.terms, start, attempt=change)


def _as_it_was(asked: Asked) -> Duty:
    """The route without the work, nothing moved: the break may then lie where none may."""
    assert asked.done is not None
    duty = asked.done.duty
    routes = tuple(
        rebuilt(route, stops=tuple(stop for stop in route.stops if stop.id != asked.work.id)) for route in duty.routes
    )
    return rebuilt(duty, routes=routes)


def _starts(option: Option) -> list[int | None]:
    """When to try it: as early as can be; in standby also later, since the law looks at the moment of a call."""
    if option.road.duty.lane != "standby" or option.latest <= option.earliest:
        return [None]
    return [None, *range(option.earliest + STEP, option.latest, STEP), option.latest]


def _nearest(asked: Asked, nurse: str, duties: list[Duty]) -> Alternative:
    """No place fits: what the checker says first of the place that misses by least."""
    loose = cheapest_first(asked, duties, asked.times(nurse))
    tries = [option.duty() for option in loose[:1]]
    misses = [nearest_miss(asked.present, duty, asked.work, asked.part, asked.times(nurse), asked.as_of)
              for duty in duties]  # fmt: skip
    tries += [duty for _, duty in sorted((miss for miss in misses if miss is not None), key=lambda miss: miss[0])]
    tries += [_squeezed(asked, duty) for duty in duties]
    for duty in tries:
        found = judged(asked, nurse, duty)
        if found is not None:
            return found
    raise ValueError(f"nothing to judge for {nurse}")


def _squeezed(asked: Asked, duty: Duty) -> Duty:
    """The work in a duty that carries no route, at the first time that lies in it."""
    low = max(duty.start, min(first for first, _ in asked.windows))
    stop = Stop(what="visit" if isinstance(asked.work, Visit) else "task", id=asked.work.id, part=asked.part,
                arrival=low, start=low, end=low + asked.work.minutes)  # fmt: skip
    return rebuilt(duty, routes=(Route(stops=(*duty.stops, stop)),))
