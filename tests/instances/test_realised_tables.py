"""What was worked: written and read back the same, in every dialect, with all faults of both tables at once."""

from __future__ import annotations

import json
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instances.catalogue import locate
from instances.plans import read_plan
from instances.read import read_instance
from instances.realised import read_realised, realised_csv
from instances.realised_reports import read_realised_report, write_realised_report
from instances.realised_tables import REALISED_DUTIES, REALISED_VISITS
from instances.realised_template import as_planned, counted_instance, realised_template
from optimiser.domain.clock import Clock
from optimiser.domain.events import Cancelled
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.realised import Realised, RealisedDuty, RealisedVisit
from optimiser.domain.realised_report import RealisedReport
from optimiser.errors import InputError
from optimiser.texts import LANGUAGES

SIX = read_instance(locate("six_nurses"))
PLAN, _ = read_plan(Path(__file__).with_name("six_nurses_plan.json"), SIX)
DAYS = st.integers(0, 6)
NURSES = st.sampled_from([each.id for each in SIX.nurses])
WINTER = date(2026, 10, 19)
"""In this week the clock shows 02:00 to 03:00 of Sunday twice."""


def texts(folder: Path, duties: str, visits: str) -> tuple[Path, Path]:
    """Both tables as files."""
    paths = folder / "diensten.csv", folder / "bezoeken.csv"
    for path, content in zip(paths, (duties, visits), strict=True):
        path.write_bytes(content.encode("utf-8"))
    return paths


def read_back(worked: Realised, instance: Instance, plan: Plan) -> Realised:
    """Written and read."""
    with tempfile.TemporaryDirectory() as folder:
        duties, visits = texts(Path(folder), *realised_csv(worked, instance))
        return read_realised(
            duties if worked.duties else None, visits if worked.visits else None, instance, plan
        )  # fmt: skip


@st.composite
def duty_rows(draw: Any) -> RealisedDuty:
    """A duty worked or not."""
    day, nurse = draw(DAYS), draw(NURSES)
    kind = draw(st.one_of(st.none(), st.sampled_from([each.id for each in SIX.shift_kinds])))
    reasons = ["ill", "absent", "swap", "extra", "call", "longer", "shorter", "no_work", "other"]
    if draw(st.booleans()):
        return RealisedDuty(nurse=nurse, day=day, kind=kind, reason=draw(st.sampled_from(reasons)))
    start = SIX.clock.at(day, draw(st.integers(0, 1439)))
    length = draw(st.integers(2, 1440))
    pause = draw(st.integers(0, length - 1)) if kind is None or draw(st.booleans()) else None
    return RealisedDuty(
        nurse=nurse, day=day, kind=kind, start=start, end=start + length, break_minutes=pause,
        reason=draw(st.one_of(st.none(), st.sampled_from(reasons))),
    )  # fmt: skip


@st.composite
def visit_rows(draw: Any) -> RealisedVisit:
    """A part of a visit as it may have gone."""
    visit = draw(st.sampled_from(SIX.visits))
    part = draw(st.integers(1, visit.nurses))
    status = draw(st.sampled_from(["done", "cancelled", "not_done", "moved"]))
    fields: dict[str, Any] = {"status": status, "part": part}
    fields["handover"] = draw(st.sampled_from([None, "ready", "not_ready", "not_needed"]))
    if status == "done" or (status == "moved" and draw(st.booleans())):
        start = SIX.clock.at(draw(DAYS), draw(st.integers(0, 1439)))
        before = draw(st.one_of(st.none(), st.integers(0, min(start, 200))))
        fields |= {"nurse": draw(NURSES), "start": start, "end": start + draw(st.integers(1, 900))}
        fields["arrival"] = None if before is None else start - before
    else:
        fields["nurse"] = draw(st.one_of(st.none(), NURSES))
        fields["reason"] = draw(st.sampled_from([None, "hospital", "client_away", "no_time", "other"]))
    if status == "cancelled":
        fields["cancelled_by"] = draw(st.sampled_from(["client", "team"]))
        fields["cancelled_minutes_before"] = draw(st.one_of(st.none(), st.integers(0, 20_000)))
    return RealisedVisit(id=visit.id, **fields)


@given(
    st.lists(duty_rows(), max_size=6, unique_by=lambda each: (each.nurse, each.day, each.kind, each.start)),
    st.lists(visit_rows(), max_size=6, unique_by=lambda each: (each.id, each.part)),
)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back(duties: list[RealisedDuty], visits: list[RealisedVisit]) -> None:
    """Every row that may be written down comes back the same, in the same order."""
    worked = Realised(
        instance=SIX.name, plan=PLAN.identity, duties=tuple(duties) or None, visits=tuple(visits) or None
    )  # fmt: skip
    assert read_back(worked, SIX, PLAN) == worked


