"""Whose calls a duty answers for, from where, and how many duties share them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from optimiser.check.case import Case
from optimiser.check.cover import Need, fills, needs, pooled_with
from optimiser.check.legs import ends_and_mode
from optimiser.domain.calls import CallSource
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.plan import Duty
from optimiser.domain.travel_matrix import day_part_of

Whose = tuple[str, frozenset[str]]
"""An area, or (where it is empty) the clients of some organisations."""
From = tuple[str, str, str]
"""Place, mode and part of the day."""


@dataclass(frozen=True)
class Answers:
    """What the duties of one plan answer for; equal questions are worked out once."""

    case: Case

    @cached_property
    def _sources(self) -> dict[Whose, tuple[CallSource, ...]]:
        return {}

    @cached_property
    def _minutes(self) -> dict[tuple[From, Whose], tuple[int, ...]]:
        return {}

    @cached_property
    def _needs(self) -> dict[int, list[Need]]:
        """Day number of the window -> what is asked, on the days of the plan's duties."""
        table: dict[int, list[Need]] = defaultdict(list)
        starts = {self.case.clock.day_number(duty.day) for duty in self.case.duties}
        for need in needs(self.case, starts | {day + 1 for day in starts}):
            table[need.day].append(need)
        return table

    def whose(self, duty: Duty) -> Whose:
        """For whom a duty is: its kind's area, else the clients of all organisations with which the nurse's shares
        cover during the whole duty; of her own only where she did not agree to serve others'."""
        case, kind = self.case, self.case.kind_of(duty)
        if kind.area:
            return kind.area, frozenset()
        own = case.nurse_of(duty).organisation
        if case.contract.consents is not None and duty.nurse not in case.contract.consents:
            return "", frozenset({own})
        return "", pooled_with(case, own, case.clock.day_number(duty.day), kind.start, kind.last_end)

    def sources(self, whose: Whose) -> tuple[CallSource, ...]:
        """The call sources of an area, or of organisations."""
        if whose not in self._sources:
            area, owners = whose
            self._sources[whose] = tuple(
                each
                for each in self.case.instance.call_sources
                if (self._is_in(area, each) if area else each.organisation in owners)
            )
        return self._sources[whose]

    def _is_in(self, name: str, source: CallSource) -> bool:
        code = self.case.instance.place_by_id[source.place].district
        return any(
            (not area.districts or any(code.startswith(each) for each in area.districts))
            and (not area.organisations or source.organisation in area.organisations)
            for area in self.case.instance.areas
            if area.id == name
        )

    def where(self, duty: Duty) -> From:
        """Where a duty waits (its post, else where the nurse's routes begin) and how it travels."""
        start, _, mode = ends_and_mode(self.case, duty)
        kind = self.case.kind_of(duty)
        return kind.waits_at or start, mode, self.case.travel.part(day_part_of(kind.category), duty.day, duty.nurse)

    def minutes(self, where: From, whose: Whose) -> tuple[int, ...]:
        """Minutes of travel to each call source in order."""
        if (where, whose) not in self._minutes:
            place, mode, part = where
            index, table = self.case.place_index, self.case.travel.minutes[mode, part]  # type: ignore[index]
            self._minutes[where, whose] = tuple(
                int(table[index[place], index[each.place]]) for each in self.sources(whose)
            )
        return self._minutes[where, whose]

    def turn_out(self, duty: Duty) -> int:
        """Minutes before the travel begins: only of who is on call from home."""
        kind = self.case.kind_of(duty)
        from_home = kind.lane == "standby" and not kind.at_workplace
        return self.case.instance.response.turn_out_minutes if from_home else 0

    def among(self, duty: Duty) -> int:
        """Among how many duties the calls are shared: the largest minimum of the needs that the duty counts for by the
        clock of its kind, at least 1."""
        case, day = self.case, self.case.clock.day_number(duty.day)
        bounds = segment_bounds(case.kind_of(duty), case.clock, day)
        by_kind = duty.model_copy(update={"start": bounds[0][0], "end": bounds[-1][1]})
        asked = [*self._needs.get(day, ()), *self._needs.get(day + 1, ())]
        numbers: list[int] = [need.minimum for need in asked if fills(case, by_kind, need)]
        return max(1, *numbers, 1)
