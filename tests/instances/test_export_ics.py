"""Calendars: two other parsers read the same moments; updates replace; nothing of a client is in them."""

from __future__ import annotations

import runpy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from ics import Calendar as OtherCalendar
from vobject import readComponents

from instances.export_formats import export_files
from optimiser.domain.plan import Plan

MADE = runpy.run_path(str(Path(__file__).with_name("export_made.py")), run_name="export_made")
material = MADE["material"]
INSTANCE, PLAN = MADE["clock_week"]()
TOLD = PLAN.model_copy(update={"published": datetime(2026, 9, 1, 9, 30, tzinfo=UTC)})
Moments = set[tuple[str, datetime, datetime]]


def calendars(plan: Plan, before: Plan | None = None) -> dict[str, str]:
    """Nurse -> her calendar."""
    files = export_files("ics", material(INSTANCE, plan, before))
    return {name.removesuffix(".ics"): str(content, "utf-8") for name, content in files.items()}  # type: ignore[arg-type]


def events_of(text: str) -> list[Any]:
    """The events of a calendar."""
    return list(Calendar.from_ical(text).walk("VEVENT"))


def by_icalendar(text: str) -> Moments:
    """Uid, start and end of each event, as icalendar reads them."""
    found = events_of(text)
    return {(str(each["uid"]), each["dtstart"].dt, each["dtend"].dt) for each in found}


def by_vobject(text: str) -> Moments:
    """As vobject reads them."""
    (calendar,) = readComponents(text)
    return {
        (each.uid.value, each.dtstart.value.astimezone(UTC), each.dtend.value.astimezone(UTC))
        for each in calendar.vevent_list
    }


def by_ics(text: str) -> Moments:
    """As ics reads them."""
    return {(each.uid, each.begin.datetime, each.end.datetime) for each in OtherCalendar(text).events}


