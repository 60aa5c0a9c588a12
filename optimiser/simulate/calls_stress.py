"""What makes it harder: two calls at once, a nurse ill all week. Snow is in the travel times."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimiser.domain.clock import HOUR
from optimiser.domain.instance import Instance
from optimiser.simulate.calls_arrivals import DrawnCalls, generator, service_minutes
from optimiser.simulate.calls_units import Prepared

DAY_BORDER = 7 * HOUR
"""A day of pairs runs from seven to seven: a night is one day."""


def two_at_once(instance: Instance, drawn: DrawnCalls) -> DrawnCalls:
    """The same calls, and with the first of each day (seven to seven) that asks a visit a second one at the same
    minute: of the same organisation and type, from a source by how many calls it has."""
    clock = instance.clock
    borders = np.array([clock.at(day, DAY_BORDER) for day in range(instance.days + 1)])
    days = np.searchsorted(borders, drawn.minute, side="right")
    keys = drawn.round * (instance.days + 2) + days
    asked = np.flatnonzero(~drawn.by_phone)
    _, first = np.unique(keys[asked], return_index=True)
    whom = asked[first]
    twins = [_twin(instance, drawn, int(call), int(keys[call])) for call in whom]
    source = np.concatenate([drawn.source, np.array([each for each, _ in twins], dtype=np.int64)])
    service = np.concatenate([drawn.service, np.array([each for _, each in twins], dtype=float)])
    paired = drawn.paired.copy()
    paired[whom] = True
    plays, minute = np.concatenate([drawn.round, drawn.round[whom]]), np.concatenate([drawn.minute, drawn.minute[whom]])
    by_phone = np.concatenate([drawn.by_phone, np.zeros(len(whom), dtype=np.bool_)])
    paired = np.concatenate([paired, np.ones(len(whom), dtype=np.bool_)])
    order = np.lexsort((minute, plays))
    bounds = np.searchsorted(plays[order], np.arange(drawn.rounds + 1))
    return replace(
        drawn, round=plays[order], minute=minute[order], source=source[order], by_phone=by_phone[order],
        service=service[order], paired=paired[order], bounds=tuple(int(each) for each in bounds),
    )  # fmt: skip


def ill_units(prepared: Prepared, rounds: int, seed: int) -> tuple[frozenset[int], ...]:
    """Numbers of the units that fall away in each round: all of the week's, of nurses drawn among those on call in it
    (lines 1 and 2)."""
    of_week: dict[int, dict[str, set[int]]] = {}
    clock = prepared.case.clock
    for unit in prepared.units:
        if unit.line:
            week = clock.day_number(unit.duty.day) // 7
            of_week.setdefault(week, {}).setdefault(unit.duty.nurse, set()).add(unit.number)
    found = []
    for number in range(rounds):
        away: set[int] = set()
        for week, nurses in sorted(of_week.items()):
            # by name: a nurse who is on call in both plans tends to be ill in both
            lots = {nurse: generator(seed, "ill", number, week, nurse).random() for nurse in nurses}
            for nurse in sorted(lots, key=lambda each: (lots[each], each))[: prepared.settings.ill_nurses]:
                away |= nurses[nurse]
        found.append(frozenset(away))
    return tuple(found)


def _twin(instance: Instance, drawn: DrawnCalls, call: int, key: int) -> tuple[int, float]:
    """Source and service minutes of the second call."""
    first = instance.call_sources[int(drawn.source[call])]
    chance = generator(drawn.seed, "twin", key)
    alike = [
        (number, row) for number, row in enumerate(instance.call_sources)
        if (row.organisation, row.type) == (first.organisation, first.type)
    ]  # fmt: skip
    weights = np.cumsum([row.weekly_millicalls for _, row in alike])
    number = alike[int(np.searchsorted(weights, chance.random() * weights[-1], side="right"))][0]
    return number, float(service_minutes(instance.call_type_by_id[first.type], chance, 1)[0])
