"""What a reader must know before the figures of a comparison, as keys of texts; and the bound on what joining saves."""

from __future__ import annotations

from itertools import combinations
from math import sqrt
from typing import Any

from optimiser.domain.comparison import Comparison
from optimiser.domain.instance import Instance
from optimiser.scenario.parts import components

FEW_WEEKS = 5
"""With fewer weeks no interval is sure enough to call a difference clear."""
UNSERVED_APART = 0.5
"""Visits left open by which two scenarios may differ on average and still count as serving the same."""


def most_saved(instance: Instance, made: Comparison) -> dict[str, Any]:
    """``overlap`` and ``most_saved_percent`` of a comparison.

    The length of a tour of n stops spread evenly over one area grows with the square root of n (Beardwood, Halton and
    Hammersley 1959), so k organisations of equal size that share the whole of an area save at most 1 - 1/sqrt(k) of
    the travel between clients by joining; those that overlap less save less.
    """
    together = max(
        (part for name in made.scenarios for part in components(instance, made.contracts[name])), key=len, default=()
    )
    if len(together) < 2:
        return {"overlap": (), "most_saved_percent": None}
    return {"overlap": tuple(together), "most_saved_percent": round(100 * (1 - 1 / sqrt(len(together))), 1)}


def explanations(instance: Instance, made: Comparison) -> tuple[str, ...]:
    """Text keys, in the order in which they are told."""
    runs, keys = made.runs, []
    if any(run.levelled is False for run in runs):
        keys.append("not_levelled")
    if unserved_differ(made):
        keys.append("unserved_differs")
    bound = most_saved(instance, made)["most_saved_percent"]
    if bound is not None and any(saved > bound for saved in saved_percents(made).values()):
        keys.append("above_bound")
    if made.weeks < FEW_WEEKS:
        keys.append("few_weeks")
    if "current" in made.scenarios and made.weeks > 1:
        keys.append("current_one_week")
    if any(_worse(made, figure) for figure in ("faces_mean", "faces_most_14_days")):
        keys.append("continuity_worse")
    return tuple(f"compare.explain.{key}" for key in keys)


def saved_percents(made: Comparison) -> dict[str, float]:
    """``a-b`` -> how many percent of travel between clients b has less than a, of medians."""
    found = {}
    for one, other in combinations(made.scenarios, 2):
        both = [made.total.scenarios[name].get("travel_minutes") for name in (one, other)]
        if all(each is not None and each.median for each in both):
            was, now = (each.median for each in both)  # type: ignore[union-attr]
            found[f"{one}-{other}"] = 100 * (was - now) / was  # type: ignore[operator]
    return found


def unserved_differ(made: Comparison) -> bool:
    """Whether two scenarios leave different amounts of work undone, so that less travel is partly less work."""
    medians = [
        spread.median
        for name in made.scenarios
        if (spread := made.total.scenarios[name].get("unserved_visits")) is not None and spread.median is not None
    ]
    return bool(medians) and max(medians) - min(medians) > UNSERVED_APART


def _worse(made: Comparison, figure: str) -> bool:
    """Whether a later scenario has clearly more of a figure than the first."""
    first = made.scenarios[0]
    return any(
        (found := made.total.differences[f"{name}-{first}"].get(figure)) is not None
        and found.median is not None
        and found.median > 0
        for name in made.scenarios[1:]
    )
