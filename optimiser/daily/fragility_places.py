"""Work of a nurse who is not there, placed in the routes that are: most pressing first, the less pressing gives way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from optimiser.domain.plan import BREAK, Duty, Stop
from optimiser.domain.problem import FORBIDDEN, Job, Problem
from optimiser.domain.work import Visit
from optimiser.explain.insertion import insertions, removal
from optimiser.explain.present import Present
from optimiser.explain.road import tied_span
from optimiser.explain.schedule import Option


def placed(
    problem: Problem, present: Present, routes: dict[str, Duty], stops: Sequence[Stop]
) -> list[tuple[Stop, bool]]:
    """The stops that find no place in ``routes`` (changed as they are filled), each with whether nobody may do it at
    all, also on another day. What must give way for more pressing work looks for a place itself."""
    queue = sorted(stops, key=lambda stop: (-price_of(problem, stop), stop.start, stop.id))
    left: list[tuple[Stop, bool]] = []
    while queue:
        stop = queue.pop(0)
        homes = list(_homes(problem, present, routes, stop))
        best = _cheapest(present, homes, stop)
        if best is None:
            best, out = _with_room(problem, present, homes, stop)
            queue = sorted([*queue, *out], key=lambda each: (-price_of(problem, each), each.start, each.id))
        if best is None:
            left.append((stop, not homes and not _another_day(problem, stop)))
        else:
            routes[best.id] = best
    return left


Home = tuple[Duty, list[tuple[int, int]]]
"""A duty whose nurse may do the work, and when it may start there."""


def _homes(problem: Problem, present: Present, routes: dict[str, Duty], stop: Stop) -> Iterator[Home]:
    """The duties that could hold the work by person and clock."""
    job, work = problem.jobs[problem.job_number[stop.id, stop.part]], present.work(stop.id)
    pair = isinstance(work, Visit) and work.nurses == 2
    partners = {
        duty.nurse for duty in routes.values() for each in duty.stops if each.id == stop.id and each.part != stop.part
    } if pair else set()  # fmt: skip
    tied = (stop.start, stop.start) if pair else tied_span(present, stop.id)
    for duty in routes.values():
        if duty.nurse in partners:
            continue
        spans = [span for span in able_spans(problem, duty.nurse, job) if _fits(present, duty, span, job.minutes)]
        if spans:
            yield duty, [(max(low, tied[0]), min(high, tied[1])) for low, high in spans]


def able_spans(problem: Problem, nurse: str, job: Job) -> Iterator[tuple[int, int]]:
    """When she may begin it, by her person and the windows."""
    row = problem.may_serve[problem.job_number[job.id, job.part]][:, problem.nurse_number[nurse]]
    for number in np.flatnonzero(row != FORBIDDEN):
        low, high, _ = job.windows[int(number)]
        yield low, high


def _fits(present: Present, duty: Duty, span: tuple[int, int], minutes: int) -> bool:
    return any(max(low, span[0]) <= min(high - minutes, span[1]) for low, high in present.case.segments(duty))


def _cheapest(present: Present, homes: Sequence[Home], stop: Stop) -> Duty | None:
    """The cheapest of all places as the routes are."""
    best: Option | None = None
    work = present.work(stop.id)
    assert work is not None
    for duty, spans in homes:
        for option in insertions(present, duty, work, stop.part, spans)[:1]:
            if best is None or (option.price, duty.id) < (best.price, best.road.duty.id):
                best = option
    return None if best is None else best.duty()


def _with_room(
    problem: Problem, present: Present, homes: Sequence[Home], stop: Stop
) -> tuple[Duty | None, list[Stop]]:  # fmt: skip
    """The route that has room once visits that press less are out, one after the other, at the least price of those;
    and what is out then."""
    found: list[tuple[int, str, Duty, list[Stop]]] = []
    for duty, spans in homes:
        rest, out = duty, list[Stop]()
        for each in sorted(duty.stops, key=lambda each: _nearest_first(problem, stop, each)):
            if each.what == BREAK or not _loose(present, each) or price_of(problem, each) >= price_of(problem, stop):
                continue
            shorter = removal(present, rest, each.id)
            if shorter is None:
                continue
            rest, out = shorter, [*out, each]
            new = _cheapest(present, [(rest, spans)], stop)
            if new is not None:
                found.append((sum(price_of(problem, one) for one in out), duty.id, new, out))
                break
    if not found:
        return None, []
    _, _, new, out = min(found, key=lambda each: each[:2])
    return new, out


def _nearest_first(problem: Problem, stop: Stop, each: Stop) -> tuple[int, int, str]:
    """In which order visits give way: those about the time of the work first, cheap ones before dear ones."""
    if each.what == BREAK:
        return 0, 0, each.id
    return abs(each.start - stop.start) // 60 + price_of(problem, each) // 500, price_of(problem, each), each.id


def _another_day(problem: Problem, stop: Stop) -> bool:
    """Whether a window opens on a later day."""
    job = problem.jobs[problem.job_number[stop.id, stop.part]]
    return any(low > stop.end + 720 for low, _, _ in job.windows)


def _loose(present: Present, stop: Stop) -> bool:
    """Whether taking it out touches no other work."""
    work = present.work(stop.id)
    return not present.links_of.get(stop.id) and not (isinstance(work, Visit) and work.nurses == 2)


def price_of(problem: Problem, stop: Stop) -> int:
    """What the work costs when nobody does it."""
    job = problem.jobs[problem.job_number[stop.id, stop.part]]
    return int(getattr(problem.instance.weights, job.unserved_term))
