"""csv and json: what was exported reads back as it was; a schema that the documentation holds; equal bytes."""

from __future__ import annotations

import csv
import io
import json
import re
import runpy
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from instances.export_formats import EXPORTS, export_files
from instances.export_json import export_schema
from instances.plans import duties_csv, read_duties
from optimiser.domain.exported import ExportedPlan
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.errors import InputError

MADE = runpy.run_path(str(Path(__file__).with_name("export_made.py")), run_name="export_made")
material = MADE["material"]
ROOT = Path(__file__).parents[2]
BOTH = ("clock_week", "one_away")


def written(folder: Path, instance: Instance, plan: Plan, **more: Any) -> Path:
    """The csv files in a folder."""
    for name, content in export_files("csv", material(instance, plan, **more)).items():
        (folder / name).write_text(str(content), encoding="utf-8", newline="")
    return folder


def bare(duty: Duty) -> Duty:
    """A duty as a table of duties knows it."""
    return duty.model_copy(update={"routes": ()})


@pytest.mark.parametrize("name", BOTH)
def test_duties_read_back_as_they_were(name: str, tmp_path: Path) -> None:
    """Every duty of the plan, in any order, without its routes."""
    instance, plan = MADE[name]()
    back = read_duties(written(tmp_path, instance, plan) / "duties.csv", instance)
    assert {each.id: each for each in back.duties} == {each.id: bare(each) for each in plan.duties}


def test_the_hour_that_comes_twice_reads_back_too(tmp_path: Path) -> None:
    """A duty that ends at 02:30 the second time has the moment 02:30+01:00: 4 h 30 after 23:00+02:00."""
    instance, plan = MADE["clock_week"]()
    night = next(each for each in plan.duties if each.kind == "nacht")
    early = night.model_copy(update={"end": night.start + 270})
    folder = written(tmp_path, instance, plan.model_copy(update={"duties": (early,)}))
    assert "2026-10-25T02:30+01:00" in (folder / "duties.csv").read_text(encoding="utf-8")
    assert read_duties(folder / "duties.csv", instance).duties == (bare(early),)


@given(start=st.integers(0, 10_139), length=st.integers(1, 1440))
@example(start=8810, length=20)  # 02:50 before the clock goes back, to 02:10 after it
@settings(max_examples=25, deadline=None)
def test_any_duty_of_that_week_reads_back(start: int, length: int) -> None:
    """Whatever its minutes, over the change of the clock too (the week has 7 x 1440 + 60 minutes)."""
    instance, plan = MADE["clock_week"]()
    day = instance.clock.date_of(instance.clock.day_of(start))
    night = next(each for each in plan.duties if each.kind == "nacht")
    some = night.model_copy(update={"id": f"n1/{day}/work", "day": day, "start": start, "end": start + length})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "duties.csv"
        path.write_text(duties_csv(plan.model_copy(update={"duties": (some,)}), instance, timed=True), encoding="utf-8")
        assert read_duties(path, instance).duties == (some,)


def test_a_night_that_another_program_writes_until_seven_is_read_by_its_moment(tmp_path: Path) -> None:
    """23:00 to 07:00 in place of 31:00, with the moment of the next morning: the same duty."""
    instance, plan = MADE["clock_week"]()
    path = written(tmp_path, instance, plan) / "duties.csv"
    before = read_duties(path, instance)
    path.write_text(path.read_text(encoding="utf-8").replace(";31:00;", ";07:00;"), encoding="utf-8")
    assert ";07:00;" in path.read_text(encoding="utf-8") and read_duties(path, instance).duties == before.duties


