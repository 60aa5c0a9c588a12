"""The format ``ics``: a calendar for each nurse, with times in UTC that every calendar shows by its own clock.

Only what may stand in a cloud: code, times, break and organisation; no client, no address, no route. The uid of an
event is made of instance and duty, so that a later version replaces it; ``SEQUENCE`` rises with each version, and once
more when a draft is published.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from instances.export_material import ExportMaterial, Files
from optimiser.domain.exported import ExportedDuty, Span
from optimiser.texts import text

if TYPE_CHECKING:
    from icalendar import Event

SPACE = uuid5(NAMESPACE_URL, "urn:samenrooster:duty")
"""The namespace of our uids; it never changes, or calendars would hold every duty twice."""


def calendar_files(material: ExportMaterial) -> Files:
    """``<nurse>.ics`` for each nurse with a duty now, or with one that the earlier version had; others have no file,
    since a calendar without events is none."""
    content = material.content
    nurses = sorted({each.nurse for each in (*content.duties, *content.cancelled)})
    return {f"{nurse}.ics": _calendar(material, nurse) for nurse in nurses}


def _calendar(material: ExportMaterial, nurse: str) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//samenrooster//export {material.content.format}//{material.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", text("export.calendar", material.language, nurse=nurse))
    for event in _events(material, nurse):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(material: ExportMaterial, nurse: str) -> Iterator[Event]:
    content = material.content
    held = {each.id: len(each.segments) for each in content.duties}
    for duty in (each for each in content.duties if each.nurse == nurse):
        for number, span in enumerate(duty.segments):
            yield _event(material, duty, number, span, "CONFIRMED" if content.published else "TENTATIVE")
    for duty in (each for each in content.cancelled if each.nurse == nurse):
        for number, span in enumerate(duty.segments):
            if number >= held.get(duty.id, 0):
                yield _event(material, duty, number, span, "CANCELLED")


def _event(material: ExportMaterial, duty: ExportedDuty, number: int, span: Span, status: str) -> Event:
    """One segment of a duty. Standby at home leaves the time free for others who look when she can meet."""
    from icalendar import Event

    content, language = material.content, material.language
    at_home = duty.lane == "standby" and not duty.at_workplace
    event = Event()
    event.add("uid", f"{uuid5(SPACE, f'{content.instance} {duty.id} {number}')}@samenrooster")
    event.add("dtstamp", content.changed.astimezone(UTC))
    event.add("last-modified", content.changed.astimezone(UTC))
    event.add("sequence", 2 * (content.version - 1) + (content.published is not None))
    event.add("dtstart", span.start.astimezone(UTC))
    event.add("dtend", span.end.astimezone(UTC))
    event.add("status", status)
    event.add("transp", "TRANSPARENT" if at_home or status == "CANCELLED" else "OPAQUE")
    event.add("class", "PRIVATE")
    event.add("categories", [text(f"export.lane.{duty.lane}", language)])
    key = "export.summary.standby" if duty.lane == "standby" else "export.summary.work"
    organisation = content.organisations[duty.organisation]
    event.add("summary", text(key, language, code=duty.code, organisation=organisation))
    event.add("description", "\n".join(_lines(material, duty, span)))
    return event


def _lines(material: ExportMaterial, duty: ExportedDuty, span: Span) -> Iterator[str]:
    """Break and version in words."""
    content, language = material.content, material.language
    for each in duty.breaks:
        if span.start <= each.start < span.end:
            yield text("export.break_at", language, start=_clock(each.start), end=_clock(each.end))
    if not duty.breaks and duty.break_minutes and span == duty.segments[0]:
        yield text("export.break_of", language, minutes=duty.break_minutes)
    if content.published is None:
        yield text("export.draft", language)
    yield text("export.version", language, version=content.version)


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"
