"""Planned visits of evenings, nights and weekend days: fixed clients with daily orders."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from instances.generator.anw_facts import Service
from instances.generator.anw_settings import AnwSettings
from instances.generator.region import Region, draw_district, draw_point
from optimiser.domain.card import Bring
from optimiser.domain.clock import DAY
from optimiser.domain.instance import Instance
from optimiser.domain.people import Client
from optimiser.domain.place import Place
from optimiser.domain.work import Act, Order

ACTS = (
    Act(id="insuline", name="Insuline spuiten", skills=("injecteren",), minutes=10),
    Act(id="avondzorg", name="Verpleegkundige avondzorg", minutes=25, reserved=False),
    Act(id="infuus", name="Infuus met medicijn wisselen", skills=("infuus",), minutes=30),
    Act(id="pomp", name="Pijnpomp controleren en wisselen", skills=("pomp",), minutes=30),
    Act(id="katheter", name="Katheter spoelen of wisselen", skills=("katheter",), minutes=25),
    Act(id="nachtzorg", name="Verpleegkundige nachtzorg", minutes=25, reserved=False),
    Act(id="wondzorg", name="Wond verzorgen", minutes=30, reserved=False),
)
IN_THE_BAG = {
    "insuline": "Pennaalden, naaldencontainer en bloedsuikermeter",
    "infuus": "Nieuwe infuuszak of elastomeerpomp, handschoenen en alcoholdoekjes",
    "pomp": "Gevulde cassette, lijn en subcutane naald",
    "katheter": "Katheterset, spoelvloeistof en opvangzak",
    "wondzorg": "Verbandset, spoelvloeistof en handschoenen",
}
"""Act -> what is brought along (assumptions, not a protocol)."""
EVENING = (("insuline", 8), ("avondzorg", 6), ("infuus", 3), ("pomp", 2), ("katheter", 1))
NIGHT = (("nachtzorg", 3), ("pomp", 1))
WEEKEND = (("insuline", 8), ("wondzorg", 8), ("infuus", 3), ("pomp", 2), ("katheter", 3))
"""Act -> orders of all organisations together: 20 each evening, 4 each night, 24 each weekend day."""
SPANS = {"evening": (18 * 60, 22 * 60 + 45), "night": (23 * 60 + 15, 30 * 60), "weekend": (7 * 60 + 30, 15 * 60)}
LENGTHS = {"evening": (75, 150), "night": (90, 300), "weekend": (90, 240)}
"""Width of the window that care may start and end in."""
NUMBERS = {"evening": EVENING, "night": NIGHT, "weekend": WEEKEND}

FORM_BEFORE, FORM_AFTER = timedelta(days=120), timedelta(days=400)
"""Order forms hold for the whole horizon."""


def make_anw_bring(instance: Instance) -> tuple[Bring, ...]:
    """The rows of ``bring.csv``; none where nothing is planned."""
    return tuple(Bring(work=each.id, items=IN_THE_BAG[each.id]) for each in instance.acts if each.id in IN_THE_BAG)


@dataclass
class Planned:
    """The tables ``clients``, ``places`` and ``orders``."""

    clients: list[Client] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)


def make_visits(random: Random, settings: AnwSettings, service: Service, region: Region) -> Planned:
    """Orders by quota; each has its own client, of an organisation drawn by the people whom it serves."""
    made = Planned()
    elderly = {
        house.id: sum(
            each.inhabitants_65plus * service.shares[each.municipality].get(house.id, 0)
            for each in region.districts if each.municipality in service.shares
        )
        for house in service.houses
    }  # fmt: skip
    owed = dict.fromkeys(elderly, 0.0)
    for part, rows in NUMBERS.items():
        for act, number in rows:
            for _ in range(number):
                for name, people in elderly.items():
                    owed[name] += people / sum(elderly.values())
                owner = max(owed, key=lambda name: (owed[name], name))
                owed[owner] -= 1
                _add(random, settings, service, region, made, owner, part, act)
    return made


def _add(
    random: Random, settings: AnwSettings, service: Service, region: Region, made: Planned, owner: str, part: str,
    act: str,
) -> None:  # fmt: skip
    number = len(made.clients) + 1
    towns = [name for name, shares in service.shares.items() if owner in shares]
    served = tuple(each for each in region.districts if each.municipality in towns and each.inhabitants_65plus)
    district = draw_district(random, served, elderly=True)
    latitude, longitude = draw_point(random, district)
    client = f"C-{owner}-{number:03d}"
    made.places.append(Place(id=f"P-{client}", kind="client", latitude=latitude, longitude=longitude,
                             district=district.id))  # fmt: skip
    made.clients.append(Client(id=client, organisation=owner, place=f"P-{client}"))
    low, high = SPANS[part]
    width = 15 * random.randint(LENGTHS[part][0] // 15, LENGTHS[part][1] // 15)
    # a window opens on its own day: one after midnight would belong to the night duty of the day before
    latest = min(high - width, DAY - 15)
    start = low + 15 * random.randint(0, (latest - low) // 15)
    made.orders.append(Order(
        id=f"O-{number:03d}", client=client, acts=(act,),
        rhythm="days:sat+sun" if part == "weekend" else "daily", windows=((start, start + width),),
        first=settings.first_monday - timedelta(days=random.randint(14, 90)),
        order_form_from=settings.first_monday - FORM_BEFORE, order_form_until=settings.first_monday + FORM_AFTER,
        priority="high" if act in ("insuline", "infuus", "pomp") else "normal",
    ))  # fmt: skip
