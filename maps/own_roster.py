"""A nurse's own roster of some weeks: her duties, what became of her base roster, and her ledger of the year.

For rosters without routes, which have no cards: evenings, nights and weekends of months, told long before the routes.
It is hers and her manager's; no colleague stands on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from maps.ledger import ledger_rows
from maps.page import render
from maps.words import Names, Words, name_of
from optimiser.domain.instance import Instance
from optimiser.domain.money import is_holiday
from optimiser.domain.plan import Plan
from optimiser.report.base_kept import base_kept
from optimiser.report.ledger import ledger
from optimiser.texts import Language


def own_roster_page(instance: Instance, plan: Plan, nurse: str, names: Names, language: Language = "nl") -> str:
    """The page as HTML, one file without scripts. Raises ``KeyError`` on an unknown nurse."""
    words, person = Words(instance, language), instance.nurse_by_id[nurse]
    kept = base_kept(instance, plan).get(nurse)
    return render(
        "own_roster.html.j2",
        lang=language,
        t=words,
        name=name_of(names, nurse),
        nurse=person.id,
        first=words.long_day(instance.first_monday),
        last=f"{words.long_day(instance.clock.date_of(instance.days - 1))} "
        f"{instance.clock.date_of(instance.days - 1).year}",
        synthetic=bool(instance.provenance.get("synthetic")),
        weeks=[_week(words, plan, nurse, week) for week in range(instance.weeks)],
        ledger=ledger_rows(words, (line for line in ledger(instance, plan) if line.nurse == nurse)).get(nurse, ()),
        kept=kept,
        left=[_left(words, *each) for each in kept.left] if kept else [],
    )


def own_roster_files(
    instance: Instance, plan: Plan, names: Names, nurses: Collection[str] | None = None, language: Language = "nl"
) -> Iterator[tuple[str, str]]:
    """(file name, page) for each nurse with a duty, or each of ``nurses``: ``<nurse>_rooster.html``."""
    for person in instance.nurses:
        if (nurses is None and person.id in plan.duties_of) or (nurses is not None and person.id in nurses):
            yield f"{person.id}_rooster.html", own_roster_page(instance, plan, person.id, names, language)


def _week(words: Words, plan: Plan, nurse: str, week: int) -> dict[str, Any]:
    """A week with the duties that start in it."""
    instance = words.instance
    monday = instance.clock.date_of(7 * week)
    duties = []
    for duty in sorted(plan.duties_of.get(nurse, ()), key=lambda each: each.start):
        if instance.clock.day_number(duty.day) // 7 == week:
            kind = instance.kind_by_id[duty.kind]
            duties.append({
                "day": words.short_day(duty.day), "holiday": is_holiday(duty.day, instance.money), "code": kind.code,
                "name": kind.name, "category": kind.category, "lane": kind.lane,
                "span": words.span(duty.start, duty.end),
            })  # fmt: skip
    return {"title": words.week_of(monday), "duties": duties}


def _left(words: Words, day: date, asked: str, instead: tuple[str, ...]) -> str:
    """A base duty that the plan does not hold, and what stands there."""
    kinds = words.instance.kind_by_id
    held = ", ".join(kinds[each].name for each in instead) or words("own_roster.free")
    return words("own_roster.left", day=words.short_day(day), asked=kinds[asked].name, instead=held)
