"""A nurse who is free then gets a duty for the work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from optimiser.domain.duty_work import kind_blocks, segment_bounds
from optimiser.domain.noun import WEEKDAYS
from optimiser.explain.alternative import Alternative
from optimiser.explain.asked import Asked
from optimiser.explain.in_pairs import PARTS, Both, best_pair, places_of
from optimiser.explain.in_route import cheapest_first, judged
from optimiser.explain.why_duty import duty_answer


def cheapest_extra_duty(asked: Asked) -> Alternative | None:
    """Of the nurses who may come the one whose extra duty costs least: lawful, and with the work in it; or None."""
    found = [each for nurse in asked.present.instance.nurses if (each := _shortest(asked, nurse.id)) is not None]
    return min(found, key=lambda each: (each.cost, each.nurse), default=None)


def cheapest_extra_pair(asked: Both) -> Alternative | None:
    """The same for a visit by two nurses: one of them gets the duty, the other does it in a route that is there."""
    places, found = places_of(asked), list[Alternative]()
    for nurse in asked[1].present.instance.nurses:
        times = {part: asked[part].tied_times(nurse.id) for part in PARTS}
        kinds = _kinds(asked[1], nurse.id, [*times[1], *times[2]])
        answers = (duty_answer(asked[1].present, nurse.id, kind, day) for kind, day in kinds)
        duty = next((each.duty for each in answers if each.possible), None)
        if duty is not None:
            new = {(nurse.id, part): cheapest_first(asked[part], [duty], times[part]) for part in PARTS}
            best = best_pair(asked, {**places, **new}, nurse.id)
            found += [best] if best is not None and best.possible else []
    return min(found, key=lambda each: (each.cost, each.nurse), default=None)


def _shortest(asked: Asked, nurse: str) -> Alternative | None:
    """Her shortest kind of duty that is lawful and does."""
    times = asked.tied_times(nurse)
    for kind, day in _kinds(asked, nurse, times):
        answer = duty_answer(asked.present, nurse, kind, day)
        if not answer.possible:
            continue
        for option in cheapest_first(asked, [answer.duty], times)[:1]:
            found = judged(asked, nurse, option.duty())
            if found is not None and found.possible:
                return found
    return None


def _kinds(asked: Asked, nurse: str, times: list[tuple[int, int]]) -> Iterator[tuple[str, date]]:
    """Kind and day of each duty that could hold the work, least work first; none on a day with a duty of that lane."""
    instance, minutes = asked.present.instance, asked.work.minutes
    clock, person = instance.clock, instance.nurse_by_id[nurse]
    taken = {(duty.day, duty.lane) for duty in asked.present.case.duties_of.get(nurse, ())}
    days = sorted({clock.day_of(low) + shift for low, _ in times for shift in (-1, 0)})
    found = []
    for kind in instance.shift_kinds:
        if not kind.carries_route or (person.categories and kind.category not in person.categories):
            continue
        for day in (day for day in days if 0 <= day < instance.days):
            bounds, when = segment_bounds(kind, clock, day), clock.date_of(day)
            if (when, kind.lane) in taken or (kind.weekdays and WEEKDAYS[when.weekday()] not in kind.weekdays):
                continue
            begun = asked.as_of is not None and bounds[0][0] < asked.as_of
            holds = any(max(low, first) <= min(high - minutes, last) for low, high in bounds for first, last in times)
            if holds and not begun:
                work = sum(block.minutes for block in kind_blocks(instance, kind, day))
                found.append((work, day, kind.id, when))
    yield from ((kind, when) for _, _, kind, when in sorted(found))
