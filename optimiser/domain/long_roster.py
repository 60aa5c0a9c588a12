"""When a plan holds duties only: over a horizon of many weeks, or where nothing else is asked."""

from __future__ import annotations

from optimiser.domain.instance import Instance

LONG_WEEKS = 3
"""A roster of so many weeks or more is long: visits are not planned on it, and not missed."""


def is_long(instance: Instance) -> bool:
    """Whether the horizon is that of a long roster."""
    return instance.weeks >= LONG_WEEKS


def plans_duties_only(instance: Instance) -> bool:
    """Whether plans of an instance hold duties without routes: it is long, or has no visits and no tasks in routes."""
    return is_long(instance) or not (instance.visits or any(task.in_route for task in instance.tasks))
