"""The hardest single absence: which duty leaves most undone when its nurse does not come and nobody else does."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.simulate.chance import Happenings
from optimiser.simulate.consequences import Consequences
from optimiser.simulate.replay import replay
from optimiser.simulate.settings import ChanceSettings
from optimiser.studies.robustness_repair import TelephoneRepair


@dataclass(frozen=True)
class HardestAbsence:
    """``undone`` visits, and duties missing to the minimum of cover, when ``nurse`` is absent on day number ``day``.

    Who and when are for the planner only, in no report that others read. None and 0 in a plan without duties.
    """

    undone: int
    nurse: str | None = None
    day: int | None = None


def hardest_absence(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan
) -> HardestAbsence:
    """Each nurse away one day, one at a time: her work goes to the others on duty as far as it fits, nobody is called.

    What is left undone: visits, and duties below the minimum of cover. Nurse-days are tried from the fullest on, until
    no other one can be worse.
    """
    alone = TelephoneRepair(instance, contract, travel, plan, extra=False, hire=False)
    worst = HardestAbsence(0)
    clock = instance.clock
    days: dict[tuple[str, int], list[Duty]] = {}
    for duty in plan.duties:
        if duty.follows is None:
            days.setdefault((duty.nurse, clock.day_number(duty.day)), []).append(duty)
    most = {key: _most(duties) for key, duties in days.items()}
    for (nurse, day), bound in sorted(most.items(), key=lambda each: (-each[1], each[0])):
        if bound <= worst.undone:
            break
        nothing = Happenings(ChanceSettings.nothing(), ill={nurse: frozenset({day})})
        after = Consequences(replay(instance, contract, travel, plan, nothing, alone))
        undone = len(after.open_visits) + sum(short.below_minimum for short in after.gaps)
        if undone > worst.undone:
            worst = HardestAbsence(undone, nurse, day)
    return worst


def _most(duties: list[Duty]) -> int:
    """Undone at most, but for what is tied to it or watched by her: her visits, and one place in cover per duty."""
    return len({stop.id for duty in duties for stop in duty.stops}) + len(duties)
