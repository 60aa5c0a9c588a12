"""A lawful past: sixteen weeks of duties by a cycle of three weeks, and the counters and known faces that follow.

The cycle of a nurse: a weekend week (duties up to and with Saturday and Sunday), a week after it that starts on
Wednesday, and a third week from Monday to Friday. Each week has one kind of duty, so that no rest is ever short;
between the weekend and the next duty lie more than two days, so that the weekly rest is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from instances.generator.orders import Demand
from instances.generator.people import Team
from instances.generator.settings import GeneratorSettings
from optimiser.domain.clock import DAY, Clock
from optimiser.domain.duty import ContextDuty, ShiftKind
from optimiser.domain.labour import CAO_VVT_2025
from optimiser.domain.people import Counter, Nurse, PastVisit

WEEKS = 16
DUTY_HOURS = 8
WEEKEND_UNTIL, WEEKEND_REST = CAO_VVT_2025.weekend_until.value, CAO_VVT_2025.weekend_rest.value
FREE_WEEKENDS = CAO_VVT_2025.free_weekends.value
ON_CALL_MOST = 32
"""In sixteen weeks (ATB 5.19 lid 3)."""
DAYS_OF_WEEK = (
    ((5, 6), (4, 5, 6), (3, 4, 5, 6), (2, 3, 4, 5, 6)),
    ((), (3,), (2, 4), (2, 3, 4)),
    ((), (1,), (1, 3), (0, 2, 4), (0, 1, 3, 4), (0, 1, 2, 3, 4)),
)  # fmt: skip
"""For each week of the cycle: the weekdays by number of duties (the weekend week from two on)."""


@dataclass(frozen=True)
class PastDuty:
    """A duty of the past: its day number (negative) and kind."""

    nurse: str
    day: int
    kind: ShiftKind


@dataclass
class Past:
    """What lies behind the horizon."""

    duties: list[PastDuty] = field(default_factory=list)
    context: list[ContextDuty] = field(default_factory=list)
    counters: list[Counter] = field(default_factory=list)
    visits: list[PastVisit] = field(default_factory=list)

    def tired(self) -> set[str]:
        """Nurses who come out of awake nights: they rest until Wednesday."""
        return {each.nurse for each in self.duties if each.day >= -2 and each.kind.id == "N"}


def make_past(
    random: Random, settings: GeneratorSettings, team: Team, kinds: tuple[ShiftKind, ...], demand: Demand
) -> Past:
    """Sixteen weeks that end on the Sunday before the horizon."""
    past = Past()
    by_id = {each.id: each for each in kinds}
    for organisation in settings.fte:
        nurses = [each for each in team.nurses if each.organisation == organisation]
        for place, nurse in enumerate(nurses):
            past.duties += weekly_cycle(nurse, place, by_id)
        if settings.awake_nights:
            add_awake_nights(past, nurses, by_id["N"])
        else:
            _standby_nights(past, nurses, by_id["B"])
    past.duties.sort(key=lambda each: (each.nurse, each.day, each.kind.start))
    clock = Clock(settings.first_monday)
    past.context = [context_of(duty, clock) for duty in past.duties]
    weeks_of_year = settings.first_monday.isocalendar().week - 1
    past.counters = counters_of(random, clock, weeks_of_year, settings.awake_nights, team, past)
    past.visits = _past_visits(random, settings, demand, past, team)
    return past


def _numbers(contract_minutes: int, cycle: int) -> tuple[int, int, int]:
    """Duties in the three weeks: together three weeks of contract, halves taken in turn, each within its week."""
    thirds = 3 * contract_minutes / 60 / DUTY_HOURS
    total = int(thirds) + (1 if thirds % 1 and cycle % 2 else 0)
    after = min(3, round(total / 4))
    weekend = max(2, min(5, round((total - after) / 2)))
    return weekend, after, min(5, total - after - weekend)


def weekly_cycle(nurse: Nurse, place: int, kinds: dict[str, ShiftKind]) -> list[PastDuty]:
    """The day and evening duties of the sixteen weeks: kinds ``D``, ``D2`` and ``L``; ``place`` staggers the cycle."""
    duties: list[PastDuty] = []
    late = not nurse.categories or "evening" in nurse.categories
    for week in range(WEEKS):
        phase, cycle = (week + place) % 3, (week + place) // 3
        number = _numbers(nurse.contract_minutes, cycle)[phase]
        days = DAYS_OF_WEEK[phase][number - 2 if phase == 0 else number]
        evening = late and (cycle + place // 3) % 3 == phase
        kind = kinds["L"] if evening else kinds[("D", "D2")[cycle % 2]]
        duties += [PastDuty(nurse.id, 7 * (week - WEEKS) + day, kind) for day in days]
    return duties


def _may_work_nights(nurse: Nurse) -> bool:
    return nurse.experience == "experienced" and (not nurse.categories or "night" in nurse.categories)


def _standby_nights(past: Past, nurses: list[Nurse], kind: ShiftKind) -> None:
    """One nurse on call each night: who had fewest, at least five days apart, rather no duty next morning.

    In a small team the nights are closer, and one that nobody may take any more stays open (a locum's).
    """
    able = [each.id for each in nurses if _may_work_nights(each)]
    worked = {(each.nurse, each.day): each.kind for each in past.duties}
    last = {nurse: -1000 for nurse in able}
    count = dict.fromkeys(able, 0)
    apart = max(3, min(5, len(able) - 1))
    for day in range(-7 * WEEKS, 0):
        rested = [each for each in able if day - last[each] >= apart and count[each] < ON_CALL_MOST]
        if not rested:
            continue
        early = {each for each in rested if (each, day + 1) in worked and worked[each, day + 1].category == "day"}
        nurse = min((each in early, count[each], last[each], each) for each in rested)[-1]
        past.duties.append(PastDuty(nurse, day, kind))
        last[nurse], count[nurse] = day, count[nurse] + 1


def add_awake_nights(past: Past, nurses: list[Nurse], kind: ShiftKind) -> None:
    """Blocks of nights for two nurses in their third week: Monday to Thursday, and Friday to Sunday.

    The third week ends free until Wednesday, which leaves more than 46 hours after each block.
    """
    places = {each.id: place for place, each in enumerate(nurses)}
    able = [each.id for each in nurses if _may_work_nights(each)]
    count = dict.fromkeys(able, 0)
    for week in range(WEEKS):
        free = [each for each in able if (week + places[each]) % 3 == 2]
        monday = 7 * (week - WEEKS)
        for days, gone in ((range(4), range(7)), (range(4, 7), range(2, 7))):
            if not free:
                break
            nurse = min(free, key=lambda each: (count[each], each))
            free.remove(nurse)
            count[nurse] += len(days)
            past.duties = [each for each in past.duties if each.nurse != nurse or each.day - monday not in gone]
            past.duties += [PastDuty(nurse, monday + day, kind) for day in days]


def context_of(duty: PastDuty, clock: Clock) -> ContextDuty:
    """A past duty as a row of the table ``context``."""
    kind = duty.kind
    start, end = clock.at(duty.day, kind.start), clock.at(duty.day, kind.last_end)
    minutes = 0 if kind.lane == "standby" else end - start - kind.break_minutes
    return ContextDuty(nurse=duty.nurse, start=start, end=end, work_minutes=minutes, lane=kind.lane)


def counters_of(
    random: Random, clock: Clock, weeks_of_year: int, awake_nights: bool, team: Team, past: Past
) -> list[Counter]:
    """What the past adds up to; the year's counts take the weeks since January at the same pace."""
    rows: list[Counter] = []
    for nurse in team.nurses:
        own = [each for each in past.duties if each.nurse == nurse.id]
        nights = [each.day for each in own if each.kind.category == "night"]
        weekends = {each.day // 7 for each in own if each.day % 7 >= 5}
        sundays = {each.day // 7 for each in own if each.kind.lane == "work" and _touches_sunday(each)}
        late = [each for each in own if each.day >= -7 * (WEEKS - 1)]
        work = sum(context_of(each, clock).work_minutes for each in late)
        awake = len(nights) if awake_nights else 0
        pace = weeks_of_year / WEEKS
        values = {
            "balance_minutes": 30 * random.randint(-16, 24),
            "evenings_year": round(pace * sum(each.kind.category == "evening" for each in own)),
            "nights_year": round(pace * len(nights)),
            "weekends_year": round(pace * len(weekends)),
            "nights_16_weeks": awake,
            "on_call_16_weeks": len(nights) - awake,
            "free_sundays_52_weeks": 52 - round(52 / WEEKS * len(sundays)),
            # the agreement was kept: who has many weekends now had fewer earlier in the year
            "free_weekends_52_weeks": max(FREE_WEEKENDS, 52 - round(52 / WEEKS * _worked_weekends(own))),
            "work_minutes_15_weeks": work,
        }
        rows += [
            Counter.model_validate({"nurse": nurse.id, "counter": key, "value": value}) for key, value in values.items()
        ]
    return rows


def _touches_sunday(duty: PastDuty) -> bool:
    return duty.day % 7 == 6 or (duty.day % 7 == 5 and duty.kind.last_end > DAY)


def _worked_weekends(own: list[PastDuty]) -> int:
    """Weekends without a rest of 60 hours that holds Saturday 00:00 to Monday 04:00 (CAO VVT 3.4)."""
    spans = [(each.day * DAY + each.kind.start, each.day * DAY + each.kind.last_end) for each in own]
    worked = 0
    for week in range(-WEEKS, 0):
        low, high = (7 * week + 5) * DAY, 7 * (week + 1) * DAY + WEEKEND_UNTIL
        before = max((end for start, end in spans if start < low), default=low - DAY)
        after = min((start for start, _ in spans if start >= low), default=high + DAY)
        worked += before > low or after < high or after - before < WEEKEND_REST
    return worked


def _past_visits(
    random: Random, settings: GeneratorSettings, demand: Demand, past: Past, team: Team
) -> list[PastVisit]:
    """In the fourteen days before: who of a client's regular five was on duty came along, for orders that ran then."""
    on_duty: dict[int, list[str]] = {}
    solo = {each.id for each in team.nurses if each.experience == "experienced"}
    for duty in past.duties:
        if duty.day >= -14 and duty.kind.lane == "work" and duty.nurse in solo:
            on_duty.setdefault(duty.day, []).append(duty.nurse)
    monday: date = settings.first_monday
    rows: dict[tuple[str, str, int], None] = {}
    owner = {each.id: each.organisation for each in demand.clients}
    employer = {each.id: each.organisation for each in team.nurses}
    teams = {each: [nurse.id for nurse in team.of(each)] for each in settings.fte}
    regulars = {
        each.id: random.sample(teams[each.organisation], min(5, len(teams[each.organisation])))
        for each in demand.clients
    }
    for order in demand.orders:
        days = range(max(-14, (order.first - monday).days), 0)
        if order.rhythm.startswith(("free", "every", "days")):
            days = range(max(-14, (order.first - monday).days), 0, 4)
        for day in days:
            there = [each for each in on_duty.get(day, []) if employer[each] == owner[order.client]]
            known = [each for each in regulars[order.client] if each in there] or there
            if known:
                rows[order.client, random.choice(known), day] = None
    return [
        PastVisit(client=client, nurse=nurse, day=monday + timedelta(days=day))
        for client, nurse, day in sorted(rows, key=lambda row: (row[0], row[2], row[1]))
    ]
