"""What the keys of ``instance.toml`` and ``sharing.toml`` mean, for the reference."""

from __future__ import annotations

from optimiser.domain.calls import ResponseSettings
from optimiser.domain.instance import Organisation, Settings, TravelSettings
from optimiser.domain.money import MoneySettings
from optimiser.domain.noun import Noun
from optimiser.domain.objective import TERMS, ObjectiveWeights
from optimiser.domain.sharing import SharingContract

KEYS: tuple[tuple[str, type[Noun], str, dict[str, str]], ...] = (
    ("[[organisations]]", Organisation, "At least one.", {
        "id": "Id.",
        "name": "Name.",
        "home_legs": "Travel from and to home: outside duty and pay, inside, or inside above a limit.",
        "home_leg_limit": "For `above`: minutes of a leg that are outside.",
    }),
    ("[planning]", Settings, "May be absent.", {
        "rule_set": "The law alone, with the decree for care, or with the agreement.",
        "reporting_minutes": "Added to each visit.",
        "handover_minutes": "Paid, at the start of each work duty; routes start after it.",
        "slack_minutes": "Kept free after each visit before the travel to the next.",
        "waiting_free_minutes": "Waiting up to this length between two stops has no price.",
        "planned_work_in_standby": "Whether planned visits in standby from home are ordinary work or calls.",
        "allow_planned_tokens": "Whether planned rosters may use the law's reduced rests.",
        "after_agreement": "Whether an agreement's rules go on after its last day, or the law alone holds.",
        "night_limit": "Limit on late nights: 36 in 16 weeks; by agreement 140 in 52, or 38 hours in 2 weeks.",
        "series_of_eight": "Eight instead of seven duties in a series with a night, by agreement.",
        "rest_after_night_call":
            "Eight hours of rest follow the last call of a night, so that the average of 45 hours holds.",
        "publish_on": "Day on which nurses are told the roster.",
        "balance_weeks": "Weeks over which an opening balance of hours is worked off or made up.",
    }),
    ("[travel]", TravelSettings, "May be absent.", {
        "engine": "Estimate from the map, or the times of `travel.csv`.",
        "car_day_percent": "Car times by day, as a percentage of free flow.",
        "car_evening_percent": "Car times in the evening.",
        "car_night_percent": "Car times at night.",
        "car_door_minutes": "Parking and walking to the door, by car.",
        "bicycle_door_minutes": "The same by bicycle and e-bike.",
        "walk_door_minutes": "The same on foot.",
    }),
    ("[weights]", ObjectiveWeights,
     "May be absent; whole numbers, the unit is a travel minute.", {term.name: f"{term.formula}." for term in TERMS}),
    ("[response]", ResponseSettings,
     "May be absent; how fast a visit for a call must be, and how calls are passed on.", {
        "norm_minutes": "From the end of triage to the door.",
        "turn_out_minutes": "From the call to the car, on call from home; who is at work leaves at once.",
        "reach_minutes": "Only who can be so quickly at enough of the expected calls may be on call; empty: all.",
        "reach_percent": "Which share of the expected calls is enough.",
        "pass_on_minutes": "What the first line cannot reach within it goes to the back-up, when that is sooner.",
        "lost_minutes": "What nobody can reach within it goes elsewhere (ambulance, GP post).",
        "target_percent": "Share of visits within the norm that numbers of nurses are counted for.",
    }),
    ("[money]", MoneySettings, "May be absent; what each amount is built from: [money](../rules/money.md).", {
        "wage_step_percent": "Where in the scale of her grade each nurse is: 0 its lowest wage, 100 its highest.",
        "wages": "Cents per hour by grade, in place of the scale: `wages = {45 = 2350, 50 = 2600}`.",
        "employer_percent": "Employer's cost as a percentage of the wage.",
        "liberation_day": "Whether 5 May is a holiday.",
        "eves_at_sunday_rate": "24 and 31 December from 18:00 at the Sunday rate.",
        "standby_cents_weekday": "For an hour of standby from home, Monday to Friday.",
        "standby_cents_weekend": "For an hour of standby from home on Saturday, Sunday and holidays.",
        "call_percent": "On top of the hourly wage for call work.",
        "client_km_cents": "For a kilometre by own car between stops.",
    }),
    ("[[contracts]]", SharingContract,
     "In `sharing.toml`. Built in are `single`, `anw`, `visits`, `cover`, `joint` and `one_on_call`; what each field "
     "does stands in [sharing](../explanation/sharing.md), with an example.", {
         "name": "Name, for `--sharing`.",
         "visits": "Share no visits, those outside Monday to Friday 07:00 to 18:00, or all.",
         "cover": "Cover rows are filled by own nurses, pooled outside those hours, or all pooled; counts are summed.",
         "pooled_standby": "Number to which pooled standby rows are set instead of their sum.",
         "pooled_to": "Numbers instead of sums: `[[contracts.pooled_to]]` with `cover` (ids), `minimum`, `wanted`.",
         "lending_minutes": "Price in minutes of a visit by another organisation's nurse.",
         "groups": "Who shares with whom, lists of organisations; none: all share. In no group: shares nothing.",
         "skills": "Share only visits that ask one of these, and only cover rows that name none or one of these.",
         "districts": "Share only clients in districts whose code begins so.",
         "own_by_day": "Organisations whose clients have own nurses only, Monday to Friday 07:00 to 18:00.",
         "known_faces": "Lend a client who prefers or knows nurses only to one of these.",
         "most_lent": "Most hours lent in a week: `[[contracts.most_lent]]` with `organisation`, `hours_per_week`.",
         "entries": "Who joins later: `[[contracts.entries]]` with `organisation`, `from_date`.",
         "division": "Which division of the land into on-call areas is in use, besides areas without one.",
         "consents": "Nurses who agreed to serve other organisations' clients; absent: all may.",
         "openness": "Who sees the figures: each its own, everyone totals, or everyone all by organisation.",
         "shown": "Other openness for a figure: `[[contracts.shown]]` with `figure` (name), `shown`.",
     }),
)
"""Heading in TOML, noun, sentence, and a sentence for each key."""
