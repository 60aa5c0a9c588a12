"""``--for`` and ``--pseudonyms`` on the command line: whose names are written, and where the key may lie."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import main
from instances.catalogue import locate
from instances.names import read_names
from optimiser.domain.instance import Instance

PLAN = str(Path(__file__).resolve().parents[1] / "instances" / "six_nurses_plan.json")
NAMES = read_names(locate("six_nurses"))
COMMANDS = {
    "roster": ["--out", "{out}/rooster.html"], "map": ["--out", "{out}"], "cards": ["--week", "--out", "{out}"],
    "export": ["--format", "xlsx", "--out", "{out}/rooster.xlsx"],
}  # fmt: skip


def run(name: str, out: Path, *more: str) -> Any:
    """A command that writes what somebody reads."""
    asked = [each.replace("{out}", str(out)) for each in COMMANDS[name]]
    return CliRunner().invoke(main, [name, "six_nurses", PLAN, *asked, *more])


def written(folder: Path, outputs: Any) -> str:
    """All files of a folder as text, with their names."""
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    assert files and all(stat.S_IMODE(each.stat().st_mode) == 0o600 for each in files)
    return " ".join(f"{each.relative_to(folder)} {outputs.readable(each.read_bytes())}" for each in files)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_for_one_organisation(name: str, tmp_path: Path, six: tuple[Instance, Any, Any], outputs: Any) -> None:
    """The plan of six_nurses shares nothing: of rotte nobody's name stands in what maas gets; of maas somebody's does,
    but in the workbook, which has ids."""
    done = run(name, tmp_path / "out", "--for", "maas")
    assert done.exit_code == 0, done.output
    text = written(tmp_path / "out", outputs)
    people = [*six[0].nurses, *six[0].clients]
    told = {each.organisation for each in people if NAMES[each.id].name in text}
    assert told == (set() if name == "export" else {"maas"})
    assert "Rotte" not in text.replace("Rotterdam", "")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_under_pseudonyms(name: str, tmp_path: Path, six: tuple[Instance, Any, Any], outputs: Any) -> None:
    """No cell of names.csv about a person; a new key beside the output, for its owner; the same files a second time."""
    key = tmp_path / "sleutel"
    texts = []
    for folder in ("one", "two"):
        done = run(name, tmp_path / folder, "--pseudonyms", str(key))
        assert done.exit_code == 0, done.output
        texts.append(written(tmp_path / folder, outputs))
    assert texts[0] == texts[1] and stat.S_IMODE(key.stat().st_mode) == 0o600
    people = [each for key, each in NAMES.items() if key not in six[0].organisation_by_id]
    cells = {cell for each in people for cell in (each.name, each.address, each.phone, each.key_box) if cell}
    assert not {cell for cell in cells if len(cell) > 4 and cell in texts[0]}


def test_a_key_in_the_output_and_another_organisation_are_refused(tmp_path: Path) -> None:
    """Exit code 2 before anything is written."""
    for more in (["--pseudonyms", str(tmp_path / "out" / "sleutel")], ["--for", "nobody"]):
        done = run("cards", tmp_path / "out", *more)
        assert done.exit_code == 2 and "Traceback" not in done.output
        assert not list((tmp_path / "out").rglob("*"))
