"""Which cover a duty counts for. The small team, solved by hand."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optimiser.report.filled_cover import filled_cover

SMALL_TEAM = Path(__file__).parents[1] / "maps" / "small_team.py"
SATURDAY = date(2026, 12, 12)


@pytest.fixture(scope="module")
def team() -> Any:
    """The small team."""
    return runpy.run_path(str(SMALL_TEAM), run_name="small_team")["small_team"]()


def test_a_duty_fills_the_rows_whose_window_it_holds(team: Any) -> None:
    """Saturday 08:00-15:00 asks two of Laurens, pooled with Aafje: the day duties (07:30-16:00) of N3 and N5 count,
    the evening duty of N4 does not; at two of two, neither can be missed. Nobody counts on Monday by day."""
    found = filled_cover(team.instance, team.plan)
    for nurse in ("N3", "N5"):
        (row,) = found[nurse, SATURDAY, "dag"]
        assert (row.row.id, row.counted, row.minimum, row.needs_all) == ("dag-za", 2, 2, True)
        assert (row.start, row.end) == (5 * 1440 + 480, 5 * 1440 + 900)
    assert ("N4", SATURDAY, "avond") not in found
    assert ("N1", date(2026, 12, 7), "dag") not in found


def test_standby_fills_standby(team: Any) -> None:
    """The night row asks one with the skill: N4 on Monday and Wednesday."""
    (row,) = filled_cover(team.instance, team.plan)["N4", date(2026, 12, 9), "nacht"]
    assert (row.row.id, row.day, row.counted, row.needs_all) == ("nacht", 2, 1, True)
