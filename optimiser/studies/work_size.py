"""How much there is to plan, by which the effort of a study is shared out, and what varies where demand does not."""

from __future__ import annotations

from math import ceil

from optimiser.domain.duty import Cover
from optimiser.domain.instance import Instance
from optimiser.domain.long_roster import plans_duties_only

SEEDS_OF_A_WEEK = 100_000
"""More than the seeds that one run of the planner uses."""


def work_size(instance: Instance) -> int:
    """Visits; where plans hold duties only the duties that cover asks in the horizon, each organisation for itself
    (rows of areas that only some contracts use are left out, unless there are no others)."""
    if not plans_duties_only(instance):
        return len(instance.visits)
    always = [row for row in instance.cover if not (row.area and instance.area_by_id[row.area].division)]
    return sum(max(row.minimum, row.wanted) * _times(instance, row) for row in always or instance.cover)


def run_seed(instance: Instance, week: int, seed: int) -> int:
    """The planner's seed in a week of demand. Where plans hold duties only no week differs from another in what is
    planned, so each is planned anew: the interval over weeks then holds the chance of search and of calls."""
    return SEEDS_OF_A_WEEK * week + seed if plans_duties_only(instance) else seed


def replays_of(instance: Instance, asked: int) -> int:
    """How often a plan is replayed with absence: as asked; where plans hold duties only, so often that the weeks of all
    replays together are as many as asked (once at least): a long roster holds many weeks."""
    return ceil(asked / instance.weeks) if plans_duties_only(instance) else asked


def _times(instance: Instance, row: Cover) -> int:
    if row.day is not None:
        return int(0 <= instance.clock.day_number(row.day) < instance.days)
    return instance.weeks * (len(row.weekdays) or 7)
