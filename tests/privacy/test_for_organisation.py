"""A plan as one organisation sees it: all of its own, what care asks of others, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from optimiser.check.checker import check
from optimiser.domain.duty import Override
from optimiser.domain.events import Absent, Accepted, Agreed, Cancelled, Event, Held, Referral, SlowTravel
from optimiser.domain.instance import Instance
from optimiser.domain.people import Availability, Client, Wish
from optimiser.domain.place import Place
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import PRESETS
from optimiser.domain.work import Order
from optimiser.errors import InputError
from optimiser.report.for_organisation import Seen, seen_by
from optimiser.report.for_organisation_guests import NOT_TOLD
from optimiser.report.for_organisation_names import names_for
from optimiser.report.for_organisation_report import report_for
from optimiser.report.kpis import summary

OWN, OTHER = "aafje", "laurens"


def of(instance: Instance, organisation: str) -> tuple[set[str], set[str]]:
    """Nurses and clients of an organisation."""
    return (
        {each.id for each in instance.nurses if each.organisation == organisation},
        {each.id for each in instance.clients if each.organisation == organisation},
    )


def found_in(ids: Iterable[str], written: str) -> set[str]:
    """Which of the ids stand in a text as a word."""
    words = set(re.findall(r"[A-Za-z0-9_.\-]+", written))
    return {each for each in ids if each in words}


def written(seen: Seen) -> str:
    """All that is in it."""
    parts = [seen.instance.model_dump_json(), seen.plan.model_dump_json(), repr(seen.travel.places)]
    return " ".join([*parts, seen.before.model_dump_json() if seen.before else ""])


@pytest.fixture(scope="module")
def seen(team: Any) -> Seen:
    """The small team as Aafje sees it, under the contract joint."""
    return seen_by(team.instance, team.travel, team.plan, OWN)


def visits_of(instance: Instance, duties: Iterable[Duty]) -> dict[str, str]:
    """Visit -> client."""
    return {
        stop.id: instance.visit_by_id[stop.id].client
        for duty in duties for stop in duty.stops if stop.what == "visit"
    }  # fmt: skip


def test_own_duties_are_whole_and_own_clients_all_there(team: Any, seen: Seen) -> None:
    """Nothing of one's own is lost: duties with every stop, clients, visits, wishes and leave."""
    nurses, clients = of(team.instance, OWN)
    assert set(seen.nurses) == nurses
    assert [each for each in seen.plan.duties if each.nurse in nurses] == sorted(
        (each for each in team.plan.duties if each.nurse in nurses), key=lambda each: (each.start, each.id)
    )
    for name in ("wishes", "availability", "counters"):
        mine = tuple(each for each in getattr(team.instance, name) if each.nurse in nurses)
        assert getattr(seen.instance, name) == mine
    assert {each.id for each in seen.instance.visits if each.client in clients} == {
        each.id for each in team.instance.visits if each.client in clients
    }


def test_who_serves_own_clients_is_seen_and_when(team: Any, seen: Seen) -> None:
    """Each visit to an own client has its nurse and its minutes, by whomever it is done."""
    _, clients = of(team.instance, OWN)

    def done(instance: Instance, plan: Plan) -> set[tuple[str, str, int, int, int]]:
        return {
            (duty.nurse, stop.id, stop.part, stop.start, stop.end)
            for duty in plan.duties for stop in duty.stops
            if stop.what == "visit" and instance.visit_by_id[stop.id].client in clients
        }  # fmt: skip

    assert done(seen.instance, seen.plan) == done(team.instance, team.plan)
    assert {each.organisation for each in seen.guests} == {OTHER}


