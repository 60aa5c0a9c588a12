"""``instance.toml`` and ``sharing.toml``: what is said once for a whole instance."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from instances.cells import read_date
from instances.rows import limit_of, shown
from instances.sheets import Faults, near, read_text
from optimiser.domain.calls import ResponseSettings
from optimiser.domain.instance import Organisation, Settings, TravelSettings
from optimiser.domain.money import DEFAULTS, MoneySettings
from optimiser.domain.noun import Id, Noun
from optimiser.domain.objective import ObjectiveWeights
from optimiser.domain.sharing import PRESETS, SharingContract

INSTANCE_FILE = "instance.toml"
SHARING_FILE = "sharing.toml"
ANY_MONDAY = date(2026, 12, 7)
"""Stands in for a first Monday that cannot be read, so that the tables can still be judged."""


class Name(Noun):
    """``[instance]``: the name, the first Monday and the number of weeks."""

    name: Id
    first_monday: date
    weeks: Annotated[int, Field(ge=1, le=53)]


@dataclass
class Header:
    """What ``instance.toml`` says; parts that cannot be read keep their defaults, beside faults."""

    name: Name | None = None
    organisations: tuple[Organisation, ...] = ()
    settings: Settings = Settings()
    travel: TravelSettings = TravelSettings()
    weights: ObjectiveWeights = ObjectiveWeights()
    response: ResponseSettings = ResponseSettings()
    money: MoneySettings = DEFAULTS
    provenance: dict[str, Any] = field(default_factory=dict)
    organisation_ids: tuple[str, ...] = ()
    """Also of organisations with a fault, so that references to them are not faults as well."""


SECTIONS = ("instance", "organisations", "planning", "travel", "weights", "response", "money", "provenance")


def read_header(folder: Path, faults: Faults) -> Header:
    """All of ``instance.toml`` that can be read, with a fault for the rest."""
    header = Header()
    content = _toml(folder / INSTANCE_FILE, faults)
    if content is None:
        return header
    _known(content, SECTIONS, "", faults, INSTANCE_FILE)
    name = _section(content, "instance", Name, faults, needed=True)
    if isinstance(name, Name):
        if name.first_monday.weekday() != 0 or not 1950 <= name.first_monday.year <= 2100:
            faults.put(INSTANCE_FILE, 0, "instance.first_monday", faults.say("expected.monday"), str(name.first_monday))
        else:
            header.name = name
    header.settings = _section(content, "planning", Settings, faults) or header.settings
    header.travel = _section(content, "travel", TravelSettings, faults) or header.travel
    header.weights = _section(content, "weights", ObjectiveWeights, faults) or header.weights
    header.response = _section(content, "response", ResponseSettings, faults) or header.response
    header.money = _section(content, "money", MoneySettings, faults) or header.money
    provenance = content.get("provenance", {})
    if isinstance(provenance, dict):
        header.provenance = provenance
    else:
        faults.put(INSTANCE_FILE, 0, "provenance", faults.say("expected.table", name="provenance"), shown(provenance))
    header.organisations = _list(content, "organisations", Organisation, faults, INSTANCE_FILE)
    if not header.organisations and "organisations" not in content:
        faults.put(INSTANCE_FILE, 0, "organisations", faults.say("expected.table", name="[organisations]"),
                   faults.say("got.missing"))
    raw = content.get("organisations")
    rows = raw if isinstance(raw, list) else []
    header.organisation_ids = tuple(str(row.get("id")) for row in rows if isinstance(row, dict))
    return header


def read_contracts(path: Path, faults: Faults) -> tuple[SharingContract, ...]:
    """The named contracts of a ``sharing.toml``: ``[[contracts]]`` tables; none when the file is absent."""
    if not os.path.lexists(path):
        return ()
    content = _toml(path, faults)
    if content is None:
        return ()
    _known(content, ("contracts",), "", faults, path.name)
    contracts = _list(content, "contracts", SharingContract, faults, path.name, key="name")
    for number, contract in enumerate(contracts, start=1):
        if contract.name in (*PRESETS, "current"):  # the last is what a comparison calls the roster as it is
            faults.put(path.name, 0, f"contracts[{number}].name",
                       faults.say("expected.contract", names=", ".join((*PRESETS, "current"))), contract.name)
    return contracts


def _toml(path: Path, faults: Faults) -> dict[str, Any] | None:
    content = read_text(path, faults)
    if content is None:
        return None
    try:
        return tomllib.loads(content)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        row = re.search(r"line (\d+)", str(error))
        faults.put(path.name, int(row[1]) if row else 0, "", faults.say("expected.toml"), str(error))
        return None


def _known(table: Mapping[str, Any], names: tuple[str, ...], where: str, faults: Faults, file: str) -> None:
    """A fault for each key of ``table`` that is not one of ``names``."""
    for key in table:
        if key not in names:
            expected, meant = faults.say("expected.known_key"), near(key, names)
            if meant:
                expected = faults.say("expected.near", expected=expected, near=meant)
            faults.put(file, 0, where + key, expected, key)


def _section(content: dict[str, Any], name: str, noun: type[Noun], faults: Faults, needed: bool = False) -> Any:
    raw = content.get(name)
    if raw is None:
        if needed:
            faults.put(INSTANCE_FILE, 0, name, faults.say("expected.table", name=name), faults.say("got.missing"))
        return None
    return _noun(raw, name, noun, faults, INSTANCE_FILE)


def _list(
    content: dict[str, Any], name: str, noun: type[Noun], faults: Faults, file: str, key: str = "id"
) -> tuple[Any, ...]:
    raw = content.get(name, [])
    if not isinstance(raw, list) or (name in content and not raw):
        faults.put(file, 0, name, faults.say("expected.table", name=f"[{name}]"), shown(raw))
        return ()
    nouns = []
    seen: set[str] = set()
    for number, row in enumerate(raw, start=1):
        where = f"{name}[{number}]"
        made = _noun(row, where, noun, faults, file)
        if made is None:
            continue
        if getattr(made, key) in seen:
            faults.put(file, 0, f"{where}.{key}", faults.say("expected.unique"), getattr(made, key))
        seen.add(getattr(made, key))
        nouns.append(made)
    return tuple(nouns)


def _noun(raw: Any, where: str, noun: type[Noun], faults: Faults, file: str) -> Any:
    """The noun of a TOML table; None with faults when it is none."""
    if not isinstance(raw, dict):
        faults.put(file, 0, where, faults.say("expected.table", name=where), shown(raw))
        return None
    _known(raw, tuple(noun.model_fields), f"{where}.", faults, file)
    values = {key: value for key, value in raw.items() if key in noun.model_fields}
    for key in ("first_monday", "publish_on"):
        if isinstance(values.get(key), str):
            try:
                values[key] = read_date(values[key].strip())
            except ValueError:
                faults.put(file, 0, f"{where}.{key}", faults.say("expected.date"), raw[key])
                values[key] = ANY_MONDAY
    try:
        return noun.model_validate(values)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=True):
            key = ".".join(str(part) for part in detail["loc"])
            got = faults.say("got.missing") if detail["type"] == "missing" else shown(detail["input"])
            faults.put(file, 0, f"{where}.{key}", limit_of(detail, faults), got)
        return None