def test_three_parsers_read_the_same_moments() -> None:
    """n1 works Monday 07:00-15:00 (05:00-13:00 UTC, summer) and the night of the change 21:00-06:00 UTC: 9 hours."""
    for text in calendars(TOLD).values():
        assert by_icalendar(text) == by_vobject(text) == by_ics(text)
    spans = sorted((start, end) for _, start, end in by_vobject(calendars(TOLD)["n1"]))
    assert spans == [
        (datetime(2026, 10, 19, 5, tzinfo=UTC), datetime(2026, 10, 19, 13, tzinfo=UTC)),
        (datetime(2026, 10, 24, 21, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),
    ]
    assert spans[1][1] - spans[1][0] == timedelta(hours=9)


def test_a_split_shift_is_two_events_and_standby_at_home_leaves_time_free() -> None:
    """n2: two segments of Saturday with uids of their own, and a standby that is marked and transparent."""
    events = events_of(calendars(TOLD)["n2"])
    assert len(events) == len({str(each["uid"]) for each in events}) == 3
    standby = [each for each in events if str(each["transp"]) == "TRANSPARENT"]
    assert [str(each["summary"]) for each in standby] == ["Bereikbaar B - Aafje"]
    assert standby[0]["categories"].cats == ["Bereikbaar"]
    assert {str(each["summary"]) for each in events if each not in standby} == {"G - Aafje"}


def test_breaks_and_version_are_told_and_times_need_no_zone() -> None:
    """The break as the clock showed it; no time zone component that parsers could read wrongly; lines end in CRLF."""
    text = calendars(TOLD)["n1"]
    day = next(each for each in events_of(text) if str(each["summary"]).startswith("D "))
    assert str(day["description"]) == "pauze 10:10–10:40\nversie 1"
    assert "VTIMEZONE" not in text and "TZID" not in text
    assert all(line.endswith("\r") for line in text.split("\n")[:-1])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_awkward_names_of_organisations_read_back_by_all_three() -> None:
    """Comma, semicolon, backslash, quote, accents and a length that needs folding."""
    name = 'Zorg; "Rotte, Maas" \\ één – ' + "lang " * 12 + "eind"
    home = INSTANCE.organisations[0].model_copy(update={"name": name})
    instance = INSTANCE.model_copy(update={"organisations": (home,)})
    text = str(export_files("ics", material(instance, TOLD))["n1.ics"], "utf-8")  # type: ignore[arg-type]
    said = {f"D - {name}", f"N - {name}"}
    assert {str(each["summary"]) for each in events_of(text)} == said
    assert {each.summary.value for each in next(readComponents(text)).vevent_list} == said
    assert {each.name for each in OtherCalendar(text).events} == said


def test_a_later_version_replaces_and_cancels() -> None:
    """The same uids with a higher SEQUENCE; what fell away is cancelled under its old uid, also of who has nothing
    left; stamps are the moment of publication, so that bytes are equal."""
    night = next(each for each in TOLD.duties if each.kind == "nacht")
    later = TOLD.model_copy(update={"duties": (night,), "version": 2})
    first, second = calendars(TOLD), calendars(later, before=TOLD)
    assert set(second) == {"n1", "n2"}
    for nurse in second:
        old = {str(each["uid"]): each for each in events_of(first[nurse])}
        new = {str(each["uid"]): each for each in events_of(second[nurse])}
        assert set(old) == set(new)
        for uid, event in new.items():
            assert (old[uid]["sequence"], event["sequence"]) == (1, 3)
            assert event["dtstamp"].dt == event["last-modified"].dt == datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
            gone = not str(event["summary"]).startswith("N ")
            assert str(event["status"]) == ("CANCELLED" if gone else "CONFIRMED")
            assert str(old[uid]["status"]) == "CONFIRMED"
    assert set(calendars(later)) == {"n1"}
    assert calendars(TOLD) == first


def test_a_split_shift_that_becomes_a_day_cancels_its_second_half() -> None:
    """The first uid moves to the new times, the second is cancelled."""
    day = MADE["WEEK"]["duty"](INSTANCE, "n2", "dag", MADE["WEEK"]["SATURDAY"])
    later = TOLD.model_copy(update={"duties": (day,), "version": 2})
    events = events_of(calendars(later, before=TOLD)["n2"])
    assert [(str(each["summary"])[0], str(each["status"])) for each in events] == [
        ("D", "CONFIRMED"), ("G", "CANCELLED"), ("B", "CANCELLED"),
    ]  # fmt: skip
    split = [str(each["uid"]) for each in events_of(calendars(TOLD)["n2"])][:2]
    assert [str(each["uid"]) for each in events[:2]] == split


def test_a_draft_is_tentative_and_published_replaces_it() -> None:
    """A draft's SEQUENCE and stamp come before those of the same version when it is published."""
    draft, told = (events_of(calendars(each)["n1"])[0] for each in (PLAN, TOLD))
    assert str(draft["status"]) == "TENTATIVE" and str(draft["uid"]) == str(told["uid"])
    assert draft["sequence"] < told["sequence"] and draft["dtstamp"].dt < told["dtstamp"].dt


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_of_a_client_is_in_a_calendar(language: str) -> None:
    """No id of a client, visit, order, place or act of six_nurses, and no name or address."""
    instance, plan = MADE["six_nurses"]()
    files = export_files("ics", material(instance, plan, language=language))
    text = "\n".join(bytes(each).decode() for each in files.values() if isinstance(each, bytes)).replace("\r\n ", "")
    clients = {each.id for each in instance.clients}
    people = {key: each for key, each in MADE["names"]().items() if key not in instance.organisation_by_id}
    told = {word for each in people.values() for word in (each.name, each.address, each.phone) if word}
    secret = {*clients, *told, *(each.id for each in (*instance.orders, *instance.visits))}
    secret |= {each.id for each in instance.places}
    assert files and [word for word in secret if len(word) > 3 and word in text] == []
