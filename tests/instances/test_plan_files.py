"""Plans and rosters: written, read back, judged by whose they are."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from instances.borders import read_borders
from instances.files import write_whole
from instances.plans import duties_csv, read_duties, read_plan, routes_csv, row_differences, write_plan
from instances.read import read_instance
from instances.sharing import read_contracts
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan, Route, Stop, Unserved
from optimiser.domain.sharing import PRESETS
from optimiser.errors import InputError

ROSTER = {
    "m1": "0dag 0nacht 1dag 2dag 4kort 4nacht", "m2": "1kort 3dag 4kort 5kort 6kort",
    "m3": "0avond 1avond 2avond 2nacht", "r1": "1nacht 2dag 3dag 4kort 5kort 6kort 6nacht",
    "r2": "1dag 2kort 3nacht 5avond 6avond", "r3": "0dag 3avond 4avond 5nacht",
}  # fmt: skip
"""By hand: every cover row of six_nurses is filled by its own organisation, within law and contract."""


def roster_text(six: Instance, heading: str = "medewerker;datum;dienst") -> str:
    """The roster as a table without times."""
    lines = [heading]
    for nurse, row in ROSTER.items():
        for each in row.split():
            lines.append(f"{nurse};{six.first_monday + timedelta(days=int(each[0]))};{each[1:]}")
    return "\n".join(lines)


@pytest.fixture
def plan(six: Instance, tmp_path: Path) -> Plan:
    """The roster, read as a plan."""
    path = tmp_path / "roster.csv"
    path.write_text(roster_text(six), encoding="utf-8")
    return read_duties(path, six)


@pytest.fixture
def routed(six: Instance, plan: Plan) -> Plan:
    """The roster with one route of two stops and a break, and one visit left over."""
    stops = (
        Stop(what="visit", id="c1-antibiotica/2026-12-07/1", arrival=432, start=435, end=465),
        Stop(what="break", id="break", arrival=700, start=700, end=730),
        Stop(what="visit", id="c6-zwachtelen/2026-12-07/1", arrival=735, start=735, end=765),
    )
    first = plan.duties[0].model_copy(update={"routes": (Route(stops=stops),)})
    return Plan(
        instance=six.name, fingerprint=six.fingerprint, row_hashes=six.row_hashes, contract=PRESETS["joint"],
        duties=(first, *plan.duties[1:]),
        unserved=(Unserved(id="c5-wond/2026-12-07/1", reason="no_room"),), objective_terms={"travel": 3},
    )


def test_a_roster_of_kinds_gets_the_times_of_the_kinds(plan: Plan) -> None:
    """Monday's night of m1: standby, 23:00 to 31:00, minutes 1380 to 1860, for the own organisation."""
    night = next(each for each in plan.duties if each.id == "m1/2026-12-07/standby")
    assert (night.kind, night.start, night.end, night.organisation) == ("nacht", 1380, 1860, "maas")
    assert plan.status == "imported" and not plan.with_routes and len(plan.duties) == 31


def test_codes_english_headings_and_other_times(six: Instance, tmp_path: Path) -> None:
    """A code for a kind, English headings, times of its own, a second duty on one day."""
    path = tmp_path / "mine.csv"
    path.write_text("nurse,date,kind,start,end\nm1,7-12-2026,d,07:30,\nm1,2026-12-07,A,,22:00\n", encoding="utf-8")
    first, second = read_duties(path, six).duties
    assert (first.kind, first.start, first.end) == ("dag", 450, 930)
    assert (second.id, second.kind, second.start, second.end) == ("m1/2026-12-07/work/2", "avond", 900, 1320)


