"""A copy of the small bundled instance to break in one way, and to read again."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from instances.catalogue import locate
from instances.read import read_instance
from optimiser.domain.instance import Instance
from optimiser.errors import InputError

Places = set[tuple[str, int, str]]


class Folder:
    """A folder of tables with ways to change it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self, table: str) -> list[list[str]]:
        """The cells of a table, headings first."""
        text = (self.path / f"{table}.csv").read_text(encoding="utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))

    def put(self, table: str, lines: list[list[str]]) -> None:
        """Write a table."""
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=";").writerows(lines)
        (self.path / f"{table}.csv").write_text(out.getvalue(), encoding="utf-8", newline="")

    def cell(self, table: str, row: int, heading: str, value: str) -> None:
        """Change one cell; ``row`` as the spreadsheet counts."""
        lines = self.lines(table)
        lines[row - 1][lines[0].index(heading)] = value
        self.put(table, lines)

    def add(self, table: str, **cells: str) -> int:
        """Add a row with these cells (others empty), or make the table of them; the number of the row."""
        lines = self.lines(table) if (self.path / f"{table}.csv").exists() else [list(cells)]
        lines.append([cells.get(heading, "") for heading in lines[0]])
        self.put(table, lines)
        return len(lines)

    def toml(self, old: str, new: str) -> None:
        """Replace in instance.toml."""
        path = self.path / "instance.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def faults(self) -> Places:
        """File, row and column of every fault; none when the folder can be read. Nothing in the folder changes."""
        before = {each.name: each.read_bytes() for each in self.path.iterdir() if each.is_file()}
        try:
            read_instance(self.path)
        except InputError as error:
            assert str(error)
            return {(each.file, each.row, each.column) for each in error.faults}
        finally:
            assert before == {each.name: each.read_bytes() for each in self.path.iterdir() if each.is_file()}
        return set()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A copy of six_nurses."""
    shutil.copytree(locate("six_nurses"), tmp_path / "six_nurses")
    return Folder(tmp_path / "six_nurses")


@pytest.fixture(scope="session")
def six() -> Instance:
    """The instance six_nurses."""
    return read_instance(locate("six_nurses"))


Edit = Callable[[Folder], object]
