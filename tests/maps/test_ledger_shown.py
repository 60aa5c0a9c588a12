"""The ledger where people see it: own card, own roster, and the roster page of the manager."""

from __future__ import annotations

import re
import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maps.card import card
from maps.ledger import ledger_rows
from maps.own_roster import own_roster_files, own_roster_page
from maps.roster import roster_page
from maps.route import route_page, week_page
from maps.words import Words
from optimiser.check.checker import check
from optimiser.domain.duty import GivenDuty
from optimiser.domain.people import Counter
from optimiser.report.ledger import ledger

MONDAY = date(2026, 12, 7)


@pytest.fixture(scope="module")
def team() -> Any:
    """The small team; N1 (20 nights) and N4 (4) brought counters along, and N4 has a base roster."""
    made = runpy.run_path(str(Path(__file__).with_name("small_team.py")), run_name="small_team")["small_team"]()
    base = tuple(GivenDuty(nurse="N4", kind=kind, day=date(2026, 12, day), status="base")
                 for kind, day in (("avond", 8), ("avond", 9)))  # fmt: skip
    counters = (Counter(nurse="N1", counter="nights_year", value=20),
                Counter(nurse="N4", counter="nights_year", value=4))  # fmt: skip
    fields = {"counters": counters, "duties_given": (*made.instance.duties_given, *base)}
    object.__setattr__(made, "instance", made.instance.model_copy(update=fields))
    return made


def test_a_card_tells_what_she_had_before(team: Any) -> None:
    """Of 24 nights before, her share is by contract; no change of the roster changes the words, and a student, who
    shares nothing, has none."""
    nurse = team.instance.nurse_by_id["N4"]
    whole = sum(each.contract_minutes for each in team.instance.nurses if each.experience == "experienced"
                and (not each.categories or "night" in each.categories))  # fmt: skip
    share = f"{24 * nurse.contract_minutes / whole:.1f}".replace(".", ",")
    told = card(team.instance, team.travel, team.plan, "N4", MONDAY, team.names).ledger
    assert any(line.startswith(f"Nachten: 4, uw deel is {share} (") for line in told)
    fewer = team.plan.model_copy(update={"duties": team.plan.duties[3:]})
    assert card(team.instance, team.travel, fewer, "N4", MONDAY, team.names).ledger == told
    assert card(team.instance, team.travel, team.plan, "N6", MONDAY, team.names).ledger == ()
    for page in (route_page(team.instance, team.travel, team.plan, "N4", MONDAY, team.names),
                 week_page(team.instance, team.travel, team.plan, "N4", team.names)):  # fmt: skip
        assert page.count(told[1]) == 1
        assert "Nachten: 20" not in page


def test_the_own_roster_names_no_colleague(team: Any) -> None:
    """Duties by week, the base roster (one of two kept), the ledger; nobody else's id or name."""
    plan = team.plan.model_copy(update={"with_routes": False})
    files = dict(own_roster_files(team.instance, plan, team.names))
    assert set(files) == {f"{each.id}_rooster.html" for each in team.instance.nurses if each.id in plan.duties_of}
    page = files["N4_rooster.html"]
    assert "Basisrooster: 1 van 2 gehouden" in page
    for other in team.instance.nurses:
        if other.id != "N4":
            assert not re.search(rf"\b{other.id}\b", page)
            assert team.names[other.id].name.split()[0] not in page
    english = own_roster_page(team.instance, plan, "N4", team.names, "en")
    assert "Base roster: 1 of 2 kept" in english
    assert "Your share this year" in english


def test_the_roster_page_has_the_ledger_of_the_team(team: Any) -> None:
    """A row for each nurse who shares, with what she brought, this plan, her share and what is above it; in her panel
    also what she takes along."""
    report = check(team.instance, team.plan.contract, team.travel, team.plan)
    page = roster_page(team.instance, team.travel, team.plan, report, team.names)
    part = page[page.index('id="ledger"') : page.index('id="legend"')]
    rows = ledger_rows(Words(team.instance), ledger(team.instance, team.plan))
    assert set(re.findall(r'data-n="(N\d)"', part)) == set(rows)
    nights = next(row for row in rows["N1"] if row.key == "nights")
    assert nights.brought == "20"
    line = next(line for line in part.split('<tr class="nurse"') if 'data-n="N1"' in line)
    cells = "".join(f'<td class="n{more}">{value}</td>' for more, value in (
        (" gap", nights.brought), ("", nights.planned), ("", nights.share), (" strong", nights.balance)))  # fmt: skip
    assert cells in line
    assert "1 / 2" in page[page.index('id="base"') :]
    panel = page[page.index('id="n-N1"') : page.index('id="n-N1"') + 6000]
    assert "Neemt mee" in panel


def test_a_page_without_counters_has_no_ledger(team: Any) -> None:
    """A week without counters says nothing of a year."""
    bare = team.instance.model_copy(update={"counters": (), "duties_given": ()})
    report = check(bare, team.plan.contract, team.travel, team.plan)
    page = roster_page(bare, team.travel, team.plan, report, team.names)
    assert 'id="ledger"' not in page
    assert 'id="base"' not in page
    assert card(bare, team.travel, team.plan, "N4", MONDAY, team.names).ledger == ()
