"""A plan told to the nurses: what publishing makes of it, and what a manager hears with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from optimiser.check.report import CheckReport
from optimiser.check.violation import Violation, day_and_month
from optimiser.domain.clock import ZONE
from optimiser.domain.duty import Override
from optimiser.domain.events import Agreed
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.errors import Fault, InputError
from optimiser.planning import PlanSettings
from optimiser.texts import Language, text

REASON_LENGTH = (3, 300)
"""Of the reason to publish against a rule, as of every override."""


@dataclass(frozen=True)
class Published:
    """The published plan; None when it breaks rules and no reason was given (``refused`` names them).

    ``told`` is when its roster was first told; ``notice_days`` how long before the first duty that was (None without
    duties), ``late`` the duties told less than ``labour.notice_days`` before they start. ``open_work`` holds ids of
    visits and tasks that nobody does.
    """

    plan: Plan | None
    instance: Instance
    report: CheckReport
    told: datetime
    refused: tuple[Violation, ...]
    forced: str | None
    first: Duty | None
    notice_days: int | None
    late: tuple[Duty, ...]
    open_work: tuple[str, ...]
    with_routes: bool

    def sentences(self, language: Language = "nl") -> tuple[str, ...]:
        """What is told, a line each; ids only. The broken rules come last."""
        return tuple(_sentences(self, language))


def publish(
    instance: Instance, plan: Plan, moment: datetime, report: CheckReport, force_reason: str | None = None,
    language: Language = "nl",
) -> Published:  # fmt: skip
    """``plan`` as its nurses are told it at ``moment`` (Dutch time when it has no zone); ``report`` is its verdict.

    Every duty becomes published. A plan made from a published one has the version after it already, and keeps the time
    at which that roster was told (what changed since has an event). Visits left open and cover that is short are told;
    hard violations refuse it. With ``force_reason`` it is published all the same: the plan keeps the reason as an
    override of each broken rule, which law does not heed. Raises InputError on a reason that is too short or long.
    """
    if force_reason is not None and not REASON_LENGTH[0] <= len(force_reason.strip()) <= REASON_LENGTH[1]:
        expected = text("publish.expected.reason", language, least=REASON_LENGTH[0], most=REASON_LENGTH[1])
        raise InputError([Fault("--force", 0, "", expected, force_reason)])
    told = plan.published or (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(ZONE)
    told = told.replace(microsecond=0)
    first, notice, late = _notice(instance, plan, told)
    refused = report.violations if force_reason is None else ()
    made = None if refused else _as_told(instance, plan, told, report, force_reason)
    return Published(
        plan=made, instance=instance, report=report, told=told, refused=refused,
        forced=force_reason.strip() if force_reason and report.violations else None,
        first=first, notice_days=notice, late=late,
        open_work=tuple(each.id for each in plan.unserved),
        with_routes=plan.with_routes and any(duty.routes for duty in plan.duties),
    )  # fmt: skip


def settings_on(start: Plan | None, settings: PlanSettings) -> PlanSettings:
    """The settings with which to plan from ``start``: the duties of a published plan stand, and no other comes beside
    them (that takes a nurse's consent); only routes are made."""
    if start is None or start.published is None:
        return settings
    return replace(settings, move_duties=False)


def _as_told(instance: Instance, plan: Plan, told: datetime, report: CheckReport, reason: str | None) -> Plan:
    """The plan with every duty published."""
    duties = tuple(duty.model_copy(update={"status": "published"}) for duty in plan.duties)
    forced = () if reason is None else _overrides(instance, report, reason.strip())
    fields = {name: getattr(plan, name) for name in type(plan).model_fields}
    changed = {
        "published": told, "duties": duties, "overrides": tuple(dict.fromkeys((*plan.overrides, *forced))),
    }  # fmt: skip
    # made anew and not copied: a copy would keep the identity that the draft had
    return Plan(**(fields | changed))


def _overrides(instance: Instance, report: CheckReport, reason: str) -> tuple[Override, ...]:
    """The reason beside each broken rule, with whom and when."""
    clock = instance.clock
    return tuple(
        Override(
            rule=each.rule, nurse=each.nurse, reason=reason, first=clock.moment_of(each.start).date(),
            last=clock.moment_of(max(each.start, each.end - 1)).date(),
        )
        for each in report.violations
    )  # fmt: skip


def _notice(instance: Instance, plan: Plan, told: datetime) -> tuple[Duty | None, int | None, tuple[Duty, ...]]:
    """The first duty, its days of notice, and the duties with too few; the same as the rule ``publication.notice``.

    A duty with a date of its own in the tables was told then; one that a nurse agreed to later needs none.
    """
    least = instance.rules.notice_days.value
    dated = {(row.nurse, row.kind, row.day): row.published_on for row in instance.duties_given}
    agreed = {key for event in plan.events if isinstance(event, Agreed) for key in event.new}
    days: dict[str, int] = {}
    duties = sorted(plan.duties, key=lambda each: (each.day, each.start, each.id))
    for duty in duties:
        if (duty.nurse, duty.day, duty.kind) not in agreed:
            own = dated.get((duty.nurse, duty.kind, duty.day))
            days[duty.id] = (duty.day - (own or told.date())).days
    first = next((duty for duty in duties if duty.id in days), None)
    late = tuple(duty for duty in duties if days.get(duty.id, least) < least)
    return first, None if first is None else days[first.id], late


def _sentences(done: Published, language: Language) -> Iterator[str]:
    def say(key: str, **values: object) -> str:
        return text(f"publish.{key}", language, **values)

    def day(of: date) -> str:
        return f"{day_and_month(of, language)} {of.year}"

    least = done.instance.rules.notice_days
    if done.plan is not None:
        nurses = len({duty.nurse for duty in done.plan.duties})
        yield say("told", version=done.plan.version, day=day(done.told.date()), time=f"{done.told:%H:%M}",
                  duties=len(done.plan.duties), nurses=nurses)  # fmt: skip
    if done.first is not None:
        yield say("notice", duty=done.first.id, day=day(done.first.day), days=done.notice_days, least=least.value,
                  article=least.article)  # fmt: skip
    if done.late:
        in_time = done.told.date() + timedelta(days=least.value)
        yield say("late", late=len(done.late), last=day(done.late[-1].day), least=least.value, in_time=day(in_time))
    if not done.with_routes:
        yield say("no_routes")
    elif done.open_work:
        yield say("open", count=len(done.open_work), critical=_critical(done), first=", ".join(done.open_work[:5]))
    short = sum(each.below_minimum for each in done.report.shortfalls)
    if done.report.shortfalls:
        wanted = sum(max(0, each.wanted - max(each.minimum, each.counted)) for each in done.report.shortfalls)
        yield say("short", short=short, wanted=wanted)
    if done.forced is not None:
        yield say("forced", count=len(done.report.violations), reason=done.forced)
    if done.refused:
        yield say("refused", count=len(done.refused))
    yield from (each.sentence(language) for each in done.report.violations)


def _critical(done: Published) -> int:
    """How many of the open visits and tasks are critical or time-critical."""
    visits, tasks = done.instance.visit_by_id, done.instance.task_by_id
    count = 0
    for name in done.open_work:
        work = visits.get(name) or tasks.get(name)
        count += work is not None and (work.priority == "critical" or getattr(work, "time_critical", False))
    return count
