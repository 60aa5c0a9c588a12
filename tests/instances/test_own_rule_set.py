"""The rule set of one nurse in her table: a name there is, and one that shares what the whole team shares."""

from __future__ import annotations

from typing import Any

import pytest

from instances.read import read_instance
from optimiser.domain.labour import RULE_SETS


def own(folder: Any, rule_set: str) -> Any:
    """The folder with a rule set for the nurse of row 2 and none for the others."""
    head, first, *others = (row for row in folder.lines("nurses"))
    if "regelset" not in head:
        head, first, others = [*head, "regelset"], [*first, ""], [[*row, ""] for row in others]
    folder.put("nurses", [head, first, *others])
    folder.cell("nurses", 2, "regelset", rule_set)
    return folder


def test_a_nurse_has_her_own_rule_set(folder: Any) -> None:
    """The column regelset: her limits are those of her set, the others keep the team's."""
    own(folder, "registered_physician")
    instance = read_instance(folder.path)
    first, second = instance.nurses[:2]
    assert instance.rules_of(first.id).name == "registered_physician"
    assert instance.rules_of(second.id) is instance.rules


def test_a_name_that_is_no_rule_set(folder: Any) -> None:
    """A fault at the cell."""
    assert own(folder, "cao_ziekenhuizen").faults() == {("nurses.csv", 2, "regelset")}


def test_a_rule_set_that_says_otherwise_what_a_night_is_is_refused(
    folder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mix in which one set counts a call of 45 minutes: the fault names row, column and figure."""
    other = RULE_SETS["atw"].call_least.model_copy(update={"value": 45})
    monkeypatch.setitem(RULE_SETS, "atw", RULE_SETS["atw"].model_copy(update={"call_least": other}))
    assert own(folder, "cao_vvt_physician").faults() == set()
    folder.cell("nurses", 2, "regelset", "atw")
    assert folder.faults() == {("nurses.csv", 2, "regelset")}
