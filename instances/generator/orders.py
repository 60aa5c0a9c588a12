"""Clients and their orders, by quota: the same sorts in every instance, other people, places, days and windows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from instances.generator.procedures import acts
from instances.generator.recipes import FTE, RECIPES, Recipe, Slot
from instances.generator.region import Region, draw_district, draw_point
from instances.generator.settings import GeneratorSettings
from optimiser.domain.instance import Settings
from optimiser.domain.people import Client, Nurse
from optimiser.domain.place import District, Place
from optimiser.domain.work import Link, Order, Task

ACTS = {each.id: each for each in acts()}
REPORTING = Settings().reporting_minutes
ONCE_DAYS = (0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 5)
"""Single visits fall on weekdays, now and then on Saturday."""


@dataclass
class Demand:
    """What grows while the demand is made. ``varying`` holds the orders whose length may be fitted to the total."""

    clients: list[Client] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    varying: set[str] = field(default_factory=set)
    spread: dict[str, list[int]] = field(default_factory=dict)
    """Order -> start spread of each of its windows."""
    owed: dict[str, float] = field(default_factory=dict)
    """Organisation -> minutes of care a week that rounding has kept from it so far."""


def weekly_minutes(recipe: Recipe) -> float:
    """Nurse minutes that one order of a recipe asks in a week, reporting included."""
    kind, _, detail = recipe.rhythms[0].partition(":")
    if kind == "every":
        times = 7 / int(detail)
    else:
        times = {"daily": 7, "once": 1, "days": len(detail.split("+"))}.get(kind) or float(detail)
    act = ACTS[recipe.act]
    return times * len(recipe.slots) * act.nurses * (act.minutes + REPORTING)


@dataclass(frozen=True)
class Maker:
    """What every maker of demand needs."""

    random: Random
    settings: GeneratorSettings
    region: Region
    areas: dict[str, tuple[District, ...]]
    demand: Demand

    def quota(self, recipe: Recipe, part: float = 1.0) -> dict[str, int]:
        """The orders of a recipe over the organisations by fte; a small team has none of the rare sorts.

        What is left by rounding down goes to who is behind in minutes of care, so that the loads stay even.
        """
        fte = self.settings.fte
        total = round(recipe.number * part * sum(fte.values()) / FTE)
        exact = {name: total * each / sum(fte.values()) for name, each in fte.items()}
        shares = {name: math.floor(each) for name, each in exact.items()}
        weight = weekly_minutes(recipe)
        owed = self.demand.owed
        for name in fte:
            owed[name] = owed.get(name, 0.0) + weight * (exact[name] - shares[name])
        for _ in range(total - sum(shares.values())):
            behind = max(fte, key=lambda name: (owed[name], name))
            shares[behind] += 1
            owed[behind] -= weight
        return shares

    def new_client(self, organisation: str) -> Client:
        """A client at a place drawn by inhabitants of 65 and over, in the whole region or the own districts."""
        everywhere = self.random.random() < self.settings.overlap
        districts = self.region.served if everywhere else self.areas[organisation]
        district = draw_district(self.random, districts, elderly=True)
        latitude, longitude = draw_point(self.random, district)
        number = f"{organisation}-{1 + sum(each.organisation == organisation for each in self.demand.clients):03d}"
        place = Place(id=f"P-{number}", kind="client", latitude=latitude, longitude=longitude, district=district.id)
        client = Client(id=f"C-{number}", organisation=organisation, place=place.id)
        self.demand.places.append(place)
        self.demand.clients.append(client)
        return client

    def client_for(self, organisation: str, shared: float) -> Client:
        """A new client, or with chance ``shared`` one who has daily care already."""
        daily = {each.client for each in self.demand.orders if each.rhythm == "daily"}
        known = [each for each in self.demand.clients if each.organisation == organisation and each.id in daily]
        if known and self.random.random() < shared:
            return self.random.choice(known)
        return self.new_client(organisation)

    def window(self, slot: Slot, minutes: int) -> tuple[int, int, int]:
        """Opening, closing and start spread of a window for ``minutes`` of care with reporting."""
        opens = self.random.randrange(slot.opens_from, slot.opens_until + 1, 15)
        spread = self.random.randrange(slot.spread_from, slot.spread_until + 1, 10)
        return opens, opens + minutes + spread, spread

    def _order_form(self, first: date) -> tuple[date, date]:
        """First and last day of an order form: written before care starts, renewed in time, valid all horizon."""
        end = self.settings.first_monday + timedelta(days=7 * self.settings.weeks)
        form = first - timedelta(days=self.random.randint(1, 14))
        until = form + timedelta(days=self.random.randint(60, 170))
        if until < end:
            form = self.settings.first_monday - timedelta(days=self.random.randint(1, 30))
            until = end + timedelta(days=self.random.randint(5, 120))
        return form, until

    def order(
        self, recipe: Recipe, client: str, rhythm: str, first: date, last: date | None, minutes: int | None = None
    ) -> Order:
        """Add one order. ``minutes`` at the client, without reporting; the act's own when not given."""
        act = ACTS[recipe.act]
        length = minutes or act.minutes
        windows = [self.window(slot, length + REPORTING) for slot in recipe.slots]
        form, form_until = self._order_form(first) if act.reserved else (None, None)
        order = Order(
            id=f"O-{len(self.demand.orders) + 1:03d}", client=client, acts=(act.id,), rhythm=rhythm,
            windows=tuple((opens, closes) for opens, closes, _ in windows), first=first, last=last,
            minutes=minutes if minutes != act.minutes else None, priority=recipe.priority,
            time_critical=recipe.time_critical, order_form_from=form,
            order_form_until=form_until,
            gap_min=recipe.gap[0] if recipe.gap else None, gap_max=recipe.gap[1] if recipe.gap else None,
        )  # fmt: skip
        self.demand.orders.append(order)
        self.demand.spread[order.id] = [spread for _, _, spread in windows]
        if recipe.varies:
            self.demand.varying.add(order.id)
        return order


