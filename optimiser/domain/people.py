"""Nurses and clients, and what the tables say about their days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimiser.domain.noun import ClockTime, Id, Minutes, Noun
from optimiser.domain.place import Mode

RuleSetName = Literal["atw", "atb_care", "cao_vvt_2025", "cao_vvt_physician", "registered_physician"]
Category = Literal["day", "evening", "night", "mid", "split"]


class Nurse(Noun):
    """An employee. Solo work needs an experienced nurse (design, "Experience")."""

    id: Id
    organisation: Id
    home: Id
    """The place where she lives; home legs run from and to it unless start_place or end_place say otherwise."""
    mode: Mode = "car"
    contract_minutes: Minutes
    """Gross contract per week."""
    level: Annotated[int, Field(ge=1, le=8)] = 4
    experience: Literal["experienced", "new", "student"] = "experienced"
    companion: Id | None = None
    """The experienced nurse whom a student follows; only for a student."""
    born: date
    sex: Literal["f", "m", "x"] | None = None
    languages: tuple[str, ...] = ()
    night_consent: bool = False
    """From 55 on: no objection to nights and on-call between 23:00 and 07:00 (CAO-06)."""
    categories: tuple[Category, ...] = ()
    """Categories of shift she works; empty means all."""
    start_place: Id | None = None
    end_place: Id | None = None
    wage_grade: Annotated[int, Field(ge=10, le=80)] = 45
    """FWG grade."""
    due: date | None = None
    """Expected date of birth of her child (ATW 4:5 to 4:7); read by planner and check, shown to nobody."""
    gave_birth: date | None = None
    sunday_consent: bool = False
    """Agreed to fewer free Sundays than the law's number (ATW 5:6 lid 4)."""
    free_weekends: Annotated[int, Field(ge=0, le=52)] | None = None
    """Free weekends in 52 weeks agreed at her own request; None is the agreement's number."""
    weekends_only: bool = False
    """Works only weekends by contract: no number of free weekends holds."""
    rule_set: RuleSetName | None = None
    """The rule set that holds for her instead of the instance's: physicians have other articles."""


class NurseSkill(Noun):
    """A skill with its validity; an open end is None. Both dates are included."""

    nurse: Id
    skill: Id
    valid_from: date | None = None
    valid_until: date | None = None


class Availability(Noun):
    """What keeps a nurse from work, or changes how she travels, from the first date to the last, both included.

    ``leave``, ``sick``, ``absent`` and ``training`` count ``minutes_per_day`` as if worked (ATW 5:2) and take it off
    her net contract; ``unavailable`` only blocks; ``travel`` only overrides places and mode.
    """

    nurse: Id
    kind: Literal["leave", "sick", "absent", "training", "unavailable", "travel"]
    first: date
    last: date
    from_time: ClockTime = 0
    until_time: ClockTime = 1440
    minutes_per_day: Minutes = 0
    start_place: Id | None = None
    end_place: Id | None = None
    mode: Mode | None = None


class Wish(Noun):
    """A wish for one date: to be free, or to work a category. ``weight`` multiplies the price of a refused wish."""

    nurse: Id
    day: date
    wish: Literal["free", "work"]
    category: Category | None = None
    weight: Annotated[int, Field(ge=1, le=10)] = 1


class Counter(Noun):
    """What a nurse brings along from earlier periods, for example ``balance_minutes`` or ``evenings_year``."""

    nurse: Id
    counter: Literal[
        "balance_minutes",
        "evenings_year",
        "nights_year",
        "weekends_year",
        "holidays_year",
        "nights_16_weeks",
        "on_call_16_weeks",
        "standby_nights_16_weeks",
        "late_nights_52_weeks",
        "workplace_26_weeks",
        "free_sundays_52_weeks",
        "free_weekends_52_weeks",
        "work_minutes_15_weeks",
    ]
    value: int


class Client(Noun):
    """A client of one organisation. ``unsafe`` means never a lone visit (CAO-17)."""

    id: Id
    organisation: Id
    place: Id
    unsafe: bool = False
    sex_wish: Literal["f", "m"] | None = None
    language_wish: str | None = None


class ClientNurse(Noun):
    """What a client and a nurse are to each other."""

    client: Id
    nurse: Id
    relation: Literal["preferred", "known", "banned"]


class PastVisit(Noun):
    """A visit in the days before the horizon, for continuity."""

    client: Id
    nurse: Id
    day: date
