"""What is assumed about the medical on-call service of Friesland."""

from __future__ import annotations

from collections.abc import Iterator

from instances.generator import anw_calls, anw_cover, anw_kinds, anw_people
from instances.generator.anw_assumption import Assumption, beds_of, own, people_of, shares_of, types_of
from instances.generator.anw_calls import MEDICAL
from instances.generator.anw_friesland import FRIESLAND_SERVICE, TRIAGE_CONTRACT


def medical_calls() -> Iterator[Assumption]:
    """How many calls there are, of which types. No figure of the nursing service is used again."""
    about = "Beds with treatment of the care sites; the sites and where they lie are made up"
    yield own("beds", about, beds_of(FRIESLAND_SERVICE), "call_sources.csv, places.csv")
    about = "Calls to a physician from 100 beds in a plain week, in evenings, nights and weekends"
    yield own("calls_per_bed", about, 100 * MEDICAL.per_bed, "call_sources.csv")
    about = "Of the people of 65 and over, those with long-term care at home (Wlz) whose physician is an institution's"
    yield own("wlz_share", about, f"{float(100 * anw_calls.WLZ_SHARE):g} %", "call_sources.csv")
    about = "Calls from 100 of these clients in a plain week"
    yield own("calls_per_wlz_client", about, 100 * anw_calls.WLZ_CALLS, "call_sources.csv")
    about = "Share of the Wlz clients of a municipality whose physician is of an institution"
    yield own("shares", about, shares_of(FRIESLAND_SERVICE), "call_sources.csv")
    about = "Of the calls from sites, those that ask a specialist in elderly medicine"
    yield own("so_part", about, f"{dict(MEDICAL.site)['locatie-so']} %", "call_sources.csv")
    yield from types_of(MEDICAL)
    yield own("islands", "The Wadden islands have physicians of their own", "left out", "call_sources.csv")


def medical_people() -> Iterator[Assumption]:
    """Who works, and which rules hold for them."""
    about = "The eight institutions, with their sites, beds and people"
    yield own("institutions", about, "made up", "instance.toml, places.csv")
    about = "Specialists in elderly medicine and nurse specialists, with their contract hours a week"
    yield own("people", about, people_of(FRIESLAND_SERVICE), "nurses.csv")
    about = "Of these, specialists in elderly medicine"
    yield own("specialists", about, f"{anw_people.SPECIALISTS_IN_TEN} in 10", "nurses.csv, nurse_skills.csv")
    yield Assumption(
        "rule_set",
        "What holds for them: for a registered specialist in elderly medicine chapter 5 of the law does not (norms of "
        "the employer do); a nurse specialist has the agreement's rules",
        "registered_physician; cao_vvt_2025",
        "ATB 2.1:2 lid 3e, ATB 5.19",
        "R",
        "nurses.csv (regelset)",
    )
    about = "Physicians and nurse specialists of 55 and over who object to nights on call"
    yield own("night_consent", about, "none", "nurses.csv")
    about = (
        "Hours a week of the triage nurses at the post, one of each institution; none in eight own services, where the "
        "physician takes the phone"
    )
    yield own("triage", about, TRIAGE_CONTRACT, "nurses.csv, sharing.toml")


def medical_work() -> Iterator[Assumption]:
    """What is asked, besides calls."""
    way = ", ".join(f"{minutes} with {number} in the province" for number, minutes in anw_kinds.ONE_WAY.items())
    about = "Minutes of travel to a visit behind the expected work of a first line on call"
    yield own("one_way", about, way, "shift_kinds.csv (oproep_minuten)")
    about = "Work by calls in one back-up duty, minutes"
    yield own("back_up_minutes", about, anw_kinds.BACK_UP_CALL_MINUTES, "shift_kinds.csv")
    about = "A back-up of its own is a minimum from so many people; smaller institutions want one"
    yield own("back_up", about, anw_cover.OWN_BACK_UP["medical"], "cover.csv")
    about = (
        "Own day duties wanted on each weekday, to which contracts are fitted; on public holidays too, as a row cannot "
        "leave those out"
    )
    duties = ", ".join(f"{house.name} {house.day_wanted}" for house in FRIESLAND_SERVICE.houses)
    yield own("own_days", about, duties, "cover.csv")
