"""The smallest change that would serve a visit: each kind by hand, and on random teams the checker agrees.

Every trip takes 10 minutes; an open visit costs 1,000, a minute of overtime 2; contracts are 0 hours.
"""

from __future__ import annotations

import runpy
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from optimiser.check.checker import check
from optimiser.domain.people import NurseSkill
from optimiser.domain.work import Link
from optimiser.explain.asked import Asked
from optimiser.explain.ejection import cheapest_exchange
from optimiser.explain.extra_duty import cheapest_extra_duty
from optimiser.explain.order import DUTY_ORDER, VISIT_ORDER
from optimiser.explain.present import Present, changed_plan
from optimiser.explain.small_world import added
from optimiser.explain.smallest_change import SmallestChange, in_words, smallest_change, smallest_change_of
from optimiser.explain.what_if import longer_duty, missing_skill

Rooms = Callable[..., Any]
RANDOM_TEAM = runpy.run_path(str(Path(__file__).parent / "random_team.py"), run_name="random_team")["random_team"]


@pytest.fixture
def team(room: Rooms) -> Any:
    """Mornings from 08:00 to 12:00, of which the first 10 minutes are the handover."""
    return room().kind("K", "08:00", "12:00", carries_route=True).nurse("N1")


def ask(team: Any, visit: str = "v") -> SmallestChange | None:
    """The answer."""
    return smallest_change(team.instance(), team.contract, team.matrix(), team.plan(), visit)


def asked(team: Any) -> Asked:
    """The question about v."""
    present = Present(team.instance(), team.contract, team.matrix(), team.plan())
    return Asked(present, present.instance.visit_by_id["v"])


def test_it_fits_as_it_is(team: Any) -> None:
    """20 minutes of home legs for 1,000."""
    found = ask(team.visit("v", 0, "09:00", "10:00").duty("N1", "K", 0))
    assert found is not None
    assert (found.kind, found.nurse, found.cost) == ("insert", "N1", -980)
    assert "7 december 09:00" in found.sentence("nl")
    assert ask(team, "v") == found


def test_what_is_served_needs_no_change(team: Any) -> None:
    """None, and a sentence where there is no answer."""
    team.visit("v", 0, "09:00", "10:00")
    assert ask(team.duty("N1", "K", 0, team.stop("v", 0, "09:00"))) is None
    assert "v" in in_words("v", None, "en")


def test_another_visit_is_handed_over(team: Any) -> None:
    """Only N1 may do v at 09:00, when she is at w: N2 takes w, 20 minutes from home and back."""
    team.nurse("N2").add("nurse_skills", NurseSkill(nurse="N1", skill="iv"))
    team.visit("v", 0, "09:00", "09:30", skills=("iv",)).visit("w", 0, "09:00", "09:30")
    team.duty("N1", "K", 0, team.stop("w", 0, "09:00")).duty("N2", "K", 0)
    found = ask(team)
    assert found is not None
    assert (found.kind, found.nurse, found.values["taker"], found.cost) == ("hand_over", "N1", "N2", -980)
    assert "N2" in found.sentence("en")


def test_another_visit_moves_within_the_route(team: Any) -> None:
    """v 09:00, u 09:40, and w, which came before u, at 10:20 after it: 10 minutes of travel more."""
    team.visit("u", 0, "09:40", "10:10").visit("v", 0, "09:00", "09:30").visit("w", 0, "08:50", "11:00")
    found = ask(team.duty("N1", "K", 0, team.stop("w", 0, "09:00"), team.stop("u", 0, "09:40")))
    assert found is not None
    assert (found.kind, found.values["other"], found.values["other_start"], found.cost) == ("move", "w", 620, -990)
    exchange = cheapest_exchange(asked(team))
    assert exchange is not None
    assert exchange.taker == "N1"


def test_an_extra_duty(team: Any) -> None:
    """240 minutes of overtime for 480, 20 of home legs, 1,000 less."""
    found = ask(team.visit("v", 0, "09:00", "10:00"))
    assert found is not None
    assert (found.kind, found.values["kind"], found.cost) == ("duty", "K", -500)
    assert cheapest_extra_duty(asked(team)) is not None


def test_an_extra_duty_for_one_of_two(team: Any) -> None:
    """N1 has a route, N2 is free."""
    found = ask(team.nurse("N2").visit("v", 0, "09:00", "10:00", nurses=2).duty("N1", "K", 0))
    assert found is not None
    assert (found.kind, found.nurse, found.values["partner"], found.cost) == ("duty", "N2", "N1", 20 + 20 + 480 - 1000)


def test_a_wider_window(team: Any) -> None:
    """w from 09:10; v asks 09:00 to 09:30: half an hour earlier it ends at 09:00 and she is there at 09:10."""
    team.visit("v", 0, "09:00", "09:30").visit("w", 0, "09:10", "09:40")
    found = ask(team.duty("N1", "K", 0, team.stop("w", 0, "09:10")))
    assert found is not None
    assert (found.kind, found.values["minutes"], found.lawful, found.plan) == ("earlier", 30, False, None)


def test_a_later_end(team: Any) -> None:
    """v ends at 12:10, the duty at 12:00; the way home is outside it."""
    found = longer_duty(asked(team.visit("v", 0, "11:40", "12:10").duty("N1", "K", 0)))
    assert found is not None
    assert found.minutes == 10


def test_a_missing_skill(team: Any) -> None:
    """Nobody has it; N1 could with it."""
    team.visit("v", 0, "09:00", "10:00", skills=("iv",)).duty("N1", "K", 0)
    found = missing_skill(asked(team))
    assert found is not None
    assert found.skill == "iv"
    change = ask(team)
    assert change is not None
    assert change.kind == "skill"
    assert "iv" in change.sentence("nl")


def test_what_must_be_done_together_comes_along(team: Any) -> None:
    """v and w or none: two visits less, two home legs and 10 minutes between."""
    team.visit("v", 0, "09:00", "10:00").visit("w", 0, "10:00", "11:00").duty("N1", "K", 0)
    team.add("work_links", Link(id="l", first="v", second="w", gap_min=30, gap_max=120))
    found = ask(team)
    assert found is not None
    assert [each.visit for each in found.also] == ["w"]
    assert found.terms["unserved_normal"] == -2
    assert found.terms["travel"] == 10
    assert found.plan is not None
    assert not found.plan.unserved


@pytest.mark.slow
def test_the_checker_agrees(room: Rooms) -> None:
    """Of random teams every plan that serves one more breaks nothing new, at the price that was said."""
    kinds = Counter[str]()
    for seed in range(6):
        team = RANDOM_TEAM(room, seed)
        plain = Present(team.instance, team.contract, team.travel, changed_plan(team.plan))
        base = check(plain.instance, plain.contract, plain.travel, plain.plan)
        for row in plain.plan.unserved[:6]:
            found = smallest_change_of(plain, row.id)
            kinds["none" if found is None else found.kind] += 1
            assert in_words(row.id, found, "nl")
            if found is not None and found.plan is not None:
                report = check(plain.instance, plain.contract, plain.travel, found.plan)
                assert not added(base.violations, report.violations), (seed, row.id)
                assert report.objective.scalar - base.objective.scalar == found.cost, (seed, row.id)
    assert kinds["insert"] > 0
    assert len(kinds) > 3


def test_orders_name_every_rule() -> None:
    """Both orders hold the same rules."""
    assert {name for name in VISIT_ORDER if not name.startswith("explain.")} == set(DUTY_ORDER)
