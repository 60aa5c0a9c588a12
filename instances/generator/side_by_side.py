"""Regions side by side: a synthetic instance so many times the size of another, with the same density of work.

Each part is an instance of its own, drawn anew in the same districts and then moved on a grid. Parts lie so close that
the outskirts of neighbours overlap, and nothing in the tables says where one ends: whoever plans may send anyone
anywhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from instances.expand import expanded
from instances.generate import GeneratorSettings, generate
from instances.generator.names import make_names
from instances.names import Name
from instances.places import KM_PER_DEGREE
from optimiser.domain.instance import Instance
from optimiser.domain.noun import Noun
from optimiser.domain.place import District

SHARED = ("acts", "shift_kinds")
"""Tables that are the same in every part."""
OUTSIDE = 0.02
"""Of the inhabitants of 65 and over so many live beyond each side of a part's cell of the grid."""
SEED_STEP = 1000
"""Part k of seed s is what the generator makes of seed s + 1000 k; part 0 is the instance itself."""


def side_by_side(settings: GeneratorSettings, times: int) -> tuple[Instance, dict[str, Name]]:
    """An instance of ``times`` parts, and the made-up names of its people; the same settings give the same instance.

    Of one part it is what ``generate`` makes, name and all. Raises ``InputError`` as ``generate`` does and
    ``ValueError`` for fewer than one part.
    """
    if times < 1:
        raise ValueError(f"{times} parts")
    first, names = generate(settings)
    if times == 1:
        return first, names
    east, north = _extent(first.districts)
    tables: dict[str, list[Any]] = {}
    for number in range(times):
        made, _ = generate(_settings_of_part(settings, number))
        column, row = _cell(number, times)
        part = _Part(number, column * east, row * north)
        for table in Instance.model_fields:
            rows = getattr(made, table)
            if isinstance(rows, tuple) and (number == 0 or table not in SHARED):
                tables.setdefault(table, []).extend(part.moved(each) for each in rows)
    told = first.provenance | {"side_by_side": times}
    fields = {name: getattr(first, name) for name in Instance.model_fields}
    whole = expanded(Instance(**fields | {name: tuple(rows) for name, rows in tables.items()} | {"provenance": told}))
    return whole, make_names(Random(f"{settings.seed}/n"), whole)


def week_of_size(size: int, seed: int) -> Instance:
    """The bundled Rijnmond week, or one of another seed, ``size`` times over."""
    return side_by_side(GeneratorSettings(name=f"rijnmond_{size}x", seed=seed), size)[0]


def seeds_of_parts(size: int, seed: int) -> tuple[int, ...]:
    """The seeds of the weeks of size 1 that a week of a size is made of; there other names and places are theirs."""
    return tuple(seed + SEED_STEP * number for number in range(size))


def _settings_of_part(settings: GeneratorSettings, number: int) -> GeneratorSettings:
    pairs = tuple((f"{name}-{number + 1}" if number else name, fte) for name, fte in settings.organisations)
    seed = seeds_of_parts(number + 1, settings.seed)[number]
    return settings.model_copy(update={"organisations": pairs, "seed": seed})


def _cell(number: int, times: int) -> tuple[int, int]:
    """Column and row of a part on a grid about as wide as high, filled to and fro so that numbers that follow touch."""
    width = math.ceil(math.sqrt(times))
    row, along = divmod(number, width)
    return (width - 1 - along if row % 2 else along), row


def _extent(districts: Sequence[District]) -> tuple[float, float]:
    """East-west and north-south kilometres within which all but the outskirts live."""
    middle = math.cos(math.radians(sum(each.latitude for each in districts) / len(districts)))
    return (
        _spread(districts, lambda each: each.longitude) * KM_PER_DEGREE * middle,
        _spread(districts, lambda each: each.latitude) * KM_PER_DEGREE,
    )


def _spread(districts: Sequence[District], along: Callable[[District], float]) -> float:
    """Degrees between the two sides that leave ``OUTSIDE`` of the inhabitants of 65 and over beyond each."""
    ordered = sorted(districts, key=along)
    total, passed = sum(each.inhabitants_65plus for each in districts), 0
    low, high = along(ordered[0]), along(ordered[-1])
    for each in ordered:
        if passed <= OUTSIDE * total:
            low = along(each)
        if passed <= (1 - OUTSIDE) * total:
            high = along(each)
        passed += each.inhabitants_65plus
    return high - low


@dataclass(frozen=True)
class _Part:
    """A part, by its number, and how many kilometres it is moved east and north."""

    number: int
    east: float
    north: float

    def renamed(self, identity: str) -> str:
        """An id that no other part has; the first part keeps its own."""
        return identity if not self.number else f"{identity}.{self.number + 1}"

    def moved(self, noun: Any) -> Any:
        """A row of a table with the ids and the place that it has in the whole."""
        if not self.number or not isinstance(noun, Noun):
            return noun
        changed: dict[str, Any] = {}
        for name in IDS.get(type(noun).__name__, ()):
            value = getattr(noun, name)
            if value:
                changed[name] = self._work(value)
        if {"latitude", "longitude"} <= set(type(noun).model_fields):
            changed |= self._point(noun.latitude, noun.longitude)  # type: ignore[attr-defined]
        return noun.model_copy(update=changed) if changed else noun

    def _work(self, identity: str) -> str:
        """Of a visit (``order/date/n``) the order is renamed."""
        head, slash, rest = identity.partition("/")
        return self.renamed(head) + slash + rest

    def _point(self, latitude: float, longitude: float) -> dict[str, float]:
        """Moved so that the kilometres inside the part stay what they were, though meridians draw together."""
        height = latitude + self.north / KM_PER_DEGREE
        # everything of a part is measured from one meridian, so that east and west shrink alike
        apart = (longitude - MERIDIAN) * math.cos(math.radians(latitude)) + self.east / KM_PER_DEGREE
        return {
            "latitude": round(height, 5), "longitude": round(MERIDIAN + apart / math.cos(math.radians(height)), 5),
        }  # fmt: skip


MERIDIAN = 5.0
"""Degrees east: about the middle of the country."""
IDS: dict[str, tuple[str, ...]] = {
    "District": ("id",),
    "Place": ("id", "district"),
    "Nurse": ("id", "home", "companion"),
    "NurseSkill": ("nurse",),
    "Availability": ("nurse",),
    "Wish": ("nurse",),
    "Client": ("id", "place"),
    "ClientNurse": ("client", "nurse"),
    "Order": ("id", "client"),
    "Task": ("id", "nurse", "place"),
    "Link": ("id", "first", "second"),
    "ContextDuty": ("nurse",),
    "Counter": ("nurse",),
    "PastVisit": ("client", "nurse"),
}
"""Fields by noun that hold ids which two parts could share."""
