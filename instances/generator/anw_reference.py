"""The page of the instances of shared evenings, nights and weekends: ``python -m instances.generator.anw_reference``
prints docs/reference/anw_instances.md."""

from __future__ import annotations

import sys
from fractions import Fraction
from textwrap import fill

from instances.generator.anw import generate_anw
from instances.generator.anw_apeldoorn import APELDOORN_SERVICE
from instances.generator.anw_assumption import Assumption
from instances.generator.anw_calls import (
    MEDICAL,
    NIGHTS_IN_WEEK,
    NURSING,
    START_CALLS,
    START_ELDERLY,
    START_NIGHTS,
    WLZ_CALLS,
    WLZ_SHARE,
    VisitLoad,
)
from instances.generator.anw_facts import Service
from instances.generator.anw_friesland import FRIESLAND_SERVICE
from instances.generator.anw_provenance import assumptions
from instances.generator.anw_settings import APELDOORN, FRIESLAND, AnwSettings
from instances.generator.region import load_region

INTRO = """# `apeldoorn_anw` and `friesland_anw`: shared evenings, nights and weekends

Two synthetic instances of thirteen weeks from Monday 1 March 2027, which hold Easter, King's Day, Ascension Day and
Whitsun and the night on which summer time begins; published four weeks before. Facts are only: the districts with
their inhabitants of 65 and over (CBS, Kerncijfers wijken en buurten 2024), the names of the four organisations near
Apeldoorn, and the starting value below. **Everything else is assumed**: sizes, people, homes, care sites with their
beds, clients, calls and rosters. Nobody in them exists, and no figure in them is an organisation's own.

Both are the output of `instances/generator/anw.py`, byte for byte (a test says so). From Python:

```
from instances.generator.anw import AnwSettings, generate_anw
instance, names = generate_anw(AnwSettings(service="nursing", seed=2, calls=150))
```

`calls` is a percentage of the assumed numbers of calls. Each assumption below stands in `[provenance]` of
`instance.toml` too, with its source and confidence: B a secondary source, R general knowledge, E an own estimate. To
put an organisation's own figure in its place, change the file named in the last column.
"""
NURSING_TEXT = """## `apeldoorn_anw`: nursing of four organisations

Evenings (15:00 or 17:30 to 23:00), awake nights (23:00 to 07:00) and weekend days (07:00 to 15:30) answer calls and
do the planned visits of these hours; a back-up (achterwacht) of level 5 is on call from home. Own weekdays are duties
without routes, so that hours and rests are whole. Alone (`single`) each organisation has one nurse each evening,
night and weekend day; under `samen` the four have fewer than the sum. Own day work stays own in every contract: its
cover rows ask a skill that only the organisation's nurses have (`dag-...`).
"""
MEDICAL_TEXT = """## `friesland_anw`: one medical on-call service for eight institutions

First line: a specialist in elderly medicine (SO) or a nurse specialist (VS), on call from home from 17:00 to 08:00,
and from 08:00 to 17:00 in weekends and on public holidays. Back-up: a specialist. Alone each institution has its own
first line, who takes the phone as well. Under `posts-1`, `posts-2` and `posts-3` a triage nurse at a post takes the
phone first, one back-up serves all, and each area of the division has a first line: the province; north and south;
northwest, east and southwest. The minutes of work by calls that one duty brings (`oproep_minuten`) follow from the
calls, so that one first line for the whole province works most of its night.
"""
CARS = """## Car times

The estimate as the crow flies is fitted to towns (28 km/h, docs/explanation/travel.md), and is linear. Between towns
a car is faster, so both instances scale it. Well-known ways, from memory (confidence R), against the estimate at
night with 1 minute for the start and 3 for the door:

| way | crow flies | usual by car | estimate at 100 % | scaled |
|---|---|---|---|---|
| Leeuwarden to Heerenveen | 28 km | 30 min | 64 min | 37 min (55 %) |
| Leeuwarden to Drachten | 23 km | 27 min | 54 min | 31 min (55 %) |
| Leeuwarden to Sneek | 21 km | 25 min | 49 min | 29 min (55 %) |
| Apeldoorn to Epe | 15 km | 22 min | 37 min | 28 min (75 %) |
| Apeldoorn to Loenen | 12 km | 20 min | 30 min | 24 min (75 %) |

A table of travel times (`travel.csv`) or roads (docs/explanation/roads.md) take the place of the estimate.
"""


def page() -> str:
    """The page as text."""
    return "\n".join([
        INTRO, NURSING_TEXT, _nursing_total(), _table(assumptions("nursing")),
        MEDICAL_TEXT, _medical_total(), _table(assumptions("medical")), CARS,
    ])  # fmt: skip


def _table(rows: tuple[Assumption, ...]) -> str:
    lines = ["| what | value | source | confidence | where | key |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {each.about} | {each.value} | {each.source} | {each.confidence} | `{each.where}` | `{each.key}` |"
        for each in rows
    ]
    return "\n".join(lines) + "\n"


def elderly_served(service: Service) -> Fraction:
    """People of 65 and over whose calls are answered: those of each municipality times the shares."""
    region = load_region(service.region)
    return sum(
        (
            Fraction(each.inhabitants_65plus * sum(service.shares[each.municipality].values()), 100)
            for each in region.districts
            if each.municipality in service.shares
        ),
        Fraction(0),
    )


def _nursing_total() -> str:
    night, served = Fraction(START_CALLS, START_NIGHTS), elderly_served(APELDOORN_SERVICE)
    home, beds = served * NURSING.per_elderly, sum(site.beds for _, site in APELDOORN_SERVICE.sites)
    return _wrapped(
        f"Calls of a plain week, worked out: {START_CALLS} / {START_NIGHTS} = {float(night):.2f} calls a night;",
        f"evenings, nights and weekend days of a week are {float(NIGHTS_IN_WEEK):g} such nights by the profile of the",
        f"day; for {float(served):,.0f} people of 65 and over against {START_ELDERLY:,} behind the starting value that",
        f"is {float(home):.1f} calls from home. {beds:,} beds give {float(beds * NURSING.per_bed):.1f}.",
        _together(APELDOORN),
    )


def _medical_total() -> str:
    served, beds = elderly_served(FRIESLAND_SERVICE), sum(site.beds for _, site in FRIESLAND_SERVICE.sites)
    clients = served * WLZ_SHARE
    return _wrapped(
        f"Calls of a plain week, worked out: {beds:,} beds give {float(beds * MEDICAL.per_bed):.1f};",
        f"{float(served):,.0f} people of 65 and over are {float(clients):,.0f} Wlz clients, who give",
        f"{float(clients * WLZ_CALLS):.1f}.",
        _together(FRIESLAND),
    )


def _wrapped(*parts: str) -> str:
    return fill(" ".join(parts), 118, break_on_hyphens=False) + "\n"


def _together(settings: AnwSettings) -> str:
    instance, _ = generate_anw(settings)
    calls = sum(each.weekly_millicalls for each in instance.call_sources) / 1000
    visits = VisitLoad(MEDICAL if settings.service == "medical" else NURSING, instance.call_sources).visits
    return f"Together {calls:.1f} calls, of which {float(visits):.1f} ask a visit."


if __name__ == "__main__":
    sys.stdout.write(page())
