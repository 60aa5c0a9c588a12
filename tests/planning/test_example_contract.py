"""The contract of the docs (ANW, districts, consents, one on call, a cap, a later entry), planned on a bundled week."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from instances.catalogue import locate
from instances.read import read_instance
from instances.sharing import read_contracts
from optimiser.check.case import Case
from optimiser.check.checker import check
from optimiser.check.cover import needs
from optimiser.check.sharing import lent_minutes
from optimiser.planning import PlanSettings, plan, prepare

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "sharing.md"


@pytest.mark.slow
def test_the_example_is_planned_and_the_check_agrees(tmp_path: Path) -> None:
    """Nothing of the contract is broken, and all that the plan claims is true; something is lent, by Aafje 12 hours at
    most, and nothing before Laurens joins on Wednesday; from then on one nurse on call is wanted for both."""
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "example.toml").write_text(example, encoding="utf-8")
    instance = read_instance(locate("vtt_rijnmond_half"))
    (contract,) = read_contracts(tmp_path / "example.toml", instance=instance)
    problem = prepare(instance, contract)
    settings = PlanSettings(time_limit_s=None, iterations=1500, seed=1, first_roster=False, reassign=False, log=False)
    found = plan(problem, settings).plan
    assert found is not None
    report = check(instance, contract, problem.travel, found)
    assert not report.violations and report.claims == () and report.counts == found.objective_terms
    case = Case(instance, contract, problem.travel, found)
    lent = lent_minutes(case)
    assert sum(lent.values()) > 0 and lent.get(("aafje", 0), 0) <= 12 * 60
    before = found.model_copy(update={"duties": tuple(each for each in found.duties if each.day < date(2026, 12, 9))})
    early = lent_minutes(Case(instance, contract, problem.travel, before))
    assert early.get(("aafje", 0), 0) == early.get(("laurens", 0), 0) == 0
    nights = {(need.day, need.rows): need.minimum for need in needs(case) if "nacht-aafje" in need.rows}
    assert nights == {
        **{(day, ("nacht-aafje",)): 1 for day in (0, 1)},
        **{(day, ("nacht-aafje", "nacht-laurens")): 1 for day in range(2, 7)},
    }
