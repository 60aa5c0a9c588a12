"""How far a roster is from the model's own bound: a diagnostic for who works on the model, never shown to users."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.domain.problem import Problem
from optimiser.model.build import RosterSettings, build, solve_roster
from optimiser.model.load import LoadSettings


@dataclass(frozen=True)
class Bound:
    """The best price of a roster in the model and what no roster in it can go below. With the ``relaxed`` load the
    bound holds for every legal plan."""

    price: float
    bound: float

    @property
    def gap(self) -> float:
        """The part of the price that the bound does not account for, from 0 to 1."""
        return (self.price - self.bound) / self.price if self.price else 0.0


def bound_of(problem: Problem, seconds: float, seed: int = 0, relaxed: bool = False) -> Bound | None:
    """Price and bound of the roster model after so many seconds; None when it found no roster."""
    model = build(problem, LoadSettings(relaxed=relaxed), visits=relaxed)
    answer = solve_roster(model, RosterSettings(seconds, seed=seed))
    return Bound(answer.objective, answer.bound) if answer.status in ("optimal", "feasible") else None
