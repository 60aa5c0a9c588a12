"""Every file that is made of a plan, as readable text, and people whose every word can be found back in it."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from instances.export_formats import EXPORTS, export_files
from instances.export_material import ExportMaterial
from instances.rosters import duties_csv, routes_csv
from maps.card_files import card_files
from maps.offline import leaflet_script, leaflet_style
from maps.page import asset
from maps.roster import roster_page
from maps.team import team_map
from maps.team_pair import team_pair
from optimiser.domain.card import Bring
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.export_plan import exported_plan
from optimiser.report.hours import hours_table
from optimiser.report.money import money
from optimiser.report.signals import CheckReport

FIXED = ("map.js", "route.js", "roster.js", "team.js", "team.pair.js")
ADDRESS = re.compile(r"https?://[^\s\"'<>)\\]+")
NAMESPACES = (
    "http://www.w3.org/", "http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/", "http://purl.org/",
    "https://json-schema.org/",
)  # fmt: skip
"""Names of formats that look like addresses; nothing asks for them."""


@dataclass(frozen=True)
class Person:
    """A row of names.csv in which every cell is found back: all hold the person's mark but the number, which is one."""

    id: str
    name: str
    address: str
    phone: str
    notes: str
    key_box: str
    safety: str
    parking: str


def mark(identity: str) -> str:
    """The part of a code that is unique: 7F3K9 of M-7F3K9."""
    return identity.partition("-")[2]


def people(instance: Instance) -> dict[str, Person]:
    """A name, address, number, note, code and two warnings for each nurse and client of an instance with coded ids."""
    known = [*instance.nurses, *instance.clients]
    words = ("Naam{}", "Adres{} 7, Rotterdam", "06-{}", "Notitie{}", "Kluis{}", "Gevaar{}", "Parkeer{}")
    return {
        each.id: Person(
            each.id, *(word.format(8_100_007 + n * 131 if word.startswith("06") else mark(each.id)) for word in words)
        )
        for n, each in enumerate(known)
    }


def made(
    instance: Instance, travel: TravelMatrix, plan: Plan, report: CheckReport, names: Mapping[str, Any],
    before: Plan | None = None, nurses: Iterable[str] | None = None, card_names: Mapping[str, Any] | None = None,
    bring: Iterable[Bring] = (), alone: tuple[Instance, Plan, Plan | None] | None = None,
    weeks: Iterable[bool] = (False, True),
) -> dict[str, str | bytes]:  # fmt: skip
    """Path -> content of all pages and exports, as the command line makes them. ``nurses``: whose cards; ``alone``:
    tables and plan of the hours and calendars, where these are others; ``weeks``: cards of days, of weeks, or both."""
    own = set(nurses if nurses is not None else (each.id for each in instance.nurses))
    told = card_names if card_names is not None else names
    files: dict[str, str | bytes] = {}
    for week in weeks:
        for nurse in sorted(own):
            cards = card_files(instance, travel, plan, told, nurse=nurse, week=week, bring=bring)
            files |= {f"cards/{name}": page for name, page in cards}
    files["roster.html"] = roster_page(instance, travel, plan, report, names, before=before)
    files["team.html"] = team_map(instance, travel, plan, names)
    files["pair.html"] = team_pair(instance, travel, plan, plan, names)
    files["duties.csv"], files["routes.csv"] = duties_csv(plan, instance), routes_csv(plan, instance)
    hours = alone or (instance, plan, before)
    table = hours_table(hours[0], money(hours[0], travel, hours[1]))
    pay = ([each.heading for each in table.columns], table.rows)
    for kind in EXPORTS:
        whose = hours if kind == "ics" else (instance, plan, before)
        content = exported_plan(whose[0], travel, whose[1], report, whose[2])
        if alone is not None:
            content = content.model_copy(update={"hours": tuple(each for each in content.hours if each.nurse in own)})
        given = {key: each for key, each in names.items() if key in instance.nurse_by_id}
        material = ExportMaterial(whose[0], whose[1], content, names=given, pay=pay)
        files |= {f"export.{kind}/{name}": each for name, each in export_files(kind, material).items()}
    return files


def readable(content: str | bytes) -> str:
    """The words in a file: books unpacked, calendar lines unfolded, escapes of HTML and JSON undone; without our own
    scripts and the library's."""
    if isinstance(content, bytes):
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                return "\n".join(html.unescape(book.read(name).decode("utf-8")) for name in book.namelist())
        content = content.decode("utf-8")
    for fixed in (leaflet_script(), leaflet_style(), *map(asset, FIXED)):
        content = content.replace(fixed, "")
    content = re.sub(r"\r?\n[ \t](?=\S)", "", content) if content.startswith("BEGIN:") else content
    content = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), content)
    return html.unescape(content)


def digits(text: str) -> str:
    """Numbers as a phone dials them: what stands between digits taken away."""
    return re.sub(r"(?<=\d)[\s\-.]+(?=\d)", "", text)


def told_of(text: str, person: Person) -> set[str]:
    """Which fields of a person stand in a text; ``id`` where her code does."""
    found = {field for field, value in vars(person).items() if field != "phone" and value in text}
    number = digits(person.phone).lstrip("0")
    return found | ({"phone"} if number in digits(text) else set())


def outside(text: str) -> set[str]:
    """Addresses of a network in a text, but for names of formats."""
    return {found for found in ADDRESS.findall(text) if not found.startswith(NAMESPACES)}


def with_names(instance: Instance) -> dict[str, Any]:
    """People and the organisations' switchboards."""
    some = next(iter(people(instance).values()))
    rows: dict[str, Any] = dict(people(instance))
    for number, each in enumerate(instance.organisations):
        rows[each.id] = replace(some, id=each.id, name=f"Centrale {each.name}", phone=f"010-{4_000_001 + number}",
                                address="", notes="", key_box="", safety="", parking="")  # fmt: skip
    return rows
