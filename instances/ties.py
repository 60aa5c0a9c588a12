"""Links of the table to ties between single pieces of work, and the gap chains inside orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from optimiser.domain.clock import Clock
from optimiser.domain.work import Link, Order, Task, Visit


@dataclass(frozen=True)
class Piece:
    """A visit or task with the earliest and latest starts of its windows (horizon minutes)."""

    id: str
    starts: tuple[tuple[int, int], ...]


def expand_links(
    links: Iterable[Link], orders: Iterable[Order], visits: Iterable[Visit], tasks: Iterable[Task], clock: Clock
) -> tuple[Link, ...]:
    """The ties between visits and tasks: of each link in turn, then the gap chains of orders.

    A tie whose first or second piece lies outside the horizon or was cancelled is left out.
    """
    by_order: dict[str, list[Piece]] = {}
    single: dict[str, Piece] = {}
    for visit in visits:
        starts = tuple((window.start, window.end - visit.minutes) for window in visit.windows)
        single[visit.id] = Piece(visit.id, starts)
        if visit.order:
            by_order.setdefault(visit.order, []).append(single[visit.id])
    for task in tasks:
        day = clock.day_number(task.day)
        low, high = clock.at(day, task.from_time), clock.at(day, task.until_time) - task.minutes
        single[task.id] = Piece(task.id, ((low, high),))
    for pieces in by_order.values():
        pieces.sort(key=lambda piece: (piece.starts[0], piece.id))
    ties: list[Link] = []
    for link in links:
        ties += _ties_of(link, single, by_order)
    for order in orders:
        ties += _chain(order, by_order.get(order.id, []))
    return tuple(ties)


def can_keep(first: Piece, second: Piece, gap_min: int, gap_max: int) -> bool:
    """Whether some pair of starts keeps ``gap_min <= second - first <= gap_max``."""
    return any(
        max(later[0] - earlier[1], gap_min) <= min(later[1] - earlier[0], gap_max)
        for earlier in first.starts
        for later in second.starts
    )


def _ties_of(link: Link, single: dict[str, Piece], by_order: dict[str, list[Piece]]) -> list[Link]:
    firsts = _pieces(link.first, single, by_order)
    seconds = _pieces(link.second, single, by_order)
    if link.first in single and link.second in single:
        return [link]
    pairs: list[tuple[Piece, Piece]] = []
    if link.second in single:
        able = [first for first in firsts if can_keep(first, seconds[0], link.gap_min, link.gap_max)]
        pairs = [(first, seconds[0]) for first in able[-1:]]
    else:
        for first in firsts:
            able = [each for each in seconds if each != first and can_keep(first, each, link.gap_min, link.gap_max)]
            pairs += [(first, second) for second in able[:1]]
    return [
        link.model_copy(update={"id": f"{link.id}/{first.id}", "first": first.id, "second": second.id})
        for first, second in pairs
    ]


def _pieces(name: str, single: dict[str, Piece], by_order: dict[str, list[Piece]]) -> Sequence[Piece]:
    return [single[name]] if name in single else by_order.get(name, [])


def _chain(order: Order, pieces: list[Piece]) -> list[Link]:
    """One tie from each visit of an order with a gap to the next; none where the windows cannot keep it."""
    if order.gap_min is None or order.gap_max is None:
        return []
    return [
        Link(
            id=f"{first.id}/next", first=first.id, second=second.id, gap_min=order.gap_min, gap_max=order.gap_max,
            together=False,
        )
        for first, second in zip(pieces, pieces[1:], strict=False)
        if can_keep(first, second, order.gap_min, order.gap_max)
    ]
