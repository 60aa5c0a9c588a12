"""The rule sets: law, the decree for care, the agreement, and what holds for physicians, each a layer on another.

``rules_in_force`` gives the layered preset of a name: each layer only does what the one below lets it. What each
figure is, and the codes of confidence, are in labour_figures.py.
"""

from __future__ import annotations

from datetime import date

from optimiser.domain.labour_figures import HOUR, SHARED, Figure, LabourRules, atb, none

__all__ = [
    "ATW", "CAO_VVT_2025", "HOUR", "OUTSIDE_THE_LAW", "RULE_SETS", "SHARED", "Figure", "LabourRules", "agreed",
    "article_as_norm", "ended_on", "is_norm", "rules_in_force",
]  # fmt: skip


def _cao(value: int, unit: str, article: str, confidence: str = "B") -> Figure:
    return Figure(
        value=value,
        unit=unit,
        article=f"CAO VVT {article}",
        confidence=confidence,
        first=date(2025, 1, 1),
        last=date(2026, 8, 31),
    )


ATW = LabourRules()
"""The law alone."""

ATB_CARE = ATW.model_copy(
    update={
        "name": "atb_care",
        "daily_rest_reductions": atb(2, "times in 7 x 24 h, one of them to 10 h", "5.19 lid 2"),
    }
)
"""With the decree's variants for care."""

CAO_VVT_2025 = ATB_CARE.model_copy(
    update={
        "name": "cao_vvt_2025",
        "max_dienst": _cao(10 * HOUR, "min", "werktijden"),
        "senior_age": _cao(55, "years", "2022-24 (55+)"),
        "senior_from": _cao(23 * HOUR, "clock", "2022-24 (55+)"),
        "senior_until": _cao(31 * HOUR, "clock", "2022-24 (55+)"),
        "free_weekends": _cao(22, "free weekends in 52 weeks", "3.4"),
        "free_weekends_least": _cao(17, "free weekends in 52 weeks", "3.4"),
    }
)
"""The agreement 2025-2026 for home care; after 2026-08-31 it holds as continuing (nawerking)."""

CAO_VVT_PHYSICIAN = CAO_VVT_2025.model_copy(
    update={
        "name": "cao_vvt_physician",
        "on_call_week": atb(5, "times in 7 x 24 h", "5.20:4 lid 2"),
        "on_call_16_weeks": atb(32, "times in 16 weeks", "5.20:4 lid 2"),
        "on_call_together": atb(5, "times in 7 x 24 h, all forms of on call together", "5.20:5"),
        # lid 3 names ATW 5:9 lid 3, 4 and 7 to 9 only: no lower average after many standby nights
        "on_call_nights": none(1000, "standby duties that touch 00:00 to 06:00 in 16 weeks"),
        "max_16_weeks_on_call": none(768 * HOUR, "min in 16 weeks"),
        "max_16_weeks_on_call_rest": none(768 * HOUR, "min in 16 weeks"),
    }
)
"""Physicians in employment who are in no register of specialists, and those in training (ATB 5.20, version of
2024-01-01), under the same agreement. ATB 5.20:2 would lift more (60 hours a week, 40 on average with many nights) if
the agreement takes it up; that it does is not known, so it is not used."""


NORM = "norm "
"""How the article of a norm of the employer begins."""


def article_as_norm(article: str) -> str:
    """An article that does not hold by law but is kept as an employer's norm: ``norm ATW 5:3 lid 2``."""
    return f"{NORM}{article}" if article.startswith(("ATW 4:2", "ATW 5:", "ATB ")) else article


def is_norm(article: str) -> bool:
    """Whether an article is named as such a norm."""
    return article.startswith(NORM)


def _as_norms(rules: LabourRules) -> LabourRules:
    """Every figure of ATW 4:2, ATW chapter 5 and the decree as a norm (confidence E); all else as it is.

    What is said of people under 18 stays law: ATB 2.1:2 lid 3 is about who is older.
    """
    names = (each for each in LabourRules.model_fields if each not in ("name", "adult_age"))
    figures = {name: getattr(rules, name) for name in names if not name.startswith("minor_")}
    return rules.model_copy(update={
        name: each.model_copy(update={"article": article, "confidence": "E"})
        for name, each in figures.items() if (article := article_as_norm(each.article)) != each.article
    })  # fmt: skip


OUTSIDE_THE_LAW = "registered_physician"
"""Physicians in a register of specialists: for them ATW 4:2, 4:3 and chapters 5 and 6 do not hold."""

REGISTERED_PHYSICIAN = _as_norms(CAO_VVT_PHYSICIAN.model_copy(update={"name": OUTSIDE_THE_LAW}))
"""Specialists, general practitioners and nursing-home physicians (specialisten ouderengeneeskunde) in a register (ATB
2.1:2 lid 3e, version of 2024-01-01: confidence A; that its "verpleeghuisarts" is today's specialist ouderengeneeskunde:
R). The law gives no number; those of the other physicians hold as norms of the employer."""

LAYER_BELOW = {
    "atb_care": "atw",
    "cao_vvt_2025": "atb_care",
    "cao_vvt_physician": "atb_care",
    OUTSIDE_THE_LAW: "atb_care",
}
"""Each layer stands upon another and only does what that lets it."""

RULE_SETS: dict[str, LabourRules] = {
    each.name: each for each in (ATW, ATB_CARE, CAO_VVT_2025, CAO_VVT_PHYSICIAN, REGISTERED_PHYSICIAN)
}


def rules_in_force(name: str, day: date, continues: bool) -> LabourRules:
    """The rule set ``name`` on a day: figures out of force fall back to the layer below unless the agreement continues.

    An agreement that has ended goes on to hold (nawerking) when ``continues``; when not, the decree's variants, which
    ask for an agreement, end with it and the law alone holds. Raises KeyError on an unknown name.
    """
    rules = _layered(name, day, continues)
    return _as_norms(rules) if name == OUTSIDE_THE_LAW else rules


def _layered(name: str, day: date, continues: bool) -> LabourRules:
    rules, below = RULE_SETS[name], LAYER_BELOW.get(name)
    if continues or below is None:
        return rules
    if ended_on(rules, day) is not None:
        return ATW.model_copy(update={"name": name})
    base = _layered(below, day, continues)
    ended = {
        field: getattr(base, field)
        for field in LabourRules.model_fields
        if isinstance(figure := getattr(rules, field), Figure) and not figure.holds_on(day)
    }
    return rules.model_copy(update=ended)


def ended_on(rules: LabourRules, day: date) -> date | None:
    """The last day of the agreement when it has ended before ``day``; None while it holds."""
    changed = (
        getattr(rules, field) for field in LabourRules.model_fields if getattr(rules, field) != getattr(ATW, field)
    )
    ends = {each.last for each in changed if isinstance(each, Figure) and each.last is not None and each.last < day}
    return max(ends, default=None)


def agreed(name: str, day: date, continues: bool) -> bool:
    """Whether a collective agreement holds on a day, so that what the law leaves to one may be used."""
    return name not in ("atw", "atb_care") and (continues or ended_on(RULE_SETS[name], day) is None)
