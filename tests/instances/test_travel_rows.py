"""The travel table is read quickly where it is plain, and row by row with the same result where it is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from instances.catalogue import locate
from instances.read import read_instance
from instances.travel_rows import quick_travel
from instances.travel_table import write_with_table
from instances.write import write_instance
from optimiser.domain.instance import Instance
from optimiser.errors import InputError

HEADING = "van_plek;naar_plek;vervoer;dagdeel;minuten;meters\r\n"


def two(six: Instance) -> tuple[str, str]:
    return six.places[0].id, six.places[1].id


def test_what_is_written_is_read_quickly(six: Instance, tmp_path: Path) -> None:
    """Rows of our own writing come back as they were, by the quick way and by the whole reader."""
    one, other = two(six)
    rows = ((one, other, "car", "", 7, 2000), (one, other, "car", "night", 5, 2000), (other, one, "ebike", "", 0, 0))
    write_instance(six.model_copy(update={"travel_table": rows}), tmp_path)
    assert quick_travel(tmp_path / "travel.csv", {one, other}) == rows
    assert read_instance(tmp_path).travel_table == rows


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (HEADING + "{0};{1};Auto;;7;2000\r\n", ""),
        ("meters;van_plek;naar_plek;vervoer;dagdeel;minuten\n2000;{0};{1};car;;7\n", ""),
        (HEADING + "{0};{1};auto;;7;2000\r\n\r\n", ""),
        (HEADING + "{0};{1};auto;;7;2000\r\n{0};{1};car;;8;2000\r\n", "travel.csv, row 3"),
        (HEADING + "{0};nowhere;auto;;7;2000\r\n", "travel.csv, row 2"),
        (HEADING + "{0};{1};bus;;7;2000\r\n", "travel.csv, row 2"),
        (HEADING + "{0};{1};auto;;7,5;2000\r\n", "travel.csv, row 2"),
        (HEADING + "{0};{1};auto;;-7;2000\r\n", "travel.csv, row 2"),
        (HEADING + "{0};{1};auto;;\u0667;2000\r\n", "travel.csv, row 2"),
        (HEADING + '{0};{1};auto;;"7;2000\r\n', "travel.csv, row 2"),
        ("van_plek;naar_plek;minuten\r\n{0};{1};7\r\n", "travel.csv, row 1"),
        ("", "travel.csv"),
    ],
)
def test_what_is_not_plain_is_left_to_the_whole_reader(six: Instance, tmp_path: Path, content: str, fault: str) -> None:
    """Another order, case or an empty line is read all the same; everything wrong is named with its row."""
    one, other = two(six)
    write_instance(six, tmp_path)
    path = tmp_path / "travel.csv"
    path.write_text(content.format(one, other), encoding="utf-8", newline="")
    assert quick_travel(path, {one, other}) is None
    if not fault:
        assert read_instance(tmp_path).travel_table == ((one, other, "car", "", 7, 2000),)
        return
    with pytest.raises(InputError) as caught:
        read_instance(tmp_path)
    assert str(caught.value).startswith(fault)


def test_no_bytes_of_text_and_no_file(tmp_path: Path) -> None:
    """A file of other bytes, and none at all, are left to the whole reader."""
    (tmp_path / "travel.csv").write_bytes(b"\xff\xfe")
    assert quick_travel(tmp_path / "travel.csv", set()) is None
    assert quick_travel(tmp_path / "absent.csv", set()) is None


def test_a_hash_for_each_place_to_leave_from(six: Instance) -> None:
    """A changed way is told by the place it leaves from; the others keep their hash."""
    one, other = two(six)
    rows = ((one, other, "car", "", 7, 2000), (other, one, "car", "", 8, 2000))
    before = six.model_copy(update={"travel_table": rows})
    after = six.model_copy(update={"travel_table": (rows[0], (other, one, "car", "", 9, 2000))})
    changed = [key for key, value in after.row_hashes.items() if before.row_hashes[key] != value]
    assert changed == [f"travel_table/{other}"]
    assert before.fingerprint != after.fingerprint != six.fingerprint


def test_a_folder_plans_with_its_table(six: Instance, tmp_path: Path) -> None:
    """A copy, and then the folder itself: the table and its source are there, and what else was written stays."""
    one, other = two(six)
    source = tmp_path / "team"
    shutil.copytree(locate("six_nurses"), source)
    header = source / "instance.toml"
    header.write_text("# ours\n" + header.read_text(encoding="utf-8"), encoding="utf-8")
    rows = ((one, other, "car", "", 7, 2000), (one, other, "car", "night", 5, 2000))
    for folder in (tmp_path / "roads", source):
        write_with_table(source, folder, rows, six.clock, "roads of a test")
        read = read_instance(folder)
        assert read.travel_table == rows and read.travel == six.travel.model_copy(update={"engine": "table"})
        assert read.provenance == six.provenance | {"travel": "roads of a test"}
        assert (folder / "instance.toml").read_text(encoding="utf-8").startswith("# ours\n")
        assert (folder / "names.csv").read_bytes() == (locate("six_nurses") / "names.csv").read_bytes()
