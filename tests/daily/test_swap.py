"""Swaps: yes or no with the rule that says so, and a plan that the checker finds clean. Rooms are filled by hand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from instances.events import with_events
from instances.plans import read_plan
from optimiser.check.checker import check
from optimiser.check.registry import RULES
from optimiser.daily.swap import SwapSettings, answer, swap
from optimiser.daily.swap_answer import SwapAnswer
from optimiser.daily.swap_named import exchange_of, side_of
from optimiser.daily.swap_options import who_could_swap
from optimiser.daily.swap_roster import agreed_tables
from optimiser.daily.swap_table import SwapTable
from optimiser.domain.duty import Cover, GivenDuty
from optimiser.domain.events import Agreed
from optimiser.domain.instance import Instance
from optimiser.domain.people import Availability, NurseSkill
from optimiser.domain.plan import Plan
from optimiser.domain.work import Window
from optimiser.errors import InputError
from optimiser.travel.engine import travel_matrix

Rooms = Callable[..., Any]
QUICK = SwapSettings(iterations=60)


def published(plan: Plan) -> Plan:
    """The plan as it was told to the nurses, a month before."""
    duties = tuple(duty.model_copy(update={"status": "published"}) for duty in plan.duties)
    return plan.model_copy(update={"published": datetime(2026, 11, 2, 9), "duties": duties})


@pytest.fixture
def pair(room: Rooms) -> Any:
    """N1 does a visit on Monday, N2 one on Wednesday, both in day duties of 7.5 hours; contracts of 24 hours."""
    small = room().kind("D", "07:00", "15:00", 30, carries_route=True, break_from="10:00", break_until="14:00")
    small.kind("L", "15:00", "23:30", 30, category="evening", carries_route=True)
    small.nurse("N1", contract_minutes=1440).nurse("N2", contract_minutes=1440)
    small.visit("v1", 0, "08:00", "10:00").visit("v2", 2, "08:00", "10:00")
    return small.duty("N1", "D", 0, small.stop("v1", 0, "08:00")).duty("N2", "D", 2, small.stop("v2", 2, "08:00"))


def asked(small: Any, one: str, other: str | None, at: int = 0, settings: SwapSettings = QUICK) -> SwapAnswer:
    """The answer; ``other`` is NURSE:DUTY or a nurse."""
    side = side_of(other) if other is not None and ":" in other else other
    return swap(small.instance(), published(small.plan()), side_of(one), side, at, settings)


def rule_of(answer: SwapAnswer) -> str:
    """The rule that blocks it."""
    assert answer.reason is not None
    assert answer.sentence("nl").startswith("Nee: ")
    return answer.reason.rule


def clean(small: Any, answer: SwapAnswer) -> Plan:
    """The plan of a yes, which the check finds clean against the published one with the agreement in the tables."""
    assert answer.plan is not None, answer.sentence("nl")
    event = answer.plan.events[-1]
    assert isinstance(event, Agreed)
    tables = agreed_tables(small.instance(), event)
    report = check(tables, small.contract, travel_matrix(tables), answer.plan, published(small.plan()))
    assert not report.violations
    assert not report.claims
    assert answer.plan.fingerprint == tables.fingerprint
    return answer.plan


def test_two_like_duties_can_be_swapped_and_the_routes_go_along(pair: Any) -> None:
    """Equal hours, the same homes by the map: the price is 0, each does the other's visit at its own time."""
    answer = asked(pair, "N1:2026-12-07", "N2:D/2026-12-09")
    assert (answer.verdict, answer.cost, answer.moved) == ("yes", 0, ())
    plan = clean(pair, answer)
    assert {(duty.nurse, stop.id, stop.start) for duty in plan.duties for stop in duty.stops} == {
        ("N2", "v1", pair.at(0, "08:00")), ("N1", "v2", pair.at(2, "08:00")),
    }  # fmt: skip
    monday, wednesday = pair.day(0), pair.day(2)
    assert plan.events[-1].model_dump()["gone"] == (("N1", monday, "D"), ("N2", wednesday, "D"))
    assert plan.events[-1].model_dump()["new"] == (("N2", monday, "D"), ("N1", wednesday, "D"))
    assert answer.sentence("nl").startswith("Ja: N1 en N2 kunnen ruilen")
    assert answer.sentence("en").startswith("Yes: N1 and N2 can swap")


def test_who_takes_a_duty_gives_nothing(pair: Any) -> None:
    """N1 loses 450 of her 450 minutes (undertime 99 to 144 tens), N2 gains them (99 to 54): the sum stays.

    Her free Tuesday is then between two duties, which costs 10: a yes without a but.
    """
    answer = asked(pair, "N1:N1/2026-12-07/work", "N2")
    assert (answer.verdict, answer.cost, answer.terms) == ("yes", 10, {"lone_day_off": 1})
    plan = clean(pair, answer)
    assert {duty.nurse for duty in plan.duties} == {"N2"}
    before, after = answer.figures[0]
    assert (before.planned, after.planned) == (450, 0)
    assert len(answer.table("nl")) == 1 + 9 + 9 + 6


