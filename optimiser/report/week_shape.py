"""The figures that say how hard a week is, so that nobody can make it easy unseen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median

from optimiser.domain.instance import Instance
from optimiser.report.travel_estimate import part_of


@dataclass(frozen=True)
class WeekShape:
    """Counts of an instance. Contract and visit minutes are weekly means; per-day figures are (fewest, mean, most)."""

    nurses: int
    students: int
    new: int
    contract_minutes: int
    """Without students, who add no capacity."""
    contract_sizes: tuple[int, int]
    """Smallest and largest contract of experienced nurses, minutes."""
    clients: int
    orders: int
    visits: int
    visit_minutes: int
    """Nurse minutes at clients, reporting included; a two-nurse visit counts for both."""
    two_nurse_visits: int
    time_critical: int
    linked_groups: int
    """Sets of work tied in time, and two-nurse visits without such a tie."""
    free_day_visits: int
    evening_visits: tuple[int, float, int]
    night_visits: tuple[int, float, int]
    start_spread: tuple[int, int, int]
    """Minutes between the earliest and latest start of a visit: least, median, most."""
    kind_lengths: tuple[int, ...]
    """Lengths of the shift kinds in the work lane, minutes with the break."""
    standby_nights: int
    awake_nights: int
    """Night duties that cover asks for at least in the horizon."""
    expected_call_minutes: int
    """Unplanned work that is to be expected in those standby duties."""
    expiring_skills: int
    """Competences that begin or end inside the horizon."""

    @property
    def free_day_share(self) -> float:
        """Part of the visits that may be done on more than one day."""
        return self.free_day_visits / self.visits if self.visits else 0.0


def week_shape(instance: Instance) -> WeekShape:
    """The figures of ``instance``."""
    staff = [each for each in instance.nurses if each.experience != "student"]
    sizes = [each.contract_minutes for each in staff if each.experience == "experienced"] or [0]
    windows = [(visit.minutes, window) for visit in instance.visits for window in visit.windows]
    spreads = [window.end - window.start - minutes for minutes, window in windows] or [0]
    work_kinds = [each for each in instance.shift_kinds if each.lane == "work"]
    standby, awake, calls = _nights(instance)
    return WeekShape(
        nurses=len(instance.nurses),
        students=len(instance.nurses) - len(staff),
        new=sum(each.experience == "new" for each in instance.nurses),
        contract_minutes=sum(each.contract_minutes for each in staff),
        contract_sizes=(min(sizes), max(sizes)),
        clients=len(instance.clients),
        orders=len(instance.orders),
        visits=len(instance.visits),
        visit_minutes=sum(each.minutes * each.nurses for each in instance.visits),
        two_nurse_visits=sum(each.nurses == 2 for each in instance.visits),
        time_critical=sum(each.time_critical for each in instance.visits),
        linked_groups=linked_groups(instance),
        free_day_visits=sum(len({window.day for window in each.windows}) > 1 for each in instance.visits),
        evening_visits=_per_day(instance, "evening"),
        night_visits=_per_day(instance, "night"),
        start_spread=(min(spreads), round(median(spreads)), max(spreads)),
        kind_lengths=tuple(sorted({sum(end - start for start, end in each.segments) for each in work_kinds})),
        standby_nights=standby,
        awake_nights=awake,
        expected_call_minutes=calls,
        expiring_skills=_expiring(instance),
    )


def linked_groups(instance: Instance) -> int:
    """Sets of visits and tasks that hang together by ties in time, and two-nurse visits that have no other tie."""
    leader: dict[str, str] = {}

    def root(work: str) -> str:
        leader.setdefault(work, work)
        while leader[work] != work:
            leader[work] = leader[leader[work]]
            work = leader[work]
        return work

    for link in instance.work_links:
        leader[root(link.first)] = root(link.second)
    groups = {root(work) for work in list(leader)}
    return len(groups) + sum(each.nurses == 2 and each.id not in leader for each in instance.visits)


def _per_day(instance: Instance, part: str) -> tuple[int, float, int]:
    """Fewest, mean and most visits a day of one part of the day, by the day their (first) window opens."""
    count = Counter(each.windows[0].day for each in instance.visits if part_of(instance, each) == part)
    days = [count[day] for day in range(instance.days)]
    return min(days), sum(days) / len(days), max(days)


def _nights(instance: Instance) -> tuple[int, int, int]:
    """Standby and awake night duties that cover asks for, and the calls expected in the former (minutes)."""
    standby = awake = 0
    for row in instance.cover:
        number = row.minimum * _days_of(instance, row.weekdays, row.day is not None)
        if row.lane == "standby":
            standby += number
        elif row.until_time > 1440 + 6 * 60:
            awake += number
    calls = [each.expected_call_minutes for each in instance.shift_kinds if each.lane == "standby"]
    return standby, awake, round(standby * sum(calls) / len(calls)) if calls else 0


def _days_of(instance: Instance, weekdays: tuple[str, ...], single: bool) -> int:
    return 1 if single else instance.weeks * (len(weekdays) or 7)


def _expiring(instance: Instance) -> int:
    first, last = instance.first_monday, instance.clock.date_of(instance.days - 1)
    return sum(
        (each.valid_until is not None and first <= each.valid_until < last)
        or (each.valid_from is not None and first < each.valid_from <= last)
        for each in instance.nurse_skills
    )
