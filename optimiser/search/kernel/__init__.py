"""The compiled core. Importing it sets numba's cache folder before anything is compiled.

The folder's name holds a hash of all kernel sources and of numba's version: numba itself does not see edits in
imported files and would run stale machine code.
"""

from __future__ import annotations

import hashlib
import os
from importlib.resources import files
from pathlib import Path

# Few optimisation passes compile in half the time, and the loops run as fast: measured, docs/decisions.
os.environ.setdefault("NUMBA_OPT", "1")

import numba  # noqa: E402


def cache_folder() -> Path:
    """Where this version of the kernel keeps its machine code: the user's cache folder."""
    digest = hashlib.sha256(numba.__version__.encode())
    for file in sorted(files(__package__).iterdir(), key=lambda each: each.name):
        if file.name.endswith(".py"):
            digest.update(file.read_bytes())
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "samenrooster" / f"kernel-{digest.hexdigest()[:16]}"


def is_compiled() -> bool:
    """Whether this version has been compiled on this machine before."""
    folder = cache_folder()
    return folder.is_dir() and any(folder.rglob("*.nbi"))


numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]
