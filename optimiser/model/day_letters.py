"""What each calendar day of a nurse holds (plan language 22), with literals for the duties that are not decided."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python import cp_model

from optimiser.domain.clock import DAY
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import DayClass
from optimiser.model.day_words import Letters
from optimiser.model.variables import RosterModel

AWAY_KINDS = ("leave", "sick", "absent", "training")
LONGEST_WORD = 14
"""Days before the horizon that a word may reach."""


def duty_letters(instance: Instance, day: int, start: int, end: int, lane: str) -> DayClass:
    """The classes that a duty from ``start`` to ``end`` gives to the day on which it starts."""
    if lane == "standby":
        return DayClass.STANDBY
    law, clock = instance.rules, instance.clock
    letters = DayClass.DUTY
    if start < clock.at(day, law.early_until.value):
        letters |= DayClass.EARLY
    if clock.overlap_with_band(start, end, law.night_from.value, law.night_until.value) > law.night_threshold.value:
        return letters | DayClass.NIGHT
    return letters | DayClass.LATE if end > clock.at(day, law.late_from.value) else letters


def kind_letters(instance: Instance) -> list[list[DayClass]]:
    """[kind][day]: the classes of a duty of that kind on that day."""
    table = []
    for kind in instance.shift_kinds:
        days = []
        for day in range(instance.days):
            bounds = segment_bounds(kind, instance.clock, day)
            days.append(duty_letters(instance, day, bounds[0][0], bounds[-1][1], kind.lane))
        table.append(days)
    return table


def nurse_letters(roster: RosterModel, nurse: int, table: list[list[DayClass]]) -> Letters:
    """The letters of one nurse's days, from before the horizon to the last day on which a duty of hers is known."""
    instance, model = roster.problem.instance, roster.model
    known = _known_letters(instance, instance.nurses[nurse].id)
    duties: dict[int, list[tuple[DayClass, cp_model.IntVar]]] = defaultdict(list)
    for day in range(instance.days):
        for lane in (0, 1):
            duties[day] += [(table[kind][day], literal) for kind, literal in roster.duties_on(nurse, day, lane).items()]
    away = _away_days(instance, instance.nurses[nurse].id)
    days: dict[int, dict[int, cp_model.IntVar | bool]] = {}
    for day in range(-LONGEST_WORD, max(instance.days, max(known, default=0) + 1)):
        held = known.get(day, DayClass(0))
        letters: dict[int, cp_model.IntVar | bool] = {int(each): True for each in DayClass if each & held}
        for each in DayClass:
            givers = [literal for classes, literal in duties[day] if classes & each]
            if givers and int(each) not in letters:
                letters[int(each)] = _any_of(model, givers, f"letter.{nurse}.{day}.{each.value}")
        if day not in known:
            nothing = int(DayClass.AWAY if day in away else DayClass.FREE)
            free: cp_model.IntVar | bool = True
            if duties[day]:
                free = model.new_bool_var(f"letter.{nurse}.{day}.{nothing}")
                model.add_bool_or([free, *(literal for _, literal in duties[day])])
            letters[nothing] = free
        days[day] = letters
    return Letters(days, 0, instance.days - 1, instance.nurses[nurse].id)


def _any_of(model: cp_model.CpModel, literals: list[cp_model.IntVar], name: str) -> cp_model.IntVar:
    """A literal that is true when one of them is; those of one class and day exclude each other."""
    if len(literals) == 1:
        return literals[0]
    one = model.new_bool_var(name)
    model.add(sum(literals) <= one)
    return one


def _known_letters(instance: Instance, nurse: str) -> dict[int, DayClass]:
    """Day number -> classes by her context duties."""
    known: dict[int, DayClass] = defaultdict(lambda: DayClass(0))
    for duty in instance.context:
        if duty.nurse == nurse:
            day = instance.clock.day_of(duty.start)
            # another employer's duty makes the day less free, no more
            classes = duty_letters(instance, day, duty.start, duty.end, duty.lane)
            known[day] |= DayClass(0) if duty.employer else classes
    return known


def _away_days(instance: Instance, nurse: str) -> set[int]:
    """Days that a row of leave, sickness, absence or training touches."""
    away: set[int] = set()
    for row in instance.availability:
        if row.nurse == nurse and row.kind in AWAY_KINDS:
            first, last = instance.clock.day_number(row.first), instance.clock.day_number(row.last)
            away |= set(range(first, last + 1 + (row.until_time > DAY)))
    return away
