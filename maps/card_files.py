"""Which files ``samenrooster cards`` writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from maps.route import route_page, week_page
from maps.words import Names
from optimiser.domain.card import Bring
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.road_lines import RoadLines
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.changes import Change
from optimiser.texts import Language


def card_files(
    instance: Instance,
    travel: TravelMatrix,
    plan: Plan,
    names: Names,
    *,
    bring: Iterable[Bring] = (),
    nurse: str | None = None,
    day: date | None = None,
    week: bool = False,
    key_boxes: bool = False,
    language: Language = "nl",
    roads: RoadLines | None = None,
    changes: Sequence[Change] = (),
    tiles: str | None = None,
    before: Plan | None = None,
) -> Iterator[tuple[str, str]]:
    """(file name, page) of every card, in order of nurse and day; of one ``nurse``, one ``day`` or both when given.

    Names: ``<nurse>_<date>.html``, and with ``week`` ``<nurse>_week.html`` with all her days. Each day on which she
    has a duty has a card, on call without visits too, and each day on which she had one in the plan ``before``: that
    card says that it is gone. A roster without routes has none. ``key_boxes`` writes the codes
    of key boxes: for pages that are locked before they are stored. Raises ``InputError`` on unknown tiles.
    """
    more = {"roads": roads, "bring": tuple(bring), "key_boxes": key_boxes, "before": before}
    if week:
        for who in dict.fromkeys(who for who, _ in card_days(plan, nurse, day, before)):
            days = [when for _, when in card_days(plan, who, before=before)]
            page = week_page(instance, travel, plan, who, names, language, tiles, changes, days, **more)  # type: ignore[arg-type]
            yield f"{who}_week.html", page
        return
    for who, when in card_days(plan, nurse, day, before):
        page = route_page(instance, travel, plan, who, when, names, language, tiles, changes, **more)  # type: ignore[arg-type]
        yield f"{who}_{when}.html", page


def card_days(
    plan: Plan, nurse: str | None = None, day: date | None = None, before: Plan | None = None
) -> tuple[tuple[str, date], ...]:
    """Every (nurse, date) that has a card; of one nurse, one day or both when given; also those with a duty in the plan
    ``before``. Empty without routes."""
    if not plan.with_routes:
        return ()
    pairs = {(duty.nurse, duty.day) for each in (plan, before) if each is not None for duty in each.duties}
    return tuple(sorted(pair for pair in pairs if nurse in (None, pair[0]) and day in (None, pair[1])))
