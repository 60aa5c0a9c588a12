"""The roster page: one screen for the manager, with what is open, what the rules say, the stops behind each cell."""

from __future__ import annotations

from datetime import date
from typing import Any

from maps.itinerary import title_of
from maps.page import asset, render
from maps.roster_view import RosterView
from maps.words import Names, Words, name_of
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Visit
from optimiser.report.kpis import summary
from optimiser.report.open_duties import OpenDuty, area_of, first_window, open_cover, open_work
from optimiser.report.signals import CheckReport, findings_by_kind
from optimiser.texts import Language


def roster_page(
    instance: Instance,
    travel: TravelMatrix,
    plan: Plan,
    report: CheckReport,
    names: Names,
    language: Language = "nl",
) -> str:
    """The page as HTML, one file without a network. It names nurses and clients: it is for the team's manager."""
    words = Words(instance, language)
    view = RosterView(words, travel, plan, report, names)
    figures = summary(instance, travel, plan, report)
    left = (*open_cover(instance, report.shortfalls), *open_work(instance, plan.unserved))
    openings = sorted(left, key=lambda each: each.start)
    preset = plan.contract.name in ("single", "joint", "anw")
    return render(
        "roster.html.j2",
        scripts=(asset("roster.js"),),
        lang=language,
        t=words,
        instance=instance.name,
        scenario=words(f"roster.scenario.{plan.contract.name}") if preset else plan.contract.name,
        weeks=[_week(words, view, week, openings) for week in range(instance.weeks)],
        kpis=_kpis(words, figures, len(report.signals)),
        openings=[_opening(words, each) for each in openings],
        moments=_moments(words, plan, names),
        findings=_findings(words, report, names),
        not_judged=[note.sentence(words.language) for note in report.notes],
        with_routes=plan.with_routes,
        has_map=any(duty.stops for duty in plan.duties),
        categories=_categories(instance),
        has_standby=any(kind.lane == "standby" for kind in instance.shift_kinds),
    )


def _findings(words: Words, report: CheckReport, names: Names) -> list[tuple[str, str, str]]:
    return [
        (kind, name_of(names, each.nurse) if each.nurse and each.nurse in names else "", each.sentence(words.language))
        for kind, group in findings_by_kind(report)
        for each in group
    ]


def _categories(instance: Instance) -> list[str]:
    used = {kind.category for kind in instance.shift_kinds}
    return [each for each in ("day", "mid", "evening", "night", "split") if each in used]


def _week(words: Words, view: RosterView, week: int, openings: list[OpenDuty]) -> dict[str, Any]:
    days = [words.instance.clock.date_of(7 * week + offset) for offset in range(7)]
    return {
        "title": words.week_of(days[0]),
        "days": [_day(words, day, openings) for day in days],
        "groups": view.week(week),
        "number": week + 1,
    }


def _day(words: Words, day: date, openings: list[OpenDuty]) -> dict[str, Any]:
    mine = [each for each in openings if each.day == day and each.must]
    return {
        "short": words.weekday(day),
        "number": day.day,
        "long": words.long_day(day),
        "weekend": day.weekday() >= 5,
        "open": sum(each.missing if each.cover else len(each.work) for each in mine),
    }


def _kpis(words: Words, figures: dict[str, Any], signals: int) -> list[dict[str, str]]:
    def tone(count: int | None) -> str:
        return "" if count is None else "bad" if count else "good"

    def share(hours: float) -> str:
        return words("roster.kpi.share", share=round(100 * hours / paid)) if paid else ""

    def tile(key: str, value: str, below: str = "", tone: str = "") -> dict[str, str]:
        return {"name": words(f"roster.kpi.{key}"), "value": value, "below": below, "tone": tone}

    paid = figures["paid_hours"]
    tiles = [
        tile("hard", str(figures["hard_violations"]), words("roster.kpi.signals", count=signals),
             tone(figures["hard_violations"])),
        tile("uncovered", str(figures["uncovered_shifts"]), "", tone(figures["uncovered_shifts"])),
    ]  # fmt: skip
    if figures["visit_hours"] is None:
        return [*tiles, tile("paid", words.decimal(paid))]
    left, visits = figures["unserved_visits"], figures["visits"]
    below = words("roster.kpi.unserved.of", visits=visits, critical=figures["unserved_critical"])
    km, home = round(figures["travel_km"]), words.hours(figures["home_leg_minutes"])
    return [
        tile("unserved", str(left), below, tone(left)),
        *tiles,
        tile("paid", words.decimal(paid)),
        tile("client", words.decimal(figures["visit_hours"]), share(figures["visit_hours"])),
        tile("travel", words.hours(figures["travel_minutes"]), words("roster.kpi.travel.km", km=km, home=home)),
        tile("other", words.decimal(figures["nonclient_hours"]), share(figures["nonclient_hours"])),
        tile("waiting", words.decimal(figures["waiting_hours"]),
             words("roster.kpi.gap", minutes=figures["largest_gap_min"])),
    ]  # fmt: skip


def _opening(words: Words, each: OpenDuty) -> dict[str, Any]:
    if each.work:
        key = "roster.open.visit" if len(each.work) == 1 else "roster.open.visits"
        what = words(key, count=len(each.work), hours=words.hours(each.minutes))
    else:
        key = "roster.open.wanted" if not each.must else "roster.open.standby" if each.standby else "roster.open.cover"
        what = words(key, missing=each.missing)
    owners = " + ".join(words.instance.organisation_by_id[owner].name for owner in each.organisations)
    return {
        "when": f"{words.short_day(each.day)} {words.span(each.start, each.end)}",
        "what": what,
        "skills": words("roster.open.skills", skills=", ".join(each.skills)) if each.skills else "",
        "area": " · ".join(part for part in (each.area, owners) if part),
        "must": each.must,
    }


def _moments(words: Words, plan: Plan, names: Names) -> list[dict[str, Any]]:
    instance, rows = words.instance, []
    for each in plan.unserved:
        work = instance.visit_by_id.get(each.id) or instance.task_by_id.get(each.id)
        if work is None:
            continue
        start, end = first_window(instance, work)
        day = instance.clock.date_of(instance.clock.day_of(start))
        visit = work if isinstance(work, Visit) else None
        tags = []
        if visit is not None and (visit.time_critical or visit.priority == "critical"):
            tags.append(words("roster.moments.critical"))
        if visit is not None and visit.nurses == 2:
            tags.append(words("roster.moments.two"))
        if visit is not None and len({window.day for window in visit.windows}) > 1:
            tags.append(words("roster.moments.flexible"))
        rows.append(
            {
                "start": start,
                "when": f"{words.short_day(day)} {words.span(start, end)}",
                "what": f"{title_of(words, work)} · {words('map.minutes', minutes=work.minutes)}",
                "client": visit.client if visit else "",
                "person": name_of(names, visit.client) if visit and visit.client in names else "",
                "area": area_of(instance, work),
                "tags": tags,
                "reason": words(f"roster.reason.{each.reason}"),
                "detail": each.detail,
            }
        )
    return sorted(rows, key=lambda row: (row["start"], row["client"]))
