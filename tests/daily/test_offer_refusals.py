"""Why care cannot begin: each reason in a room that has only that one, and what a condition does to the first visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from instances.events import with_events
from instances.expand import expanded
from optimiser.daily.offer import estimates_of, offer
from optimiser.daily.offer_candidates import candidates
from optimiser.daily.offer_nouns import CONDITIONS, Offer, OfferSettings
from optimiser.daily.offer_refusals import who_refusal
from optimiser.daily.offer_words import offer_sentences
from optimiser.domain.events import Referral
from optimiser.domain.instance import Instance
from optimiser.domain.people import ClientNurse, NurseSkill
from optimiser.domain.sharing import PRESETS
from optimiser.domain.work import Act, Order
from optimiser.errors import InputError

Rooms = Callable[..., Any]
QUICK = OfferSettings(iterations=40, lead_minutes=0)
DRIP = Act(id="drip", name="Drip", minutes=30, skills=("iv",), level=4)


@pytest.fixture
def team(room: Rooms) -> Any:
    """One nurse of organisation a with days of four hours on Tuesday and Wednesday; client C of a is known."""
    made = room(reporting_minutes=0, handover_minutes=0).kind("D", "08:00", "12:00", carries_route=True).client("C")
    return made.nurse("N1").duty("N1", "D", 1).duty("N1", "D", 2)


def tables(team: Any) -> Instance:
    """The instance with the act that needs a skill."""
    return expanded(team.instance().model_copy(update={"acts": (DRIP,)}))


def wanted(team: Any, first: int = 1, last: int | None = 2, **fields: Any) -> Referral:
    """A drip a day, all conditions met on Monday."""
    met = {name: fields.pop(name, team.day(0)) for name in CONDITIONS}
    latest = fields.pop("latest_start", None)
    order = Order(id="O", client="C", acts=("drip",), rhythm="daily", first=team.day(first),
                  windows=fields.pop("windows", ((540, 660),)),
                  last=None if last is None else team.day(last), order_form_from=fields.pop("form_from", team.day(-9)),
                  **fields)  # fmt: skip
    return Referral(order=order, latest_start=latest, **met)


def ask(team: Any, referral: Referral, at: int = 0) -> Offer:
    """The offer beside the duties as they are."""
    plan = team.plan().model_copy(update={"contract": team.contract})
    return offer(tables(team), plan, referral, at, with_events, QUICK)


def skilled(team: Any, nurse: str = "N1", until: date | None = None) -> Any:
    """The nurse holds the skill."""
    return team.add("nurse_skills", NurseSkill(nurse=nurse, skill="iv", valid_until=until))


def said(answer: Offer) -> list[str]:
    """The reasons, each of which has words in both languages."""
    assert all(refusal.sentence("nl") and refusal.sentence("en") for refusal in answer.refusals)
    assert not answer.possible
    return [refusal.key for refusal in answer.refusals]


def test_nobody_has_the_skill(team: Any) -> None:
    """The nearest is who lacks only that skill."""
    answer = ask(team, wanted(team))
    assert said(answer) == ["skill_lacking"]
    assert answer.refusals[0].values == {"nurse": "N1", "skills": "iv"}
    assert answer.refusals[0].days == (team.day(1), team.day(2))


def test_a_proof_that_ends(team: Any) -> None:
    """Valid until Monday: the nearest, with the date, before a colleague who never had it."""
    answer = ask(skilled(team.nurse("N0"), until=team.day(0)), wanted(team))
    assert said(answer) == ["skill_ended"]
    assert answer.refusals[0].values == {"nurse": "N1", "skills": "iv", "until": f"day:{team.day(0)}"}
    assert "7 dec 2026" in answer.refusals[0].sentence("nl")


def test_a_proof_that_ends_on_the_way(team: Any) -> None:
    """Valid until Tuesday: Tuesday is done, Wednesday is refused by name of the skill."""
    answer = ask(skilled(team, until=team.day(1)), wanted(team))
    assert said(answer) == ["skill_ended"]
    assert answer.refusals[0].days == (team.day(2),)


def test_the_sharing_contract(team: Any) -> None:
    """The one who can is of the other organisation."""
    team.nurse("N2", organisation="b").duty("N2", "D", 1).contract = PRESETS["single"]
    answer = ask(skilled(team, "N2"), wanted(team, 1, 1))
    assert said(answer) == ["sharing"]
    assert answer.refusals[0].values == {"contract": "single", "count": 1}
    team.contract = PRESETS["joint"]
    assert ask(team, wanted(team, 1, 1)).possible


@pytest.mark.parametrize(
    ("person", "client", "key"),
    [
        ({"level": 3}, {}, "person.level"),
        ({"sex": "m"}, {"sex_wish": "f"}, "person.sex"),
        ({}, {"language_wish": "fr"}, "person.language"),
        ({"experience": "new"}, {}, "person.experience"),
    ],
)
def test_what_a_person_lacks(room: Rooms, person: Any, client: Any, key: str) -> None:
    """One nurse with the skill who fails on one thing."""
    made = room(reporting_minutes=0, handover_minutes=0).kind("D", "08:00", "12:00", carries_route=True)
    team = skilled(made.client("C", **client).nurse("N1", **person).duty("N1", "D", 1))
    assert said(ask(team, wanted(team, 1, 1))) == [key]


def test_a_nurse_who_may_not_be_sent(team: Any) -> None:
    """Banned by the client."""
    team.add("client_nurses", ClientNurse(client="C", nurse="N1", relation="banned"))
    assert said(ask(skilled(team), wanted(team))) == ["person.banned"]


def test_the_order_form(team: Any) -> None:
    """It ended before the start; or it holds on Tuesday only, so that Wednesday cannot be."""
    skilled(team)
    assert said(ask(team, wanted(team, order_form_until=team.day(0)))) == ["form_ended"]
    answer = ask(team, wanted(team, order_form_until=team.day(1)))
    assert said(answer) == ["order_form"]
    assert answer.refusals[0].days == (team.day(2),)
    late = wanted(team, form_from=team.day(2), latest_start=team.day(1))
    assert said(ask(team, late)) == ["form_late"]


def test_conditions_that_come_too_late(team: Any) -> None:
    """Material on Wednesday, care by Tuesday: no, and the condition is named."""
    answer = ask(skilled(team), wanted(team, material_at_home=team.day(2), latest_start=team.day(1)))
    assert said(answer) == ["conditions_late"]
    assert "materiaal" in answer.refusals[0].sentence("nl")


@pytest.mark.parametrize("name", CONDITIONS)
def test_the_first_visit_waits_for_each_condition(team: Any, name: str) -> None:
    """Met on Wednesday: no visit on Tuesday, in whatever start."""
    answer = ask(skilled(team), wanted(team, **{name: team.day(2)}))
    assert answer.earliest == team.day(2)
    assert answer.possible
    assert all(visit.day >= team.day(2) for start in answer.starts for visit in start.visits)
    assert all(start.event.referral.order.first >= team.day(2) for start in answer.starts)


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_without_a_date_makes_it_provisional(team: Any, name: str) -> None:
    """There are starts, but none can be taken on."""
    answer = ask(skilled(team), wanted(team, **{name: None}))
    assert answer.blocked == (name,)
    assert answer.possible
    with pytest.raises(InputError):
        answer.accepted(1)
    assert any("Voorlopig" in line for line in offer_sentences(answer, "nl"))


def test_an_order_form_is_no_condition_where_nothing_is_reserved(team: Any) -> None:
    """Washing needs none."""
    wash = DRIP.model_copy(update={"reserved": False})
    instance = expanded(skilled(team).instance().model_copy(update={"acts": (wash,)}))
    answer = offer(instance, team.plan(), wanted(team, order_form=None), 0, with_events, QUICK)
    assert answer.blocked == ()


def test_a_number_that_is_not_there(team: Any) -> None:
    """Starts count from 1."""
    answer = ask(skilled(team), wanted(team))
    for number in (0, len(answer.starts) + 1):
        with pytest.raises(InputError):
            answer.accepted(number)
    assert answer.accepted(1).plan.events[-1] == answer.accepted(1).event


def test_after_the_horizon_and_past_the_end(team: Any) -> None:
    """Next week has no roster; an order that ended has no start; a last start that is past is said."""
    skilled(team)
    assert said(ask(team, wanted(team, 8, None))) == ["no_roster"]
    assert said(ask(team, wanted(team, 1, 1, handover_received=team.day(3)))) == ["order_over"]
    assert said(ask(team, wanted(team, 2, 3, latest_start=team.day(1)))) == ["too_late"]
    assert said(ask(team, wanted(team, 2, 2, windows=((60, 120),)), at=team.at(2, "05:00"))) == ["no_visit"]


def test_the_reason_of_one_visit(team: Any) -> None:
    """The pieces say the same as the whole."""
    instance, plan = tables(team), team.plan()
    options = candidates(instance, wanted(team), with_events, team.day(1), 14, 0, 0)
    estimates = estimates_of(instance, plan, options, with_events, 0, 0)
    assert who_refusal(estimates, instance, options[0].visits[0], "joint").key == "skill_lacking"
