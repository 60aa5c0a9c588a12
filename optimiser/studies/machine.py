"""On what a study ran: figures without it compare with nothing."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("ortools", "numba", "numpy", "pandas", "pyvrp", "pyvroom")
MACHINE_COLUMNS = ("version", "commit", "python", "packages", "machine", "cores", "load")


def environment() -> dict[str, str]:
    """Version and commit of the project, Python, packages, processor, its cores, load of the last minute."""
    return {
        "version": _version("samenrooster"),
        "commit": commit(Path(__file__).resolve().parent),
        "python": platform.python_version(),
        "packages": " ".join(f"{name}={found}" for name in PACKAGES if (found := _version(name))),
        "machine": _processor(),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1),
        "load": load(),
    }


def load() -> str:
    """Load of the last minute; empty where the system does not tell."""
    return f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else ""


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def commit(folder: Path) -> str:
    """The short hash of the sources, with ``+`` where files differ from it; empty outside a checkout."""
    try:
        done = [
            subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, timeout=10, check=True)
            for words in (("rev-parse", "--short", "HEAD"), ("status", "--porcelain", "--untracked-files=no"))
        ]
    except (OSError, subprocess.SubprocessError):
        return ""
    return done[0].stdout.strip() + ("+" if done[1].stdout.strip() else "")


def _processor() -> str:
    """The name of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
