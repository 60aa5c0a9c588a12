"""A copy with other fields answers for its own fields, not for those it was copied from."""

from __future__ import annotations

from datetime import date

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import PRESETS

DUTY = Duty(
    id="N1/2026-12-07/work", nurse="N1", kind="D", day=date(2026, 12, 7), lane="work", start=420, end=900,
    organisation="a",
)  # fmt: skip


def test_a_copy_looks_its_duties_up_anew() -> None:
    """``duties_of`` and ``identity`` were asked of the plan before; the copy's are those of its own duties."""
    plan = Plan(instance="small", fingerprint="f", contract=PRESETS["joint"], duties=(DUTY,))
    first = plan.identity
    assert plan.duties_of["N1"] == (DUTY,)
    later = DUTY.model_copy(update={"start": 435})
    copy = plan.model_copy(update={"duties": (later,)})
    assert copy.duties_of == {"N1": (later,)}
    assert copy.identity != first
    assert plan.duties_of == {"N1": (DUTY,)} and plan.identity == first


def test_a_copy_of_an_instance_has_its_own_rules(six: Instance) -> None:
    """Look-ups, rules and fingerprint are those of the copy's tables."""
    before = (six.rules, six.fingerprint, len(six.nurse_by_id))
    fewer = six.model_copy(update={"nurses": six.nurses[:-1]})
    other = six.model_copy(update={"settings": six.settings.model_copy(update={"rule_set": "atw"})})
    assert len(fewer.nurse_by_id) == len(six.nurses) - 1
    assert fewer.fingerprint != six.fingerprint
    assert other.rules != six.rules
    assert before == (six.rules, six.fingerprint, len(six.nurse_by_id))
