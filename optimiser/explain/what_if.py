"""What would let work be done if one thing were otherwise: the window, the end of a duty, a skill."""

from __future__ import annotations

from dataclasses import dataclass, replace

from optimiser.domain.clock import HOUR
from optimiser.domain.plan import BREAK
from optimiser.explain.alternative import Alternative
from optimiser.explain.asked import Asked
from optimiser.explain.in_route import TRIES, cheapest_first, duties_then, judged
from optimiser.explain.present import rebuilt
from optimiser.explain.road import legs_of, spans_of
from optimiser.explain.schedule import Option

WIDEST = 120
"""No window is asked to be more minutes wider than this, on either side."""


@dataclass(frozen=True)
class WhatIf:
    """The alternative that would then be, and by how much: ``minutes`` later (earlier below zero) or longer, or the
    ``skill`` that she lacks."""

    then: Alternative
    minutes: int = 0
    skill: str = ""


def wider_window(asked: Asked) -> WhatIf | None:
    """The least minutes by which the work should be allowed earlier or later, in the duty where that costs least."""
    loose = replace(asked, wider=WIDEST, waived=asked.waived | {"windows.window"})
    found = []
    for nurse in asked.present.instance.nurses:
        for option in cheapest_first(loose, duties_then(loose, nurse.id), loose.tied_times(nurse.id)):
            shift, start = _least(asked, option)
            found.append((abs(shift), option.price, nurse.id, shift, start, option))
    for _, _, nurse_id, shift, start, option in sorted(found, key=lambda each: each[:5])[: 2 * TRIES]:
        then = judged(loose, nurse_id, option.duty(start))
        if then is not None and then.possible:
            return WhatIf(then, shift)
    return None


def longer_duty(asked: Asked) -> WhatIf | None:
    """The least minutes (up to an hour) by which a duty should end later, by law and with the work in it."""
    found = []
    loose = replace(asked, waived=asked.waived | {"duties.clock"})
    for nurse in asked.present.instance.nurses:
        times = asked.tied_times(nurse.id)
        for duty in asked.present.case.duties_of.get(nurse.id, ()) if times else ():
            kind = asked.present.instance.kind_by_id[duty.kind]
            if duty.lane != "work" or len(kind.segments) > 1:
                continue
            late = rebuilt(duty, end=duty.end + HOUR)
            for option in cheapest_first(loose, [late], times)[:1]:
                found.append((_needed(option, duty.end), option.price, nurse.id, option))
    for minutes, _, nurse_id, option in sorted(found, key=lambda each: each[:3])[:TRIES]:
        placed = option.duty()
        if placed is None:
            continue
        then = judged(loose, nurse_id, rebuilt(placed, end=placed.end - HOUR + minutes))
        if then is not None and then.possible:
            return WhatIf(then, minutes)
    return None


def missing_skill(asked: Asked) -> WhatIf | None:
    """The nurse who lacks one skill only, and could do the work with it at the least cost."""
    found: list[tuple[int, str, Option, str]] = []
    loose = replace(asked, waived=asked.waived | {"competence.skill"})
    for nurse in asked.present.instance.nurses:
        refused = (asked.forbidden.get((nurse.id, number), ()) for number in range(len(asked.windows)))
        lacked = {each.subject for rules in refused for each in rules if each.rule == "competence.skill"}
        if len(lacked) != 1:
            continue
        skill = next(iter(lacked)).rpartition("(")[2].rstrip(")")
        options = cheapest_first(loose, duties_then(loose, nurse.id), loose.tied_times(nurse.id))[:1]
        found += [(option.price, nurse.id, option, skill) for option in options]
    for _, nurse_id, option, skill in sorted(found, key=lambda each: each[:2])[:TRIES]:
        then = judged(loose, nurse_id, option.duty())
        if then is not None and then.possible:
            return WhatIf(then, skill=skill)
    return None


def _least(asked: Asked, option: Option) -> tuple[int, int]:
    """How far outside its nearest window the work must start there, and that start."""
    best: tuple[int, int] | None = None
    for low, high in spans_of(asked.present, asked.work):
        start = min(max(option.earliest, low), option.latest)
        start = option.earliest if option.earliest > high else start
        shift = start - high if start > high else min(0, start - low)
        if best is None or abs(shift) < abs(best[0]):
            best = (shift, start)
    return best or (0, option.earliest)


def _needed(option: Option, end: int) -> int:
    """By how much the duty must end later than ``end`` for its last work and the way home inside it."""
    duty = option.duty()
    stops = [] if duty is None else [stop for stop in duty.stops if stop.what != BREAK]
    home = legs_of(option.road, option.pieces)[-1]
    last = stops[-1].end if stops else end
    return max(1, last + max(0, home - option.road.free_leg) - end)
