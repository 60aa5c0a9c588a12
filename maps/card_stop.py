"""One stop of a card in words: what to do, bring and know, whom to meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from maps.call_list import dialled
from maps.card_contacts import contact, navigation, place_name, told_of
from maps.card_nouns import CardStop
from maps.itinerary import Itinerary, Line, late_minutes
from maps.ledger import ledger_rows
from maps.words import Names, Words
from optimiser.domain.card import Bring
from optimiser.domain.plan import BREAK, Plan, Stop
from optimiser.domain.work import Visit
from optimiser.report.ledger import ledger
from optimiser.texts import Language

SOON_DAYS = 7
"""An order form that ends within a week of the visit needs a new one now."""


@dataclass(frozen=True)
class Source:
    """What a card is made from; ``before`` is the plan that she was told, when its back-ups are to be compared."""

    words: Words
    plan: Plan
    names: Names
    bring: tuple[Bring, ...] = ()
    key_boxes: bool = False
    before: Plan | None = None

    @property
    def language(self) -> Language:
        """The card's language."""
        return self.words.language

    @cached_property
    def standing(self) -> dict[str, tuple[str, ...]]:
        """Nurse id -> what she had this year, before this roster, of what is shared fairly."""
        before = ledger(self.words.instance, self.plan.model_copy(update={"duties": ()}))
        rows = ledger_rows(self.words, before)
        return {nurse: tuple(row.standing for row in mine) for nurse, mine in rows.items()}


def card_stop(source: Source, route: Itinerary, line: Line, stop: Stop, mode: str, prefix: str) -> CardStop:
    """The stop ``stop``, whose line in the itinerary is ``line``; ``mode`` is the word for how she travels."""
    words = source.words
    common: dict[str, Any] = {
        "anchor": f"{prefix}stop-{line.number}", "number": line.number, "what": line.what, "start": line.start,
        "end": line.end, "minutes": words("map.minutes", minutes=line.minutes), "title": line.title,
    }  # fmt: skip
    if line.what == BREAK:
        return CardStop(**common)
    late = stop.id in late_minutes(source.plan)
    common |= {
        "way": way_of(words, line, mode, bool(route.companion)), "latitude": line.latitude, "longitude": line.longitude,
        "window": "" if late else words("map.route.window", window=line.window),
        "critical": words("map.route.critical") if line.critical else "",
    }  # fmt: skip
    if line.what == "visit":
        return CardStop(**common, **_at_client(source, route.duty.day, line, stop))
    return CardStop(**common, **_at_place(source, line))


def way_of(words: Words, line: Line, mode: str, companion: bool = False) -> str:
    """How a stop is reached: travel and waiting. A companion's way from home is not the student's to see."""
    parts = []
    if line.leg and not (companion and line.home_leg):
        parts.append(words("map.route.way", minutes=line.leg, mode=mode, km=words.decimal(line.metres / 1000)))
    if line.wait:
        parts.append(words("map.route.wait", minutes=line.wait))
    return " · ".join(parts)


def _at_client(source: Source, day: date, line: Line, stop: Stop) -> dict[str, Any]:
    words, names = source.words, source.names
    instance, client = words.instance, line.client
    visit = instance.visit_by_id[stop.id]
    alone = (words("card.never_alone"),) if instance.client_by_id[client].unsafe else ()
    told = told_of(names, client, "safety")
    phone = told_of(names, client, "phone")
    form, warning = order_form(words, visit, day)
    return {
        "client": client, "person": line.person, "address": line.address,
        "navigation": navigation(instance, instance.place_by_id.get(line.place), line.address),
        "phone": phone, "dial": dialled(phone),
        "partner": contact(names, line.partner, words("card.together")) if line.partner else None,
        "form": form, "form_warning": warning,
        "bring": tuple(brought(source, each) for each in needed(source.bring, visit)),
        "safety": (*alone, told) if told else alone, "parking": told_of(names, client, "parking"),
        "notes": told_of(names, client, "notes") if source.key_boxes else "",
        "key_box": told_of(names, client, "key_box") if source.key_boxes else "",
    }  # fmt: skip


def _at_place(source: Source, line: Line) -> dict[str, Any]:
    """A task: name and number of the place when it is nobody's home."""
    instance, names = source.words.instance, source.names
    known = place_name(instance, names, line.place)
    address, phone = told_of(names, known, "address"), told_of(names, known, "phone")
    return {
        "person": told_of(names, known, "name"), "address": address, "phone": phone, "dial": dialled(phone),
        "navigation": navigation(instance, instance.place_by_id.get(line.place), address),
        "parking": told_of(names, known, "parking"), "safety": tuple(filter(None, [told_of(names, known, "safety")])),
    }  # fmt: skip


def needed(bring: Iterable[Bring], visit: Visit) -> tuple[Bring, ...]:
    """What to bring to a visit: for its acts, then for its order."""
    acts = [each for act in visit.acts for each in bring if each.work == act]
    return (*acts, *(each for each in bring if each.work == visit.order))


def brought(source: Source, each: Bring) -> str:
    """What to bring, with the place where it is fetched."""
    if each.fetch is None:
        return each.items
    return source.words("card.fetched", items=each.items, place=place_words(source, each.fetch))


def place_words(source: Source, place: str) -> str:
    """What a place is called: by its row of names.csv, else by its kind."""
    instance = source.words.instance
    known = place_name(instance, source.names, place)
    name = told_of(source.names, known, "name")
    return name or source.words(f"card.place.{instance.place_by_id[place].kind}")


def order_form(words: Words, visit: Visit, day: date) -> tuple[str, bool]:
    """What to say of the order form (uitvoeringsverzoek) on the day of the visit, and whether it needs care: it is
    missing for a reserved act, not valid, or ends within a week."""
    first, last = visit.order_form_from, visit.order_form_until
    if first is None and last is None:
        reserved = {each.id for each in words.instance.acts if each.reserved}
        missing = not reserved.isdisjoint(visit.acts)
        return (words("card.form.missing"), True) if missing else ("", False)
    if first is not None and day < first:
        return words("card.form.later", day=full_date(words, first)), True
    if last is None:
        return words("card.form.open"), False
    key = "over" if day > last else "soon" if (last - day).days < SOON_DAYS else "valid"
    return words(f"card.form.{key}", day=full_date(words, last)), key != "valid"


def full_date(words: Words, day: date) -> str:
    """25 januari 2027."""
    return f"{day.day} {words('map.months').split()[day.month - 1]} {day.year}"
