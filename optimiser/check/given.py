"""What the tables fix by themselves: said when no plan around it exists."""

from __future__ import annotations

from optimiser.check.checker import TOKENS, check
from optimiser.check.violation import Violation
from optimiser.domain.duty import GivenDuty
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix


def given_violations(instance: Instance, contract: SharingContract, travel: TravelMatrix) -> tuple[Violation, ...]:
    """The rules that published duties break together with the context, whatever else is planned; also the
    reduced rests they use (``allow_planned_tokens`` lets plans use those).

    Empty when they keep every rule: then only the solver knows why nothing fits around them.
    """
    duties = tuple(_duty(instance, row) for row in instance.duties_given if row.status == "published")
    plan = Plan(
        instance=instance.name, fingerprint=instance.fingerprint, contract=contract, status="imported", duties=duties,
        with_routes=False,
    )  # fmt: skip
    report = check(instance, contract, travel, plan)
    # a rest that the law allows now and then is no violation, and yet no plan of ours may use it unasked
    tokens = (each for each in report.signals if each.rule in TOKENS)
    return (*report.violations, *report.inherited, *tokens)


def _duty(instance: Instance, row: GivenDuty) -> Duty:
    kind, day = instance.kind_by_id[row.kind], instance.clock.day_number(row.day)
    return Duty(
        id=f"{row.nurse}/{row.day}/{kind.lane}", nurse=row.nurse, kind=kind.id, day=row.day, lane=kind.lane,
        start=instance.clock.at(day, kind.start), end=instance.clock.at(day, kind.last_end),
        organisation=instance.nurse_by_id[row.nurse].organisation, status=row.status,
    )  # fmt: skip
