"""An organisation where nobody works: its clients wait, and planning says so instead of failing."""

from __future__ import annotations

from optimiser.check.checker import check
from optimiser.domain.instance import Instance, Organisation
from optimiser.domain.sharing import PRESETS
from optimiser.planning import PlanSettings, plan, prepare
from optimiser.scenario.parts import part_of
from optimiser.travel.engine import travel_matrix


def test_nobody_leaves_everything_open(six: Instance) -> None:
    """Client c6 goes to an organisation without nurses: alone it has no duties, and each of its visits is open and
    counted as the checker counts it."""
    clients = tuple(
        each.model_copy(update={"organisation": "empty"}) if each.id == "c6" else each for each in six.clients
    )
    rows = {name: getattr(six, name) for name in Instance.model_fields}
    rows |= {"clients": clients, "organisations": (*six.organisations, Organisation(id="empty", name="Empty"))}
    alone = part_of(Instance(**rows), ("empty",))
    assert alone.visits and not alone.nurses
    made = plan(prepare(alone, PRESETS["single"]), PlanSettings(iterations=10, log=False)).plan
    assert made is not None and made.duties == ()
    assert {row.id for row in made.unserved} == {visit.id for visit in alone.visits}
    report = check(alone, PRESETS["single"], travel_matrix(alone), made)
    assert not report.violations and not report.claims
    assert made.objective == report.objective and made.objective.unserved >= 1000 * len(alone.visits)
