"""What the manager says happened, as events for the tables; refused with a reason where it cannot be."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from optimiser.domain.clock import Clock
from optimiser.domain.duty_work import planned_minutes_by_week
from optimiser.domain.events import Absent, Cancelled, Event, Held, OtherMode, SlowTravel
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text

LATE_SLACK = 5
"""A late nurse goes on so many minutes later at most than her delay says."""

MOST_LATE = 720
"""More minutes than a duty lasts."""
LEAST_LEFT = 60
"""Minutes of her duty: who has less left will do nothing any more, and is absent."""
MOST_WORDS = 300
"""Of a reason."""
MOST_AWAY = timedelta(days=366)
"""So long after the last day an absence may last."""


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
    clock = instance.clock
    if said.at < 0 and plan.published is not None and plan.published <= clock.moment_of(said.at):
        # told before the first day: nothing of the plan has begun
        said = replace(said, at=0)
    these = Happenings(instance, plan, said, language)
    today = clock.moment_of(said.at).date()
    last = clock.date_of(instance.days - 1)
    if not instance.first_monday <= today <= last:
        these.refuse("--at", "at", clock.moment_of(said.at).strftime("%Y-%m-%dT%H:%M"))
    if said.until is not None and not today <= said.until <= last + MOST_AWAY:
        these.refuse("--until", "until", said.until.isoformat())
        said = these.said = replace(said, until=None)
    if len(said.reason) > MOST_WORDS:
        these.refuse("--reason", "reason", said.reason)
        said = these.said = replace(said, reason="")
    for nurse in dict.fromkeys(said.absent):
        _absent(these, nurse)
    for nurse, minutes in said.late:
        _late(these, nurse, minutes)
    for nurse in dict.fromkeys(said.no_car):
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
    first, from_time = clock.moment_of(at).date(), 0
    until = these.said.until or first
    hers, midnight = these.plan.duties_of.get(nurse, ()), clock.midnight(clock.day_number(first))
    # a duty of today that is over stands as well as one under way
    done = [duty.end for duty in hers if duty.start < at and duty.end > midnight]
    if done:
        first, from_time = _ends(clock, max(done))
    last = max(first, until)
    lost = [duty for duty in hers if duty.start >= at and duty.day <= last]
    if not lost and at >= max(done, default=at):
        these.refuse("--absent", "on_duty", nurse)
        return
    minutes: dict[date, int] = {}
    for duty in lost:
        minutes[duty.day] = minutes.get(duty.day, 0) + sum(planned_minutes_by_week(these.instance, duty).values())
    these.events.append(
        Absent(
            at=at, reason=these.said.reason, nurse=nurse, first=first, last=last, from_time=from_time,
            lost=tuple(sorted(minutes.items())), duties=tuple((duty.id, duty.kind) for duty in lost),
        )
    )  # fmt: skip


def _ends(clock: Clock, end: int) -> tuple[date, int]:
    """The date and clock time of the end of a duty; midnight is 24:00 of the day before."""
    moment = clock.moment_of(end)
    if (moment.hour, moment.minute) == (0, 0):
        return moment.date() - timedelta(days=1), 1440
    return moment.date(), 60 * moment.hour + moment.minute


def _late(these: Happenings, nurse: str, minutes: int) -> None:
    """From the end of what she last began, or from the start of her route, she loses these minutes.

    Of a delay that was told before, and has not begun, only what comes on top of it is new.
    """
    if not these.known_nurse("--late", nurse):
        return
    instance, at = these.instance, these.said.at
    today = instance.clock.moment_of(at).date()
    if not 1 <= minutes <= MOST_LATE:
        these.refuse("--late", "minutes", f"{nurse}:{minutes}")
        return
    ill = any(isinstance(event, Absent) and event.nurse == nurse for event in these.events)
    duties = [
        duty for duty in these.plan.duties_of.get(nurse, ())
        if not ill and duty.lane == "work" and duty.end > at and (duty.start <= at or duty.day == today)
        and any(stop.start >= at for stop in duty.stops)
    ]  # fmt: skip
    if not duties:
        these.refuse("--late", "late", nurse)
        return
    duty = duties[0]
    free = _free_from(instance, duty, at)
    told = {event.id for event in these.plan.events if isinstance(event, Held)}
    start = max((stop.end for stop in duty.stops if stop.start >= at and stop.id in told), default=free)
    if free + minutes <= start or any(isinstance(event, Held) and event.nurse == nurse for event in these.events):
        these.refuse("--late", "later", f"{nurse}:{minutes}")
        return
    if free + minutes > duty.end - LEAST_LEFT:
        these.refuse("--late", "too_late", f"{nurse}:{minutes}")
        return
    number = sum(isinstance(event, Held) for event in (*these.plan.events, *these.events)) + 1
    these.events.append(
        Held(
            at=at, reason=these.said.reason, nurse=nurse, id=f"late-{nurse}-{number}", day=duty.day,
            start=start, minutes=free + minutes - start, slack=LATE_SLACK,
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
    until = these.said.until or first
    today = [duty for duty in these.plan.duties_of.get(nurse, ()) if duty.day == first and duty.lane == "work"]
    if any(duty.start < at for duty in today):
        # a date has one way of travel: what she drove today she drove by car
        first += timedelta(days=1)
    if until < first or any(duty.end > at for duty in today if duty.start < at):
        these.refuse("--no-car", "no_car", nurse)
        return
    these.events.append(
        OtherMode(at=at, reason=these.said.reason, nurse=nurse, first=first, last=until, mode="bicycle")
    )


def _slow(these: Happenings, percent: int) -> None:
    """Duties of today that have not begun take longer on the road; until a later date those of each day."""
    clock, at = these.instance.clock, these.said.at
    first = clock.moment_of(at).date()
    until = min(these.said.until or first, clock.date_of(these.instance.days - 1))
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
