"""Whom a nurse calls and where her phone leads her.

A tap on an address opens the phone's own navigation, and only the tap does: nothing is asked of anyone before. Two
links, since no single one works everywhere. ``geo:`` is what Android offers to every map app (with ``?q=`` for an
address or a label, Google's extension that others follow); iPhones refuse it. ``maps:`` is what iPhone and Mac hand to
Apple's own map app. The documented ``https://maps.apple.com`` would do too, but on any other device it would open a
web site with a client's address in its request; ``maps:`` does nothing there. A page with scripts on shows the one that
fits the phone, without scripts both.
"""

from __future__ import annotations

from urllib.parse import quote

from maps.call_list import dialled
from maps.card_nouns import Contact, Navigation
from maps.words import Names, Words
from optimiser.domain.instance import Instance
from optimiser.domain.place import Place
from optimiser.domain.plan import Duty, Plan

PRIVATE_PLACES = ("home", "client")


def told_of(names: Names, identity: str, field: str) -> str:
    """A field of the row of ``names.csv`` of an id; empty where there is none."""
    return str(getattr(names.get(identity), field, "") or "")


def contact(names: Names, identity: str, role: str, name: str = "") -> Contact:
    """Name and number of a colleague, a client or an organisation; ``name`` stands where no row has one."""
    phone = told_of(names, identity, "phone")
    return Contact(identity, role, told_of(names, identity, "name") or name or identity, phone, dialled(phone))


def place_name(instance: Instance, names: Names, place: str) -> str:
    """The id whose row of ``names.csv`` tells of a place; empty for homes and where the id is a person's."""
    known = instance.place_by_id.get(place)
    if known is None or known.kind in PRIVATE_PLACES or place not in names:
        return ""
    return "" if place in instance.client_by_id or place in instance.nurse_by_id else place


def navigation(instance: Instance, place: Place | None, address: str) -> Navigation | None:
    """Links to a place. Where its point is only the centre of a district or postcode they lead to the address as text,
    and None stands where that is unknown too. A label holds the address, never a name."""
    if place is None:
        return None
    town = {each.id: each.municipality for each in instance.districts}.get(place.district, "")
    asked = address if not address or "," in address or not town else f"{address}, {town}"
    if not is_centre(instance, place):
        point = f"{place.latitude:.5f},{place.longitude:.5f}"
        label = f"({quote(address, safe='')})" if address else ""
        return Navigation(f"geo:{point}?q={point}{label}", f"maps://?daddr={point}")
    if not address:
        return None
    return Navigation(f"geo:0,0?q={quote(asked, safe='')}", f"maps://?daddr={quote(asked, safe='')}")


def is_centre(instance: Instance, place: Place) -> bool:
    """Whether a place may be no door but a centre: it lies on its district's, or was given with a postcode."""
    if place.postcode:
        return True
    centres = ((each.latitude, each.longitude) for each in instance.districts if each.id == place.district)
    return (place.latitude, place.longitude) in centres


def backups(words: Words, plan: Plan, duty: Duty, names: Names) -> tuple[Contact, ...]:
    """Colleagues on standby during the duty, of her own organisation, else of one that shares cover; where there is
    none or no number of theirs is known, the organisation."""
    role = words("card.backup")
    on_call = [each for each in plan.duties if _stands_by(each, duty)]
    own = [each for each in on_call if each.organisation == duty.organisation]
    others = on_call if plan.contract.cover != "own" else []
    found = {each.nurse: contact(names, each.nurse, role) for each in sorted(own or others, key=lambda one: one.start)}
    if not any(each.dial for each in found.values()):
        organisation = words.instance.organisation_by_id[duty.organisation]
        found[organisation.id] = contact(names, organisation.id, words("card.organisation"), organisation.name)
    return tuple(found.values())


def _stands_by(other: Duty, duty: Duty) -> bool:
    return (
        other.lane == "standby" and other.nurse != duty.nurse and other.follows is None
        and other.start < duty.end and duty.start < other.end
    )  # fmt: skip
