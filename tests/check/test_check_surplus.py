"""Standby that no cover row asks for, counted by the checker and by search, from one reading of the plan language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from optimiser.check.claims import NEWER_TERMS
from optimiser.check.surplus import surplus_standby
from optimiser.domain.clock import HOUR
from optimiser.domain.duty import Cover
from optimiser.domain.objective import TERMS
from optimiser.domain.people import NurseSkill
from optimiser.scenario.cover import cover_days
from optimiser.scenario.unasked import unasked_prices

Rooms = Callable[..., Any]
NIGHT = {"from_time": 23 * HOUR, "until_time": 31 * HOUR, "lane": "standby"}


def watched(room: Rooms, wanted: int) -> Any:
    """Three nurses, a standby night, of which a row asks ``wanted`` on Monday from who has the skill: N1 and N2."""
    small = room().nurse("N1").nurse("N2").nurse("N3")
    small.kind("S", "23:00", "31:00", lane="standby", category="night")
    small.add("nurse_skills", NurseSkill(nurse="N1", skill="so"), NurseSkill(nurse="N2", skill="so"))
    small.add("cover", Cover(id="night", organisation="a", weekdays=("mon",), minimum=0, wanted=wanted,
                             skills=("so",), **NIGHT))  # fmt: skip
    return small


def test_more_than_asked_is_counted(room: Rooms) -> None:
    """Two watch where one is asked: 1. None is asked: 2. Two are asked: 0."""
    for wanted, above in ((1, 1), (0, 2), (2, 0)):
        small = watched(room, wanted).duty("N1", "S", 0).duty("N2", "S", 0)
        assert small.report().counts["surplus_standby"] == above


def test_who_counts_for_no_row_watches_for_nothing(room: Rooms) -> None:
    """N3 lacks the skill, and on Tuesday nobody is asked: 2 duties for nothing; N1 on Monday is asked."""
    small = watched(room, 1).duty("N1", "S", 0).duty("N3", "S", 0).duty("N1", "S", 1)
    assert small.report().counts["surplus_standby"] == 2


def test_search_prices_the_same_duties(room: Rooms) -> None:
    """The price by duty is 1 for standby of N3 on Monday and of everybody on other days, 0 for N1 and N2 on Monday."""
    instance = watched(room, 1).instance()
    found = unasked_prices(instance, cover_days(instance, watched(room, 1).contract))["surplus_standby"]
    assert found[:, 0, 0].tolist() == [0, 0, 1] and np.all(found[:, 1:, 0] == 1)


def test_a_plan_of_before_is_judged_without(room: Rooms) -> None:
    """A plan whose terms do not name the newer ones claims what it was counted by then: no finding about claims. One
    that names them is held to them."""
    small = watched(room, 0).duty("N1", "S", 0)
    report = small.report()
    terms = {each.name: report.counts[each.name] for each in TERMS}
    before = {name: count for name, count in terms.items() if name not in NEWER_TERMS}
    added = small.instance().weights.surplus_standby * report.counts["surplus_standby"]
    objective = report.objective.model_copy(update={"rest": report.objective.rest - added})
    for claimed, vector, broken in ((before, objective, 0), (terms, report.objective, 0), (terms, objective, 1)):
        small.claims = {"objective_terms": claimed, "objective": vector}
        judged = small.report()
        assert sum(each.family == "claims" for each in judged.violations) == broken, claimed


def test_of_some_duties_only(room: Rooms) -> None:
    """Asked about N3's duty alone the other one for nothing is left out; what rows have too much stays."""
    from optimiser.check.case import Case

    small = watched(room, 0).duty("N1", "S", 0).duty("N3", "S", 0).duty("N1", "S", 1)
    case = Case(small.instance(), small.contract, small.matrix(), small.plan())
    of_n3 = {each.id for each in small.duties if each.nurse == "N3"}
    assert surplus_standby(case) == 3 and surplus_standby(case, among=of_n3) == 2
