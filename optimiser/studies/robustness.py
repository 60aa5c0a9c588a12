"""Robustness of a plan: the week replayed with sampled absence, urgent referrals and overruns after publication."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.domain.figure import Figures, Values
from optimiser.domain.instance import Instance
from optimiser.domain.long_roster import plans_duties_only
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.simulate.chance import happenings
from optimiser.simulate.consequences import Consequences
from optimiser.simulate.figures import FROM_ROUTES, robustness_figures
from optimiser.simulate.replay import replay
from optimiser.simulate.settings import ChanceSettings
from optimiser.simulate.tables import rebuilt
from optimiser.studies.robustness_hardest import hardest_absence
from optimiser.studies.robustness_repair import TelephoneRepair

REPLAYS = 20


def robustness(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, seed: int, replays: int = REPLAYS,
    settings: ChanceSettings | None = None,
) -> Figures:  # fmt: skip
    """The figures of ``simulate.figures.ROBUSTNESS_FIGURES`` for one plan, in total and per organisation.

    The same ``seed`` gives every scenario of a week the same happenings; give each week a seed of its own. Where plans
    hold duties only (``plans_duties_only``) only absence is replayed and what routes would tell is None. A plan that
    lacks the routes which others of its instance have has no such figures, nor has what is not replayed: all are None.
    """
    if replays < 1 or not (plan.with_routes or plans_duties_only(instance)):
        nothing = robustness_figures((), ()).total
        return Figures(total={**dict.fromkeys(nothing), "robust_hardest_absence": None})
    if plans_duties_only(instance):
        return _of_duties(instance, contract, travel, plan, seed, replays, settings or ChanceSettings())
    played = replayed_weeks(instance, contract, travel, plan, seed, replays, settings or ChanceSettings())
    found = robustness_figures(played, [each.id for each in instance.organisations])
    hardest = hardest_absence(instance, contract, travel, plan)
    return found.model_copy(update={"total": {**found.total, "robust_hardest_absence": float(hardest.undone)}})


def _of_duties(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, seed: int, replays: int,
    settings: ChanceSettings,
) -> Figures:  # fmt: skip
    """Replays of a roster of duties: a duty that falls away is done without, refilled, or hired."""
    tasks = tuple(task for task in instance.tasks if not task.in_route)
    duties_only = rebuilt(instance, visits=(), work_links=(), tasks=tasks)
    roster = rebuilt(plan, unserved=(), with_routes=False)
    settings = settings.model_copy(update={"urgent_percent": 0.0})
    played = replayed_weeks(duties_only, contract, travel, roster, seed, replays, settings)
    found = robustness_figures(played, [each.id for each in instance.organisations])

    def known(values: Values) -> Values:
        return {name: None if name in FROM_ROUTES else value for name, value in values.items()}

    return Figures(
        total={**known(found.total), "robust_hardest_absence": None},
        organisations={name: known(values) for name, values in found.organisations.items()},
    )


def replayed_weeks(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan, seed: int, replays: int,
    settings: ChanceSettings,
) -> Iterator[Consequences]:  # fmt: skip
    """Each replay with what follows from it, repaired by telephone."""
    repair = TelephoneRepair(instance, contract, travel, plan)
    for number in range(replays):
        drawn = happenings(instance, settings, seed, number)
        yield Consequences(replay(instance, contract, travel, plan, drawn, repair))
