"""The settings that a study compares, by name, and one run of one of them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from optimiser.domain.plan import Plan
from optimiser.domain.problem import Problem
from optimiser.domain.result import Result
from optimiser.planning import PlanSettings, plan
from optimiser.studies.peers import PEERS, solve

FILLS = (70, 75, 80, 85, 90)
GROUP_SIZES = (13, 18, 26, 35)
VARIANTS: dict[str, dict[str, Any]] = {
    "full": {},
    "one-island": {"islands": 1},
    "no-reassign": {"reassign": False},
    "no-rows": {"row_dp": False},
    "no-start": {"first_roster": False},
    "whole": {"groups_above": 1_000_000},
    **{f"groups-{size}": {"groups_above": size, "group_nurses": size} for size in GROUP_SIZES},
    **{f"full-{fill}": {"fill_percent": fill} for fill in FILLS},
    "fixed": {"move_duties": False},
    **{f"fixed-{fill}": {"move_duties": False, "fill_percent": fill} for fill in FILLS},
}
"""Name -> what differs from the default settings. ``fixed``: the duties of the first roster stand, only routes are
improved; the number is how much of a duty's time that roster counts on, in percent. ``whole``: one search over all
nurses, however many; ``groups-N``: in groups of N wherever there are more."""
OWN: dict[str, Any] = {"move_duties": False, "reassign": False}
"""Our own search on a given roster: routes only, two islands, which share the processor time that a peer has for its
one thread."""
CALIBRATION = (400, 400, 4400)
"""Iterations of the runs that measure the speed of our search; the first only loads what is loaded once."""
ON_A_ROSTER = ("own", *PEERS)
"""What can be asked on a given roster."""


@dataclass(frozen=True)
class Outcome:
    """What a run gave and took: processor seconds of all threads, wall seconds, and for a peer how much work it left
    out, lost in translation and got back (``peers.decode.PeerResult``)."""

    status: str
    plan: Plan | None
    cpu_s: float
    wall_s: float
    peer: tuple[int, int, int] | None = None


def run_variant(problem: Problem, variant: str, seconds: float, seed: int, roster: Plan | None) -> Outcome:
    """One run. With ``roster`` its duties stand, and every competitor has ``seconds`` of processor time for the routes.

    Raises ``KeyError`` for a variant that does not exist, or not with or without a roster.
    """
    cpu, wall = time.process_time(), time.monotonic()
    peer = None
    if roster is None:
        result = plan(problem, PlanSettings(time_limit_s=seconds, seed=seed, **VARIANTS[variant]))
        status, made = str(result.status), result.plan
    elif variant == "own":
        empty = without_routes(roster)
        steps = iterations_in(problem, empty, seconds)
        cpu, wall = time.process_time(), time.monotonic()
        result = _own(problem, empty, steps, seed)
        status, made = str(result.status), result.plan
    else:
        found = solve(problem, roster, variant, seconds, seed)
        status, made, peer = "feasible", found.plan, (found.left_out, found.lost, found.put_back)
    return Outcome(status, made, time.process_time() - cpu, time.monotonic() - wall, peer)


def iterations_in(problem: Problem, empty: Plan, seconds: float) -> int:
    """How many iterations of our search fill ``seconds`` of processor time.

    Our search looks at the wall clock, which on a busy machine gives it less than the peers, who are stopped by
    processor time. So short runs measure what an iteration takes; they do not count.
    """
    took = []
    for steps in CALIBRATION:
        began = time.process_time()
        _own(problem, empty, steps, 0)
        took.append(time.process_time() - began)
    few, many = CALIBRATION[1:]
    # a run that something else slowed down must not make the rest look free
    each = max((took[2] - took[1]) / (many - few), took[2] / many / 3)
    return max(1, int((seconds - max(0.0, took[1] - each * few)) / each))


def _own(problem: Problem, empty: Plan, steps: int, seed: int) -> Result:
    return plan(problem, PlanSettings(time_limit_s=None, iterations=steps, seed=seed, **OWN), start=empty)


def without_routes(roster: Plan) -> Plan:
    """The same duties with nothing on them."""
    return roster.model_copy(
        update={"duties": tuple(duty.model_copy(update={"routes": ()}) for duty in roster.duties), "unserved": ()}
    )
