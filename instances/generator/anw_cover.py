"""Cover rows of both services, and the contracts that share them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from instances.generator.anw_facts import Service
from instances.generator.anw_settings import AnwSettings
from optimiser.domain.calls import Area
from optimiser.domain.duty import Cover
from optimiser.domain.money import is_holiday
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.sharing import PooledNumber, SharingContract

WEEK, WEEKEND = WEEKDAYS[:5], WEEKDAYS[5:]
POOLED = {"avond": 3, "avond-weekend": 3, "weekend": 3, "nacht": 2, "achterwacht": 1, "achterwacht-weekend": 1}
"""How many of each the four organisations have together under ``samen``."""
OWN_BACK_UP = {"nursing": 10, "medical": 8}
"""Organisations with so many people or more must have a back-up of their own; smaller ones want one."""

Divisions = dict[str, dict[str, tuple[str, tuple[str, ...]]]]


def holidays_on_weekdays(settings: AnwSettings) -> tuple[date, ...]:
    """Public holidays in the horizon from Monday to Friday."""
    days = (settings.first_monday + timedelta(days=number) for number in range(7 * settings.weeks))
    return tuple(day for day in days if day.weekday() < 5 and is_holiday(day))


def own_days(organisation: str) -> str:
    """The skill of an organisation's own day work: to know its day team's clients."""
    return f"dag-{organisation}"


def _row(
    name: str, organisation: str, weekdays: tuple[str, ...], hours: tuple[float, float], lane: str = "work",
    minimum: int = 1, wanted: int = 1, line: int | None = None, skills: tuple[str, ...] = (), area: str = "",
) -> Cover:  # fmt: skip
    return Cover.model_validate({
        "id": f"{name}-{area or organisation}", "organisation": organisation, "weekdays": weekdays,
        "from_time": round(60 * hours[0]), "until_time": round(60 * hours[1]), "lane": lane, "minimum": minimum,
        "wanted": wanted, "line": line, "skills": skills, "area": area,
    })  # fmt: skip


def _on_holidays(rows: Iterable[Cover], days: tuple[date, ...]) -> list[Cover]:
    """The rows of the weekend's days once more for each public holiday on a weekday."""
    return [
        row.model_copy(update={"id": f"{row.id}-{day:%m%d}", "weekdays": (), "day": day})
        for row in rows
        for day in days
    ]


def nursing_cover(service: Service, settings: AnwSettings) -> tuple[Cover, ...]:
    """For each organisation its own minimum: one nurse each evening, night and weekend day, days of its own, and a
    back-up (a level 5 nurse)."""
    rows: list[Cover] = []
    for house in service.houses:
        least = int(len(house.contracts) >= OWN_BACK_UP[settings.service])
        weekend = [
            _row("weekend", house.id, WEEKEND, (7, 15), line=1),
            _row("avond-weekend", house.id, WEEKEND, (15, 23), line=1),
            _row("achterwacht-weekend", house.id, WEEKEND, (7, 31), "standby", least, line=2, skills=("regie",)),
        ]
        rows += [
            _row("dag", house.id, WEEK, (9, 16), wanted=house.day_wanted, line=0, skills=(own_days(house.id),)),
            _row("avond", house.id, WEEK, (18, 23), line=1),
            _row("nacht", house.id, WEEKDAYS, (23, 31), line=1),
            _row("achterwacht", house.id, WEEK, (18, 31), "standby", least, line=2, skills=("regie",)),
            *weekend,
            *_on_holidays(weekend[:2], holidays_on_weekdays(settings)),
        ]
    return tuple(rows)


def nursing_contracts(cover: tuple[Cover, ...]) -> tuple[SharingContract, ...]:
    """``samen``: evenings, nights and weekends together, with fewer than the sum. Own days stay own, as their skill is
    the organisation's."""
    return (
        SharingContract(
            name="samen", visits="anw", cover="pooled",
            pooled_to=tuple(_pooled(cover, name, number) for name, number in POOLED.items()),
        ),
    )  # fmt: skip


