"""What a planner should know of law and agreement first: one that ended, rows without effect, a past too short."""

from __future__ import annotations

from datetime import timedelta

from optimiser.domain.instance import Instance
from optimiser.domain.labour import OUTSIDE_THE_LAW, RULE_SETS, agreed, ended_on
from optimiser.domain.set_aside import may_be_set_aside
from optimiser.texts import Language, text

NAMED = 5
"""So many nurses are named, the others counted."""


def law_warnings(instance: Instance, language: Language = "en") -> list[str]:
    """Sentences on an ended agreement, overrides of law, standby without an agreement, too few free weekends, and a
    history shorter than the rules look back."""

    def say(key: str, **values: object) -> str:
        return text(f"input.warning.{key}", language, **values)

    found = []
    name, last_day = instance.settings.rule_set, instance.first_monday + timedelta(days=instance.days - 1)
    ended = ended_on(RULE_SETS[name], last_day)
    if ended is not None:
        goes_on = "ends" if ended >= instance.first_monday else instance.settings.after_agreement
        found.append(say(f"agreement_{goes_on}", name=name, ended=ended))
    found += [
        say("never_set_aside", rule=rule)
        for rule in dict.fromkeys(
            each.rule for each in instance.overrides if not may_be_set_aside(each.rule, _as_norm(instance, each.nurse))
        )
    ]
    kinds = [each.id for each in instance.shift_kinds if each.lane == "standby" and not each.consignatie]
    if kinds and not _standby_agreed(instance):
        article = instance.rules.on_call_week.article
        found.append(say("standby_agreement", kinds=", ".join(kinds[:NAMED]), article=article))
    found += [
        say("free_weekends", nurse=each.id, agreed=each.free_weekends, least=least.value, article=least.article)
        for each in instance.nurses
        for least in [instance.rules_of(each.id).free_weekends_least]
        if each.free_weekends is not None and each.free_weekends < least.value and not each.weekends_only
    ]
    found += [
        say(
            "short_history",
            count=len(nurses),
            nurses=", ".join(nurses[:NAMED]),
            counters=", ".join(missing),
            weeks=weeks,
        )
        for weeks, counters in counters_asked(instance).items()
        for missing, nurses in [_missing(instance, weeks, counters)]
        if nurses
    ]
    return found


def _as_norm(instance: Instance, nurse: str | None) -> bool:
    """Whether the law on hours does not hold for a nurse, or for somebody where none is named."""
    return any(instance.rule_set_of(each.id) == OUTSIDE_THE_LAW
               for each in instance.nurses if nurse in (None, each.id))  # fmt: skip


def _standby_agreed(instance: Instance) -> bool:
    """Whether an agreement lets everybody be on call; the rule set ``atb_care`` stands for one that does."""
    continues = instance.settings.after_agreement == "continues"
    return all(
        name == "atb_care" or agreed(name, instance.first_monday, continues) for name in instance.rule_sets_in_use
    )


def counters_asked(instance: Instance) -> dict[int, list[str]]:
    """Weeks that rules look back -> the counters that stand for what the table context does not hold of them."""
    kinds, rules = instance.shift_kinds, instance.rules
    asked = {
        "work_minutes_15_weeks": (16, True),
        "nights_16_weeks": (16, any(each.lane == "work" and each.category == "night" for each in kinds)),
        "on_call_16_weeks": (16, any(each.lane == "standby" for each in kinds)),
        "workplace_26_weeks": (26, any(each.at_workplace for each in kinds)),
        "late_nights_52_weeks": (52, instance.settings.night_limit == "52_weeks"),
        "free_sundays_52_weeks": (52, rules.free_sundays.value > 0),
        "free_weekends_52_weeks": (52, rules.free_weekends.value > 0),
    }
    found: dict[int, list[str]] = {}
    for counter, (weeks, needed) in asked.items():
        if needed:
            found.setdefault(weeks, []).append(counter)
    return found


def _missing(instance: Instance, weeks: int, counters: list[str]) -> tuple[list[str], list[str]]:
    """Counters that nurses with a past have not, and those nurses; none when the context goes back that far."""
    own = [each for each in instance.context if not each.employer]
    if own and min(each.start for each in own) <= instance.clock.midnight(-7 * (weeks - 1)):
        return [], []
    known = {(each.nurse, each.counter) for each in instance.counters}
    # who has no past in any table is new: nothing is known to be missing
    begun = {each.nurse for each in own} | {nurse for nurse, _ in known}
    gaps = [
        (counter, each.id)
        for each in instance.nurses
        for counter in counters
        if each.id in begun and (each.id, counter) not in known
    ]
    return [each for each in counters if each in dict(gaps)], list(dict.fromkeys(nurse for _, nurse in gaps))