def test_of_others_only_whom_care_asks(team: Any, seen: Seen) -> None:
    """Their clients: those whom own nurses serve, and these visits alone. Their nurses: an id, no home, no hours."""
    nurses, clients = of(team.instance, OTHER)
    own_duties = [each for each in team.plan.duties if each.nurse in of(team.instance, OWN)[0]]
    served = {visit: client for visit, client in visits_of(team.instance, own_duties).items() if client in clients}
    assert served, "the small team shares care"
    theirs = {each.id for each in seen.instance.clients if each.organisation == OTHER}
    assert theirs == set(served.values()) and theirs < clients
    assert {each.id for each in seen.instance.visits if each.client in clients} == set(served)
    text = written(seen)
    assert not found_in(clients - theirs, text)
    homes = {each.home for each in team.instance.nurses if each.id in nurses}
    places = {each.place for each in team.instance.clients if each.id in clients - theirs}
    assert not found_in(homes | places, text)
    for guest in seen.guests:
        original = team.instance.nurse_by_id[guest.id]
        assert (guest.contract_minutes, guest.born, guest.sex) == (0, NOT_TOLD, None)
        assert original.born.isoformat() not in text
    hidden = nurses - {each.id for each in seen.guests}
    assert not found_in(hidden, text)


def test_a_colleague_has_no_duty_and_no_way_of_her_own(team: Any, seen: Seen) -> None:
    """One duty for each stop that is seen, as long as the stop; nothing lies between them, and no travel is told."""
    guests = {each.id for each in seen.guests}
    cut = [each for each in seen.plan.duties if each.nurse in guests and each.stops]
    assert all((len(each.stops), each.start, each.end) == (1, each.stops[0].start, each.stops[0].end) for each in cut)
    assert len({each.id for each in seen.plan.duties}) == len(seen.plan.duties)
    last = len(seen.travel.places) - 1
    assert all(not table[last].any() and not table[:, last].any() for table in seen.travel.minutes.values())
    figures = summary(seen.instance, seen.travel, seen.plan, report_for(team.report, team.instance, seen))
    own = [each for each in team.plan.duties if each.nurse not in guests and each.nurse in seen.nurses]
    alone = summary(
        team.instance, team.travel, team.plan.model_copy(update={"duties": tuple(own)}),
        check(team.instance, team.plan.contract, team.travel, team.plan),
    )  # fmt: skip
    assert figures["travel_minutes"] == alone["travel_minutes"]
    assert figures["waiting_hours"] == alone["waiting_hours"]


def test_other_peoples_wishes_leave_and_balances_are_not_there(team: Any, seen: Seen) -> None:
    """Not a row of these tables is about somebody else."""
    for name in ("wishes", "availability", "counters", "context", "duties_given"):
        assert {each.nurse for each in getattr(seen.instance, name)} <= set(seen.nurses)
    assert {each.organisation for each in seen.instance.cover} <= {OWN}
    assert seen.instance.contracts == () and seen.plan.objective is None and seen.plan.phases == ()


def test_on_call_for_own_clients_is_seen_where_cover_is_pooled(team: Any) -> None:
    """Laurens has a night row of its own that Aafje's nurse fills: under joint she is seen, under a contract with own
    cover she is not. Her other duties are not seen in either."""
    row = team.instance.cover[1].model_copy(update={"id": "nacht-laurens", "organisation": OTHER})
    instance = team.instance.model_copy(update={"cover": (*team.instance.cover, row)})
    night = {each.id for each in team.plan.duties if each.nurse == "N4" and each.lane == "standby"}
    joint = seen_by(instance, team.travel, team.plan, OTHER)
    assert night <= {each.id for each in joint.plan.duties}
    assert {each.nurse for each in joint.instance.nurse_skills} >= {"N4"}
    apart = team.plan.model_copy(update={"contract": PRESETS["visits"]})
    assert not night & {each.id for each in seen_by(instance, team.travel, apart, OTHER).plan.duties}


