"""The sharing contract: own clients, and other organisations' as far as the contract shares them."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case, Done
from optimiser.check.violation import Violation
from optimiser.domain.clock import HOUR
from optimiser.domain.work import Visit

OFFICE_FROM, OFFICE_UNTIL, SATURDAY = 7 * HOUR, 18 * HOUR, 5


def judge(case: Case) -> Iterator[Violation]:
    """One finding for each visit part done by a nurse of another organisation that the contract does not share."""
    for done in case.stops:
        work = case.work_of(done.stop)
        if isinstance(work, Visit) and is_lent(case, done, work) and not _shared(case, done, work):
            yield case.found("sharing.visit", done.stop.start, done.stop.end, nurse=done.duty.nurse,
                             client=work.client, subject=work.id)  # fmt: skip


def is_lent(case: Case, done: Done, visit: Visit) -> bool:
    """Whether a nurse of another organisation than the client's does it."""
    return case.nurse_of(done.duty).organisation != case.instance.client_by_id[visit.client].organisation


def _shared(case: Case, done: Done, visit: Visit) -> bool:
    if case.contract.visits != "anw":
        return case.contract.visits == "all"
    stop = done.stop
    holding = [window for window in visit.windows if window.start <= stop.start and stop.end <= window.end]
    # Outside all windows (a finding of its own) the visit counts as in any of them.
    return any(opens_outside_office(case, window.start) for window in holding or visit.windows)


def opens_outside_office(case: Case, minute: int) -> bool:
    """Whether a minute lies outside Monday to Friday 07:00 to 18:00."""
    clock = case.clock
    weekend = clock.weekday(clock.day_of(minute)) >= SATURDAY
    return weekend or not OFFICE_FROM <= clock.clock_time(minute) < OFFICE_UNTIL
