"""No index of the weekly kernel lies outside its table: its machine code does not look (search/kernel/compiled.py)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_no_index_lies_outside_its_table(tmp_path: Path) -> None:
    """12,000 iterations on six_nurses with code that looks at each index first; a list of three entries is asked for
    entries -1 and 3, so that the look itself is known to refuse both."""
    script = Path(__file__).with_name("indices_looked_at.py")
    done = subprocess.run(
        [sys.executable, str(script), str(ROOT / "tests" / "instances" / "six_nurses_plan.json")],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["refused", "refused", "searched True"], done.stderr
