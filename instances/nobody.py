"""Visits that no nurse of any organisation may do, whoever works: unserved under every contract."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from optimiser.domain.instance import Instance
from optimiser.domain.people import Nurse
from optimiser.domain.work import Visit

Validity = dict[tuple[str, str], list[tuple[date, date]]]


def visits_of_nobody(instance: Instance) -> list[Visit]:
    """Visits for which, on each of their days, every nurse lacks a skill, the level, the order form, or the client's
    consent (plan language 13). Skills that nobody has at all are left to a warning of their own."""
    validity: Validity = defaultdict(list)
    for row in instance.nurse_skills:
        validity[row.nurse, row.skill].append((row.valid_from or date.min, row.valid_until or date.max))
    existing = {skill for _, skill in validity}
    banned = {(row.client, row.nurse) for row in instance.client_nurses if row.relation == "banned"}
    able = [nurse for nurse in instance.nurses if nurse.experience == "experienced"]
    return [
        visit
        for visit in instance.visits
        if existing.issuperset(visit.skills)
        and not any(_may(instance, visit, nurse, validity, banned) for nurse in able)
    ]


def _may(instance: Instance, visit: Visit, nurse: Nurse, validity: Validity, banned: set[tuple[str, str]]) -> bool:
    client = instance.client_by_id[visit.client]
    if nurse.level < visit.level or (client.id, nurse.id) in banned:
        return False
    if client.sex_wish and client.sex_wish != nurse.sex:
        return False
    if client.language_wish and client.language_wish not in nurse.languages:
        return False
    periods = [validity.get((nurse.id, skill), []) for skill in visit.skills]
    days = [instance.clock.date_of(window.day) for window in visit.windows]
    low, high = visit.order_form_from or date.min, visit.order_form_until or date.max
    return any(
        (low <= day <= high or not visit.order_form_needed)
        and all(any(first <= day <= last for first, last in each) for each in periods)
        for day in days
    )
