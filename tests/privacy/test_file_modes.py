"""What is written about care or staff is for its owner only, and so is every folder that is made for it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from instances.files import make_folder, write_whole

PLAN = Path(__file__).resolve().parents[1] / "instances" / "six_nurses_plan.json"
COMMANDS = {
    "map": ["map", "six_nurses", str(PLAN), "--nurse", "m1", "--out", "{out}"],
    "publish": ["publish", "six_nurses", str(PLAN), "--at", "2026-11-20 12:00", "--force", "a test of modes", "--out",
                "{out}/plan.json", "--entries", "{out}/entries.csv", "--next", "{out}/next"],
    "hours": ["export", "six_nurses", str(PLAN), "--format", "hours", "--out", "{out}/hours.csv"],
    "realised": ["realised", "six_nurses", str(PLAN), "--template", "{out}"],
    "capacity-light": ["capacity-light", "six_nurses", str(PLAN), "--out", "{out}/light.html"],
    "business": ["business", "six_nurses", "--out", "{out}/business.toml"],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_what_a_command_writes_is_its_owners(name: str, tmp_path: Path) -> None:
    """Files 600, folders 700, also where the umask would let others in."""
    before = os.umask(0)
    try:
        out = tmp_path / "made" / "here"
        asked = [each.replace("{out}", str(out)) for each in COMMANDS[name]]
        result = CliRunner().invoke(main, asked)
    finally:
        os.umask(before)
    assert result.exit_code == 0, result.output
    found = sorted((tmp_path / "made").rglob("*"))
    assert any(each.is_file() for each in found)
    for each in (tmp_path / "made", *found):
        assert stat.S_IMODE(each.stat().st_mode) == (0o700 if each.is_dir() else 0o600), each


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    """Only what is made is closed; a file that is asked to be open is as the umask says."""
    tmp_path.chmod(0o755)
    make_folder(tmp_path)
    write_whole(tmp_path / "open.csv", "a", private=False)
    write_whole(tmp_path / "closed.csv", "a")
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "open.csv").stat().st_mode) & 0o077 == 0o066 & ~_mask()
    assert stat.S_IMODE((tmp_path / "closed.csv").stat().st_mode) == 0o600


def _mask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
