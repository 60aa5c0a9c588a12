"""Work that hangs together: connect and disconnect, transfusion with pick-up, pharmacy before the first gift."""

from __future__ import annotations

from datetime import date, timedelta

from instances.generator.orders import Maker
from instances.generator.recipes import Recipe, Slot
from instances.generator.region import Site
from instances.places import distance_km
from optimiser.domain.place import Place
from optimiser.domain.work import Link, Order, Task

CONNECT = Recipe(
    "tpv aansluiten", "tpv-aansluiten", 4, ("daily",), (Slot(1110, 1170, 90, 120),), "high", True, varies=False
)  # fmt: skip
DISCONNECT = Recipe("tpv afkoppelen", "tpv-afkoppelen", 4, ("daily",), (Slot(435, 480, 90, 150),), "high", varies=False)
NIGHT_OF_FEEDING = (600, 840)
"""Start to start: ten to fourteen hours on the pump."""
TRANSFUSION = Recipe("transfusie", "transfusie", 4, ("once",), (Slot(570, 630, 120, 180),), "high", varies=False)
PICK_UP_MINUTES = 15
PICK_UP_TO_START = (20, 90)
"""Blood starts within 30 minutes outside the refrigerator; with a cool box 90 minutes from pick-up (assumption)."""
PHARMACY_TO_START = (15, 180)


def add_feeding(maker: Maker, part: float) -> None:
    """Parenteral nutrition: connected in the evening, disconnected the next morning; some not in every night."""
    rhythms = ("daily", "daily", "daily", "days:mon+tue+wed+thu+sun")
    mornings = ("daily", "daily", "daily", "days:mon+tue+wed+thu+fri")
    turn = 0
    for organisation, number in maker.quota(CONNECT, part).items():
        for _ in range(number):
            client = maker.new_client(organisation).id
            first = maker.settings.first_monday - timedelta(days=maker.random.randint(10, 200))
            evening = maker.order(CONNECT, client, rhythms[turn % 4], first, None)
            morning = maker.order(DISCONNECT, client, mornings[turn % 4], first + timedelta(days=1), None)
            low, high = NIGHT_OF_FEEDING
            _link(maker, evening.id, morning.id, low, high, nurse="any")
            turn += 1


def add_transfusions(maker: Maker, part: float) -> None:
    """One unit each, in daytime on a working day, after a pick-up at the nearest blood bank by the same nurse."""
    days = [0, 2, 1, 3, 4]
    turn = 0
    for organisation, number in maker.quota(TRANSFUSION, part).items():
        for _ in range(number):
            day = maker.settings.first_monday + timedelta(days=days[turn % 5])
            client = maker.new_client(organisation)
            order = maker.order(TRANSFUSION, client.id, "daily", day, day)
            place = _site(maker, client.place, "blood_bank")
            opens = order.windows[0][0]
            closes = opens + maker.demand.spread[order.id][0] - 5
            task = _task(maker, organisation, "blood_bank", place, day, opens - 75, closes, PICK_UP_MINUTES)
            _link(maker, task.id, _first_visit(order), *PICK_UP_TO_START, nurse="same")
            turn += 1


def add_pharmacy(maker: Maker, part: float) -> None:
    """Medicine fetched at the hospital pharmacy by the nurse who places the drip: three a week."""
    placed = [each for each in maker.demand.orders if each.acts == ("infuus-inbrengen",)]
    owner = {each.id: each for each in maker.demand.clients}
    for order in placed[:: max(1, len(placed) // max(1, round(3 * part)))][:3]:
        client = owner[order.client]
        opens, closes = order.windows[0]
        place = _site(maker, client.place, "pharmacy")
        task = _task(maker, client.organisation, "pharmacy", place, order.first, opens - 120, closes - 40, 10)
        _link(maker, task.id, _first_visit(order), *PHARMACY_TO_START, nurse="same")


def add_daily_tasks(maker: Maker) -> None:
    """For each organisation: telephone and guidance of ward teams every weekday, weekly stock from the depot."""
    site = maker.region.sites[0]
    for organisation in maker.settings.fte:
        depot = _at_site(maker, f"depot-{organisation}", "depot", site)
        maker.demand.places.append(depot)
        for week in range(maker.settings.weeks):
            monday = maker.settings.first_monday + timedelta(days=7 * week)
            for day in range(5):
                _task(maker, organisation, "telephone", None, monday + timedelta(days=day), 510, 720, 20)
                _task(maker, organisation, "guidance", None, monday + timedelta(days=day), 780, 1020, 20)
            day_of_stock = monday + timedelta(days=maker.random.randint(1, 3))
            _task(maker, organisation, "depot", depot.id, day_of_stock, 540, 900, 15)


def _first_visit(order: Order) -> str:
    return f"{order.id}/{order.first.isoformat()}/1"


def _link(maker: Maker, first: str, second: str, low: int, high: int, nurse: str) -> None:
    maker.demand.links.append(
        Link.model_validate(
            {"id": f"L-{len(maker.demand.links) + 1:02d}", "first": first, "second": second, "gap_min": low,
             "gap_max": high, "nurse": nurse, "together": True}
        )
    )  # fmt: skip


def _task(
    maker: Maker, organisation: str, kind: str, place: str | None, day: date, opens: int, closes: int, minutes: int
) -> Task:
    task = Task.model_validate({
        "id": f"W-{len(maker.demand.tasks) + 1:02d}", "kind": kind, "organisation": organisation, "place": place,
        "day": day, "from_time": opens, "until_time": closes, "minutes": minutes,
        "priority": "normal" if kind in ("telephone", "depot") else "high",
    })  # fmt: skip
    maker.demand.tasks.append(task)
    return task


def _site(maker: Maker, client_place: str, kind: str) -> str:
    """The place of the nearest blood bank or pharmacy (each hospital has both), added when it is new."""
    home = next(each for each in maker.demand.places if each.id == client_place)
    here = (home.latitude, home.longitude)
    site = min(maker.region.sites, key=lambda each: distance_km(here, (each.latitude, each.longitude)))
    name = f"{kind.replace('_', '-')}-{site.id.removeprefix('H-')}"
    if all(each.id != name for each in maker.demand.places):
        maker.demand.places.append(_at_site(maker, name, kind, site))
    return name


def _at_site(maker: Maker, name: str, kind: str, site: Site) -> Place:
    return Place.model_validate({
        "id": name, "kind": kind, "latitude": site.latitude, "longitude": site.longitude,
        "district": maker.region.nearest(site),
    })  # fmt: skip
