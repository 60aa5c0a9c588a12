"""What duties may be and what they cost, as the arrays of the kernel; and a roster as a state."""

from __future__ import annotations

import numpy as np

from optimiser.domain.duty import ShiftKind
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.instance import Instance
from optimiser.domain.money import is_holiday
from optimiser.domain.problem import Problem
from optimiser.domain.row_rules import DutyClass
from optimiser.domain.travel_matrix import DayPart, day_part_of
from optimiser.search.encode import DutyKey, day_places, ints, travel_slices
from optimiser.search.kernel.cells import set_duty
from optimiser.search.kernel.data import (
    SLOT_ACTIVE,
    SLOT_BEGIN,
    SLOT_BREAK,
    SLOT_BREAK_HIGH,
    SLOT_BREAK_LOW,
    SLOT_CALLS,
    SLOT_CLOSE,
    SLOT_COLUMNS,
    SLOT_FINISH,
    SLOT_FORM,
    SLOT_LOCKED,
    SLOT_OPEN,
    SLOT_WORK,
    SLOTS,
    STANDBY_SLOT,
    Data,
    Duties,
    Ints,
    State,
    empty_state,
)
from optimiser.search.kernel.undo import new_journal, open_journal

PARTS: tuple[DayPart, ...] = ("day", "evening", "night")
LABELS = ("evening", "night", "weekend", "holiday")
"""What is shared fairly, in the order of the kernel; two are categories of kinds, two go by the day."""


def encode_duties(problem: Problem, pinned: frozenset[tuple[int, int, int]] = frozenset()) -> Duties:
    """The Duties of a problem. ``pinned`` names further (nurse, day, lane) cells that may not change."""
    instance = problem.instance
    kinds, days, nurses = instance.shift_kinds, instance.days, instance.nurses
    allowed = problem.duty_allowed.copy()
    fixed = np.zeros((len(nurses), days, 2), dtype=np.bool_)
    for number, nurse in enumerate(nurses):
        if nurse.experience == "student":
            # Students get their duties after the search, from what their companions do.
            allowed[number], fixed[number] = False, True
    for cell in (*problem.pinned, *pinned):
        fixed[cell] = True
    weights = instance.weights
    cover, cover_duty, cover_nurse = _cover(problem)
    return Duties(
        kind_lane=ints([int(kind.lane == "standby") for kind in kinds]),
        kind_class=ints([_class_of(kind.category, kind.lane) for kind in kinds]),
        holiday=ints([int(is_holiday(instance.clock.date_of(day), instance.money)) for day in range(days)]),
        kind_part=ints([PARTS.index(day_part_of(kind.category)) for kind in kinds]),
        kind_slot=_kind_slots(instance),
        allowed=allowed,
        pinned=fixed,
        journey=_journeys(problem),
        free_leg=ints([instance.organisation_by_id[nurse.organisation].free_home_leg for nurse in nurses]),
        wish=ints(
            [
                [
                    problem.nurse_number[wish.nurse],
                    instance.clock.day_number(wish.day),
                    int(wish.wish == "work"),
                    wish.weight,
                ]
                for wish in instance.wishes
            ]
        ).reshape(-1, 4),
        wish_kind=np.array(
            [[wish.category in (None, kind.category) for kind in kinds] for wish in instance.wishes], dtype=np.bool_
        ).reshape(-1, len(kinds)),
        entered=ints([[*cell, kind, price] for cell, kind, price in problem.priced_entries]).reshape(-1, 5),
        parent=_parent(problem),
        cover=cover,
        cover_duty=cover_duty,
        cover_nurse=cover_nurse,
        fair=_fair(problem),
        contract=ints([nurse.contract_minutes for nurse in nurses]),
        weight=ints(
            [
                weights.wish_refused,
                weights.uncovered_minimum,
                weights.uncovered_wanted,
                weights.fairness,
                weights.changed_duty if problem.parent is not None else 0,
            ]
        ),
    )


def _class_of(category: str, lane: str) -> int:
    if category == "evening":
        return int(lane == "work")
    return 2 if category == "night" else 0


def _form_of(kind: ShiftKind) -> int:
    """The class of a standby duty; 0 for work."""
    if kind.lane == "work":
        return 0
    form = DutyClass.WORKPLACE if kind.at_workplace else DutyClass(0)
    return int(DutyClass.STANDBY | form | (DutyClass.CONSIGNATIE if kind.consignatie else DutyClass(0)))


