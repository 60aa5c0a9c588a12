"""Eight institutions for elderly care in Friesland. Municipalities and inhabitants are facts; the institutions are
made up, with their sites, beds, people and shares."""

from __future__ import annotations

from instances.generator.anw_facts import House, Service
from instances.generator.anw_sites import CareSite

DIVISIONS: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "posts-1": {
        "provincie": (
            "Friesland",
            ("BU0080", "BU1949", "BU0072", "BU1970", "BU1891", "BU0059", "BU0737",
             "BU1900", "BU1940", "BU0074", "BU0090", "BU0086", "BU0085", "BU0098"),
        ),
    },
    "posts-2": {
        "noord": ("Noord", ("BU0080", "BU1949", "BU0072", "BU1970", "BU1891", "BU0059", "BU0737")),
        "zuid": ("Zuid", ("BU1900", "BU1940", "BU0074", "BU0090", "BU0086", "BU0085", "BU0098")),
    },
    "posts-3": {
        "noordwest": ("Noordwest", ("BU0080", "BU1949", "BU0072")),
        "oost": ("Oost", ("BU1970", "BU1891", "BU0059", "BU0737", "BU0090", "BU0086")),
        "zuidwest": ("Zuidwest", ("BU1900", "BU1940", "BU0074", "BU0085", "BU0098")),
    },
}  # fmt: skip
"""Division -> area -> its name and its municipalities (CBS codes). The islands have a physician of their own."""


def _sites(organisation: str, *rows: tuple[str, int]) -> tuple[CareSite, ...]:
    return tuple(CareSite(organisation, district, beds) for district, beds in rows)


HOUSES = (
    House(
        "leeuwerik", "De Leeuwerik", (36, 36, 32, 32, 32, 28, 28, 24, 24), 6,
        _sites("leeuwerik", ("BU00806001", 140), ("BU00805102", 120), ("BU00804101", 110), ("BU00806301", 80)),
    ),
    House(
        "waddenhof", "Waddenhof", (36, 32, 32, 28, 28, 24), 4,
        _sites("waddenhof", ("BU00720004", 110), ("BU19492802", 100), ("BU19491605", 70), ("BU19493502", 50)),
    ),
    House(
        "lauwershof", "Lauwershof", (36, 32, 32, 28, 24, 24), 4,
        _sites("lauwershof", ("BU19700003", 110), ("BU19701100", 80), ("BU18910000", 60), ("BU19700900", 50)),
    ),
    House(
        "wouden", "De Wouden", (36, 28, 28, 28, 28, 24, 24), 4,
        _sites("wouden", ("BU07370000", 120), ("BU00590200", 80), ("BU00590000", 70), ("BU18910200", 60)),
    ),
    House(
        "smelnehof", "Smelnehof", (36, 36, 32, 32, 28, 28, 24, 24), 5,
        _sites("smelnehof", ("BU00900101", 140), ("BU00900303", 100), ("BU00860501", 80), ("BU00861602", 60)),
    ),
    House(
        "stellinghof", "Stellinghof", (36, 32, 28, 28, 24), 3,
        _sites("stellinghof", ("BU00980011", 100), ("BU00851101", 90), ("BU00850104", 50)),
    ),
    House(
        "marrenhof", "Marrenhof", (36, 28, 28, 28, 28, 24, 24), 4,
        _sites("marrenhof", ("BU00740104", 130), ("BU19401903", 100), ("BU19400301", 60), ("BU00740901", 50)),
    ),
    House(
        "greidhof", "Greidhof", (36, 36, 32, 32, 32, 32, 24), 5,
        _sites("greidhof", ("BU19000110", 130), ("BU19000004", 100), ("BU19000200", 60), ("BU19000300", 50)),
    ),
)  # fmt: skip
"""Specialists in elderly medicine and nurse specialists, with their weekly contract hours."""

TRIAGE_CONTRACT = 16
"""Hours a week of the triage nurse that each institution has (one each: eight together)."""

FRIESLAND_SERVICE = Service(
    region="friesland",
    houses=HOUSES,
    shares={
        "Leeuwarden": {"leeuwerik": 70, "waddenhof": 15, "wouden": 15},
        "Harlingen": {"waddenhof": 100},
        "Waadhoeke": {"waddenhof": 70, "leeuwerik": 30},
        "Noardeast-Fryslân": {"lauwershof": 85, "leeuwerik": 15},
        "Dantumadiel": {"lauwershof": 60, "wouden": 40},
        "Achtkarspelen": {"wouden": 80, "lauwershof": 20},
        "Tytsjerksteradiel": {"wouden": 80, "leeuwerik": 20},
        "Smallingerland": {"smelnehof": 90, "wouden": 10},
        "Opsterland": {"smelnehof": 80, "marrenhof": 20},
        "Ooststellingwerf": {"stellinghof": 70, "smelnehof": 30},
        "Weststellingwerf": {"stellinghof": 80, "marrenhof": 20},
        "Heerenveen": {"marrenhof": 80, "stellinghof": 20},
        "De Fryske Marren": {"marrenhof": 65, "greidhof": 35},
        "Súdwest-Fryslân": {"greidhof": 90, "waddenhof": 10},
    },
    least_elderly=350,
)
