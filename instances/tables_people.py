"""The tables about where things are, nurses and clients."""

from __future__ import annotations

from typing import get_args

from instances.cells import CLOCK, DATE, HOURS, ID, NUMBER, POSTCODE, TEXT, WHOLE, WORDS, YES_NO, choice, several
from instances.columns import Table, column
from optimiser.domain.people import (
    Availability,
    Client,
    ClientNurse,
    Counter,
    Nurse,
    NurseSkill,
    PastVisit,
    RuleSetName,
    Wish,
)
from optimiser.domain.place import District, Place

CATEGORY = choice(day="dag", evening="avond", night="nacht", mid="tussen", split="gebroken")
RULE_SET = choice(**{each: each for each in get_args(RuleSetName)})
MODE = choice(car="auto", bicycle="fiets", ebike="e-fiets", walk="lopend")

DISTRICTS = Table(
    "districts", "districts", District,
    "CBS districts (buurten). May be absent: the districts of Rijnmond, Apeldoorn and Friesland are bundled.",
    (
        column("id", "code", ID, "CBS code."),
        column("name", "naam", TEXT, "Name."),
        column("municipality", "gemeente", TEXT, "Municipality."),
        column("wijk", "wijk", TEXT, "CBS code of the wijk."),
        column("latitude", "breedtegraad", NUMBER, "Centre, weighted by inhabitants, in WGS84 degrees."),
        column("longitude", "lengtegraad", NUMBER, "Centre, in WGS84 degrees."),
        column("inhabitants", "inwoners", WHOLE, "Number of inhabitants."),
        column("inhabitants_65plus", "inwoners_65plus", WHOLE, "Of whom 65 or older."),
        column("area_hectares", "oppervlakte_ha", WHOLE, "Land area in hectares."),
        column("river_bank", "oever", TEXT, "Districts with different banks have a river between them; may be empty."),
        column("pc4", "pc4", TEXT, "Postcode (four digits) of most addresses."),
    ),
    key=("id",),
)

PLACES = Table(
    "places", "places", Place,
    "Points that nurses travel to. Give coordinates, or a district code, or a postcode; the reader fills the rest.",
    (
        column("id", "id", ID, "Id, free to choose; never an address."),
        column("kind", "soort", choice(
            home="thuis", client="cliënt", base="basis", hospital="ziekenhuis", pharmacy="apotheek",
            blood_bank="bloedbank", depot="depot", other="overig",
        ), "What kind of place."),
        column("latitude", "breedtegraad", NUMBER, "WGS84 degrees; with longitude or not at all.", fillable=True),
        column("longitude", "lengtegraad", NUMBER, "WGS84 degrees; with latitude or not at all.", fillable=True),
        column("district", "buurt", ID, "District code.", refers=("districts",)),
        column("postcode", "postcode", POSTCODE, "Postcode, with or without its letters."),
    ),
    key=("id",), needed=True,
)

NURSES = Table(
    "nurses", "nurses", Nurse, "Employees, without their names.",
    (
        column("id", "id", ID, "Id, for example a staff number."),
        column("organisation", "organisatie", ID, "Employer.", refers=("organisations",)),
        column("home", "thuis", ID, "Place where the nurse lives.", refers=("places",)),
        column("mode", "vervoer", MODE, "How the nurse travels."),
        column("contract_minutes", "contracturen", HOURS, "Contract hours a week.", english="contract_hours"),
        column("level", "niveau", WHOLE, "Level of qualification, 1 to 8."),
        column("experience", "ervaring", choice(experienced="ervaren", new="nieuw", student="leerling"),
               "Only the experienced work alone; a student follows her companion."),
        column("companion", "begeleider", ID, "The experienced nurse whom a student follows.", refers=("nurses",)),
        column("born", "geboren", DATE, "Date of birth, for rules that depend on age."),
        column("sex", "geslacht", choice(f="v", m="m", x="x"), "For clients who ask."),
        column("languages", "talen", WORDS, "Languages besides Dutch."),
        column("night_consent", "akkoord_nacht", YES_NO, "From 55 on: no objection to nights and on-call at night."),
        column("categories", "dagdelen", several(CATEGORY), "Kinds of shift the nurse works; empty means all."),
        column("start_place", "startplek", ID, "Where routes start when not at home.", refers=("places",)),
        column("end_place", "eindplek", ID, "Where routes end when not at home.", refers=("places",)),
        column("wage_grade", "functiegroep", WHOLE, "Wage grade (FWG), 10 to 80."),
        column("due", "uitgerekend", DATE, "Day on which her child is due; for rules on pregnancy, shown to nobody."),
        column("gave_birth", "bevallen", DATE, "Day on which her child was born; for the half year of rules after it."),
        column("sunday_consent", "akkoord_zondag", YES_NO, "Agreed to fewer free Sundays than the law's number."),
        column("free_weekends", "vrije_weekenden", WHOLE,
               "Free weekends in 52 weeks agreed at her own request; empty means the agreement's number."),
        column("weekends_only", "alleen_weekenden", YES_NO, "Works only weekends by contract."),
        column("rule_set", "regelset", RULE_SET, "Rule set that holds for her instead of the instance's.", newer=True),
    ),
    key=("id",), needed=True,
)

