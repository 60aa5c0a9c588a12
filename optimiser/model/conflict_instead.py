"""What may be set aside with a reason, and which rules of law then hold in its place. Law itself is never set aside."""

from __future__ import annotations

from dataclasses import replace

from optimiser.domain.clock import DAY
from optimiser.domain.instance import Instance
from optimiser.domain.labour import ATW
from optimiser.domain.row_rules import DutyClass, GapCount, RowRule, RuleId, WindowSum, WordCount
from optimiser.model.conflict_parts import Member
from optimiser.patterns.rest import daily_rest

NAMES = {
    "rest_daily": "rest.token",
    "night_rest": "nights.token",
    "max_night_dienst": "nights.long",
    "max_dienst": "working_time.dienst_agreement",
}
"""Family of a row rule -> what an override of it is called (optimiser/domain/set_aside.py)."""
AGE = "seniors.night"


def override_of(member: Member) -> str:
    """The name that the table ``overrides`` gives to what the member says; empty when it is never set aside."""
    if member.reason == "age":
        return AGE
    return NAMES.get(member.rule.id.family, "") if member.rule is not None else ""


def instead_of(instance: Instance, rule: RowRule) -> tuple[RowRule, ...] | None:
    """The rules of law that hold when a rule is set aside, for the same nurse; None when it is law all through.

    Of long nights the law also counts 22 in 52 weeks, which no row knows: ``check`` has the last word there.
    """
    if not rule.id.nurse:
        return _instead(instance, rule)
    found = _instead(instance.under(instance.rule_set_of(rule.id.nurse)), rule)
    return found and tuple(replace(each, id=replace(each.id, nurse=rule.id.nurse)) for each in found)


def _instead(instance: Instance, rule: RowRule) -> tuple[RowRule, ...] | None:
    law = instance.rules
    name = replace(rule.id, family=f"{rule.id.family}_law")
    if rule.id.family == "rest_daily":
        settings = instance.settings.model_copy(update={"allow_planned_tokens": True})
        return tuple(daily_rest(instance.model_copy(update={"settings": settings})))
    if rule.id.family == "night_rest" and isinstance(rule, GapCount):
        floor = replace(rule, id=name, high=law.night_rest_reduced.value)
        return floor, replace(rule, id=RuleId("night_rest_tokens", rule.id.article), most=1, window=7 * DAY)
    if rule.id.family == "max_night_dienst" and isinstance(rule, WindowSum):
        night, article = DutyClass.NIGHT, law.night_long.article
        rest = RuleId("night_long_rest", article)
        # stricter than the law, which asks the rest and the count of long nights only
        return (
            replace(rule, id=RuleId(name.family, article), most=law.night_long.value),
            GapCount(rest, night, 0, law.night_long_rest.value),
            WordCount(RuleId("night_long_count", article), night, law.night_long_fortnight.value, 14 * DAY),
        )
    if rule.id.family == "max_dienst" and isinstance(rule, WindowSum) and law.max_dienst != ATW.max_dienst:
        return (replace(rule, id=RuleId(name.family, ATW.max_dienst.article), most=ATW.max_dienst.value),)
    return None