def test_an_own_student_keeps_her_companion(team: Any) -> None:
    """N6 of Laurens follows N1; were N1 of Aafje, Laurens sees that duty whole, since its student goes along."""
    nurses = tuple(
        each.model_copy(update={"organisation": OWN}) if each.id == "N1" else each for each in team.instance.nurses
    )
    instance = team.instance.model_copy(update={"nurses": nurses})
    seen = seen_by(instance, team.travel, team.plan, OTHER)
    student = next(each for each in seen.plan.duties if each.nurse == "N6")
    companion = next(each for each in seen.plan.duties if each.nurse == "N1" and each.day == student.day)
    assert student.follows == "N1" and len(companion.stops) > 1
    assert {visits_of(instance, [companion])[each.id] for each in companion.stops if each.what == "visit"} <= {
        each.id for each in seen.instance.clients
    }
    other = [each for each in seen.plan.duties if each.nurse == "N1" and each.day != student.day]
    assert all(len(each.stops) <= 1 for each in other)


def test_a_finding_names_nobody_else(team: Any, seen: Seen) -> None:
    """Every sentence of the report is about own people or work; what others lack stays with them."""
    text = " ".join(
        each.sentence("nl") + each.rule_id
        for findings in (lambda report: (report.violations, report.signals, report.inherited))(
            report_for(team.report, team.instance, seen)
        )
        for each in findings
    )
    nurses, clients = of(team.instance, OTHER)
    assert text and not found_in(nurses - {each.id for each in seen.guests}, text)
    assert not found_in(clients - {each.id for each in seen.instance.clients}, text)
    cut = report_for(team.report, team.instance, seen)
    assert {row for each in cut.shortfalls for row in each.rows} <= {each.id for each in seen.instance.cover}
    assert cut.counts["travel"] == 0 and set(cut.counts) == set(team.report.counts)
    own = report_for(team.report, team.instance, seen_by(team.instance, team.travel, team.plan, OTHER))
    levels = [name for name in cut.counts if name.startswith("unserved")]
    assert sum(cut.counts[name] + own.counts[name] for name in levels) == sum(
        team.report.counts[name] for name in levels
    )


def test_names_are_of_own_people_and_of_those_who_must_be_reached(team: Any, seen: Seen) -> None:
    """A colleague is called by organisation and id; others' clients have a name on cards only."""
    names = team.names | {each.id: type(team.names["N1"])(each.id, f"Naam {each.id}", phone="06") for each in
                          team.instance.nurses}  # fmt: skip
    page, card = names_for(names, seen), names_for(names, seen, cards=True)
    own_nurses, own_clients = of(team.instance, OWN)
    assert own_nurses | own_clients <= set(page)
    met = {each.id for each in seen.instance.clients if each.organisation == OTHER}
    assert not met & set(page) and met <= set(card)
    guest = seen.guests[0]
    assert page[guest.id].name == f"{guest.id}, collega van Laurens"
    everyone = {each.id for each in (*seen.instance.nurses, *seen.instance.clients)}
    assert set(card) <= everyone
    pairs = {
        each.nurse for each in seen.plan.duties for stop in each.stops
        if each.nurse not in own_nurses and any(
            stop.id == other.id for mine in seen.plan.duties if mine.nurse in own_nurses for other in mine.stops)
    }  # fmt: skip
    assert {each.id for each in seen.guests if page[each.id].phone} == pairs


