"""Why a cell of the plan is as it is, why not otherwise, and for what cannot be: the smallest conflict and ways out."""

from __future__ import annotations

from optimiser.daily.duty_named import NamedDuty
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.errors import Fault, InputError
from optimiser.explain.alternative import words
from optimiser.explain.present import Present
from optimiser.explain.smallest_change import smallest_change
from optimiser.explain.why_duty import DutyAnswer, duty_answer
from optimiser.explain.why_visit import visit_answer
from optimiser.texts import Language, signed, text

CONFLICT_SECONDS, REPAIR_SECONDS = 5.0, 5.0


def why_visit_lines(
    instance: Instance, travel: TravelMatrix, plan: Plan, visit: str, nurse: str | None, language: Language
) -> tuple[str, ...]:
    """Who could do a visit and who not (only ``nurse`` when given); for one that nobody does the least change, of a
    roster without routes only that these are still to be made.

    Raises InputError on an unknown visit."""
    present = Present(instance, plan.contract, travel, plan)
    if present.work(visit) is None:
        raise InputError([Fault("--visit", 0, "", text("daily.expected.visit", language), visit)])
    answer = visit_answer(present, visit)
    if nurse is not None:
        lines: tuple[str, ...] = tuple(each.sentence(language) for each in answer.alternatives if each.nurse == nurse)
    else:
        lines = answer.lines(language)
    if answer.now:
        return lines
    if not plan.with_routes:
        # that nobody does it yet says nothing
        return (text("publish.no_routes", language), *(lines if nurse is not None else lines[1:]))
    change = smallest_change(instance, plan.contract, travel, plan, visit)
    return (*lines, text("daily.why.no_change", language) if change is None else change.sentence(language))


def why_duty_lines(
    instance: Instance, travel: TravelMatrix, plan: Plan, named: NamedDuty, nurse: str | None, language: Language
) -> tuple[str, ...]:
    """Could ``nurse`` have the duty, and if not what stands in the way; without ``nurse`` all others, best first."""
    present = Present(instance, plan.contract, travel, plan)
    without = frozenset({named.duty.id} if named.duty is not None else ())
    if nurse is None:
        found = [
            duty_answer(present, each.id, named.kind, named.day, without) for each in instance.nurses
            if each.experience != "student"
        ]  # fmt: skip
        ordered = sorted(found, key=lambda each: (not each.possible, each.cost, each.nurse))
        holder = () if named.duty is None else (text("daily.why.holder", language, nurse=named.duty.nurse),)
        return (*holder, *(duty_line(each, language) for each in ordered))
    answer = duty_answer(present, nurse, named.kind, named.day, without)
    lines = (duty_line(answer, language), *(each.sentence(language) for each in answer.signals))
    return lines if answer.possible else (*lines, *_conflict(instance, plan, named, nurse, without, language))


def duty_line(answer: DutyAnswer, language: Language) -> str:
    """One nurse's answer."""
    if answer.blocking is not None:
        return text("daily.why.duty_no", language, nurse=answer.nurse, reason=answer.blocking.sentence(language))
    terms = ", ".join(words(answer.terms, language)) or text("explain.nothing", language)
    return text("daily.why.duty_yes", language, nurse=answer.nurse, cost=signed(answer.cost, language), terms=terms)


def _conflict(
    instance: Instance, plan: Plan, named: NamedDuty, nurse: str, without: frozenset[str], language: Language
) -> tuple[str, ...]:
    """The smallest conflict of the demand with what stands and the rules, and the cheapest ways out of it."""
    # most questions need no solver, and it takes as long to load as they take to answer
    from optimiser.model.conflict import find_conflict, standing, turnouts_of
    from optimiser.model.conflict_parts import Demand
    from optimiser.model.conflict_repairs import cheapest_repairs
    from optimiser.model.conflict_words import conflict_lines, repair_words
    from optimiser.planning import prepare

    # a row of duties needs no visits, and to say who may do which takes long
    problem = prepare(instance.model_copy(update={"visits": (), "work_links": ()}), plan.contract)
    cell = problem.instance.clock.day_number(named.day), problem.kind_number[named.kind]
    demand = Demand(problem.nurse_number[nurse], work=frozenset({cell}))
    others = plan.model_copy(update={"duties": tuple(duty for duty in plan.duties if duty.id not in without)})
    stands, turnouts = standing(problem, others), turnouts_of(problem, others)
    found = find_conflict(problem, demand, stands, CONFLICT_SECONDS, turnouts=turnouts)
    if found is None:
        return (text("daily.why.looser", language),)
    if found == "no_time":
        return (text("daily.why.no_time", language),)
    repairs = cheapest_repairs(problem, found, stands, REPAIR_SECONDS, turnouts=turnouts)
    ways = tuple(repair_words(problem, each, language) for each in repairs)
    return (*conflict_lines(problem, found, language), *(ways or (text("daily.why.no_way", language),)))
