"""The tables about unplanned calls and about base rosters: areas, what calls ask, when and where they come, cycles."""

from __future__ import annotations

import re

from instances.cells import CLOCK, DATE, ID, IDS, TEXT, WEEKDAY, WHOLE, WORDS, Form, choice
from instances.columns import Table, column
from optimiser.domain.calls import Area, CallHours, CallSource, CallType
from optimiser.domain.duty import CycleDuty


def _calls(cell: str) -> int:
    """A number with at most three decimals as whole thousandths, exactly."""
    match = re.fullmatch(r"([0-9]{1,9})(?:[.,]([0-9]{1,3}))?", cell)
    if not match:
        raise ValueError(cell)
    return int(match[1]) * 1000 + int((match[2] or "").ljust(3, "0"))


def _write_calls(thousandths: int) -> str:
    whole, rest = divmod(thousandths, 1000)
    return f"{whole},{rest:03d}".rstrip("0").rstrip(",")


CALLS = Form("calls", _calls, _write_calls)
AREAS = Table(
    "areas", "areas", Area, "Parts of the land for which a duty stands by.",
    (
        column("id", "id", ID, "Id."),
        column("name", "naam", TEXT, "Name."),
        column("division", "indeling", TEXT,
               "Which way to divide the land it belongs to; a sharing contract says which is in use. Empty: always."),
        column("organisations", "organisaties", IDS, "Whose calls; empty means any.", refers=("organisations",)),
        column("districts", "buurten", WORDS, "Calls from districts whose code begins so; empty means any."),
        column("reach_minutes", "bereik_minuten", WHOLE, "In place of `reach_minutes` of `[response]`."),
    ),
    key=("id",),
)

CALL_TYPES = Table(
    "call_types", "call_types", CallType, "What unplanned calls ask.",
    (
        column("id", "id", ID, "Id."),
        column("name", "naam", TEXT, "Name."),
        column("phone_percent", "telefonisch_procent", WHOLE, "Of all calls, how many the telephone settles."),
        column("triage_minutes", "triage_minuten", WHOLE, "Minutes on the telephone, before anybody goes."),
        column("service_minutes", "bezoek_minuten", WHOLE, "Mean minutes of a visit."),
        column("service_spread_percent", "spreiding_procent", WHOLE,
               "Standard deviation of these minutes, as a percentage of the mean."),
        column("skills", "bekwaamheden", IDS, "Skills that whoever comes must have."),
    ),
    key=("id",),
)

CALL_HOURS = Table(
    "call_hours", "call_hours", CallHours,
    "When calls of a type come; hours that no row names have none. Public holidays count as Sundays.",
    (
        column("type", "soort", ID, "Call type.", refers=("call_types",)),
        column("days", "dagen", choice(weekdays="werkdagen", saturday="zaterdag", sunday="zondag"), "On which days."),
        column("from_time", "van", CLOCK, "Start of the hours."),
        column("until_time", "tot", CLOCK, "End of the hours."),
        column("weight", "gewicht", WHOLE, "How many calls in an hour, against other hours."),
    ),
    key=("type", "days", "from_time"),
)

CALL_SOURCES = Table(
    "call_sources", "call_sources", CallSource,
    "Where calls come from: a care site, or the clients at home in a district, of one organisation.",
    (
        column("id", "id", ID, "Id."),
        column("organisation", "organisatie", ID, "Whose calls.", refers=("organisations",)),
        column("type", "soort", ID, "Call type.", refers=("call_types",)),
        column("place", "plek", ID, "Where whoever comes goes to.", refers=("places",)),
        column("weekly_millicalls", "oproepen_per_week", CALLS,
               "Calls in a week without holidays, telephone calls included, with at most three decimals.",
               english="calls_per_week"),
    ),
    key=("id",),
)

CYCLES = Table(
    "cycles", "cycles", CycleDuty,
    "Base rosters that come back every so many weeks; each occurrence in the horizon is a given duty.",
    (
        column("nurse", "medewerker", ID, "Nurse.", refers=("nurses",)),
        column("kind", "dienst", ID, "Shift kind.", refers=("shift_kinds",)),
        column("weeks", "weken", WHOLE, "How many weeks until it begins anew."),
        column("week", "week", WHOLE, "In which of these weeks, from 1."),
        column("weekday", "weekdag", WEEKDAY, "On which day it starts."),
        column("first_monday", "eerste_maandag", DATE, "Monday of the first week; there are no occurrences before it."),
        column("status", "status", choice(base="basis", wish="wens"), "As in duties_given."),
    ),
)
