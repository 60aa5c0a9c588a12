"""Other weeks for the same team: what else could have been asked of it, so that a comparison has an interval.

docs/explanation/studies.md says what varies, what stays, and what such an interval does not cover.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from instances.expand import expanded
from instances.generate import GeneratorSettings, generate, settings_of
from instances.resample import resampled
from optimiser.domain.instance import Instance
from optimiser.domain.long_roster import plans_duties_only
from optimiser.errors import InputError

NOT_DRAWN = (
    "organisations", "overrides", "duties_given", "cycles", "areas", "call_types", "call_hours", "call_sources",
    "contracts", "travel_table",
)  # fmt: skip
"""Tables that the generator does not draw: a user may fill them and the demand is still the generator's."""
DEMAND = ("places", "clients", "client_nurses", "orders", "tasks", "links", "past_visits")
"""What another demand seed changes, besides the visits that follow from it."""


def demand_source(instance: Instance) -> Literal["generator", "resampled", "calls"]:
    """Where other weeks of this instance come from: ``generator`` when its provenance holds settings that still make
    these tables, row by row; else its own clients' orders, ``resampled``: the tables were edited or come from
    elsewhere, or travel is read from a table, which knows no new places. ``calls`` where plans hold duties only: weeks
    then differ in the calls that come only, which are drawn when a plan is measured."""
    if plans_duties_only(instance):
        return "calls"
    if instance.travel_table or instance.travel.engine == "table":
        return "resampled"
    settings = settings_of(instance)
    made = None if settings is None else _generated(settings)
    return "generator" if made is not None and _drawn(made) == _drawn(instance) else "resampled"


def demand_week(instance: Instance, number: int) -> Instance:
    """Week ``number`` of the demand: 0 is the instance itself, every other number a week that is always the same.

    Nurses, their homes, skills, absence, wishes, past duties, shift kinds, cover, settings, contracts and prices stay.
    The name and the provenance say which week it is, so that no plan of one week is taken for a plan of another.
    Raises ``ValueError`` for a number below 0.
    """
    if number < 0:
        raise ValueError("a demand week has a number from 0")
    source = "" if number == 0 else demand_source(instance)
    if source in ("", "calls"):
        return instance
    name = f"{instance.name[:48]}-week{number}"
    if source == "resampled":
        told = {"demand_week": number, "demand_source": "resampled", "demand_of": instance.name}
        return _with(resampled(instance, number), name, told)
    settings = settings_of(instance)
    assert settings is not None
    before = 0 if settings.demand_seed is None else 1_000_000 * (1 + settings.demand_seed)
    other = settings.model_copy(update={"demand_seed": before + number})
    made = _generated(other)
    assert made is not None
    told = {
        "demand_week": number, "demand_source": "generator", "demand_of": instance.name,
        "demand_seed": other.demand_seed,
    }  # fmt: skip
    fields = {field: getattr(instance, field) for field in Instance.model_fields}
    return _with(expanded(Instance(**fields | {field: getattr(made, field) for field in DEMAND})), name, told)


def different_weeks(instance: Instance, number: int) -> list[Instance]:
    """The first ``number`` weeks of the demand without those that equal an earlier one: where few clients are alike,
    drawing again often gives the same week, which tells nothing new. Where plans hold duties only it is the instance
    each time: whoever plans it gives each time a seed of its own."""
    if plans_duties_only(instance):
        return [instance] * number
    found: dict[str, Instance] = {}
    for each in range(number):
        week = demand_week(instance, each)
        found.setdefault(week.fingerprint, week)
    return list(found.values())


@lru_cache(maxsize=8)
def _generated(settings: GeneratorSettings) -> Instance | None:
    """The instance of some settings, or None when they name a region that is not there."""
    try:
        return generate(settings)[0]
    except InputError:
        return None


def _drawn(instance: Instance) -> dict[str, str]:
    """The hashes of the rows that the generator draws."""
    kept = {*NOT_DRAWN, "instance"}
    drawn = {key: value for key, value in instance.row_hashes.items() if key.split("/", 1)[0] not in kept}
    return drawn | {"horizon": instance.row_hashes["instance/horizon"]}


def _with(instance: Instance, name: str, told: dict[str, object]) -> Instance:
    fields = {field: getattr(instance, field) for field in Instance.model_fields}
    return Instance(**fields | {"name": name, "provenance": instance.provenance | told})
