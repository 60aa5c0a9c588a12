"""Which orders a technical home team has in a week: rhythms, windows and numbers for twenty fte.

Times are wall-clock minutes. A slot says when its window may open and how long care may still start after that.
"""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.domain.work import Priority

FTE = 20
"""The numbers below are for this many fte; others in proportion."""


@dataclass(frozen=True)
class Slot:
    """A visit of the day: earliest and latest opening, and the spread of starts in minutes (drawn by tens)."""

    opens_from: int
    opens_until: int
    spread_from: int
    spread_until: int


@dataclass(frozen=True)
class Recipe:
    """``number`` orders of this sort. ``rhythms`` are taken in turn; ``once`` is one visit on a weekday."""

    name: str
    act: str
    number: int
    rhythms: tuple[str, ...]
    slots: tuple[Slot, ...]
    priority: Priority = "normal"
    time_critical: bool = False
    gap: tuple[int, int] | None = None
    course: float = 0.0
    """Chance that the order begins or ends inside the week."""
    shared: float = 0.0
    """Chance that the client already has another order."""
    varies: bool = True
    """Whether its length may be made to fit the total of the week."""
    last_weekday: int | None = None
    """The course ends on this day of the last week."""


def _at(opens_from: str, opens_until: str, spread_from: int, spread_until: int) -> Slot:
    first, last = (60 * int(each[:2]) + int(each[3:]) for each in (opens_from, opens_until))
    return Slot(first, last, spread_from, spread_until)


MORNING = _at("07:30", "09:00", 60, 240)
DAY = _at("08:00", "14:30", 120, 240)
EARLY_EVENING = _at("17:00", "18:30", 90, 180)
TWO_NURSES = _at("09:00", "12:30", 150, 240)
EVERY_8_HOURS = (_at("07:00", "07:00", 90, 110), _at("14:30", "15:00", 90, 120), _at("21:30", "21:45", 80, 90))
EVERY_8_HOURS_NIGHT = (_at("07:15", "07:15", 90, 90), _at("15:00", "15:00", 90, 90), _at("23:00", "23:00", 60, 60))
EVERY_8_HOURS_EARLY = (_at("05:30", "05:30", 60, 60), _at("13:30", "13:30", 90, 90), _at("21:30", "21:30", 60, 60))

