"""Two plays on the same calls: what differs, with the interval of the paired difference."""

from __future__ import annotations

import numpy as np

from optimiser.domain.simulated_calls import CallsDifference, Estimate, SimulatedCalls
from optimiser.errors import Fault, InputError
from optimiser.simulate.calls_arrivals import Numbers
from optimiser.simulate.calls_intervals import paired, residuals

FIGURES: dict[str, tuple[str, str]] = {
    "within_norm": ("within", "visits"),
    "mean_minutes": ("response_minutes", "answered"),
    "mean_wait_minutes": ("wait_minutes", "answered"),
    "waited": ("waited", "visits"),
}
"""Figure -> the counts of which it is the ratio."""
OUTCOMES = ("phone", "first_line", "passed", "lost")


def compare_simulated(first: SimulatedCalls, second: SimulatedCalls) -> CallsDifference:
    """First less second, round by round on the same calls, so that the chance of the calls cancels out.

    Raises ``InputError`` when they were not played on the same calls: another instance, seed, number of rounds or
    stress, or tables of calls that differ.
    """
    faults = [
        Fault("simulate", 0, name, str(getattr(first, name)), str(getattr(second, name)))
        for name in ("instance", "seed", "rounds", "weeks", "stress")
        if getattr(first, name) != getattr(second, name)
    ]
    totals = [sum(each.counts["calls:calls"]) for each in (first, second)]
    if not faults and first.counts["calls:calls"] != second.counts["calls:calls"]:
        faults = [Fault("simulate", 0, "calls", f"{totals[0]:.0f}", f"{totals[1]:.0f}")]
    if faults:
        raise InputError(faults)
    weeks = first.weeks / first.rounds
    found = {name: _difference(first, second, "total", *counts) for name, counts in FIGURES.items()}
    for name in OUTCOMES:
        one, other = (_counts(each, "calls", name) / weeks for each in (first, second))
        found[f"{name}_per_week"] = paired(float(one.mean()), float(other.mean()), one - other)
    above, below = FIGURES["within_norm"]

    def groups(kind: str, names: dict[str, object]) -> dict[str, Estimate]:
        return {name: _difference(first, second, f"{kind}:{name}", above, below) for name in names}

    return CallsDifference(
        first=first.contract, second=second.contract, differences=found,
        organisations=groups("organisation", dict(first.organisations)), parts=groups("part", dict(first.parts)),
    )  # fmt: skip


def _difference(first: SimulatedCalls, second: SimulatedCalls, group: str, above: str, below: str) -> Estimate:
    """Of a ratio: the errors of both ratios are subtracted round by round."""
    counts = [(_counts(each, group, above), _counts(each, group, below)) for each in (first, second)]
    if not all(each.sum() for _, each in counts):
        return Estimate(value=None)
    values = [float(top.sum()) / float(bottom.sum()) for top, bottom in counts]
    errors = [residuals(top, bottom) for top, bottom in counts]
    return paired(values[0], values[1], errors[0] - errors[1])


def _counts(played: SimulatedCalls, group: str, name: str) -> Numbers:
    return np.array(played.counts.get(f"{group}:{name}", (0.0,) * played.rounds))