def _kind_slots(instance: Instance) -> Ints:
    """[days, kinds, 2, columns] slot rows without what depends on the nurse."""
    table = np.zeros((instance.days, len(instance.shift_kinds), 2, SLOT_COLUMNS), dtype=np.int64)
    for day in range(instance.days):
        for number, kind in enumerate(instance.shift_kinds):
            standby = kind.lane == "standby"
            away = standby and not kind.at_workplace
            for segment, (begin, finish) in enumerate(segment_bounds(kind, instance.clock, day)):
                pause = kind.break_minutes if segment == 0 and not away else 0
                handover = instance.settings.handover_minutes if not standby and segment == 0 else 0
                from_time = kind.start if kind.break_from is None else kind.break_from
                until_time = kind.end if kind.break_until is None else kind.break_until
                row = table[day, number, segment]
                # A duty that carries no route still counts as work and standby in its row.
                row[SLOT_ACTIVE], row[SLOT_LOCKED] = 1, int(not kind.carries_route)
                row[SLOT_OPEN], row[SLOT_CLOSE], row[SLOT_BREAK] = begin + handover, finish, pause
                row[SLOT_BREAK_LOW] = instance.clock.at(day, from_time)
                row[SLOT_BREAK_HIGH] = instance.clock.at(day, until_time) - pause
                row[SLOT_BEGIN], row[SLOT_FINISH] = begin, finish
                row[SLOT_WORK] = 0 if away else finish - begin - pause
                row[SLOT_CALLS] = kind.expected_call_minutes if away else 0
                row[SLOT_FORM] = _form_of(kind)
    return table


def _journeys(problem: Problem) -> Ints:
    instance, index, slices = problem.instance, problem.travel.index(), travel_slices(problem)
    table = np.zeros((len(instance.nurses), instance.days, len(PARTS), 3), dtype=np.int64)
    for number, nurse in enumerate(instance.nurses):
        for day in range(instance.days):
            start, end, mode = day_places(instance, nurse.id, day)
            for part, name in enumerate(PARTS):
                where = slices.index((mode, problem.travel.part(name, instance.clock.date_of(day), nurse.id)))  # type: ignore[arg-type]
                table[number, day, part] = index[start], index[end], where
    return table


def _parent(problem: Problem) -> Ints:
    instance = problem.instance
    table = np.full((len(instance.nurses), instance.days, 2), -2 if problem.parent is None else -1, dtype=np.int64)
    if problem.parent is not None:
        for duty in problem.parent.duties:
            day = instance.clock.day_number(duty.day)
            table[problem.nurse_number[duty.nurse], day, int(duty.lane == "standby")] = problem.kind_number[duty.kind]
    return table


def _cover(problem: Problem) -> tuple[Ints, Ints, np.ndarray]:
    rows: list[list[int]] = []
    entries: list[list[int]] = []
    nurse = np.zeros((len(problem.cover), len(problem.instance.nurses)), dtype=np.bool_)
    for number, row in enumerate(problem.cover):
        first = len(entries)
        entries += [list(pair) for pair in sorted(row.duties)]
        surplus = problem.instance.weights.surplus_standby if row.standby else 0
        rows.append([row.minimum, row.wanted, first, len(entries), surplus])
        nurse[number, sorted(row.nurses)] = True
    return ints(rows).reshape(-1, 5), ints(entries).reshape(-1, 2), nurse


def _fair(problem: Problem) -> Ints:
    table = np.zeros((len(LABELS), len(problem.instance.nurses), 2), dtype=np.int64)
    for number, nurse in enumerate(problem.instance.nurses):
        for row, label in enumerate(LABELS):
            shares = row >= 2 or not nurse.categories or label in nurse.categories
            table[row, number, 0] = int(nurse.experience == "experienced" and shares)
    for counter in problem.instance.counters:
        if counter.counter.removesuffix("s_year") in LABELS:
            row = LABELS.index(counter.counter.removesuffix("s_year"))
            table[row, problem.nurse_number[counter.nurse], 1] = counter.value
    return table


def roster_state(
    problem: Problem,
    data: Data,
    duties: Duties,
    roster: frozenset[DutyKey],
    locked: frozenset[tuple[int, int, int]] = frozenset(),
) -> State:
    """A state with the roster's duties and no work on them. ``locked`` routes will keep their stops."""
    instance = problem.instance
    shape = (len(instance.nurses), instance.days, 2)
    slots = np.zeros((shape[0] * shape[1] * SLOTS, SLOT_COLUMNS), dtype=np.int64)
    state = empty_state(data, np.full(shape, -1, dtype=np.int64), slots)
    journal = new_journal(data, state)
    for nurse, day, kind in sorted(roster):
        lane = int(instance.shift_kinds[kind].lane == "standby")
        open_journal(journal, state)
        set_duty(data, duties, state, journal, nurse, day, lane, kind)
        if (nurse, day, lane) in locked or instance.nurses[nurse].experience == "student":
            first = (nurse * instance.days + day) * SLOTS
            chosen = slice(first + STANDBY_SLOT, first + SLOTS) if lane else slice(first, first + STANDBY_SLOT)
            state.slot[chosen, SLOT_LOCKED] = 1
    return state


def roster_of(problem: Problem, state: State) -> frozenset[DutyKey]:
    """The duties of a state."""
    return frozenset(
        (int(nurse), int(day), int(state.duty[nurse, day, lane])) for nurse, day, lane in np.argwhere(state.duty >= 0)
    )
