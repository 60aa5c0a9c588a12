"""What was really worked as a plan, so that the check can judge it by the clock."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from optimiser.domain.clock import DAY
from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance
from optimiser.domain.people import Availability, Category
from optimiser.domain.plan import Duty, Plan, Stop
from optimiser.domain.realised import Realised, RealisedDuty, RealisedVisit
from optimiser.report.realised_minutes import duty_minutes
from optimiser.report.realised_routes import placed, with_stops

CALL = "call"


@dataclass(frozen=True)
class RealisedCase:
    """What to judge: ``plan`` (status imported, without routes) by the tables of ``instance``.

    These hold a kind for each break and each work by the clock that no kind has, what was promised (``duties_given``)
    no more, and sickness that took a whole duty (it counts as worked, ATW 5:2). ``base`` tells the true kind of those
    kinds (None: none). ``routes`` are the visits done in each duty, ``loose`` those outside any duty of their nurse.
    """

    instance: Instance
    plan: Plan
    base: dict[str, str | None]
    routes: dict[str, tuple[RealisedVisit, ...]]
    loose: tuple[RealisedVisit, ...]


def realised_plan(instance: Instance, plan: Plan, realised: Realised) -> Plan:
    """The plan of ``realised_case``; kinds of its own are in the instance of that case only."""
    return realised_case(instance, plan, realised).plan


def realised_case(instance: Instance, plan: Plan, realised: Realised) -> RealisedCase:
    """What was worked as a plan and the tables to judge it by.

    Without a table of duties those of the plan hold the visits, without routes of their own.
    """
    builder = _Builder(instance, plan, realised)
    duties = builder.duties() if realised.duties is not None else [_bare(each) for each in plan.duties]
    calls = builder.calls(duties)
    routes, loose = placed(duties, realised.visits or ())
    routed = tuple(with_stops(duty, routes.get(duty.id, ()), calls.get(duty.id, ())) for duty in duties)
    judged = Plan(
        instance=instance.name, fingerprint=instance.fingerprint, row_hashes=instance.row_hashes,
        contract=plan.contract, status="imported", duties=routed, with_routes=False, overrides=plan.overrides,
    )  # fmt: skip
    return RealisedCase(builder.tables(), judged, dict(builder.base), routes, loose)


def matched(instance: Instance, plan: Plan, duties: tuple[RealisedDuty, ...]) -> dict[str, RealisedDuty]:
    """Duty id of the plan -> its row: of that nurse and day the row of its kind, else one of its lane (no kind: work).

    Calls are rows of their own, of no planned duty.
    """
    rows: dict[tuple[str, int], list[RealisedDuty]] = defaultdict(list)
    for row in duties:
        if row.reason != CALL:
            rows[row.nurse, row.day].append(row)
    found: dict[str, RealisedDuty] = {}
    for same_kind in (True, False):
        for duty in plan.duties:
            left = rows[duty.nurse, instance.clock.day_number(duty.day)]
            for row in left if duty.id not in found else ():
                if row.kind == duty.kind if same_kind else lane_of(instance, row) == duty.lane:
                    found[duty.id] = row
                    left.remove(row)
                    break
    return found


def lane_of(instance: Instance, row: RealisedDuty) -> str:
    """The lane of a row; work by the clock alone is work."""
    return instance.kind_by_id[row.kind].lane if row.kind is not None else "work"


def _bare(duty: Duty) -> Duty:
    return duty.model_copy(update={"routes": ()})


@dataclass
class _Builder:
    instance: Instance
    plan: Plan
    realised: Realised
    base: dict[str, str | None] = field(default_factory=dict)
    kinds: dict[tuple[Any, ...], ShiftKind] = field(default_factory=dict)

    @cached_property
    def planned(self) -> dict[int, Duty]:
        """Identity of a row -> the duty of the plan that it is about."""
        by_id = {each.id: each for each in self.plan.duties}
        table = matched(self.instance, self.plan, self.realised.duties or ())
        return {id(row): by_id[name] for name, row in table.items()}

    def duties(self) -> list[Duty]:
        """A duty for each row that was worked, but for calls within standby."""
        made: dict[str, Duty] = {}
        for row in self.realised.duties or ():
            if not row.worked or self._standby_of(row) is not None:
                continue
            kind, planned = self._kind(row), self.planned.get(id(row))
            day = self.instance.clock.date_of(row.day)
            name = first = f"{row.nurse}/{day}/{kind.lane}"
            number = 2
            while name in made:
                name, number = f"{first}/{number}", number + 1
            employer = planned.organisation if planned else self.instance.nurse_by_id[row.nurse].organisation
            same = {each: getattr(planned, each) for each in ("area", "role", "follows")} if planned else {}
            made[name] = Duty(
                id=name, nurse=row.nurse, kind=kind.id, day=day, lane=kind.lane, start=row.start or 0,
                end=row.end or 0, organisation=employer, **same,
            )  # fmt: skip
        return list(made.values())

    def calls(self, duties: list[Duty]) -> dict[str, tuple[Stop, ...]]:
        """Duty id -> calls within it that are no visits, as stops without a place."""
        lists: dict[str, list[Stop]] = defaultdict(list)
        for number, row in enumerate(self.realised.duties or (), start=1):
            standby = self._standby_of(row)
            if standby is None:
                continue
            for duty in duties:
                if (duty.nurse, duty.start, duty.lane) == (row.nurse, standby.start, "standby"):
                    start, end = row.start or 0, row.end or 0
                    lists[duty.id].append(Stop(what="task", id=f"call-{number}", arrival=start, start=start, end=end))
        return {duty: tuple(stops) for duty, stops in lists.items()}

    def tables(self) -> Instance:
        """The instance to judge by; made anew, since a copy would keep what it looked up before."""
        sick = [row for row in self.realised.duties or () if row.reason == "ill" and not row.worked]
        rows = tuple(self._sickness(row) for row in sick if id(row) in self.planned and not self._known_away(row))
        changed = {
            "shift_kinds": (*self.instance.shift_kinds, *self.kinds.values()),
            "availability": (*self.instance.availability, *rows),
            "duties_given": (),
        }
        fields = {name: getattr(self.instance, name) for name in Instance.model_fields}
        return Instance(**(fields | changed))

    def _standby_of(self, row: RealisedDuty) -> RealisedDuty | None:
        """The standby from home in which a call lies; None for anything else."""
        if row.reason != CALL or row.start is None or row.end is None:
            return None
        for other in self.realised.duties or ():
            if other.nurse != row.nurse or other.start is None or other.end is None or other.kind is None:
                continue
            kind = self.instance.kind_by_id[other.kind]
            at_home = kind.lane == "standby" and not kind.at_workplace
            if at_home and other is not row and other.start <= row.start < other.end:
                return other
        return None

    def _kind(self, row: RealisedDuty) -> ShiftKind:
        """The kind of a row, or one made for its break, for a part of a split duty, or for its clock times."""
        true = self.instance.kind_by_id[row.kind] if row.kind is not None else None
        if true is not None and true.lane == "standby" and not true.at_workplace:
            return true
        pause = row.break_minutes if row.break_minutes is not None else true.break_minutes if true else 0
        start, end = self._clock_times(row)
        if true is None:
            return self._made((None, start, end, pause), self._by_the_clock(row, start, end, pause))
        split = len(true.segments) == 2
        if split and not (start < true.segments[0][1] and end > true.segments[1][0]):
            update = {"start": start, "end": end, "second_start": None, "second_end": None, "break_minutes": pause}
            return self._made((true.id, start, end, pause), true.model_copy(update=update))
        if pause == true.break_minutes:
            return true
        return self._made((true.id, pause), true.model_copy(update={"break_minutes": pause}))

    def _clock_times(self, row: RealisedDuty) -> tuple[int, int]:
        """Start and end on the wall, counted on from midnight of the row's day."""
        clock, start, end = self.instance.clock, row.start or 0, row.end or 0
        days = (clock.day_of(start) - row.day, clock.day_of(end) - row.day)
        return clock.clock_time(start) + DAY * days[0], clock.clock_time(end) + DAY * days[1]

    def _by_the_clock(self, row: RealisedDuty, start: int, end: int, pause: int) -> ShiftKind:
        category = category_by_the_clock(self.instance, row.start or 0, row.end or 0)
        return ShiftKind(
            id="realised", code="-", name="-", category=category, start=start, end=end, break_minutes=pause
        )  # fmt: skip

    def _made(self, key: tuple[Any, ...], kind: ShiftKind) -> ShiftKind:
        if key not in self.kinds:
            number = len(self.kinds) + 1
            while (name := f"realised-{number}") in self.instance.kind_by_id:
                number += 1000
            self.kinds[key] = kind.model_copy(update={"id": name, "weekdays": (), "organisations": ()})
            self.base[name] = key[0]
        return self.kinds[key]

    def _known_away(self, row: RealisedDuty) -> bool:
        day = self.instance.clock.date_of(row.day)
        kinds = ("leave", "sick", "absent", "training")
        return any(
            each.nurse == row.nurse and each.kind in kinds and each.first <= day <= each.last
            for each in self.instance.availability
        )

    def _sickness(self, row: RealisedDuty) -> Availability:
        """The hours that a nurse would have worked, as a row of sickness over the clock times of that duty."""
        duty = self.planned[id(row)]
        kind, day = self.instance.kind_by_id[duty.kind], self.instance.clock.date_of(row.day)
        return Availability(
            nurse=row.nurse, kind="sick", first=day, last=day, from_time=kind.start,
            until_time=min(kind.last_end, 2 * DAY), minutes_per_day=duty_minutes(self.instance, duty),
        )  # fmt: skip


def category_by_the_clock(instance: Instance, start: int, end: int) -> Category:
    """Night: more than an hour in 00:00 to 06:00; evening: ends after ``labour.late_from``; else day."""
    rules, clock = instance.rules, instance.clock
    in_band = clock.overlap_with_band(start, end, rules.night_from.value, rules.night_until.value)
    if in_band > rules.night_threshold.value:
        return "night"
    return "evening" if end > clock.at(clock.day_of(start), rules.late_from.value) else "day"


def monday_of(instance: Instance, week: int) -> date:
    """The Monday of a week of the horizon."""
    return instance.clock.date_of(7 * week)
