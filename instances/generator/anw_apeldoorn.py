"""Four organisations near Apeldoorn. Their names are facts; sizes, sites, beds and shares are assumptions."""

from __future__ import annotations

from instances.generator.anw_facts import House, Service
from instances.generator.anw_sites import CareSite


def _sites(organisation: str, *rows: tuple[str, int]) -> tuple[CareSite, ...]:
    return tuple(CareSite(organisation, district, beds) for district, beds in rows)


HOUSES = (
    House(
        "atlant", "Atlant", (28, 28, 28, 24, 24, 24, 24, 24, 20, 20, 20, 20, 16), 4,
        _sites("atlant", ("BU02001401", 160), ("BU02000206", 90), ("BU02000402", 80), ("BU02130605", 60)),
    ),
    House(
        "klein-geluk", "Klein Geluk", (28, 24, 24, 24, 20, 20, 16), 2,
        _sites("klein-geluk", ("BU02000806", 110), ("BU02000704", 70), ("BU02320200", 60)),
    ),
    House(
        "zga", "Zorggroep Apeldoorn e.o.", (28, 28, 24, 24, 24, 24, 20, 20, 20, 16, 16), 3,
        _sites(
            "zga", ("BU02000504", 140), ("BU02000203", 110), ("BU02000604", 90), ("BU02000301", 70),
            ("BU02850100", 90), ("BU02130300", 60),
        ),
    ),
    House(
        "nusantara", "Nusantara", (24, 24, 24, 24, 20, 20), 1,
        _sites("nusantara", ("BU02000301", 45)),
    ),
)  # fmt: skip
"""Nurses who work evenings, nights and weekends, with their weekly contract hours."""

APELDOORN_SERVICE = Service(
    region="apeldoorn",
    houses=HOUSES,
    shares={
        "Apeldoorn": {"atlant": 20, "klein-geluk": 12, "zga": 22, "nusantara": 4},
        "Voorst": {"atlant": 10, "zga": 25},
        "Brummen": {"atlant": 20, "zga": 20},
        "Epe": {"klein-geluk": 20, "zga": 10},
    },
    least_elderly=300,
    homes=("Deventer", "Zutphen", "Heerde"),
)
