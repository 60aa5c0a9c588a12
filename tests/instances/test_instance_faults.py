"""Every input that is wrong in one way gives exactly the right fault: file, row, column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from instances.read import read_instance
from optimiser.errors import InputError


def cell(table: str, row: int, heading: str, value: str) -> Callable[[Any], object]:
    """Put ``value`` into one cell."""
    return lambda folder: folder.cell(table, row, heading, value)


ONE_CELL = [
    ("nurses", 2, "contracturen", "veel"),
    ("nurses", 2, "contracturen", ""),
    ("nurses", 3, "organisatie", "onbekend"),
    ("nurses", 3, "thuis", "p-onbekend"),
    ("nurses", 4, "vervoer", "vliegtuig"),
    ("nurses", 4, "geboren", "31-02-1990"),
    ("nurses", 4, "niveau", "9"),
    ("nurses", 4, "niveau", "0"),
    ("nurses", 5, "id", "m1"),
    ("nurses", 5, "id", "met spatie"),
    ("nurses", 5, "ervaring", "chef"),
    ("nurses", 5, "begeleider", "m1"),
    ("nurses", 5, "dagdelen", "dag ochtend"),
    ("nurses", 5, "akkoord_nacht", "misschien"),
    ("nurses", 6, "startplek", "nergens"),
    ("nurse_skills", 2, "medewerker", "x9"),
    ("nurse_skills", 2, "geldig_tot_en_met", "gisteren"),
    ("availability", 2, "laatste", "2026-12-01"),
    ("availability", 2, "tot", "08:00"),
    ("availability", 2, "van", "25 uur"),
    ("availability", 2, "uren_per_dag", "-1"),
    ("wishes", 2, "datum", "2026-12-14"),
    ("wishes", 2, "datum", "6-12-2026"),
    ("wishes", 2, "gewicht", "11"),
    ("wishes", 2, "wens", "soms"),
    ("acts", 2, "minuten", "0"),
    ("acts", 2, "minuten", "1e3"),
    ("acts", 2, "medewerkers", "3"),
    ("acts", 2, "naam", "bel\x07"),
    ("acts", 2, "naam", "x" * 20_000),
    ("clients", 2, "plek", "p-zoek"),
    ("clients", 2, "id", "m1"),
    ("client_nurses", 2, "cliënt", "c99"),
    ("orders", 2, "handelingen", "antibiotica niets"),
    ("orders", 3, "handelingen", ""),
    ("orders", 3, "cliënt", "c99"),
    ("orders", 3, "ritme", "soms"),
    ("orders", 3, "ritme", "vrij:9"),
    ("orders", 3, "ritme", "dagen:ma+zz"),
    ("orders", 3, "tijdvakken", "10:00"),
    ("orders", 3, "tijdvakken", "10:00-10:44"),
    ("orders", 3, "tijdvakken", "24:30-26:00"),
    ("orders", 3, "tijdvakken", ""),
    ("orders", 3, "minuten", "721"),
    ("orders", 3, "laatste", "2026-01-01"),
    ("orders", 3, "uitvoeringsverzoek_tot_en_met", "2026-01-01"),
    ("orders", 2, "tussentijd_max", "400"),
    ("orders", 2, "tussentijd_max", ""),
    ("orders", 2, "tussentijd_min", "-5"),
    ("orders", 4, "id", "t-apotheek"),
    ("orders", 4, "id", "c3/picc"),
    ("tasks", 2, "datum", "2026-12-15"),
    ("tasks", 2, "tot", "09:05"),
    ("tasks", 2, "plek", "p-niets"),
    ("tasks", 3, "medewerker", ""),
    ("tasks", 3, "tot", "17:30"),
    ("links", 2, "eerste", "d1-aann"),
    ("links", 3, "tweede", "d5-pomp/2026-12-08/1"),
    ("links", 3, "tweede", "t-apotheek"),
    ("links", 3, "tussentijd_max", "5"),
    ("links", 3, "medewerker", "beide"),
    ("shift_kinds", 2, "einde", "06:00"),
    ("shift_kinds", 2, "einde", "48:01"),
    ("shift_kinds", 2, "code", "DAGEN"),
    ("shift_kinds", 2, "pauze_van", "06:00"),
    ("shift_kinds", 2, "pauze_tot", ""),
    ("shift_kinds", 2, "tweede_einde", "20:00"),
    ("shift_kinds", 2, "organisaties", "maas nergens"),
    ("shift_kinds", 5, "einde", "47:30"),
    ("cover", 2, "weekdagen", "ma maandag"),
    ("cover", 2, "tot", "07:00"),
    ("cover", 2, "gewenst", "0"),
    ("cover", 3, "datum", "2026-12-09"),
    ("context", 2, "begin", "maandag"),
    ("context", 2, "begin", "2026-12-08 07:00"),
    ("context", 2, "einde", "2026-11-23 06:00"),
    ("context", 2, "werkuren", "9"),
    ("duties_given", 2, "dienst", "nachtwerk"),
    ("duties_given", 2, "datum", "2026-12-06"),
    ("counters", 2, "teller", "punten"),
    ("counters", 2, "waarde", "2,5"),
    ("past_visits", 2, "datum", "2026-12-07"),
    ("places", 2, "breedtegraad", "95"),
    ("places", 2, "buurt", "BU00000000"),
    ("places", 2, "postcode", "30115"),
    ("districts", 2, "inwoners", "-4"),
]


# the cell that is wrong is not always the one that was changed
ELSEWHERE = {
    ("clients", 2, "id", "m1"): {("clients.csv", 2, "id")},
    ("context", 2, "begin", "2026-12-08 07:00"): {("context.csv", 2, "einde"), ("context.csv", 2, "begin")},
    ("shift_kinds", 2, "pauze_tot", ""): {("shift_kinds.csv", 2, "pauze_tot")},
    ("shift_kinds", 2, "tweede_einde", "20:00"): {("shift_kinds.csv", 2, "tweede_begin")},
    ("cover", 3, "datum", "2026-12-09"): {("cover.csv", 3, "weekdagen")},
    ("orders", 4, "id", "t-apotheek"): {("tasks.csv", 2, "id")},
    ("nurses", 5, "id", "m1"): {("nurses.csv", 5, "id")},
}
# one wrong id is also the end of the references to what it was
FOLLOWING = {"id"}


@pytest.mark.parametrize(("table", "row", "heading", "value"), ONE_CELL, ids=lambda each: str(each)[:20])
def test_one_wrong_cell_is_one_fault(folder: Any, table: str, row: int, heading: str, value: str) -> None:
    """One cell wrong: one fault, at that cell (or at the one that no longer fits it); nothing is written."""
    folder.cell(table, row, heading, value)
    expected = ELSEWHERE.get((table, row, heading, value), {(f"{table}.csv", row, heading)})
    found = folder.faults()
    if heading in FOLLOWING:
        assert expected <= found
    else:
        assert found == expected


def drop(table: str, heading: str) -> Callable[[Any], object]:
    """Take a column away."""

    def edit(folder: Any) -> None:
        lines = folder.lines(table)
        place = lines[0].index(heading)
        folder.put(table, [line[:place] + line[place + 1 :] for line in lines])

    return edit


def head(table: str, old: str, new: str) -> Callable[[Any], object]:
    """Rename a heading."""

    def edit(folder: Any) -> None:
        lines = folder.lines(table)
        lines[0] = [new if each == old else each for each in lines[0]]
        folder.put(table, lines)

    return edit


def raw(name: str, content: bytes) -> Callable[[Any], object]:
    """Write a file."""
    return lambda folder: (folder.path / name).write_bytes(content)


def both(*edits: Callable[[Any], object]) -> Callable[[Any], object]:
    """Several edits."""
    return lambda folder: [edit(folder) for edit in edits]


STUDENT = {"id": "s1", "organisatie": "maas", "thuis": "p-m1", "contracturen": "24", "geboren": "2004-01-01"}
LINK = {"tussentijd_min": "60", "tussentijd_max": "120", "samen": "nee"}
VISIT = {"id": "extra", "cliënt": "c1", "handelingen": "wond", "datum": "2026-12-08", "van": "09:00", "tot": "11:00"}
WHOLE = [
    ("column missing", drop("nurses", "contracturen"), {("nurses.csv", 1, "contract_hours / contracturen")}),
    ("column unknown", head("nurses", "talen", "talenn"), {("nurses.csv", 1, "talenn")}),
    ("column twice", head("nurses", "talen", "languages"), set()),
    ("heading twice", head("nurses", "talen", "level"), {("nurses.csv", 1, "level")}),
    ("cells too many", lambda folder: folder.put("wishes", [*folder.lines("wishes"), ["m1"] * 9]),
     {("wishes.csv", 6, "")}),
    ("empty table", lambda folder: folder.put("acts", folder.lines("acts")[:1]), {("acts.csv", 0, "")}),
    ("empty file", raw("wishes.csv", b""), {("wishes.csv", 0, "")}),
    ("no text", raw("wishes.csv", "medewerker;datum;wens\r\ncaf\xe9".encode("latin-1")), {("wishes.csv", 2, "")}),
    ("binary", raw("wishes.csv", b"PK\x03\x04\x00\x00" * 9), {("wishes.csv", 1, "")}),
    ("open quote", raw("wishes.csv", b'medewerker;datum;wens\r\nm1;2026-12-08;"vrij'), {("wishes.csv", 2, "")}),
    ("unknown file", raw("nurse.csv", b"id\r\n"), {("nurse.csv", 0, "")}),
    ("no nurses", lambda folder: (folder.path / "nurses.csv").unlink(), {("nurses.csv", 0, "")}),
    ("half a position", both(cell("places", 2, "lengtegraad", ""), cell("places", 2, "buurt", "")),
     {("places.csv", 2, "lengtegraad")}),
    ("no position", both(
        cell("places", 2, "lengtegraad", ""), cell("places", 2, "breedtegraad", ""), cell("places", 2, "buurt", ""),
    ), {("places.csv", 2, "breedtegraad")}),
    ("unknown postcode", both(
        cell("places", 2, "lengtegraad", ""), cell("places", 2, "breedtegraad", ""), cell("places", 2, "buurt", ""),
        cell("places", 2, "postcode", "1011 AB"),
    ), {("places.csv", 2, "postcode")}),
    ("student alone", lambda folder: folder.add("nurses", ervaring="leerling", **STUDENT),
     {("nurses.csv", 8, "begeleider")}),
    ("student of a new one", both(
        lambda folder: folder.add("nurses", ervaring="leerling", begeleider="m2", **STUDENT),
        cell("nurses", 3, "ervaring", "nieuw"),
    ), {("nurses.csv", 8, "begeleider")}),
    ("two students of one", both(
        lambda folder: folder.add("nurses", ervaring="leerling", begeleider="m2", **STUDENT),
        lambda folder: folder.add("nurses", ervaring="leerling", begeleider="m2", **(STUDENT | {"id": "s2"})),
    ), {("nurses.csv", 9, "begeleider")}),
    ("a visit of sixteen hours", both(
        cell("orders", 3, "minuten", "720"), cell("orders", 3, "tijdvakken", "00:00-40:00"),
        lambda folder: folder.toml("reporting_minutes = 5", "reporting_minutes = 240"),
    ), None),
    ("links in a ring", both(
        lambda folder: folder.add("links", id="een", eerste="c2-katheter", tweede="c3-picc", **LINK),
        lambda folder: folder.add("links", id="twee", eerste="c3-picc", tweede="c2-katheter", **LINK),
    ), {("links.csv", 5, "tussentijd_max")}),
    ("ring of visits", both(
        lambda folder: folder.add("links", id="een", eerste="c5-wond/2026-12-07/1", tweede="c6-zwachtelen/2026-12-07/1",
                                  **LINK),
        lambda folder: folder.add("links", id="twee", eerste="c6-zwachtelen/2026-12-07/1",
                                  tweede="c5-wond/2026-12-07/1", **LINK),
    ), {("links.csv", 5, "tussentijd_max")}),
    ("link outside the horizon",
     lambda folder: folder.add("links", id="een", eerste="c5-wond/2026-12-07/1", tweede="c6-zwachtelen/2026-12-14/1",
                               **LINK), set()),
    ("unknown key", lambda folder: folder.toml("slack_minutes", "slak_minutes"),
     {("instance.toml", 0, "planning.slak_minutes")}),
    ("no Monday", lambda folder: folder.toml("2026-12-07", "2026-12-08"),
     {("instance.toml", 0, "instance.first_monday")}),
    ("bad TOML", lambda folder: folder.toml("weeks = 1", "weeks = "), {("instance.toml", 4, "")}),
    ("a number without end", lambda folder: folder.toml("weeks = 1", "weeks = 0x" + "f" * 9000),
     {("instance.toml", 0, "instance.weeks")}),
    ("lock files", both(raw(".~nurses.csv", b"x"), raw("~$nurses.csv", b"x")), set()),
    ("weeks", lambda folder: folder.toml("weeks = 1", "weeks = 0"), {("instance.toml", 0, "instance.weeks")}),
    ("rule set", lambda folder: folder.toml("cao_vvt_2025", "cao_1999"), {("instance.toml", 0, "planning.rule_set")}),
    ("organisation twice", lambda folder: folder.toml(
        "[[organisations]]", '[[organisations]]\nid = "maas"\nname = "Nog eens"\n\n[[organisations]]'),
     {("instance.toml", 0, "organisations[2].id")}),
    ("preset's name", raw("sharing.toml", b'[[contracts]]\nname = "joint"\nvisits = "own"\ncover = "own"\n'),
     {("sharing.toml", 0, "contracts[1].name")}),
    ("visit alone", lambda folder: folder.add("visits", **VISIT), set()),
    ("visit alone, no window", lambda folder: folder.add("visits", **(VISIT | {"van": "", "tot": ""})),
     {("visits.csv", 2, "van"), ("visits.csv", 2, "tot")}),
    ("visit alone, short", lambda folder: folder.add("visits", **(VISIT | {"tot": "09:44"})),
     {("visits.csv", 2, "tot")}),
    ("visit outside", lambda folder: folder.add("visits", **(VISIT | {"datum": "2026-12-14"})),
     {("visits.csv", 2, "datum")}),
    ("cancelled stranger", lambda folder: folder.add("visits", id="niets", vervallen="ja"), {("visits.csv", 2, "id")}),
    ("another client", lambda folder: folder.add("visits", id="c4-avond/2026-12-07/1", cliënt="c1"),
     {("visits.csv", 2, "cliënt")}),
    ("two published duties in one cell", lambda folder: folder.add(
        "duties_given", medewerker="m1", dienst="avond", datum="2026-12-07", status="basis"),
     {("duties_given.csv", 4, "dienst")}),
    ("a standby duty beside a published one", lambda folder: folder.add(
        "duties_given", medewerker="m1", dienst="nacht", datum="2026-12-07", status="basis"), set()),
    ("table for travel", lambda folder: folder.add(
        "travel", from_place="p-m1", to_place="p-niets", mode="auto", minutes="5", metres="900"),
     {("travel.csv", 2, "to_place")}),
]


@pytest.mark.parametrize(("edit", "expected"), [each[1:] for each in WHOLE], ids=[each[0] for each in WHOLE])
def test_one_wrong_thing_is_one_fault(folder: Any, edit: Callable[[Any], object], expected: set[Any] | None) -> None:
    """Files, columns, links, students, keys: exactly the right faults (none where it is allowed after all)."""
    edit(folder)
    found = folder.faults()
    assert found == expected or (expected is None and ("orders.csv", 3, "minuten") in found)


def test_all_faults_of_all_files_come_at_once(folder: Any) -> None:
    """Six faults in five files, reported together, in order of file and row; a huge cell is shortened."""
    folder.toml("slack_minutes", "slak_minutes")
    folder.cell("nurses", 2, "contracturen", "veel")
    folder.cell("nurses", 3, "organisatie", "onbekend")
    folder.cell("orders", 3, "tijdvakken", "10:00-10:30")
    folder.cell("acts", 4, "naam", "y" * 10_000_000)
    folder.cell("wishes", 2, "datum", "2027-01-01")
    with pytest.raises(InputError) as caught:
        read_instance(folder.path)
    assert [(each.file, each.row) for each in caught.value.faults] == [
        ("acts.csv", 4), ("instance.toml", 0), ("nurses.csv", 2), ("nurses.csv", 3), ("orders.csv", 3),
        ("wishes.csv", 2),
    ]  # fmt: skip
    assert all(len(str(fault)) < 250 for fault in caught.value.faults)


def test_faults_speak_both_languages_and_guess(folder: Any) -> None:
    """What was expected is said in Dutch or English, with the id that was probably meant."""
    folder.cell("nurses", 3, "thuis", "p-m22")
    with pytest.raises(InputError) as dutch:
        read_instance(folder.path, "nl")
    assert dutch.value.faults[0].expected == "een id uit places (bedoelt u p-m2?)"
    with pytest.raises(InputError) as english:
        read_instance(folder.path)
    assert english.value.faults[0].expected == "an id from places (did you mean p-m2?)"


@pytest.mark.parametrize(("table", "heading"), [("nurses", "id"), ("clients", "id"), ("orders", "cliënt")])
def test_a_name_in_the_place_of_an_id_is_not_repeated(folder: Any, table: str, heading: str) -> None:
    """The fault tells the cell; who fills in names for ids finds no name in a message or log."""
    folder.cell(table, 2, heading, "Jan van Verzonnen")
    with pytest.raises(InputError) as caught:
        read_instance(folder.path)
    (told,) = (each for each in caught.value.faults if (each.file, each.row) == (f"{table}.csv", 2))
    assert (told.column, told.got) == (heading, "…") and "Verzonnen" not in str(caught.value)


def test_ids_of_nurses_differ_in_more_than_capitals(folder: Any) -> None:
    """Where names of files know no capitals, the card of ``M1`` would be that of ``m1``."""
    folder.cell("nurses", 3, "id", "M1")
    with pytest.raises(InputError) as caught:
        read_instance(folder.path)
    (told,) = (each for each in caught.value.faults if each.file == "nurses.csv" and each.column == "id")
    assert (told.row, told.got) == (3, "M1, m1 (row 2)")


def test_no_folder_is_a_fault(tmp_path: Path) -> None:
    """A folder without instance.toml is refused with that file's name."""
    with pytest.raises(InputError) as caught:
        read_instance(tmp_path / "nowhere")
    assert caught.value.faults[0].file == "instance.toml"
