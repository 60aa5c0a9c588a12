"""The table that folds skills, level, consent, bans, wishes, familiarity and ownership into one number."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.instance import Instance
from optimiser.domain.people import Nurse
from optimiser.domain.problem import FORBIDDEN, Job
from optimiser.domain.sharing import SharingContract
from optimiser.domain.work import Visit
from optimiser.scenario.shared import may_lend


class Familiarity:
    """Which nurses a client prefers, knows or bans; a nurse of the past days is known."""

    def __init__(self, instance: Instance) -> None:
        relations: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in instance.client_nurses:
            relations[row.relation][row.client].add(row.nurse)
        for past in instance.past_visits:
            relations["known"][past.client].add(past.nurse)
        self.preferred, self.known, self.banned = (relations[name] for name in ("preferred", "known", "banned"))

    def faces(self, client: str) -> set[str]:
        """Nurses whom a client prefers or knows."""
        return self.preferred.get(client, set()) | self.known.get(client, set())

    def cost(self, instance: Instance, client: str, nurse: str) -> int:
        """Price of this nurse at this client in minute-equivalents (terms not_preferred and unfamiliar)."""
        preferred, known = self.preferred.get(client, set()), self.known.get(client, set())
        cost = 0
        if preferred and nurse not in preferred:
            cost += instance.weights.not_preferred
        if (preferred or known) and nurse not in preferred | known:
            cost += instance.weights.unfamiliar
        return cost


class SkillTable:
    """Which nurse holds which skill on a date."""

    def __init__(self, instance: Instance) -> None:
        self._rows: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
        for row in instance.nurse_skills:
            self._rows[row.nurse, row.skill].append((row.valid_from or date.min, row.valid_until or date.max))

    def holds(self, nurse: str, skills: tuple[str, ...], day: date) -> bool:
        """Whether every skill is valid that day."""
        return all(any(low <= day <= high for low, high in self._rows.get((nurse, skill), ())) for skill in skills)


def may_serve(instance: Instance, contract: SharingContract, jobs: tuple[Job, ...]) -> tuple[NDArray[np.int32], ...]:
    """One table per job, int32 [its windows, nurses]: FORBIDDEN or a cost in minute-equivalents.

    A window that passes midnight needs skills and order form on both dates.
    """
    familiarity, skills = Familiarity(instance), SkillTable(instance)
    tables = []
    for job in jobs:
        table = np.full((len(job.windows), len(instance.nurses)), FORBIDDEN, dtype=np.int32)
        for row, (opening, latest, _) in enumerate(job.windows):
            dates = {instance.clock.moment_of(minute).date() for minute in (opening, latest)}
            for column, nurse in enumerate(instance.nurses):
                if job.what == "visit":
                    visit = instance.visit_by_id[job.id]
                    table[row, column] = _visit_cost(
                        instance, contract, familiarity, skills, visit, job.part, nurse, dates, opening
                    )
                elif _may_do_task(instance, skills, job.id, nurse, dates):
                    table[row, column] = 0
        tables.append(table)
    return tuple(tables)


def _visit_cost(
    instance: Instance,
    contract: SharingContract,
    familiarity: Familiarity,
    skills: SkillTable,
    visit: Visit,
    part: int,
    nurse: Nurse,
    dates: set[date],
    opening: int,
) -> int:
    client = instance.client_by_id[visit.client]
    if nurse.experience == "student" or (nurse.experience == "new" and part == 1) or nurse.level < visit.level:
        return FORBIDDEN
    if nurse.id in familiarity.banned.get(client.id, ()):
        return FORBIDDEN
    if part == 1:
        if client.sex_wish and nurse.sex != client.sex_wish:
            return FORBIDDEN
        if client.language_wish and client.language_wish not in nurse.languages:
            return FORBIDDEN
        if not all(skills.holds(nurse.id, visit.skills, day) for day in dates):
            return FORBIDDEN
    if visit.order_form_needed:
        low, high = visit.order_form_from or date.min, visit.order_form_until or date.max
        absent = visit.order_form_from is None and visit.order_form_until is None
        if absent or not all(low <= day <= high for day in dates):
            return FORBIDDEN
    cost = familiarity.cost(instance, client.id, nurse.id)
    if client.organisation != nurse.organisation:
        if not may_lend(instance, contract, visit, client, nurse, familiarity.faces(client.id), opening):
            return FORBIDDEN
        cost += contract.lending_minutes * instance.weights.lending
    return cost


def _may_do_task(instance: Instance, skills: SkillTable, task_id: str, nurse: Nurse, dates: set[date]) -> bool:
    task = instance.task_by_id[task_id]
    if task.nurse is not None:
        return task.nurse == nurse.id
    return (
        nurse.experience == "experienced"
        and nurse.organisation == task.organisation
        and all(skills.holds(nurse.id, task.skills, day) for day in dates)
    )
