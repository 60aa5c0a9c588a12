"""Ties in time over the border: a visit to come keeps its gap to one that the plan has already placed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from optimiser.daily.next_week_past import Past
from optimiser.domain.instance import Instance
from optimiser.domain.work import EditedVisit, Visit

Bounds = tuple[int, int]
"""Earliest and latest start, in minutes of the old horizon."""


def tied_edits(
    past: Past, edits: tuple[EditedVisit, ...], expand: Callable[[Instance], Instance]
) -> tuple[EditedVisit, ...]:
    """``edits`` with narrower windows for visits that are tied to a visit before the border.

    A visit on free days, or one whose window cannot keep the gap, stays as it is. Who does it cannot be said.
    """
    fields = {name: getattr(past.instance, name) for name in type(past.instance).model_fields}
    both = expand(Instance(**(fields | {"weeks": past.instance.weeks + past.weeks})))
    placed = {
        stop.id: stop.start for duty in past.case.duties for stop in duty.stops
        if stop.what != "break" and stop.part == 1
    }  # fmt: skip
    rows = {row.id: row for row in edits}
    for name, bounds in _bounds(both, placed).items():
        visit = both.visit_by_id.get(name)
        if visit is None or len(visit.windows) > 1 or visit.windows[0].start < past.border:
            continue
        row = _narrowed(past, visit, bounds)
        if row is not None:
            before = rows.get(name, row)
            rows[name] = before.model_copy(update={"from_time": row.from_time, "until_time": row.until_time})
    return tuple(rows.values())


def _bounds(both: Instance, placed: Mapping[str, int]) -> dict[str, Bounds]:
    """Work that is not placed and tied to what is -> when it may start."""
    bounds: dict[str, Bounds] = {}
    for tie in both.work_links:
        if tie.first in placed and tie.second not in placed:
            name, low, high = tie.second, placed[tie.first] + tie.gap_min, placed[tie.first] + tie.gap_max
        elif tie.second in placed and tie.first not in placed:
            name, low, high = tie.first, placed[tie.second] - tie.gap_max, placed[tie.second] - tie.gap_min
        else:
            continue
        known = bounds.get(name, (low, high))
        bounds[name] = max(low, known[0]), min(high, known[1])
    return bounds


def _narrowed(past: Past, visit: Visit, bounds: Bounds) -> EditedVisit | None:
    """The row that narrows the window; None when the window says as much already, or nothing would be left."""
    window = visit.windows[0]
    start, end = max(window.start, bounds[0]), min(window.end, bounds[1] + visit.minutes)
    if (start, end) == (window.start, window.end) or end - start < visit.minutes:
        return None
    return EditedVisit(
        id=visit.id, from_time=_clock_time(past, window.day, start), until_time=_clock_time(past, window.day, end)
    )


def _clock_time(past: Past, day: int, minute: int) -> int:
    """What the clock shows, counted on from the midnight of ``day``."""
    clock = past.instance.clock
    return clock.clock_time(minute) + 1440 * (clock.day_of(minute) - day)
