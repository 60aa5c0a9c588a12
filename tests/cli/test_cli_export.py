"""``samenrooster export``: three kinds of file with the same figures, equal bytes, ids only, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result as Run
from openpyxl import load_workbook

from cli import main
from instances.catalogue import locate
from instances.hours import hours_csv, hours_json, hours_workbook
from instances.names import read_names
from instances.read import read_instance
from instances.write import write_instance
from optimiser.domain.instance import Instance
from optimiser.domain.money import MoneySettings
from optimiser.domain.sheet import SheetContent

ROSTER = "medewerker;datum;dienst\r\n"


def run(*arguments: str | Path) -> Run:
    """Run a command line; a traceback is never an answer."""
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture(scope="module")
def plan(six: Instance) -> Path:
    """The stored plan of six_nurses."""
    return Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"


def export(plan: Path, file: Path, *more: str) -> Run:
    """Export six_nurses; exit code 0."""
    done = run("export", "six_nurses", plan, "--format", "hours", "--out", file, *more)
    assert done.exit_code == 0, done.output
    return done


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by heading."""
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";"))


def value(cell: str) -> float:
    """A number with a decimal comma."""
    return float(cell.replace(",", ".") or 0)


def test_a_row_for_each_nurse_and_week_then_the_sums(six: Instance, plan: Path, tmp_path: Path) -> None:
    """Dutch headings; weeks first; every amount of the total is the sum over the weeks; confidence in each row."""
    done = export(plan, tmp_path / "uren.csv")
    rows = rows_of(tmp_path / "uren.csv")
    weeks = [row for row in rows if row["regel"] == "week"]
    assert {row["medewerker"] for row in weeks} == {nurse.id for nurse in six.nurses}
    assert [row["regel"] for row in rows[-1:]] == ["totaal"]
    assert len([row for row in rows if row["regel"] == "medewerker"]) == len(six.nurses)
    for heading in ("loon_eur", "ort_eur", "werkgeverskosten_eur", "betaald_uren", "ort_60_minuten"):
        assert sum(value(row[heading]) for row in weeks) == pytest.approx(value(rows[-1][heading]), abs=0.06)
    bands = [heading for heading in rows[0] if heading.startswith("ort_") and heading.endswith("_minuten")]
    for row in weeks:
        worked = 60 * (value(row["gepland_uren"]) + value(row["taken_uren"]))
        assert sum(value(row[band]) for band in bands) >= round(worked)
        assert value(row["saldo_na_uren"]) - value(row["saldo_voor_uren"]) == pytest.approx(
            value(row["meer_minder_uren"]), abs=0.011
        )
    assert "werkgeverskosten E" in rows[-1]["zekerheid"]
    assert "schatting" in done.output and "bereikbaarheidsuur" in done.output


def test_the_three_kinds_hold_the_same_figures(plan: Path, tmp_path: Path) -> None:
    """CSV, workbook and JSON agree cell by cell; a second workbook has the same bytes."""
    for name in ("a.csv", "a.xlsx", "b.xlsx", "a.json"):
        export(plan, tmp_path / name, "--lang", "en")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    table = rows_of(tmp_path / "a.csv")
    content = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    book = load_workbook(tmp_path / "a.xlsx")
    sheet = list(book["hours"].iter_rows(values_only=True))
    assert list(sheet[0]) == list(table[0]) and len(content["rows"]) == len(table)
    at = {heading: number for number, heading in enumerate(sheet[0])}
    for line, row, told in zip(sheet[1:], table, content["rows"], strict=False):
        assert float(line[at["employer_cost_eur"]]) == value(row["employer_cost_eur"]) == told["employer_cost_eur"]
        assert (line[at["nurse"]] or "") == row["nurse"] == told["nurse"]
    assert content["confidence"]["wage"] == "E" and content["notes"] and content["sources"]
    assert book["sources"].max_row > 15


def test_no_names_in_any_file(plan: Path, tmp_path: Path) -> None:
    """The bundled names of people and their addresses are nowhere in what is written."""
    names = read_names(locate("six_nurses"))
    assert names
    for name in ("a.csv", "a.json"):
        export(plan, tmp_path / name)
        written = (tmp_path / name).read_text(encoding="utf-8")
        assert not [each.name for each in names.values() if each.name in written]


