"""Random sharing contracts, and a small room of three organisations in which every field of them bites.

Loaded by the tests beside it (``runpy``).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from optimiser.domain.duty import Cover
from optimiser.domain.instance import Organisation
from optimiser.domain.people import ClientNurse, NurseSkill, PastVisit
from optimiser.domain.place import Place
from optimiser.domain.sharing import Entry, Lent, PooledNumber, SharingContract
from optimiser.domain.work import Window

NAMES = ("a", "b", "c")
NURSES, VISITS = tuple(f"N{number}" for number in range(6)), 10
MONDAYS = (date(2026, 12, 7), date(2026, 3, 23), date(2026, 10, 19))
"""A plain week; the last day of the second and third is the one on which the clock changes."""
DISTRICTS = ("BU0599", "BU0599A", "BU0502", "")
COVER_TIMES = ((480, 780), (420, 1080), (419, 480), (1079, 1380), (1080, 1380), (1380, 1860), (1380, 1861), (0, 1440))
SKILLS = ("iv", "wound")


def contracts() -> st.SearchStrategy[SharingContract]:
    """Contracts with any of the fields."""
    some = st.lists(st.sampled_from(NAMES), unique=True, max_size=2).map(tuple)
    numbers = st.builds(
        PooledNumber, cover=st.lists(st.integers(0, 11).map("r{}".format), min_size=1, max_size=3).map(tuple),
        minimum=st.integers(0, 2), wanted=st.integers(0, 2),
    )  # fmt: skip
    entries = st.builds(
        lambda name, monday, day: Entry(organisation=name, from_date=monday + timedelta(days=day)),
        st.sampled_from(NAMES), st.sampled_from(MONDAYS), st.integers(-1, 8),
    )  # fmt: skip
    return st.builds(
        SharingContract, name=st.just("drawn"), visits=st.sampled_from(("own", "anw", "all", "all")),
        cover=st.sampled_from(("own", "anw", "pooled", "pooled")), pooled_standby=st.none() | st.integers(0, 2),
        pooled_to=st.lists(numbers, max_size=2).map(tuple),
        groups=st.sampled_from(((), (), (("a", "b"),), (("a", "b"), ("c",)), (("a",), ("b", "c")), (("a", "b", "c"),))),
        skills=st.sampled_from(((), (), ("iv",), ("iv", "wound"))),
        districts=st.sampled_from(((), (), ("BU05",), ("BU0599A", "BU0502"))), own_by_day=some,
        known_faces=st.booleans(), entries=st.lists(entries, max_size=2).map(tuple),
        most_lent=st.lists(st.builds(Lent, organisation=st.sampled_from(NAMES), hours_per_week=st.integers(0, 3)),
                           max_size=2).map(tuple),
        consents=st.none() | st.lists(st.sampled_from(NURSES), unique=True).map(tuple),
    )  # fmt: skip


def random_sharing(seed: int, room: Callable[..., Any]) -> Any:
    """A room with six nurses and ten visits of three organisations, with windows around the borders of the day, and
    cover rows by day, evening and night, some of them equal."""
    chance = random.Random(seed)
    small = room(monday=chance.choice(MONDAYS))
    small.organisations["c"] = Organisation(id="c", name="C")
    small.kind("D", "07:00", "18:00").kind("A", "15:00", "24:00", category="evening")
    small.kind("N", "23:00", "31:01", lane="standby", category="night").kind("W", "00:00", "24:00")
    for name in NURSES:
        small.nurse(name, organisation=chance.choice(NAMES))
        for skill in SKILLS:
            if chance.random() < 0.5:
                small.add("nurse_skills", NurseSkill(nurse=name, skill=skill))
    for number in range(VISITS):
        client = f"C{number}"
        small.client(client, organisation=chance.choice(NAMES))
        place, code = small.clients[client].place, chance.choice(DISTRICTS)
        small.places[place] = Place(id=place, kind="client", latitude=52.0, longitude=5.0, district=code)
        windows = []
        for day in sorted(chance.sample(range(7), chance.choice((1, 1, 2)))):
            low = small.clock.at(day, chance.choice((0, 419, 420, 700, 1079, 1080, 1439)))
            windows.append(Window(day=day, start=low, end=low + 120))
        skills = tuple(skill for skill in SKILLS if chance.random() < 0.4)
        small.visit(f"v{number}", 0, "08:00", "10:00", chance.choice((30, 60)), client=client, windows=tuple(windows),
                    skills=skills, nurses=chance.choice((1, 1, 2)))  # fmt: skip
        for nurse in chance.sample(NURSES, chance.choice((0, 0, 1, 2))):
            relation = chance.choice(("known", "preferred"))
            if chance.random() < 0.3:
                small.add("past_visits", PastVisit(client=client, nurse=nurse, day=small.day(-3)))
            else:
                small.add("client_nurses", ClientNurse(client=client, nurse=nurse, relation=relation))
    for number in range(12):
        low, high = chance.choice(COVER_TIMES[:4] if number < 4 else COVER_TIMES)
        small.add("cover", Cover(
            id=f"r{number}", organisation=chance.choice(NAMES), from_time=low, until_time=high,
            lane=chance.choice(("work", "standby")), minimum=chance.randint(0, 2), wanted=chance.randint(0, 3),
            skills=chance.choice(((), (), ("iv",), ("wound",), ("iv", "wound"), ("wound", "iv"))),
            weekdays=chance.choice(((), ("mon", "sat"), ("fri",))),
        ))  # fmt: skip
    return small


def random_duties(small: Any, chance: random.Random) -> Any:
    """Random duties of everybody, without routes."""
    for name in NURSES:
        for day in range(7):
            if chance.random() < 0.7:
                small.duty(name, chance.choice("DAW"), day)
            if chance.random() < 0.5:
                small.duty(name, "N", day)
    return small
