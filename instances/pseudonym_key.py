"""The key file of pseudonyms: made when it is not there, read only when it is whole and its owner's alone."""

from __future__ import annotations

import os
import re
import secrets
import stat
from pathlib import Path

from instances.files import make_folder
from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text

HEAD = "samenrooster-pseudonyms-1"
BYTES = 32
LINE = re.compile(rf"{HEAD} ([0-9a-f]{{{2 * BYTES}}})\r?\n?")
OTHERS = 0o077
LONGEST = 200


def pseudonym_key(path: Path, output: Path | None = None, language: Language = "nl") -> bytes:
    """The 32 bytes of the key in ``path``; a new random key is written there (mode 600) when there is no file.

    Raises ``InputError`` where ``path`` lies inside ``output`` (what is handed on must not hold the key), where others
    may read the file, and where it is not a key; no word of the file is repeated.
    """
    if output is not None and _inside(path, output):
        raise _refused(path, "outside", "inside", language)
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return _made(path, language)
    except OSError as error:
        raise _refused(path, "readable", "", language, error.strerror or "") from error
    try:
        # the file that was opened is asked, not its name, which could stand for another one by now
        told = os.fstat(handle)
        if not stat.S_ISREG(told.st_mode):
            raise _refused(path, "key", "other", language)
        if os.name == "posix" and told.st_mode & OTHERS:
            raise _refused(path, "own", "", language, f"{stat.S_IMODE(told.st_mode):o}")
        content = os.read(handle, LONGEST)
    finally:
        os.close(handle)
    found = LINE.fullmatch(content.decode("ascii", errors="replace"))
    if found is None:
        raise _refused(path, "key", "other", language)
    return bytes.fromhex(found[1])


def _made(path: Path, language: Language) -> bytes:
    """A new key; a file that came there in the meantime is not overwritten."""
    key = secrets.token_bytes(BYTES)
    try:
        make_folder(path.parent)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise _refused(path, "writable", "", language, error.strerror or "") from error
    with os.fdopen(handle, "w", encoding="ascii", newline="\n") as file:
        os.chmod(path, 0o600)
        file.write(f"{HEAD} {key.hex()}\n")
    return key


def _inside(path: Path, folder: Path) -> bool:
    """Links followed, so that no other name of the folder lets it in; and a link in the folder leads nobody out of it,
    since a copy of the folder has the key in its place."""
    below = folder.resolve()
    return any(each.is_relative_to(below) for each in (path.resolve(), path.parent.resolve() / path.name))


def _refused(path: Path, expected: str, got: str, language: Language, said: str = "") -> InputError:
    found = text(f"privacy.key.got.{got}", language) if got else said
    return InputError([Fault(path.name, 0, "", text(f"privacy.key.{expected}", language), found)])
