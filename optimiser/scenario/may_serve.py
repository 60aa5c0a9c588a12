"""The table that folds skills, level, consent, bans, wishes, familiarity and ownership into one number."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from optimiser.domain.instance import Instance
from optimiser.domain.problem import FORBIDDEN, Job
from optimiser.domain.sharing import SharingContract
from optimiser.domain.work import Visit
from optimiser.scenario.able import Dates, Team
from optimiser.scenario.familiarity import Familiarity as Familiarity
from optimiser.scenario.familiarity import SkillTable as SkillTable


def may_serve(instance: Instance, contract: SharingContract, jobs: tuple[Job, ...]) -> tuple[NDArray[np.int32], ...]:
    """One table per job, int32 [its windows, nurses]: FORBIDDEN or a cost in minute-equivalents.

    A window that passes midnight needs skills and order form on both dates.
    """
    team = Team(instance, contract)
    tables = []
    for job in jobs:
        table = np.full((len(job.windows), len(instance.nurses)), FORBIDDEN, dtype=np.int32)
        for row, (opening, latest, _) in enumerate(job.windows):
            dates = tuple(sorted({instance.clock.moment_of(minute).date() for minute in (opening, latest)}))
            if job.what == "visit":
                visit = instance.visit_by_id[job.id]
                if _has_form(visit, dates):
                    able = team.may_visit(visit, job.part, dates, opening)
                    table[row, able] = team.costs(instance.client_by_id[visit.client])[able]
            else:
                table[row, team.may_do_task(instance.task_by_id[job.id], dates)] = 0
        tables.append(table)
    return tuple(tables)


def _has_form(visit: Visit, dates: Dates) -> bool:
    if not visit.order_form_needed:
        return True
    low, high = visit.order_form_from or date.min, visit.order_form_until or date.max
    absent = visit.order_form_from is None and visit.order_form_until is None
    return not absent and all(low <= day <= high for day in dates)
