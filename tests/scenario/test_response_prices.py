"""Areas in use, catchments, who answers, reach, and what a duty costs in response to calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from optimiser.domain.calls import Area, CallHours, CallSource, CallType, ResponseSettings
from optimiser.domain.clock import DAY, HOUR
from optimiser.domain.duty import Cover
from optimiser.domain.instance import Instance
from optimiser.domain.people import Availability, NurseSkill
from optimiser.domain.place import Place
from optimiser.domain.sharing import PRESETS, Entry, SharingContract
from optimiser.domain.travel_matrix import SlowDay, TravelMatrix
from optimiser.planning import prepare
from optimiser.scenario.area_allowed import area_allowed
from optimiser.scenario.catchment import Catchment, Catchments, answering_numbers
from optimiser.scenario.cover import cover_days, in_use
from optimiser.scenario.reaching import Reaching
from optimiser.scenario.response_prices import half_up, response_prices, visit_shares
from optimiser.scenario.whereabouts import turn_out_minutes, waiting_place
from optimiser.travel.engine import slowed

Rooms = Callable[..., Any]
ROWS = [CallHours(type="call", days=days, from_time=0, until_time=DAY, weight=1) for days in
        ("weekdays", "saturday", "sunday")]  # fmt: skip
"""A call is as likely in each of the 168 hours of a plain week."""
POSTS = SharingContract(name="posts", visits="all", cover="pooled", division="posts")


def called(room: Rooms, **response: Any) -> Any:
    """Sources of a (north, 168 calls a week) and b (south, 84); half are settled by telephone. N1 of a and N2 of b; the
    on-call night N, and NN of the area north. It is Monday 7 December 2026."""
    small = room().nurse("N1").nurse("N2", organisation="b")
    night = {"lane": "standby", "category": "night", "line": 1}
    small.kind("N", "23:00", "31:00", **night).kind("NN", "23:00", "31:00", area="north", **night)
    for name, code in (("north", "NB1"), ("south", "SB1")):
        small.places[name] = Place(id=name, kind="other", latitude=52.0, longitude=5.0, district=code)
    small.add("areas", Area(id="north", name="North", division="posts", districts=("NB",)))
    small.add("call_types", CallType(id="call", name="Call", phone_percent=50)).add("call_hours", *ROWS)
    small.add("call_sources",
              CallSource(id="s1", organisation="a", type="call", place="north", weekly_millicalls=168_000),
              CallSource(id="s2", organisation="b", type="call", place="south", weekly_millicalls=84_000))  # fmt: skip
    small.add("cover", *(Cover(id=f"n-{each}", organisation=each, from_time=23 * HOUR, until_time=31 * HOUR,
                               lane="standby") for each in "ab"))  # fmt: skip
    small.response = ResponseSettings(**response)
    return small


def built(small: Any) -> Instance:
    """The instance with its response settings."""
    made: Instance = small.instance().model_copy(update={"response": small.response})
    return made


def ways(small: Any, **minutes: int) -> TravelMatrix:
    """The room's matrix with other minutes on some ways: ``N1_north=40`` is from N1's home to north."""
    matrix: TravelMatrix = small.matrix()
    table, index = next(iter(matrix.minutes.values())).copy(), matrix.index()
    for way, value in minutes.items():
        nurse, place = way.split("_")
        table[index.get(f"home-{nurse}", index.get(nurse, -1)), index[place]] = value
    return replace(matrix, minutes=dict.fromkeys(matrix.minutes, table))


def prices(small: Any, contract: SharingContract, travel: TravelMatrix) -> dict[str, Any]:
    """Term -> prices of a small instance."""
    instance = built(small)
    return response_prices(instance, contract, travel, cover_days(instance, contract))


def test_a_night_of_own_calls(room: Rooms) -> None:
    """Eight of 168 hours: N1 has 168 x 8 / 168 x 50 % = 4 visits, N2 has 2. N1 travels 10 minutes: 40; N2 has 40
    minutes to south: 80, and with 5 to turn out 45 > 30, so 2 visits late are 200 hundredths."""
    small = called(room)
    found = prices(small, PRESETS["single"], ways(small, N2_south=40))
    assert found["call_travel"][:, 0, 0].tolist() == [40, 80]
    assert found["late_calls"][:, 0, 0].tolist() == [0, 200]


def test_pooled_calls_are_shared_by_who_answers(room: Rooms) -> None:
    """Together 6 visits; the two rows make one of minimum 2, so each duty has 3 of them: of N2 (5 minutes to north, 40
    to south) (4 x 5 + 2 x 40) / 2 = 50 minutes, and 2 / 2 late. With one on call for all she has all of them."""
    small = called(room)
    travel = ways(small, N2_north=5, N2_south=40)
    found = prices(small, PRESETS["joint"], travel)
    assert (found["call_travel"][1, 0, 0], found["late_calls"][1, 0, 0]) == (50, 100)
    found = prices(small, PRESETS["one_on_call"], travel)
    assert (found["call_travel"][1, 0, 0], found["late_calls"][1, 0, 0]) == (100, 200)


def test_a_pool_has_the_calls_of_who_has_entered(room: Rooms) -> None:
    """b enters on Wednesday: on Monday and Tuesday N1 answers for a only."""
    small = called(room)
    entries = (Entry(organisation="b", from_date=date(2026, 12, 9)),)
    contract = PRESETS["one_on_call"].model_copy(update={"entries": entries})
    assert prices(small, contract, ways(small))["call_travel"][0, :3, 0].tolist() == [40, 40, 60]


def test_who_did_not_agree_answers_for_her_own(room: Rooms) -> None:
    """N2 did not agree to work for others."""
    small = called(room)
    contract = PRESETS["joint"].model_copy(update={"consents": ("N1",)})
    catchments = Catchments(built(small), contract)
    found = [catchments.of(nurse, small.kinds["N"], 0) for nurse in small.nurses.values()]
    assert found == [Catchment(organisations=("a", "b")), Catchment(organisations=("b",))]
    assert [each.id for each in catchments.sources(small.nurses["N2"], small.kinds["N"], 0)] == ["s2"]


def test_an_area_has_the_calls_of_its_districts(room: Rooms) -> None:
    """NN is for the north, whoever holds it: 4 visits of s1, whatever the contract pools."""
    small = called(room)
    found = prices(small, POSTS, ways(small))
    assert found["call_travel"][:, 0, 1].tolist() == [40, 40]
    small.tables["areas"] = [Area(id="north", name="North", organisations=("b",))]
    assert prices(small, POSTS, ways(small))["call_travel"][:, 0, 1].tolist() == [20, 20]


def test_a_row_of_an_area_asks_only_when_the_area_is_in_use(room: Rooms) -> None:
    """With posts the row of the north counts NN and no N; without it is not there."""
    small = called(room)
    small.add("cover", Cover(id="north", organisation="a", from_time=23 * HOUR, until_time=31 * HOUR, lane="standby",
                             area="north"))  # fmt: skip
    instance = built(small)
    assert in_use(instance, POSTS, "north") and not in_use(instance, PRESETS["joint"], "north")
    assert in_use(instance, PRESETS["joint"], "") and in_use(instance, PRESETS["joint"], "unheard-of")
    rows = {row.id: row.duties for row in cover_days(instance, POSTS) if row.day == 0}
    assert rows == {"n-a+n-b": {(0, 0)}, "north": {(0, 1)}}
    assert {row.id for row in cover_days(instance, PRESETS["joint"])} == {"n-a+n-b"}
    # the number that a contract sets for pooled standby is not for rows of an area
    small.add("cover", Cover(id="north-b", organisation="b", from_time=23 * HOUR, until_time=31 * HOUR,
                             lane="standby", area="north"))  # fmt: skip
    none = POSTS.model_copy(update={"pooled_standby": 0})
    assert {row.id: row.minimum for row in cover_days(built(small), none)} == {"n-a+n-b": 0, "north+north-b": 2}


def test_skills_are_asked_in_each_area(room: Rooms) -> None:
    """At each moment the area wants one who may give drips: only N2 counts, in NN only."""
    small = called(room).add("nurse_skills", NurseSkill(nurse="N2", skill="iv"))
    small.tables["cover"] = [Cover(id="iv", organisation="a", from_time=23 * HOUR, until_time=31 * HOUR, lane="standby",
                                   area="north", skills=("iv",))]  # fmt: skip
    rows = cover_days(built(small), POSTS)
    assert [(row.nurses, row.duties) for row in rows] == [({1}, {(day, 1)}) for day in range(7)]


def test_a_row_that_names_a_line_counts_that_line(room: Rooms) -> None:
    """First line and back-up have equal hours; each row counts its own kind, and one without a line both."""
    small = called(room).kind("B", "23:00", "31:00", lane="standby", category="night", line=2)
    hours = {"organisation": "a", "from_time": 23 * HOUR, "until_time": 31 * HOUR, "lane": "standby"}
    small.tables["cover"] = [Cover(id=f"line-{line}", line=line, **hours) for line in (None, 1, 2)]
    rows = {row.id: row.duties for row in cover_days(built(small), PRESETS["joint"]) if row.day == 0}
    assert rows == {"line-None": {(0, 0), (0, 2)}, "line-1": {(0, 0)}, "line-2": {(0, 2)}}
    small.tables["cover"] = [Cover(id=f"{each}-{line}", line=line, **{**hours, "organisation": each})
                             for each in "ab" for line in (1, 2)]  # fmt: skip
    rows = {row.id: row.minimum for row in cover_days(built(small), PRESETS["joint"]) if row.day == 0}
    assert rows == {"a-1+b-1": 2, "a-2+b-2": 2}


def test_the_back_up_has_no_price_and_students_neither(room: Rooms) -> None:
    """Late calls and travel are of line 1 and of experienced nurses."""
    small = called(room).kind("B", "23:00", "31:00", lane="standby", category="night", line=2)
    small.kind("D", "07:00", "15:00", line=1).nurse("S", experience="student", companion="N1")
    small.nurse("W", experience="new")
    found = prices(small, PRESETS["single"], ways(small))["call_travel"]
    assert not found[:, :, 2].any() and not found[2:].any()
    # by day 8 hours of work: again 4 visits at 10 minutes, and nobody needs to turn out
    assert found[0, 0].tolist() == [40, 40, 0, 40]


def test_no_calls_or_nobody_who_answers_is_no_price(room: Rooms) -> None:
    """The terms are 0 without a table of their own."""
    small = called(room)
    small.tables["call_sources"] = []
    assert prices(small, PRESETS["joint"], ways(small)) == {}
    small = called(room)
    small.kinds = {name: kind.model_copy(update={"line": 2}) for name, kind in small.kinds.items()}
    assert prices(small, PRESETS["joint"], ways(small)) == {}


def test_at_work_nobody_turns_out(room: Rooms) -> None:
    """26 minutes of travel: 31 from home is late, 26 from the post at work is not; 30 exactly is in time."""
    small = called(room).kind("P", "23:00", "31:00", lane="standby", category="night", line=1, at_workplace=True)
    found = prices(small, PRESETS["single"], ways(small, N1_north=26))["late_calls"]
    assert found[0, 0].tolist() == [400, 400, 0]
    assert [turn_out_minutes(built(small), small.kinds[name]) for name in ("N", "P")] == [5, 0]
    assert not prices(small, PRESETS["single"], ways(small, N1_north=25))["late_calls"][0].any()


def test_where_she_waits(room: Rooms) -> None:
    """From the post of the kind; else from where her routes begin, which a row of travel moves for a day. On a slow day
    all takes twice as long."""
    small = called(room).kind("P", "23:00", "31:00", lane="standby", category="night", line=1, waits_at=None)
    small.place("post")
    small.kinds["P"] = small.kinds["P"].model_copy(update={"waits_at": "post"})
    away = {"nurse": "N1", "kind": "travel", "first": small.day(1), "last": small.day(1)}
    small.add("availability", Availability(start_place="south", mode="bicycle", **away))
    travel = slowed(ways(small, post_north=3, south_north=20), [SlowDay(day=small.day(2), percent=200)])
    found = prices(small, PRESETS["single"], travel)["call_travel"]
    assert found[0, :4, 0].tolist() == [40, 80, 80, 40]
    assert found[0, :4, 2].tolist() == [12, 12, 24, 12]
    assert waiting_place(built(small), "N1", small.kinds["N"], 1) == ("south", "bicycle")
    assert waiting_place(built(small), "N1", small.kinds["P"], 1) == ("post", "bicycle")
    assert Reaching(built(small), travel).way("N1", small.kinds["N"], 2) == ("home-N1", "car", "night*200")


@pytest.mark.parametrize(
    ("percent", "minutes", "allowed"),
    [(50, 15, [True, True]), (60, 15, [True, False]), (60, 25, [True, True]), (67, 14, [False, False])],
)
def test_reach(room: Rooms, percent: int, minutes: int, allowed: list[bool]) -> None:
    """Joint calls: two thirds in the north, one in the south. N1 has 10 minutes and 5 to turn out to both; N2 has 20 to
    the north and 5 to the south: within 15 minutes a third of them, within 25 all. One third is less than 50 %, unless
    she answers for her own (single)."""
    small = called(room, reach_minutes=minutes, reach_percent=percent)
    travel = ways(small, N2_north=20, N2_south=5)
    found = area_allowed(built(small), PRESETS["joint"], travel)
    assert found[:, 0, 0].tolist() == ([True, False] if percent == 50 else allowed)
    single = area_allowed(built(small), PRESETS["single"], travel)
    assert single[:, 0, 0].tolist() == [minutes >= 15, True]


def test_reach_of_the_area_goes_before_that_of_the_settings(room: Rooms) -> None:
    """The area asks 14 minutes, which nobody makes in the north; duties of no line and work duties have no reach."""
    small = called(room).kind("Q", "23:00", "31:00", lane="standby").kind("D", "07:00", "15:00", line=1)
    small.tables["areas"] = [Area(id="north", name="North", division="posts", districts=("NB",), reach_minutes=14)]
    found = area_allowed(built(small), POSTS, ways(small))
    assert found[0, 0].tolist() == [True, False, True, True]
    # NN may not be when posts are not in use
    assert area_allowed(built(small), PRESETS["joint"], ways(small))[0, 0].tolist() == [True, False, True, True]
    small.tables["areas"] = [Area(id="north", name="North", division="posts", districts=("NB",), reach_minutes=15)]
    assert area_allowed(built(small), POSTS, ways(small))[0, 0].all()
    assert not area_allowed(built(small), PRESETS["joint"], ways(small))[:, :, 1].any()


def test_answering_is_the_largest_minimum(room: Rooms) -> None:
    """Rows of 2 and 0 give 2; a nurse without the skill of a row counts for it as nobody: 1."""
    small = called(room).add("nurse_skills", NurseSkill(nurse="N1", skill="iv"))
    hours = {"organisation": "a", "from_time": 23 * HOUR, "until_time": 31 * HOUR, "lane": "standby"}
    small.tables["cover"] = [Cover(id="two", minimum=2, wanted=3, skills=("iv",), **hours),
                             Cover(id="none", minimum=0, wanted=4, **hours)]  # fmt: skip
    instance = built(small)
    found = answering_numbers(instance, cover_days(instance, PRESETS["joint"]))
    assert found[:, 3, 0].tolist() == [2, 1]


def test_a_holiday_and_the_night_of_summer_time(room: Rooms) -> None:
    """On Sundays calls come twice as often: a plain week weighs 6 x 24 + 48 = 192 hours. The night of Christmas Eve
    (Thursday 24 December 2026) has 1 + 14 of them, the night before the clock goes back 1 x 1 + 8 x 2 = 17."""
    rows = [each.model_copy(update={"weight": 2}) if each.days == "sunday" else each for each in ROWS]
    for monday, day, hours in ((date(2026, 12, 21), 3, 15), (date(2026, 10, 19), 5, 17)):
        small = room(monday=monday).kind("N", "23:00", "31:00", lane="standby", category="night", line=1)
        small.add("call_types", CallType(id="call", name="Call", phone_percent=0)).add("call_hours", *rows)
        assert visit_shares(small.instance(), small.kinds["N"], day) == (Fraction(hours, 192),)


def test_halves_go_up() -> None:
    """0.5 is 1, 1.4 is 1, 1.5 is 2."""
    assert [half_up(Fraction(number, 10)) for number in (0, 4, 5, 14, 15)] == [0, 0, 1, 1, 2]


def test_the_problem_has_them(room: Rooms) -> None:
    """``prepare`` takes away what an area or the reach forbids, and has the prices."""
    small = called(room)
    problem = prepare(built(small), PRESETS["one_on_call"])
    assert not problem.duty_allowed[:, :, 1].any() and problem.duty_allowed[:, :, 0].all()
    assert {"late_calls", "call_travel"} <= problem.duty_prices.keys()
    assert np.array_equal(problem.duty_prices["late_calls"] > 0, np.zeros((2, 7, 2), dtype=bool))
