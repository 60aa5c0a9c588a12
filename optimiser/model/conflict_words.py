"""A conflict and its repairs as people read them, in lines; nurses by id."""

from __future__ import annotations

from optimiser.domain.clock import DAY
from optimiser.domain.problem import Problem
from optimiser.domain.row_rules import RowRule, WindowSum
from optimiser.model.conflict_parts import Conflict, Demand, Member
from optimiser.model.conflict_reasons import absence_spans, task_span
from optimiser.model.conflict_repairs import Repair, Step
from optimiser.model.conflict_rules import limit_words, reason_words, rule_title
from optimiser.model.variables import DutyKey
from optimiser.texts import Language, text


def conflict_lines(problem: Problem, conflict: Conflict, language: Language = "nl") -> tuple[str, ...]:
    """A headline with the demand, then a line for each member; the dates of rules are those of the duties in it."""
    asked = demand_words(problem, conflict.demand, language)
    if not conflict.members:
        return (text("conflict.headline.itself", language, demand=asked),)
    if not asked:
        nurse = problem.instance.nurses[conflict.demand.nurse].id
        headline = text("conflict.headline.row", language, nurse=nurse)
    else:
        headline = text(f"conflict.headline{'' if conflict.needs_demand else '.stands'}", language, demand=asked)
    days = _days_of(problem, conflict)
    lines = [member_words(problem, each, language, days) for each in conflict.members]
    return (headline, *lines, *([text("conflict.by_clock", language)] if conflict.by_clock else ()))


def demand_words(problem: Problem, demand: Demand, language: Language = "nl") -> str:
    """``Late dienst op di 8 dec door N1``; empty when nothing is asked."""
    nurse = problem.instance.nurses[demand.nurse].id
    parts = [
        text("conflict.demand.work", language, kind=problem.instance.shift_kinds[kind].name, nurse=nurse,
             day=_day(problem, day, language))
        for day, kind in sorted(demand.work)
    ] + [
        text("conflict.demand.free", language, day=_day(problem, day, language), nurse=nurse)
        for day in sorted(demand.free)
    ]  # fmt: skip
    words = parts[0] if parts else ""
    for part in parts[1:]:
        words = text("conflict.and", language, first=words, last=part)
    return words


def member_words(
    problem: Problem, member: Member, language: Language = "nl", days: tuple[int, int] | None = None
) -> str:
    """One member: a duty with its status, a row of the tables with its dates, a rule with limit and article.

    ``days``: first and last day to name with a rule that has no weeks of its own.
    """
    if member.rule is not None:
        return _rule(problem, member.rule, language, days)
    if member.reason is not None and member.cell is not None:
        nurse = problem.instance.nurses[member.cell[0]].id
        return reason_words(problem.instance, nurse, member.reason, language)
    if member.cell is not None:
        kind, status = problem.instance.shift_kinds[member.cell[2]].name, _status(problem, member.cell)
        return text("conflict.duty", language, kind=kind, day=_day(problem, member.cell[1], language),
                    status=text(f"conflict.status.{status}", language))  # fmt: skip
    return {"known": _known, "task": _task, "absence": _absence, "wish": _wish}[member.what](
        problem, member.row, language
    )


def repair_words(problem: Problem, repair: Repair, language: Language = "nl") -> str:
    """The steps in one sentence with what they cost, in minute-equivalents."""
    steps = "; ".join(_step(problem, each, language) for each in repair.steps)
    key = "conflict.repair" if repair.cost >= 0 else "conflict.repair.gains"
    return text(key, language, steps=steps, cost=abs(repair.cost))


def _step(problem: Problem, step: Step, language: Language) -> str:
    values = {"member": member_words(problem, step.member, language), "override": step.override}
    if step.to is not None:
        values |= {"kind": problem.instance.shift_kinds[step.to[1]].name, "day": _day(problem, step.to[0], language)}
    return text(f"conflict.step.{step.do}", language, **values)


def _rule(problem: Problem, rule: RowRule, language: Language, days: tuple[int, int] | None) -> str:
    if isinstance(rule, WindowSum) and rule.per == "weeks":
        days = 7 * rule.first_week, 7 * rule.last_week + 6
    words = {"title": rule_title(rule, language), "limit": limit_words(rule, language), "article": rule.id.article}
    if days is None:
        return text("conflict.rule", language, **words)
    return text("conflict.rule.days", language, **words, days=_days(problem, *days, language))


def _days_of(problem: Problem, conflict: Conflict) -> tuple[int, int] | None:
    """First and last day of the demand and of the members that have a time."""
    instance = problem.instance
    days = {day for day, _ in conflict.demand.work} | conflict.demand.free
    for each in conflict.members:
        if each.cell is not None:
            days |= {each.cell[1]}
        elif each.what == "known":
            days |= {instance.clock.day_of(instance.context[each.row].start)}
        elif each.what == "task":
            days |= {instance.clock.day_of(task_span(instance, each.row)[0])}
    return (min(days), max(days)) if days else None


def _status(problem: Problem, cell: DutyKey) -> str:
    nurse, day, kind = cell
    instance = problem.instance
    for given in instance.duties_given:
        right = given.nurse == instance.nurses[nurse].id and given.kind == instance.shift_kinds[kind].id
        if right and instance.clock.day_number(given.day) == day:
            return given.status
    return "plan"


def _known(problem: Problem, row: int, language: Language) -> str:
    instance = problem.instance
    duty = instance.context[row]
    status = "employer" if duty.employer else "before" if duty.start < 0 else "after"
    return text(f"conflict.known.{duty.lane}", language, **_span(problem, duty.start, duty.end, language),
                status=text(f"conflict.status.{status}", language))  # fmt: skip


def _task(problem: Problem, row: int, language: Language) -> str:
    span = _span(problem, *task_span(problem.instance, row), language)
    return text("conflict.task", language, id=problem.instance.tasks[row].id, **span)


def _absence(problem: Problem, row: int, language: Language) -> str:
    away, clock = problem.instance.availability[row], problem.instance.clock
    days = _days(problem, clock.day_number(away.first), clock.day_number(away.last), language)
    if away.from_time > 0 or away.until_time < DAY:
        low, high = next(absence_spans(problem.instance, row))
        days += f" {clock.moment_of(low):%H:%M}-{clock.moment_of(high):%H:%M}"
    # who reads this need not know that she is ill
    kind = away.kind if away.kind in ("leave", "training", "unavailable") else "away"
    return text(f"conflict.absence.{kind}", language, days=days)


def _wish(problem: Problem, row: int, language: Language) -> str:
    wish = problem.instance.wishes[row]
    day = _day(problem, problem.instance.clock.day_number(wish.day), language)
    return text(f"conflict.wish.{wish.wish}", language, day=day)


def _span(problem: Problem, start: int, end: int, language: Language) -> dict[str, str]:
    clock = problem.instance.clock
    return {
        "day": _day(problem, clock.day_of(start), language),
        "start": f"{clock.moment_of(start):%H:%M}",
        "end": f"{clock.moment_of(end):%H:%M}",
    }


def _days(problem: Problem, first: int, last: int, language: Language) -> str:
    low, high = _day(problem, first, language), _day(problem, last, language)
    return low if first == last else text("conflict.days", language, first=low, last=high)


def _day(problem: Problem, day: int, language: Language) -> str:
    """``di 8 dec``."""
    on = problem.instance.clock.date_of(day)
    weekday = text("conflict.weekdays", language).split()[on.weekday()]
    month = text("conflict.months", language).split()[on.month - 1]
    return text("conflict.day", language, weekday=weekday, day=on.day, month=month)
