"""The compiled core. Importing it sets numba's cache folder before anything is compiled.

The folder's name holds a hash of all kernel sources and of numba's version: numba itself does not see edits in
imported files and would run stale machine code.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from importlib.resources import files
from pathlib import Path

# What made the search fastest of all levels; vector code only costs time to compile: docs/decisions/0007.
os.environ.setdefault("NUMBA_OPT", "3")
os.environ.setdefault("NUMBA_LOOP_VECTORIZE", "0")

import numba  # noqa: E402


def cache_folder() -> Path:
    """Where this version of the kernel keeps its machine code: the user's cache folder."""
    digest = hashlib.sha256(numba.__version__.encode())
    for file in sorted(files(__package__).iterdir(), key=lambda each: each.name):
        if file.name.endswith(".py"):
            digest.update(file.read_bytes())
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "samenrooster" / f"kernel-{digest.hexdigest()[:16]}"


def _mark(part: str) -> Path:
    """The file that says: all of this version has been compiled, for this Python and this place of the sources."""
    place = hashlib.sha256(f"{Path(__file__).resolve()} {sys.version}".encode()).hexdigest()[:16]
    return cache_folder() / f"{part}-{place}"


def is_compiled(part: str = "compiled") -> bool:
    """Whether a part of this version (unless named: what weeks with routes need) has been compiled on this machine."""
    return _mark(part).is_file()


def remember_compiled(part: str = "compiled") -> None:
    """Say so, after every path has been compiled; a cache folder that cannot be written only costs the notice."""
    with contextlib.suppress(OSError):
        _mark(part).touch()


_FOLDER = str(cache_folder())


def use_cache_folder() -> None:
    """Tell numba the folder for the functions that are declared next."""
    numba.config.CACHE_DIR = _FOLDER  # type: ignore[attr-defined]


use_cache_folder()
