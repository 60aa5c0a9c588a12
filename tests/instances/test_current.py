"""What is worked now: duties and routes from elsewhere as a plan, or every fault with its row and column."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instances.current import DRIVEN, read_current
from instances.plans import duties_csv, read_plan, routes_csv, write_plan
from optimiser.check.checker import check
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan, Unserved
from optimiser.domain.sharing import PRESETS
from optimiser.errors import Fault, InputError
from optimiser.travel.engine import travel_matrix

HEADING = "medewerker;datum;baan;deel;volgorde;soort;id;wie;aankomst;begin;einde"
DAY = "2026-12-07"


@pytest.fixture(scope="module")
def planned(six: Instance) -> Plan:
    """The plan of six_nurses that tests keep: 31 duties, all work done."""
    return read_plan(Path(__file__).with_name("six_nurses_plan.json"), six)[0]


def both(folder: Path, plan: Plan, six: Instance) -> Path:
    """``duties.csv`` with ``routes.csv`` beside it, as every plan is written."""
    (folder / "duties.csv").write_text(duties_csv(plan, six), encoding="utf-8")
    (folder / "routes.csv").write_text(routes_csv(plan, six), encoding="utf-8")
    return folder / "duties.csv"


def faults_of(path: Path, six: Instance) -> list[Fault]:
    """What is wrong with the files."""
    with pytest.raises(InputError) as caught:
        read_current(path, six, "nl")
    return caught.value.faults


def driven(folder: Path, routes: str, duties: str = f"m1;{DAY};dag\nm1;{DAY};nacht") -> Path:
    """A roster of m1's Monday, by day and on call, with these routes."""
    (folder / "duties.csv").write_text(f"medewerker;datum;dienst\n{duties}\n", encoding="utf-8")
    (folder / "routes.csv").write_text(f"{routes}\n", encoding="utf-8")
    return folder / "duties.csv"


def test_a_plan_written_as_tables_comes_back(six: Instance, planned: Plan, tmp_path: Path) -> None:
    """All duties and stops are equal; so are the violations, the costs and what is unserved."""
    again = read_current(both(tmp_path, planned, six), six)
    assert again.status == "imported" and again.with_routes
    assert {each.id: each for each in again.duties} == {each.id: each for each in planned.duties}
    assert sum(len(each.stops) for each in again.duties) > 70
    travel = travel_matrix(six)
    before, now = (check(six, PRESETS["joint"], travel, each) for each in (planned, again))
    assert now.counts == before.counts and now.violations == before.violations == ()


def test_what_is_in_no_route_is_unserved(six: Instance, planned: Plan, tmp_path: Path) -> None:
    """Routes without Monday's duty of m1 leave its stops; the check agrees with the list. One part of a visit for two
    leaves the visit."""
    gone = next(each for each in planned.duties if each.id == f"m1/{DAY}/work")
    pair = next(each.id for each in six.visits if each.nurses == 2)
    duties = tuple(
        duty.model_copy(update={"routes": tuple(
            route.model_copy(update={"stops": tuple(s for s in route.stops if (s.id, s.part) != (pair, 2))})
            for route in duty.routes
        )})
        for duty in planned.duties if duty != gone
    )  # fmt: skip
    fewer = planned.model_copy(update={"duties": (*duties, gone.model_copy(update={"routes": ()}))})
    again = read_current(both(tmp_path, fewer, six), six)
    left = {stop.id for stop in gone.stops if stop.what != "break"} | {pair}
    assert {each.id for each in again.unserved} == left
    assert {each.reason for each in again.unserved} == {"not_inserted"}
    report = check(six, PRESETS["joint"], travel_matrix(six), again)
    assert "served.listed" not in {each.rule for each in report.violations}


def test_a_roster_alone_has_no_routes(six: Instance, planned: Plan, tmp_path: Path) -> None:
    """Without routes.csv beside it nothing is said of routes."""
    path = both(tmp_path, planned, six)
    (tmp_path / "routes.csv").unlink()
    again = read_current(path, six)
    assert not again.with_routes and again.unserved == () and len(again.duties) == 31
    assert all(not each.routes for each in again.duties)


