"""The home care instances of Mankowska, Meisel and Bierwirth (2014) in the JSON form of the University of Udine.

All faults of a file are named at once, with the place in the document, what was expected and what stood there.
Unknown fields are refused. Places and default durations are read and checked but not used: distances and each
patient's own durations count.
"""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path
from typing import Any

from instances.adapters.json_fields import MOST, JsonFields, read_json
from instances.sheets import Faults, read_text
from optimiser.domain.home_care import (
    LONGEST_DAY,
    TICKS,
    HomeCaregiver,
    HomeCareProblem,
    HomePatient,
    HomeService,
)
from optimiser.errors import InputError
from optimiser.texts import Language, text

PATTERN, BEST = "Instanz*.json", "best.csv"
FOLDER = "instances"
"""Of a downloaded folder, where the instances lie; they may lie beside ``best.csv`` as well."""
TOP = ("patients", "services", "caregivers", "central_offices", "distances")
AT_ONCE, AFTER = "simultaneous", "sequential"


def read_hhcrsp(path: Path, language: Language = "en") -> HomeCareProblem:
    """The problem of one file. Raises ``InputError`` with all faults found."""
    faults = Faults(language)
    made = _Reader(path, faults).problem(read_json(path, faults))
    if faults or made is None:
        raise InputError(faults)
    return made


