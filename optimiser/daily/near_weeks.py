"""Some weeks of a long roster as an instance of their own, so that visits get routes on the duties that stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from optimiser.check.case import Case
from optimiser.daily.next_week import LONGEST_NAME
from optimiser.daily.next_week_context import context_of, work_rows
from optimiser.daily.next_week_counters import counters_of
from optimiser.daily.next_week_past import NO_TRAVEL, Past
from optimiser.daily.next_week_tables import (
    alone,
    availability_of,
    contracts_with,
    day_named,
    edits_of,
    links_of,
    nurses_of,
    orders_of,
    past_visits_of,
    rows_by_day,
)
from optimiser.daily.next_week_ties import tied_edits
from optimiser.domain.duty import ContextDuty, GivenDuty
from optimiser.domain.instance import Instance
from optimiser.domain.noun import Noun
from optimiser.domain.plan import Plan
from optimiser.domain.work import EditedVisit


def near_weeks(
    instance: Instance, plan: Plan, first: date, weeks: int, expand: Callable[[Instance], Instance]
) -> Instance:
    """The same people and orders for the ``weeks`` weeks from the Monday ``first`` on.

    The duties of ``plan`` in those weeks stand as published; those before and after them are context, counters are
    moved on to ``first``. ``instance`` holds the plan's events already (``instances.events.with_events``); ``expand``
    makes visits of orders (``instances.expand.expanded``). Routes that ``plan`` has before ``first`` make known faces
    and narrow ties. Raises ValueError unless ``first`` is a Monday and the weeks lie in the horizon of ``instance``.
    """
    before = (first - instance.first_monday).days
    if before % 7 or before < 0 or weeks < 1 or before // 7 + weeks > instance.weeks:
        raise ValueError(f"{weeks} weeks from {first} are no weeks of {instance.name}")
    past = Past(instance, plan, before // 7, weeks)
    after = _After(instance, plan, before // 7, weeks)
    edits = tuple(_until(past, tied_edits(past, edits_of(past), expand), after.day))
    orders = orders_of(past)
    changed = {
        "name": _name(instance, first), "first_monday": first, "weeks": weeks, "nurses": nurses_of(past),
        "orders": orders, "edited_visits": edits, "links": links_of(past, orders, edits),
        "availability": availability_of(past), "context": (*context_of(past), *after.context),
        "duties_given": tuple(_standing(past, after.day)), "cycles": (), "counters": counters_of(past),
        "past_visits": past_visits_of(past), "slow_days": (), "visits": (), "work_links": (),
        "settings": instance.settings.model_copy(update={"publish_on": None}),
        "provenance": instance.provenance | {"roster_of": instance.name, "roster_plan": plan.identity},
        **_rows_until(past, after.day),
    }  # fmt: skip
    fields = {name: getattr(instance, name) for name in type(instance).model_fields}
    return expand(Instance(**(fields | changed)))


@dataclass(frozen=True)
class _After(Past):
    """What a plan holds after the near weeks."""

    @cached_property
    def day(self) -> date:
        """The first day after them."""
        return self.instance.clock.date_of(7 * (self.weeks + (self.length or 0)))

    @cached_property
    def case(self) -> Case:
        """The duties and fixed tasks from that day on."""
        duties = tuple(duty for duty in self.plan.duties if duty.day >= self.day)
        tasks = tuple(task for task in self.instance.tasks if task.day >= self.day)
        tables = {name: getattr(self.instance, name) for name in type(self.instance).model_fields}
        return Case(Instance(**(tables | {"tasks": tasks})), self.plan.contract, NO_TRAVEL, self.plan_of(duties))

    @property
    def context(self) -> tuple[ContextDuty, ...]:
        """That work as context, in the minutes of the near weeks."""
        rows = (row for line in self.lines.values() for row in work_rows(self, line))
        moved = (row.model_copy(update={"start": row.start - self.border, "end": row.end - self.border})
                 for row in rows)  # fmt: skip
        return tuple(sorted(moved, key=lambda row: (row.nurse, row.start, row.end, row.lane, row.employer)))


def _name(instance: Instance, first: date) -> str:
    """The name with the first Monday, so that no plan of some weeks is taken for one of others."""
    day = f"-{first}"
    return instance.name[: LONGEST_NAME - len(day)] + day


def _standing(past: Past, after: date) -> Iterator[GivenDuty]:
    """The roster's duties of the near weeks, told when the roster was; students' follow those of their companions."""
    told = past.plan.published.date() if past.plan.published is not None else None
    for duty in past.plan.duties:
        if past.first <= duty.day < after and duty.follows is None:
            known = told if told is not None and told <= duty.day else None
            yield GivenDuty(nurse=duty.nurse, kind=duty.kind, day=duty.day, published_on=known)


def _rows_until(past: Past, after: date) -> dict[str, tuple[Noun, ...]]:
    """Wishes, tasks, cover rows of one date and overrides of the near weeks, and contracts that name such cover."""
    instance = past.instance
    cover = tuple(row for row in instance.cover if row.day is None or past.first <= row.day < after)
    return rows_by_day(past) | {
        "wishes": tuple(row for row in instance.wishes if past.first <= row.day < after),
        "tasks": tuple(row for row in instance.tasks if past.first <= row.day < after),
        "cover": cover, "contracts": contracts_with(instance, cover),
    }  # fmt: skip


def _until(past: Past, edits: tuple[EditedVisit, ...], after: date) -> Iterator[EditedVisit]:
    """Edited visits of the near weeks. One that was moved out of them is cancelled, one moved in stands by itself."""
    for row in edits:
        named = day_named(past, row.id)
        now = row.day or named
        if now is not None and now >= after:
            if named is not None and named < after:
                yield EditedVisit(id=row.id, cancelled=True)
        elif named is None or named < after:
            yield row
        elif not row.cancelled:
            yield alone(past, row)


def near_roster(instance: Instance, plan: Plan, near: Instance) -> Plan:
    """The duties of the long roster in the weeks of ``near``, in its minutes, without routes: where planning begins.

    Of a published roster they stand (``daily.publish.settings_on``), and no other duty comes beside them.
    """
    days, shift = _days(near), _shift(instance, near)
    duties = tuple(
        duty.model_copy(update={
            "start": duty.start - shift, "end": duty.end - shift, "status": "published", "routes": (),
        })
        for duty in plan.duties if duty.day in days
    )  # fmt: skip
    contract = next((each for each in near.contracts if each.name == plan.contract.name), plan.contract)
    return Plan(
        instance=near.name, fingerprint=near.fingerprint, row_hashes=near.row_hashes, contract=contract,
        seed=plan.seed, published=plan.published, duties=duties, with_routes=False,
    )  # fmt: skip


def _days(near: Instance) -> frozenset[date]:
    return frozenset(near.clock.date_of(day) for day in range(near.days))


def _shift(instance: Instance, near: Instance) -> int:
    """The minute of the long horizon at which the near weeks begin."""
    return instance.clock.midnight(instance.clock.day_number(near.first_monday))


def with_near(instance: Instance, plan: Plan, near: Instance, routed: Plan) -> Plan:
    """The long roster with what became of some of its weeks: the duties and routes of ``routed``, a plan of ``near``,
    in place of its own on those days. So later near weeks know who saw whom, and what was replanned."""
    days, shift = _days(near), _shift(instance, near)
    moved = []
    for duty in routed.duties:
        routes = tuple(
            route.model_copy(update={"stops": tuple(
                stop.model_copy(update={name: getattr(stop, name) + shift for name in ("arrival", "start", "end")})
                for stop in route.stops
            )})
            for route in duty.routes
        )  # fmt: skip
        moved.append(
            duty.model_copy(update={"start": duty.start + shift, "end": duty.end + shift, "routes": routes})
        )
    others = [duty for duty in plan.duties if duty.day not in days]
    fields = {name: getattr(plan, name) for name in type(plan).model_fields}
    duties = sorted((*others, *moved), key=lambda duty: (duty.nurse, duty.day, duty.lane))
    return Plan(**(fields | {"duties": tuple(duties), "objective": None, "objective_terms": {}}))