def test_what_happened_to_others_is_not_told(team: Any) -> None:
    """Events of own people stay, of mixed ones the own part without the reason; others' are gone."""
    day, visit = team.instance.first_monday, {each.client: each.id for each in team.instance.visits}
    order = Order(id="O-new", client="C-new", acts=("wondzorg",), rhythm="daily", windows=((480, 600),), first=day)
    theirs = Referral(order=order, client=Client(id="C-new", organisation=OTHER, place="P-new"),
                      place=Place(id="P-new", kind="client", latitude=51.9, longitude=4.4))  # fmt: skip
    events: tuple[Event, ...] = (
        Absent(at=0, nurse="N1", first=day, last=day, reason="geheim"),
        Absent(at=0, nurse="N2", first=day, last=day, reason="griep"),
        Held(at=0, nurse="N3", id="late-N3-1", day=day, start=500, minutes=20, reason="geheim"),
        SlowTravel(at=0, day=day, under_way=("N1", "N2"), percent=150, reason="geheim"),
        Cancelled(at=0, visits=(visit["C1"],), reason="geheim"),
        Accepted(at=0, referral=theirs, reason="geheim"),
        Agreed(at=0, gone=(("N1", day, "dag"),), new=(("N2", day, "dag"),), reason="geheim"),
        Agreed(at=0, gone=(("N1", day, "dag"),), new=(("N3", day, "dag"),), reason="geheim"),
    )
    rules = (Override(rule="livable.long_row", nurse="N1", first=day, last=day, reason="geheim"),
             Override(rule="livable.long_row", first=day, last=day, reason="geheim"))  # fmt: skip
    plan = team.plan.model_copy(update={"events": events, "overrides": rules})
    seen = seen_by(team.instance, team.travel, plan, OWN)
    assert "geheim" not in seen.plan.model_dump_json()
    kinds = [each.what for each in seen.plan.events]
    assert kinds.count("absent") == 1 and "held" not in kinds and "accepted" not in kinds
    assert kinds.count("agreed") == 1 and seen.plan.events[-1].gone == ()
    assert [each.nurse for each in seen.plan.overrides] == [None]


def test_a_told_plan_is_cut_like_the_new_one(team: Any) -> None:
    """A client of others whom an own nurse served before is still known, so that her card can say that the visit
    went; nobody else comes along."""
    nurse = next(each for each in team.plan.duties if each.nurse == "N2" and each.stops)
    without = tuple(each for each in team.plan.duties if each.id != nurse.id)
    later = team.plan.model_copy(update={"duties": without})
    seen = seen_by(team.instance, team.travel, later, OWN, before=team.plan)
    assert seen.before is not None and nurse in seen.before.duties
    assert set(visits_of(team.instance, [nurse]).values()) <= {each.id for each in seen.instance.clients}
    _, clients = of(team.instance, OTHER)
    assert not found_in(clients - {each.id for each in seen.instance.clients}, written(seen))


def test_under_single_nothing_of_others_is_there(team: Any) -> None:
    """Where nothing is shared no colleague, client, place or name of others is in it."""
    nurses, clients = of(team.instance, OWN)
    owner = {each.id: each.client for each in team.instance.visits}
    duties = tuple(
        duty.model_copy(update={"routes": tuple(
            route.model_copy(update={"stops": tuple(
                stop for stop in route.stops
                if stop.what != "visit" or (owner[stop.id] in clients) == (duty.nurse in nurses))})
            for route in duty.routes)})
        for duty in team.plan.duties
    )  # fmt: skip
    plan = team.plan.model_copy(update={"contract": PRESETS["single"], "duties": duties})
    seen = seen_by(team.instance, team.travel, plan, OWN)
    assert seen.guests == () and [each.id for each in seen.instance.organisations] == [OWN]
    nurses, clients = of(team.instance, OTHER)
    assert not found_in(nurses | clients, written(seen))
    assert "Laurens" not in written(seen)
    assert not found_in(nurses | clients, " ".join(names_for(team.names, seen, cards=True)))


def test_another_name_is_refused(team: Any) -> None:
    """With the names that there are."""
    with pytest.raises(InputError, match="aafje, laurens"):
        seen_by(team.instance, team.travel, team.plan, "nobody")


def test_wishes_of_a_guest_do_not_come_along(team: Any) -> None:
    """Not by a row that was added for her either: a guest has no row but her own in nurses, and skills on call."""
    day = team.instance.first_monday + timedelta(days=1)
    ill = Availability(nurse="N1", kind="sick", first=day, last=day, minutes_per_day=60)
    rows = {"wishes": (Wish(nurse="N1", day=day, wish="free"),), "availability": (ill,)}
    seen = seen_by(team.instance.model_copy(update=rows), team.travel, team.plan, OWN)
    assert "N1" in {each.id for each in seen.guests}
    assert "sick" not in written(seen)
    assert "N1" not in {each.nurse for each in seen.instance.wishes}
