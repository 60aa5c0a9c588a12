"""Sixteen lawful weeks before the horizon, and the counters that follow from them."""

from __future__ import annotations

from random import Random

from instances.generator.anw_settings import AnwSettings
from instances.generator.past import WEEKS, Past, PastDuty, add_awake_nights, context_of, counters_of, weekly_cycle
from instances.generator.people import Team
from optimiser.domain.clock import Clock
from optimiser.domain.duty import ShiftKind
from optimiser.domain.money import is_holiday
from optimiser.domain.people import Counter, Nurse

APART = 3
"""Days between the starts of two on-call duties of one physician: at most three in 7 x 24 hours (ATB 5.19 lid 3)."""
BALANCES = (-240, -120, 0, 0, 0, 120, 240)
"""Opening balances of hours in minutes: small, as this is a new period."""
ON_CALL_MOST = 32
"""In sixteen weeks (ATB 5.19 lid 3)."""


def make_past(random: Random, settings: AnwSettings, team: Team, kinds: tuple[ShiftKind, ...]) -> Past:
    """Nursing: days, evenings and blocks of awake nights by a cycle of three weeks. Medical: own days, and one
    physician of each institution on call at any moment as far as the law lets them. No back-up, no triage: both are
    new."""
    past, clock = Past(), Clock(settings.first_monday)
    by_id = {each.id: each for each in kinds}
    for organisation in dict.fromkeys(each.organisation for each in team.nurses):
        own = [each for each in team.nurses if each.organisation == organisation]
        if settings.service == "nursing":
            _nursing(past, own, by_id)
        else:
            _medical(past, own, by_id, clock)
    past.duties.sort(key=lambda each: (each.nurse, each.day, each.kind.start))
    past.context = [context_of(duty, clock) for duty in past.duties]
    weeks_of_year = settings.first_monday.isocalendar().week - 1
    past.counters = counters_of(random, clock, weeks_of_year, settings.service == "nursing", team, past)
    past.counters = [
        each.model_copy(update={"value": random.choice(BALANCES)}) if each.counter == "balance_minutes" else each
        for each in past.counters
    ]
    past.counters += _holidays_of_the_year(past, team, clock)
    return past


def _holidays_of_the_year(past: Past, team: Team, clock: Clock) -> list[Counter]:
    """Duties that began on a public holiday in the year of the horizon; years are of whole weeks (plan language 18)."""
    count = dict.fromkeys((each.id for each in team.nurses), 0)
    for duty in past.duties:
        day = clock.date_of(duty.day)
        count[duty.nurse] += day.isocalendar().year == clock.first_day.isocalendar().year and is_holiday(day)
    return [Counter(nurse=nurse, counter="holidays_year", value=value) for nurse, value in count.items()]


def _nursing(past: Past, nurses: list[Nurse], kinds: dict[str, ShiftKind]) -> None:
    usual = {"D": kinds["W"], "D2": kinds["W"], "L": kinds["A"]}
    for place, nurse in enumerate(nurses):
        past.duties += weekly_cycle(nurse, place, usual)
    add_awake_nights(past, nurses, kinds["N"])


def _medical(past: Past, people: list[Nurse], kinds: dict[str, ShiftKind], clock: Clock) -> None:
    for place, person in enumerate(people):
        days = round(person.contract_minutes / 480)
        free = place % 5
        working = [day for day in range(5) if day != free or days == 5][:days]
        numbers = [7 * (week - WEEKS) + day for week in range(WEEKS) for day in working]
        past.duties += [
            PastDuty(person.id, day, kinds["D"]) for day in numbers if not is_holiday(clock.date_of(day))
        ]
    able = [each.id for each in people if "-triage-" not in each.id]
    last, count = dict.fromkeys(able, -1000), dict.fromkeys(able, 0)
    for day in range(-7 * WEEKS, 0):
        for kind in ("EW", "EN") if day % 7 >= 5 or is_holiday(clock.date_of(day)) else ("EN",):
            rested = [each for each in able if day - last[each] >= APART and count[each] < ON_CALL_MOST]
            if not rested:
                continue
            chosen = min(rested, key=lambda each: (count[each], last[each], each))
            past.duties.append(PastDuty(chosen, day, kinds[kind]))
            last[chosen], count[chosen] = day, count[chosen] + 1
