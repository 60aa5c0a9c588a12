"""Competence that runs out: the last one with a skill that visits ask for loses it within 90 days of the horizon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from optimiser.check.case import Case
from optimiser.check.sharing import may_ever_lend
from optimiser.check.violation import Violation
from optimiser.domain.people import Nurse


def judge(case: Case) -> Iterator[Violation]:
    """One signal for each skill and last nurse who has it for an organisation's visits, on her first day without."""
    until = case.clock.date_of(case.instance.days - 1) + timedelta(days=case.rules.skill_notice_days.value)
    clients, nurses = case.instance.client_by_id, case.instance.nurses
    asked = {(clients[visit.client].organisation, skill) for visit in case.instance.visits for skill in visit.skills}
    found = set()
    for organisation, skill in asked:
        able = [each for each in nurses if may_ever_lend(case, organisation, each, skill)]
        ends = [(last, nurse.id) for nurse in able if (last := _last_day(case, nurse, skill)) is not None]
        if ends and max(ends)[0] <= until:
            found.add((*max(ends), skill))
    for day, nurse, skill in sorted(found):
        lost = case.clock.day_number(day) + 1
        yield case.found("competence.expiring", case.clock.midnight(lost), case.clock.midnight(lost + 1),
                         nurse=nurse, subject=skill)  # fmt: skip


def _last_day(case: Case, nurse: Nurse, skill: str) -> date | None:
    """The last day on which she has the skill, from the horizon's first day on; None when she does not have it.

    Only who may work alone counts. A row that begins later counts as well: it is the proof of a renewal.
    """
    if nurse.experience != "experienced":
        return None
    first = case.clock.date_of(0)
    return max((last for _, last in case.skills_of[nurse.id][skill] if last >= first), default=None)
