"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: str | bytes, private: bool = True) -> None:
    """Write ``content`` (text as UTF-8) to ``path`` by way of a temporary file beside it, so that a reader never sees
    half of it. For its owner only (mode 600), since nearly all that is written is about care or staff; where not
    ``private`` as the umask says. Folders that are not there are made, for their owner only (700).

    Raises ``OSError`` when the folder cannot be written.
    """
    make_folder(path.parent)
    raw = content.encode("utf-8") if isinstance(content, str) else content
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        os.chmod(temporary, 0o600 if private else 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def make_folder(folder: Path) -> None:
    """Make ``folder`` and those above it that are not there, for their owner only; one that is there stays as it is."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _umask() -> int:
    """The umask of the process; it can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def writable(folder: Path) -> bool:
    """Whether files can be made in ``folder``, or it itself where it is not there yet; tried, and nothing stays."""
    while not os.path.lexists(folder) and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