def test_a_workbook_may_have_routes_beside_it(six: Instance, planned: Plan, tmp_path: Path) -> None:
    """The duties from the first sheet, the stops from routes.csv."""
    from openpyxl import Workbook

    path = both(tmp_path, planned, six)
    book = Workbook()
    for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=";"):
        book.active.append(row)
    book.save(tmp_path / "roster.xlsx")
    again = read_current(tmp_path / "roster.xlsx", six)
    assert {each.id: each for each in again.duties} == {each.id: each for each in planned.duties}


def test_a_plan_of_this_instance_is_taken_as_it_is(six: Instance, planned: Plan, tmp_path: Path) -> None:
    """plan.json: equal but for a list of what is unserved that is made true; another instance's is refused."""
    write_plan(
        planned.model_copy(update={"unserved": (Unserved(id="t-apotheek", reason="no_room"),)}), tmp_path / "p.json"
    )
    assert read_current(tmp_path / "p.json", six) == planned
    write_plan(planned.model_copy(update={"instance": "other"}), tmp_path / "p.json")
    assert faults_of(tmp_path / "p.json", six)[0].column == "instance"


def test_least_that_must_be_known(six: Instance, tmp_path: Path) -> None:
    """Nurse, date, number, what, id and start: a visit takes as long as the tables say (25 minutes of care and 5 of
    reporting: 07:15 to 07:45), a break as long as the kind's; rows may come in any order."""
    path = driven(
        tmp_path,
        f"nurse,date,order,what,id,start\nm1,{DAY},3,visit,c6-zwachtelen/{DAY}/1,12:00\n"
        f"m1,{DAY},2,break,,11:00\nm1,{DAY},1,visit,c1-antibiotica/{DAY}/1,07:15",
    )  # fmt: skip
    first = read_current(path, six).duties[0]
    minutes = six.visit_by_id[f"c6-zwachtelen/{DAY}/1"].minutes
    assert [(each.what, each.id, each.arrival, each.start, each.end) for each in first.stops] == [
        ("visit", f"c1-antibiotica/{DAY}/1", 435, 435, 465),
        ("break", "break", 660, 660, 660 + six.kind_by_id["dag"].break_minutes),
        ("visit", f"c6-zwachtelen/{DAY}/1", 720, 720, 720 + minutes),
    ]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ("24:05;24:10;24:40", (1445, 1450, 1480)), ("00:05;00:10;00:40", (1445, 1450, 1480)),
        ("23:50;00:10;00:40", (1430, 1450, 1480)), ("23:10;23:15;23:45", (1390, 1395, 1425)),
        ("23:40;23:45;00:15", (1420, 1425, 1455)), ("06:00;06:10;06:30", (1800, 1810, 1830)),
    ],
)  # fmt: skip
def test_times_after_midnight_are_written_two_ways(
    six: Instance, tmp_path: Path, times: str, expected: tuple[int, int, int]
) -> None:
    """A stop of the night of Monday 23:00 to 07:00 (1380 to 1860): 00:10 and 24:10 are one time."""
    row = f"m1;{DAY};bereikbaar;0;1;zorgmoment;c1-antibiotica/{DAY}/3;1;{times}"
    night = read_current(driven(tmp_path, f"{HEADING}\n{row}"), six).duties[1]
    (stop,) = night.stops
    assert (stop.arrival, stop.start, stop.end) == expected


