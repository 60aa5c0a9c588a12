"""Who is sent to a call, from where and when: solved by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from optimiser.domain.calls import Area
from optimiser.domain.people import NurseSkill
from optimiser.domain.sharing import PRESETS

MONDAY = 20 * 60
"""Monday 20:00."""


@pytest.fixture
def evening(town: Callable[..., Any]) -> Any:
    """Two nurses on call from home from 18:00 to 23:00 and one at work: all ways take 10 minutes."""
    built = town().type().source("s").source("u")
    built.room.kind("E", "18:00", "23:00", line=1, lane="standby", category="evening")
    built.room.kind("B", "18:00", "31:00", line=2, lane="standby", category="evening")
    built.room.kind("W", "18:00", "23:00", line=1, category="evening")
    return built


def test_the_nearest_goes_after_turning_out(evening: Any) -> None:
    """N2 lives 8 minutes away, N1 10: N2 is there after 5 + 8 minutes."""
    evening.room.duty("N1", "E", 0).duty("N2", "E", 0)
    evening.way("home-N2", "s", 8).call(MONDAY, "s")
    assert evening.came() == [("first_line", "N2", 13)]


def test_who_is_at_work_leaves_at_once(evening: Any) -> None:
    """12 minutes without turning out are sooner than 5 + 8."""
    evening.room.duty("N1", "W", 0).duty("N2", "E", 0)
    evening.way("home-N1", "s", 12).way("home-N2", "s", 8).call(MONDAY, "s")
    assert evening.came() == [("first_line", "N1", 12)]


def test_another_goes_when_the_nearest_is_busy(evening: Any) -> None:
    """N2 is with the first client from 20:13 to 20:43; at 20:20 N1 goes: 5 + 10."""
    evening.room.duty("N1", "E", 0).duty("N2", "E", 0)
    evening.way("home-N2", "s", 8).way("home-N2", "u", 8)
    evening.call(MONDAY, "s").call(MONDAY + 20, "u")
    assert evening.came() == [("first_line", "N2", 13), ("first_line", "N1", 15)]


def test_calls_wait_for_the_first_to_be_free(evening: Any) -> None:
    """N1 is done at 20:00 + 15 + 30 = 20:45 and goes on from there: called at 20:20 she is at u at 20:55."""
    evening.room.duty("N1", "E", 0)
    evening.response = {"pass_on_minutes": 60}
    evening.call(MONDAY, "s").call(MONDAY + 20, "u")
    played = evening.play()
    assert played.response.tolist() == [15, 35] and played.wait.tolist() == [0, 25]
    assert played.found.tolist() == [0, 1]


def test_after_a_visit_she_drives_back(evening: Any) -> None:
    """Done at s at 20:45. Home is 10 from s and from u, s is 30 from u. At 20:45 + 5 she is half-way: (30 + 10) / 2
    = 20. At 20:45 + 10 she is home again: 5 + 10."""
    for later, minutes in ((45, 30), (50, 20), (55, 15), (90, 15)):
        evening.room.duties.clear()
        evening.calls.clear()
        evening.room.duty("N1", "E", 0)
        evening.way("s", "u", 30).call(MONDAY, "s").call(MONDAY + later, "u")
        assert evening.came()[1] == ("first_line", "N1", minutes)


def test_a_post_is_where_she_waits(evening: Any) -> None:
    """From the post 3 minutes, from home 10."""
    evening.room.place("post")
    evening.room.kind("P", "18:00", "23:00", line=1, lane="standby", category="evening", waits_at="post")
    evening.room.duty("N1", "P", 0)
    evening.way("post", "s", 3).call(MONDAY, "s")
    assert evening.came() == [("first_line", "N1", 8)]


def test_the_back_up_goes_when_it_is_sooner_and_the_first_line_too_late(evening: Any) -> None:
    """N1 could be there in 5 + 40 = 45 minutes, N2 of the back-up in 5 + 20; with 45 minutes allowed N1 goes."""
    evening.room.duty("N1", "E", 0).duty("N2", "B", 0)
    evening.way("home-N1", "s", 40).way("home-N2", "s", 20).call(MONDAY, "s")
    assert evening.came() == [("passed", "N2", 25)]
    evening.response = {"pass_on_minutes": 45}
    assert evening.came() == [("first_line", "N1", 45)]


def test_the_first_line_goes_when_the_back_up_is_no_sooner(evening: Any) -> None:
    """Both need 45 minutes."""
    evening.room.duty("N1", "E", 0).duty("N2", "B", 0)
    evening.way("home-N1", "s", 40).way("home-N2", "s", 40).call(MONDAY, "s")
    assert evening.came() == [("first_line", "N1", 45)]


def test_nobody_in_time_is_lost(evening: Any) -> None:
    """116 + 5 minutes are more than 120, 115 + 5 are not."""
    evening.room.duty("N1", "E", 0)
    evening.way("home-N1", "s", 116).way("home-N1", "u", 115)
    evening.call(MONDAY, "s").call(MONDAY, "u")
    assert evening.came() == [("lost", "", -1), ("first_line", "N1", 120)]


def test_with_nobody_on_duty_even_the_telephone_is_lost(evening: Any) -> None:
    """At 17:00 the first duty is an hour away: who comes at 18:00 is in time, but nobody takes the telephone. On
    Tuesday nobody is on duty at all."""
    evening.room.duty("N1", "E", 0)
    evening.call(MONDAY - 180, "s", by_phone=True).call(MONDAY + 1440, "s").call(MONDAY, "s", by_phone=True)
    assert [outcome for outcome, _, _ in evening.came()] == ["lost", "phone", "lost"]


def test_a_call_that_asks_a_skill_gets_it(evening: Any) -> None:
    """N2 has the skill and lives farther away; without her the back-up has it, though the first line is near."""
    evening.type("x", skills=("iv",)).source("v", "x")
    evening.room.duty("N1", "E", 0).duty("N2", "E", 0).add("nurse_skills", NurseSkill(nurse="N2", skill="iv"))
    evening.way("home-N2", "v", 19).call(MONDAY, "v")
    assert evening.came() == [("first_line", "N2", 24)]
    evening.room.duties.pop()
    evening.room.duty("N2", "B", 0)
    assert evening.came() == [("passed", "N2", 24)]


def test_only_who_answers_for_the_source_is_sent(evening: Any) -> None:
    """Under ``single`` N2 of organisation b, next door, does not come to a client of a; under ``joint`` she does."""
    evening.room.nurse("N2", organisation="b").duty("N1", "E", 0).duty("N2", "E", 0)
    evening.way("home-N2", "s", 1).call(MONDAY, "s")
    assert evening.came() == [("first_line", "N2", 6)]
    evening.room.contract = PRESETS["single"]
    assert evening.came() == [("first_line", "N1", 15)]


def test_an_area_answers_for_its_own_sources_while_it_is_in_use(evening: Any) -> None:
    """``north`` holds organisation a only, in the division ``two``; without that division its duty answers nobody."""
    evening.source("w", organisation="b").room.kind(
        "EN", "18:00", "23:00", line=1, lane="standby", category="evening", area="north"
    )
    evening.room.add("areas", Area(id="north", name="North", division="two", organisations=("a",)))
    evening.room.duty("N1", "EN", 0)
    evening.call(MONDAY, "s").call(MONDAY + 60, "w")
    evening.room.contract = PRESETS["joint"].model_copy(update={"division": "two"})
    assert evening.came() == [("first_line", "N1", 15), ("lost", "", -1)]
    evening.room.contract = PRESETS["joint"]
    assert [outcome for outcome, _, _ in evening.came()] == ["lost", "lost"]


def test_students_and_new_colleagues_are_not_sent(evening: Any) -> None:
    """Only the experienced nurse counts."""
    evening.room.nurse("N2", experience="new").duty("N1", "E", 0).duty("N2", "E", 0)
    evening.way("home-N2", "s", 1).call(MONDAY, "s")
    assert evening.came() == [("first_line", "N1", 15)]


def test_the_telephone_keeps_the_first_line(evening: Any) -> None:
    """N1, the nearest, takes the telephone at 20:00 for 6 minutes: the visit is asked at 20:06, and she goes. A second
    call at 20:02 is answered by N2, who is free, and visited by her: she lives as far away."""
    evening.room.tables["call_types"].clear()
    evening.type(triage_minutes=6)
    evening.room.duty("N1", "E", 0).duty("N2", "E", 0)
    evening.way("home-N1", "s", 9).call(MONDAY, "s").call(MONDAY + 2, "u")
    played = evening.play()
    assert played.asked.tolist() == [MONDAY + 6, MONDAY + 8] and played.response.tolist() == [14, 15]
    assert sorted(state.phoned for state in played.states[0].values()) == [6, 6]


def test_who_is_at_work_takes_the_telephone_there(evening: Any) -> None:
    """At the client from 20:06 + 15 for 30 minutes; the call at 20:30 makes that 6 minutes longer, until 20:57. The
    visit is asked at 20:36, so it waits 21 minutes, and is 10 away."""
    evening.room.tables["call_types"].clear()
    evening.type(triage_minutes=6)
    evening.response = {"pass_on_minutes": 60}
    evening.room.duty("N1", "E", 0)
    evening.call(MONDAY, "s").call(MONDAY + 30, "u")
    played = evening.play()
    assert played.wait.tolist() == [0, 21] and played.response.tolist() == [15, 31]


def test_a_central_duty_takes_the_telephone_in_turn(evening: Any) -> None:
    """One triage nurse, 6 minutes a call: the second waits 4 minutes, and is asked for at 20:12."""
    evening.room.tables["call_types"].clear()
    evening.type(triage_minutes=6)
    evening.room.kind("T", "18:00", "23:00", category="evening")
    evening.room.duty("N1", "E", 0).duty("N2", "E", 0).duty("N3", "T", 0)
    evening.room.add("nurse_skills", NurseSkill(nurse="N3", skill="triage"))
    evening.call(MONDAY, "s").call(MONDAY + 2, "u")
    played = evening.play()
    assert played.phone_wait.tolist() == [0, 4] and played.asked.tolist() == [MONDAY + 6, MONDAY + 12]
    assert [state.phoned for state in played.states[0].values() if state.unit.line] == [0, 0]


def test_an_earlier_duty_ends_late(evening: Any) -> None:
    """N1 goes at 22:50 from her evening duty and is done at 23:35; only then she can leave from her night duty."""
    evening.room.kind("N", "23:00", "31:00", line=1, lane="standby", category="night")
    evening.room.duty("N1", "E", 0).duty("N1", "N", 0, id="night")
    evening.call(MONDAY + 170, "s").call(MONDAY + 190, "u")
    played = evening.play()
    assert played.wait.tolist() == [0, 25]


def test_snow_makes_ways_longer(evening: Any) -> None:
    """Half as long again: 5 + 15."""
    evening.room.duty("N1", "E", 0)
    evening.call(MONDAY, "s")
    assert evening.came(stress="snow") == [("first_line", "N1", 20)]
