"""What changed on a nurse's route of a day since the roster she was told: hers only, and no colleague named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from maps.itinerary import late_minutes, title_of
from maps.words import Names, Words, name_of
from optimiser.domain.plan import Plan
from optimiser.report.call_list import client_of
from optimiser.report.call_words import reason_words
from optimiser.report.changes import Change, Place


@dataclass(frozen=True)
class ToldLine:
    """One piece of work that ``comes``, ``goes`` or ``moves``: old and new time, who or what, and why."""

    key: str
    label: str
    was: str
    now: str
    what: str
    reason: str


def told_lines(
    words: Words, names: Names, plan: Plan, nurse: str, day: date, changes: Iterable[Change]
) -> tuple[ToldLine, ...]:
    """Her changes of that day in order of time; of a student those of her companion's route."""
    whose = {nurse, *(duty.follows for duty in plan.duties_of.get(nurse, ()) if duty.day == day and duty.follows)}
    lines = sorted(_lines(words, names, plan, nurse, whose, day, changes), key=lambda pair: pair[0])
    return tuple(line for _, line in lines)


def told_days(changes: Iterable[Change]) -> set[tuple[str, date]]:
    """Every (nurse, date) whose work changed."""
    places = (place for each in changes for place in (each.before, each.after) if place is not None)
    return {(place.nurse, _day(place)) for place in places}


def _lines(
    words: Words, names: Names, plan: Plan, nurse: str, whose: set[str], day: date, changes: Iterable[Change]
) -> Iterator[tuple[int, ToldLine]]:
    late = late_minutes(plan)
    for each in changes:
        had, has = (place is not None and place.nurse in whose and _day(place) == day
                    for place in (each.before, each.after))  # fmt: skip
        if not had and not has:
            continue
        key = "moves" if had and has else "comes" if has else "goes"
        was = words.time(each.before.start) if had and each.before else ""
        now = words.time(each.after.start) if has and each.after else ""
        place = each.after if has and each.after else each.before
        assert place is not None
        reason = reason_words(each, words.language, quiet_for=nurse)
        if each.work in late:
            reason = words(f"call_list.{'because_you' if place.nurse == nurse else 'because'}.late")
        what = _what(words, names, plan, each)
        yield place.start, ToldLine(key, words(f"call_list.tell.{key}"), was, now, what, reason)


def _what(words: Words, names: Names, plan: Plan, change: Change) -> str:
    client = client_of(words.instance, change.work)
    task = words.instance.task_by_id.get(change.work)
    return name_of(names, client) if client else title_of(words, task, plan) if task else change.work


def _day(place: Place) -> date:
    """The date of its duty, whose id is ``nurse/date/lane``."""
    return date.fromisoformat(place.duty.split("/")[1])