def test_a_code_of_two_kinds_is_that_of_the_organisation(folder: Any, tmp_path: Path) -> None:
    """Two kinds with code D, one of each organisation; a code that both may use is a fault."""
    both = {"naam": "Dag", "dagdeel": "dag", "begin": "09:00", "einde": "14:00"}
    folder.cell("shift_kinds", 2, "organisaties", "maas")
    row = folder.add("shift_kinds", id="dag-rotte", code="D", organisaties="rotte", **both)
    path = tmp_path / "mine.csv"
    path.write_text("medewerker;datum;dienst\nm1;2026-12-07;D\nr1;2026-12-07;d\n", encoding="utf-8")
    assert [each.kind for each in read_duties(path, read_instance(folder.path)).duties] == ["dag", "dag-rotte"]
    folder.cell("shift_kinds", row, "organisaties", "")
    with pytest.raises(InputError) as caught:
        read_duties(path, read_instance(folder.path))
    assert [(each.row, each.column) for each in caught.value.faults] == [(2, "dienst")]


def test_duties_csv_is_read_back(six: Instance, plan: Plan, tmp_path: Path) -> None:
    """The duties of a plan, written and read, are the same duties."""
    path = tmp_path / "duties.csv"
    path.write_text(duties_csv(plan, six), encoding="utf-8")
    again = {each.id: each for each in read_duties(path, six).duties}
    assert again == {each.id: each for each in plan.duties}


def test_the_first_sheet_of_a_workbook_is_a_roster(six: Instance, plan: Plan, tmp_path: Path) -> None:
    """Dates, times and durations as a spreadsheet stores them."""
    from datetime import datetime, time

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["Medewerker", "Datum", "Dienst", "Begin", "Einde"])
    sheet.append(["m1", datetime(2026, 12, 7), "dag", time(7, 0), time(15, 30)])
    sheet.append(["m1", datetime(2026, 12, 7), "N", "23:00", timedelta(hours=31)])
    sheet.append([None, None, None, None, None])
    book.create_sheet("other").append(["x"])
    book.save(tmp_path / "roster.xlsx")
    duties = read_duties(tmp_path / "roster.xlsx", six).duties
    assert duties == tuple(each for each in plan.duties if each.nurse == "m1" and each.day == six.first_monday)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("zz;2026-12-07;dag", "medewerker"), ("m1;2026-12-14;dag", "datum"), ("m1;2026-12-07;vroeg", "dienst"),
        ("m1;7 december;dag", "datum"), (";2026-12-07;dag", "medewerker"),
    ],
)  # fmt: skip
def test_a_wrong_row_of_a_roster_is_a_fault(six: Instance, tmp_path: Path, row: str, column: str) -> None:
    """File, row and column of the roster, whatever its name."""
    path = tmp_path / "mine.csv"
    path.write_text(f"medewerker;datum;dienst\nm1;2026-12-07;dag\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_duties(path, six)
    assert [(each.file, each.row, each.column) for each in caught.value.faults] == [("mine.csv", 3, column)]


def test_a_plan_is_read_back(six: Instance, routed: Plan, tmp_path: Path) -> None:
    """plan.json, written and read: equal, without differences; written twice: the same bytes; its owner's only."""
    write_plan(routed, tmp_path / "one.json")
    read, differences = read_plan(tmp_path / "one.json", six)
    assert read == routed and differences == []
    write_plan(read, tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert (tmp_path / "one.json").stat().st_mode & 0o077 == 0


def test_routes_csv_names_each_stop(six: Instance, routed: Plan) -> None:
    """Three stops: minute 435 of Monday is 07:15."""
    lines = routes_csv(routed, six).splitlines()
    assert lines[0] == "\ufeffmedewerker;datum;baan;deel;volgorde;soort;id;wie;aankomst;begin;einde"
    assert lines[1] == "m1;2026-12-07;werk;0;1;zorgmoment;c1-antibiotica/2026-12-07/1;1;07:12;07:15;07:45"
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"format": 2}, "format"), ({"format": None}, "format"), ({"instance": "other"}, "instance"),
        ({"seed": "x"}, "seed"), ({"extra": 1}, "extra"),
        ({"unserved": [{"id": "zz/2026-12-07/1", "reason": "no_room"}]}, "id"),
    ],
)  # fmt: skip
def test_other_plans_are_refused(
    six: Instance, routed: Plan, tmp_path: Path, change: dict[str, Any], column: str
) -> None:
    """Another version, another instance, unknown keys, ids that the instance never had."""
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(json.loads(routed.model_dump_json()) | change), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_plan(path, six)
    assert [each.column for each in caught.value.faults] == [column]


