"""Free weekends (plan language 27): Saturday 00:00 to Monday 04:00 within 60 hours without any duty, so many a year."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.violation import Violation
from optimiser.domain.people import Nurse

YEAR = 52


def agreed_weekends(case: Case, nurse: Nurse) -> int:
    """The number that holds for her in 52 weeks; 0 is none."""
    rules = case.rules_of(nurse.id)
    usual = rules.free_weekends.value
    if usual == 0 or nurse.weekends_only:
        return 0
    return usual if nurse.free_weekends is None else max(nurse.free_weekends, rules.free_weekends_least.value)


def free_weekends(case: Case, nurse: str) -> Iterator[Violation]:
    """One signal when the horizon's worked weekends exceed what the year leaves."""
    agreed, weeks = agreed_weekends(case, case.instance.nurse_by_id[nurse]), case.instance.weeks
    if not agreed:
        return
    context = [(row.start, row.end) for row in case.context_of.get(nurse, ())]
    duties = [*context, *((duty.start, duty.end) for duty in case.duties_of.get(nurse, ()))]
    counted = case.counters.get((nurse, "free_weekends_52_weeks"))
    if counted is None:
        before = sum(1 for week in range(weeks - YEAR, 0) if not is_free(case, week, context))
    else:
        before = max(0, YEAR - counted - weeks)
    most = max(0, YEAR - agreed - before)
    worked = sum(1 for week in range(weeks) if not is_free(case, week, duties))
    if worked > most:
        yield case.found("weekends.free", 0, case.instance.horizon_end, nurse=nurse, required=most, found=worked)


def is_free(case: Case, week: int, duties: list[tuple[int, int]]) -> bool:
    """Whether the weekend of a calendar week lies in a time without duty that is long enough."""
    clock, rules = case.clock, case.rules
    low, high = clock.midnight(7 * week + 5), clock.at(7 * week + 7, rules.weekend_until.value)
    if any(start < high and end > low for start, end in duties):
        return False
    before = max((end for _, end in duties if end <= low), default=None)
    after = min((start for start, _ in duties if start >= high), default=None)
    return before is None or after is None or after - before >= rules.weekend_rest.value
