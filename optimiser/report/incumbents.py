"""The log of a run: each plan that was the best when the run told of it."""

from __future__ import annotations

from typing import Any

from optimiser.domain.plan import Plan

TOLD_TERMS = ("travel", "waiting", "overtime")
"""Terms of the objective that the log shows beside its levels: counts before weights, in minutes."""


def incumbents(plan: Plan | None) -> list[dict[str, Any]]:
    """Each incumbent of the run that made a plan, in order of time; none without a plan.

    ``phase``, ``seconds`` since the start, ``iterations`` of the phase so far, the objective (``hard``, ``unserved``,
    ``rest``, ``scalar``) and minutes of ``TOLD_TERMS``: None where the run did not keep them.
    """
    return [
        {
            "phase": phase.name, "seconds": phase.seconds, "iterations": phase.iterations,
            **phase.objective.model_dump(), "scalar": phase.objective.scalar,
            **{name: (phase.terms or {}).get(name) for name in TOLD_TERMS},
        }
        for phase in (plan.phases if plan is not None else ())
        if phase.objective is not None
    ]  # fmt: skip
