"""Unplanned calls, areas and lines in the tables: read, refused with the right place, and warned about."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from instances.call_warnings import call_warnings
from instances.check_calls import check_calls
from instances.read import instance_warnings, read_instance
from instances.tables_calls import AREAS, CALL_HOURS, CALL_SOURCES, CALL_TYPES, CALLS
from instances.write import write_instance
from optimiser.domain.calls import ResponseSettings
from optimiser.domain.instance import Instance

Edit = Callable[[Any], object]


def add(table: str, **cells: str) -> Edit:
    """A row of a table."""
    return lambda folder: folder.add(table, **cells)


def column(folder: Any, table: str, heading: str, values: dict[int, str]) -> None:
    """A new column with values in some rows."""
    lines = folder.lines(table)
    folder.put(table, [[*lines[0], heading], *([*line, values.get(row, "")] for row, line in enumerate(lines[1:], 2))])


def with_calls(folder: Any) -> Any:
    """Two areas of one division, a type of call with hours, a source, and the night (row 5) as line 1 of one area."""
    folder.add("areas", id="noord", naam="Noord", indeling="twee", organisaties="maas", buurten="BU0599",
               bereik_minuten="40")
    folder.add("areas", id="zuid", naam="Zuid", indeling="twee", organisaties="maas rotte")
    folder.add("call_types", id="alarm", naam="Alarm", telefonisch_procent="40", bekwaamheden="infuus")
    folder.add("call_hours", soort="alarm", dagen="werkdagen", van="00:00", tot="24:00", gewicht="2")
    folder.add("call_hours", soort="alarm", dagen="zondag", van="18:00", tot="23:00", gewicht="3")
    folder.add("call_sources", id="bron", organisatie="maas", soort="alarm", plek="p-m1", oproepen_per_week="1,5")
    column(folder, "shift_kinds", "lijn", {5: "1"})
    column(folder, "shift_kinds", "gebied", {5: "zuid"})
    column(folder, "shift_kinds", "wacht_op", {5: "p-m2"})
    for row in (4, 7):
        folder.cell("cover", row, "gebied", "zuid")
    (folder.path / "sharing.toml").write_text(
        '[[contracts]]\nname = "posten"\nvisits = "own"\ncover = "pooled"\ndivision = "twee"\n', encoding="utf-8"
    )
    return folder


def test_everything_about_calls_is_read(folder: Any, tmp_path: Path) -> None:
    """By hand: 1,5 calls a week are 1500 thousandths; what is left out has its usual value; it is written back the
    same, and the columns that nobody used before are only there when they are used."""
    headings = folder.lines("shift_kinds")[0]
    with_calls(folder).toml("[travel]", "[response]\nnorm_minutes = 20\nreach_minutes = 30\n\n[travel]")
    instance = read_instance(folder.path)
    assert [each.weekly_millicalls for each in instance.call_sources] == [1500]
    assert instance.call_types[0].phone_percent == 40 and instance.call_types[0].service_minutes == 30
    assert instance.areas[0].districts == ("BU0599",) and [each.reach_minutes for each in instance.areas] == [40, None]
    kind = instance.kind_by_id["nacht"]
    assert (kind.line, kind.area, kind.waits_at) == (1, "zuid", "p-m2")
    assert instance.response == ResponseSettings(norm_minutes=20, reach_minutes=30)
    assert instance.contracts[0].division == "twee"
    write_instance(instance, tmp_path / "again")
    assert read_instance(tmp_path / "again") == instance
    again = (tmp_path / "again" / "shift_kinds.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert again == ";".join([*headings, "lijn", "gebied", "wacht_op"])


def test_old_folders_are_written_without_newer_columns(six: Instance, tmp_path: Path) -> None:
    """A team without calls keeps its bytes: no new column, no empty table, no price of calls."""
    write_instance(six, tmp_path)
    written = {each.name: each.read_text(encoding="utf-8-sig") for each in tmp_path.iterdir()}
    assert "lijn" not in written["shift_kinds.csv"] + written["cover.csv"]
    assert "regelset" not in written["nurses.csv"] and "late_calls" not in written["instance.toml"]
    assert not {table.file_name for table in (AREAS, CALL_TYPES, CALL_HOURS, CALL_SOURCES)} & set(written)


@pytest.mark.parametrize(
    ("cell", "thousandths"), [("0", 0), ("1,5", 1500), ("1.5", 1500), ("0,001", 1), ("12,345", 12345), ("3", 3000)]
)
def test_calls_are_exact(cell: str, thousandths: int) -> None:
    """Comma or dot, up to three decimals, no rounding on the way there or back."""
    assert CALLS.read(cell) == thousandths
    assert Fraction(CALLS.write(thousandths).replace(",", ".")) == Fraction(thousandths, 1000)
    assert CALLS.read(CALLS.write(thousandths)) == thousandths


HOURS = {"soort": "alarm", "dagen": "werkdagen", "gewicht": "1"}
FAULTS: list[tuple[str, Edit, set[tuple[str, int, str]]]] = [
    ("four decimals", lambda folder: folder.cell("call_sources", 2, "oproepen_per_week", "0,0005"),
     {("call_sources.csv", 2, "oproepen_per_week")}),
    ("below zero", lambda folder: folder.cell("call_sources", 2, "oproepen_per_week", "-1"),
     {("call_sources.csv", 2, "oproepen_per_week")}),
    ("no such type", lambda folder: folder.cell("call_sources", 2, "soort", "alarn"),
     {("call_sources.csv", 2, "soort")}),
    ("no such place", lambda folder: folder.cell("call_sources", 2, "plek", "p-x"), {("call_sources.csv", 2, "plek")}),
    ("no such organisation", lambda folder: folder.cell("call_sources", 2, "organisatie", "mass"),
     {("call_sources.csv", 2, "organisatie")}),
    ("type of hours", lambda folder: folder.cell("call_hours", 2, "soort", "x"), {("call_hours.csv", 2, "soort")}),
    ("days of hours", lambda folder: folder.cell("call_hours", 2, "dagen", "maandag"),
     {("call_hours.csv", 2, "dagen")}),
    ("backwards", lambda folder: folder.cell("call_hours", 3, "tot", "17:00"), {("call_hours.csv", 3, "tot")}),
    ("the next day", lambda folder: (folder.cell("call_hours", 3, "van", "25:00"),
                                     folder.cell("call_hours", 3, "tot", "26:00")), {("call_hours.csv", 3, "van")}),
    ("longer than a day", lambda folder: folder.cell("call_hours", 3, "tot", "42:01"), {("call_hours.csv", 3, "tot")}),
    ("over another", add("call_hours", van="23:00", tot="24:00", **HOURS), {("call_hours.csv", 4, "van")}),
    ("twice", lambda folder: (folder.cell("call_hours", 2, "tot", "08:00"),
                              folder.add("call_hours", van="00:00", tot="08:00", **HOURS)),
     {("call_hours.csv", 4, "van"), ("call_hours.csv", 4, "soort")}),
    # Sunday 18:00 to Monday 01:00 falls over the working day that begins at 00:00
    ("over the next day", lambda folder: folder.cell("call_hours", 3, "tot", "25:00"), {("call_hours.csv", 3, "van")}),
    ("side by side", lambda folder: (folder.cell("call_hours", 2, "tot", "08:00"),
                                     folder.add("call_hours", van="08:00", tot="24:00", **HOURS)), set()),
    ("another type", lambda folder: (folder.add("call_types", id="val", naam="Val"),
                                     folder.add("call_hours", van="00:00", tot="24:00", **HOURS | {"soort": "val"})),
     set()),
    ("organisation of an area", lambda folder: folder.cell("areas", 2, "organisaties", "maas lek"),
     {("areas.csv", 2, "organisaties")}),
    ("area twice", lambda folder: folder.add("areas", id="zuid", naam="Zuid"), {("areas.csv", 4, "id")}),
    ("area of a kind", lambda folder: folder.cell("shift_kinds", 5, "gebied", "oost"),
     {("shift_kinds.csv", 5, "gebied")}),
    ("line of a kind", lambda folder: folder.cell("shift_kinds", 5, "lijn", "3"), {("shift_kinds.csv", 5, "lijn")}),
    ("post of a kind", lambda folder: folder.cell("shift_kinds", 5, "wacht_op", "p-post"),
     {("shift_kinds.csv", 5, "wacht_op")}),
    ("area of cover", lambda folder: folder.cell("cover", 4, "gebied", "oost"), {("cover.csv", 4, "gebied")}),
    ("rule set", lambda folder: column(folder, "nurses", "regelset", {3: "cao_1999"}), {("nurses.csv", 3, "regelset")}),
    ("division", lambda folder: folder.toml_of("sharing", '"twee"', '"drie"'),
     {("sharing.toml", 0, "contracts.posten.division")}),
    ("minutes in words", lambda folder: [folder.cell("areas", row, "bereik_minuten", "x") for row in (2, 3)],
     {("areas.csv", row, "bereik_minuten") for row in (2, 3)}),
    ("norm", lambda folder: folder.toml("[travel]", "[response]\nnorm_minutes = 0\n\n[travel]"),
     {("instance.toml", 0, "response.norm_minutes")}),
    ("unknown key", lambda folder: folder.toml("[travel]", "[response]\nnorm = 3\n\n[travel]"),
     {("instance.toml", 0, "response.norm")}),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "expected"), [each[1:] for each in FAULTS], ids=[each[0] for each in FAULTS])
def test_one_wrong_thing_is_one_fault(folder: Any, edit: Edit, expected: set[tuple[str, int, str]]) -> None:
    """Exactly these faults, by file, row and column; none where it is allowed after all."""
    with_calls(folder)

    def replace(name: str, old: str, new: str) -> None:
        path = folder.path / f"{name}.toml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    folder.toml_of = replace
    edit(folder)
    assert folder.faults() == expected
    assert check_calls.__doc__


def test_who_only_answers_calls_needs_no_clients(folder: Any) -> None:
    """With call sources clients, acts and orders may be absent; a client that something names is still asked for."""
    with_calls(folder)
    for name in ("acts", "clients", "orders", "client_nurses", "links", "past_visits", "bring", "names"):
        (folder.path / f"{name}.csv").unlink(missing_ok=True)
    instance = read_instance(folder.path)
    assert (instance.clients, instance.visits) == ((), ())
    assert instance_warnings(instance)
    (folder.path / "call_sources.csv").unlink()
    assert {("clients.csv", 0, ""), ("acts.csv", 0, ""), ("orders.csv", 0, "")} <= folder.faults()


WARNINGS: list[tuple[str, Edit, str]] = [
    ("division", lambda folder: (folder.path / "sharing.toml").unlink(), "uses division twee"),
    ("no sources", lambda folder: (folder.path / "call_sources.csv").unlink(), "nacht waits for calls"),
    ("no line", lambda folder: folder.cell("shift_kinds", 5, "lijn", "2"), "no shift kind has line 1"),
    ("no weight", lambda folder: (folder.cell("call_hours", 2, "gewicht", "0"),
                                  folder.cell("call_hours", 3, "gewicht", "0")), "alarm has no hour with weight"),
    ("no hours", lambda folder: (folder.path / "call_hours.csv").unlink(), "alarm has no hour with weight"),
    ("area without calls", add("areas", id="oost", naam="Oost", buurten="BU9999"), "source of calls: oost"),
    ("outside", lambda folder: folder.cell("areas", 3, "organisaties", "rotte"), "bron are in no area"),
    ("cover of another area", lambda folder: folder.cell("cover", 4, "gebied", "noord"), "maas-nacht: no shift kind"),
    ("cover of another line", lambda folder: column(folder, "cover", "lijn", {4: "2"}), "maas-nacht: no shift kind"),
    ("lost first", lambda folder: folder.toml("[travel]", "[response]\nlost_minutes = 20\n\n[travel]"),
     "is lost after 20 minutes"),
    ("skill", lambda folder: folder.cell("call_types", 2, "bekwaamheden", "toveren"), "nobody has skill toveren"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "words"), [each[1:] for each in WARNINGS], ids=[each[0] for each in WARNINGS])
def test_what_is_strange_is_said(folder: Any, edit: Edit, words: str) -> None:
    """One sentence more than before, with the id."""
    before = set(instance_warnings(read_instance(with_calls(folder).path)))
    assert not [each for each in before if words in each]
    edit(folder)
    found = [each for each in instance_warnings(read_instance(folder.path)) if words in each]
    assert len(found) == 1


def test_calls_of_two_areas_are_named(folder: Any) -> None:
    """South names no districts, so the source of north is in both; with districts of its own it is in one."""
    path, words = with_calls(folder).path, "calls of bron lie in more than one area of the division 'twee'"
    assert any(each.startswith(words) for each in instance_warnings(read_instance(path)))
    folder.cell("areas", 3, "organisaties", "rotte")
    assert not any(each.startswith(words) for each in instance_warnings(read_instance(path)))


def test_a_source_without_a_district_is_named(folder: Any) -> None:
    """Far from every known district: in no area with districts, and said so, in Dutch too."""
    with_calls(folder)
    folder.add("places", id="zee", soort="overig", breedtegraad="54,9", lengtegraad="3,1")
    folder.cell("call_sources", 2, "plek", "zee")
    instance = read_instance(folder.path)
    assert instance.place_by_id["zee"].district == ""
    assert "geen buurt bekend voor bron" in " ".join(call_warnings(instance, "nl"))
    assert "area without a source of calls: noord" in call_warnings(instance)
