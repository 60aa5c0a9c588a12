"""Robustness of a plan: the week replayed with sampled absence, urgent referrals and overruns after publication."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.domain.figure import Figures
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.simulate.chance import happenings
from optimiser.simulate.consequences import Consequences
from optimiser.simulate.figures import robustness_figures
from optimiser.simulate.replay import replay
from optimiser.simulate.settings import ChanceSettings
from optimiser.studies.robustness_hardest import hardest_absence
from optimiser.studies.robustness_repair import TelephoneRepair

REPLAYS = 20


def robustness(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, seed: int, replays: int = REPLAYS,
    settings: ChanceSettings | None = None,
) -> Figures:  # fmt: skip
    """The figures of ``simulate.figures.ROBUSTNESS_FIGURES`` for one plan with routes, in total and per organisation.

    The same ``seed`` gives every scenario of a week the same happenings; give each week a seed of its own. A plan
    without routes has no such figures, nor has what is not replayed: all are None.
    """
    if not plan.with_routes or replays < 1:
        nothing = robustness_figures((), ()).total
        return Figures(total={**dict.fromkeys(nothing), "robust_hardest_absence": None})
    played = replayed_weeks(instance, contract, travel, plan, seed, replays, settings or ChanceSettings())
    found = robustness_figures(played, [each.id for each in instance.organisations])
    hardest = hardest_absence(instance, contract, travel, plan)
    return found.model_copy(update={"total": {**found.total, "robust_hardest_absence": float(hardest.undone)}})


def replayed_weeks(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, seed: int, replays: int,
    settings: ChanceSettings,
) -> Iterator[Consequences]:  # fmt: skip
    """Each replay with what follows from it, repaired by telephone."""
    repair = TelephoneRepair(instance, contract, travel, plan)
    for number in range(replays):
        drawn = happenings(instance, settings, seed, number)
        yield Consequences(replay(instance, contract, travel, plan, drawn, repair))
