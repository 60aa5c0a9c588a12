"""What the duties of a state cost beside its rows: wishes, entries, cover, fairness, changes. Counted anew."""

from __future__ import annotations

from optimiser.search.kernel.compiled import compiled
from optimiser.search.kernel.data import (
    NONE,
    WIDE_COUNTS,
    Duties,
    State,
    Table,
)

WISH, MINIMUM, WANTED, FAIR, CHANGED = range(5)
LABELS = 4
"""Evenings, nights, weekends and holidays are shared fairly."""


@compiled
def _wishes(duties: Duties, state: State) -> int:
    cost = NONE
    for index in range(len(duties.wish)):
        nurse, day, work, weight = duties.wish[index]
        kind = state.duty[nurse, day, 0]
        met = kind < 0 and state.duty[nurse, day, 1] < 0
        if work == 1:
            met = kind >= 0 and duties.wish_kind[index, kind]
        if not met:
            cost += weight * duties.weight[WISH]
    for index in range(len(duties.entered)):
        nurse, day, lane, entered, price = duties.entered[index]
        if state.duty[nurse, day, lane] != entered:
            cost += price
    if duties.weight[CHANGED] > 0:
        for nurse in range(state.duty.shape[0]):
            for day in range(state.duty.shape[1]):
                for lane in range(2):
                    old = duties.parent[nurse, day, lane]
                    if old > -2 and old != state.duty[nurse, day, lane]:
                        cost += duties.weight[CHANGED]
    return cost


@compiled
def _cover(duties: Duties, state: State) -> int:
    cost = NONE
    for row in range(len(duties.cover)):
        minimum, wanted, first, last, surplus = duties.cover[row]
        counted = NONE
        for entry in range(first, last):
            day, kind = duties.cover_duty[entry]
            lane = duties.kind_lane[kind]
            for nurse in range(state.duty.shape[0]):
                if state.duty[nurse, day, lane] == kind and duties.cover_nurse[row, nurse]:
                    counted += 1
        cost += max(NONE, minimum - counted) * duties.weight[MINIMUM]
        cost += max(NONE, wanted - max(minimum, counted)) * duties.weight[WANTED]
        cost += max(NONE, counted - max(minimum, wanted)) * surplus
    return cost


@compiled
def _counts(duties: Duties, state: State, nurse: int, counts: Table) -> None:
    """Evenings, nights, worked weekends and duties on holidays of a nurse, into ``counts`` [4, N]."""
    counts[0, nurse], counts[1, nurse], counts[2, nurse], counts[3, nurse] = 0, 0, 0, 0
    weekend = False
    for day in range(state.duty.shape[1]):
        for lane in range(2):
            kind = state.duty[nurse, day, lane]
            if kind >= 0:
                weekend = weekend or day % 7 >= 5
                counts[3, nurse] += duties.holiday[day]
                if duties.kind_class[kind] > 0:
                    counts[duties.kind_class[kind] - 1, nurse] += 1
        if day % 7 == 6:
            counts[2, nurse] += 1 if weekend else 0
            weekend = False


@compiled
def _fairness(duties: Duties, state: State) -> int:
    nurses = state.duty.shape[0]
    table = state.wide[WIDE_COUNTS : WIDE_COUNTS + LABELS]
    for nurse in range(nurses):
        _counts(duties, state, nurse, table)
    cost = NONE
    for label in range(LABELS):
        whole, total = NONE, NONE
        for nurse in range(nurses):
            if duties.fair[label, nurse, 0] == 1:
                whole += duties.contract[nurse]
                total += table[label, nurse] + duties.fair[label, nurse, 1]
        for nurse in range(nurses):
            if duties.fair[label, nurse, 0] == 1 and whole > 0:
                share = -((-total * duties.contract[nurse]) // whole)
                target = max(NONE, share - duties.fair[label, nurse, 1])
                excess = max(NONE, table[label, nurse] - target)
                cost += excess * excess * duties.weight[FAIR]
    return cost


@compiled
def duty_cost(duties: Duties, state: State) -> int:
    """Cost of all duties in minute-equivalents, routes and rows left out."""
    return _wishes(duties, state) + _cover(duties, state) + _fairness(duties, state)
