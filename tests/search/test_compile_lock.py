"""One process compiles at a time."""

from __future__ import annotations

import threading
from pathlib import Path

from optimiser.search.compile_lock import compiling_alone


def test_the_second_waits_for_the_first(tmp_path: Path) -> None:
    """While one holds the lock of a folder another does not come in; it does once the first is ready."""
    order: list[str] = []
    inside = threading.Event()

    def second() -> None:
        with compiling_alone(tmp_path):
            order.append("second")
            inside.set()

    other = threading.Thread(target=second)
    with compiling_alone(tmp_path):
        other.start()
        assert not inside.wait(0.1)
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def test_a_folder_that_cannot_be_made_only_costs_the_lock(tmp_path: Path) -> None:
    """Where the cache cannot be written each process compiles for itself."""
    (tmp_path / "file").touch()
    with compiling_alone(tmp_path / "file" / "below"):
        assert not (tmp_path / "file").is_dir()
