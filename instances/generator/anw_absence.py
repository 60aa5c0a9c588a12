"""Leave and wishes over a long horizon."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from instances.generator.anw_settings import AnwSettings
from instances.generator.people import Team
from optimiser.domain.people import Availability, Nurse, Wish

WEEKS_OF_LEAVE = 13
"""Everybody has one week of leave in so many weeks."""
MOST_AWAY = 5
"""Of so many colleagues of one organisation at most one is away in a week (always one may be)."""
WISHES_EACH = 4


def make_leave(random: Random, settings: AnwSettings, team: Team) -> list[Availability]:
    """Whole weeks of leave with the weekend after them, spread so that an organisation is never empty."""
    rows: list[Availability] = []
    for organisation in dict.fromkeys(each.organisation for each in team.nurses):
        own = [each for each in team.nurses if each.organisation == organisation]
        most = max(1, len(own) // MOST_AWAY)
        away: dict[int, int] = {}
        times = max(1, settings.weeks // WEEKS_OF_LEAVE)
        for nurse in random.sample(own, len(own)):
            free = [week for week in range(settings.weeks) if away.get(week, 0) < most]
            for week in random.sample(free, min(times, len(free))):
                away[week] = away.get(week, 0) + 1
                rows += _week_off(settings, nurse, week)
    return sorted(rows, key=lambda each: (each.nurse, each.first))


def _week_off(settings: AnwSettings, nurse: Nurse, week: int) -> list[Availability]:
    monday = settings.first_monday + timedelta(days=7 * week)
    friday, saturday, sunday = (monday + timedelta(days=days) for days in (4, 5, 6))
    return [
        Availability(nurse=nurse.id, kind="leave", first=monday, last=friday,
                     minutes_per_day=nurse.contract_minutes // 5),
        Availability(nurse=nurse.id, kind="unavailable", first=saturday, last=sunday),
    ]  # fmt: skip


def make_wishes(random: Random, settings: AnwSettings, team: Team, leave: list[Availability]) -> list[Wish]:
    """A few days that each wants free, outside her leave."""
    away = {each.nurse: (each.first, each.first + timedelta(days=6)) for each in leave if each.kind == "leave"}
    rows = []
    for nurse in team.nurses:
        for day in sorted(random.sample(range(7 * settings.weeks), min(WISHES_EACH, 7 * settings.weeks))):
            date = settings.first_monday + timedelta(days=day)
            if nurse.id in away and away[nurse.id][0] <= date <= away[nurse.id][1]:
                continue
            rows.append(Wish(nurse=nurse.id, day=date, wish="free", weight=random.choice((1, 1, 2))))
    return rows
