"""A visit for two nurses that nobody does: for each nurse the best colleague to go with, at one start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from optimiser.domain.work import Task, Visit
from optimiser.explain.alternative import Alternative
from optimiser.explain.asked import Asked
from optimiser.explain.change import Change
from optimiser.explain.in_route import TRIES, best_in_routes, cheapest_first, duties_then, not_at_all
from optimiser.explain.order import VISIT_ORDER, in_order
from optimiser.explain.present import Present
from optimiser.explain.reason import Reason
from optimiser.explain.schedule import Option

PARTS: tuple[Literal[1, 2], Literal[1, 2]] = (1, 2)


@dataclass(frozen=True)
class _Together:
    price: int
    start: int
    part: int
    own: Option
    other: Option


Places = dict[tuple[str, Literal[1, 2]], list[Option]]
"""(nurse, part) -> where she can do that part."""
Both = dict[Literal[1, 2], Asked]


def in_pairs(present: Present, work: Visit | Task, nurses: list[str], as_of: int | None) -> list[Alternative]:
    """One alternative for each nurse: her cheapest pair, else why she cannot be one of two."""
    asked = both_parts(present, work, as_of)
    places = places_of(asked)
    found = []
    for nurse in nurses:
        best = best_pair(asked, places, nurse) or _alone(asked, nurse)
        found.append(best)
    return found


def both_parts(present: Present, work: Visit | Task, as_of: int | None) -> Both:
    """The two parts, each as somebody could do it."""
    return {part: Asked(present, work, part, as_of) for part in PARTS}


def places_of(asked: Both) -> Places:
    """The places of everybody as the routes stand."""
    nurses = [each.id for each in asked[1].present.instance.nurses]
    return {
        (nurse, part): cheapest_first(asked[part], duties_then(asked[part], nurse), asked[part].tied_times(nurse))
        for nurse in nurses
        for part in PARTS
        if not_at_all(asked[part], nurse) is None
    }


def best_pair(asked: Both, places: Places, nurse: str) -> Alternative | None:
    """The cheapest pair of her with somebody that breaks nothing; else the cheapest with what blocks it; None when
    nobody has a start in common with her."""
    blocked: Alternative | None = None
    together = sorted(_together(places, nurse), key=lambda each: (each.price, each.start, each.other.road.duty.id))
    for each in together[:TRIES]:
        found = _judged(asked[1], nurse, each)
        if found is not None and found.possible:
            return found
        blocked = blocked or found
    return blocked


def _alone(asked: Both, nurse: str) -> Alternative:
    """Why she cannot do either part: the reason that got furthest."""
    alone = [best_in_routes(asked[part], nurse) for part in PARTS]
    return max(alone, key=lambda each: VISIT_ORDER[each.blocking.rule] if each.blocking else len(VISIT_ORDER))


def _together(places: Places, nurse: str) -> Iterator[_Together]:
    """Each pair of places with a start in common."""
    for part, other_part in (PARTS, PARTS[::-1]):
        for (other, its_part), options in places.items():
            if other == nurse or its_part != other_part:
                continue
            for own in places.get((nurse, part), ()):
                for option in options:
                    start = max(own.earliest, option.earliest)
                    if start <= min(own.latest, option.latest):
                        yield _Together(own.price + option.price, start, part, own, option)


def _judged(asked: Asked, nurse: str, each: _Together) -> Alternative | None:
    own, other = each.own.duty(each.start), each.other.duty(each.start)
    if own is None or other is None:
        return None
    change = Change(asked.present, (own, other))
    found = in_order(change.difference.violations, VISIT_ORDER)
    blocking = Reason(found[0]) if found else None
    return Alternative(
        nurse, own.id, each.part, blocking, 0 if found else change.cost, {} if found else change.difference.terms,
        each.start, other.nurse, attempt=change,
    )  # fmt: skip
