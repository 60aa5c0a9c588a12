"""Calls as the checker reads them: terms of response, areas in use, reach, lines, and cover rows of areas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from optimiser.check.checker import CheckReport, check
from optimiser.check.registry import RULES
from optimiser.domain.calls import Area, CallHours, CallSource, CallType, ResponseSettings
from optimiser.domain.clock import DAY, HOUR
from optimiser.domain.duty import Cover
from optimiser.domain.people import NurseSkill
from optimiser.domain.place import Place
from optimiser.domain.sharing import PRESETS, SharingContract

Rooms = Callable[..., Any]
FILE = "tests/check/test_check_response.py"
POSTS = SharingContract(name="posts", visits="all", cover="pooled", division="posts")
HOURS = {"from_time": 23 * HOUR, "until_time": 31 * HOUR, "lane": "standby"}


def called(room: Rooms, travel: int = 10, **response: Any) -> Any:
    """Sources of a (north, 168 calls a week) and b (south, 84), as many in each hour of the week, half of them settled
    by telephone; on-call nights N and B (the back-up), and NN of the area north. All ways take ``travel`` minutes."""
    small = room(travel=travel).nurse("N1").nurse("N2", organisation="b")
    night = {"lane": "standby", "category": "night"}
    small.kind("N", "23:00", "31:00", line=1, **night).kind("NN", "23:00", "31:00", line=1, area="north", **night)
    small.kind("B", "23:00", "31:00", line=2, **night)
    for name, code in (("north", "NB1"), ("south", "SB1")):
        small.places[name] = Place(id=name, kind="other", latitude=52.0, longitude=5.0, district=code)
    small.add("areas", Area(id="north", name="North", division="posts", districts=("NB",)))
    small.add("call_types", CallType(id="call", name="Call", phone_percent=50))
    small.add("call_hours", *(CallHours(type="call", days=days, from_time=0, until_time=DAY, weight=1)
                              for days in ("weekdays", "saturday", "sunday")))  # fmt: skip
    small.add("call_sources",
              CallSource(id="s1", organisation="a", type="call", place="north", weekly_millicalls=168_000),
              CallSource(id="s2", organisation="b", type="call", place="south", weekly_millicalls=84_000))  # fmt: skip
    small.response = ResponseSettings(**response)
    return small


def verdict(small: Any, contract: SharingContract) -> CheckReport:
    """The verdict on the room's plan under a contract."""
    small.contract = contract
    instance = small.instance().model_copy(update={"response": small.response})
    plan = small.plan().model_copy(update={"fingerprint": instance.fingerprint})
    return check(instance, contract, small.matrix(), plan)


def rules(report: CheckReport) -> set[str]:
    """Broken rules of on call, and the families of others."""
    return {each.rule for each in report.violations}


CASES: dict[str, Callable[[Any], tuple[Any, SharingContract]]] = {
    "on_call.area": lambda room: (called(room).duty("N1", "NN", 0), PRESETS["joint"]),
    "on_call.reach": lambda room: (called(room, travel=26, reach_minutes=30).duty("N1", "B", 0), PRESETS["joint"]),
}


@pytest.mark.parametrize("rule", CASES)
def test_a_plan_that_breaks_it_is_rejected(rule: str, room: Rooms) -> None:
    """Only this rule, and the verdict says so in both languages."""
    report = verdict(*CASES[rule](room))
    assert rules(report) == {rule}
    (found,) = report.violations
    assert found.nurse == "N1" and "N1/2026-12-07/standby" in found.subject
    assert all(found.sentence(language) for language in ("nl", "en"))


def test_every_rule_of_response_has_a_case() -> None:
    """None of the registry is missing."""
    assert set(CASES) == {name for name, rule in RULES.items() if rule.test == FILE}


def test_what_the_sentence_of_reach_says(room: Rooms) -> None:
    """26 minutes and 5 to turn out."""
    (found,) = verdict(*CASES["on_call.reach"](room)).violations
    assert found.sentence("en") == (
        "Too far from the calls to be on call: at most 30 min allowed (plan language 47), found 31 min, "
        "7 to 8 December (nurse N1, N1/2026-12-07/standby)."
    )
    assert "hoogstens 30 min toegestaan" in found.sentence("nl")


