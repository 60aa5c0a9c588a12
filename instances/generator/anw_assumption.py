"""One assumption behind a made-up instance, and how the common ones are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from instances.generator.anw_calls import Rates
from instances.generator.anw_facts import Service


@dataclass(frozen=True)
class Assumption:
    """One number: its key in ``[provenance]``, what it is, its source, the code of its confidence (as in
    labour_figures.py: B a secondary source, R general knowledge, E an estimate of our own), and where it stands in the
    folder."""

    key: str
    about: str
    value: str
    source: str
    confidence: str
    where: str


def own(key: str, about: str, value: object, where: str) -> Assumption:
    """An estimate of our own."""
    return Assumption(key, about, str(value), "own estimate", "E", where)


def people_of(service: Service) -> str:
    """Organisation, people, contract hours."""
    return ", ".join(f"{house.name} {len(house.contracts)} ({sum(house.contracts)} h)" for house in service.houses)


def beds_of(service: Service) -> str:
    """Organisation and beds."""
    return ", ".join(f"{house.name} {sum(site.beds for site in house.sites)}" for house in service.houses)


def shares_of(service: Service) -> str:
    """Municipality and the share of each organisation."""
    return "; ".join(
        f"{town} " + ", ".join(f"{name} {share} %" for name, share in shares.items())
        for town, shares in service.shares.items()
    )


def types_of(rates: Rates) -> Iterator[Assumption]:
    """Each type of call."""
    for each in rates.types:
        about = f"Calls “{each.name}”: settled by telephone, minutes of triage, minutes of a visit"
        value = f"{each.phone_percent} %, {each.triage_minutes}, {each.service_minutes}"
        yield own(f"call_{each.id.replace('-', '_')}", about, value, "call_types.csv")
