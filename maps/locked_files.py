"""Which files ``samenrooster cards --lock`` writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from maps.card import card_of, mode_of, routes_of
from maps.card_files import card_days, card_files
from maps.card_pdf import card_pdf
from maps.card_stop import Source
from maps.locked import lock_key, locked_page
from maps.road_lines import ways
from maps.words import Names, Words
from optimiser.domain.card import Bring
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.road_lines import RoadLines
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.changes import Change
from optimiser.texts import Language

THREADS = 2


def locked_files(
    instance: Instance,
    travel: TravelMatrix,
    plan: Plan,
    names: Names,
    phrases: Mapping[str, str],
    *,
    bring: Iterable[Bring] = (),
    nurses: Collection[str] | None = None,
    day: date | None = None,
    week: bool = False,
    language: Language = "nl",
    roads: RoadLines | None = None,
    changes: Sequence[Change] = (),
    tiles: str | None = None,
    before: Plan | None = None,
) -> Iterator[tuple[str, str | bytes]]:
    """(file name, content) of what ``card_files`` writes, key-box codes included, each page locked with its nurse's
    phrase, and for each nurse a locked PDF of the same days: ``<nurse>.pdf``.

    One key for all pages of a nurse. ``phrases`` holds a phrase for every nurse of ``card_days``, or of
    ``nurses`` where only theirs are asked for, else ``KeyError``.
    """
    words, brought = Words(instance, language), tuple(bring)
    source = Source(words, plan, names, brought, True, before)
    with ThreadPoolExecutor(THREADS) as pool:
        # keys are made while pages are
        asked = [who for who, _ in card_days(plan, day=day, before=before) if nurses is None or who in nurses]
        keys = {who: pool.submit(lock_key, phrases[who]) for who in dict.fromkeys(asked)}
        for who, key in keys.items():
            days = [when for _, when in card_days(plan, who, None if week else day, before)]
            yield f"{who}.pdf", _pdf(source, travel, who, days, phrases[who], roads, changes)
            pages = card_files(
                instance, travel, plan, names, bring=brought, nurse=who, day=day, week=week, key_boxes=True,
                language=language, roads=roads, changes=changes, tiles=tiles, before=before,
            )  # fmt: skip
            titles = [words.long_day(when) for when in days]
            titles = [" – ".join(dict.fromkeys((titles[0], titles[-1])))] if week else titles
            for (name, page), title in zip(pages, titles, strict=True):
                shown = words("locked.page.title", day=title)
                yield name, locked_page(page, phrases[who], shown, language, key.result())


def _pdf(
    source: Source, travel: TravelMatrix, nurse: str, days: Sequence[date], phrase: str, roads: RoadLines | None,
    changes: Sequence[Change],
) -> bytes:  # fmt: skip
    routes = [routes_of(source, travel, nurse, when) for when in days]
    cards = [card_of(source, nurse, when, shown, changes) for when, shown in zip(days, routes, strict=True)]
    lines = [[ways(route, roads, mode_of(source.words, route)) for route in shown] for shown in routes]
    return card_pdf(cards, phrase, source.language, lines)
