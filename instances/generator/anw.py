"""Synthetic instances of shared evenings, nights and weekends: ``generate_anw(settings)``.

docs/reference/anw_instances.md has every assumption, with its source and where to change it.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

from instances.expand import expanded
from instances.generator.anw_absence import make_leave, make_wishes
from instances.generator.anw_apeldoorn import APELDOORN_SERVICE
from instances.generator.anw_calls import MEDICAL, NURSING, VisitLoad, call_hours, call_sources
from instances.generator.anw_cover import (
    areas,
    medical_contracts,
    medical_cover,
    nursing_contracts,
    nursing_cover,
)
from instances.generator.anw_facts import Service
from instances.generator.anw_friesland import DIVISIONS, FRIESLAND_SERVICE
from instances.generator.anw_kinds import POST, medical_kinds, nursing_kinds
from instances.generator.anw_past import make_past
from instances.generator.anw_people import make_people
from instances.generator.anw_provenance import provenance
from instances.generator.anw_service import RESPONSE, TRAVEL
from instances.generator.anw_settings import APELDOORN, FRIESLAND, AnwSettings
from instances.generator.anw_sites import core_places, cores, needed, site_places
from instances.generator.anw_visits import ACTS, Planned, make_visits
from instances.generator.names import make_names
from instances.generator.region import Region, Site, load_region
from instances.names import Name
from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance, Organisation, Settings
from optimiser.domain.place import Place

__all__ = ["AnwSettings", "apeldoorn_anw", "friesland_anw", "generate_anw"]

PUBLISHED_BEFORE = timedelta(days=28)
LEEUWARDEN_CENTRE = (53.2012, 5.7999)
"""Where the triage nurse sits: the middle of the town, made up."""


def apeldoorn_anw() -> Instance:
    """The bundled instance of four organisations near Apeldoorn, in memory."""
    return generate_anw(APELDOORN)[0]


def friesland_anw() -> Instance:
    """The bundled instance of eight institutions in Friesland, in memory."""
    return generate_anw(FRIESLAND)[0]


def generate_anw(settings: AnwSettings) -> tuple[Instance, dict[str, Name]]:
    """The instance of ``settings`` and the made-up names of its people; always the same for the same settings."""
    nursing = settings.service == "nursing"
    service = APELDOORN_SERVICE if nursing else FRIESLAND_SERVICE
    rates = NURSING if nursing else MEDICAL
    region = load_region(service.region)
    # one stream for each table, so that a change in one leaves the others as they were
    people, work, days, history, words = (Random(f"{settings.seed}/anw/{each}") for each in ("p", "w", "d", "h", "n"))
    team = make_people(people, settings, service, region)
    centres = cores(region, tuple(service.shares), service.least_elderly)
    sources = call_sources(service, rates, centres, settings.calls)
    kinds = nursing_kinds() if nursing else _medical_kinds(service, VisitLoad(rates, sources))
    cover = nursing_cover(service, settings) if nursing else medical_cover(service, DIVISIONS, settings)
    planned = make_visits(work, settings, service, region) if nursing else Planned()
    past = make_past(history, settings, team, kinds)
    leave = make_leave(days, settings, team)
    places = [*team.places, *planned.places, *site_places(service.sites, region), *core_places(centres)]
    if not nursing:
        places.append(_post(region))
    instance = Instance(
        name=settings.name, first_monday=settings.first_monday, weeks=settings.weeks,
        organisations=tuple(Organisation(id=each.id, name=each.name) for each in service.houses),
        settings=Settings(publish_on=settings.first_monday - PUBLISHED_BEFORE), travel=TRAVEL[settings.service],
        response=RESPONSE[settings.service], provenance=provenance(settings), districts=needed(region, places),
        places=tuple(places), nurses=tuple(team.nurses), nurse_skills=tuple(team.skills), availability=tuple(leave),
        wishes=tuple(make_wishes(days, settings, team, leave)), acts=ACTS if nursing else (),
        clients=tuple(planned.clients), orders=tuple(planned.orders), shift_kinds=kinds, cover=cover,
        context=tuple(past.context), areas=() if nursing else areas(DIVISIONS), call_types=rates.types,
        call_hours=call_hours(rates), call_sources=sources,
        counters=tuple(past.counters),
        contracts=nursing_contracts(cover) if nursing else medical_contracts(cover, DIVISIONS), visits=(),
    )  # fmt: skip
    return expanded(instance), make_names(words, instance)


def _medical_kinds(service: Service, load: VisitLoad) -> tuple[ShiftKind, ...]:
    return medical_kinds(DIVISIONS, len(service.houses), load)


def _post(region: Region) -> Place:
    latitude, longitude = LEEUWARDEN_CENTRE
    district = region.nearest(Site(POST, "base", latitude, longitude))
    return Place(id=POST, kind="base", latitude=latitude, longitude=longitude, district=district)
