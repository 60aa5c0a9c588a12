"""Offers in rooms small enough to solve by hand: when, by whom, what it takes, what it pushes, and that it is lawful.

All places are one point: every trip by car takes 5 minutes (3 at the door, and the start). Visits take 30 minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from instances.events import with_events
from instances.expand import expanded
from optimiser.check.checker import check
from optimiser.daily.offer import estimates_of, offer
from optimiser.daily.offer_candidates import Valued, candidates, promising
from optimiser.daily.offer_insert import few_faces, inserted, preferring
from optimiser.daily.offer_made import touched_days
from optimiser.daily.offer_nouns import Offer, OfferSettings
from optimiser.daily.offer_words import offer_json, offer_rows, offer_sentences
from optimiser.domain.events import Accepted, Referral
from optimiser.domain.instance import Instance
from optimiser.domain.people import Client
from optimiser.domain.place import Place
from optimiser.domain.plan import Plan
from optimiser.domain.work import Act, EditedVisit, Order
from optimiser.errors import InputError
from optimiser.planning import prepare
from optimiser.travel.engine import travel_matrix

Rooms = Callable[..., Any]
QUICK = OfferSettings(iterations=60, lead_minutes=0)
ACTS = (
    Act(id="wash", name="Wash", minutes=30, reserved=False),
    Act(id="lift", name="Lift", minutes=30, reserved=False, nurses=2),
)


@pytest.fixture
def team(room: Rooms) -> Any:
    """Short days from 08:00 with a route and no break; client C is known."""
    made = room(reporting_minutes=0, handover_minutes=0)
    made.kind("D", "08:00", "12:00", carries_route=True).kind("K", "08:00", "09:10", carries_route=True)
    made.kind("S", "08:00", "08:40", carries_route=True)
    return made.client("C")


def visit(team: Any, name: str, day: int, low: int, high: int, **fields: Any) -> None:
    """A visit by itself to a client of its own; clock hours in minutes."""
    team.client(f"C-{name}").add("edited_visits", EditedVisit(
        id=name, client=f"C-{name}", acts=("wash",), day=team.day(day), from_time=low, until_time=high, **fields
    ))  # fmt: skip


def tables(team: Any) -> Instance:
    """The instance with its visits."""
    return expanded(team.instance().model_copy(update={"acts": ACTS}))


def told(team: Any) -> Plan:
    """The plan as it was published."""
    duties = tuple(duty.model_copy(update={"status": "published"}) for duty in team.duties)
    instance = tables(team)
    return team.plan().model_copy(
        update={"published": datetime(2026, 11, 1, 9), "fingerprint": instance.fingerprint, "duties": duties}
    )


def wanted(team: Any, first: int, last: int, low: str = "09:00", high: str = "11:00", **fields: Any) -> Referral:
    """A daily order for client C, all conditions met on its first day."""
    windows = ((60 * int(low[:2]) + int(low[3:]), 60 * int(high[:2]) + int(high[3:])),)
    about = {name: fields.pop(name) for name in ("times", "latest_start") if name in fields}
    met = dict.fromkeys(("handover_received", "material_at_home", "medically_ready"), team.day(first))
    defaults: dict[str, Any] = {"acts": ("wash",), "rhythm": "daily", "windows": windows}
    order = Order(id="O", client="C", first=team.day(first), last=team.day(last), **{**defaults, **fields})
    return Referral(order=order, **met, **about)


def ask(team: Any, referral: Referral, settings: OfferSettings = QUICK) -> Offer:
    """The offer at the very start of the week."""
    return offer(tables(team), told(team), referral, 0, with_events, settings)


def clean(team: Any, answer: Offer, number: int = 1) -> bool:
    """Whether the checker finds nothing in the plan of a start, against the published one."""
    plan = answer.accepted(number).plan
    world = with_events(tables(team), plan.events)
    return not check(world, plan.contract, travel_matrix(world), plan, told(team)).violations


def test_the_whole_order_from_the_earliest_day(team: Any) -> None:
    """Two days, an empty duty on each: 2 of 2 by one nurse for two home legs of 5 minutes a day, 10 by visit.

    A start a day later has one visit for 10 as well, so the earlier one is first."""
    for day in (1, 2):
        team.duty("N1", "D", day)
    answer = ask(team, wanted(team, 1, 2))
    best = answer.starts[0]
    assert (answer.possible, answer.considered, best.first) == (True, 2, team.day(1))
    assert (best.served, len(best.visits), best.faces) == (2, 2, {"N1": 2})
    assert (best.extra.home_legs, best.extra.travel, best.extra.paid, best.extra.overtime) == (20, 0, 0, 0)
    assert (best.extra.waiting_used, best.price_per_visit) == (60, 10)
    assert best.hanging == 2
    assert best.least_idle == 240 - 30
    assert clean(team, answer) and clean(team, answer, 2)


def test_a_visit_that_is_pushed_is_named(team: Any) -> None:
    """70 minutes hold both only when the new visit (until 08:40) goes first: the other moves from 08:00 to 08:35."""
    visit(team, "X", 1, 480, 550)
    team.duty("N1", "K", 1, team.stop("X", 1, "08:00"))
    answer = ask(team, wanted(team, 1, 1, "08:00", "08:40"))
    best = answer.starts[0]
    assert best.whole
    assert [change.work for change in best.pushed] == ["X"]
    # travel 5, no other home leg, one changed visit of 15
    assert best.extra.travel == 5
    assert best.extra.price == 5 + tables(team).weights.changed_visit
    assert clean(team, answer)
    assert "X" in " ".join(offer_sentences(answer, "en"))


def test_no_room_names_the_day(team: Any) -> None:
    """Forty minutes hold one visit, and the one that is there comes first."""
    visit(team, "X", 2, 480, 520, priority="high")
    team.duty("N1", "D", 1).duty("N1", "S", 2, team.stop("X", 2, "08:00"))
    answer = ask(team, wanted(team, 1, 2, "08:00", "08:40"))
    assert not answer.possible
    assert [refusal.key for refusal in answer.refusals] == ["no_room"]
    assert answer.refusals[0].days == (team.day(2),)
    # the start on day 1 alone cannot be: the order goes on
    assert answer.starts[0].served == 1
    with pytest.raises(InputError):
        answer.accepted(1)


def test_other_times_are_offered(team: Any) -> None:
    """Nobody works in the afternoon; the other window is in the morning."""
    team.duty("N1", "D", 1)
    answer = ask(team, wanted(team, 1, 1, "14:00", "16:00", times=((540, 660),)))
    assert answer.possible
    assert answer.starts[0].windows == ((540, 660),)
    assert answer.starts[0].event.referral.times == ()
    assert len(answer.starts) == 1


def test_nobody_on_duty_is_said(team: Any) -> None:
    """The only nurse works another day; a start without any visit is not listed."""
    team.duty("N1", "D", 3)
    answer = ask(team, wanted(team, 1, 1))
    assert answer.starts == ()
    keys = [refusal.key for refusal in answer.refusals]
    assert keys == ["nobody_on_duty"]


def test_two_nurses_come_together(team: Any) -> None:
    """A visit for two hangs on both of them."""
    team.duty("N1", "D", 1).duty("N2", "D", 1)
    answer = ask(team, wanted(team, 1, 1, acts=("lift",)))
    best = answer.starts[0]
    assert best.whole and best.faces == {"N1": 1, "N2": 1}
    assert (best.visits[0].present, best.hanging) == (2, 1)
    assert clean(team, answer)


def test_a_third_nurse_takes_the_risk_away(team: Any) -> None:
    """With another nurse on duty then, a visit hangs on nobody."""
    team.duty("N1", "D", 1).duty("N2", "D", 1)
    best = ask(team, wanted(team, 1, 1)).starts[0]
    assert (best.visits[0].able, best.visits[0].present, best.hanging) == (2, 2, 0)


def test_ranked_by_what_was_asked(team: Any) -> None:
    """The order of starts is: missing share, critical work opened, price by visit, date."""
    for day in (1, 2, 4):
        team.duty("N1", "D", day)
    answer = ask(team, wanted(team, 1, 4))
    assert [start.rank for start in answer.starts] == sorted(start.rank for start in answer.starts)
    # from day 3 on half is done, and from day 1 on three of four: nobody works on day 3
    assert answer.starts[0].first == team.day(4)
    assert answer.starts[0].whole


def test_a_new_client_and_a_sooner_start(team: Any) -> None:
    """A client who is in no table yet. Tuesday is an empty duty (10), on Wednesday X is near (5): from Wednesday 5 by
    visit, from Tuesday 15 / 2, so Wednesday is best and Tuesday is named as sooner."""
    visit(team, "X", 2, 480, 510)
    team.duty("N1", "D", 1).duty("N1", "D", 2, team.stop("X", 2, "08:00"))
    known = wanted(team, 1, 2, "08:00", "11:00")
    referral = known.model_copy(update={
        "order": known.order.model_copy(update={"client": "NEW"}),
        "client": Client(id="NEW", organisation="a", place="P-NEW"),
        "place": Place(id="P-NEW", kind="client", latitude=52.0, longitude=5.0),
    })  # fmt: skip
    answer = ask(team, referral)
    assert [(start.first, start.price_per_visit) for start in answer.starts] == [(team.day(2), 5), (team.day(1), 8)]
    assert any("Sooner" in line and "8 Dec 2026" in line for line in offer_sentences(answer, "en"))
    assert clean(team, answer) and clean(team, answer, 2)


def test_few_faces(team: Any) -> None:
    """N2 works both days, N1 and N3 one each: N2 comes twice, though others cost the same."""
    team.duty("N1", "D", 1).duty("N2", "D", 1).duty("N2", "D", 2).duty("N3", "D", 2)
    referral = wanted(team, 1, 2)
    world = with_events(tables(team), [Accepted(at=0, referral=referral)])
    problem = prepare(world, told(team).contract)
    visits = [visit for visit in world.visits if visit.order == "O"]
    assert few_faces(problem, told(team), visits, 0) == {"N2"}
    costs = preferring(problem, visits, {"N2"}).may_serve[problem.job_number[visits[0].id, 1]]
    assert costs.tolist() == [[10, 0, 10]]
    assert ask(team, referral).starts[0].faces == {"N2": 2}


def test_a_roster_without_routes_is_refused(team: Any) -> None:
    """An imported roster of duties holds no visits, so nobody can say what is free."""
    plan = told(team.duty("N1", "D", 1)).model_copy(update={"with_routes": False})
    answer = offer(tables(team), plan, wanted(team, 1, 1), 0, with_events, QUICK)
    assert [refusal.key for refusal in answer.refusals] == ["no_routes"]
    assert answer.refusals[0].sentence("en")


def test_what_is_too_soon_waits(team: Any) -> None:
    """Nothing changes within the lead time, and a first visit lies after it: at 06:00 with 4 hours lead, a visit until
    09:30 of that day can no longer be the first."""
    team.duty("N1", "D", 0).duty("N1", "D", 1)
    referral = wanted(team, 0, 1, "08:00", "09:30")
    answer = offer(tables(team), told(team), referral, 360, with_events, OfferSettings(iterations=60))
    assert [start.first for start in answer.starts] == [team.day(1)]


def test_the_pieces(team: Any) -> None:
    """Candidates with the same visits are one; the soonest is always tried; a night counts for the duty before."""
    team.duty("N1", "D", 1)
    referral = wanted(team, 0, 6, rhythm="days:tue+fri")
    found = candidates(tables(team), referral, with_events, team.day(0), 14, 0, 0)
    assert [len(each.visits) for each in found] == [2, 1]
    world = tables(team)
    assert touched_days(world, found[0].visits) == {1, 4}
    night = candidates(tables(team), wanted(team, 2, 2, "01:00", "03:00"), with_events, team.day(2), 1, 0, 0)
    assert touched_days(world, night[0].visits) == {1, 2}
    estimates = estimates_of(world, told(team), found, with_events, 0, 0)
    assert [estimates.of(visit).price for visit in found[0].visits] == [10, None]
    valued = [Valued(each, tuple(estimates.of(visit) for visit in each.visits)) for each in found]
    assert promising(valued, 1) == (valued[0],)
    assert promising([], 3) == () if not found else True
    problem = prepare(with_events(world, [Accepted(at=0, referral=found[0].referral)]), told(team).contract)
    assert sum(len(duty.stops) for duty in inserted(problem, told(team), found[0].visits, 0, ()).duties) == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_words_table_and_json(team: Any, language: Any) -> None:
    """Every start has a row and a sentence; the JSON holds the same figures."""
    team.duty("N1", "D", 1)
    answer = ask(team, wanted(team, 1, 1))
    rows = offer_rows(answer, language)
    assert len(rows) == 1 + len(answer.starts)
    assert all(len(row) == len(rows[0]) for row in rows)
    plain = offer_json(answer, tables(team).clock, language)
    assert plain["starts"][0]["extra_home_leg_min"] == 10
    assert plain["possible"] is True
    assert any("N1 1x" in line for line in offer_sentences(answer, language))
