"""A nurse's card of one day as plain data: ``card(...)``. Templates and the PDF only lay it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from maps.call_list import dialled
from maps.card_backups import backups_told
from maps.card_contacts import PRIVATE_PLACES, backups, contact, navigation, place_name, told_of
from maps.card_nouns import Card, CardDuty, CardStop, Contact, Navigation, Packing
from maps.card_stop import Source, card_stop, needed, place_words
from maps.itinerary import Itinerary, itinerary, source_duty
from maps.told import told_lines
from maps.words import Names, Words, name_of
from optimiser.domain.card import Bring
from optimiser.domain.instance import Instance
from optimiser.domain.place import Mode
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.changes import Change
from optimiser.report.legs import journey_ends
from optimiser.texts import Language

__all__ = ["Card", "CardDuty", "CardStop", "Contact", "Navigation", "Packing", "card", "card_of", "routes_of"]

LABELS = (
    "apple", "bring", "call", "key_box", "navigate", "notes", "packing", "parking", "safety", "skip", "told",
    "to_call", "told_since",
)  # fmt: skip


def card(
    instance: Instance,
    travel: TravelMatrix,
    plan: Plan,
    nurse: str,
    day: date,
    names: Names,
    bring: Iterable[Bring] = (),
    key_boxes: bool = False,
    language: Language = "nl",
    changes: Sequence[Change] = (),
) -> Card:
    """The card of a nurse on a day. It holds her own clients only (of a student those of her companion); key-box codes
    and notes about getting in only with ``key_boxes``, which locked cards pass. No moment of making stands in it."""
    source = Source(Words(instance, language), plan, names, tuple(bring), key_boxes)
    return card_of(source, nurse, day, routes_of(source, travel, nurse, day), changes)


def routes_of(source: Source, travel: TravelMatrix, nurse: str, day: date) -> list[Itinerary]:
    """The itineraries of her duties of that day, numbered through; of a duty without stops an empty one."""
    shown: list[Itinerary] = []
    for duty in source.plan.duties_of.get(nurse, ()):
        if duty.day == day:
            before = sum(1 for route in shown for line in route.lines if line.number)
            shown.append(itinerary(source.words, travel, source.plan, duty, source.names, before))
    return shown


def card_of(
    source: Source, nurse: str, day: date, routes: Sequence[Itinerary], changes: Sequence[Change] = (), prefix: str = ""
) -> Card:
    """As ``card``, from itineraries that are there already; ``prefix`` begins each anchor of a page with more days."""
    words = source.words
    companion = next((each.companion for each in routes if each.companion), "")
    return Card(
        nurse=nurse,
        name=name_of(source.names, nurse),
        day=day,
        title=words.long_day(day),
        duties=tuple(_duty(source, route, prefix) for route in routes),
        facts=_facts(words, routes),
        companion=companion,
        guide=contact(source.names, companion, words("card.follows")) if companion else None,
        told=(*told_lines(words, source.names, source.plan, nurse, day, changes), *backups_told(source, nurse, day)),
        packing=_packing(source, routes),
        note=words("map.route.crow"),
        ledger=source.standing.get(nurse, ()),
        language=words.language,
        labels={"ledger": words("ledger.own")} | {each: words(f"card.{each}") for each in LABELS},
    )


def mode_of(words: Words, route: Itinerary) -> Mode:
    """How she travels; of a student how her companion does."""
    return journey_ends(words.instance, route.companion or route.duty.nurse, route.duty.day).mode


def _duty(source: Source, route: Itinerary, prefix: str) -> CardDuty:
    words, duty = source.words, route.duty
    kind = words.instance.kind_by_id[duty.kind]
    mode = words(f"map.mode.{mode_of(words, route)}")
    stops = zip(route.lines, source_duty(source.plan, duty).stops, strict=True)
    return CardDuty(
        code=kind.code,
        name=kind.name,
        category=kind.category,
        standby=kind.lane == "standby",
        span=words.span(duty.start, duty.end),
        leave=_leave(source, route) if route.lines else "",
        back=_back(source, route, mode) if route.back else "",
        empty="" if route.lines else words("card.on_call" if kind.lane == "standby" else "map.route.empty"),
        stops=tuple(card_stop(source, route, line, stop, mode, prefix) for line, stop in stops),
        backups=backups(words, source.plan, duty, source.names),
    )


def _leave(source: Source, route: Itinerary) -> str:
    """Where the day begins: at home, or at a place of the team. Empty where that is not hers to see."""
    start = source.words.instance.place_by_id.get(route.start_place)
    if start is None:
        return ""
    if start.kind in PRIVATE_PLACES:
        return source.words("map.route.leave_home")
    return source.words("card.leave", place=place_words(source, start.id))


def _back(source: Source, route: Itinerary, mode: str) -> str:
    """The last way, likewise."""
    end = source.words.instance.place_by_id.get(route.end_place)
    if end is None:
        return ""
    if end.kind in PRIVATE_PLACES:
        return source.words("map.route.back", minutes=route.back, mode=mode)
    return source.words("card.back", minutes=route.back, mode=mode, place=place_words(source, end.id))


def _facts(words: Words, routes: Sequence[Itinerary]) -> str:
    lines = [line for route in routes for line in route.lines]
    if not routes:
        return words("card.gone")
    if not lines:
        return ""  # each duty says itself that it has none
    legs = [line for line in lines if not line.home_leg]
    return words(
        "map.route.facts",
        visits=words.visits(sum(1 for line in lines if line.what == "visit")),
        care=words.duration(sum(line.minutes for line in lines if line.what == "visit")),
        travel=words.duration(sum(line.leg for line in legs)),
        km=words.decimal(sum(line.metres for line in legs) / 1000),
        mode=words(f"map.mode.{mode_of(words, next(route for route in routes if route.lines))}"),
    )


def _packing(source: Source, routes: Sequence[Itinerary]) -> tuple[Packing, ...]:
    """What to bring over the whole day, by the place where it is fetched; first what needs no fetching."""
    found: dict[str, dict[str, list[int]]] = {}
    for route in routes:
        for line, stop in zip(route.lines, source_duty(source.plan, route.duty).stops, strict=True):
            if line.what == "visit":
                for each in needed(source.bring, source.words.instance.visit_by_id[stop.id]):
                    stops = found.setdefault(each.fetch or "", {}).setdefault(each.items, [])
                    stops += [line.number] if line.number not in stops else []
    return tuple(_packed(source, place, found[place]) for place in sorted(found))


def _packed(source: Source, place: str, items: dict[str, list[int]]) -> Packing:
    instance, names = source.words.instance, source.names
    known = place_name(instance, names, place)
    address, phone = told_of(names, known, "address"), told_of(names, known, "phone")
    return Packing(
        place=place_words(source, place) if place else "",
        address=address,
        phone=phone,
        dial=dialled(phone),
        navigation=navigation(instance, instance.place_by_id.get(place), address),
        items=tuple((each, ", ".join(map(str, stops))) for each, stops in items.items()),
    )
