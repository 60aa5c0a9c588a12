"""The key file: made once, for its owner only, and refused where it is not safe or not whole."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from instances.pseudonym_key import pseudonym_key
from optimiser.errors import InputError


def test_a_key_is_made_once_and_read_again(tmp_path: Path) -> None:
    """32 random bytes, for the owner only (600); the second time the same ones; another file has others."""
    file = tmp_path / "deep" / "sleutel"
    key = pseudonym_key(file)
    assert len(key) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert pseudonym_key(file) == key
    assert pseudonym_key(tmp_path / "other") != key


def test_a_key_inside_the_output_is_refused(tmp_path: Path) -> None:
    """Also through a link, and nothing is made there."""
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "by_link").symlink_to(out)
    for file in (out / "key", out / "deep" / "key", tmp_path / "by_link" / "key"):
        with pytest.raises(InputError):
            pseudonym_key(file, out)
    assert list(out.iterdir()) == []
    pseudonym_key(tmp_path / "key", out)
    (out / "key").symlink_to(tmp_path / "key")
    with pytest.raises(InputError):
        pseudonym_key(out / "key", out)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o644])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    """It may have been copied: the message gives the mode, not the key."""
    file = tmp_path / "key"
    key = pseudonym_key(file)
    file.chmod(mode)
    with pytest.raises(InputError) as error:
        pseudonym_key(file)
    assert f"{mode:o}" in str(error.value) and key.hex() not in str(error.value)


@pytest.mark.parametrize(
    "content",
    ["", "secret words", "samenrooster-pseudonyms-1 00ff\n", "samenrooster-pseudonyms-2 " + "0" * 64,
     "samenrooster-pseudonyms-1 " + "0" * 64 + "\nmore", "samenrooster-pseudonyms-1 " + "é" * 64],
)  # fmt: skip
def test_what_is_no_key_is_refused_and_not_repeated(tmp_path: Path, content: str) -> None:
    """Empty, cut off, another format, more than one line: refused, never replaced by a new key."""
    file = tmp_path / "key"
    file.write_text(content)
    file.chmod(0o600)
    for language in ("nl", "en"):
        with pytest.raises(InputError) as error:
            pseudonym_key(file, None, language)
        assert "secret" not in str(error.value) and "00ff" not in str(error.value)
    assert file.read_text() == content


def test_a_folder_and_a_dangling_link_are_refused(tmp_path: Path) -> None:
    """No traceback: a folder is no key, and nothing is written through a link that leads nowhere."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("folder", "link"):
        with pytest.raises(InputError):
            pseudonym_key(tmp_path / name)
    assert not (tmp_path / "nowhere").exists()


def test_windows_line_ends_do_not_matter(tmp_path: Path) -> None:
    """An editor that writes other line ends leaves the key what it was."""
    file = tmp_path / "key"
    key = pseudonym_key(file)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert pseudonym_key(file) == key
