"""The compiled part of the proved bound, with a cache folder of its own.

Edits here leave the machine code of the rest of the kernel alone, and the other way round. All compiled modules are
imported here, while numba is told this folder: numba reads it when a function is declared.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import numba

from optimiser.search import kernel


def cache_folder() -> Path:
    """Where this version of the bound keeps its machine code."""
    digest = hashlib.sha256(numba.__version__.encode())
    for file in sorted(files(__package__).iterdir(), key=lambda each: each.name):
        if file.name.endswith(".py"):
            digest.update(file.read_bytes())
    return kernel.cache_folder().parent / f"bounds-{digest.hexdigest()[:16]}"


_others = numba.config.CACHE_DIR  # type: ignore[attr-defined]
numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]
try:
    from optimiser.search.kernel.bounds import cheapest_route
finally:
    numba.config.CACHE_DIR = _others  # type: ignore[attr-defined]

__all__ = ["cache_folder", "cheapest_route"]
