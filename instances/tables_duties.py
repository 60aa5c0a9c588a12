"""The tables about duties: kinds, cover, what is fixed; and the optional table of travel times."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from instances.cells import CLOCK, DATE, HOURS, ID, IDS, MOMENT, TEXT, WEEKDAYS, WHOLE, YES_NO, choice
from instances.columns import Table, column
from instances.tables_people import CATEGORY, MODE
from optimiser.domain.duty import ContextDuty, Cover, GivenDuty, Override, ShiftKind
from optimiser.domain.noun import Id, Minutes, Noun
from optimiser.domain.place import Mode
from optimiser.domain.travel_matrix import DayPart

LANE = choice(work="werk", standby="bereikbaar")


class TravelRow(Noun):
    """A row of ``travel.csv``; ``Instance.travel_table`` holds its values in this order."""

    from_place: Id
    to_place: Id
    mode: Mode
    day_part: DayPart | None = None
    minutes: Minutes
    metres: Annotated[int, Field(ge=0)]


SHIFT_KINDS = Table(
    "shift_kinds", "shift_kinds", ShiftKind,
    "Kinds of duty by the clock; times above 24:00 are the next day (`23:00` to `31:00`).",
    (
        column("id", "id", ID, "Id."),
        column("code", "code", TEXT, "One to four letters for the roster."),
        column("name", "naam", TEXT, "Name."),
        column("lane", "baan", LANE, "Work, or standby (on call)."),
        column("category", "dagdeel", CATEGORY, "Part of the day, for fairness, wishes and travel times."),
        column("start", "begin", CLOCK, "Start."),
        column("end", "einde", CLOCK, "End."),
        column("second_start", "tweede_begin", CLOCK, "Split shift: start of the second part."),
        column("second_end", "tweede_einde", CLOCK, "Split shift: end of the second part."),
        column("break_minutes", "pauze_minuten", WHOLE, "Length of the break, which is not work."),
        column("break_from", "pauze_van", CLOCK, "The break lies after this time."),
        column("break_until", "pauze_tot", CLOCK, "The break lies before this time."),
        column("carries_route", "met_route", YES_NO, "Whether visits may be planned in it."),
        column("at_workplace", "op_werkplek", YES_NO, "Standby at the workplace: all hours are work."),
        column("consignatie", "consignatie", YES_NO, "Standby from home for the unforeseen only."),
        column("expected_call_minutes", "oproep_minuten", WHOLE, "Minutes of work by unplanned calls to be expected."),
        column("organisations", "organisaties", IDS, "Who uses it; empty means all.", refers=("organisations",)),
        column("weekdays", "weekdagen", WEEKDAYS, "On which days it starts; empty means all."),
        column("line", "lijn", WHOLE, "Unplanned calls: 1 answers them, 2 is the back-up, 0 takes none.", newer=True),
        column("area", "gebied", ID, "Area that it answers for; empty: the calls of all who share the cover.",
               refers=("areas",), newer=True),
        column("waits_at", "wacht_op", ID, "Where it waits for calls; empty: where the nurse's routes begin.",
               refers=("places",), newer=True),
        column("skills", "bekwaamheden", IDS, "Skills that its nurse must have; empty: none.", newer=True),
    ),
    key=("id",), needed=True,
)

COVER = Table(
    "cover", "cover", Cover, "How many duties must span a window.",
    (
        column("id", "id", ID, "Id."),
        column("organisation", "organisatie", ID, "Whose row it is.", refers=("organisations",)),
        column("weekdays", "weekdagen", WEEKDAYS, "On which days; empty (without a date) means all."),
        column("day", "datum", DATE, "Or on one date, inside the horizon."),
        column("from_time", "van", CLOCK, "Start of the window."),
        column("until_time", "tot", CLOCK, "End of the window."),
        column("lane", "baan", LANE, "Work or standby."),
        column("skills", "bekwaamheden", IDS, "Skills that the nurse must have."),
        column("area", "gebied", ID, "Area; only kinds of it count. May be empty.", refers=("areas",)),
        column("line", "lijn", WHOLE, "Only kinds of this line (1 answers calls, 2 back-up) count; empty means any.",
               newer=True),
        column("minimum", "minimum", WHOLE, "Number below which it is a shortfall."),
        column("wanted", "gewenst", WHOLE, "Number that is wanted; at least the minimum."),
    ),
    key=("id",),
)

OVERRIDES = Table(
    "overrides", "overrides", Override, "Signalled rules and agreements that the manager sets aside; never the law.",
    (
        column("rule", "regel", TEXT, "Name of the rule, as check prints it."),
        column("nurse", "medewerker", ID, "For whom; empty means everyone.", refers=("nurses",)),
        column("first", "eerste", DATE, "First day."),
        column("last", "laatste", DATE, "Last day, included."),
        column("reason", "reden", TEXT, "Why, 3 to 300 characters."),
    ),
    key=("rule", "nurse", "first"),
)

CONTEXT = Table(
    "context", "context", ContextDuty,
    "Duties before and after the horizon, and duties for other employers, by the clock.",
    (
        column("nurse", "medewerker", ID, "Nurse.", refers=("nurses",)),
        column("start", "begin", MOMENT, "Local date and time: `2026-12-01 07:00`."),
        column("end", "einde", MOMENT, "Local date and time."),
        column("work_minutes", "werkuren", HOURS, "Hours of work in it.", english="work_hours"),
        column("lane", "baan", LANE, "Work or standby."),
        column("employer", "werkgever", TEXT, "Another employer's name; empty means the own organisation."),
        column("form", "soort_bereikbaarheid",
               choice(home="thuis", workplace="werkplek", consignatie="consignatie"),
               "Only of standby: from home, at the workplace, or for the unforeseen only.", english="standby_form"),
    ),
)

DUTIES_GIVEN = Table(
    "duties_given", "duties_given", GivenDuty, "Duties inside the horizon that stand already, or that someone entered.",
    (
        column("nurse", "medewerker", ID, "Nurse.", refers=("nurses",)),
        column("kind", "dienst", ID, "Shift kind.", refers=("shift_kinds",)),
        column("day", "datum", DATE, "Day on which it starts, inside the horizon."),
        column("status", "status", choice(published="gepubliceerd", base="basis", own="eigen", wish="wens"),
               "Published duties stand; base duties, own entries and wishes have a price for being left."),
        column("published_on", "gepubliceerd_op", DATE, "Day on which the nurse was told; empty is not known."),
    ),
    key=("nurse", "kind", "day"),
)

TRAVEL = Table(
    "travel", "travel_table", TravelRow, "Travel times of your own, for the engine `table`.",
    (
        column("from_place", "van_plek", ID, "From.", refers=("places",)),
        column("to_place", "naar_plek", ID, "To.", refers=("places",)),
        column("mode", "vervoer", MODE, "How."),
        column("day_part", "dagdeel", choice(day="dag", evening="avond", night="nacht"), "When; empty means always."),
        column("minutes", "minuten", WHOLE, "Whole minutes, door and parking included."),
        column("metres", "meters", WHOLE, "Metres along the road."),
    ),
    key=("from_place", "to_place", "mode", "day_part"),
)