def test_the_law_blocks(pair: Any) -> None:
    """N2 works till 23:30 on Monday: a day duty on Tuesday from 07:00 leaves 7.5 hours of rest."""
    pair.duty("N2", "L", 0).duty("N1", "D", 1)
    answer = asked(pair, "N1:2026-12-08", "N2:2026-12-09")
    assert rule_of(answer) in ("rest.daily", "working_time.dienst")
    assert answer.plan is None


def test_a_reduced_rest_is_a_yes_but(pair: Any) -> None:
    """N1 ends at 20:30 on Tuesday and would begin at 07:00 on Wednesday: 10.5 of 11 hours, once a week allowed."""
    pair.kind("M", "13:00", "20:30", 30, carries_route=True, category="mid").duty("N1", "M", 1)
    answer = asked(pair, "N1:2026-12-07", "N2:2026-12-09")
    assert answer.verdict == "but"
    assert [each.rule for each in answer.signals] == ["rest.token"]
    assert clean(pair, answer)


def test_leave_blocks(pair: Any) -> None:
    """N2 is on leave on the Monday she would take."""
    pair.add("availability", Availability(nurse="N2", kind="leave", first=pair.day(0), last=pair.day(0)))
    assert rule_of(asked(pair, "N1:2026-12-07", "N2:2026-12-09")) == "duties.absence"


def test_a_skill_that_nobody_else_on_duty_has_blocks(pair: Any) -> None:
    """The visit on Monday asks what only N1 may do: it would stay open, and the sentence names the skill."""
    pair.visit("v1", 0, "08:00", "10:00", skills=("tpv",)).add("nurse_skills", NurseSkill(nurse="N1", skill="tpv"))
    answer = asked(pair, "N1:2026-12-07", "N2:2026-12-09")
    assert rule_of(answer) == "competence.skill"
    assert [name for name, _ in answer.unable] == ["v1"]
    assert "tpv" in answer.sentence("en")


def test_what_she_may_not_do_goes_to_a_colleague_on_duty(pair: Any) -> None:
    """N3 has the skill and a duty that Monday: the swap may be, and the visit is moved to her."""
    pair.visit("v1", 0, "08:00", "10:00", skills=("tpv",))
    pair.add("nurse_skills", NurseSkill(nurse="N1", skill="tpv"), NurseSkill(nurse="N3", skill="tpv"))
    pair.nurse("N3", contract_minutes=1440).duty("N3", "D", 0)
    answer = asked(pair, "N1:2026-12-07", "N2:2026-12-09")
    plan = clean(pair, answer)
    assert answer.moved == ("v1",)
    assert [duty.nurse for duty in plan.duties for stop in duty.stops if stop.id == "v1"] == ["N3"]


def test_cover_that_asks_a_skill_blocks(pair: Any) -> None:
    """Monday asks one duty with the skill that only N1 has."""
    pair.add("cover", Cover(id="k", organisation="a", weekdays=("mon",), from_time=480, until_time=840, skills=("iv",)))
    pair.add("nurse_skills", NurseSkill(nurse="N1", skill="iv"))
    answer = asked(pair, "N1:2026-12-07", "N2:2026-12-09")
    assert rule_of(answer) == "swap.cover"
    assert "7 december 08:00-14:00" in answer.sentence("nl")


def test_published_rows_of_the_tables_change_hands_too(pair: Any) -> None:
    """A duty that the table fixes for N1 may go by agreement: the event takes the row away."""
    pair.add("duties_given", GivenDuty(nurse="N1", kind="D", day=pair.day(0)))
    assert clean(pair, asked(pair, "N1:2026-12-07", "N2:2026-12-09"))


@pytest.mark.parametrize(
    "one, other",
    [
        ("N9:2026-12-07", "N2"), ("N1:2026-12-08", "N2"), ("N1:N2/2026-12-09/work", "N2"), ("N1:2026-12-07", "N1"),
        ("N1:2026-12-07", "N9"), ("N1:whatever", "N2"), ("N1", "N2"), ("N1:2026-12-07", "N2:L/2026-12-09"),
    ],
)  # fmt: skip
def test_what_is_unknown_is_refused(pair: Any, one: str, other: str) -> None:
    """A nurse, a duty, or somebody to swap with that does not exist, in both languages without a traceback."""
    with pytest.raises(InputError):
        asked(pair, one, other)


def test_what_has_begun_is_refused(pair: Any) -> None:
    """At 07:01 her duty of that Monday has begun; at 07:00 it has not."""
    assert asked(pair, "N1:2026-12-07", "N2", at=pair.at(0, "07:00")).possible
    with pytest.raises(InputError, match="begonnen"):
        asked(pair, "N1:2026-12-07", "N2", at=pair.at(0, "07:01"))


