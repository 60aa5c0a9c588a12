"""The compiled search for rosters of letters, with a cache folder of its own.

Edits here leave the machine code of the rest of the kernel alone, and the other way round. All compiled modules are
imported here, while numba is told this folder: numba reads it when a function is declared.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import numba

from optimiser.search import kernel
from optimiser.search.kernel import calls  # noqa: F401  (tells numba how the shared random state is called)


def cache_folder() -> Path:
    """Where this version of the letter search keeps its machine code."""
    digest = hashlib.sha256(numba.__version__.encode())
    digest.update((files(kernel) / "random_state.py").read_bytes())
    for file in sorted(files(__package__).iterdir(), key=lambda each: each.name):
        if file.name.endswith(".py"):
            digest.update(file.read_bytes())
    return kernel.cache_folder().parent / f"letters-{digest.hexdigest()[:16]}"


_others = numba.config.CACHE_DIR  # type: ignore[attr-defined]
numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]
try:
    from optimiser.search.kernel.letters import anneal, rebuild, row_dp, row_trace
finally:
    numba.config.CACHE_DIR = _others  # type: ignore[attr-defined]

__all__ = ["anneal", "cache_folder", "rebuild", "row_dp", "row_trace"]
