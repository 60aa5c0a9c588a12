"""The command line starts at once: its help loads no heavy library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("ortools", "pandas", "numba", "folium", "numpy", "pydantic", "rich", "openpyxl")


def test_help_imports_nothing_heavy() -> None:
    """``--help`` without ortools, pandas, numba or folium: the proxy, free of clocks, of starting under 0.5 s."""
    code = (
        "import sys\nfrom cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        f"print('heavy:', sorted(set(sys.modules) & set({HEAVY!r})))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "heavy: []"


def test_python_cli_py_works_too() -> None:
    """``python cli.py --help`` shows the same commands as the console script."""
    run = subprocess.run([sys.executable, "cli.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in ("instances", "validate", "show", "generate", "plan", "check", "map", "figures"):
        assert f"\n  {name} " in run.stdout
