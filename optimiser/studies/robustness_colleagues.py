"""Whom a planner calls for a duty that fell away: free that day, lawful, and of use; nearest colleagues first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from optimiser.check.case import Case
from optimiser.check.cover import shortfalls
from optimiser.domain.plan import Duty
from optimiser.explain.present import rebuilt
from optimiser.simulate.week import Week
from optimiser.studies.robustness_people import Lawful, could_come, duty_for, spare_minutes
from optimiser.studies.robustness_routes import work_stops
from optimiser.studies.robustness_work import Work

NEAR_DAYS = 3
"""Duties that begin further away hold no window of a day or of the days beside it."""
Gaps = dict[tuple[tuple[str, ...], int], int]
"""(cover rows, day number) -> duties missing to the minimum."""


def gaps(week: Week, duties: Iterable[Duty], day: int | None = None) -> Gaps:
    """Cover rows of a roster below their minimum; of all days, or of those that duties of one day number touch."""
    near = None if day is None else range(day - 1, day + 2)
    if day is not None:
        number = week.instance.clock.day_number
        duties = [each for each in duties if abs(number(each.day) - day) <= NEAR_DAYS]
    plan = rebuilt(week.published, duties=tuple(duties), with_routes=False)
    found = shortfalls(Case(week.instance, week.contract, week.travel, plan), near)
    return {(short.rows, short.day): short.below_minimum for short in found if short.below_minimum}


def new_gaps(week: Week, duties: Iterable[Duty], published: Gaps, day: int) -> Gaps:
    """Those that duties of a day number touch and that are wider than they were when the plan was published."""
    return {key: missing for key, missing in gaps(week, duties, day).items() if missing > published.get(key, 0)}


@dataclass(frozen=True)
class Colleagues:
    """The nurses as the routes stand. ``published``: the gaps in cover that nobody needs to mend."""

    work: Work
    lawful: Lawful
    published: Gaps

    def who_may_come(self, lost: Duty, needed: Gaps, refused: Collection[str]) -> Iterator[tuple[str, Duty]]:
        """Nurses with the duty as they would have it: own colleagues before partners', then by how pressing the work is
        that they may do, then by the hours they have left. Only those who narrow every gap of ``needed``."""
        week, home = self.work.week, self.work.week.instance.nurse_by_id[lost.nurse].organisation
        rows: dict[str, list[Duty]] = defaultdict(list)
        for duty in self.work.routes.duties.values():
            rows[duty.nurse].append(duty)
        ranked = []
        for person in week.instance.nurses:
            if person.id in refused or not self._is_free(person.id, lost, rows[person.id]):
                continue
            able = self._able(person.id, lost)
            if able or (needed and not lost.stops):
                spare = spare_minutes(week.instance, person.id, rows[person.id], self.work.moment.day // 7)
                ranked.append((person.organisation != home, -able, -spare, person.id))
        for _, _, _, nurse in sorted(ranked):
            new = duty_for(week.instance, nurse, lost)
            if new.id not in self.work.routes.duties and self._fills(new, needed):
                # what is done in a standby duty is work, so the law reads its route
                asked = new if new.lane == "work" else rebuilt(new, routes=lost.routes)
                if self.lawful.may_have(week.instance, rows[nurse], asked, lost):
                    yield nurse, new

    def _is_free(self, nurse: str, lost: Duty, row: list[Duty]) -> bool:
        week = self.work.week
        if nurse in week.hire.values() or any(duty.day == lost.day or self._too_near(duty, lost) for duty in row):
            return False
        return not week.happenings.is_ill(nurse, self.work.moment.day) and could_come(week.instance, nurse, lost)

    def _too_near(self, duty: Duty, lost: Duty) -> bool:
        """Whether less than the daily rest lies between two work duties; asked first, since the law takes long."""
        if "standby" in (duty.lane, lost.lane):
            return False
        gap = max(lost.start - duty.end, duty.start - lost.end)
        return gap < self.work.week.instance.rules.daily_rest.value

    def _able(self, nurse: str, lost: Duty) -> int:
        """What the work of a duty that she may do would cost if it stayed undone."""
        able = self.work.routes.able
        return sum(
            self.work.price(stop.id) for stop in work_stops(lost) if able.may(stop.id, stop.part, stop.start, nurse)
        )

    def _fills(self, new: Duty, needed: Gaps) -> bool:
        if not needed:
            return True
        day = self.work.week.instance.clock.day_number(new.day)
        then = new_gaps(self.work.week, [*self.work.routes.duties.values(), new], self.published, day)
        return all(then.get(key, 0) < missing for key, missing in needed.items())
