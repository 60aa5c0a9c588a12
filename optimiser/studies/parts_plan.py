"""Organisations that share nothing are planned apart; their plans are put together, judged and used as a start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from optimiser.check.checker import check
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import SharingContract
from optimiser.travel.engine import travel_matrix


@dataclass(frozen=True)
class Effort:
    """What one run over the whole instance may take: wall seconds, or iterations of each island; parts take a share
    by their work (``work_size``), so that each visit or duty has the same effort wherever it is planned."""

    seconds: float | None
    iterations: int | None
    seed: int
    islands: int = 2

    def part(self, work: int, of: int) -> Effort:
        """The share of ``work`` of ``of``; at least two seconds or 50 iterations, without which search finds
        nothing at all."""
        share = work / max(1, of)
        return Effort(
            None if self.seconds is None else max(2.0, self.seconds * share),
            None if self.iterations is None else max(50, round(self.iterations * share)),
            self.seed, self.islands,
        )  # fmt: skip


def merged(instance: Instance, contract: SharingContract, plans: Sequence[Plan]) -> Plan:
    """The plans of parts as one plan of the whole, under a contract that allows what they do or not: its objective,
    with the violations, is what the checker counts."""
    plan = Plan(
        instance=instance.name, fingerprint=instance.fingerprint, row_hashes=instance.row_hashes, contract=contract,
        seed=plans[0].seed, time_limit_s=plans[0].time_limit_s, iterations=plans[0].iterations,
        cpu_s=round(sum(each.cpu_s for each in plans), 2),
        duties=tuple(duty for each in plans for duty in each.duties),
        unserved=tuple(work for each in plans for work in each.unserved),
        with_routes=all(each.with_routes for each in plans),
    )  # fmt: skip
    report = check(instance, contract, travel_matrix(instance), plan)
    return plan.model_copy(update={"objective": report.objective, "objective_terms": report.counts})


def plan_of(result: dict[str, Any]) -> Plan | None:
    """The plan in the result of a job."""
    return None if result["plan"] is None else Plan.model_validate(result["plan"])