def _pooled(cover: tuple[Cover, ...], name: str, number: int) -> PooledNumber:
    """All rows of one name, whoever's they are, and those of holidays."""
    rows = tuple(row.id for row in cover if row.id.removeprefix(f"{name}-").startswith(row.organisation))
    return PooledNumber(cover=rows, minimum=number, wanted=number)


def areas(divisions: Divisions) -> tuple[Area, ...]:
    """The parts of the land that posts answer for."""
    return tuple(
        Area(id=area, name=name, division=division, districts=districts)
        for division, parts in divisions.items()
        for area, (name, districts) in parts.items()
    )


def medical_cover(service: Service, divisions: Divisions, settings: AnwSettings) -> tuple[Cover, ...]:
    """For each institution days of its own, a first line and a back-up; for each area a first line; triage, which
    nobody has alone (zero until the contract sets its number)."""
    rows: list[Cover] = []
    for house in service.houses:
        least = int(len(house.contracts) >= OWN_BACK_UP[settings.service])
        rows += [
            _row("dag", house.id, WEEK, (9, 17), minimum=0, wanted=house.day_wanted, line=0,
                 skills=(own_days(house.id),)),
            *_on_call("eerste-lijn", house.id, 1, ("medisch",), settings),
            *_on_call("achterwacht", house.id, 2, ("so",), settings, minimum=least),
        ]
        weekend = [_triage("weekend", house.id, WEEKEND, (8, 17))]
        rows += [
            _triage("avond", house.id, WEEKDAYS, (17, 23)),
            _triage("nacht", house.id, WEEKDAYS, (23, 32)),
            *weekend,
            *_on_holidays(weekend, holidays_on_weekdays(settings)),
        ]
    for area in areas(divisions):
        rows += _on_call("eerste-lijn", _owner(service, area), 1, ("medisch",), settings, area.id)
    return tuple(rows)


def _triage(part: str, organisation: str, weekdays: tuple[str, ...], hours: tuple[float, float]) -> Cover:
    return _row(f"triage-{part}", organisation, weekdays, hours, minimum=0, wanted=0, line=0, skills=("triage",))


def _on_call(
    name: str, organisation: str, line: int, skills: tuple[str, ...], settings: AnwSettings, area: str = "",
    minimum: int = 1,
) -> list[Cover]:  # fmt: skip
    weekend = _row(f"{name}-weekend", organisation, WEEKEND, (8, 17), "standby", minimum, 1, line, skills, area)
    night = _row(f"{name}-nacht", organisation, WEEKDAYS, (17, 32), "standby", minimum, 1, line, skills, area)
    return [night, weekend, *_on_holidays([weekend], holidays_on_weekdays(settings))]


def _owner(service: Service, area: Area) -> str:
    """The institution with most beds in an area: in its name stands the area's row."""
    beds: dict[str, int] = {}
    for _, site in service.sites:
        if site.district.startswith(area.districts):
            beds[site.organisation] = beds.get(site.organisation, 0) + site.beds
    return max(beds, key=lambda name: (beds[name], name))


def medical_contracts(cover: tuple[Cover, ...], divisions: Divisions) -> tuple[SharingContract, ...]:
    """``posts-1``, ``posts-2`` and ``posts-3``: a first line for each area of the division (and none besides), one
    back-up and one triage nurse for all. Own days stay own, as their skill is the institution's."""
    rows = ("triage-avond", "triage-nacht", "triage-weekend", "achterwacht-nacht", "achterwacht-weekend")
    together = tuple(_sum_row(cover, name) for name in rows)
    return tuple(
        SharingContract(name=name, visits="all", cover="pooled", pooled_standby=0, pooled_to=together, division=name)
        for name in divisions
    )


def _sum_row(cover: tuple[Cover, ...], name: str) -> PooledNumber:
    rows = tuple(
        row.id for row in cover if not row.area and row.id.removeprefix(f"{name}-").startswith(row.organisation)
    )
    return PooledNumber(cover=rows, minimum=1, wanted=1)
