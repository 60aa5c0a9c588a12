"""``bench size``: a row for each size, and the picture; bad sizes are refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main


@pytest.mark.slow
def test_a_row_and_a_picture_of_each_size(tmp_path: Path) -> None:
    """A second of one week: one row that the checker agrees with, and a picture; a second call runs nothing again."""
    table, plot = tmp_path / "size.csv", tmp_path / "size.svg"
    words = ["bench", "size", "--sizes", "1", "--time-limit", "1", "--csv", str(table), "--plot", str(plot)]
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    (row,) = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    assert (row["size"], row["nurses"], row["check"]) == ("1", "27", "agrees")
    assert plot.read_text(encoding="utf-8").rstrip().endswith("</svg>")
    before = table.read_text(encoding="utf-8")
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    assert table.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("sizes", ["0", "1,1", "21", "one", ""])
def test_sizes_that_are_none_are_refused(tmp_path: Path, sizes: str) -> None:
    """Whole numbers from 1 to 20, each once."""
    table = tmp_path / "size.csv"
    assert CliRunner().invoke(main, ["bench", "size", "--sizes", sizes, "--csv", str(table)]).exit_code == 2
    assert not table.exists()


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    """What stands in the file stays there."""
    table = tmp_path / "size.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["bench", "size", "--csv", str(table)]).exit_code == 2
    assert table.read_text(encoding="utf-8") == "a,b\n1,2\n"
