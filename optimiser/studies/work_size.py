"""How much there is to plan, by which the effort of a study is shared out, and what varies where demand does not."""

from __future__ import annotations

from optimiser.domain.duty import Cover
from optimiser.domain.instance import Instance

SEEDS_OF_A_WEEK = 100_000
"""More than the seeds that one run of the planner uses."""


def work_size(instance: Instance) -> int:
    """Visits; without visits the duties that cover asks in the horizon, each organisation for itself (rows of areas
    that only some contracts use are left out, unless there are no others)."""
    if instance.visits:
        return len(instance.visits)
    always = [row for row in instance.cover if not (row.area and instance.area_by_id[row.area].division)]
    return sum(max(row.minimum, row.wanted) * _times(instance, row) for row in always or instance.cover)


def is_duties_only(instance: Instance) -> bool:
    """Whether nothing is asked but duties: no visits and no tasks in routes, so that no plan of it has routes."""
    return not instance.visits and not any(task.in_route for task in instance.tasks)


def run_seed(instance: Instance, week: int, seed: int) -> int:
    """The planner's seed in a week of demand. Without visits no week differs from another in what is asked, so each is
    planned anew: the interval over weeks then holds the chance of search and of calls."""
    return seed if instance.visits else SEEDS_OF_A_WEEK * week + seed


def _times(instance: Instance, row: Cover) -> int:
    if row.day is not None:
        return int(0 <= instance.clock.day_number(row.day) < instance.days)
    return instance.weeks * (len(row.weekdays) or 7)
