"""Response to calls of a plan, hand-solved: who is nearest, what is late, what nobody answers, and its figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from optimiser.check.checker import check
from optimiser.domain.calls import Area, CallHours, CallSource, CallType, ResponseSettings
from optimiser.domain.clock import DAY, HOUR
from optimiser.domain.people import NurseSkill
from optimiser.domain.place import Place
from optimiser.domain.plan import Plan
from optimiser.domain.response import measured_minutes
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.figures import figures
from optimiser.report.figures_calls import CALL_FIGURES, call_figures
from optimiser.report.kpis import summary
from optimiser.report.response import Response, calls_per_week, response, response_by_hour
from optimiser.report.response_tables import (
    hours_csv_rows,
    plan_titles,
    response_csv,
    response_json,
    response_notes,
    response_rows,
    response_title,
)
from optimiser.report.response_units import Answering, stretches

Rooms = Callable[..., Any]
NIGHT = {"lane": "standby", "category": "night", "line": 1}


def called(room: Rooms) -> Any:
    """Sources of a (district NB1, 168 calls a week) and b (place south, 84); half are settled by telephone, every hour
    of the week is alike. Nights N of N1 (a) and N2 (b), 23:00 to 31:00; all ways take 10 minutes but for 40 from N1's
    home to south."""
    small = room().nurse("N1").nurse("N2", organisation="b").kind("N", "23:00", "31:00", **NIGHT)
    small.places["north"] = Place(id="north", kind="other", latitude=52.0, longitude=5.0, district="NB1")
    small.place("south")
    small.add("call_types", CallType(id="call", name="Call", phone_percent=50))
    small.add("call_hours", *(CallHours(type="call", days=days, from_time=0, until_time=DAY, weight=1)
                              for days in ("weekdays", "saturday", "sunday")))  # fmt: skip
    small.add("call_sources",
              CallSource(id="s1", organisation="a", type="call", place="north", weekly_millicalls=168_000),
              CallSource(id="s2", organisation="b", type="call", place="south", weekly_millicalls=84_000))  # fmt: skip
    return small


def travel_of(small: Any) -> TravelMatrix:
    """The room's matrix with 40 minutes from N1's home to south."""
    matrix: TravelMatrix = small.matrix()
    table, index = next(iter(matrix.minutes.values())).copy(), matrix.index()
    table[index["home-N1"], index["south"]] = 40
    return replace(matrix, minutes=dict.fromkeys(matrix.minutes, table))


def found_of(small: Any, contract: SharingContract, **settings: Any) -> Response:
    """The response of the room's plan."""
    small.contract = contract
    instance = small.instance().model_copy(update={"response": ResponseSettings(**settings)})
    found = response(instance, travel_of(small), small.plan())
    assert found is not None
    return found


def test_a_night_alone_under_joint(room: Rooms) -> None:
    """One N1 on Monday night: 8 hours have 4 visits of s1 (15 minutes) and 2 of s2 (45: late); the other 160 hours of
    the week nobody is on duty. Night is 56 hours: 28 + 14 visits, of which 6 are answered."""
    found = found_of(called(room).duty("N1", "N", 0), PRESETS["joint"])
    night = found.speed(part="night")
    assert night.visits_per_week == pytest.approx(42)
    assert night.mean_minutes == pytest.approx((4 * 15 + 2 * 45) / 6)
    assert (night.p90_minutes, night.within_norm) == (45, pytest.approx(4 / 42))
    assert night.unanswered == pytest.approx(36 / 42)
    assert found.speed(part="evening").mean_minutes is None
    assert found.speed().visits_per_week == pytest.approx(126)
    assert found.speed().late_per_week == pytest.approx(122)


def test_the_nearest_goes(room: Rooms) -> None:
    """With N2 (10 minutes to both) beside her all six are within 15 minutes, though N1 is too far from south."""
    night = found_of(called(room).duty("N1", "N", 0).duty("N2", "N", 0), PRESETS["joint"]).speed(part="night")
    assert (night.mean_minutes, night.p90_minutes) == (15, 15)
    assert night.within_norm == pytest.approx(6 / 42)


def test_single_answers_own_calls_only(room: Rooms) -> None:
    """N1 answers s1 only: 4 of its 28 visits by night; of b nothing is answered."""
    found = found_of(called(room).duty("N1", "N", 0), PRESETS["single"])
    assert found.of_organisation("a", "night").within_norm == pytest.approx(4 / 28)
    assert found.of_organisation("b", "night").unanswered == 1


