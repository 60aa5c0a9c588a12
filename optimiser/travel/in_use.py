"""Which places, modes and pairs a plan of an instance can need."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.domain.instance import Instance
from optimiser.domain.place import Mode
from optimiser.domain.travel_matrix import DayPart, day_part_of

DAY_PARTS: tuple[DayPart, ...] = ("day", "evening", "night")
MODES: tuple[Mode, ...] = ("car", "bicycle", "ebike", "walk")


@dataclass(frozen=True)
class InUse:
    """``stops``: where work is done or calls come from; ``ends``: mode -> where nurses of that mode start or end a
    duty, or wait for calls; ``homes``: where nurses live; ``day_parts``: of the kinds that carry a route or answer
    calls. All sorted, nothing twice."""

    stops: tuple[str, ...]
    ends: dict[Mode, tuple[str, ...]]
    homes: tuple[str, ...]
    day_parts: tuple[DayPart, ...]

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The modes in use, in a fixed order."""
        return tuple(mode for mode in MODES if mode in self.ends)

    @property
    def places(self) -> tuple[str, ...]:
        """All places in use, sorted."""
        return tuple(sorted({*self.stops, *self.homes, *(place for each in self.ends.values() for place in each)}))


def in_use(instance: Instance) -> InUse:
    """Places and modes that some route of ``instance`` may need, travel overrides of ``availability`` included."""
    stops = {instance.client_by_id[visit.client].place for visit in instance.visits}
    stops |= {task.place for task in instance.tasks if task.in_route and task.place is not None}
    stops |= {source.place for source in instance.call_sources}
    posts = {kind.waits_at for kind in instance.shift_kinds if kind.waits_at is not None}
    ends: dict[Mode, set[str]] = {}
    for nurse in instance.nurses:
        changes = [row for row in instance.availability if row.nurse == nurse.id and row.kind == "travel"]
        ends_of_nurse = {nurse.start_place or nurse.home, nurse.end_place or nurse.home}
        ends_of_nurse |= {place for row in changes for place in (row.start_place, row.end_place) if place is not None}
        ends_of_nurse |= posts
        for mode in {nurse.mode, *(row.mode for row in changes if row.mode is not None)}:
            ends.setdefault(mode, set()).update(ends_of_nurse)
    parts = {day_part_of(kind.category) for kind in instance.shift_kinds if kind.carries_route or kind.line}
    return InUse(
        stops=tuple(sorted(stops)),
        ends={mode: tuple(sorted(places)) for mode, places in ends.items()},
        homes=tuple(sorted({nurse.home for nurse in instance.nurses})),
        day_parts=tuple(part for part in DAY_PARTS if part in parts),
    )
