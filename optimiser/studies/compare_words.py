"""What a reader must know before the figures of a comparison, as keys of texts; and the bound on what joining saves."""

from __future__ import annotations

from itertools import permutations
from math import sqrt
from typing import Any

from optimiser.domain.comparison import Comparison
from optimiser.domain.instance import Instance
from optimiser.scenario.parts import components

FEW_WEEKS = 5
"""With fewer weeks no interval is sure enough to call a difference clear."""
UNSERVED_APART = 0.5
"""Visits or shifts left open by which two scenarios may differ on average and still count as serving the same."""
APART = {"unserved_visits": "unserved_differs", "uncovered_shifts": "uncovered_differs"}
"""What may be left open, and how a difference in it is told."""


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
    if any(run.hard for run in runs):
        keys.append("violations")
    if any(run.levelled is False for run in runs):
        keys.append("not_levelled")
    for figure, key in APART.items():
        if differ(made, figure):
            keys.append(key)
    unknown = [run.unserved_visits is None for run in runs]
    if any(unknown):
        keys.append("duties_only" if all(unknown) else "no_routes")
    if made.demand == "calls":
        keys.append("calls")
    if above_bound(instance, made):
        keys.append("above_bound")
    if made.asked_weeks is not None and made.asked_weeks > made.weeks:
        keys.append("weeks_alike")
    if made.weeks < FEW_WEEKS:
        keys.append("few_weeks")
    if "current" in made.scenarios and made.weeks > 1:
        keys.append("current_one_week")
    if any(_worse(instance, made, figure) for figure in ("faces_mean", "faces_most_14_days")):
        keys.append("continuity_worse")
    return tuple(f"compare.explain.{key}" for key in keys)


def together(instance: Instance, made: Comparison, scenario: str) -> int:
    """The most organisations that share with each other in a scenario; 1 where none do."""
    return max((len(part) for part in components(instance, made.contracts[scenario])), default=1)


def above_bound(instance: Instance, made: Comparison) -> bool:
    """Whether a scenario in which organisations share has so much less travel than another, in whatever order they are
    compared, that joining those that share in it does not explain it."""
    return any(
        saved > 100 * (1 - 1 / sqrt(sharing))
        for pair, saved in saved_percents(made).items()
        if (sharing := together(instance, made, pair[1])) > 1
    )


def saved_percents(made: Comparison) -> dict[tuple[str, str], float]:
    """(a, b) -> how many percent of travel between clients b has less than a, of medians; both ways round."""
    found = {}
    for one, other in permutations(made.scenarios, 2):
        both = [made.total.scenarios[name].get("travel_minutes") for name in (one, other)]
        if all(each is not None and each.median for each in both):
            was, now = (each.median for each in both)  # type: ignore[union-attr]
            found[one, other] = 100 * (was - now) / was  # type: ignore[operator]
    return found


def differ(made: Comparison, figure: str) -> bool:
    """Whether two scenarios leave different amounts of work undone, so that less travel is partly less work."""
    medians = [
        spread.median
        for name in made.scenarios
        if (spread := made.total.scenarios[name].get(figure)) is not None and spread.median is not None
    ]
    return bool(medians) and max(medians) - min(medians) > UNSERVED_APART


def _worse(instance: Instance, made: Comparison, figure: str) -> bool:
    """Whether a scenario in which more organisations share was measured with more of a figure than one with fewer, in
    whatever order they are compared; whether that is sure is told with the figure itself."""
    sharing = {name: together(instance, made, name) for name in made.scenarios}
    return any(
        sharing[one] > sharing[base]
        and (found := made.total.differences[f"{one}-{base}"].get(figure)) is not None
        and (found.median or 0) > 0
        for one, base in permutations(made.scenarios, 2)
    )
