"""Windows: a stop starts and ends inside one window of its work and takes as long as the work takes."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case, Done
from optimiser.check.violation import Violation
from optimiser.domain.work import Visit


def judge(case: Case) -> Iterator[Violation]:
    """One finding for each stop outside its windows or of another length."""
    for done in case.stops:
        stop, work = done.stop, case.work_of(done.stop)
        if work is None:
            continue
        client = work.client if isinstance(work, Visit) else None
        if stop.end - stop.start != work.minutes:
            yield case.found("windows.length", stop.start, stop.end, nurse=done.duty.nurse, client=client,
                             subject=stop.id, required=work.minutes, found=stop.end - stop.start)  # fmt: skip
        if not any(start <= stop.start and stop.end <= end for start, end in windows_of(case, done)):
            yield case.found("windows.window", stop.start, stop.end, nurse=done.duty.nurse, client=client,
                             subject=stop.id)  # fmt: skip


def windows_of(case: Case, done: Done) -> tuple[tuple[int, int], ...]:
    """Start and end minute of each window of the work of a stop."""
    work = case.work_of(done.stop)
    if work is None:
        return ()
    if isinstance(work, Visit):
        return tuple((window.start, window.end) for window in work.windows)
    day = case.clock.day_number(work.day)
    return ((case.clock.at(day, work.from_time), case.clock.at(day, work.until_time)),)
