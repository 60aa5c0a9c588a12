"""What is assumed about the nursing of Apeldoorn."""

from __future__ import annotations

from collections.abc import Iterator

from instances.generator import anw_calls, anw_cover, anw_kinds, anw_people, anw_visits
from instances.generator.anw_apeldoorn import APELDOORN_SERVICE
from instances.generator.anw_assumption import Assumption, beds_of, own, people_of, shares_of, types_of
from instances.generator.anw_calls import NURSING

RENNIE_GROVE = "Rennie Grove, BMJ Supportive & Palliative Care 2018"


def nursing_calls() -> Iterator[Assumption]:
    """How many calls there are, of which types."""
    yield Assumption(
        "start_value",
        "Starting value: one round-the-clock service at home; 335 visits, about 40 % settled by telephone, at most 9 "
        "visits a night",
        f"{anw_calls.START_CALLS} calls in {anw_calls.START_NIGHTS} nights",
        RENNIE_GROVE,
        "B",
        "call_sources.csv",
    )
    about = "People of 65 and over behind the starting value (not in the source as read)"
    yield own("start_elderly", about, anw_calls.START_ELDERLY, "call_sources.csv")
    about = "Share of the people of 65 and over whose calls an organisation answers"
    yield own("shares", about, shares_of(APELDOORN_SERVICE), "call_sources.csv")
    about = "Beds of the care sites; the sites and where they lie are made up"
    yield own("beds", about, beds_of(APELDOORN_SERVICE), "call_sources.csv, places.csv")
    about = "Calls to a nurse from 100 beds in a plain week, in evenings, nights and weekends"
    yield own("calls_per_bed", about, 100 * NURSING.per_bed, "call_sources.csv")
    about = "Of the calls from home, those that ask the skill infuus; at the largest district of each municipality"
    yield own("technical_part", about, f"{dict(NURSING.home)['techniek']} %", "call_sources.csv")
    yield from types_of(NURSING)


def nursing_people() -> Iterator[Assumption]:
    """Who works."""
    about = "Nurses who work evenings, nights and weekends, with their contract hours a week"
    yield own("people", about, people_of(APELDOORN_SERVICE), "nurses.csv")
    about = "Of the nurses, those of 55 and over; two in three of these work no nights"
    yield own("seniors", about, f"1 in {anw_people.SENIORS}", "nurses.csv")
    about = "Of the nurses, those of level 5, who may be the back-up"
    yield own("level_5", about, f"1 in {anw_people.REGIE_SHARE}", "nurses.csv, nurse_skills.csv")
    skills = ", ".join(f"{name} {round(100 * share)} %" for name, share in anw_people.SKILLS.items())
    yield own("skills", "Nurses of an organisation who have a skill", skills, "nurse_skills.csv")


def nursing_work() -> Iterator[Assumption]:
    """What is asked, besides calls."""
    pooled = ", ".join(f"{name} {number}" for name, number in anw_cover.POOLED.items())
    yield own("pooled", "Duties of the four together under the contract samen", pooled, "sharing.toml")
    about = (
        "Own day duties wanted on each weekday, to which contracts are fitted (their visits are not here); on public "
        "holidays too, as a row cannot leave those out"
    )
    yield own("own_days", about, _day_duties(), "cover.csv")
    about = "A back-up of its own is a minimum from so many nurses; smaller organisations want one"
    yield own("back_up", about, anw_cover.OWN_BACK_UP["nursing"], "cover.csv")
    about = "Work by calls in one back-up duty, minutes"
    yield own("back_up_minutes", about, anw_kinds.BACK_UP_CALL_MINUTES, "shift_kinds.csv")
    parts = (anw_visits.EVENING, anw_visits.NIGHT, anw_visits.WEEKEND)
    planned = ", ".join(str(sum(number for _, number in rows)) for rows in parts)
    about = "Planned visits an evening, a night and a weekend day, all together"
    yield own("planned_visits", about, planned, "orders.csv")


def _day_duties() -> str:
    return ", ".join(f"{house.name} {house.day_wanted}" for house in APELDOORN_SERVICE.houses)
