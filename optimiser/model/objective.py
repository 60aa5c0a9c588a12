"""What the roster model minimises: the objective's terms as far as duties and loads show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ortools.sat.python import cp_model

from optimiser.domain.clock import DAY
from optimiser.domain.duty_work import kind_blocks, minutes_by_week
from optimiser.domain.money import is_holiday
from optimiser.domain.problem import Problem
from optimiser.model.fairness import counts_for, shares
from optimiser.model.variables import RosterModel

HOME_PULL = 5
"""One fifth of the way from home to a client counts: nurses get clients near their homes, and so near each other."""


def add_cover(roster: RosterModel) -> None:
    """Shortfalls of cover rows, priced; never infeasible."""
    weights = roster.problem.instance.weights
    by_duty: dict[tuple[int, int], list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
    for (nurse, day, kind), literal in roster.duty.items():
        by_duty[day, kind].append((nurse, literal))
    for row in roster.problem.cover:
        literals = [literal for duty in sorted(row.duties) for nurse, literal in by_duty[duty] if nurse in row.nurses]
        short = roster.model.new_int_var(0, row.minimum, f"uncovered.minimum.{row.id}.{row.day}")
        roster.model.add(sum(literals) + short >= row.minimum)
        roster.penalties.append((weights.uncovered_minimum, short))
        if row.wanted > row.minimum:
            # What lacks of the minimum does not lack of the wanted number too.
            less = roster.model.new_int_var(0, row.wanted - row.minimum, f"uncovered.wanted.{row.id}.{row.day}")
            roster.model.add(sum(literals) + short + less >= row.wanted)
            roster.penalties.append((weights.uncovered_wanted, less))
        if row.standby and len(literals) > max(row.minimum, row.wanted):
            more = roster.model.new_int_var(0, len(literals), f"surplus.standby.{row.id}.{row.day}")
            roster.model.add(more >= sum(literals) - max(row.minimum, row.wanted))
            roster.penalties.append((weights.surplus_standby, more))


def add_visit_costs(roster: RosterModel, relaxed: bool = False) -> None:
    """Penalties of work left out, price of who serves it, and (not ``relaxed``) a pull towards clients near home."""
    problem = roster.problem
    weights, matrix = problem.instance.weights, problem.travel
    index = matrix.index()
    for number, literal in roster.left_out.items():
        if problem.jobs[number].part == 1:
            roster.penalties.append((int(getattr(weights, problem.jobs[number].unserved_term)), literal))
    for (number, window, nurse, _, _), literal in roster.visit.items():
        job, person = problem.jobs[number], problem.instance.nurses[nurse]
        cost = int(problem.may_serve[number][window, nurse])
        if job.place is not None and not relaxed:
            minutes = matrix.minutes[person.mode, "day"]
            home = int(minutes[index[person.start_place or person.home], index[job.place]])
            cost += weights.travel * home // HOME_PULL
        if cost:
            roster.penalties.append((cost, literal))


def add_hours(
    roster: RosterModel,
    relaxed: bool = False,
    turnouts: Mapping[tuple[int, int], list[cp_model.LinearExprT]] | None = None,
) -> None:
    """Overtime and undertime of each nurse and week against target minutes.

    ``relaxed``: no undertime of who may do planned work in standby, which is not counted here. ``turnouts``: minutes of
    such work by nurse and week, where they are known.
    """
    instance = roster.problem.instance
    weights, clock = instance.weights, instance.clock
    work: dict[tuple[int, int], list[cp_model.LinearExprT]] = defaultdict(list)
    shapes: dict[tuple[int, int], dict[int, int]] = {}
    for (nurse, day, kind), literal in roster.duty.items():
        if (day, kind) not in shapes:
            shapes[day, kind] = minutes_by_week(clock, kind_blocks(instance, instance.shift_kinds[kind], day))
        for week, minutes in shapes[day, kind].items():
            work[nurse, week].append(minutes * literal)
    for key, more in (turnouts or {}).items():
        work[key] += more
    standby = {nurse for (nurse, _, kind) in roster.duty if instance.shift_kinds[kind].lane == "standby"}
    for nurse, person in enumerate(instance.nurses):
        for week in range(instance.weeks):
            net = instance.target_minutes(person.id, week)
            planned = sum(work[nurse, week])
            over = roster.model.new_int_var(0, 7 * DAY, f"overtime.{person.id}.{week}")
            roster.model.add(over >= planned - net)
            roster.penalties.append((weights.overtime, over))
            if relaxed and nurse in standby:
                continue
            under = roster.model.new_int_var(0, DAY, f"undertime.{person.id}.{week}")
            roster.model.add(10 * under + 9 >= net - planned)
            roster.penalties.append((weights.undertime, under))


def add_duty_prices(roster: RosterModel) -> None:
    """What a duty adds to a term by itself."""
    problem = roster.problem
    for term, table in problem.duty_prices.items():
        weight = int(getattr(problem.instance.weights, term))
        for key, literal in roster.duty.items():
            if weight and table[key]:
                roster.penalties.append((weight * int(table[key]), literal))


def add_wishes(roster: RosterModel) -> None:
    """Refused wishes, and own entries and base duties that are not followed."""
    problem, instance = roster.problem, roster.problem.instance
    for wish in instance.wishes:
        nurse, day = problem.nurse_number[wish.nurse], instance.clock.day_number(wish.day)
        price = instance.weights.wish_refused * wish.weight
        work, watch = roster.duties_on(nurse, day, 0), roster.duties_on(nurse, day, 1)
        refused = roster.model.new_bool_var(f"wish_refused.{wish.nurse}.{day}.{wish.wish}")
        if wish.wish == "free":
            for literal in (*work.values(), *watch.values()):
                roster.model.add_implication(literal, refused)
        else:
            asked = [
                each for kind, each in work.items() if wish.category in (None, instance.shift_kinds[kind].category)
            ]
            roster.model.add_bool_or([*asked, refused])
        roster.penalties.append((price, refused))
    for (nurse, day, _), kind, price in problem.priced_entries:
        entry = roster.duty.get((nurse, day, kind))
        if entry is not None:
            roster.penalties.append((price, 1 - entry))


def add_fairness(roster: RosterModel) -> None:
    """Squares above a pro-rata target of each class, its total estimated from cover and demand."""
    problem, instance = roster.problem, roster.problem.instance
    for label, total in _expected(problem).items():
        members = [(number, nurse) for number, nurse in enumerate(instance.nurses) if shares(nurse, label)]
        history = {counter.nurse: counter.value for counter in instance.counters if counter.counter == f"{label}s_year"}
        whole = sum(nurse.contract_minutes for _, nurse in members) or 1
        sum_history = sum(history.get(nurse.id, 0) for _, nurse in members)
        for number, nurse in members:
            target = -((-(sum_history + total) * nurse.contract_minutes) // whole) - history.get(nurse.id, 0)
            _convex(roster, _counted(roster, number, label), max(0, target), f"{label}.{nurse.id}")


def _expected(problem: Problem) -> dict[str, int]:
    """How many evenings, nights, weekends and duties on holidays the period asks for, roughly."""
    instance = problem.instance
    nights = sum(
        row.wanted
        for row in problem.cover
        if any(instance.shift_kinds[kind].category == "night" for _, kind in row.duties)
    )
    evening = sum(job.minutes + 8 for job in problem.jobs if job.windows[0][0] % 1440 >= 17 * 60)
    expected = {"evening": evening // 380 + 1, "night": nights, "weekend": 10 * instance.weeks}
    holidays = {day for day in range(instance.days) if is_holiday(instance.clock.date_of(day), instance.money)}
    if holidays:
        minutes = sum(job.minutes + 8 for job in problem.jobs if job.windows[0][2] in holidays)
        asked = sum(row.wanted for row in problem.cover if row.day in holidays)
        expected["holiday"] = max(asked, minutes // 380 + 1)
    return expected


def _counted(roster: RosterModel, nurse: int, label: str) -> list[cp_model.IntVar]:
    """Literals that count for a class: duties of the category or on a holiday, or one per worked weekend."""
    instance = roster.problem.instance
    if label != "weekend":
        return [
            literal
            for (owner, day, kind), literal in roster.duty.items()
            if owner == nurse and counts_for(instance, instance.shift_kinds[kind], day, label)
        ]
    counted = []
    for week in range(instance.weeks):
        days = (7 * week + 5, 7 * week + 6)
        literals = [each for (owner, day, _), each in roster.duty.items() if owner == nurse and day in days]
        if literals:
            weekend = roster.model.new_bool_var(f"weekend.{nurse}.{week}")
            for literal in literals:
                roster.model.add_implication(literal, weekend)
            counted.append(weekend)
    return counted


def _convex(roster: RosterModel, literals: list[cp_model.IntVar], target: int, name: str) -> None:
    """The square of the excess over the target, as a sum of steps 1, 3, 5, ..."""
    steps = []
    for excess in range(min(6, max(0, len(literals) - target))):
        step = roster.model.new_bool_var(f"fairness.{name}.{excess}")
        roster.penalties.append((roster.problem.instance.weights.fairness * (2 * excess + 1), step))
        steps.append(step)
    if steps:
        roster.model.add(sum(literals) <= target + sum(steps) + max(0, len(literals) - target - len(steps)))
