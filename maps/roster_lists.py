"""The lists beside the roster: what is open, what the check found, and the figures on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from maps.itinerary import title_of
from maps.roster_source import RosterSource
from maps.words import Words
from optimiser.domain.duty import ShiftKind
from optimiser.domain.work import Visit
from optimiser.report.kpis import summary
from optimiser.report.open_duties import OpenDuty, area_of, first_window, open_cover, open_work, organisation_of
from optimiser.report.signals import findings_by_kind


@dataclass(frozen=True)
class Open:
    """One line of what nobody does: ``kind`` is cover, work (gathered so that one could take it) or moment.

    ``must`` is False for what is only wanted; ``missing`` counts people (cover) or care moments.
    """

    kind: str
    day: date
    start: int
    organisations: tuple[str, ...]
    must: bool
    missing: int
    when: str
    what: str
    where: str
    person: str = ""
    client: str = ""
    tags: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Said:
    """One finding of the list; ``anchor`` is where it is told in full, or empty."""

    kind: str
    nurse: str
    who: str
    words: str
    anchor: str


def open_lines(source: RosterSource) -> tuple[Open, ...]:
    """Open duties and open care moments in order of time."""
    instance = source.instance
    covers = [_duty(source.words, each) for each in open_cover(instance, source.report.shortfalls)]
    work = [_duty(source.words, each) for each in open_work(instance, source.plan.unserved)]
    return tuple(sorted((*covers, *work, *_moments(source)), key=lambda each: (each.start, each.kind, each.client)))


def _duty(words: Words, each: OpenDuty) -> Open:
    if each.work:
        key = "roster.open.visit" if len(each.work) == 1 else "roster.open.visits"
        what = words(key, count=len(each.work), hours=words.hours(each.minutes))
    else:
        key = "roster.open.wanted" if not each.must else "roster.open.standby" if each.standby else "roster.open.cover"
        what = words(key, missing=each.missing)
    owners = " + ".join(words.instance.organisation_by_id[owner].name for owner in each.organisations)
    skills = words("roster.open.skills", skills=", ".join(each.skills)) if each.skills else ""
    return Open(
        kind="work" if each.work else "cover",
        day=each.day,
        start=each.start,
        organisations=each.organisations,
        must=each.must,
        missing=len(each.work) or each.missing,
        when=f"{words.short_day(each.day)} {words.span(each.start, each.end)}",
        what=what,
        where=" · ".join(part for part in (each.area, owners, skills) if part),
    )


def _moments(source: RosterSource) -> list[Open]:
    instance, words = source.instance, source.words
    rows = []
    for each in source.plan.unserved:
        work = instance.visit_by_id.get(each.id) or instance.task_by_id.get(each.id)
        if work is None:
            continue
        start, end = first_window(instance, work)
        day = instance.clock.date_of(instance.clock.day_of(start))
        client = work.client if isinstance(work, Visit) else ""
        reason = words(f"roster.reason.{each.reason}")
        what = f"{title_of(words, work)} · {words('map.minutes', minutes=work.minutes)}"
        rows.append(
            Open(
                kind="moment",
                day=day,
                start=start,
                organisations=(organisation_of(instance, work),),
                must=True,
                missing=1,
                when=f"{words.short_day(day)} {words.span(start, end)}",
                what=what,
                where=area_of(instance, work),
                person=source.name(client) if client in source.names else "",
                client=client,
                tags=_tags(words, work) if isinstance(work, Visit) else (),
                reason=f"{reason} ({each.detail})" if each.detail else reason,
            )
        )
    return rows


def _tags(words: Words, visit: Visit) -> tuple[str, ...]:
    tags = {
        "critical": visit.time_critical or visit.priority == "critical",
        "two": visit.nurses == 2,
        "flexible": len({window.day for window in visit.windows}) > 1,
    }
    return tuple(words(f"roster.moments.{key}") for key, holds in tags.items() if holds)


def said_lines(source: RosterSource) -> tuple[Said, ...]:
    """Every finding, gravest first, with the cell or nurse it is about."""
    told = {id(each.violation): each for findings in source.findings.values() for each in findings}
    lines = []
    for kind, group in findings_by_kind(source.report):
        for each in group:
            known = told.get(id(each))
            anchor = ""
            if each.nurse is not None and known is not None and each.nurse in source.instance.nurse_by_id:
                anchor = f"c-{each.nurse}-{known.days[0]}" if known.days else f"n-{each.nurse}"
            who = source.name(each.nurse) if each.nurse else ""
            lines.append(Said(kind, each.nurse or "", who, each.sentence(source.words.language), anchor))
    return tuple(lines)


def tiles(source: RosterSource) -> list[dict[str, str]]:
    """The figures on top: what is open, wrong and changed first."""
    words, figures = source.words, summary(source.instance, source.travel, source.plan, source.report)
    figures |= _own_time(source)

    def tone(count: int) -> str:
        return "bad" if count else "good"

    def share(hours: float) -> str:
        return words("roster.kpi.share", share=round(100 * hours / paid)) if paid else ""

    def tile(key: str, value: str, below: str = "", tone: str = "") -> dict[str, str]:
        return {"name": words(f"roster.kpi.{key}"), "value": value, "below": below, "tone": tone, "key": key}

    paid, hard, uncovered = figures["paid_hours"], figures["hard_violations"], figures["uncovered_shifts"]
    shown = [
        tile("uncovered", str(uncovered), "", tone(uncovered)),
        tile("hard", str(hard), words("roster.kpi.signals", count=len(source.report.signals)), tone(hard)),
        *([_changed(source)] if source.changes.compared else []),
        tile("paid", words.decimal(paid)),
    ]
    if figures["visit_hours"] is None:
        return shown
    left = figures["unserved_visits"]
    below = words("roster.kpi.unserved.of", visits=figures["visits"], critical=figures["unserved_critical"])
    km, home = words.whole(figures["travel_km"]), words.hours(figures["home_leg_minutes"])
    return [
        tile("unserved", str(left), below, tone(left)),
        *shown,
        tile("client", words.decimal(figures["visit_hours"]), share(figures["visit_hours"])),
        tile("travel", words.hours(figures["travel_minutes"]), words("roster.kpi.travel.km", km=km, home=home)),
        tile("other", words.decimal(figures["nonclient_hours"]), share(figures["nonclient_hours"])),
        tile("waiting", words.decimal(figures["waiting_hours"]),
             words("roster.kpi.gap", minutes=figures["largest_gap_min"])),
    ]  # fmt: skip


def _own_time(source: RosterSource) -> dict[str, Any]:
    """Where the time of own people goes, where colleagues stand in the roster too; nothing where none do."""
    if not source.guests:
        return {}
    nurses = tuple(each for each in source.instance.nurses if each.id not in source.guests)
    duties = tuple(each for each in source.plan.duties if each.nurse not in source.guests)
    tasks = tuple(each for each in source.instance.tasks if each.nurse not in source.guests)
    instance = source.instance.model_copy(update={"nurses": nurses, "tasks": tasks})
    own = summary(instance, source.travel, source.plan.model_copy(update={"duties": duties}), source.report)
    kept = ("paid_hours", "visit_hours", "travel_minutes", "travel_km", "home_leg_minutes", "nonclient_hours",
            "waiting_hours", "largest_gap_min")  # fmt: skip
    return {name: own[name] for name in kept}


def _changed(source: RosterSource) -> dict[str, str]:
    words, changes = source.words, source.changes
    count = len({each.work for each in changes.work})
    below = words("roster.kpi.changed.work", count=count) if source.plan.with_routes else ""
    value = str(len(changes.duties))
    return {"name": words("roster.kpi.changed"), "value": value, "below": below, "tone": "new", "key": "changed"}


def used_kinds(source: RosterSource) -> list[ShiftKind]:
    """The kinds that the plan, or the one before, holds, in the instance's order: the legend tells their times."""
    used = {duty.kind for duty in source.plan.duties} | {
        each.before.kind for each in source.changes.duties if each.before is not None
    }
    return [kind for kind in source.instance.shift_kinds if kind.id in used]
