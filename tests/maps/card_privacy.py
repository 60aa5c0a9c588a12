"""What of other people stands in a page: names, addresses, numbers, ids and points of whom it must not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from maps.offline import leaflet_script, leaflet_style
from maps.page import asset


def own_text(page: str) -> str:
    """The page without the library and our fixed scripts."""
    for fixed in (leaflet_script(), leaflet_style(), asset("map.js"), asset("route.js")):
        page = page.replace(fixed, "")
    return page


def clients_of(instance: Any, plan: Any, nurse: str, days: Iterable[Any]) -> set[str]:
    """The clients whom the routes of a nurse, or of her companion, visit on these days."""
    whose = {
        (each.follows or each.nurse, each.day, each.kind)
        for each in plan.duties
        if each.nurse == nurse and each.day in set(days)
    }
    stops = [stop for duty in plan.duties if (duty.nurse, duty.day, duty.kind) in whose for stop in duty.stops]
    return {instance.visit_by_id[stop.id].client for stop in stops if stop.what == "visit"}


def points_as_written(place: Any) -> set[str]:
    """How a point may stand in a page."""
    return {f"{place.latitude},{place.longitude}", f"{place.latitude}, {place.longitude}",
            f"{place.latitude:.5f},{place.longitude:.5f}",
            f'"lat": {place.latitude}, "lon": {place.longitude}'}  # fmt: skip


def leaks(page: str, instance: Any, names: Any, own: set[str], known: set[str]) -> list[str]:
    """What the page tells of clients not in ``own`` and of nurses not in ``known``."""
    text = own_text(page)
    others = [each.id for each in instance.clients if each.id not in own]
    orders = [each.id for each in instance.orders if each.client not in own]
    found = [each for each in (*others, *orders) if _stands(each, text)]
    # places and organisations are nobody's secret; two made-up addresses may be equal
    may = own | known | (set(names) - set(instance.client_by_id) - set(instance.nurse_by_id))
    shared = {getattr(names[each], field) for each in may if each in names for field in ("name", "address")}
    people = (set(others) | set(instance.nurse_by_id)) - known
    for each in sorted(people & names.keys()):
        told = [names[each].name, names[each].address, names[each].phone]
        found += [value for value in told if value and value not in shared and _stands(value, text)]
    free = {(p.latitude, p.longitude) for p in instance.districts}
    free |= {_point(instance, instance.client_by_id[each].place) for each in own}
    hidden = [instance.client_by_id[each].place for each in others]
    hidden += [instance.nurse_by_id[each].home for each in set(instance.nurse_by_id) - known]
    for place in hidden:
        if _point(instance, place) not in free:
            found += [place for written in points_as_written(instance.place_by_id[place]) if written in text]
    return found


def _point(instance: Any, place: str) -> tuple[float, float]:
    known = instance.place_by_id[place]
    return known.latitude, known.longitude


def _stands(value: str, text: str) -> bool:
    """As a whole: Proefweg 1 does not stand in Proefweg 17."""
    return value in text and re.search(rf"(?<![\w.\-]){re.escape(value)}(?![\w\-])", text) is not None


def known_to(instance: Any, plan: Any, nurse: str, days: Iterable[Any]) -> set[str]:
    """Nurses whom her card may name: herself, partners of her two-nurse visits, and who is on call."""
    days = set(days)
    followed = {each.follows for each in plan.duties if each.nurse == nurse and each.day in days and each.follows}
    mine = [each for each in plan.duties if each.nurse in {nurse, *followed} and each.day in days]
    visits = {stop.id for duty in mine for stop in duty.stops if stop.what == "visit"}
    partners = {each.nurse for each in plan.duties if any(stop.id in visits for stop in each.stops)} - followed
    on_call = {
        each.nurse for each in plan.duties
        if each.lane == "standby" and any(each.start < duty.end and duty.start < each.end for duty in mine)
    }  # fmt: skip
    return {nurse} | partners | on_call
