"""The fragility of a roster in plain sentences, worst first."""

from __future__ import annotations

from typing import Any

from optimiser.check.violation import day_and_month
from optimiser.daily.fragility import FragilityReport
from optimiser.daily.fragility_absence import Absence
from optimiser.daily.fragility_skills import OnlyNurse, SkillDay, SkillTeam
from optimiser.texts import Language, text

SHOWN = 4
"""So many visits are named in one sentence."""


def fragility_lines(report: FragilityReport, language: Language = "nl") -> tuple[str, ...]:
    """The overall figure, then a sentence for each fragile absence, skill and client."""
    values = {"percent": round(100 * report.share), "robust": report.robust, "total": len(report.absences)}
    head = text("fragility.share" if report.exact else "fragility.share_at_least", language, **values)
    return (
        head, *(absence_line(each, language) for each in report.fragile),
        *(skill_day_line(each, language) for each in report.skills_by_day),
        *(skill_line(each, language) for each in report.skills),
        *(client_line(each, language) for each in report.clients),
    )  # fmt: skip


def absence_line(absence: Absence, language: Language = "nl") -> str:
    """What her absence breaks, the cheapest fix, and whom to ask first."""
    what = []
    alone = [each.work for each in absence.critical if each.alone]
    open_work = [each.work for each in absence.critical if not each.alone]
    if absence.cover:
        rows = ", ".join(row for short in absence.cover for row in short.rows)
        what.append(text("fragility.cover", language, rows=rows))
    if alone:
        what.append(text("fragility.alone", language, visits=_some(alone, language)))
    if open_work:
        what.append(text("fragility.open", language, visits=_some(open_work, language)))
    others = len(absence.open_work) - len(absence.critical)
    if others:
        what.append(text("fragility.others", language, count=others))
    sentence = text(
        "fragility.absence", language, nurse=absence.nurse, day=day_and_month(absence.day, language),
        what="; ".join(what) or text("fragility.nothing", language),
    )  # fmt: skip
    if absence.fixes:
        sentence += " " + absence.fixes[0].sentence(language)
    if absence.ask:
        sentence += " " + text("fragility.ask", language, nurses=", ".join(absence.ask))
    return sentence


def skill_day_line(each: SkillDay, language: Language = "nl") -> str:
    """A skill that one nurse on duty has, or nobody."""
    key = "fragility.skill_day" if each.nurses else "fragility.skill_day_nobody"
    return text(
        key, language, skill=each.skill, day=day_and_month(each.day, language), nurse="".join(each.nurses),
        visits=each.visits,
    )  # fmt: skip


def skill_line(each: SkillTeam, language: Language = "nl") -> str:
    """A skill that one nurse of the team keeps, or nobody."""
    ending = ", ".join(f"{nurse} ({day.isoformat()})" for day, nurse in each.ending)
    holders = ", ".join(each.holders) or "-"
    sentence = text("fragility.skill", language, skill=each.skill, holders=holders, left=each.left)
    return sentence + (" " + text("fragility.ending", language, ending=ending) if ending else "")


def client_line(each: OnlyNurse, language: Language = "nl") -> str:
    """A client whose critical visits one nurse may do, or nobody."""
    key = "fragility.client" if each.nurse else "fragility.client_nobody"
    return text(key, language, client=each.client, nurse=each.nurse, count=len(each.visits))


def _some(names: list[str], language: Language) -> str:
    shown = ", ".join(names[:SHOWN])
    more = len(names) - SHOWN
    return shown if more <= 0 else text("fragility.and_more", language, names=shown, count=more)


def fragility_json(report: FragilityReport) -> dict[str, Any]:
    """The report as plain values: ids, dates as ISO text, prices in minute-equivalents."""
    return {
        "share": round(report.share, 4), "robust": report.robust, "absences_judged": len(report.absences),
        "exact": report.exact,
        "absences": [
            {
                "nurse": each.nurse, "day": each.day.isoformat(), "duties": [duty.id for duty in each.duties],
                "robust": each.robust, "repaired": each.repaired, "ask": list(each.ask),
                "cover": [row for short in each.cover for row in short.rows],
                "open": [{"work": one.work, "critical": one.critical, "alone": one.alone} for one in each.open_work],
                "fixes": [
                    {"kind": fix.kind, "nurse": fix.nurse, "skill": fix.skill, "shift_kind": fix.kind_id,
                     "price": fix.price, "mends": fix.mends}
                    for fix in each.fixes
                ],
            }
            for each in report.absences
        ],
        "skills_by_day": [
            {"skill": each.skill, "day": each.day.isoformat(), "nurses": list(each.nurses), "visits": each.visits}
            for each in report.skills_by_day
        ],
        "skills": [
            {"skill": each.skill, "holders": list(each.holders), "left": each.left,
             "ending": [{"nurse": nurse, "day": day.isoformat()} for day, nurse in each.ending]}
            for each in report.skills
        ],
        "clients": [
            {"client": each.client, "nurse": each.nurse, "visits": list(each.visits)} for each in report.clients
        ],
    }  # fmt: skip
