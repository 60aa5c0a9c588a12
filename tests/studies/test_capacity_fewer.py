"""Fewer clients, fewer hours, fewer nurses: instances that hold together, in orders that can be told beforehand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from instances.catalogue import locate
from instances.expand import expanded
from instances.read import read_instance
from instances.write import write_instance
from optimiser.domain.instance import Instance
from optimiser.domain.people import NurseSkill
from optimiser.studies.capacity_fewer import leaving, with_hours, without_clients, without_nurses


@pytest.fixture(scope="module")
def rijnmond() -> Instance:
    """The stored week of VTT Rijnmond."""
    return read_instance(locate("vtt_rijnmond"))


def test_without_clients_their_work_is_gone(six: Instance, tmp_path: Any) -> None:
    """Visits and ties are those the tables expand to; d5's pump takes the pharmacy with it, d1's feeding its link."""
    made = without_clients(six, ["d5", "d1"])
    assert {each.id for each in six.clients} - {each.id for each in made.clients} == {"d1", "d5"}
    assert {each.id for each in six.tasks} - {each.id for each in made.tasks} == {"t-apotheek"}
    assert made.links == ()
    anew = expanded(made)
    assert (anew.visits, anew.work_links) == (made.visits, made.work_links)
    write_instance(made, tmp_path / "fewer")
    assert read_instance(tmp_path / "fewer").fingerprint == made.fingerprint


def test_hours_of_all_but_students(rijnmond: Instance) -> None:
    """90 percent of each contract to the minute, leave as it was."""
    made = with_hours(rijnmond, 90)
    for before, after in zip(rijnmond.nurses, made.nurses, strict=True):
        kept = before.experience == "student"
        assert after.contract_minutes == (before.contract_minutes if kept else round(0.9 * before.contract_minutes))
    assert made.availability == rijnmond.availability
    assert made.fingerprint != rijnmond.fingerprint


def test_without_nurses_the_tables_can_be_read(rijnmond: Instance, tmp_path: Any) -> None:
    """Nothing names who is gone."""
    gone = leaving(rijnmond)[:3]
    assert len(gone) == 3
    made = without_nurses(rijnmond, gone)
    write_instance(made, tmp_path / "fewer")
    assert read_instance(tmp_path / "fewer").fingerprint == made.fingerprint
    assert not set(gone) & {each.id for each in made.nurses}


def team(rooms: Callable[..., Any]) -> Any:
    """Organisation a: N1 to N4 of 10 hours, all with iv; picc by N1, N2 and N3, wound by N4, N1 and N2."""
    room = rooms()
    for number in range(1, 5):
        room.nurse(f"N{number}", contract_minutes=600)
    skills = {"iv": "1234", "picc": "123", "wound": "124"}
    for skill, holders in skills.items():
        room.add("nurse_skills", *(NurseSkill(nurse=f"N{each}", skill=skill) for each in holders))
    for skill, minutes in (("iv", 30), ("picc", 60), ("wound", 30)):
        room.visit(f"v-{skill}", 0, "09:00", "12:00", minutes, skills=(skill,))
    return room


def test_who_is_needed_least_leaves_first(room: Callable[..., Any]) -> None:
    """Need by minute of contract: N4 has iv 30/4 and wound 30/3, 17.5; N3 iv 30/4 and picc 60/3, 27.5; N1 and N2 37.5.
    N4 goes. Then wound has two holders and nobody who holds it may go; N3 has iv 30/3 and picc 20 and goes; N1 and N2
    are left as the two who hold picc and wound."""
    assert leaving(team(room).instance()) == ("N4", "N3")


def test_who_guides_a_student_stays(room: Callable[..., Any]) -> None:
    """N4 has a student: N3 goes in her place, and then nobody."""
    small = team(room).nurse("S", contract_minutes=600, experience="student", companion="N4")
    assert leaving(small.instance()) == ("N3",)


def test_a_skill_that_nobody_asks_keeps_nobody(room: Callable[..., Any]) -> None:
    """Without visits all may go but the last."""
    small = team(room)
    small.visits.clear()
    assert len(leaving(small.instance())) == 3


def test_organisations_lose_by_turns(rijnmond: Instance) -> None:
    """After each step the shares of contract hours that are gone differ by less than a full-time contract."""
    contracts = {each.id: 0 for each in rijnmond.organisations}
    for nurse in rijnmond.nurses:
        if nurse.experience == "experienced":
            contracts[nurse.organisation] += nurse.contract_minutes
    lost = dict.fromkeys(contracts, 0)
    for name in leaving(rijnmond)[:4]:
        nurse = rijnmond.nurse_by_id[name]
        lost[nurse.organisation] += nurse.contract_minutes
        shares = [lost[each] / contracts[each] for each in contracts]
        assert max(shares) - min(shares) < 36 * 60 / min(contracts.values())
