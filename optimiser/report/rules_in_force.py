"""What holds for an instance: every figure and every rule, family by family, with source, dates and what changed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from optimiser.check.registry import RULES, Rule
from optimiser.domain.duty import Override
from optimiser.domain.instance import Instance
from optimiser.domain.labour import ATW, LAYER_BELOW, RULE_SETS, Figure, LabourRules, ended_on
from optimiser.domain.people import RuleSetName
from optimiser.report.rule_families import FAMILIES, Limit, RuleFamily, Sense, rules_of

Holds = Literal["hard", "signal", "definition", "off", "none"]
"""``off``: another value of a setting makes it hold; ``none``: neither law nor agreement gives a number."""


@dataclass(frozen=True)
class FigureInForce:
    """One figure of ``LabourRules`` as it holds. ``prices`` are weights of the terms that price it.

    ``settings`` are those that touch it, with their values; ``law`` is the law's own figure where the rule set says
    otherwise; ``continues`` when its agreement has ended and goes on to hold (nawerking).
    """

    name: str
    figure: Figure
    sense: Sense
    holds: Holds
    rules: tuple[str, ...]
    prices: tuple[tuple[str, int], ...]
    settings: tuple[tuple[str, str], ...]
    law: Figure | None
    continues: bool


@dataclass(frozen=True)
class FamilyInForce:
    """One family: its figures, the rules of the check, the terms that price it, and settings that touch all of it."""

    name: str
    figures: tuple[FigureInForce, ...]
    rules: tuple[Rule, ...]
    prices: tuple[tuple[str, int], ...]
    settings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OwnRules:
    """What another rule set than the instance's says otherwise, and the ids of the nurses for whom it holds."""

    rule_set: str
    nurses: tuple[str, ...]
    figures: tuple[FigureInForce, ...]


@dataclass(frozen=True)
class RulesInForce:
    """All of it. ``ended`` is the last day of the agreement when it ended before the horizon, else None."""

    instance: str
    first_day: date
    rule_set: str
    after_agreement: str
    ended: date | None
    families: tuple[FamilyInForce, ...]
    overrides: tuple[Override, ...]
    own: tuple[OwnRules, ...] = ()


def rules_in_force(instance: Instance) -> RulesInForce:
    """The rules of an instance, in the order of the pages of docs/rules."""
    settings = instance.settings
    chosen = RULE_SETS[settings.rule_set]
    layered = settings.rule_set in LAYER_BELOW
    return RulesInForce(
        instance=instance.name,
        first_day=instance.first_monday,
        rule_set=settings.rule_set,
        after_agreement=settings.after_agreement,
        ended=ended_on(chosen, instance.first_monday) if layered else None,
        families=tuple(_family(instance, family) for family in FAMILIES),
        overrides=instance.overrides,
        own=tuple(
            OwnRules(name, nurses, tuple(_otherwise(instance, name)))
            for name, nurses in instance.rule_sets_in_use.items()
            if name != settings.rule_set
        ),
    )


def _otherwise(instance: Instance, name: RuleSetName) -> Iterator[FigureInForce]:
    """Figures of a rule set with another value, article or confidence than the instance's."""
    other = instance.under(name)
    for limit in (limit for family in FAMILIES for limit in family.limits):
        if getattr(other.rules, limit.figure) != getattr(instance.rules, limit.figure):
            yield _figure(other, limit)


def _family(instance: Instance, family: RuleFamily) -> FamilyInForce:
    return FamilyInForce(
        name=family.name,
        figures=tuple(_figure(instance, limit) for limit in family.limits),
        rules=rules_of(family),
        prices=_prices(instance, family.terms),
        settings=tuple((name, value_of(instance, name)) for name in family.settings),
    )


def _prices(instance: Instance, terms: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    return tuple((term, int(getattr(instance.weights, term))) for term in terms)


def value_of(instance: Instance, setting: str) -> str:
    """A setting of ``[planning]`` as ``instance.toml`` would say it; empty when it is not given."""
    value = getattr(instance.settings, setting)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _figure(instance: Instance, limit: Limit) -> FigureInForce:
    figure: Figure = getattr(instance.rules, limit.figure)
    law: Figure = getattr(ATW, limit.figure)
    rules = _judging(figure, limit)
    return FigureInForce(
        name=limit.figure,
        figure=figure,
        sense=limit.sense,
        holds=_holds(instance, figure, limit, rules),
        rules=tuple(rule.name for rule in rules),
        prices=_prices(instance, limit.terms),
        settings=((limit.setting, value_of(instance, limit.setting)),) if limit.setting else (),
        law=law if law.value != figure.value else None,
        continues=figure.last is not None and figure.last < instance.first_monday,
    )


def _judging(figure: Figure, limit: Limit) -> tuple[Rule, ...]:
    """The rules of the check that judge by this figure: an agreement's own where law and agreement have one each."""
    rules = tuple(RULES[name] for name in limit.rules)
    agreed = figure.article.startswith("CAO")
    return tuple(rule for rule in rules if (rule.nature == "agreement") == agreed) or rules


def _holds(instance: Instance, figure: Figure, limit: Limit, rules: tuple[Rule, ...]) -> Holds:
    if figure.article == "no rule in law":
        return "none"
    if limit.only and value_of(instance, limit.setting) not in limit.only:
        return "off"
    if any(rule.level == "hard" for rule in rules):
        return "hard"
    return "signal" if rules else "definition"


def as_json(rules: RulesInForce) -> dict[str, Any]:
    """All of it in plain values, as ``samenrooster rules --json`` prints it."""
    return {
        "instance": rules.instance,
        "first_day": rules.first_day.isoformat(),
        "rule_set": rules.rule_set,
        "after_agreement": rules.after_agreement,
        "agreement_ended": rules.ended and rules.ended.isoformat(),
        "families": [_family_json(family) for family in rules.families],
        "overrides": [row.model_dump(mode="json") for row in rules.overrides],
        "own_rule_sets": [
            {"rule_set": each.rule_set, "nurses": list(each.nurses), "figures": [_figure_json(f) for f in each.figures]}
            for each in rules.own
        ],
    }


def _family_json(family: FamilyInForce) -> dict[str, Any]:
    return {
        "family": family.name,
        "figures": [_figure_json(each) for each in family.figures],
        "rules": [
            {"name": rule.name, "article": rule.article, "level": rule.level, "nature": rule.nature,
             "overridable": rule.overridable}
            for rule in family.rules
        ],
        "weights": dict(family.prices),
        "settings": dict(family.settings),
    }  # fmt: skip


def _figure_json(each: FigureInForce) -> dict[str, Any]:
    return {
        "name": each.name,
        **each.figure.model_dump(mode="json"),
        "sense": each.sense,
        "holds": each.holds,
        "rules": list(each.rules),
        "weights": dict(each.prices),
        "settings": dict(each.settings),
        "law": each.law and each.law.model_dump(mode="json"),
        "continues": each.continues,
    }


def every_figure() -> set[str]:
    """The names of all figures there are."""
    return {name for name in LabourRules.model_fields if name != "name"}
