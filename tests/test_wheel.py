"""The wheel holds all that is needed: it plans in an empty environment, elsewhere, without the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("cli.py", "optimiser", "instances", "maps", "pyproject.toml", "README.md", "LICENSE")

pytestmark = [pytest.mark.wheel, pytest.mark.slow]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command away from the checkout; its output shows when it fails."""
    clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
    done = subprocess.run([str(each) for each in command], cwd=cwd, env=clean, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, so that nothing is left in the checkout."""
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("dist")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=copy)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a new environment that holds the wheel and borrows the installed dependencies."""
    place = tmp_path_factory.mktemp("elsewhere") / "venv"
    if shutil.which("uv"):
        run("uv", "venv", "--quiet", "--python", sys.executable, place, cwd=place.parent)
        run("uv", "pip", "install", "--quiet", "--no-deps", "--offline", "--python", place / "bin" / "python", wheel,
            cwd=place.parent)  # fmt: skip
    else:
        run(sys.executable, "-m", "venv", place, cwd=place.parent)
        run(place / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel,
            cwd=place.parent)  # fmt: skip
    own = run(
        place / "bin" / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place.parent
    )
    # a folder named in a .pth is searched, but its own .pth files, an editable checkout among them, are not
    Path(own.stdout.strip(), "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return place / "bin"


def test_the_wheel_holds_data_and_words(wheel: Path) -> None:
    """Tables of instances, texts and page templates are in it; tests and documents are not."""
    names = zipfile.ZipFile(wheel).namelist()
    for needed in ("cli.py", "optimiser/texts/cli.toml", "instances/data/regions/rijnmond/districts.csv"):
        assert needed in names
    assert any(name.startswith("maps/templates/") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


def test_the_wheel_plans_elsewhere(installed: Path, tmp_path: Path) -> None:
    """``samenrooster plan`` on the small bundled team writes all its files in a folder far from the checkout."""
    where = run(installed / "python", "-c", "import cli; print(cli.__file__)", cwd=tmp_path).stdout
    assert str(installed.parent) in where
    run(installed / "samenrooster", "plan", "six_nurses", "--iterations", "200", "--out", "result", cwd=tmp_path)
    run(installed / "samenrooster", "check", "six_nurses", "result/plan.json", cwd=tmp_path)
    for name in ("plan.json", "duties.csv", "routes.csv", "roster.html", "summary.json", "maps/team.html"):
        assert (tmp_path / "result" / name).stat().st_size > 0
