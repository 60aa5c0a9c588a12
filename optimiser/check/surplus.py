"""Standby that no cover row asks for: a night at home by the telephone is a burden, also when nobody calls."""

from __future__ import annotations

from collections.abc import Collection, Container

from optimiser.check.case import Case
from optimiser.check.cover import filled


def surplus_standby(case: Case, days: Container[int] | None = None, among: Collection[str] | None = None) -> int:
    """The term: what standby rows have above their number, and duties that count for no such row (plan language 50);
    of rows of all days, or of some day numbers, and of the duties whose ids are ``among``, or all."""
    above, asked = 0, set[str]()
    for need, duties in filled(case, days):
        if need.row.lane == "standby":
            above += max(0, len(duties) - max(need.minimum, need.wanted))
            asked |= {duty.id for duty in duties}
    unasked = (
        duty
        for duty in case.duties
        if duty.lane == "standby"
        and duty.follows is None
        and case.nurse_of(duty).experience == "experienced"
        and duty.id not in asked
        and (among is None or duty.id in among)
    )
    return above + sum(1 for _ in unasked)
