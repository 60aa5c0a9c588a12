"""Where the numbers of an instance of shared evenings, nights and weekends come from: facts, and assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from instances.generator import anw_absence, anw_calls, anw_past, anw_people
from instances.generator.anw_apeldoorn import APELDOORN_SERVICE
from instances.generator.anw_assumed_medical import medical_calls, medical_people, medical_work
from instances.generator.anw_assumed_nursing import nursing_calls, nursing_people, nursing_work
from instances.generator.anw_assumption import Assumption, own
from instances.generator.anw_calls import MEDICAL, NURSING
from instances.generator.anw_friesland import FRIESLAND_SERVICE
from instances.generator.anw_service import RESPONSE, TRAVEL
from instances.generator.anw_settings import AnwSettings

GENERATOR_VERSION = 1
CBS = "CBS, Kerncijfers wijken en buurten 2024"


def provenance(settings: AnwSettings) -> dict[str, Any]:
    """The settings, so that the folder can be made again, and each assumption with its source and confidence."""
    told = {
        each.key: f"{each.value} ({each.source}; confidence {each.confidence})"
        for each in assumptions(settings.service)
    }
    return {
        "generator": "anw",
        "generator_version": GENERATOR_VERSION,
        "synthetic": True,
        "service": settings.service,
        "seed": settings.seed,
        "calls": settings.calls,
        "district_facts": CBS,
    } | told


def assumptions(service: str) -> tuple[Assumption, ...]:
    """All of one service (``nursing`` or ``medical``), in the order of the page."""
    if service == "nursing":
        return (*nursing_calls(), *nursing_people(), *nursing_work(), *_both(service), *_settings(service))
    return (*medical_calls(), *medical_people(), *medical_work(), *_both(service), *_settings(service))


def _both(service: str) -> Iterator[Assumption]:
    """What is assumed in the same way for both."""
    rates = NURSING if service == "nursing" else MEDICAL
    least = (APELDOORN_SERVICE if service == "nursing" else FRIESLAND_SERVICE).least_elderly
    opens, closes = (minutes // 60 for minutes in rates.day)
    weights = ", ".join(str(anw_calls.WEIGHTS[part]) for part in ("night", "evening", "weekend_day"))
    about = f"Calls an hour by weight: 23 to {opens} h, {closes} to 23 h, weekend {opens} to {closes} h; none else"
    yield own("day_profile", about, weights, "call_hours.csv")
    about = "Standard deviation of the length of a visit for a call, of its mean"
    yield own("service_spread", about, f"{rates.types[0].service_spread_percent} %", "call_types.csv")
    about = "Districts with fewer people of 65 and over count with the nearest larger one of their municipality"
    yield own("districts_together", about, least, "call_sources.csv, places.csv")
    about = "Live where their organisation works; the others anywhere in the region"
    yield own("homes", about, f"{anw_people.LIVE_NEAR_PERCENT} %", "places.csv")
    about = "Weeks of leave of each in thirteen weeks; of so many colleagues one is away at a time"
    yield own("leave", about, f"1, {anw_absence.MOST_AWAY}", "availability.csv")
    low, high = min(anw_past.BALANCES), max(anw_past.BALANCES)
    yield own("balances", "Opening balances of hours, minutes", f"{low} to {high}", "counters.csv")
    about = "The sixteen weeks before: services apart, no back-up of nurses, no triage"
    yield own("history", about, "made up, within the rules", "context.csv, counters.csv")


def _settings(service: str) -> Iterator[Assumption]:
    """Numbers of ``instance.toml``."""
    response, travel = RESPONSE[service], TRAVEL[service]
    where = "instance.toml [response]"
    if service == "nursing":
        source, confidence = "the planner's default", "E"
    else:
        source, confidence = "urgency U2 of telephone triage asks an hour, less a quarter for triage", "R"
    about = "Norm: minutes from the end of triage to the door"
    yield Assumption("norm", about, str(response.norm_minutes), source, confidence, where)
    yield own("turn_out", "Minutes from the call to the car, on call from home", response.turn_out_minutes, where)
    limits = f"{response.pass_on_minutes}, {response.lost_minutes}"
    yield own("pass_on_lost", "Minutes after which a call goes to the back-up, and elsewhere", limits, where)
    percents = (travel.car_day_percent, travel.car_evening_percent, travel.car_night_percent)
    about = "Car times by day, evening and night against the estimate, which is that of towns"
    speeds = ", ".join(f"{each} %" for each in percents)
    yield Assumption("car_times", about, speeds, "well-known ways, from memory", "R", "instance.toml [travel]")
