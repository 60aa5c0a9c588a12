"""The base roster as a plan of duties: to start from, to judge, and to compare a plan with."""

from __future__ import annotations

from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import SharingContract


def base_roster(instance: Instance, contract: SharingContract, wishes: bool = False) -> Plan:
    """A draft with the published and base duties of the horizon, cycles included, and no others; no routes.

    Of more duties of a nurse on one day in one lane it holds the published one, else the last of the table. ``wishes``
    adds given duties of status ``wish`` where nothing else stands. It is not made to be lawful, and covers what it
    covers: as the ``start`` of planning, what may not be is left out (``search.start.duties_of_plan``).
    """
    chosen: dict[tuple[str, int, str], Duty] = {}
    for status in (("published", "base", "wish") if wishes else ("published", "base")):
        rows = [row for row in instance.duties_given if row.status == status]
        of_status: dict[tuple[str, int, str], Duty] = {}
        for row in rows:
            day, kind = instance.clock.day_number(row.day), instance.kind_by_id[row.kind]
            nurse = instance.nurse_by_id[row.nurse]
            if 0 <= day < instance.days and nurse.experience != "student":
                bounds = segment_bounds(kind, instance.clock, day)
                of_status[row.nurse, day, kind.lane] = Duty(
                    id=f"{row.nurse}/{row.day}/{kind.lane}", nurse=row.nurse, kind=row.kind, day=row.day,
                    lane=kind.lane, start=bounds[0][0], end=bounds[-1][1], organisation=nurse.organisation,
                    status=row.status,
                )  # fmt: skip
        chosen = of_status | chosen
    duties = sorted(chosen.values(), key=lambda duty: (duty.start, duty.id))
    return Plan(
        instance=instance.name, fingerprint=instance.fingerprint, row_hashes=instance.row_hashes, contract=contract,
        status="imported", duties=tuple(duties), with_routes=False, overrides=instance.overrides,
    )  # fmt: skip
