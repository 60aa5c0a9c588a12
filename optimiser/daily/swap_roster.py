"""The roster after an exchange: the duties in other hands, by an agreement that the plan names."""

from __future__ import annotations

from collections.abc import Iterable

from optimiser.daily.swap_named import Exchange
from optimiser.domain.events import Agreed
from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Duty, Plan, Stop, Unserved
from optimiser.explain.present import Present, changed_plan, rebuilt
from optimiser.explain.why_duty import new_duty


def agreement(exchange: Exchange, at: int, reason: str = "") -> Agreed:
    """The event: what goes from whom, and what comes."""
    gone = tuple((duty.nurse, duty.day, duty.kind) for duty in exchange.duties)
    new = [(exchange.taker, exchange.given.day, exchange.given.kind)]
    if exchange.taken is not None:
        new.append((exchange.giver, exchange.taken.day, exchange.taken.kind))
    return Agreed(at=at, reason=reason, gone=gone, new=tuple(new))


def agreed_tables(instance: Instance, event: Agreed) -> Instance:
    """The tables with the agreement, as ``instances.events`` applies it: given duties that changed hands are out."""
    kept = tuple(row for row in instance.duties_given if (row.nurse, row.day, row.kind) not in event.gone)
    return instance if kept == instance.duties_given else rebuilt(instance, duties_given=kept)


def exchanged(present: Present, exchange: Exchange) -> tuple[tuple[Duty, Duty], ...]:
    """Each duty that changes hands with what it becomes: published, without a route."""
    ids = frozenset(duty.id for duty in exchange.duties)
    pairs = [(exchange.given, exchange.taker)]
    if exchange.taken is not None:
        pairs.append((exchange.taken, exchange.giver))
    return tuple(
        (old, rebuilt(new_duty(present, nurse, old.kind, old.day, ids), status="published",
                      start=old.start, end=old.end, area=old.area))
        for old, nurse in pairs
    )  # fmt: skip


def with_duties(plan: Plan, gone: Iterable[Duty], new: Iterable[Duty], left: Iterable[Stop], event: Agreed) -> Plan:
    """``plan`` with duties exchanged and the work of ``left`` open; students whose companion went stay at home."""
    names = {duty.id for duty in gone}
    kept = [duty for duty in plan.duties if duty.id not in names]
    duties = [*kept, *new]
    held = {(duty.nurse, duty.day, duty.kind) for duty in duties}
    duties = [duty for duty in duties if duty.follows is None or (duty.follows, duty.day, duty.kind) in held]
    listed = {row.id for row in plan.unserved}
    open_work = {stop.id: None for stop in left if stop.what != BREAK and stop.id not in listed}
    return changed_plan(
        plan, duties=tuple(sorted(duties, key=lambda duty: (duty.start, duty.id))),
        unserved=(*plan.unserved, *(Unserved(id=name, reason="not_inserted") for name in open_work)),
        events=(*plan.events, event), parent=plan.identity, version=plan.version + 1,
    )  # fmt: skip
