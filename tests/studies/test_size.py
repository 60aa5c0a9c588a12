"""Cost against size: runs have their own process, what has a row is not run again, the picture holds every run."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest

from instances.catalogue import locate
from instances.generator.side_by_side import seeds_of_parts
from instances.read import read_instance
from optimiser.domain.instance import Instance
from optimiser.studies import size as study
from optimiser.studies.size import COLUMNS, SizeFailed, SizeSettings, alone, from_table, peak_mib, run_sizes, to_table
from optimiser.studies.size_plot import size_svg

ROW = {name: "1" for name in COLUMNS} | {"until_s": "", "until_cpu_s": "", "until_cpu_per_visit": ""}


def six(size: int, seed: int) -> Instance:
    """Six nurses, whatever the size."""
    return read_instance(locate("six_nurses"))


def told(number: int) -> dict[str, Any]:
    """Which process, and what it was given."""
    return {"process": os.getpid(), "number": number}


def sleeps(seconds: int) -> dict[str, Any]:
    """As a long run."""
    time.sleep(seconds)
    return {}


def dies(number: int) -> dict[str, Any]:
    """As when memory runs out."""
    os._exit(number)


def test_a_run_has_a_process_of_its_own() -> None:
    """Another process answers; one that dies is told with its exit code; one that is stopped gives nothing."""
    found = alone(told, (7,), lambda: False)
    assert found is not None and found["number"] == 7 and found["process"] != os.getpid()
    with pytest.raises(SizeFailed, match="9"):
        alone(dies, (9,), lambda: False)
    assert alone(sleeps, (60,), lambda: True) is None


def test_only_runs_without_a_row_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes 1 and 3, 60 s for each time of the size: the row of 1 is there, 3 has 180 s; fixed, both 60."""
    asked: list[Any] = []

    def result(function: object, arguments: tuple[Any, ...], should_stop: object) -> dict[str, Any]:
        asked.append(arguments[1:])
        return dict.fromkeys(study.RESULTS, 0)

    monkeypatch.setattr(study, "alone", result)
    there = ROW | {"size": "1", "seed": "1", "time_limit_s": "60", "threads": "2"}
    rows = list(run_sizes(six, SizeSettings((1, 3)), [there]))[-1]
    assert asked == [(3, 1, 180.0, 2)]
    assert [row["size"] for row in from_table(to_table(rows))] == ["1", "3"]
    assert SizeSettings((3,), fixed=True).limit(3) == 60.0
    assert SizeSettings((1, 3), 2, parts=seeds_of_parts(3, 1)).runs() == [
        (1, 1), (3, 1), (1, 2), (3, 2), (1, 1001), (1, 2001),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="size"):
        from_table("size\n1\n")


def test_the_picture_holds_every_run() -> None:
    """Two runs of size 1 and one of size 10: three dots in each panel but where a column is empty."""
    rows = [ROW, ROW | {"seed": "2", "scalar_per_visit": "3"}, ROW | {"size": "10", "until_cpu_per_visit": "0.5"}]
    drawn = size_svg(rows, "en")
    assert drawn.count("<circle") == 3 + 3 + 1 + 3 + 3
    assert "10 ×" in drawn and "Cost per visit" in drawn and size_svg([], "nl").startswith("<svg")


def test_levels_are_round_and_written_as_the_language_does() -> None:
    """1,599 MiB: steps of 500, the next of 1, 2, 5 above 400. 0.053 seconds: steps of 0.02, above 0.013."""
    rows = [ROW | {"peak_mib": "1599", "cpu_per_visit": "0.053", "until_cpu_per_visit": "0.01"}]
    dutch, english = size_svg(rows, "nl"), size_svg(rows, "en")
    assert all(f">{label}<" in dutch for label in ("1.500", "2.000", "0,02", "0,08"))
    assert all(f">{label}<" in english for label in ("1,500", "2,000", "0.02", "0.08"))


def test_memory_is_told() -> None:
    """This process holds more than a few MiB and less than the machine."""
    assert 5 < peak_mib() < 1_000_000


@pytest.mark.slow
def test_a_run_is_measured_and_checked() -> None:
    """Six nurses for two seconds: the checker agrees, and every column is there."""
    found = study.measured(six, 1, 1, 2.0, 2)
    assert found["check"] == "agrees" and set(found) == set(study.RESULTS) and int(found["nurses"]) == 6
