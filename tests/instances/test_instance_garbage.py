"""Whatever stands in a file, the answer is an instance or a list of faults, never a traceback."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instances.catalogue import locate
from instances.names import read_names
from instances.plans import read_duties, read_plan
from instances.read import instance_warnings, read_instance
from instances.tables import TABLES
from optimiser.domain.instance import Instance
from optimiser.errors import InputError

pytestmark = pytest.mark.slow

QUICK = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
NASTY = st.sampled_from([
    "", "0", "-1", "1e9", "99999999999999999999", "nan", "2026-02-30", "0000-00-00", "31-12-9999", "99:99",
    "24:00-24:00", "07:00-", "-", "-–-", "=1+1", "ja;nee", "ma+di", "vrij:", "elke:0", "o/p", "../..", "\u202e", "ß",
    "9999-12-31 23:59",
    "2026-03-29 02:30", "2026-12-07 07:00+99:99", "1900-01-01", "2100-12-31", "x" * 11_000, "1,5", "1.5.1", "٣", "²",
])  # fmt: skip
FILES = [table.file_name for table in TABLES] + ["instance.toml", "sharing.toml", "names.csv"]


def survive(folder: Path) -> None:
    """Read everything in a folder; only ``InputError`` may come out."""
    try:
        instance_warnings(read_instance(folder))
    except InputError as error:
        assert str(error)
    try:
        read_names(folder)
    except InputError as error:
        assert str(error)


@QUICK
@given(st.sampled_from(FILES), st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode()))
def test_any_bytes_in_any_file(name: str, content: bytes) -> None:
    """A file replaced by random bytes or random text."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "x"
        shutil.copytree(locate("six_nurses"), folder)
        (folder / name).write_bytes(content)
        survive(folder)


@settings(QUICK, max_examples=30)
@given(st.data())
def test_any_text_in_any_cells(data: st.DataObject) -> None:
    """Three random cells of random tables hold nasty or random text."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "x"
        shutil.copytree(locate("six_nurses"), folder)
        for _ in range(3):
            path = folder / data.draw(st.sampled_from([name for name in FILES if (folder / name).suffix == ".csv"]))
            if not path.exists():
                continue
            lines = path.read_text(encoding="utf-8-sig").splitlines()
            row = data.draw(st.integers(1, len(lines) - 1))
            cells = lines[row].split(";")
            cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(NASTY | st.text(max_size=9))
            lines[row] = ";".join(cells)
            path.write_text("\n".join(lines), encoding="utf-8")
        survive(folder)


@QUICK
@given(st.data())
def test_any_toml_values(data: st.DataObject) -> None:
    """A random line of instance.toml gets a random value."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "x"
        shutil.copytree(locate("six_nurses"), folder)
        lines = (folder / "instance.toml").read_text(encoding="utf-8").splitlines()
        row = data.draw(st.integers(0, len(lines) - 1))
        values = ["-1", "1e999", "[]", "{}", "''", "'x'", "true", "9999-12-31", "1e3", "[[1]]"]
        value = data.draw(st.sampled_from(values))
        lines[row] = f"{lines[row].split('=')[0]}= {value}"
        (folder / "instance.toml").write_text("\n".join(lines), encoding="utf-8")
        survive(folder)


@QUICK
@given(st.sampled_from(["plan.json", "duties.csv", "duties.xlsx"]), st.binary(max_size=120))
def test_any_bytes_for_a_plan(name: str, content: bytes) -> None:
    """Random bytes are refused as a plan and as a roster."""
    six = read_instance(locate("six_nurses"))
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / name
        path.write_bytes(content)
        with pytest.raises(InputError):
            read_any(path, six)


def read_any(path: Path, six: Instance) -> None:
    """Read as what the name says."""
    if path.suffix == ".json":
        read_plan(path, six)
    else:
        read_duties(path, six)
