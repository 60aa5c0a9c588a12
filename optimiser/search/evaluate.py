"""The objective of a plan, as search claims it: every term counted from duties and routes.

check recomputes the same terms from its own reading of the plan language; a difference is a violation there.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from optimiser.domain.duty_work import planned_minutes_by_week
from optimiser.domain.money import is_holiday
from optimiser.domain.objective import TERMS
from optimiser.domain.plan import BREAK, Duty, Plan
from optimiser.domain.problem import Problem
from optimiser.domain.travel_matrix import day_part_of
from optimiser.domain.work import Task, Visit
from optimiser.scenario.jobs import unserved_term
from optimiser.scenario.may_serve import Familiarity
from optimiser.search.encode import day_places
from optimiser.search.evaluate_livable import count_livable

MOVED = 15
"""A visit that starts this many minutes earlier or later than in the parent has not changed."""


def count_terms(problem: Problem, plan: Plan) -> dict[str, int]:
    """Count of every term in TERMS for a plan, before weights; of a roster without routes nothing of visits."""
    counts = {term.name: 0 for term in TERMS}
    if plan.with_routes:
        _unserved(problem, plan, counts)
    _cover(problem, plan, counts)
    familiarity = Familiarity(problem.instance)
    for duty in plan.duties:
        _route(problem, duty, counts)
        _faces(problem, familiarity, duty, counts)
    _hours(problem, plan, counts)
    _wishes(problem, plan, counts)
    _fairness(problem, plan, counts)
    _calls(problem, plan, counts)
    count_livable(problem.instance, plan, counts)
    if problem.parent is not None:
        _changes(problem.parent, plan, counts)
    return counts


def count_route(problem: Problem, duty: Duty, familiarity: Familiarity) -> Counter[str]:
    """The counts of travel, home legs, waiting, faces and lending that one duty adds."""
    counts = Counter[str]()
    _route(problem, duty, counts)
    _faces(problem, familiarity, duty, counts)
    return counts


def _unserved(problem: Problem, plan: Plan, counts: dict[str, int]) -> None:
    served = {stop.id for duty in plan.duties for stop in duty.stops}
    instance = problem.instance
    works: list[Visit | Task] = [*instance.visits, *(task for task in instance.tasks if task.in_route)]
    for work in works:
        if work.id not in served:
            counts[unserved_term(work)] += 1


def _cover(problem: Problem, plan: Plan, counts: dict[str, int]) -> None:
    there = Counter[tuple[int, int, int]]()
    clock = problem.instance.clock
    for duty in plan.duties:
        there[problem.nurse_number[duty.nurse], clock.day_number(duty.day), problem.kind_number[duty.kind]] += 1
    for row in problem.cover:
        counted = sum(n for (nurse, day, kind), n in there.items() if nurse in row.nurses and (day, kind) in row.duties)
        counts["uncovered_minimum"] += max(0, row.minimum - counted)
        counts["uncovered_wanted"] += max(0, row.wanted - max(row.minimum, counted))
        counts["surplus_standby"] += max(0, counted - max(row.minimum, row.wanted)) if row.standby else 0


def _route(problem: Problem, duty: Duty, counts: dict[str, int]) -> None:
    instance = problem.instance
    start, end, mode = day_places(instance, duty.nurse, instance.clock.day_number(duty.day))
    kind = instance.kind_by_id[duty.kind]
    matrix = problem.travel.minutes[mode, problem.travel.part(day_part_of(kind.category), duty.day, duty.nurse)]  # type: ignore[index]
    index = problem.travel.index()
    for route in duty.routes:
        place, previous, pause = start, None, 0
        for stop in route.stops:
            if stop.what == BREAK:
                pause += stop.end - stop.start
                continue
            target = problem.jobs[problem.job_number[stop.id, stop.part]].place or place
            minutes = int(matrix[index[place], index[target]])
            counts["home_leg" if previous is None else "travel"] += minutes
            if previous is not None:
                idle = stop.start - previous.end - minutes - pause
                counts["waiting"] += max(0, idle - instance.settings.waiting_free_minutes)
            place, previous, pause = target, stop, 0
        if previous is not None:
            counts["home_leg"] += int(matrix[index[place], index[end]])


def _faces(problem: Problem, familiarity: Familiarity, duty: Duty, counts: dict[str, int]) -> None:
    instance = problem.instance
    for stop in duty.stops:
        if stop.what == "visit":
            client = instance.client_by_id[instance.visit_by_id[stop.id].client]
            preferred = familiarity.preferred.get(client.id, set())
            known = familiarity.known.get(client.id, set())
            counts["not_preferred"] += bool(preferred) and duty.nurse not in preferred
            counts["unfamiliar"] += bool(preferred or known) and duty.nurse not in preferred | known
            if client.organisation != instance.nurse_by_id[duty.nurse].organisation:
                counts["lending"] += problem.contract.lending_minutes


def _hours(problem: Problem, plan: Plan, counts: dict[str, int]) -> None:
    instance = problem.instance
    for nurse in instance.nurses:
        weeks: dict[int, int] = defaultdict(int)
        for duty in plan.duties_of.get(nurse.id, ()):
            for week, minutes in planned_minutes_by_week(instance, duty).items():
                weeks[week] += minutes
        for week in range(instance.weeks):
            net = instance.target_minutes(nurse.id, week)
            counts["overtime"] += max(0, weeks[week] - net)
            counts["undertime"] += max(0, net - weeks[week]) // 10


def _wishes(problem: Problem, plan: Plan, counts: dict[str, int]) -> None:
    instance = problem.instance
    for wish in instance.wishes:
        duties = [each for each in plan.duties_of.get(wish.nurse, ()) if each.day == wish.day]
        if wish.wish == "free":
            met = not duties
        else:
            met = any(
                each.lane == "work" and wish.category in (None, instance.kind_by_id[each.kind].category)
                for each in duties
            )
        counts["wish_refused"] += 0 if met else wish.weight
    for given in instance.duties_given:
        if given.status != "published":
            held = any(
                each.kind == given.kind and each.day == given.day for each in plan.duties_of.get(given.nurse, ())
            )
            counts["base_changed" if given.status == "base" else "own_entry_refused"] += not held


def _fairness(problem: Problem, plan: Plan, counts: dict[str, int]) -> None:
    instance = problem.instance
    for label in ("evening", "night", "weekend", "holiday"):
        members = [
            nurse
            for nurse in instance.nurses
            if nurse.experience == "experienced"
            and (label in ("weekend", "holiday") or not nurse.categories or label in nurse.categories)
        ]
        history = {each.nurse: each.value for each in instance.counters if each.counter == f"{label}s_year"}
        own = {nurse.id: _count_of(problem, plan, nurse.id, label) for nurse in members}
        whole = sum(nurse.contract_minutes for nurse in members) or 1
        total = sum(own.values()) + sum(history.get(nurse.id, 0) for nurse in members)
        for nurse in members:
            target = max(0, -(-total * nurse.contract_minutes // whole) - history.get(nurse.id, 0))
            counts["fairness"] += max(0, own[nurse.id] - target) ** 2


def _count_of(problem: Problem, plan: Plan, nurse: str, label: str) -> int:
    instance = problem.instance
    duties = plan.duties_of.get(nurse, ())
    if label == "weekend":
        days = {instance.clock.day_number(each.day) for each in duties}
        return len({day // 7 for day in days if day % 7 >= 5})
    if label == "holiday":
        return sum(is_holiday(each.day, instance.money) for each in duties)
    return sum(
        instance.kind_by_id[each.kind].category == label and (label == "night" or each.lane == "work")
        for each in duties
    )


def _calls(problem: Problem, plan: Plan, counts: dict[str, int]) -> None:
    """Standby for no row, late calls and travel to calls, as the problem has them for each duty."""
    day_number, days = problem.instance.clock.day_number, problem.instance.days
    for term in {"surplus_standby", "late_calls", "call_travel"} & problem.duty_prices.keys():
        table = problem.duty_prices[term]
        for duty in plan.duties:
            if 0 <= (day := day_number(duty.day)) < days:
                counts[term] += int(table[problem.nurse_number[duty.nurse], day, problem.kind_number[duty.kind]])


def _changes(parent: Plan, plan: Plan, counts: dict[str, int]) -> None:
    old, new = ({(each.id, each.kind) for each in some.duties} for some in (parent, plan))
    counts["changed_duty"] += len({name for name, _ in old ^ new})
    before, after = (
        {
            (stop.id, stop.part): (duty.nurse, stop.start)
            for duty in some.duties
            for stop in duty.stops
            if stop.what == "visit"
        }
        for some in (parent, plan)
    )
    changed = {
        key[0]
        for key, (nurse, start) in before.items()
        if key in after and (after[key][0] != nurse or abs(after[key][1] - start) > MOVED)
    }
    counts["changed_visit"] += len(changed)
