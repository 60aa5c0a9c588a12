"""What the manager says happened, as events for the tables; refused with a reason where it cannot be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from optimiser.domain.duty_work import planned_minutes_by_week
from optimiser.domain.events import Absent, Cancelled, Event, Held, OtherMode, SlowTravel
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text

LATE_SLACK = 5
"""A late nurse goes on so many minutes later at most than her delay says."""


@dataclass(frozen=True)
class Said:
    """What was said at minute ``at``: nurses absent until a date (included), nurses late by minutes, nurses without a
    car, all travel of today slowed (percent), visits or clients cancelled."""

    at: int
    absent: tuple[str, ...] = ()
    until: date | None = None
    late: tuple[tuple[str, int], ...] = ()
    no_car: tuple[str, ...] = ()
    slow_percent: int | None = None
    cancelled: tuple[str, ...] = ()
    reason: str = ""


@dataclass
class Happenings:
    """Collects events and faults about one plan."""

    instance: Instance
    plan: Plan
    said: Said
    language: Language
    events: list[Event] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, option: str, key: str, got: str) -> None:
        """A fault of an option."""
        self.faults.append(Fault(option, 0, "", text(f"daily.expected.{key}", self.language), got))

    def known_nurse(self, option: str, nurse: str) -> bool:
        """Whether the nurse exists; a fault when not."""
        if nurse not in self.instance.nurse_by_id:
            self.refuse(option, "nurse", nurse)
        return nurse in self.instance.nurse_by_id


def events_of(instance: Instance, plan: Plan, said: Said, language: Language = "nl") -> tuple[Event, ...]:
    """The events of what was said about a published plan. Raises InputError with all that cannot be."""
    these = Happenings(instance, plan, said, language)
    last = instance.clock.date_of(instance.days - 1)
    if not instance.first_monday <= instance.clock.moment_of(said.at).date() <= last:
        these.refuse("--at", "at", instance.clock.moment_of(said.at).strftime("%Y-%m-%dT%H:%M"))
    for nurse in said.absent:
        _absent(these, nurse)
    for nurse, minutes in said.late:
        _late(these, nurse, minutes)
    for nurse in said.no_car:
        _no_car(these, nurse)
    if said.slow_percent is not None:
        _slow(these, said.slow_percent)
    if said.cancelled:
        _cancelled(these)
    if these.faults:
        raise InputError(these.faults)
    return tuple(these.events)


def _absent(these: Happenings, nurse: str) -> None:
    """Her duties from then on fall away; one that began goes on without work of hers."""
    if not these.known_nurse("--absent", nurse):
        return
    clock, at = these.instance.clock, these.said.at
    first = clock.moment_of(at).date()
    until = these.said.until or first
    if until < first:
        these.refuse("--until", "until", until.isoformat())
        return
    begun = [duty for duty in these.plan.duties_of.get(nurse, ()) if duty.start < at < duty.end]
    from_time = 0
    if begun:
        end = clock.moment_of(max(duty.end for duty in begun))
        first, from_time = end.date(), 60 * end.hour + end.minute
    lost = [d for d in these.plan.duties_of.get(nurse, ()) if d.start >= at and d.day <= until]
    if not lost and not begun:
        these.refuse("--absent", "on_duty", nurse)
        return
    minutes: dict[date, int] = {}
    for duty in lost:
        minutes[duty.day] = minutes.get(duty.day, 0) + sum(planned_minutes_by_week(these.instance, duty).values())
    these.events.append(
        Absent(
            at=at, reason=these.said.reason, nurse=nurse, first=first, last=max(first, until), from_time=from_time,
            lost=tuple(sorted(minutes.items())), duties=tuple((duty.id, duty.kind) for duty in lost),
        )
    )  # fmt: skip


def _late(these: Happenings, nurse: str, minutes: int) -> None:
    """From the end of what she last began, or from the start of her route, she loses these minutes."""
    if not these.known_nurse("--late", nurse):
        return
    instance, at = these.instance, these.said.at
    today = instance.clock.moment_of(at).date()
    duties = [
        duty for duty in these.plan.duties_of.get(nurse, ())
        if duty.lane == "work" and duty.end > at and (duty.start <= at or duty.day == today)
        and any(stop.start >= at for stop in duty.stops)
    ]  # fmt: skip
    if not duties:
        these.refuse("--late", "late", nurse)
        return
    duty = duties[0]
    number = sum(isinstance(event, Held) for event in (*these.plan.events, *these.events)) + 1
    these.events.append(
        Held(
            at=at, reason=these.said.reason, nurse=nurse, id=f"late-{nurse}-{number}", day=duty.day,
            start=_free_from(instance, duty, at), minutes=minutes, slack=LATE_SLACK,
        )
    )  # fmt: skip


def _free_from(instance: Instance, duty: Duty, at: int) -> int:
    """The end of the last stop that began before ``at``; the start of the route when none did."""
    begun = [stop.end for stop in duty.stops if stop.start < at]
    return max(begun, default=duty.start + instance.settings.handover_minutes)


def _no_car(these: Happenings, nurse: str) -> None:
    """From her next duty on she takes the bicycle; one that began cannot change its way of travel."""
    if not these.known_nurse("--no-car", nurse):
        return
    clock, at = these.instance.clock, these.said.at
    first = clock.moment_of(at).date()
    if any(duty.start < at < duty.end and duty.day == first for duty in these.plan.duties_of.get(nurse, ())):
        these.refuse("--no-car", "no_car", nurse)
        return
    until = these.said.until or first
    these.events.append(
        OtherMode(at=at, reason=these.said.reason, nurse=nurse, first=first, last=max(first, until), mode="bicycle")
    )


def _slow(these: Happenings, percent: int) -> None:
    """Duties of today that have not begun take longer on the road; until a later date those of each day."""
    clock, at = these.instance.clock, these.said.at
    first = clock.moment_of(at).date()
    until = these.said.until or first
    for number in range((until - first).days + 1):
        day = first + timedelta(days=number)
        begun = {duty.nurse for duty in these.plan.duties if duty.day == day and duty.start < at}
        these.events.append(
            SlowTravel(at=at, reason=these.said.reason, day=day, percent=percent, under_way=tuple(sorted(begun)))
        )


def _cancelled(these: Happenings) -> None:
    """Visits by their id, or all visits of a client that have not begun."""
    instance, at = these.instance, these.said.at
    begun = {stop.id for duty in these.plan.duties for stop in duty.stops if stop.start < at}
    visits: list[str] = []
    for name in these.said.cancelled:
        if name in instance.visit_by_id:
            mine = [name]
        elif name in instance.client_by_id:
            mine = [visit.id for visit in instance.visits if visit.client == name]
        else:
            these.refuse("--cancel", "cancel", name)
            continue
        coming = [each for each in mine if each not in begun and instance.visit_by_id[each].windows[-1].end > at]
        if not coming:
            these.refuse("--cancel", "cancel_begun", name)
        visits += coming
    if visits:
        these.events.append(
            Cancelled(at=at, reason=these.said.reason, visits=tuple(dict.fromkeys(visits)), by="client")
        )