def test_a_dear_swap_is_a_yes_but(pair: Any) -> None:
    """N3 has no hours in her contract: 450 minutes of overtime cost 900, and N1 is 45 tens more short."""
    pair.nurse("N3")
    answer = asked(pair, "N1:2026-12-07", "N3")
    assert (answer.verdict, answer.terms, answer.cost) == ("but", {"overtime": 450, "undertime": 45}, 945)
    assert clean(pair, answer)
    assert answer.sentence("nl").startswith("Ja, maar: ")
    generous = asked(pair, "N1:2026-12-07", "N3", settings=SwapSettings(iterations=60, but_above=945))
    assert generous.verdict == "yes"


def test_who_could_swap_with_me(pair: Any) -> None:
    """N2 may swap her Wednesday or take the Monday; N3 is away that day; of a colleague only id, kind and day."""
    pair.nurse("N3", contract_minutes=1440).duty("N3", "D", 3)
    pair.add("availability", Availability(nurse="N3", kind="leave", first=pair.day(0), last=pair.day(0)))
    found = who_could_swap(pair.instance(), published(pair.plan()), "N1", "2026-12-07", 0)
    assert {(each.nurse, each.day) for each in found} == {("N2", pair.day(2)), ("N2", None)}
    lines = [each.line("nl") for each in found]
    assert sorted(lines) == ["N2: D op 9 december", "N2: kan overnemen"]
    best = asked(pair, "N1:2026-12-07", None)
    assert best.exchange.taker == found[0].nurse
    assert best.possible


def test_nobody_could(room: Rooms) -> None:
    """Alone in the team."""
    small = room().kind("D", "07:00", "15:00", 30, carries_route=True).nurse("N1", contract_minutes=1440)
    answer = asked(small.duty("N1", "D", 0), "N1:2026-12-07", None)
    assert answer.sentence("nl") == "Nee: geen collega kan ruilen of overnemen binnen de regels."


@pytest.mark.slow
def test_answers_agree_with_the_check_on_sixty_random_swaps(six: Instance) -> None:
    """A yes has a plan without a broken rule and no visit lost; the rule of a no is found when it is done anyhow."""
    plan, _ = read_plan(Path(__file__).parents[1] / "instances" / "six_nurses_plan.json", six)
    parent = published(plan)
    table, chance, seen = SwapTable(six, parent), random.Random(7), Counter[str]()
    own = [duty for duty in parent.duties if duty.follows is None]
    while sum(seen.values()) < 60:
        given, taken = chance.choice(own), chance.choice([*own, *[None] * 6])
        taker = chance.choice(six.nurses).id if taken is None else taken.nurse
        if taker == given.nurse or (taken is not None and (taken.kind, taken.day) == (given.kind, given.day)):
            continue
        other = taker if taken is None else (taker, taken.id)
        exchange = exchange_of(six, parent, (given.nurse, given.id), other, 0)
        found = answer(table, exchange, 0, SwapSettings(iterations=20))
        seen[found.verdict] += 1
        judged = found.plan or found.attempt
        assert judged is not None
        tables = with_events(six, judged.events)
        report = check(tables, parent.contract, table.problem.travel, judged, parent)
        if found.possible:
            assert not report.violations, found.sentence("en")
            assert not report.claims
            assert judged.fingerprint == tables.fingerprint
            assert {row.id for row in judged.unserved} <= {row.id for row in parent.unserved}
        elif found.reason is not None and found.reason.rule in RULES:
            assert found.reason.rule in {each.rule for each in report.violations}, found.sentence("en")
    assert seen["no"] and seen["yes"] + seen["but"]


def test_work_that_may_be_done_another_day_goes_there(room: Rooms) -> None:
    """N2 may not do v1 on Monday, nobody else is on duty then; its window of Wednesday has room with N1."""
    small = room().kind("D", "07:00", "15:00", 30, carries_route=True, break_from="10:00", break_until="14:00")
    small.nurse("N1", contract_minutes=1440).nurse("N2", contract_minutes=1440)
    windows = tuple(Window(day=day, start=small.at(day, "08:00"), end=small.at(day, "10:00")) for day in (0, 2))
    small.visit("v1", 0, "08:00", "10:00", windows=windows, skills=("tpv",))
    small.add("nurse_skills", NurseSkill(nurse="N1", skill="tpv"))
    small.duty("N1", "D", 0, small.stop("v1", 0, "08:00")).duty("N2", "D", 2)
    answer = asked(small, "N1:2026-12-07", "N2:2026-12-09")
    plan = clean(small, answer)
    assert [(duty.nurse, duty.day) for duty in plan.duties if duty.stops] == [("N1", small.day(2))]
    assert answer.moved == ("v1",)
    assert "v1" in " ".join(answer.lines("nl"))