def test_the_template_is_the_planned_week(tmp_path: Path) -> None:
    """Read without a change, it says that all went as planned: every duty, every stop; the rest is not planned."""
    duties, visits = texts(tmp_path, *realised_template(PLAN, SIX))
    worked = read_realised(duties, visits, SIX, PLAN)
    assert worked == as_planned(PLAN, SIX)
    assert worked.duties is not None and worked.visits is not None
    assert {(each.nurse, each.start, each.end) for each in worked.duties} == {
        (each.nurse, each.start, each.end) for each in PLAN.duties
    }
    done = {(each.id, each.part, each.nurse, each.start) for each in worked.visits if each.done}
    stops = [(duty, stop) for duty in PLAN.duties for stop in duty.stops if stop.what == "visit"]
    assert done == {(stop.id, stop.part, duty.nurse, stop.start) for duty, stop in stops}
    assert len(worked.visits) == sum(each.nurses for each in SIX.visits)
    assert not any(each.arrival is not None or each.handover is not None for each in worked.visits)
    assert as_planned(PLAN.model_copy(update={"with_routes": False}), SIX).visits == ()


def test_visits_cancelled_by_an_event_stand_in_the_template(tmp_path: Path) -> None:
    """Cancelled two hours before its window opens: the row says so, and the visit stays countable."""
    visit = SIX.visits[0]
    event = Cancelled(at=visit.windows[0].start - 120, visits=(visit.id,), by="team")
    duties = tuple(
        each.model_copy(update={"routes": tuple(
            route.model_copy(update={"stops": tuple(stop for stop in route.stops if stop.id != visit.id)})
            for route in each.routes
        )})
        for each in PLAN.duties
    )  # fmt: skip
    plan = PLAN.model_copy(update={"duties": duties, "events": (event,)})
    instance = counted_instance(SIX, plan)
    assert visit.id in instance.visit_by_id
    worked = read_realised(*texts(tmp_path, *realised_template(plan, instance)), instance, plan)
    row = next(each for each in worked.visits or () if each.id == visit.id)
    assert (row.status, row.cancelled_by, row.cancelled_minutes_before) == ("cancelled", "team", 120)


def test_english_headings_commas_codes_and_midnight(tmp_path: Path) -> None:
    """A code for a kind; 23:00 to 07:00 passes midnight; a visit from 23:50 to 00:20 too; hours as 2.5; no BOM."""
    visit = next(each.id for each in SIX.visits if each.nurses == 1)
    duties, visits = texts(
        tmp_path,
        "Nurse,Date,Kind,Start,End,Break minutes\nm1,7-12-2026,n,23:00,07:00,\nm2,2026-12-08,,22:00,02:00,0\n",
        f"visit,nurse,date,start,end,status,cancelled by,hours before\n{visit},m1,2026-12-07,23:50,00:20,Done,,\n"
        f"{SIX.visits[1].id},,,,,CANCELLED,client,2.5\n",
    )  # fmt: skip
    worked = read_realised(duties, visits, SIX, PLAN)
    assert worked.duties == (
        RealisedDuty(nurse="m1", day=0, kind="nacht", start=1380, end=1860),
        RealisedDuty(nurse="m2", day=1, start=2760, end=3000, break_minutes=0),
    )
    first, second = worked.visits or ()
    assert (first.start, first.end, first.done) == (1430, 1460, True)
    assert (second.status, second.cancelled_minutes_before) == ("cancelled", 150)


def test_a_workbook_is_read_too(tmp_path: Path) -> None:
    """Dates, times and whole numbers as a spreadsheet stores them."""
    from datetime import datetime, time

    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Medewerker", "Datum", "Dienst", "Begin", "Einde", "Pauze minuten", "Reden"])
    book.active.append(["m1", datetime(2026, 12, 7), "dag", time(7, 5), time(15, 40), 25, "uitgelopen"])
    book.save(tmp_path / "gewerkt.xlsx")
    worked = read_realised(tmp_path / "gewerkt.xlsx", None, SIX, PLAN)
    row = RealisedDuty(nurse="m1", day=0, kind="dag", start=425, end=940, break_minutes=25, reason="longer")
    assert worked.duties == (row,) and worked.visits is None


