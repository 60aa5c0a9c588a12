"""Notice of a roster (ATW 4:2 lid 2): 28 days before the duties it holds. A signal; nothing known, nothing said."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.check.case import Case
from optimiser.check.violation import Violation


def judge(case: Case) -> Iterator[Violation]:
    """For a duty with a date of its own one signal each; for all others one, at the first duty of the plan."""
    least = case.rules.notice_days.value
    told = {(row.nurse, row.kind, row.day): row.published_on for row in case.instance.duties_given}
    others = []
    for duty in case.duties:
        day = told.get((duty.nurse, duty.kind, duty.day))
        if day is None:
            others.append(duty)
        elif (duty.day - day).days < least:
            yield case.found("publication.notice", duty.start, duty.end, nurse=duty.nurse, subject=duty.id,
                             required=least, found=(duty.day - day).days)  # fmt: skip
    publish = case.instance.settings.publish_on
    if publish is None or not others:
        return
    first = min(others, key=lambda each: (each.day, each.start))
    if (first.day - publish).days < least:
        yield case.found("publication.notice", first.start, first.end, required=least, found=(first.day - publish).days)
