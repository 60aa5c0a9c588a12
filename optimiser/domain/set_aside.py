"""What a row of the table ``overrides`` can set aside: agreements and signals; law, competence and the possible never.

Named as the check names its rules; a test of the check holds this list against its registry.
"""

from __future__ import annotations

MAY_BE_SET_ASIDE = frozenset(
    {
        "rest.token",
        "nights.long",
        "nights.token",
        "working_time.dienst_agreement",
        "on_call.own_night",
        "workplace.length",
        "weekends.free",
        "publication.notice",
        "livable.early_after_late",
        "livable.lone_day_off",
        "livable.long_row",
        "livable.few_days_after_nights",
        "livable.split_duty",
        "livable.evening_before_leave",
        "livable.many_duties",
        "seniors.night",
        "duties.deviates",
        "competence.expiring",
    }
)

NORMS = frozenset({"rest", "weekly_rest", "nights", "working_time", "on_call", "workplace", "sundays", "breaks"})
"""Families with rules that are law for most and only a norm for whom the law on hours does not hold (registered
physicians): a norm of the employer can be set aside for them."""


def may_be_set_aside(name: str, as_norm: bool = False) -> bool:
    """Whether the rule of that name, or a rule of the family of that name, can be set aside; ``as_norm``: where the law
    on hours does not hold."""
    if as_norm and name.split(".")[0] in NORMS:
        return True
    return any(name in (rule, rule.split(".")[0]) for rule in MAY_BE_SET_ASIDE)
