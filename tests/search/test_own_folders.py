"""Each compiled part keeps its machine code in a folder of its own, whatever is imported first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from optimiser.search import kernel
from optimiser.search.kernel.own_folder import own_folder

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("letters", "blocks", "row_states", "bounds", "home_care")
SCRIPT = """
import importlib, pkgutil, sys
part = importlib.import_module("optimiser.search.kernel." + sys.argv[1])
for each in pkgutil.iter_modules(part.__path__):
    module = importlib.import_module(part.__name__ + "." + each.name)
    for name, made in vars(module).items():
        if hasattr(made, "_cache") and made.__module__.startswith(part.__name__):
            print(made._cache.cache_path)
"""


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_all_of_a_part_lies_in_its_folder(part: str) -> None:
    """In a fresh process that imports this part alone, so that shared code is compiled in between."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, part], capture_output=True, text=True, check=True, cwd=ROOT, timeout=300
    )  # fmt: skip
    folders = {Path(line) for line in done.stdout.splitlines()}
    assert folders
    assert all(each.is_relative_to(own_folder(f"optimiser.search.kernel.{part}")) for each in folders)


def test_folders_are_beside_that_of_the_kernel_and_differ() -> None:
    """Named after the part."""
    folders = [own_folder(f"optimiser.search.kernel.{part}") for part in PARTS]
    assert {each.parent for each in folders} == {kernel.cache_folder().parent}
    assert [each.name.rpartition("-")[0] for each in folders] == [part.replace("_", "-") for part in PARTS]