def test_the_norm_is_a_setting(room: Rooms) -> None:
    """45 minutes is in time when the norm is 45, and not when it is 44."""
    small = called(room).duty("N1", "N", 0)
    shares = [found_of(small, PRESETS["joint"], norm_minutes=norm).speed(part="night").within_norm for norm in (44, 45)]
    assert shares == [pytest.approx(4 / 42), pytest.approx(6 / 42)]


def test_nine_of_ten(room: Rooms) -> None:
    """Nine visits at 15 minutes and one at 45: nine of ten come within 15. Eight and two: 45."""
    for north, south, minutes in ((9, 1, 15), (8, 2, 45)):
        small = called(room).duty("N1", "N", 0)
        small.tables["call_sources"] = [
            CallSource(id=name, organisation="a", type="call", place=place, weekly_millicalls=1000 * calls)
            for name, place, calls in (("s1", "north", north), ("s2", "south", south))
        ]
        assert found_of(small, PRESETS["joint"]).speed().p90_minutes == minutes


def test_who_lacks_the_skill_of_a_call_does_not_come(room: Rooms) -> None:
    """Calls ask iv, which N2 has until Monday: on Tuesday nobody comes."""
    small = called(room).duty("N2", "N", 0).duty("N2", "N", 1)
    small.tables["call_types"] = [CallType(id="call", name="Call", phone_percent=50, skills=("iv",))]
    small.add("nurse_skills", NurseSkill(nurse="N2", skill="iv", valid_until=small.day(0)))
    assert found_of(small, PRESETS["joint"]).speed(part="night").unanswered == pytest.approx(36 / 42)


def test_new_colleagues_and_other_areas_do_not_answer(room: Rooms) -> None:
    """A new colleague, and a duty of the south for calls of the north, leave all visits unanswered there."""
    small = called(room).kind("S", "23:00", "31:00", area="south", **NIGHT).kind("D", "07:00", "12:00", line=1)
    small.add("areas", Area(id="south", name="South", organisations=("b",)))
    small.nurse("W", experience="new").duty("N2", "S", 1).duty("W", "D", 2)
    found = found_of(small, PRESETS["joint"])
    assert found.of_organisation("a").unanswered == 1
    assert found.of_organisation("b", "night").unanswered == pytest.approx(12 / 14)


def test_the_back_up_comes_where_the_first_line_may_not(room: Rooms) -> None:
    """N1 is the first line and 40 minutes from south, N2 the back-up and 10: N1 goes all the same. When calls ask iv,
    which only N2 has, N2 goes; alone she goes as well."""
    small = called(room).kind("B", "23:00", "31:00", lane="standby", category="night", line=2)
    both = small.duty("N1", "N", 0).duty("N2", "B", 0)
    assert found_of(both, PRESETS["joint"]).speed(part="night").p90_minutes == 45
    small.tables["call_types"] = [CallType(id="call", name="Call", phone_percent=50, skills=("iv",))]
    small.add("nurse_skills", NurseSkill(nurse="N2", skill="iv"))
    night = found_of(both, PRESETS["joint"]).speed(part="night")
    assert (night.p90_minutes, night.unanswered) == (15, pytest.approx(36 / 42))
    small.duties.pop(0)
    assert found_of(small, PRESETS["joint"]).speed(part="night").p90_minutes == 15


def test_weeks_are_measured_from_the_end_of_the_night_before(room: Rooms) -> None:
    """With a night of line 1 until 07:00 the week is Monday 07:00 to Monday 07:00, so seven planned nights answer all;
    without duties over midnight it is the calendar's."""
    small = called(room)
    assert measured_minutes(small.instance()) == (7 * HOUR, 7 * DAY + 7 * HOUR)
    for day in range(7):
        small.duty("N1", "N", day)
    night = found_of(small, PRESETS["joint"]).speed(part="night")
    assert (night.unanswered, night.visits_per_week) == (0, pytest.approx(42))
    assert measured_minutes(room().kind("E", "18:00", "24:00", line=1).instance()) == (0, 7 * DAY)


