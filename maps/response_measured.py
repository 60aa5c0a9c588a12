"""The map of response from what was computed or simulated for plans, under the names of their contracts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from maps.response import response_page
from maps.response_exact import exact_of
from optimiser.domain.instance import Instance
from optimiser.domain.response import DistrictResponse
from optimiser.domain.simulated_calls import SimulatedCalls
from optimiser.report.compare_numbers import scenario_name
from optimiser.report.response import Response
from optimiser.texts import Language, text


def measured_page(
    instance: Instance,
    measured: Sequence[tuple[str, Response | SimulatedCalls]],
    borders: Mapping[str, Any] | None = None,
    language: Language = "nl",
    tiles: str | None = None,
    organisations: Collection[str] | None = None,
) -> str:
    """``response_page`` for (contract name, what was measured), in this order; equal names get a number, and what made
    a simulation harder stands behind the name. Tables have the true figures of everyone and of each organisation that
    may be told (``organisations``, None for all)."""
    titles = _titles([scenario_name(name, language) for name, _ in measured])
    scenarios = [
        (_with_stress(title, found, language), _rows(found)) for title, (_, found) in zip(titles, measured, strict=True)
    ]
    exact = [exact_of(found) for _, found in measured]
    return response_page(instance, scenarios, borders, language, tiles, exact, organisations)


def _with_stress(title: str, found: Response | SimulatedCalls, language: Language) -> str:
    if not isinstance(found, SimulatedCalls) or found.stress == "none":
        return title
    return text(f"simulate.title.{found.stress.replace('-', '_')}", language, title=title)


def _rows(found: Response | SimulatedCalls) -> tuple[DistrictResponse, ...]:
    return found.districts if isinstance(found, SimulatedCalls) else found.districts()


def _titles(names: Sequence[str]) -> list[str]:
    again, seen = Counter(names), Counter[str]()
    titles = []
    for name in names:
        seen[name] += 1
        titles.append(f"{name} {seen[name]}" if again[name] > 1 else name)
    return titles
