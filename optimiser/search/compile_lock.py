"""One process of a machine compiles at a time: the others wait, and load what it made."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # no such locks on this system: each process compiles for itself
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def compiling_alone(folder: Path) -> Iterator[None]:
    """Hold the lock of a cache folder; a process that dies gives it free. Where files cannot be locked, go on."""
    handle = None
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / "compiling.lock", os.O_CREAT | os.O_RDWR, 0o600)
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)
