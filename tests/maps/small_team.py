"""A week of a small team in Rotterdam, made by hand: five nurses and a student, two organisations, awkward names.

Routes are laid out by ``lay``, which drives from stop to stop with the travel matrix; nothing is optimised.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from optimiser.check.checker import CheckReport, check
from optimiser.domain.duty import Cover, ShiftKind
from optimiser.domain.instance import Instance, Organisation
from optimiser.domain.people import Availability, Client, Counter, Nurse, NurseSkill, Wish
from optimiser.domain.place import District, Place
from optimiser.domain.plan import Duty, Plan, Route, Stop, Unserved
from optimiser.domain.sharing import PRESETS
from optimiser.domain.travel_matrix import TravelMatrix, day_part_of
from optimiser.domain.work import Act, Task, Visit, Window
from optimiser.travel.engine import travel_matrix

MONDAY = date(2026, 12, 7)
DISTRICTS = (
    ("BU05990110", "Stadsdriehoek", "Rotterdam", 51.9203, 4.4872, "noord"),
    ("BU05990324", "Oude Westen", "Rotterdam", 51.9169, 4.4668, "noord"),
    ("BU05990413", "Blijdorp", "Rotterdam", 51.9318, 4.4570, "noord"),
    ("BU05990842", "Kralingen-West", "Rotterdam", 51.9246, 4.5090, "noord"),
    ("BU05991087", "Kop van Zuid", "Rotterdam", 51.9056, 4.4925, "zuid"),
    ("BU05991573", "Charlois - 't Zand", "Rotterdam", 51.8839, 4.4747, "zuid"),
    ("BU05560101", "Maassluis Centrum", "Maassluis", 51.9213, 4.2536, "noord"),
    ("BU06220104", "Vlaardingen Oost", "Vlaardingen", 51.9108, 4.3575, "noord"),
)
NAMES = {
    "N1": "Anouk de Groot-van 't Hof",
    "N2": "Zoë <script>alert('x')</script> Müller",
    "N3": 'Bob "B." O\'Brien & zn.',
    "N4": "Fatma Çelik",
    "N5": "Wim ${alert(1)} `Jansen`",
    "N6": "Leerling Lotte",
}


@dataclass(frozen=True)
class Person:
    """Stands in for ``instances.names.Name``."""

    id: str
    name: str
    address: str = ""
    phone: str = ""
    notes: str = ""
    key_box: str = ""


@dataclass(frozen=True)
class Team:
    """All that a page needs."""

    instance: Instance
    travel: TravelMatrix
    plan: Plan
    report: CheckReport
    names: dict[str, Person]


def small_team() -> Team:
    """The instance, a plan for it and what the checker says of it."""
    instance = _instance()
    travel = travel_matrix(instance)
    plan = _plan(instance, travel)
    report = check(instance, plan.contract, travel, plan)
    names = {key: Person(key, value) for key, value in NAMES.items()} | {
        each.id: Person(
            each.id, f"Cliënt <i>{each.id}</i> O'Hara", f'Straat "{number}" 1 & 2, Rotterdam', notes="Sleutel </script>"
        )
        for number, each in enumerate(instance.clients)
    }
    return Team(instance, travel, plan, report, names)


def _instance() -> Instance:
    districts = tuple(
        District(
            id=code,
            name=name,
            municipality=town,
            latitude=lat,
            longitude=lon,
            inhabitants=6000 + 900 * number,
            inhabitants_65plus=900,
            area_hectares=90 + 20 * number,
            river_bank=bank,
        )
        for number, (code, name, town, lat, lon, bank) in enumerate(DISTRICTS)
    )
    places, clients = [], []
    for number in range(20):
        district = districts[number % 8] if number % 8 < 6 or number > 12 else districts[number % 6]
        places.append(
            Place(
                id=f"P{number + 1}",
                kind="client",
                district=district.id,
                latitude=round(district.latitude + (number % 5 - 2) * 0.0016, 5),
                longitude=round(district.longitude + (number % 7 - 3) * 0.0019, 5),
            )
        )
        clients.append(
            Client(id=f"C{number + 1}", organisation="aafje" if number % 2 else "laurens", place=f"P{number + 1}")
        )
    homes = (
        (51.9290, 4.4930),
        (51.8880, 4.4840),
        (51.9130, 4.4510),
        (51.9110, 4.3500),
        (51.9236, 4.5190),
        (51.9180, 4.4700),
    )
    places += [Place(id=f"H{n + 1}", kind="home", latitude=lat, longitude=lon) for n, (lat, lon) in enumerate(homes)]
    places.append(Place(id="APOTHEEK", kind="pharmacy", latitude=51.9101, longitude=4.4660, district="BU05990324"))
    modes = ("car", "ebike", "bicycle", "car", "car", "bicycle")
    nurses = tuple(
        Nurse(
            id=f"N{n + 1}",
            organisation="laurens" if n in (0, 2, 5) else "aafje",
            home=f"H{n + 1}",
            mode=modes[n],
            contract_minutes=(1920, 1440, 1200, 1680, 960, 1440)[n],
            born=date(1985, 1, 1 + n),
            experience="student" if n == 5 else "experienced",
            companion="N1" if n == 5 else None,
        )
        for n in range(6)
    )
    return Instance(
        name="klein_team",
        first_monday=MONDAY,
        weeks=1,
        organisations=(
            Organisation(id="aafje", name="Aafje"),
            Organisation(id="laurens", name="Laurens", home_legs="above", home_leg_limit=5),
        ),
        districts=districts,
        places=tuple(places),
        nurses=nurses,
        nurse_skills=tuple(NurseSkill(nurse=f"N{n}", skill="infuus") for n in (1, 2, 3, 4)),
        availability=(
            Availability(nurse="N5", kind="leave", first=MONDAY, last=MONDAY + timedelta(days=1), minutes_per_day=240),
            Availability(
                nurse="N4", kind="training", first=date(2026, 12, 10), last=date(2026, 12, 10), minutes_per_day=480
            ),
        ),
        wishes=(
            Wish(nurse="N3", day=date(2026, 12, 8), wish="free"),
            Wish(nurse="N2", day=date(2026, 12, 12), wish="free"),
        ),
        acts=(
            Act(id="wondzorg", name="Complexe wondzorg", minutes=30),
            Act(id="infuus", name="Antibiotica via PICC", skills=("infuus",), minutes=45),
            Act(id="transfusie", name="Bloedtransfusie (2 verpleegkundigen)", skills=("infuus",), minutes=90, nurses=2),
        ),
        clients=tuple(clients),
        tasks=(
            Task(
                id="T-apotheek",
                kind="pharmacy",
                organisation="laurens",
                place="APOTHEEK",
                day=MONDAY,
                from_time=420,
                until_time=930,
                minutes=15,
            ),
            Task(
                id="T-overleg",
                kind="meeting",
                organisation="aafje",
                nurse="N2",
                day=date(2026, 12, 9),
                from_time=840,
                until_time=900,
                minutes=60,
                in_route=False,
            ),
        ),
        shift_kinds=(
            ShiftKind(
                id="dag",
                code="D1",
                name="Dagdienst",
                category="day",
                start=450,
                end=960,
                break_minutes=30,
                break_from=660,
                break_until=840,
            ),
            ShiftKind(id="kort", code="D4", name="Korte dagdienst", category="day", start=450, end=750),
            ShiftKind(
                id="midden",
                code="M1",
                name="Tussendienst",
                category="mid",
                start=630,
                end=1110,
                break_minutes=30,
                break_from=780,
                break_until=930,
            ),
            ShiftKind(
                id="avond",
                code="A2",
                name="Avonddienst",
                category="evening",
                start=960,
                end=1380,
                break_minutes=30,
                break_from=1050,
                break_until=1260,
            ),
            ShiftKind(
                id="gebroken",
                code="G",
                name="Gebroken dienst",
                category="split",
                start=450,
                end=660,
                second_start=990,
                second_end=1200,
            ),
            ShiftKind(
                id="nacht", code="N", name="Nacht (bereikbaar)", lane="standby", category="night", start=1380, end=1860
            ),
        ),
        cover=(
            Cover(
                id="dag-za",
                organisation="laurens",
                weekdays=("sat",),
                from_time=480,
                until_time=900,
                minimum=2,
                wanted=2,
            ),
            Cover(
                id="nacht",
                organisation="aafje",
                from_time=1380,
                until_time=1860,
                lane="standby",
                skills=("infuus",),
                minimum=1,
                wanted=1,
            ),
        ),
        counters=(
            Counter(nurse="N1", counter="balance_minutes", value=-95),
            Counter(nurse="N4", counter="balance_minutes", value=360),
        ),
        visits=_visits(clients),
    )


def _visits(clients: list[Client]) -> tuple[Visit, ...]:
    visits = []
    for day in range(7):
        for number, client in enumerate(clients):
            if (number + day) % 2 and number % 5:
                continue
            evening = number % 5 == 0
            low, high = (1020, 1380) if evening else (450 + 30 * (number % 4), 960)
            two = number == 4
            visits.append(
                Visit(
                    id=f"O-{number + 1}/{MONDAY + timedelta(days=day)}/1",
                    client=client.id,
                    acts=("transfusie",) if two else ("infuus",) if evening else ("wondzorg",),
                    nurses=2 if two else 1,
                    windows=(Window(day=day, start=1440 * day + low, end=1440 * day + high),),
                    minutes=95 if two else 50 if evening else 35,
                    skills=("infuus",) if evening or two else (),
                    time_critical=evening,
                    priority="high" if two else "normal",
                )
            )
    return tuple(visits)


ROSTER = {
    "N1": ("dag", "dag", "avond", "dag", "", "", ""),
    "N2": ("avond", "gebroken", "", "kort", "avond", "", "avond"),
    "N3": ("dag", "dag", "", "", "dag", "dag", ""),
    "N4": ("", "avond", "midden", "", "dag", "avond", "dag"),
    "N5": ("", "", "kort", "avond", "", "dag", ""),
}


def _plan(instance: Instance, travel: TravelMatrix) -> Plan:
    todo = [each.id for each in instance.visits] + ["T-apotheek"]
    duties: list[Duty] = []
    for day in range(7):
        for nurse, kinds in ROSTER.items():
            if kinds[day]:
                duties.append(lay(instance, travel, nurse, kinds[day], day, todo))
    duties += [
        Duty(
            id=f"N4/{MONDAY + timedelta(days=day)}/standby",
            nurse="N4",
            kind="nacht",
            day=MONDAY + timedelta(days=day),
            lane="standby",
            start=1440 * day + 1380,
            end=1440 * day + 1860,
            organisation="aafje",
        )
        for day in (0, 2)
    ]
    first = next(each for each in duties if each.nurse == "N1")
    duties.append(first.model_copy(update={"id": "N6/2026-12-07/work", "nurse": "N6", "routes": (), "follows": "N1"}))
    unserved = tuple(
        Unserved(
            id=each, reason=("no_room", "nobody_may_serve", "nobody_on_duty", "link_unserved", "not_inserted")[n % 5]
        )
        for n, each in enumerate(todo)
    )
    return Plan(
        instance=instance.name,
        fingerprint=instance.fingerprint,
        contract=PRESETS["joint"],
        seed=1,
        time_limit_s=60.0,
        cpu_s=12.3,
        duties=tuple(duties),
        unserved=unserved,
        lower_bound=9000,
    )


def lay(instance: Instance, travel: TravelMatrix, nurse: str, kind_id: str, day: int, todo: list[str]) -> Duty:
    """A duty with the route that serves from ``todo`` what fits, nearest first, and takes it off the list."""
    kind, person, number = instance.kind_by_id[kind_id], instance.nurse_by_id[nurse], travel.index()
    minutes = travel.minutes[person.mode, day_part_of(kind.category)]
    routes = []
    for segment, (low, high) in enumerate(kind.segments):
        now, end, here = 1440 * day + low + (10 if segment == 0 else 0), 1440 * day + high, person.home
        stops: list[Stop] = []
        rested = not kind.break_minutes
        while True:
            choices = []
            for each in todo:
                work = instance.visit_by_id.get(each) or instance.task_by_id[each]
                window = _window(work)
                place = instance.client_by_id[work.client].place if isinstance(work, Visit) else work.place
                assert place is not None
                home = person.home
                leg = 0 if not stops else int(minutes[number[here], number[place]])
                if not stops:
                    leg = max(
                        0,
                        int(minutes[number[here], number[place]])
                        - instance.organisation_by_id[person.organisation].free_home_leg,
                    )
                back = max(
                    0,
                    int(minutes[number[place], number[home]])
                    - instance.organisation_by_id[person.organisation].free_home_leg,
                )
                start = max(now + leg, window[0])
                persons = work.nurses if isinstance(work, Visit) else 1
                if persons == 1 and start + work.minutes <= min(window[1], end - back):
                    choices.append((start, leg, each, place, now + leg, work.minutes))
            if not choices:
                break
            start, _, chosen, here, arrival, length = min(choices)
            todo.remove(chosen)
            stops.append(
                Stop(
                    what="task" if chosen.startswith("T") else "visit",
                    id=chosen,
                    arrival=arrival,
                    start=start,
                    end=start + length,
                )
            )
            now = start + length
            if not rested and now >= 1440 * day + (kind.break_from or 0):
                stops.append(Stop(what="break", id="break", arrival=now, start=now, end=now + kind.break_minutes))
                now += kind.break_minutes
                rested = True
        if stops and stops[-1].what == "break":
            stops.pop()
        routes.append(Route(segment=1 if segment else 0, stops=tuple(stops)))
    return Duty(
        id=f"{nurse}/{MONDAY + timedelta(days=day)}/work",
        nurse=nurse,
        kind=kind_id,
        day=MONDAY + timedelta(days=day),
        lane="work",
        start=1440 * day + kind.start,
        end=1440 * day + kind.last_end,
        organisation=person.organisation,
        status="published" if day == 0 else "free",
        routes=tuple(routes),
    )


def _window(work: Visit | Task) -> tuple[int, int]:
    if isinstance(work, Visit):
        return work.windows[0].start, work.windows[0].end
    day = (work.day - MONDAY).days * 1440
    return day + work.from_time, day + work.until_time