NURSE_SKILLS = Table(
    "nurse_skills", "nurse_skills", NurseSkill, "What each nurse may do, and until when. Both dates are included.",
    (
        column("nurse", "medewerker", ID, "Nurse.", refers=("nurses",)),
        column("skill", "bekwaamheid", ID, "Skill, as the acts name it."),
        column("valid_from", "geldig_vanaf", DATE, "First day; empty means always so far."),
        column("valid_until", "geldig_tot_en_met", DATE, "Last day; empty means no end."),
    ),
    key=("nurse", "skill", "valid_from"),
)

AVAILABILITY = Table(
    "availability", "availability", Availability, "Leave, sickness, training, and other days than usual.",
    (
        column("nurse", "medewerker", ID, "Nurse.", refers=("nurses",)),
        column("kind", "soort", choice(
            leave="verlof", sick="ziek", absent="afwezig", training="scholing", unavailable="niet_beschikbaar",
            travel="vervoer",
        ), "Leave, sickness, absence and training count as hours; `unavailable` only blocks; `travel` only changes "
           "places and mode."),
        column("first", "eerste", DATE, "First day."),
        column("last", "laatste", DATE, "Last day, included."),
        column("from_time", "van", CLOCK, "From this time on each day."),
        column("until_time", "tot", CLOCK, "Until this time on each day."),
        column("minutes_per_day", "uren_per_dag", HOURS, "Hours that count as worked on each day.",
               english="hours_per_day"),
        column("start_place", "startplek", ID, "For `travel`: where routes start.", refers=("places",)),
        column("end_place", "eindplek", ID, "For `travel`: where routes end.", refers=("places",)),
        column("mode", "vervoer", MODE, "For `travel`: how the nurse travels."),
    ),
)

WISHES = Table(
    "wishes", "wishes", Wish, "Wishes for one day each.",
    (
        column("nurse", "medewerker", ID, "Nurse.", refers=("nurses",)),
        column("day", "datum", DATE, "Day, inside the horizon."),
        column("wish", "wens", choice(free="vrij", work="werken"), "To be free, or to work."),
        column("category", "dagdeel", CATEGORY, "For `work`: which kind of shift; empty means any."),
        column("weight", "gewicht", WHOLE, "1 to 10; multiplies the price of refusing."),
    ),
    key=("nurse", "day", "wish", "category"),
)

CLIENTS = Table(
    "clients", "clients", Client, "Clients, without their names.",
    (
        column("id", "id", ID, "Id, for example a client number."),
        column("organisation", "organisatie", ID, "The organisation that cares.", refers=("organisations",)),
        column("place", "plek", ID, "Where the client is visited.", refers=("places",)),
        column("unsafe", "onveilig", YES_NO, "Never a lone visit: every visit is for two nurses."),
        column("sex_wish", "wens_geslacht", choice(f="v", m="m"), "Wish for a nurse's sex."),
        column("language_wish", "wens_taal", TEXT, "Wish for a nurse's language."),
    ),
    key=("id",), needed=True,
)

CLIENT_NURSES = Table(
    "client_nurses", "client_nurses", ClientNurse, "What a client and a nurse are to each other.",
    (
        column("client", "cliënt", ID, "Client.", refers=("clients",)),
        column("nurse", "medewerker", ID, "Nurse.", refers=("nurses",)),
        column("relation", "relatie", choice(preferred="voorkeur", known="bekend", banned="niet_inzetten"),
               "Preferred, known, or never to be sent."),
    ),
    key=("client", "nurse"),
)

COUNTERS = Table(
    "counters", "counters", Counter, "What nurses bring along from earlier periods.",
    (
        column("nurse", "medewerker", ID, "Nurse.", refers=("nurses",)),
        column("counter", "teller", choice(
            balance_minutes="saldo_minuten", evenings_year="avonden_jaar", nights_year="nachten_jaar",
            weekends_year="weekenden_jaar", holidays_year="feestdagen_jaar", nights_16_weeks="nachten_16_weken",
            on_call_16_weeks="bereikbaar_16_weken",
            standby_nights_16_weeks="bereikbare_nachten_16_weken", late_nights_52_weeks="late_nachten_52_weken",
            workplace_26_weeks="aanwezig_26_weken", free_sundays_52_weeks="vrije_zondagen_52_weken",
            free_weekends_52_weeks="vrije_weekenden_52_weken", work_minutes_15_weeks="werkminuten_15_weken",
        ), "What is counted, see Counters."),
        column("value", "waarde", WHOLE, "The count; minutes where the name says so."),
    ),
    key=("nurse", "counter"),
)

PAST_VISITS = Table(
    "past_visits", "past_visits", PastVisit, "Visits in the days before the horizon, for continuity.",
    (
        column("client", "cliënt", ID, "Client.", refers=("clients",)),
        column("nurse", "medewerker", ID, "Nurse.", refers=("nurses",)),
        column("day", "datum", DATE, "Day, before the horizon."),
    ),
)
