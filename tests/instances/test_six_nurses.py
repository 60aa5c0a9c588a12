"""The small bundled instance is small, varied, and can be done as a whole by each organisation alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from instances.plans import read_plan
from instances.read import read_instance
from optimiser.check.checker import check
from optimiser.domain.instance import Instance
from optimiser.domain.sharing import PRESETS
from optimiser.travel.engine import travel_matrix

PLAN = Path(__file__).with_name("six_nurses_plan.json")
"""A roster by hand (see ``ROSTER`` in test_plan_files) with routes that a few lines of greedy code found."""


def test_it_is_what_it_says(six: Instance) -> None:
    """Two organisations, six nurses, 63 visits: 3 for two nurses, 3 on free days, 4 pairs tied, a chain of nine."""
    assert (len(six.organisations), len(six.nurses), len(six.visits)) == (2, 6, 63)
    assert sum(visit.nurses == 2 for visit in six.visits) == 3
    assert sum(len(visit.windows) > 1 for visit in six.visits) == 3
    assert sum(tie.together for tie in six.work_links) == 4
    assert sum(tie.id.endswith("/next") for tie in six.work_links) == 8
    assert all(1440 <= nurse.contract_minutes <= 1920 for nurse in six.nurses)


@pytest.mark.parametrize("contract", ["single", "joint"])
def test_everything_can_be_served_lawfully(six: Instance, contract: str) -> None:
    """A stored plan serves all visits and covers all rows without a violation, even without any sharing."""
    plan, differences = read_plan(PLAN, six)
    assert differences == [], "six_nurses has changed: make its stored plan again"
    report = check(six, PRESETS[contract], travel_matrix(six), plan)
    assert report.violations == ()
    assert report.counts["uncovered_minimum"] == report.counts["uncovered_wanted"] == 0
    assert plan.unserved == ()


def test_its_places_lie_on_a_grid(six: Instance) -> None:
    """Half a kilometre apart: steps of 0.0045 degrees north and 0.0073 degrees east from one corner."""
    for place in six.places:
        north, east = (place.latitude - 51.93) / 0.0045, (place.longitude - 4.46) / 0.0073
        assert north == pytest.approx(round(north), abs=0.02) and east == pytest.approx(round(east), abs=0.02)


def test_every_bundled_instance_is_read_with_one_warning() -> None:
    """What comes along is without anything strange, but for the agreement that goes on after its end."""
    from instances.catalogue import bundled, locate
    from instances.oddities import instance_warnings

    for name in bundled():
        warnings = instance_warnings(read_instance(locate(name)))
        assert len(warnings) == 1 and "ran until 2026-08-31; its rules go on" in warnings[0]