@pytest.mark.parametrize("moment", ["2026-10-24T22:00+02:00", "2026-10-24T23:00", "half elf"])
def test_a_moment_that_contradicts_the_clock_is_refused_by_cell(moment: str, tmp_path: Path) -> None:
    """Another moment than the clock time beside it, one without offset, and words."""
    instance, plan = MADE["clock_week"]()
    path = written(tmp_path, instance, plan) / "duties.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2026-10-24T23:00+02:00", moment), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_duties(path, instance)
    assert [(each.file, each.column) for each in refused.value.faults] == [("duties.csv", "begin_moment")]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_tables_are_written_in_our_dialect(language: str, tmp_path: Path) -> None:
    """Byte order mark, semicolons, CRLF; a row for each stop; moments with offset; equal numbers of cells."""
    instance, plan = MADE["six_nurses"]()
    folder = written(tmp_path, instance, plan, language=language)
    assert {each.name for each in folder.iterdir()} == {"duties.csv", "hours.csv", "stops.csv", "open.csv"}
    for path in folder.iterdir():
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\n") == raw.count(b"\r\n") > 0
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
        assert len({len(row) for row in rows}) == 1
    stops = (folder / "stops.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(stops, newline=""), delimiter=";"))
    assert len(rows) - 1 == sum(len(each.stops) for each in plan.duties)
    assert all(datetime.fromisoformat(row[-4]).tzinfo for row in rows[1:])


def test_text_that_would_run_as_a_formula_is_harmless(tmp_path: Path) -> None:
    """An area that begins with an equals sign has an apostrophe before it, and reads back without."""
    instance, plan = MADE["clock_week"]()
    duties = tuple(each.model_copy(update={"area": "=1+1"}) for each in plan.duties)
    path = written(tmp_path, instance, plan.model_copy(update={"duties": duties})) / "duties.csv"
    assert ";'=1+1;" in path.read_text(encoding="utf-8")
    assert {each.area for each in read_duties(path, instance).duties} == {"=1+1"}


@pytest.mark.parametrize("name", BOTH)
def test_json_reads_back_and_keeps_to_its_schema(name: str) -> None:
    """The nouns read what was written; every object has the keys that the schema names for it, numbers are whole but
    for degrees, and every moment has its offset."""
    instance, plan = MADE[name]()
    made = material(instance, plan)
    text = str(export_files("json", made)[""])
    assert ExportedPlan.model_validate_json(text) == made.content
    schema, raw = json.loads(export_schema()), json.loads(text)
    assert set(raw) == set(schema["properties"])
    for field, noun in (("duties", "Duty"), ("stops", "Stop"), ("hours", "Hours"), ("open", "Open")):
        for row in raw[field]:
            assert set(row) == set(schema["$defs"][f"Exported{noun}"]["required"])
    assert not re.search(r'"(?:\w+_minutes|\w+_metres|minutes)": \d+\.', text)
    assert all(datetime.fromisoformat(each[key]).tzinfo for each in raw["stops"] for key in ("arrival", "start", "end"))


def test_the_documented_schema_is_that_of_the_code() -> None:
    """docs/reference/export.schema.json is what ``python -m instances.export_json`` prints."""
    assert (ROOT / "docs" / "reference" / "export.schema.json").read_text(encoding="utf-8") == export_schema()


@pytest.mark.parametrize("kind", sorted(EXPORTS))
@pytest.mark.parametrize("name", BOTH)
def test_equal_plans_give_equal_bytes(kind: str, name: str) -> None:
    """Counted and written twice; of duties in another order too, but where the plan's identity is named, which knows
    that order."""
    instance, plan = MADE[name]()
    turned = plan.model_copy(update={"duties": plan.duties[::-1]})
    first, second, third = (export_files(kind, material(instance, each)) for each in (plan, plan.model_copy(), turned))
    assert first == second and first
    assert (third == first) == (kind in ("ics", "csv"))


@pytest.mark.parametrize("kind", sorted(EXPORTS))
def test_a_plan_without_anything_and_a_roster_without_routes(kind: str, tmp_path: Path) -> None:
    """Neither breaks a format: no duties at all, and duties of a table without routes."""
    instance, plan = MADE["six_nurses"]()
    empty = Plan(instance=plan.instance, fingerprint=plan.fingerprint, contract=plan.contract)
    assert (export_files(kind, material(instance, empty)) == {}) == (kind == "ics")
    roster = read_duties(written(tmp_path, instance, plan) / "duties.csv", instance)
    assert export_files(kind, material(instance, roster))
