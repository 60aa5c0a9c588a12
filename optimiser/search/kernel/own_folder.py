"""Cache folders of their own for the compiled parts beside the weekly kernel.

An edit in one part leaves the machine code of the others alone. Numba reads the folder when a function is declared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

import numba

from optimiser.search import kernel
from optimiser.search.kernel import calls  # noqa: F401  (compiled before a folder is told: compiling forgets it)


@cache
def own_folder(package: str) -> Path:
    """Where this version of a package keeps its machine code: named after it and a hash of its sources, of numba, and
    of the random state that all parts share."""
    digest = hashlib.sha256(numba.__version__.encode())
    digest.update((files(kernel) / "random_state.py").read_bytes())
    for file in sorted(files(package).iterdir(), key=lambda each: each.name):
        if file.name.endswith(".py"):
            digest.update(file.read_bytes())
    name = package.rpartition(".")[2].replace("_", "-")
    return kernel.cache_folder().parent / f"{name}-{digest.hexdigest()[:16]}"


@contextmanager
def kept_in(package: str) -> Iterator[None]:
    """Functions declared inside keep their machine code in the folder of the package."""
    others = numba.config.CACHE_DIR  # type: ignore[attr-defined]
    numba.config.CACHE_DIR = str(own_folder(package))  # type: ignore[attr-defined]
    try:
        yield
    finally:
        numba.config.CACHE_DIR = others  # type: ignore[attr-defined]