def test_areas_in_use_pass(room: Rooms) -> None:
    """NN with posts, and N with and without."""
    assert not rules(verdict(called(room).duty("N1", "NN", 0), POSTS))
    assert not rules(verdict(called(room).duty("N1", "N", 0), POSTS))


def test_reach_just_inside(room: Rooms) -> None:
    """25 and 5 are 30; a work duty of line 1 and standby of no line have no reach; an area's own limit goes first."""
    assert not rules(verdict(called(room, travel=25, reach_minutes=30).duty("N1", "B", 0), PRESETS["joint"]))
    small = called(room, travel=26, reach_minutes=30).kind("D", "07:00", "12:00", line=1)
    small.kind("Q", "23:00", "31:00", lane="standby", category="night")
    assert not rules(verdict(small.duty("N1", "D", 0).duty("N1", "Q", 0), PRESETS["joint"]))
    small = called(room, travel=26, reach_minutes=30)
    small.tables["areas"] = [Area(id="north", name="North", reach_minutes=31)]
    assert not rules(verdict(small.duty("N1", "NN", 0), PRESETS["joint"]))


def test_terms_of_own_and_joint_nights(room: Rooms) -> None:
    """Eight of 168 hours and half by telephone: a has 4 visits, b 2. Single: N1 4 x 10 and N2 2 x 10 minutes. Joint
    with a row of 1 each: 6 visits shared by 2 are 30 minutes each; one for all has 60."""
    for contract, minutes in (("single", 60), ("joint", 60), ("one_on_call", 120)):
        small = called(room).duty("N1", "N", 0).duty("N2", "N", 0).duty("N2", "B", 1)
        small.add("cover", *(Cover(id=f"n-{each}", organisation=each, line=1, **HOURS) for each in "ab"))
        counts = verdict(small, PRESETS[contract]).counts
        assert (counts["call_travel"], counts["late_calls"]) == (minutes, 0), contract


def test_late_calls_are_hundredths(room: Rooms) -> None:
    """26 and 5 to turn out are late: all 4 visits of a count 100 each. A norm of 31 minutes makes none late."""
    counts = verdict(called(room, travel=26).duty("N1", "N", 0), PRESETS["single"]).counts
    assert (counts["late_calls"], counts["call_travel"]) == (400, 104)
    counts = verdict(called(room, travel=26, norm_minutes=31).duty("N1", "N", 0), PRESETS["single"]).counts
    assert counts["late_calls"] == 0


def test_a_row_of_an_area_counts_its_own_duties(room: Rooms) -> None:
    """With posts the north asks NN with skill iv: N2's NN counts, N1's has not the skill, N2's N is of no area. Without
    posts the row asks nothing."""
    row = Cover(id="north", organisation="a", weekdays=("mon",), area="north", skills=("iv",), **HOURS)
    for nurse, kind, short in (("N2", "NN", 0), ("N1", "NN", 1), ("N2", "N", 1)):
        small = called(room).add("cover", row).add("nurse_skills", NurseSkill(nurse="N2", skill="iv"))
        assert verdict(small.duty(nurse, kind, 0), POSTS).counts["uncovered_minimum"] == short, (nurse, kind)
    assert verdict(called(room).add("cover", row), PRESETS["joint"]).counts["uncovered_minimum"] == 0


def test_the_back_up_is_a_row_of_its_own(room: Rooms) -> None:
    """Line and back-up have equal hours: two duties of line 1 leave the back-up's row open; one of each fills both."""
    rows = [Cover(id=f"line-{line}", organisation="a", weekdays=("mon",), line=line, **HOURS) for line in (1, 2)]
    for kinds, short in ((("N", "N"), 1), (("N", "B"), 0)):
        small = called(room).nurse("N3").add("cover", *rows)
        small.duty("N1", kinds[0], 0).duty("N3", kinds[1], 0)
        assert verdict(small, PRESETS["joint"]).counts["uncovered_minimum"] == short


def test_nobody_is_both_lines_at_once(room: Rooms) -> None:
    """Two standby duties of one nurse on one day are a double; one of 23:30 to 47:30 overlaps the next day's night."""
    assert "duties.double" in rules(verdict(called(room).duty("N1", "N", 0).duty("N1", "B", 0, id="other"), POSTS))
    small = called(room).kind("L", "23:30", "47:30", lane="standby", line=2).duty("N1", "L", 0).duty("N1", "N", 1)
    assert "duties.overlap" in rules(verdict(small, POSTS))