def test_unknown_nurses_and_kinds_are_refused(six: Instance, routed: Plan, tmp_path: Path) -> None:
    """A plan of another team under the same name."""
    stranger = Duty(
        id="x/2026-12-07/work", nurse="x", kind="vroeg", day=six.first_monday, lane="work", start=0, end=9,
        organisation="elders",
    )  # fmt: skip
    write_plan(routed.model_copy(update={"duties": (stranger,)}), tmp_path / "plan.json")
    with pytest.raises(InputError) as caught:
        read_plan(tmp_path / "plan.json", six)
    assert sorted(each.got for each in caught.value.faults) == ["elders", "vroeg", "x"]


def test_changed_tables_are_named(folder: Any, six: Instance, routed: Plan, tmp_path: Path) -> None:
    """One act longer, one client's visit gone, one wish more: three differences, and the visit leaves the plan."""
    write_plan(routed, tmp_path / "plan.json")
    folder.cell("acts", 2, "minuten", "26")
    folder.add("visits", id="c6-zwachtelen/2026-12-07/1", vervallen="ja")
    folder.add("wishes", medewerker="m2", datum="2026-12-09", wens="vrij", gewicht="1")
    plan, differences = read_plan(tmp_path / "plan.json", read_instance(folder.path))
    assert sorted(differences) == [
        "acts: antibiotica has changed",
        "c6-zwachtelen/2026-12-07/1 no longer exists and was taken out of the plan",
        "edited_visits: c6-zwachtelen/2026-12-07/1 is new",
        "wishes: row 6 is new or changed",
    ]
    assert [stop.id for stop in plan.duties[0].stops] == ["c1-antibiotica/2026-12-07/1", "break"]
    assert plan.objective_terms == {}


def test_rows_without_ids_are_compared_as_a_heap() -> None:
    """A row before all others is one new row, not a change of every row."""
    old = {"wishes/0": "a", "wishes/1": "b", "acts/x": "1", "acts/y": "2"}
    new = {"wishes/0": "c", "wishes/1": "a", "wishes/2": "b", "acts/x": "1", "acts/z": "2"}
    assert row_differences(old, new) == ["wishes: row 2 is new or changed", "acts: z is new", "acts: y is gone"]
    assert row_differences(new, {**new, "wishes/0": "a"}, "nl") == [
        "wishes: rij 3 is nieuw of gewijzigd", "wishes: 1 rij van toen staat er niet meer",
    ]  # fmt: skip


def test_a_table_that_changed_all_over_names_some_rows_and_counts_the_others() -> None:
    """300 rows of context are all new: eight are named, the other 292 and the one line on the 300 old ones counted."""
    old = {f"context/{row}": f"old{row}" for row in range(300)}
    new = {f"context/{row}": f"new{row}" for row in range(300)}
    found = row_differences(old, new, "nl")
    assert len(found) == 9 and found[0] == "context: rij 2 is nieuw of gewijzigd"
    assert found[-1] == "context: en nog 293 verschillen"
    assert len(row_differences({}, {f"acts/{row}x": "1" for row in range(9)})) == 9


def test_files_are_whole_and_private(tmp_path: Path) -> None:
    """A write that fails leaves the old file and no other; private files are for the owner."""
    path = tmp_path / "new" / "a.txt"
    write_whole(path, "één", private=True)
    assert path.read_text(encoding="utf-8") == "één" and path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "\ud800")
    write_whole(tmp_path / "new" / "b.txt", b"x")
    assert sorted(each.name for each in path.parent.iterdir()) == ["a.txt", "b.txt"]
    assert path.read_text(encoding="utf-8") == "één"


