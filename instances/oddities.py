"""What is strange in an instance but no fault: said once, never refused."""

from __future__ import annotations

from instances.call_warnings import call_warnings
from instances.cells import write_clock
from instances.expand import allowed_days
from instances.law_warnings import law_warnings
from instances.nobody import visits_of_nobody
from instances.places import distance_km
from optimiser.domain.calls import CallType
from optimiser.domain.clock import DAY
from optimiser.domain.duty import Cover
from optimiser.domain.instance import Instance
from optimiser.domain.place import Place
from optimiser.domain.work import Act, Task
from optimiser.texts import Language, text

FAR_HOME_KM = 30.0


def instance_warnings(instance: Instance, language: Language = "en") -> list[str]:
    """Sentences with ids, in the order of the tables; empty when nothing is strange."""

    def say(key: str, **values: object) -> str:
        return text(f"input.warning.{key}", language, **values)

    warnings = [say("far_home", nurse=nurse, km=round(km)) for nurse, km in _far_homes(instance)]
    warnings += [say("no_contract", nurse=each.id) for each in instance.nurses if not each.contract_minutes]
    known = {(each.nurse, each.skill) for each in instance.nurse_skills}
    warnings += [
        say("nobody_has", skill=skill, users=", ".join(users[:5]))
        for skill, users in _needed_skills(instance).items()
        if skill not in {each for _, each in known}
    ]
    warnings += [say("nobody_may", visit=first, more=more) for first, more in _of_nobody(instance)]
    warnings += [say("no_kind_for_cover", cover=name, window=window) for name, window in _hopeless_cover(instance)]
    warnings += [say("no_kind_for_order", order=name, window=window) for name, window in _hopeless_orders(instance)]
    warnings += [
        say("no_visits", order=each.id)
        for each in instance.orders
        if not allowed_days(each, instance.clock, instance.days)
    ]
    reserved = {act.id for act in instance.acts if act.reserved}
    warnings += [
        say("no_form", order=each.id, acts=", ".join(act for act in each.acts if act in reserved))
        for each in instance.orders
        if reserved.intersection(each.acts) and each.order_form_from is None and each.order_form_until is None
    ]
    warnings += [say("broken_chain", order=order, first=first) for order, first in _broken_chains(instance)]
    return warnings + call_warnings(instance, language) + law_warnings(instance, language)


def _far_homes(instance: Instance) -> list[tuple[str, float]]:
    """Nurses who live further than ``FAR_HOME_KM`` from every client."""
    clients = [_point(instance.place_by_id[client.place]) for client in instance.clients]
    far = []
    for nurse in instance.nurses:
        home = _point(instance.place_by_id[nurse.home])
        nearest = min((distance_km(home, point) for point in clients), default=0.0)
        if nearest > FAR_HOME_KM:
            far.append((nurse.id, nearest))
    return far


def _point(place: Place) -> tuple[float, float]:
    return (place.latitude, place.longitude)


def _needed_skills(instance: Instance) -> dict[str, list[str]]:
    """Skill -> the acts, tasks, call types and cover rows that ask for it, acts only when a visit uses them."""
    used = {act for visit in instance.visits for act in visit.acts}
    needed: dict[str, list[str]] = {}
    users = [act for act in instance.acts if act.id in used]
    rows: tuple[Act | Task | CallType | Cover, ...] = (*users, *instance.tasks, *instance.call_types, *instance.cover)
    for row in rows:
        for skill in row.skills:
            needed.setdefault(skill, []).append(row.id)
    return needed


def _of_nobody(instance: Instance) -> list[tuple[str, int]]:
    """The first visit of each order that nobody may do, and how many more of that order."""
    by_order: dict[str, list[str]] = {}
    for visit in visits_of_nobody(instance):
        by_order.setdefault(visit.order or visit.id, []).append(visit.id)
    return [(visits[0], len(visits) - 1) for visits in by_order.values()]


def _clock_window(low: int, high: int) -> str:
    return f"{write_clock(low)}-{write_clock(high)}"


def _hopeless_cover(instance: Instance) -> list[tuple[str, str]]:
    """Cover rows whose window no kind of the row's lane, area and line spans."""
    return [
        (row.id, _clock_window(row.from_time, row.until_time))
        for row in instance.cover
        if not any(
            (kind.lane, kind.area) == (row.lane, row.area)
            and row.line in (None, kind.line)
            and kind.start <= row.from_time
            and row.until_time <= kind.last_end
            for kind in instance.shift_kinds
        )
    ]


def _hopeless_orders(instance: Instance) -> list[tuple[str, str]]:
    """Orders with a window in which no segment of a kind that carries routes leaves time for the visit.

    Segments of the day before and the day after may reach into the window too.
    """
    lengths = {visit.order: visit.minutes for visit in instance.visits if visit.order}
    segments = [
        (start + shift, end + shift)
        for kind in instance.shift_kinds if kind.carries_route
        for start, end in kind.segments
        for shift in (-DAY, 0, DAY)
    ]
    return [
        (order.id, _clock_window(low, high))
        for order in instance.orders if order.id in lengths
        for low, high in order.windows
        if not any(min(high, end) - max(low, start) >= lengths[order.id] for start, end in segments)
    ]


def _broken_chains(instance: Instance) -> list[tuple[str, str]]:
    """Orders with a gap of which two visits on one or following days cannot keep it, with the first such visit."""
    tied = {link.first for link in instance.work_links if link.id.endswith("/next")}
    broken = []
    for order in instance.orders:
        visits = [each.id for each in instance.visits if each.order == order.id]
        loose = [each for each in visits[:-1] if each not in tied]
        if order.gap_min is not None and loose:
            broken.append((order.id, loose[0]))
    return broken
