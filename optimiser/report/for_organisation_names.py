"""Rows of names.csv that one organisation may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from optimiser.report.for_organisation import Seen
from optimiser.texts import Language, text


@dataclass(frozen=True)
class Colleague:
    """Stands where a page asks for the row of a colleague of another organisation."""

    id: str
    name: str
    phone: str = ""
    address: str = ""
    notes: str = ""
    key_box: str = ""
    safety: str = ""
    parking: str = ""


def names_for(names: Mapping[str, Any], seen: Seen, cards: bool = False, language: Language = "nl") -> dict[str, Any]:
    """Id -> row: own nurses and clients, organisations and public places that occur, and colleagues of others.

    A colleague is called by her organisation and id. Her number is told where a nurse must reach her: she makes a pair
    with an own nurse, an own student goes with her, or she is on call for own clients. Of others' clients nothing is
    told, but on ``cards`` of the nurses who go there all that an own client's row tells.
    """
    instance = seen.instance
    own = {each.id for each in instance.clients if each.organisation == seen.organisation} | set(seen.nurses)
    met = {each.id for each in instance.clients} - own
    lived_in = {each.home for each in instance.nurses} | {each.place for each in instance.clients}
    public = {each.id for each in instance.places if each.kind not in ("home", "client") and each.id not in lived_in}
    wanted = own | {each.id for each in instance.organisations} | public | (met if cards else set())
    people = met | {each.id for each in seen.guests}
    told = {key: row for key, row in names.items() if key in wanted and (cards or key not in people)}
    reached = _reached(seen)
    for guest in seen.guests:
        who = instance.organisation_by_id[guest.organisation].name
        phone = getattr(names.get(guest.id), "phone", "") if guest.id in reached else ""
        told[guest.id] = Colleague(
            guest.id, text("privacy.colleague", language, organisation=who, id=guest.id), phone or ""
        )
    return told


def _reached(seen: Seen) -> set[str]:
    """Colleagues whom an own nurse must be able to call."""
    guests = {each.id for each in seen.guests}
    found = {duty.follows for duty in seen.plan.duties if duty.follows in guests}
    stops = [(duty.nurse, stop.id) for duty in seen.plan.duties for stop in duty.stops if stop.what == "visit"]
    own = {visit for nurse, visit in stops if nurse not in guests}
    found |= {nurse for nurse, visit in stops if nurse in guests and visit in own}
    on_call = {duty.nurse for duty in seen.plan.duties if duty.nurse in guests and not duty.stops}
    return {each for each in found | on_call if each}
