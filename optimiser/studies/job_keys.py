"""What names a job's result: its content and the program that makes it, so that neither a changed question nor a
changed program is answered with an old result."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from optimiser.domain.instance import Instance
from optimiser.domain.noun import Noun

PACKAGES = ("numba", "numpy", "ortools")
"""Packages whose version changes plans."""


def content_key(*parts: Any) -> str:
    """A sha256 (64 hexadecimal digits) over the parts and ``program_version``.

    A part is a text, number, truth value, None, date, Noun, dataclass, or a sequence or mapping (text keys) of these;
    an Instance counts with its name and fingerprint. The order of a mapping does not matter, that of a sequence does.
    Raises ``TypeError`` for anything else, and ``ValueError`` for a number that is not finite.
    """
    return hashlib.sha256(canonical([program_version(), *parts]).encode()).hexdigest()


def canonical(value: Any) -> str:
    """The one JSON text of a value: keys sorted, no spaces."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), allow_nan=False)


def _plain(value: Any) -> Any:
    """The value in JSON's own kinds; what is of a class carries the class's name, so that no two kinds are equal."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date | datetime):
        return {"": type(value).__name__, "is": value.isoformat()}
    if isinstance(value, Instance):
        return {"": "Instance", "is": [value.name, value.fingerprint]}
    if isinstance(value, Noun):
        return {"": type(value).__name__, "is": value.model_dump(mode="json")}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {each.name: _plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
        return {"": type(value).__name__, "is": fields}
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("a mapping in a key has texts as keys")
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} cannot be part of a key")


@cache
def program_version() -> str:
    """A hash of the sources of the engine, and of the versions of Python and of the packages that plans depend on.

    All modules count, since each may change a figure; words that people read (``*.toml``) do not. It is read once in
    a process: sources edited later belong to the next run.
    """
    digest = hashlib.sha256(f"python={sys.version_info[:2]};".encode())
    for package in PACKAGES:
        digest.update(f"{package}={_version(package)};".encode())
    for name, content in sorted(_sources(files("optimiser"), "optimiser")):
        digest.update(f"{name}:{len(content)};".encode() + content)
    return digest.hexdigest()[:16]


def _sources(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    """Name and content of each module in a folder and below it."""
    found: list[tuple[str, bytes]] = []
    for each in folder.iterdir():
        if each.name.endswith(".py"):
            found.append((f"{name}/{each.name}", each.read_bytes()))
        elif each.name != "__pycache__" and each.is_dir():
            found += _sources(each, f"{name}/{each.name}")
    return found


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
