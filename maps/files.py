"""Which files ``samenrooster map`` writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from maps.itinerary import route_days
from maps.route import route_page
from maps.team import team_map
from maps.told import told_days
from maps.words import Names
from optimiser.domain.card import Bring
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.road_lines import RoadLines
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.changes import Change
from optimiser.texts import Language


def map_files(
    instance: Instance,
    travel: TravelMatrix,
    plan: Plan,
    names: Names,
    borders: Mapping[str, Any] | None = None,
    nurse: str | None = None,
    language: Language = "nl",
    tiles: str | None = None,
    changes: Sequence[Change] = (),
    *,
    roads: RoadLines | None = None,
    bring: Iterable[Bring] = (),
    paged: Collection[str] | None = None,
) -> Iterator[tuple[str, str]]:
    """(path below the output folder, page) for the team map and each route; with ``nurse`` her routes only,
    with ``paged`` those of these nurses.

    With ``changes`` since the plan that was told, the pages of those nurses and days say what changed, also of a duty
    that lost all its stops. Pages of all others are the same bytes as they were.
    Paths: ``maps/team.html`` and ``maps/routes/<nurse>_<date>.html``, as the roster page links them.
    """
    if nurse is None:
        yield "maps/team.html", team_map(instance, travel, plan, names, borders, language, tiles, roads, paged)
    brought = tuple(bring)
    emptied = told_days(changes) & {(duty.nurse, duty.day) for duty in plan.duties}
    for who, day in sorted({*route_days(plan), *emptied}, key=lambda pair: (pair[1], pair[0])):
        if (nurse is None or who == nurse) and (paged is None or who in paged):
            page = route_page(
                instance, travel, plan, who, day, names, language, tiles, changes, roads=roads, bring=brought
            )
            yield f"maps/routes/{who}_{day}.html", page