def period(maker: Maker, recipe: Recipe, rhythm: str, weekday: int) -> tuple[date, date | None]:
    """First and last day: an order that runs, one day, or a course with a border inside the first week."""
    random, monday = maker.random, maker.settings.first_monday
    if rhythm == "once":
        day = monday + timedelta(days=weekday + 7 * random.randrange(maker.settings.weeks))
        return day, day
    before = random.randint(1, 60)
    if recipe.last_weekday is not None:
        days = 7 * (maker.settings.weeks - 1) + recipe.last_weekday
        return monday - timedelta(days=before), monday + timedelta(days=days)
    if rhythm.startswith("every"):
        return monday + timedelta(days=weekday % 3 - 3 * random.randint(1, 9)), None
    if random.random() < recipe.course:
        if random.random() < 0.5:
            return monday + timedelta(days=random.randint(1, 3)), None
        return monday - timedelta(days=before), monday + timedelta(days=random.randint(3, 5))
    return monday - timedelta(days=before), None


def add_recipe(maker: Maker, recipe: Recipe, part: float = 1.0) -> None:
    """All orders of one recipe, divided over the organisations."""
    turn = 0
    for organisation, number in maker.quota(recipe, part).items():
        for _ in range(number):
            client = maker.client_for(organisation, recipe.shared)
            rhythm = recipe.rhythms[turn % len(recipe.rhythms)]
            weekday = ONCE_DAYS[(turn * 4 + maker.random.randrange(2)) % len(ONCE_DAYS)]
            first, last = period(maker, recipe, rhythm, weekday)
            base = ACTS[recipe.act].minutes
            minutes = base + 5 * maker.random.choice((-1, 0, 0, 1)) if recipe.varies and base > 10 else None
            maker.order(recipe, client.id, "daily" if rhythm == "once" else rhythm, first, last, minutes)
            turn += 1


def add_plain_orders(maker: Maker, part: float) -> None:
    """The orders of all recipes, in order."""
    for recipe in RECIPES:
        add_recipe(maker, recipe, part)


def mark_clients(maker: Maker, nurses: Sequence[Nurse]) -> None:
    """Some clients are never visited alone, wish a woman, or a language that at least three own nurses speak."""
    clients = maker.demand.clients
    weekly = {each.client for each in maker.demand.orders if each.rhythm.startswith("free")}
    daily = {each.client for each in maker.demand.orders if not each.rhythm.startswith("free")}
    quiet = [number for number, each in enumerate(clients) if each.id in weekly - daily]
    chosen = maker.random.sample(quiet, min(len(quiet), 8))
    marks: tuple[dict[str, object], ...] = (
        {"unsafe": True}, {"unsafe": True}, {"unsafe": True}, {"sex_wish": "f"}, {"sex_wish": "f"}, {"sex_wish": "f"},
    )  # fmt: skip
    for place, mark in zip(chosen, marks, strict=False):
        clients[place] = clients[place].model_copy(update=mark)
    for place in chosen[len(marks) :]:
        own = [each for each in nurses if each.organisation == clients[place].organisation]
        spoken = Counter(word for each in own for word in each.languages[1:] if each.experience == "experienced")
        if spoken and spoken.most_common(1)[0][1] >= 3:
            wish = {"language_wish": min(spoken, key=lambda word: (-spoken[word], word))}
            clients[place] = clients[place].model_copy(update=wish)
