"""Synthetic instances that look like real weeks: ``generate(settings)``.

docs/explanation/instances.md has every assumption.
"""

from __future__ import annotations

from random import Random
from typing import Any

from instances.expand import expanded
from instances.generator.absence import make_absence, make_relations
from instances.generator.fit import fit_minutes
from instances.generator.kinds import cover, shift_kinds
from instances.generator.linked import add_daily_tasks, add_feeding, add_pharmacy, add_transfusions
from instances.generator.names import make_names
from instances.generator.orders import Demand, Maker, add_plain_orders, add_recipe, mark_clients
from instances.generator.past import make_past
from instances.generator.people import Team, make_team
from instances.generator.procedures import acts
from instances.generator.recipes import AWAKE_FEWER, AWAKE_NIGHTS, STANDBY_NIGHTS
from instances.generator.region import Region, load_region, regions
from instances.generator.settings import GeneratorSettings
from instances.names import Name
from optimiser.domain.instance import Instance, Organisation
from optimiser.domain.place import Place
from optimiser.errors import Fault, InputError

__all__ = ["GeneratorSettings", "generate", "settings_of"]

GENERATOR_VERSION = 1
CALLS_PER_NIGHT = 0.7
"""Unplanned turn-outs in one organisation's night on call (an assumption; a rate, never a visit)."""


def generate(settings: GeneratorSettings) -> tuple[Instance, dict[str, Name]]:
    """The instance of ``settings`` and the made-up names of its people; always the same for the same settings.

    Raises ``InputError`` when the region is not one that comes along.
    """
    try:
        region = load_region(settings.region)
    except KeyError:
        raise InputError([Fault("generate", 0, "region", " | ".join(regions()), settings.region)]) from None
    areas = region.own_areas(settings.fte)
    # one stream for each table, so that a change in one leaves the others as they were
    people, work, days, history, words = (Random(f"{settings.seed}/{each}") for each in ("p", "w", "d", "h", "n"))
    if settings.demand_seed is not None:
        work = Random(f"{settings.seed}/w/{settings.demand_seed}")
    team = make_team(people, settings, region, areas)
    maker = Maker(work, settings, region, areas, Demand())
    _add_demand(maker, team)
    kinds = shift_kinds(settings.awake_nights)
    past = make_past(history, settings, team, kinds, maker.demand)
    away = make_absence(days, settings, team, past.tired())
    demand = maker.demand
    instance = Instance(
        name=settings.name, first_monday=settings.first_monday, weeks=settings.weeks,
        organisations=tuple(Organisation(id=each, name=each.replace("-", " ").title()) for each in settings.fte),
        provenance=_provenance(settings), districts=region.districts,
        places=(*team.places, *demand.places, *_hospitals(region)), nurses=tuple(team.nurses),
        nurse_skills=tuple(team.skills), availability=tuple(away.availability), wishes=tuple(away.wishes), acts=acts(),
        clients=tuple(demand.clients), client_nurses=tuple(make_relations(days, team, demand)),
        orders=tuple(demand.orders), tasks=(*demand.tasks, *away.tasks), links=tuple(demand.links), shift_kinds=kinds,
        cover=cover(tuple(settings.fte), settings.awake_nights), context=tuple(past.context),
        counters=tuple(past.counters), past_visits=tuple(past.visits), visits=(),
    )  # fmt: skip
    return expanded(fit_minutes(instance, demand.varying)), make_names(words, instance)


def _add_demand(maker: Maker, team: Team) -> None:
    part = AWAKE_FEWER if maker.settings.awake_nights else 1.0
    add_plain_orders(maker, part)
    for recipe in AWAKE_NIGHTS if maker.settings.awake_nights else STANDBY_NIGHTS:
        add_recipe(maker, recipe)
    add_feeding(maker, part)
    add_transfusions(maker, part)
    add_pharmacy(maker, part)
    add_daily_tasks(maker)
    mark_clients(maker, team.nurses)


def _hospitals(region: Region) -> tuple[Place, ...]:
    return tuple(
        Place(
            id=each.id, kind="hospital", latitude=each.latitude, longitude=each.longitude, district=region.nearest(each)
        )
        for each in region.sites
    )


def _provenance(settings: GeneratorSettings) -> dict[str, Any]:
    """All settings, so that the folder can be made again, and where the facts come from."""
    return {
        "generator": GENERATOR_VERSION, "synthetic": True, "region": settings.region,
        "organisations": ",".join(f"{name}:{fte:g}" for name, fte in settings.organisations),
        "overlap": settings.overlap, "seed": settings.seed, "awake_nights": settings.awake_nights,
        "unplanned_calls_per_night": 0.0 if settings.awake_nights else CALLS_PER_NIGHT,
        "district_facts": "CBS, Kerncijfers wijken en buurten 2024",
    } | ({} if settings.demand_seed is None else {"demand_seed": settings.demand_seed})  # fmt: skip


def settings_of(instance: Instance) -> GeneratorSettings | None:
    """The settings that ``instance`` says it was made with; None when its provenance holds none that are whole."""
    told = instance.provenance
    if "side_by_side" in told:  # made of several such instances
        return None
    try:
        pairs = [pair.split(":") for pair in told["organisations"].split(",")]
        return GeneratorSettings.model_validate({
            "organisations": [(name, float(fte)) for name, fte in pairs], "name": instance.name,
            "first_monday": instance.first_monday, "weeks": instance.weeks, "demand_seed": told.get("demand_seed"),
            **{name: told[name] for name in ("region", "overlap", "seed", "awake_nights")},
        })  # fmt: skip
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
