"""Another back-up than on the card she has: whoever went must not be called in the night."""

from __future__ import annotations

from datetime import date

from maps.card_contacts import backups
from maps.card_nouns import Contact
from maps.card_stop import Source
from maps.told import ToldLine


def backups_told(source: Source, nurse: str, day: date) -> tuple[ToldLine, ...]:
    """Who no longer backs up a duty of hers that stayed, and who does now; empty without an earlier plan."""
    if source.before is None:
        return ()
    words, names = source.words, source.names
    old = {duty.id: duty for duty in source.before.duties_of.get(nurse, ()) if duty.day == day}
    lines: dict[ToldLine, None] = {}
    for duty in source.plan.duties_of.get(nurse, ()):
        if duty.id not in old:
            continue
        was = backups(words, source.before, old[duty.id], names)
        now = backups(words, source.plan, duty, names)
        for key, those, others in (("goes", was, now), ("comes", now, was)):
            missing = [each for each in those if each.id not in {other.id for other in others}]
            label = words(f"call_list.tell.{key}")
            lines |= {ToldLine(key, label, "", "", _said(each, key), ""): None for each in missing}
    return tuple(lines)


def _said(who: Contact, key: str) -> str:
    """Without the number of whom not to call any more."""
    return " ".join(filter(None, (f"{who.role}:", who.name, who.phone if key == "comes" else "")))
