"""Calls: from care sites by beds, from clients at home by inhabitants of 65 and over, by the hour of the day.

The starting value for nursing is documented: one round-the-clock service at home had 550 calls and 335 visits in 145
nights, so that about 40 % were settled by telephone (Rennie Grove, BMJ Supportive & Palliative Care 2018). How many
people it served, the profile of the day and all numbers of the medical service are assumptions
(docs/reference/anw_instances.md). Every number here is exact, so that the totals can be checked by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from instances.generator.anw_facts import Service
from instances.generator.anw_sites import Core
from optimiser.domain.calls import CallHours, CallSource, CallType, DayClass
from optimiser.domain.clock import DAY

START_CALLS, START_NIGHTS = 550, 145
START_ELDERLY = 50_000
"""People of 65 and over behind the starting value: not in the source as read, an assumption."""
WLZ_SHARE, WLZ_CALLS = Fraction(22, 1000), Fraction(1, 100)
"""Of the people of 65 and over, those with long-term care at home; calls of one of them in a plain week."""
WEIGHTS = {"night": 100, "evening": 200, "weekend_day": 150}
"""Calls an hour of 23:00 to 07:00, 18:00 to 23:00, and 07:00 to 18:00 in weekends, against each other."""
EVENING_UNTIL = 23 * 60
CLASSES: tuple[DayClass, ...] = ("weekdays", "saturday", "sunday")
NIGHT_HOURS, EVENING_HOURS, DAY_HOURS = 8, 5, 11
NIGHTS_IN_WEEK = Fraction(
    7 * NIGHT_HOURS * WEIGHTS["night"]
    + 7 * EVENING_HOURS * WEIGHTS["evening"]
    + 2 * DAY_HOURS * WEIGHTS["weekend_day"],
    NIGHT_HOURS * WEIGHTS["night"],
)
"""The evenings, nights and weekend days of a plain week have so many times the calls of one night: 19.875."""


Wanted = tuple[str, str, str, str, Fraction]
"""Source, organisation, type, place, calls of a plain week."""


@dataclass(frozen=True)
class Rates:
    """Calls of a plain week: per person of 65 and over and per bed; types at home and at sites with their percentage.

    The types of home and of sites are pairs of type and percentage that add up to 100.
    """

    per_elderly: Fraction
    per_bed: Fraction
    day: tuple[int, int]
    """Clock times of the day, in which there are no calls on weekdays."""
    types: tuple[CallType, ...]
    home: tuple[tuple[str, int], ...]
    site: tuple[tuple[str, int], ...]


NURSING = Rates(
    per_elderly=Fraction(START_CALLS, START_NIGHTS) * NIGHTS_IN_WEEK / START_ELDERLY,
    per_bed=Fraction(3, 100),
    day=(7 * 60, 18 * 60),
    types=(
        CallType(id="thuis", name="Zorgvraag thuis", phone_percent=40, triage_minutes=5, service_minutes=35),
        CallType(
            id="techniek", name="Technische vraag thuis (infuus, katheter)", phone_percent=20, triage_minutes=5,
            service_minutes=45, skills=("infuus",),
        ),
        CallType(id="locatie", name="Vraag van een locatie", phone_percent=40, triage_minutes=5, service_minutes=30),
    ),
    home=(("thuis", 90), ("techniek", 10)),
    site=(("locatie", 100),),
)  # fmt: skip
MEDICAL = Rates(
    per_elderly=WLZ_SHARE * WLZ_CALLS,
    per_bed=Fraction(2, 100),
    day=(8 * 60, 17 * 60),
    types=(
        CallType(
            id="locatie", name="Medische vraag van een locatie", phone_percent=65, triage_minutes=10,
            service_minutes=45, skills=("medisch",),
        ),
        CallType(
            id="locatie-so", name="Vraag voor de specialist ouderengeneeskunde", phone_percent=50, triage_minutes=10,
            service_minutes=60, skills=("so",),
        ),
        CallType(
            id="thuis", name="Medische vraag van een Wlz-cliënt thuis", phone_percent=60, triage_minutes=10,
            service_minutes=45, skills=("medisch",),
        ),
    ),
    home=(("thuis", 100),),
    site=(("locatie", 80), ("locatie-so", 20)),
)  # fmt: skip
"""From clients at home with long-term care (Wlz), and from beds."""


def call_hours(rates: Rates) -> tuple[CallHours, ...]:
    """The profile of each type: evening, night, and the day of weekends."""
    return tuple(row for each in rates.types for days in CLASSES for row in _day(each.id, days, *rates.day))


def _day(call_type: str, days: DayClass, low: int, high: int) -> list[CallHours]:
    spans = [
        (0, low, "night"), (low, high, "weekend_day"), (high, EVENING_UNTIL, "evening"), (EVENING_UNTIL, DAY, "night"),
    ]  # fmt: skip
    return [
        CallHours(type=call_type, days=days, from_time=start, until_time=end, weight=WEIGHTS[part])
        for start, end, part in spans
        if days != "weekdays" or part != "weekend_day"
    ]


def call_sources(service: Service, rates: Rates, cores: tuple[Core, ...], percent: int) -> tuple[CallSource, ...]:
    """Sources of all organisations: their care sites, then their clients at home by district. Rounding is passed on
    from source to source, so that the total is the derived one to a thousandth of a call."""
    wanted = [*_from_sites(service, rates), *_from_homes(service, rates, cores)]
    rows, exact, given = [], Fraction(0), 0
    for name, organisation, call_type, place, calls in wanted:
        exact += calls * 1000 * percent / 100
        number = round(exact) - given
        given += number
        if number > 0:
            rows.append(
                CallSource(id=name, organisation=organisation, type=call_type, place=place, weekly_millicalls=number)
            )
    return tuple(rows)


def _from_sites(service: Service, rates: Rates) -> list[Wanted]:
    return [
        (f"{place}-{name}", site.organisation, name, place, rates.per_bed * site.beds * part / 100)
        for place, site in service.sites
        for name, part in rates.site
    ]


def _from_homes(service: Service, rates: Rates, cores: tuple[Core, ...]) -> list[Wanted]:
    """The first type by district; the rarer ones by municipality, at its largest district."""
    (usual, part), *rarer = rates.home
    rows: list[Wanted] = []
    for core in cores:
        for organisation, share in service.shares[core.district.municipality].items():
            calls = rates.per_elderly * core.elderly * share * part / 10_000
            rows.append((f"{core.district.id}-{organisation}", organisation, usual, core.place, calls))
    for name, some in rarer:
        for municipality, shares in service.shares.items():
            own = [each for each in cores if each.district.municipality == municipality]
            largest = max(own, key=lambda each: (each.elderly, each.district.id))
            elderly = sum(each.elderly for each in own)
            for organisation, share in shares.items():
                calls = rates.per_elderly * elderly * share * some / 10_000
                rows.append((f"{largest.district.id}-{organisation}-{name}", organisation, name, largest.place, calls))
    return rows


@dataclass(frozen=True)
class VisitLoad:
    """Visits for calls in a plain week of all organisations together, and the minutes that they take at the client."""

    rates: Rates
    sources: tuple[CallSource, ...]

    @property
    def visits(self) -> Fraction:
        """Visits of a plain week."""
        return self._sum(1)

    def minutes(self, duties: int, one_way: int) -> tuple[int, int]:
        """Expected work by calls in an evening and night, and in the day of a weekend, of one of ``duties`` that share
        them: at the client, there and back. Rounded to five minutes."""
        low, high = self.rates.day
        evening, night = (EVENING_UNTIL - high) * WEIGHTS["evening"], (DAY - EVENING_UNTIL + low) * WEIGHTS["night"]
        day = (high - low) * WEIGHTS["weekend_day"]
        week = 7 * (evening + night) + 2 * day
        work = self._sum(0) + self.visits * 2 * one_way
        of_night, of_day = (5 * round(work * part / week / duties / 5) for part in (evening + night, day))
        return of_night, of_day

    def _sum(self, each_visit: int) -> Fraction:
        """Visits, or with 0 their minutes at the client."""
        types = {each.id: each for each in self.rates.types}
        return sum(
            (
                Fraction(row.weekly_millicalls * (100 - types[row.type].phone_percent), 100_000)
                * (each_visit or types[row.type].service_minutes)
                for row in self.sources
            ),
            Fraction(0),
        )
