"""Routes go along with a duty that changes hands: driven from the other home, less the work that cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from optimiser.domain.plan import BREAK, Duty, Stop
from optimiser.domain.problem import FORBIDDEN, Problem
from optimiser.explain.insertion import cheapest
from optimiser.explain.present import Present, rebuilt
from optimiser.explain.road import legs_of, roads_of


@dataclass(frozen=True)
class Along:
    """``duty`` with what goes along. ``unable``: stops she may not do; ``unfit``: stops that do not fit from her home.
    ``faces``: what the work that goes along costs more by faces and lending (minute-equivalents)."""

    duty: Duty
    unable: tuple[Stop, ...] = ()
    unfit: tuple[Stop, ...] = ()
    faces: int = 0

    @property
    def left(self) -> tuple[Stop, ...]:
        """All that has to go elsewhere."""
        return (*self.unable, *self.unfit)


def along(problem: Problem, present: Present, old: Duty, new: Duty) -> Along:
    """The route of ``old`` in ``new`` (same kind and day, another nurse), timed anew."""
    stops = [stop for stop in old.stops if stop.what != BREAK]
    unable = [stop for stop in stops if face_price(problem, new.nurse, stop) is None]
    kept = without(rebuilt(new, routes=old.routes), unable)
    unfit: list[Stop] = []
    while True:
        laid = timed(present, kept)
        if laid is not None:
            break
        out = _least_missed(problem, present, kept)
        unfit.append(out)
        kept = without(kept, [out])
    faces = sum(
        (face_price(problem, new.nurse, stop) or 0) - (face_price(problem, old.nurse, stop) or 0)
        for stop in laid.stops if stop.what != BREAK
    )  # fmt: skip
    return Along(laid, tuple(unable), tuple(unfit), faces)


def face_price(problem: Problem, nurse: str, stop: Stop) -> int | None:
    """What this work costs by her (faces, lending); None when she may not do it at that time."""
    number = problem.job_number[stop.id, stop.part]
    column = problem.nurse_number[nurse]
    for (low, high, _), row in zip(problem.jobs[number].windows, problem.may_serve[number], strict=True):
        if low <= stop.start <= high and row[column] != FORBIDDEN:
            return int(row[column])
    return None


def without(duty: Duty, stops: Sequence[Stop]) -> Duty:
    """The duty without these stops, nothing moved."""
    gone = {(stop.id, stop.part) for stop in stops}
    routes = []
    for route in duty.routes:
        left = tuple(stop for stop in route.stops if (stop.id, stop.part) not in gone)
        if any(stop.what != BREAK for stop in left):
            routes.append(rebuilt(route, stops=left))
    return rebuilt(duty, routes=tuple(routes))


def timed(present: Present, duty: Duty) -> Duty | None:
    """The duty with each segment laid out at the least price in its order; None when one cannot be driven."""
    for road in roads_of(present, duty):
        if road.pieces:
            laid = cheapest(present, replace(road, duty=duty))
            if laid is None:
                return None
            duty = laid
    return duty


def _least_missed(problem: Problem, present: Present, duty: Duty) -> Stop:
    """The stop that presses least of those whose leaving makes the route fit, else of all."""
    stops = sorted((stop for stop in duty.stops if stop.what != BREAK), key=lambda stop: pressing(problem, stop))
    return next((stop for stop in stops if timed(present, without(duty, [stop])) is not None), stops[0])


def pressing(problem: Problem, stop: Stop) -> tuple[int, int, str]:
    """How badly this work is missed: its price when nobody does it, then its minutes."""
    job = problem.jobs[problem.job_number[stop.id, stop.part]]
    return int(getattr(problem.instance.weights, job.unserved_term)), job.minutes, job.id


def road_minutes(present: Present, duty: Duty) -> int:
    """Travel and home legs of a duty with its route, in minutes."""
    return sum(sum(legs_of(road, road.pieces)) for road in roads_of(present, duty) if road.pieces)