def test_times_of_a_row_that_was_not_done_say_nothing(tmp_path: Path) -> None:
    """Only the status was typed over in the template: the planned times are left where they stand."""
    visit = SIX.visits[0].id
    text = (
        "zorgmoment;medewerker;datum;begin;einde;status;afgezegd_door\r\n"
        f"{visit};m1;2026-12-07;08:00;08:30;afgezegd;cliënt\r\n"
    )
    _, path = texts(tmp_path, "", text)
    assert read_realised(None, path, SIX, PLAN).visits == (
        RealisedVisit(id=visit, nurse="m1", status="cancelled", cancelled_by="client"),
    )


DUTY_FAULTS = [
    ("x1;2026-12-07;dag;07:00;15:30;;", "medewerker"),
    ("m1;2026-12-14;dag;07:00;15:30;;", "datum"),
    ("m1;2026-12-07;vroeg;07:00;15:30;;", "dienst"),
    ("m1;2026-12-07;dag;;15:30;;", "begin"),
    ("m1;2026-12-07;dag;07:00;;;", "einde"),
    ("m1;2026-12-07;dag;15:30;07:00;;", "einde"),
    ("m1;2026-12-07;dag;25:00;30:00;;", "begin"),
    ("m1;2026-12-07;;10:00;36:00;0;", "einde"),
    ("m1;2026-12-07;dag;07:00;15:30;600;", "pauze_minuten"),
    ("m1;2026-12-07;dag;07:00;15:30;half;", "pauze_minuten"),
    ("m1;2026-12-07;;07:00;15:30;;", "pauze_minuten"),
    ("m1;2026-12-07;dag;;;;", "reden"),
    ("m1;2026-12-07;dag;07:00;15:30;;griep van Jan", "reden"),
]
VISIT_FAULTS = [
    ("onbekend/2026-12-07/1;1;m1;2026-12-07;;08:00;08:30;gedaan;;;;", "zorgmoment"),
    ("{one};2;m1;2026-12-07;;08:00;08:30;gedaan;;;;", "wie"),
    ("{one};1;x1;2026-12-07;;08:00;08:30;gedaan;;;;", "medewerker"),
    ("{one};1;;2026-12-07;;08:00;08:30;gedaan;;;;", "medewerker"),
    ("{one};1;m1;;;08:00;08:30;gedaan;;;;", "datum"),
    ("{one};1;m1;2026-12-20;;08:00;08:30;gedaan;;;;", "datum"),
    ("{one};1;m1;2026-12-07;;;08:30;gedaan;;;;", "begin"),
    ("{one};1;m1;2026-12-07;;08:00;;verplaatst;;;;", "einde"),
    ("{one};1;m1;2026-12-07;;08:00;08:00;gedaan;;;;", "einde"),
    ("{one};1;m1;2026-12-07;;08:00;07:30;gedaan;;;;", "einde"),
    ("{one};1;m1;2026-12-07;08:10;08:00;08:30;gedaan;;;;", "aankomst"),
    ("{one};1;m1;2026-12-07;;08:00;08:30;klaar;;;;", "status"),
    ("{one};1;m1;;;;;afgezegd;;;;", "afgezegd_door"),
    ("{one};1;m1;2026-12-07;;08:00;08:30;gedaan;team;;;", "afgezegd_door"),
    ("{one};1;m1;;;;;niet_gedaan;;3;;", "uren_vooraf"),
    ("{one};1;m1;;;;;afgezegd;team;-1;;", "uren_vooraf"),
    ("{one};1;m1;;;;;niet_gedaan;;;misschien;", "overdracht"),
    ("{one};1;m1;;;;;niet_gedaan;;;;mevrouw was boos", "reden"),
]


def faults_of(duties: Path | None, visits: Path | None, language: Any = "en") -> list[tuple[str, int, str]]:
    """File, row and column of each fault."""
    with pytest.raises(InputError) as caught:
        read_realised(duties, visits, SIX, PLAN, language)
    assert all(each.expected and each.got for each in caught.value.faults)
    return [(each.file, each.row, each.column) for each in caught.value.faults]