def test_split_duties_and_own_times(room: Rooms) -> None:
    """A split evening of 18:00 to 20:00 and 22:00 to 23:00 is on for three hours; stretches name who is on."""
    small = called(room).kind("E", "18:00", "20:00", category="evening", line=1, second_start="22:00",
                              second_end="23:00").duty("N1", "E", 0)  # fmt: skip
    instance = small.instance()
    answering = Answering(instance, PRESETS["joint"], travel_of(small))
    duties = answering.duties(small.plan())
    assert [(low // HOUR, high // HOUR) for low, high, _ in duties] == [(18, 20), (22, 23)]
    on = [(low // HOUR, high // HOUR) for low, high, units in stretches(instance, duties) if units]
    assert on == [(18, 20), (22, 23)]
    assert sum(high - low for low, high, _ in stretches(instance, duties)) == 7 * DAY


def test_rows_by_district(room: Rooms) -> None:
    """NB1 by its code, south by the place; four parts each, with shares that are the parts' own."""
    found = found_of(called(room).duty("N1", "N", 0), PRESETS["joint"])
    rows = {(row.district, row.part): row for row in found.districts()}
    assert len(rows) == 8 and {row.organisations for row in rows.values()} == {("a",), ("b",)}
    north = rows["NB1", "night"]
    assert (north.visits_per_week, north.mean_minutes, north.p90_minutes) == (pytest.approx(28), 15, 15)
    assert (north.within_norm, north.unanswered) == (pytest.approx(4 / 28), pytest.approx(24 / 28))
    assert rows["south", "night"].within_norm == 0 and rows["south", "evening"].mean_minutes is None
    assert rows["NB1", "week_day"].visits_per_week == pytest.approx(5 * 11 / 2)


def test_figures_of_a_plan_with_calls(room: Rooms) -> None:
    """252 calls and 126 visits a week, 122 of them late or not answered; figures, summary and organisations say so."""
    small = called(room).duty("N1", "N", 0)
    small.contract = PRESETS["joint"]
    instance, travel, plan = small.instance(), travel_of(small), small.plan()
    report = check(instance, plan.contract, travel, plan)
    found = figures(instance, travel, plan, report)
    assert [found.total[name] for name in CALL_FIGURES] == [252.0, 126.0, 122.0, 3.2, 25.0, 45.0]
    assert found.organisations["b"]["late_call_visits_per_week"] == 42.0
    assert calls_per_week(instance, "b") == pytest.approx(84)
    known = summary(instance, travel, plan, report)
    assert {name: known[name] for name in CALL_FIGURES} == {name: found.total[name] for name in CALL_FIGURES}
    assert not set(CALL_FIGURES) & next(iter(found.nurses.values())).keys()


def test_no_calls_are_no_figures(room: Rooms) -> None:
    """None at every level, no names in the summary, and no response at all."""
    small = called(room).duty("N1", "N", 0)
    small.tables["call_sources"] = []
    instance, travel, plan = small.instance(), small.matrix(), small.plan()
    assert response(instance, travel, plan) is None
    total, organisations = call_figures(instance, travel, plan)
    assert set(total.values()) == {None} and organisations.keys() == {"a", "b"}
    assert not set(CALL_FIGURES) & summary(instance, travel, plan, check(instance, plan.contract, travel, plan)).keys()


def test_no_visits_are_no_share(room: Rooms) -> None:
    """All settled by telephone: no visits, and neither mean nor share; calls are told all the same."""
    small = called(room).duty("N1", "N", 0)
    small.tables["call_types"] = [CallType(id="call", name="Call", phone_percent=100)]
    found = found_of(small, PRESETS["joint"])
    speed = found.speed()
    assert (speed.visits_per_week, speed.mean_minutes, speed.within_norm, speed.late_per_week) == (0, None, None, 0)
    assert found.districts() == () and calls_per_week(found.instance) == pytest.approx(252)


def test_tables_and_csv(room: Rooms) -> None:
    """Two plans side by side; rows of all and of each organisation by part; decimals for a csv."""
    small = called(room).duty("N1", "N", 0)
    one = found_of(small, PRESETS["single"])
    two = found_of(small.duty("N2", "N", 0), PRESETS["joint"])
    rows = response_rows([("apart", one), ("samen", two)], "nl")
    assert len(rows) == 1 + 3 * 5 and len({len(row) for row in rows}) == 1
    assert rows[0][3] == "apart: Binnen de norm"
    assert rows[1][:4] == ["Alle cliënten", "Hele week", "126,0", "3,2\xa0%"]
    assert rows[0][6] == "samen: Binnen de norm" and rows[1][6] == "4,8\xa0%"
    assert response_rows([("one", one)], "en")[0][3:] == [
        "Within the norm", "Mean (min)", "90th percentile (min)", "Nobody who can",
    ]  # fmt: skip
    assert response_title(one.instance, "en") == "Response to calls; norm 30 min after triage"
    notes = response_notes([("apart", one)], "nl")
    # whoever lacks the skill of a call is on duty, but not for it
    told = "apart: bij 96,8 % van de bezoeken heeft niemand dienst die het werk mag doen"
    assert notes[1] == f"{told}: geen dienst, of niet de bekwaamheid."
    headings, cells = response_csv(one.instance, [("apart", one.districts())], "nl")
    assert len(headings) == 11 and len(cells) == 8
    night = next(row for row in cells if row[1] == "NB1" and row[3] == "Nacht")
    assert night == ["apart", "NB1", "", "Nacht", "a", Decimal("28.000"), 30, Decimal("14.3"), Decimal("15.0"),
                     Decimal("15"), Decimal("85.7")]  # fmt: skip


def test_hour_by_hour(room: Rooms) -> None:
    """N1 on Monday night: of the five hours from 23:00 on weekdays one is answered, on Saturdays none; every hour of a
    weekday has 5 x 252 / 2 / 168 = 3.75 visits a week, and all hours together the whole week's."""
    small = called(room).duty("N1", "N", 0)
    small.contract = PRESETS["joint"]
    found = response_by_hour(small.instance(), travel_of(small), small.plan())
    assert len(found) == 3 * 24 and list(found)[:2] == [("weekdays", 0), ("weekdays", 1)]
    late = found["weekdays", 23]
    assert (late.visits_per_week, late.unanswered) == (pytest.approx(3.75), pytest.approx(4 / 5))
    assert (late.mean_minutes, late.p90_minutes) == (pytest.approx(25), 45)
    assert found["saturday", 23].unanswered == 1 and found["weekdays", 12].mean_minutes is None
    assert sum(each.visits_per_week for each in found.values()) == pytest.approx(126)
    headings, rows = hours_csv_rows([("plan", found)], "nl")
    assert len(headings) == len(rows[0]) == 8
    assert rows[23][1:4] == ["Maandag tot en met vrijdag", "23:00", Decimal("3.750")]
    small.tables["call_sources"] = []
    assert response_by_hour(small.instance(), travel_of(small), small.plan()) == {}


def test_titles_and_json(room: Rooms) -> None:
    """Plans are told by their contracts, numbered when these are the same; json holds what the tables hold."""
    small = called(room).duty("N1", "N", 0)
    plans = [small.plan().model_copy(update={"contract": PRESETS[name]}) for name in ("single", "joint", "joint")]
    titles = plan_titles(plans[:2], "nl")
    assert len(set(titles)) == 2 and [each[-8:] for each in plan_titles(plans[1:], "nl")] == ["(plan 1)", "(plan 2)"]
    found = found_of(small, PRESETS["joint"])
    told = json.loads(json.dumps(response_json([("samen", found)], [plans[1]])))
    (only,) = told["plans"]
    assert told["norm_minutes"] == 30 and only["contract"] == "joint" and len(only["districts"]) == 8
    assert only["organisations"]["a"]["night"]["within_norm"] == pytest.approx(4 / 28)
    assert only["total"]["visits_per_week"] == pytest.approx(126) == sum(
        each["visits_per_week"] for each in only["parts"].values()
    )


def test_one_organisation_has_one_block(room: Rooms) -> None:
    """Where only one organisation has calls the rows of all are hers; a plan where all is answered has one note."""
    small = called(room)
    small.tables["call_sources"].pop()
    small.tables["call_hours"] = [CallHours(type="call", days="weekdays", from_time=23 * HOUR, until_time=31 * HOUR,
                                            weight=1)]  # fmt: skip
    for day in range(5):
        small.duty("N1", "N", day)
    found = found_of(small, PRESETS["joint"])
    assert [row[:2] for row in response_rows([("plan", found)], "en")[1:]] == [
        ["All clients", "Whole week"], ["All clients", "Night"],
    ]  # fmt: skip
    assert len(response_notes([("plan", found)], "en")) == 1
    assert isinstance(small.plan(), Plan)