RECIPES: tuple[Recipe, ...] = (
    Recipe("antibiotica 8 uur", "antibiotica-8u", 3, ("daily",), EVERY_8_HOURS, "critical", True, (420, 540),
           varies=False),
    Recipe("antibiotica 12 uur", "antibiotica-8u", 3, ("daily",),
           (_at("08:00", "08:30", 60, 120), _at("20:00", "20:30", 60, 90)), "high", True, (660, 780), course=0.3),
    Recipe("antibiotica 24 uur", "antibiotica-24u", 8, ("daily",), (_at("08:30", "15:00", 90, 150),), "high",
           gap=(1320, 1560), course=0.3),
    Recipe("antibiotica 24 uur avond", "antibiotica-24u", 4, ("daily",), (_at("17:00", "18:30", 90, 150),), "high",
           gap=(1320, 1560), course=0.1),
    Recipe("palliatief", "palliatieve-zorg", 2, ("daily",),
           (_at("09:00", "10:30", 90, 150), _at("19:00", "20:30", 60, 120)), "critical", True),
    Recipe("injectie vooravond", "injectie", 4, ("daily",), (EARLY_EVENING,)),
    Recipe("injectie avond", "injectie", 3, ("daily",), (_at("19:30", "20:30", 90, 150),)),
    Recipe("injectie overdag", "injectie", 4, ("daily",), (MORNING,)),
    Recipe("canulezorg", "canulezorg", 2, ("daily",),
           (_at("08:30", "10:00", 60, 120), _at("19:00", "20:30", 60, 120)), "high"),
    Recipe("peritoneaaldialyse", "peritoneaaldialyse", 1, ("daily",),
           (_at("08:00", "08:00", 120, 120), _at("18:00", "18:00", 120, 120)), "high", gap=(540, 720), varies=False),
    Recipe("drainzorg avond", "drainzorg", 2, ("daily",), (EARLY_EVENING,), course=0.2),
    Recipe("drainzorg", "drainzorg", 3, ("daily", "every:2"), (DAY,), course=0.2),
    Recipe("bloedafname", "bloedafname", 26, ("once",), (_at("07:30", "08:30", 60, 150),)),
    Recipe("bloedafname vrij", "bloedafname", 12, ("free:1",), (_at("07:30", "08:30", 120, 180),), shared=0.3),
    Recipe("lijn doorspuiten", "lijn-doorspuiten", 8, ("days:mon+thu", "days:tue+fri"), (DAY,)),
    Recipe("lijn doorspuiten vrij", "lijn-doorspuiten", 8, ("free:1",), (DAY,)),
    Recipe("pomp wisselen", "pomp-wisselen", 6, ("every:2", "every:3"), (_at("09:00", "14:00", 20, 60),), "critical",
           True),
    Recipe("port aanprikken", "port-aanprikken", 5, ("once",), (DAY,)),
    Recipe("infuus inbrengen", "infuus-inbrengen", 8, ("once",), (_at("09:00", "15:00", 60, 120),), "high"),
    Recipe("maagsonde", "maagsonde", 5, ("once",), (_at("09:00", "15:00", 60, 120),), "high"),
    Recipe("pomp starten", "pomp-starten", 3, ("once",), (TWO_NURSES,), "high", varies=False),
    Recipe("spinale pomp", "spinale-pomp", 3, ("once",), (TWO_NURSES,), "high", varies=False),
    Recipe("canulewissel", "canulewissel", 2, ("free:1",), (TWO_NURSES,), shared=1.0, varies=False),
    Recipe("moeilijke katheter", "katheter-moeilijk", 4, ("once", "free:1"), (TWO_NURSES,), varies=False),
    Recipe("picc wekelijks", "picc-verzorging", 46, ("free:1",), (_at("08:00", "14:00", 180, 240),), shared=0.25),
    Recipe("vac twee keer", "vac-wissel", 9, ("free:2",), (_at("08:30", "14:00", 180, 240),)),
    Recipe("vac drie keer", "vac-wissel", 4, ("free:3",), (_at("08:30", "14:00", 180, 240),)),
    Recipe("suprapubisch", "suprapubisch", 12, ("free:1",), (_at("08:30", "14:00", 180, 240),)),
)  # fmt: skip
"""Orders of one client; connect-and-disconnect and transfusions are in linked.py."""

CHAIN_NIGHT = Recipe(
    "antibiotica 8 uur, ook 23 uur", "antibiotica-8u", 1, ("daily",), EVERY_8_HOURS_NIGHT, "critical", True, (420, 540),
    varies=False, last_weekday=5,
)  # fmt: skip
"""The planned night visit of nights on call: just after 23:00, so that the evening duty's nurse can still do it."""
EARLY = Recipe("vroege injectie", "injectie", 1, ("days:tue+fri",), (_at("06:45", "06:45", 40, 50),), varies=False)
"""A planned visit before 07:00 that an early duty does."""
CHAIN_EARLY = Recipe(
    "antibiotica 8 uur, ook 5 uur", "antibiotica-8u", 1, ("daily",), EVERY_8_HOURS_EARLY, "critical", True, (420, 540),
    varies=False,
)  # fmt: skip
SUCTION = Recipe(
    "canulezorg nacht", "canulezorg", 1, ("daily",), (_at("02:00", "03:00", 60, 120),), "high", varies=False,
)  # fmt: skip
STANDBY_NIGHTS: tuple[Recipe, ...] = (CHAIN_NIGHT, EARLY)
AWAKE_NIGHTS: tuple[Recipe, ...] = (CHAIN_NIGHT, CHAIN_EARLY, SUCTION, EARLY)
AWAKE_FEWER = 0.85
"""With awake nights the other orders shrink to this share, so that the week still fits the contracts."""
