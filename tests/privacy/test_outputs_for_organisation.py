"""Every file for one organisation is searched for the people of the other one."""

from __future__ import annotations

from typing import Any

import pytest

from optimiser.check.checker import check
from optimiser.report.for_organisation import Seen, seen_by
from optimiser.report.for_organisation_names import names_for
from optimiser.report.for_organisation_report import report_for
from optimiser.report.pseudonyms import pseudonymised

OWN, OTHER = "aafje", "laurens"


@pytest.fixture(scope="module")
def seen(marked: Any) -> Seen:
    """The marked team as Aafje sees it."""
    return seen_by(marked.instance, marked.travel, marked.plan, OWN, before=marked.plan)


@pytest.fixture(scope="module")
def shown(marked: Any, seen: Seen, outputs: Any) -> dict[str, str]:
    """Every file that is made for Aafje, readable."""
    made = outputs.made(
        seen.instance, seen.travel, seen.plan, report_for(marked.report, marked.instance, seen),
        names_for(marked.names, seen), before=seen.before, nurses=seen.nurses,
        card_names=names_for(marked.names, seen, cards=True), alone=seen.alone,
    )  # fmt: skip
    return {name: outputs.readable(content) for name, content in made.items()}


def test_no_file_holds_anything_of_others_that_care_does_not_ask(
    marked: Any, seen: Seen, shown: dict[str, str], outputs: Any
) -> None:
    """Clients whom no own nurse serves: nothing. Those whom one serves: an id on pages, and what is needed at the door
    on cards only. Colleagues: an id; never a name, an address, a note; a number on cards of who makes a pair."""
    met = {each.id for each in seen.instance.clients if each.organisation == OTHER}
    guests = {each.id for each in seen.guests}
    theirs = [each for each in (*marked.instance.nurses, *marked.instance.clients) if each.organisation == OTHER]
    assert met and guests and len(shown) > 30
    for name, text in shown.items():
        for each in theirs:
            found = outputs.told_of(text, marked.people[each.id])
            if each.id in guests:
                assert found <= ({"id", "phone"} if name.startswith("cards/") else {"id"}), (name, each.id)
            elif each.id in met:
                safe = {"id", "name", "address", "phone", "safety", "parking"}
                assert found <= (safe if name.startswith("cards/") else {"id"}), (name, each.id)
            else:
                assert not found, (name, each.id)


def test_a_card_holds_those_whom_she_serves_in_full(
    marked: Any, seen: Seen, shown: dict[str, str], outputs: Any
) -> None:
    """What a nurse needs at the door of another organisation's client is on her card as without ``--for``."""
    owner = {each.id: each.client for each in marked.instance.visits}
    for duty in marked.plan.duties:
        if duty.nurse in seen.nurses and duty.stops:
            text = shown[f"cards/{duty.nurse}_{duty.day}.html"]
            for client in {owner[stop.id] for stop in duty.stops if stop.what == "visit"}:
                needed = {"id", "name", "address", "phone", "safety", "parking"}
                assert outputs.told_of(text, marked.people[client]) == needed


def test_others_have_no_card_no_calendar_and_no_hours(marked: Any, seen: Seen, shown: dict[str, str]) -> None:
    """Cards and calendars are of own nurses; no row of hours or pay is of a colleague, and no word of her home."""
    guests = [each.id for each in seen.guests]
    assert not [name for name in shown if any(guest in name for guest in guests)]
    hours = shown["export.csv/hours.csv"]
    assert hours and not [guest for guest in guests if guest in hours]
    homes = [each.home for each in marked.instance.nurses if each.organisation == OTHER]
    assert not [(name, home) for name, text in shown.items() for home in homes if home in text]


def test_the_page_shows_who_serves_own_clients(seen: Seen, shown: dict[str, str]) -> None:
    """A colleague stands on the roster and the map as of her organisation, with her id."""
    guest = next(each.nurse for each in seen.plan.duties if each.nurse not in seen.nurses and each.stops)
    for name in ("roster.html", "team.html"):
        assert f"{guest}, collega van Laurens" in shown[name], name


def test_leave_and_open_work_are_ones_own(marked: Any, seen: Seen, shown: dict[str, str]) -> None:
    """Days of leave are those of own nurses, and what is open is work for own clients."""
    days = {each.first.isoformat() for each in marked.instance.availability if each.nurse in seen.nurses}
    assert {each.first.isoformat() for each in seen.instance.availability} == days
    assert "laurens" not in shown["export.csv/open.csv"]


@pytest.mark.slow
def test_both_ways_of_hiding_go_together(marked: Any, seen: Seen, outputs: Any) -> None:
    """``--for`` and ``--pseudonyms``: the cut plan under other codes tells nothing of the first ids."""
    instance, travel, plan = pseudonymised(seen.instance, seen.travel, seen.plan, bytes(range(32)))
    report = check(instance, plan.contract, travel, plan)
    nurses = {each.id for each in instance.nurses if each.organisation == OWN}
    made = outputs.made(instance, travel, plan, report, {}, nurses=nurses, weeks=[True])
    for name, content in made.items():
        text = outputs.readable(content) + name
        assert not [each.id for each in marked.people.values() if outputs.told_of(text, each)], name
