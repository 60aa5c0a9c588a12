"""What changes for one nurse: her own figures, days and clients, counted by hand on the small team."""

from __future__ import annotations

import runpy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from optimiser.domain.people import ClientNurse
from optimiser.domain.plan import Route
from optimiser.report.own_changes import FIGURES, FROM_ROUTES, own_changes

SMALL_TEAM = Path(__file__).parents[1] / "maps" / "small_team.py"


@pytest.fixture(scope="module")
def team() -> Any:
    """The small team."""
    return runpy.run_path(str(SMALL_TEAM), run_name="small_team")["small_team"]()


def swapped(team: Any) -> Any:
    """The plan in which N1 and N3 change duties on Monday: both have a day duty of the same time then."""
    routes = {duty.nurse: duty.routes for duty in team.plan.duties if duty.day == team.instance.first_monday}
    turned = {"N1": "N3", "N3": "N1"}
    duties = tuple(
        duty.model_copy(update={"routes": routes[turned[duty.nurse]]})
        if duty.nurse in turned and duty.day == team.instance.first_monday
        else duty
        for duty in team.plan.duties
    )
    return team.plan.model_copy(update={"duties": duties})


def test_figures_by_hand(team: Any) -> None:
    """N4 works Tuesday evening, Wednesday mid, Friday day, Saturday evening, Sunday day, and is on call in the nights
    of Monday and Wednesday: 7 duties, 2 evenings, 2 nights, 1 weekend (Saturday and Sunday are one).

    Hours: evening 16:00 to 23:00 less 30 minutes = 6.5, twice; mid 10:30 to 18:30 less 30 = 7.5; day 7:30 to 16:00 less
    30 = 8, twice; nights without calls 0: 13 + 7.5 + 16 = 36.5 hours = 2190 minutes.
    Contract 1680 minutes less training 480 = 1200; her balance of 360 over 13 weeks takes off 27: 1173.
    """
    found = own_changes(team.instance, team.travel, team.plan, team.plan, "N4").before
    assert (found["duties"], found["evenings"], found["nights"], found["weekends"]) == (7, 2, 2, 1)
    assert (found["planned"], found["target"]) == (2190, 1173)
    assert set(found) == set(FIGURES)


def test_nothing_changes_between_a_plan_and_itself(team: Any) -> None:
    """Every figure is the same, no day is marked, all clients stay."""
    for nurse in team.instance.nurses:
        found = own_changes(team.instance, team.travel, team.plan, team.plan, nurse.id)
        assert found.before == found.after and not found.gained and not found.lost
        assert not any(day.changed for day in found.days) and len(found.days) == 7


def test_clients_of_a_swapped_route_come_and_go(team: Any) -> None:
    """N1's clients of Monday, and of no other day, go to N3 and the other way round; the duties stay as they are."""
    after = swapped(team)

    def clients(plan: Any, nurse: str) -> set[str]:
        return {team.instance.visit_by_id[stop.id].client for duty in plan.duties_of[nurse] for stop in duty.stops
                if stop.what == "visit"}  # fmt: skip

    for nurse in ("N1", "N3"):
        found = own_changes(team.instance, team.travel, team.plan, after, nurse)
        had, has = clients(team.plan, nurse), clients(after, nurse)
        assert {each.client for each in found.gained} == has - had
        assert {each.client for each in found.lost} == had - has
        assert {each.client for each in found.kept} == had & has
        assert had != has and not any(day.changed for day in found.days)
    assert own_changes(team.instance, team.travel, team.plan, after, "N2").before == own_changes(
        team.instance, team.travel, team.plan, after, "N2"
    ).after


def test_another_organisations_clients_are_told(team: Any) -> None:
    """N1 works for Laurens; clients with an odd number are of Laurens, even ones of Aafje."""
    found = own_changes(team.instance, team.travel, team.plan, team.plan, "N1")
    for each in found.clients:
        assert each.other == ("" if int(each.client[1:]) % 2 else "Aafje")
    assert found.before["others_visits"] == sum(each.before for each in found.clients if each.other)


def test_a_face_that_is_banned_is_no_known_face(team: Any) -> None:
    """Of two of her clients one knows N1, the other has banned her."""
    clients = own_changes(team.instance, team.travel, team.plan, team.plan, "N1").clients
    one, other = clients[0].client, clients[1].client
    rows = (
        ClientNurse(client=one, nurse="N1", relation="known"),
        ClientNurse(client=other, nurse="N1", relation="banned"),
    )
    instance = team.instance.model_copy(update={"client_nurses": rows})
    found = own_changes(instance, team.travel, team.plan, team.plan, "N1")
    assert [each.client for each in found.clients if each.known] == [one]


def test_a_duty_that_moves_marks_its_day(team: Any) -> None:
    """Another time, or no duty any more, is a change of that day only."""
    monday = team.instance.first_monday
    first = next(duty for duty in team.plan.duties_of["N2"] if duty.day == monday)
    rest = tuple(duty for duty in team.plan.duties if duty is not first)
    for duties in (rest, (first.model_copy(update={"end": first.end - 30, "routes": (Route(),)}), *rest)):
        after = team.plan.model_copy(update={"duties": duties})
        found = own_changes(team.instance, team.travel, team.plan, after, "N2")
        assert [day.day for day in found.days if day.changed] == [monday]
        assert found.days[1].day == monday + timedelta(days=1)


def test_a_student_has_duties_and_no_clients(team: Any) -> None:
    """N6 follows N1 on Monday: a duty, no client of her own."""
    found = own_changes(team.instance, team.travel, team.plan, team.plan, "N6")
    assert found.student and found.before["duties"] == 1 and found.clients == ()


def test_a_roster_without_routes_knows_no_clients(team: Any) -> None:
    """An imported roster has duties; what only routes tell is not known, and not nought."""
    bare = team.plan.model_copy(update={"with_routes": False})
    found = own_changes(team.instance, team.travel, bare, team.plan, "N1")
    assert all(found.before[name] is None for name in FROM_ROUTES) and found.after["visits"]


def test_plans_are_called_by_their_contracts_unless_named(team: Any) -> None:
    """The roster as it is has the contract it is judged by, and another name."""
    found = own_changes(team.instance, team.travel, team.plan, team.plan, "N1", was="current")
    assert (found.was, found.will) == ("current", team.plan.contract.name)


def test_a_nurse_who_is_not_there_is_refused(team: Any) -> None:
    """Her id must be one of the instance."""
    with pytest.raises(KeyError):
        own_changes(team.instance, team.travel, team.plan, team.plan, "N99")