def head(table: Any) -> str:
    """The Dutch headings."""
    return ";".join(column.dutch for column in table.columns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_both_tables_is_named_at_once(tmp_path: Path, language: Any) -> None:
    """One wrong cell in each row: as many faults as rows, each at its cell."""
    one = next(each.id for each in SIX.visits if each.nurses == 1)
    duties, visits = texts(
        tmp_path, "\n".join([head(REALISED_DUTIES), *(row for row, _ in DUTY_FAULTS)]),
        "\n".join([head(REALISED_VISITS), *(row.format(one=one) for row, _ in VISIT_FAULTS)]),
    )  # fmt: skip
    expected = [("diensten.csv", number, column) for number, (_, column) in enumerate(DUTY_FAULTS, start=2)]
    expected += [("bezoeken.csv", number, column) for number, (_, column) in enumerate(VISIT_FAULTS, start=2)]
    assert sorted(faults_of(duties, visits, language)) == sorted(expected)


def test_unknown_columns_doubles_and_empty_files_are_refused(tmp_path: Path) -> None:
    """A column with a name, a row that stands twice, a file of headings only, a file that is not there."""
    duties, visits = texts(
        tmp_path, "medewerker;datum;dienst;begin;einde;naam\nm1;2026-12-07;dag;07:00;15:30;x\n",
        f"{head(REALISED_VISITS)}\n" + f"{SIX.visits[0].id};1;;;;;;niet_gedaan;;;;\n" * 2,
    )  # fmt: skip
    assert faults_of(duties, visits) == [("bezoeken.csv", 3, "zorgmoment"), ("diensten.csv", 1, "naam")]
    duties.write_text(head(REALISED_DUTIES), encoding="utf-8")
    assert faults_of(duties, None) == [("diensten.csv", 0, "")]
    assert faults_of(tmp_path / "weg.csv", None) == [("weg.csv", 0, "")]
    duties.write_text(f"{head(REALISED_DUTIES)}\n" + "m1;2026-12-07;dag;07:00;15:30;30;\n" * 2, encoding="utf-8")
    assert faults_of(duties, None) == [("diensten.csv", 3, "medewerker")]


def test_the_night_in_which_the_clock_goes_back(room: Any) -> None:
    """Saturday 23:00 to 07:00 lasts 9 hours; a visit from the first 02:30 to the second 02:10 lasts 40 minutes."""
    small = room(monday=WINTER).nurse("N1").kind("nacht", "23:00", "31:00").visit("V", 5, "23:00", "30:00")
    small.duty("N1", "nacht", 5)
    plan, instance = small.plan(), small.instance()
    start = Clock(WINTER).at(6, 150)
    duties = (RealisedDuty(nurse="N1", day=5, kind="nacht", start=small.at(5, "23:00"), end=small.at(6, "07:00")),)
    visits = (RealisedVisit(id="V", nurse="N1", start=start, end=start + 40),)
    worked = Realised(instance="small", plan=plan.identity, duties=duties, visits=visits)
    assert read_back(worked, instance, plan) == worked
    assert plan.duties[0].end - plan.duties[0].start == 540


def test_a_visit_after_the_last_midnight(room: Any) -> None:
    """Sunday's night duty may serve a visit on Monday: the day after the horizon is allowed for visits."""
    small = room().nurse("N1").kind("nacht", "23:00", "31:00", carries_route=True).visit("V", 6, "23:00", "30:00")
    small.duty("N1", "nacht", 6, small.stop("V", 6, "25:00"))
    plan, instance = small.plan(), small.instance()
    assert read_back(as_planned(plan, instance), instance, plan) == as_planned(plan, instance)


def test_a_report_is_kept_and_read_back(tmp_path: Path) -> None:
    """The same report; what is none is refused at its cell, without a traceback."""
    report = RealisedReport(
        instance="six", plan="abc", first_monday=date(2026, 12, 7), weeks=1, figures=(), targets=()
    )  # fmt: skip
    path = tmp_path / "week.json"
    write_realised_report(report, path)
    assert read_realised_report(path) == report
    raw = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(raw | {"over_weeks": {"rows": []}}), encoding="utf-8")
    assert read_realised_report(path) == report
    for content in ("", "[]", "{", json.dumps(raw | {"format": 9}), json.dumps(raw | {"weeks": "x"}), "1"):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(InputError):
            read_realised_report(path)
    with pytest.raises(InputError):
        read_realised_report(tmp_path / "weg.json")


def test_columns_stand_in_the_reference_page() -> None:
    """docs/reference/realised.md names every column in both languages and every word of a choice."""
    page = (Path(__file__).parents[2] / "docs" / "reference" / "realised.md").read_text(encoding="utf-8")
    for table in (REALISED_DUTIES, REALISED_VISITS):
        for column in table.columns:
            words = [f"`{each}`" for pair in column.form.words.items() for each in pair]
            assert all(each in page for each in (f"`{column.english}`", f"`{column.dutch}`", *words)), column.field


def test_days_are_those_of_the_horizon() -> None:
    """Day 0 of six_nurses is its first Monday."""
    rows = as_planned(PLAN, SIX).duties or ()
    by_start = {each.start: each.day for each in rows}
    assert all(by_start[duty.start] == (duty.day - SIX.first_monday) // timedelta(days=1) for duty in PLAN.duties)