def test_a_roster_made_elsewhere_has_no_kilometres(six: Instance, tmp_path: Path) -> None:
    """Duties only: the cells of kilometres are empty, and the output says so."""
    kind = next(each for each in six.shift_kinds if each.lane == "work" and not each.organisations)
    roster = tmp_path / "rooster.csv"
    roster.write_text(f"{ROSTER}{six.nurses[0].id};{six.first_monday};{kind.id}\r\n", encoding="utf-8")
    done = export(roster, tmp_path / "uren.csv")
    rows = rows_of(tmp_path / "uren.csv")
    assert {row["woonwerk_km"] for row in rows} == {row["client_km_eur"] for row in rows} == {""}
    assert "geen routes" in done.output


def test_a_roster_of_duties_has_no_map_data(six: Instance, tmp_path: Path) -> None:
    """A file of points that holds none is refused, not written; ``map`` refuses likewise."""
    kind = next(each for each in six.shift_kinds if each.lane == "work" and not each.organisations)
    roster = tmp_path / "rooster.csv"
    roster.write_text(f"{ROSTER}{six.nurses[0].id};{six.first_monday};{kind.id}\r\n", encoding="utf-8")
    file = tmp_path / "map.geojson"
    done = run("export", "six_nurses", roster, "--format", "geojson", "--out", file)
    assert done.exit_code == 2 and "routes" in done.output and not file.exists()


def test_what_is_refused_writes_nothing(plan: Path, tmp_path: Path) -> None:
    """Another suffix, no format, and a plan of another instance: exit code 2."""
    for arguments in (
        ("six_nurses", plan, "--format", "hours", "--out", tmp_path / "a.txt"),
        ("six_nurses", plan, "--out", tmp_path / "a.csv"),
        ("six_nurses", plan, "--format", "duties", "--out", tmp_path / "a.csv"),
        ("vtt_rijnmond", plan, "--format", "hours", "--out", tmp_path / "a.csv"),
    ):
        assert run("export", *arguments).exit_code == 2
    assert not list(tmp_path.iterdir())


def test_settings_of_money_are_read_written_and_refused(six: Instance, plan: Path, tmp_path: Path) -> None:
    """``[money]`` survives a round trip and changes amounts; an unknown key and a wrong value are named."""
    settings = MoneySettings(wages={"45": 3000, "50": 3000}, standby_cents_weekday=1, liberation_day="yearly")
    write_instance(six.model_copy(update={"money": settings}), tmp_path / "team")
    again = read_instance(tmp_path / "team")
    assert again.money == settings and again.fingerprint != six.fingerprint
    assert run("export", tmp_path / "team", plan, "--format", "hours", "--out", tmp_path / "a.json").exit_code == 0
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert told["confidence"]["wage"] == "S"
    file = tmp_path / "team" / "instance.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("call_percent = 25", "call_percent = 900\ncall_percents = 3"), encoding="utf-8")
    done = run("validate", tmp_path / "team")
    assert done.exit_code == 2
    assert "money.call_percent" in done.output and "money.call_percents" in done.output


def test_an_instance_without_settings_of_money_keeps_its_fingerprint(six: Instance) -> None:
    """Plans made before are of the same instance."""
    assert "instance/money" not in six.row_hashes


def test_cells_of_the_three_writers() -> None:
    """An unknown value is empty, null or an empty cell; words are never a formula."""
    rows = [("N-1", Decimal("-1.50"), None, 3, "2026-12-07")]
    assert hours_csv("abcde", rows) == "\ufeffa;b;c;d;e\r\nN-1;-1,50;;3;2026-12-07\r\n"
    assert json.loads(hours_json("abcde", rows, {"x": 1})) == {
        "x": 1, "rows": [{"a": "N-1", "b": -1.5, "c": None, "d": 3, "e": "2026-12-07"}],
    }  # fmt: skip
    forms = ("words", "euros", "hours", "whole", "date")
    formula = [("=1+1", *rows[0][1:])]
    book = load_workbook(io.BytesIO(hours_workbook([SheetContent("s", "abcde", forms, formula, 1, ("note",))])))
    cells = [cell.value for cell in book["s"][2]]
    assert cells[:4] == ["=1+1", -1.5, None, 3] and book["s"]["A2"].data_type != "f"
    assert book["s"]["A4"].value == "note" and book["s"]["B2"].font.bold
