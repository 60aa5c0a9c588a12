"""What the makers of exports get: the plan in planners' words and as other programs read it, and what goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from instances.names import Name
from optimiser.domain.exported import ExportedPlan
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.road_lines import RoadLines
from optimiser.texts import Language


@dataclass(frozen=True)
class ExportMaterial:
    """All that a format may use.

    ``content`` is the plan as ``report.export_plan`` counted it (already narrowed to a nurse or day); ``names`` are
    used for nurses in workbooks alone; ``pay`` are headings and rows of the hours table for the salary office;
    ``roads`` the ways along which routes are drawn; ``borders`` a GeoJSON feature collection of districts.
    """

    instance: Instance
    plan: Plan
    content: ExportedPlan
    language: Language = "nl"
    names: Mapping[str, Name] = field(default_factory=dict)
    pay: tuple[Sequence[str], Sequence[Sequence[str | int | Decimal | None]]] = ((), ())
    roads: RoadLines | None = None
    borders: Mapping[str, Any] | None = None


Files = dict[str, str | bytes]
"""Path below the folder -> content; the empty path is the one file itself."""
