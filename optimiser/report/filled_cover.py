"""Which cover a duty counts for, and whether that cover would be short without it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from optimiser.domain.duty import Cover
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.problem import CoverDay
from optimiser.scenario.cover import cover_days

DutyKey = tuple[str, date, str]
"""Nurse, date and kind of a duty."""


@dataclass(frozen=True)
class FilledCover:
    """A cover row (``row``; the first where equal ones are pooled) on day number ``day``, and how many duties count.

    ``start`` and ``end`` are horizon minutes of its window.
    """

    row: Cover
    day: int
    start: int
    end: int
    counted: int
    minimum: int
    wanted: int

    @property
    def needs_all(self) -> bool:
        """Whether the minimum would not be reached with one duty less."""
        return self.counted - 1 < self.minimum


def filled_cover(instance: Instance, plan: Plan) -> dict[DutyKey, tuple[FilledCover, ...]]:
    """Duty -> the cover it counts for, as the sharing contract of the plan reads the rows."""
    numbers = {nurse.id: number for number, nurse in enumerate(instance.nurses)}
    kinds = {kind.id: number for number, kind in enumerate(instance.shift_kinds)}
    covers = cover_days(instance, plan.contract)
    holding: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, cover in enumerate(covers):
        for start_and_kind in cover.duties:
            holding[start_and_kind].append(number)
    counting: dict[int, list[DutyKey]] = defaultdict(list)
    for duty in plan.duties:
        for number in holding[instance.clock.day_number(duty.day), kinds[duty.kind]]:
            if duty.follows is None and numbers[duty.nurse] in covers[number].nurses:
                counting[number].append((duty.nurse, duty.day, duty.kind))
    by_id = {row.id: row for row in instance.cover}
    found: dict[DutyKey, list[FilledCover]] = defaultdict(list)
    for number, keys in counting.items():
        filled = _filled(instance, by_id, covers[number], len(keys))
        for key in keys:
            found[key].append(filled)
    return {key: tuple(sorted(each, key=lambda one: (one.start, one.end, one.row.id))) for key, each in found.items()}


def _filled(instance: Instance, by_id: dict[str, Cover], cover: CoverDay, counted: int) -> FilledCover:
    # pooled rows are equal in all but owner and numbers: the first tells the window, lane and skills
    row = by_id[cover.id.split("+")[0]]
    clock = instance.clock
    return FilledCover(
        row, cover.day, clock.at(cover.day, row.from_time), clock.at(cover.day, row.until_time), counted, cover.minimum,
        cover.wanted,
    )  # fmt: skip
