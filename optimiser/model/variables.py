"""The variables of the roster model, and which pairs of them mean something."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.problem import Problem

DutyKey = tuple[int, int, int]
"""Nurse, day and kind number."""
VisitKey = tuple[int, int, int, int, int]
"""Job, window, nurse, day of the duty, lane number (0 work, 1 standby)."""


@dataclass
class RosterModel:
    """The model and its literals. ``penalties`` are (weight, expression) pairs of the objective."""

    problem: Problem
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    duty: dict[DutyKey, cp_model.IntVar] = field(default_factory=dict)
    visit: dict[VisitKey, cp_model.IntVar] = field(default_factory=dict)
    left_out: dict[int, cp_model.IntVar] = field(default_factory=dict)
    penalties: list[tuple[int, cp_model.LinearExprT]] = field(default_factory=list)

    def duties_on(self, nurse: int, day: int, lane: int) -> dict[int, cp_model.IntVar]:
        """Kind number -> literal of one nurse, day and lane."""
        kinds = self.problem.instance.shift_kinds
        return {
            kind: self.duty[nurse, day, kind]
            for kind in range(len(kinds))
            if (nurse, day, kind) in self.duty and int(kinds[kind].lane == "standby") == lane
        }


def add_duties(roster: RosterModel, frozen: dict[DutyKey, bool]) -> None:
    """One literal for each duty that may be; at most one a day and lane; no overlap of the lanes; pinned duties true.

    ``frozen`` fixes literals to a value (a published part of the plan).
    """
    problem, model = roster.problem, roster.model
    instance = problem.instance
    pinned = {(nurse, day, kind) for (nurse, day, _), kind in problem.pinned.items()}
    for nurse, person in enumerate(instance.nurses):
        for day in range(instance.days):
            for kind, each in enumerate(instance.shift_kinds):
                key = (nurse, day, kind)
                if problem.duty_allowed[nurse, day, kind] or key in pinned or frozen.get(key):
                    roster.duty[key] = model.new_bool_var(f"duty.{person.id}.{day}.{each.id}")
            for lane in (0, 1):
                model.add_at_most_one(roster.duties_on(nurse, day, lane).values())
    for key, literal in roster.duty.items():
        if key in frozen:
            model.add(literal == int(frozen[key]))
        elif key in pinned:
            model.add(literal == 1)
    _no_overlap(roster)
    _students(roster)


def _no_overlap(roster: RosterModel) -> None:
    """A nurse's standby duty may touch a work duty, not overlap it; nor may duties of two days."""
    instance = roster.problem.instance
    cliques: dict[tuple[int, int, int], list[tuple[int, int, cp_model.IntVar]]] = defaultdict(list)
    spans = {(day, kind): segment_bounds(each, instance.clock, day)
             for kind, each in enumerate(instance.shift_kinds) for day in range(instance.days)}  # fmt: skip
    for (nurse, day, kind), literal in roster.duty.items():
        each = instance.shift_kinds[kind]
        bounds = spans[day, kind]
        cliques[nurse, day, int(each.lane == "standby")].append((bounds[0][0], bounds[-1][1], literal))
    for (nurse, day, lane), duties in cliques.items():
        for start, end, literal in duties:
            for other_day, other_lane in ((day, 1 - lane), (day + 1, 0), (day + 1, 1)):
                clashing = [
                    each
                    for low, high, each in cliques.get((nurse, other_day, other_lane), ())
                    if low < end and start < high
                ]
                if clashing:
                    roster.model.add_at_most_one([literal, *clashing])


def _students(roster: RosterModel) -> None:
    """A student works only where her companion has the same kind that day."""
    for student, companion in roster.problem.companions.items():
        for (nurse, day, kind), literal in roster.duty.items():
            if nurse == student:
                leader = roster.duty.get((companion, day, kind))
                if leader is None:
                    roster.model.add(literal == 0)
                else:
                    roster.model.add_implication(literal, leader)