class _Reader:
    """One file in the making."""

    def __init__(self, path: Path, faults: Faults) -> None:
        self.name, self.fields, self.faults = path.stem, JsonFields(path.name, faults), faults
        self.abilities: set[str] = set()

    def problem(self, document: dict[str, Any]) -> HomeCareProblem | None:
        """The whole file; None, with faults, when a part of it cannot be read."""
        top = self.fields.record(document, "", TOP)
        if not top:
            return None
        self.services(top["services"])
        offices = self.fields.items(top["central_offices"], "central_offices", 1, 1)
        for office in offices:
            found = self.fields.record(office, "central_offices[0]", ("id", "location"))
            if found:
                self.place(found["location"], "central_offices[0].location")
        caregivers = self.caregivers(top["caregivers"])
        patients = self.patients(top["patients"])
        distances = self.distances(top["distances"], top["patients"])
        if self.faults:
            return None
        problem = HomeCareProblem(self.name, tuple(patients), tuple(caregivers), distances)
        self.somebody_able(problem)
        if problem.latest_end > LONGEST_DAY:
            self.fields.put("", "day", problem.latest_end / TICKS, high=LONGEST_DAY // TICKS)
        return problem

    def services(self, value: object) -> None:
        """The ids of services; a default duration is not used, but must be one."""
        for at, each in enumerate(self.fields.items(value, "services", 1)):
            where = f"services[{at}]"
            found = self.fields.record(each, where, ("id",), ("default_duration",))
            name = self.fields.name(found["id"], f"{where}.id", self.abilities) if found else None
            if found and "default_duration" in found:
                self.fields.ticks(found["default_duration"], f"{where}.default_duration")
            if name:
                self.abilities.add(name)

    def caregivers(self, value: object) -> list[HomeCaregiver]:
        """The caregivers, each with services that there are."""
        made, used = list[HomeCaregiver](), set[str]()
        for at, each in enumerate(self.fields.items(value, "caregivers", 1)):
            where = f"caregivers[{at}]"
            found = self.fields.record(each, where, ("id", "abilities"))
            if not found:
                continue
            name = self.fields.name(found["id"], f"{where}.id", used)
            some = self.fields.items(found["abilities"], f"{where}.abilities", 0)
            known = [self.fields.known(one, f"{where}.abilities", self.abilities, "service") for one in some]
            used.add(name or "")
            made.append(HomeCaregiver(name or "", frozenset(one for one in known if one)))
        return made

    def patients(self, value: object) -> list[HomePatient]:
        """The patients."""
        made, used = list[HomePatient](), set[str]()
        for at, each in enumerate(self.fields.items(value, "patients", 1)):
            where = f"patients[{at}]"
            found = self.fields.record(
                each, where, ("id", "location", "time_window", "required_caregivers"), ("synchronization",)
            )
            if not found:
                continue
            name = self.fields.name(found["id"], f"{where}.id", used)
            used.add(name or "")
            self.place(found["location"], f"{where}.location")
            opens, closes = self.pair(found["time_window"], f"{where}.time_window")
            services = self.needed(found["required_caregivers"], f"{where}.required_caregivers")
            least, most = self.gaps(found.get("synchronization"), len(services), f"{where}.synchronization")
            made.append(HomePatient(name or "", opens, closes, services, least, most))
        return made

    def needed(self, value: object, where: str) -> tuple[HomeService, ...]:
        """One or two services of a patient, each of more than no time."""
        made = []
        for at, each in enumerate(self.fields.items(value, where, 1, 2)):
            found = self.fields.record(each, f"{where}[{at}]", ("service", "duration"))
            if found:
                ability = self.fields.known(found["service"], f"{where}[{at}].service", self.abilities, "service")
                duration = self.fields.ticks(found["duration"], f"{where}[{at}].duration", low=1)
                made.append(HomeService(ability or "", duration or 1))
        return tuple(made)

    def gaps(self, value: object, services: int, where: str) -> tuple[int, int]:
        """Ticks between the starts of two services."""
        if services != 2 or value is None:
            if services in (1, 2) and (value is None) != (services == 1):
                self.fields.put(where, "synchronization", value)
            return 0, 0
        found = self.fields.record(value, where, ("type",), ("distance",))
        if not found or found["type"] == AT_ONCE and "distance" not in found:
            return 0, 0
        if found["type"] == AFTER and "distance" in found:
            return self.pair(found["distance"], f"{where}.distance")
        self.fields.put(where, "kind", found)
        return 0, 0

    def pair(self, value: object, where: str) -> tuple[int, int]:
        """Two numbers of minutes, the second not before the first."""
        ticks = [self.fields.ticks(each, where) for each in self.fields.items(value, where, 2, 2)]
        if len(ticks) != 2 or ticks[0] is None or ticks[1] is None:
            return 0, 0
        if ticks[1] < ticks[0]:
            self.fields.put(where, "after", ticks[1] / TICKS, low=ticks[0] / TICKS)
        return ticks[0], ticks[1]

    def place(self, value: object, where: str) -> None:
        """Two coordinates; not used."""
        for each in self.fields.items(value, where, 2, 2):
            if isinstance(each, bool) or not isinstance(each, int | float) or not abs(each) <= MOST * TICKS:
                self.fields.put(where, "number", each)

    def distances(self, value: object, patients: object) -> tuple[tuple[int, ...], ...]:
        """The square matrix, of the office and each patient."""
        size = len(patients) + 1 if isinstance(patients, list) else 0
        rows = []
        for at, row in enumerate(self.fields.items(value, "distances", size, size)):
            cells = self.fields.items(row, f"distances[{at}]", size, size)
            ticks = [self.fields.ticks(cell, f"distances[{at}][{to}]") for to, cell in enumerate(cells)]
            if ticks and ticks[at]:
                self.fields.put(f"distances[{at}][{at}]", "zero", cells[at])
            rows.append(tuple(each or 0 for each in ticks))
        return tuple(rows)

    def somebody_able(self, problem: HomeCareProblem) -> None:
        """Somebody is able to give each service, and two different caregivers both of a patient."""
        for at, patient in enumerate(problem.patients):
            able = [
                {number for number, each in enumerate(problem.caregivers) if service.ability in each.abilities}
                for service in patient.services
            ]
            where = f"patients[{at}].required_caregivers"
            for number, some in enumerate(able):
                if not some:
                    self.fields.put(f"{where}[{number}].service", "able", patient.services[number].ability)
            if all(able) and len(able) == 2 and len(able[0] | able[1]) < 2:
                self.fields.put(where, "two_able", [each.ability for each in patient.services])


def instances_of(folder: Path, language: Language = "en") -> dict[str, Path]:
    """Name -> file of the instances in a folder, or in ``instances`` below it, the smaller first.

    Raises ``InputError`` when there is none.
    """
    found = {path.stem: path for each in (folder, folder / FOLDER) for path in each.glob(PATTERN)}
    if not found:
        faults = Faults(language)
        faults.put(folder.name, 0, "", text("home_care.expected.folder", language, pattern=PATTERN), "")
        raise InputError(faults)
    return dict(sorted(found.items(), key=lambda each: ([int(part) for part in each[0].split("_") if part.isdigit()],
                                                        each[0])))  # fmt: skip


def read_best(folder: Path, language: Language = "en") -> dict[str, Fraction]:
    """Name -> best published cost in minutes, from ``best.csv``; empty without that file.

    Written to six decimals, a cost is a whole number of thirds of a tick: that number is given, exactly. Raises
    ``InputError`` when a row has no cost.
    """
    path, faults = folder / BEST, Faults(language)
    if not path.exists():
        return {}
    best: dict[str, Fraction] = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(read_text(path, faults) or "")), start=2):
        name, cost = row.get("instance") or "", row.get("best_cost") or ""
        if name and cost.replace(".", "", 1).isascii() and cost.replace(".", "", 1).isdigit():
            best[name] = Fraction(round(Fraction(cost) * 3 * TICKS), 3 * TICKS)
        else:
            words = text("home_care.expected.best", language)
            faults.put(path.name, number, "", words, ",".join(str(each) for each in row.values()))
    if faults:
        raise InputError(faults)
    return best