def test_contracts_and_borders_are_read_or_refused(tmp_path: Path) -> None:
    """A file with a contract; an empty one; borders with polygons only; no borders; no GeoJSON."""
    (tmp_path / "s.toml").write_text('[[contracts]]\nname = "c"\nvisits = "all"\ncover = "own"\n', encoding="utf-8")
    assert read_contracts(tmp_path / "s.toml")[0].name == "c"
    (tmp_path / "s.toml").write_text("", encoding="utf-8")
    for name in ("s.toml", "absent.toml"):
        with pytest.raises(InputError):
            read_contracts(tmp_path / name)
    assert read_borders(tmp_path) is None
    ring = [[4.4, 51.9], [4.5, 51.9], [4.5, 52.0], [4.4, 51.9]]
    shapes: list[dict[str, Any]] = [
        {"type": "Feature", "geometry": {"type": kind, "coordinates": [ring]}} for kind in ("Polygon", "Point")
    ]
    (tmp_path / "districts.geojson").write_text(json.dumps({"features": shapes}), encoding="utf-8")
    borders = read_borders(tmp_path)
    assert borders is not None and len(borders["features"]) == 1
    for wrong in ([], {"features": [{"geometry": {"type": "Polygon", "coordinates": "x"}}]}):
        (tmp_path / "districts.geojson").write_text(json.dumps(wrong), encoding="utf-8")
        with pytest.raises(InputError):
            read_borders(tmp_path)
    for place in (float("nan"), 155_000.0):  # no number; metres of the national grid
        shapes[0]["geometry"]["coordinates"] = [[[place, 51.9], *ring[1:]]]
        (tmp_path / "districts.geojson").write_text(json.dumps({"features": shapes}), encoding="utf-8")
        with pytest.raises(InputError):
            read_borders(tmp_path)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"day": "2026-12-14"}, "duties.day"),
        ({"day": "9999-12-31"}, "duties.day"),
        ({"start": 10**15}, "duties.start"),
        ({"end": -(10**15)}, "duties.start"),
        ({"id": "m1/2026-12-07/standby"}, "duties.id"),
    ],
)
def test_a_plan_outside_the_horizon_is_refused(
    six: Instance, routed: Plan, tmp_path: Path, change: dict[str, Any], column: str
) -> None:
    """Duties on other days, times that no calendar holds and an id used twice are faults, not tracebacks later."""
    raw = json.loads(routed.model_dump_json())
    raw["duties"][0] |= change
    (tmp_path / "plan.json").write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_plan(tmp_path / "plan.json", six)
    assert {each.column for each in caught.value.faults} == {column}


def test_a_night_from_elsewhere_ends_next_morning(six: Instance, tmp_path: Path) -> None:
    """23:00 to 07:00 of a kind that passes midnight is 1380 to 1860; of a day kind it stays a fault."""
    path = tmp_path / "mine.csv"
    path.write_text("medewerker;datum;dienst;begin;einde\nm1;2026-12-07;N;23:00;07:00\n", encoding="utf-8")
    assert [(each.start, each.end) for each in read_duties(path, six).duties] == [(1380, 1860)]
    path.write_text("medewerker;datum;dienst;begin;einde\nm1;2026-12-07;D;15:00;07:00\n", encoding="utf-8")
    with pytest.raises(InputError):
        read_duties(path, six)


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unread(six: Instance, tmp_path: Path) -> None:
    """A sheet of 70 MB of spaces takes 70 kB in the zip; the limit holds for what comes out."""
    from zipfile import ZIP_DEFLATED, ZipFile

    with ZipFile(tmp_path / "bomb.xlsx", "w", ZIP_DEFLATED) as archive, archive.open("xl/sheet.xml", "w") as sheet:
        for _ in range(70):
            sheet.write(b" " * 1024**2)
    with pytest.raises(InputError) as caught:
        read_duties(tmp_path / "bomb.xlsx", six)
    assert caught.value.faults[0].expected == "at most 64 MB"


def test_a_pipe_or_a_dead_link_is_no_table(folder: Any) -> None:
    """Neither waits for ever nor counts as a table that is not there."""
    import os

    for make in (lambda path: os.mkfifo(path), lambda path: os.symlink("nowhere", path)):
        path = folder.path / "wishes.csv"
        path.unlink()
        make(path)
        assert folder.faults() == {("wishes.csv", 0, "")}
