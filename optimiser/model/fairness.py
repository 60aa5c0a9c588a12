"""Fairness as the objective counts it: squares above a pro-rata target of what all have together."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.money import is_holiday
from optimiser.domain.people import Nurse
from optimiser.model.variables import RosterModel

LABELS = ("evening", "night", "weekend", "holiday")


def shares(nurse: Nurse, label: str) -> bool:
    """Whether a nurse takes part in what is shared fairly: by her categories, weekends and holidays everybody."""
    usual = label in ("weekend", "holiday") or not nurse.categories or label in nurse.categories
    return nurse.experience == "experienced" and usual


def counts_for(instance: Instance, kind: ShiftKind, day: int, label: str) -> bool:
    """Whether a duty of this kind on this day counts by itself for evenings, nights or holidays."""
    if label == "holiday":
        return is_holiday(instance.clock.date_of(day), instance.money)
    return kind.category == label and (label == "night" or kind.lane == "work")


def add_exact_fairness(roster: RosterModel) -> None:
    """Evenings, nights, weekends and holidays (plan language 18); the targets follow the totals that are chosen."""
    instance = roster.problem.instance
    for label in LABELS:
        members = [number for number, nurse in enumerate(instance.nurses) if shares(nurse, label)]
        counted = {number: _counted(roster, number, label) for number in members}
        whole = sum(instance.nurses[number].contract_minutes for number in members) or 1
        known = {each.nurse: each.value for each in instance.counters if each.counter == f"{label}s_year"}
        history = {number: known.get(instance.nurses[number].id, 0) for number in members}
        past, planned = sum(history.values()), [literal for each in counted.values() for literal in each]
        total = roster.model.new_int_var(past, past + len(planned), f"total.{label}")
        roster.model.add(total == past + cp_model.LinearExpr.sum(planned))
        for number in members:
            contract = instance.nurses[number].contract_minutes
            name = f"{label}.{instance.nurses[number].id}"
            highest = -((-(past + len(planned)) * contract) // whole)
            target = _target(roster.model, total, contract, whole, history[number], highest, name)
            _squares(roster, counted[number], target, name)


def _target(
    model: cp_model.CpModel, total: cp_model.IntVar, contract: int, whole: int, history: int, highest: int, name: str
) -> cp_model.IntVar | int:
    """At most ``max(0, ceil(total * contract / whole) - history)``; the objective makes it as high as it helps."""
    if highest <= history:
        return 0
    target = model.new_int_var(0, highest - history, f"target.{name}")
    none = model.new_bool_var(f"target.{name}.none")
    model.add(target == 0).only_enforce_if(none)
    model.add(whole * (target + history) <= total * contract + whole - 1).only_enforce_if(none.negated())
    return target


def _squares(
    roster: RosterModel, literals: Sequence[cp_model.IntVar], target: cp_model.IntVar | int, name: str
) -> None:
    """The square of what exceeds the target, as a sum of steps 1, 3, 5, ..."""
    most = min(len(literals), roster.problem.instance.days * 2)
    steps = [roster.model.new_bool_var(f"fairness.{name}.{excess}") for excess in range(most)]
    weight = roster.problem.instance.weights.fairness
    roster.penalties += [(weight * (2 * excess + 1), step) for excess, step in enumerate(steps)]
    if literals:
        roster.model.add(cp_model.LinearExpr.sum(literals) <= target + cp_model.LinearExpr.sum(steps))


def _counted(roster: RosterModel, nurse: int, label: str) -> list[cp_model.IntVar]:
    """Literals that count for a class: duties of the category or on a holiday, or one for each weekend, true when it is
    worked."""
    instance = roster.problem.instance
    kinds = instance.shift_kinds
    cells = [(day, lane) for day in range(instance.days) for lane in (0, 1)]
    if label != "weekend":
        return [
            literal
            for day, lane in cells
            for kind, literal in roster.duties_on(nurse, day, lane).items()
            if counts_for(instance, kinds[kind], day, label)
        ]
    weekends = []
    for week in range(instance.weeks):
        literals = [
            literal
            for day, lane in cells
            if day in (7 * week + 5, 7 * week + 6)
            for literal in roster.duties_on(nurse, day, lane).values()
        ]
        if literals:
            worked = roster.model.new_bool_var(f"worked.{nurse}.{week}")
            roster.model.add_bool_or([worked.negated(), *literals])
            for literal in literals:
                roster.model.add_implication(literal, worked)
            weekends.append(worked)
    return weekends
