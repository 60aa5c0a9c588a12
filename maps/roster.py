"""The roster page: what is open, what the rules say and what changed, in weeks, months and hours, for the manager."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from maps.ledger import heads, ledger_rows
from maps.page import asset, render
from maps.roster_calendar import RosterWeek, roster_months, roster_weeks
from maps.roster_changes import RosterChanges
from maps.roster_lists import Open, open_lines, said_lines, tiles, used_kinds
from maps.roster_source import RosterSource
from maps.roster_view import Hours, RosterView
from maps.words import Names, Words
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import PRESETS
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.base_kept import base_kept
from optimiser.report.changes import Change, changes_between
from optimiser.report.ledger import ledger
from optimiser.report.signals import CheckReport
from optimiser.texts import Language

FEW_WEEKS = 2
"""Up to so many weeks the page opens in weeks, above it in months."""


def roster_page(
    instance: Instance,
    travel: TravelMatrix,
    plan: Plan,
    report: CheckReport,
    names: Names,
    language: Language = "nl",
    *,
    changes: Sequence[Change] = (),
    before: Plan | None = None,
    since: str = "",
    beside_maps: bool = True,
    guests: Collection[str] = (),
) -> str:
    """The page as HTML, one file without a network. It names nurses and clients: it is for the team's manager.

    ``before`` is the version to compare with: duties always, visits where ``changes`` does not give them already.
    ``since`` says what that version is, when its number does not do. ``beside_maps`` links the route pages and the team
    map in the folder ``maps`` beside the page. Without ``names`` people are ids. ``guests`` are colleagues of other
    organisations, of whom only what care asks is seen: no hours of theirs are told or counted.
    """
    words = Words(instance, language)
    work = changes or _work(instance, before, plan)
    compared = RosterChanges(words, names, plan, before, work, since or _version(words, before))
    source = RosterSource(words, travel, plan, report, names, compared, beside_maps, frozenset(guests))
    view, opened = RosterView(source), open_lines(source)
    weeks = roster_weeks(words)
    months = list(roster_months(words, weeks)) if len(weeks) > 1 else []
    hours = view.hours()
    shared = ledger_rows(words, ledger(instance, plan))
    preset = plan.contract.name in PRESETS
    return render(
        "roster.html.j2",
        scripts=(asset("roster.js"),),
        lang=language,
        t=words,
        instance=instance,
        scenario=words(f"roster.scenario.{plan.contract.name}") if preset else plan.contract.name,
        weeks=[(week, view.week(week), _tally(view, week, opened)) for week in weeks],
        months=[(month, view.month(month)) for month in months],
        hours=hours,
        ledger=shared,
        ledger_heads=heads(shared),
        base=base_kept(instance, plan),
        codes={kind.id: kind.code for kind in instance.shift_kinds},
        names_of={person.id: person.name for person in view.people.values()},
        sums=[sum((row for _, row in group.rows), _nothing(len(weeks))) for group in hours],
        people=list(view.people.values()),
        cells=view.cells.values(),
        per_day=_per_day(opened),
        kpis=tiles(source),
        opened=opened,
        findings=said_lines(source),
        not_judged=[note.sentence(language) for note in report.notes],
        changes=compared,
        with_routes=plan.with_routes,
        with_stops=source.with_stops,
        has_map=beside_maps and any(duty.stops for duty in plan.duties),
        first_view="month" if len(weeks) > FEW_WEEKS else "week",
        kinds=used_kinds(source),
        skills=sorted({row.skill for row in instance.nurse_skills}),
        feasts=any(day.feast for week in weeks for day in week.days),
        overtime=8 * 60,
    )


def _work(instance: Instance, before: Plan | None, plan: Plan) -> Sequence[Change]:
    """Changes of work, where both versions have routes."""
    if before is None or not (before.with_routes and plan.with_routes):
        return ()
    return changes_between({visit.id: visit.client for visit in instance.visits}, before, plan)


def _version(words: Words, before: Plan | None) -> str:
    """What the earlier version is called."""
    if before is None:
        return ""
    if before.published is None:
        return words("roster.version.draft", version=before.version)
    return words("roster.version.told", version=before.version, day=words.long_day(before.published.date()))


def _nothing(weeks: int) -> Hours:
    from optimiser.report.kpis import DutyTime

    return Hours(0, 0, 0, 0, 0, 0, DutyTime(), ((0, 0),) * weeks)


def _per_day(opened: Sequence[Open]) -> dict[date, dict[str, Any]]:
    """Date -> how many duties and care moments are open, and how many duties are only wanted, with their lines."""
    table: dict[date, dict[str, Any]] = {}
    for line in opened:
        row = table.setdefault(line.day, {"cover": 0, "wanted": 0, "moment": 0, "lines": []})
        row["lines"].append(line)
        if line.kind == "cover":
            row["cover" if line.must else "wanted"] += line.missing
        elif line.kind == "moment":
            row["moment"] += 1
    return table


def _tally(view: RosterView, week: RosterWeek, opened: Sequence[Open]) -> dict[str, int]:
    """How much of a week is open, wrong and changed."""
    days = {each.day for each in week.days}
    cells = [view.cells[nurse, each.number] for nurse in view.people for each in week.days]
    return {
        "open": sum(line.missing for line in opened if line.day in days and line.must and line.kind != "work"),
        "wrong": len({note.violation for cell in cells for note in cell.notes if note.kind == "violation"}),
        "changed": sum(1 for cell in cells if cell.changes),
    }