GOOD = f"m1;{DAY};werk;0;1;zorgmoment;c1-antibiotica/{DAY}/1;1;07:12;07:15;07:45"
WRONG = [
    (f"zz;{DAY};werk;0;2;zorgmoment;c4-injectie/{DAY}/1;1;08:00;08:00;08:10", "medewerker"),
    (f"m1;7 december;werk;0;2;zorgmoment;c4-injectie/{DAY}/1;1;08:00;08:00;08:10", "datum"),
    ("m1;2026-12-08;werk;0;2;zorgmoment;c4-injectie/2026-12-08/1;1;08:00;08:00;08:10", "datum"),
    (f"m1;{DAY};nacht;0;2;zorgmoment;c4-injectie/{DAY}/1;1;08:00;08:00;08:10", "baan"),
    (f"m1;{DAY};werk;1;2;zorgmoment;c4-injectie/{DAY}/1;1;08:00;08:00;08:10", "deel"),
    (f"m1;{DAY};werk;0;0;zorgmoment;c4-injectie/{DAY}/1;1;08:00;08:00;08:10", "volgorde"),
    (f"m1;{DAY};werk;0;1;zorgmoment;c4-injectie/{DAY}/1;1;08:00;08:00;08:10", "volgorde"),
    (f"m1;{DAY};werk;0;2;bezoek;c4-injectie/{DAY}/1;1;08:00;08:00;08:10", "soort"),
    (f"m1;{DAY};werk;0;2;zorgmoment;c4-injecti/{DAY}/1;1;08:00;08:00;08:10", "id"),
    (f"m1;{DAY};werk;0;2;zorgmoment;;1;08:00;08:00;08:10", "id"),
    (f"m1;{DAY};werk;0;2;taak;t-overleg-m1;1;08:00;08:00;08:10", "id"),
    (f"m1;{DAY};werk;0;2;zorgmoment;c1-antibiotica/{DAY}/1;1;08:00;08:00;08:10", "id"),
    (f"m1;{DAY};werk;0;2;zorgmoment;c4-injectie/{DAY}/1;2;08:00;08:00;08:10", "wie"),
    (f"m1;{DAY};werk;0;2;zorgmoment;c4-injectie/{DAY}/1;3;08:00;08:00;08:10", "wie"),
    (f"m1;{DAY};werk;0;2;zorgmoment;c4-injectie/{DAY}/1;1;8 uur;08:00;08:10", "aankomst"),
    (f"m1;{DAY};werk;0;2;zorgmoment;c4-injectie/{DAY}/1;1;08:05;08:00;08:10", "begin"),
    (f"m1;{DAY};werk;0;2;zorgmoment;c4-injectie/{DAY}/1;1;08:00;;08:10", "begin"),
    (f"m1;{DAY};werk;0;2;zorgmoment;c4-injectie/{DAY}/1;1;08:00;08:00;07:50", "einde"),
]


@pytest.mark.parametrize(("row", "column"), WRONG)
def test_a_wrong_row_is_a_fault_of_its_column(six: Instance, tmp_path: Path, row: str, column: str) -> None:
    """Each row that is wrong in one way: file, row and column."""
    found = faults_of(driven(tmp_path, f"{HEADING}\n{GOOD}\n{row}"), six)
    assert [(each.file, each.row, each.column) for each in found] == [("routes.csv", 3, column)]


def test_all_faults_of_both_files_come_at_once(six: Instance, tmp_path: Path) -> None:
    """One wrong duty and all wrong rows: the fault of each, and none for the row that is right; what comes on top is
    that these rows name the same visit. A row on a day without a duty may be the roster's fault, so that one is not
    told as long as the roster has faults."""
    path = driven(
        tmp_path, "\n".join([HEADING, GOOD, *(row for row, _ in WRONG)]), f"m1;{DAY};dag\nm1;{DAY};vroeg"
    )  # fmt: skip
    found = {(each.file, each.row, each.column) for each in faults_of(path, six)}
    expected = {("routes.csv", number, column) for number, (_, column) in enumerate(WRONG, start=3)}
    missing_duty = ("routes.csv", 5, "datum")
    assert missing_duty not in found
    assert expected - {missing_duty} | {("duties.csv", 3, "dienst")} <= found
    more = found - expected - {("duties.csv", 3, "dienst")}
    assert {(file, column) for file, _, column in more} == {("routes.csv", "id")}
    assert min(row for _, row, _ in more) > 3


def test_who_follows_has_no_route(six: Instance, tmp_path: Path) -> None:
    """Stops of a nurse whose duty follows a companion are a fault: they are the companion's."""
    text = f"medewerker;datum;dienst;volgt\nm1;{DAY};dag;\nm2;{DAY};dag;m1\n"
    path = driven(tmp_path, f"{HEADING}\n{GOOD.replace('m1;', 'm2;', 1)}")
    path.write_text(text, encoding="utf-8")
    assert [(each.row, each.column) for each in faults_of(path, six)] == [(2, "medewerker")]


def test_of_two_duties_on_a_day_the_one_that_holds_the_stop(six: Instance, tmp_path: Path) -> None:
    """Elsewhere a nurse may have two duties on a day: a stop at 07:15 is of the first, one at 18:30 of the second."""
    rows = f"{GOOD}\nm1;{DAY};werk;0;1;zorgmoment;c4-avond/{DAY}/1;1;18:30;18:30;"
    duties = read_current(driven(tmp_path, f"{HEADING}\n{rows}", f"m1;{DAY};dag\nm1;{DAY};avond"), six).duties
    assert [[stop.id for stop in each.stops] for each in duties] == [[f"c1-antibiotica/{DAY}/1"], [f"c4-avond/{DAY}/1"]]


@given(
    row=st.integers(1, 90), cell=st.integers(0, 10),
    value=st.sampled_from(["", "x", "-1", "0", "3", "99:99", "24:00", "2026-12-13", "m2", "werk", "pauze", "taak", "1"])
    | st.text(max_size=6),
)  # fmt: skip
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_change_of_a_cell_is_read_or_told(
    six: Instance, planned: Plan, tmp_path: Path, row: int, cell: int, value: str
) -> None:
    """One cell of routes.csv made something else: either a plan with as many stops, or faults that name routes.csv and
    no other row than the changed one and those it now meets; never another exception."""
    path = both(tmp_path, planned, six)
    lines = list(csv.reader(io.StringIO(routes_csv(planned, six).lstrip("\ufeff"), newline=""), delimiter=";"))
    row = 1 + row % (len(lines) - 1)
    lines[row][cell] = value
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(lines)
    (tmp_path / "routes.csv").write_bytes(out.getvalue().encode("utf-8", "replace"))
    try:
        again = read_current(path, six)
    except InputError as error:
        assert error.faults and {each.file for each in error.faults} == {"routes.csv"}
        assert all(each.column or each.row for each in error.faults)
        return
    assert sum(len(each.stops) for each in again.duties) == len(lines) - 1
    assert {each.id for each in again.unserved} <= {each.id for each in (*six.visits, *six.tasks)}


def test_summer_time_keeps_the_clock(six: Instance, planned: Plan, tmp_path: Path) -> None:
    """In a week in which the clock goes back (25 October 2026) times on the wall come back as the same minutes."""
    fields = {name: getattr(six, name) for name in Instance.model_fields}
    late = Instance(**fields | {"first_monday": six.first_monday - timedelta(days=49)})
    assert late.clock.midnight(7) == 7 * 1440 + 60
    moved = planned.model_copy(update={"duties": tuple(
        each.model_copy(update={"day": each.day - timedelta(days=49), "routes": ()}) for each in planned.duties
    )})  # fmt: skip
    again = read_current(both(tmp_path, moved, late), late)
    assert [each.day for each in sorted(again.duties, key=lambda one: one.id)] == [
        each.day for each in sorted(moved.duties, key=lambda one: one.id)
    ]


def test_the_columns_are_those_that_we_write() -> None:
    """routes.csv is one table, read and written; what may be empty when it comes from elsewhere is named here."""
    optional = {each.field for each in DRIVEN.columns if not DRIVEN.required(each)}
    assert optional == {"lane", "segment", "id", "part", "arrival", "end"}
