"""Why care cannot begin, or not on some days: conditions, the horizon, the order form, who may do it, room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from optimiser.daily.offer_candidates import Estimates, Valued, needed_conditions
from optimiser.daily.offer_nouns import Refusal, Start
from optimiser.domain.events import Referral
from optimiser.domain.instance import Instance
from optimiser.domain.people import Nurse
from optimiser.domain.work import Visit
from optimiser.explain.order import SHARED

PERSONAL = ("competence.level", "competence.sex", "competence.language", "competence.banned", "competence.experience")
"""What one person can fail on besides skills, in the order in which it is said."""
SHARING = frozenset(SHARED)
"""What only the sharing contract says."""


def at_once(instance: Instance, referral: Referral, earliest: date, last: date) -> tuple[Refusal, ...]:
    """What needs no look at the plan. ``last``: the last day of the horizon."""
    order = referral.order
    reserved = "order_form" in needed_conditions(instance, referral)
    until = order.order_form_until
    if reserved and until is not None and until < earliest:
        return (Refusal("form_ended", {"until": f"day:{until}", "start": f"day:{earliest}"}),)
    if referral.latest_start is not None and referral.latest_start < earliest:
        late = _latest_conditions(instance, referral, earliest)
        values: dict[str, str | int] = {"start": f"day:{earliest}", "latest": f"day:{referral.latest_start}"}
        if late:
            return (Refusal("conditions_late", {**values, "conditions": "condition:" + ",".join(late)}),)
        if reserved and order.order_form_from == earliest:
            return (Refusal("form_late", values),)
        return (Refusal("too_late", values),)
    if order.last is not None and order.last < earliest:
        return (Refusal("order_over", {"last": f"day:{order.last}", "start": f"day:{earliest}"}),)
    if earliest > last:
        return (Refusal("no_roster", {"start": f"day:{earliest}", "last": f"day:{last}"}),)
    return ()


def _latest_conditions(instance: Instance, referral: Referral, earliest: date) -> list[str]:
    """The conditions that are met only on the earliest date."""
    return [name for name in needed_conditions(instance, referral) if getattr(referral, name) == earliest]


def who_refusals(
    estimates: Estimates, instance: Instance, valued: Valued, contract: str
) -> tuple[Refusal, ...]:  # fmt: skip
    """For the visits of a start that nobody may do: the reason, once for each reason, with the days."""
    found: dict[tuple[str, tuple[tuple[str, str | int], ...]], list[date]] = {}
    pairs = zip(valued.candidate.visits, valued.estimates, strict=True)
    for visit in (visit for visit, estimate in pairs if not estimate.able):
        refusal = who_refusal(estimates, instance, visit, contract)
        key = (refusal.key, tuple(refusal.values.items()))
        found.setdefault(key, []).append(instance.clock.date_of(visit.windows[0].day))
    return tuple(Refusal(key, dict(values), tuple(sorted(set(days)))) for (key, values), days in found.items())


def who_refusal(estimates: Estimates, instance: Instance, visit: Visit, contract: str) -> Refusal:
    """Why nobody may do this visit: the one rule that stands in the way, said of who comes nearest."""
    asked = estimates.asked(visit)
    blocks: dict[str, set[str]] = {}
    for nurse in instance.nurses:
        rules = [{each.rule for each in asked.forbidden.get((nurse.id, number), ())}
                 for number in range(len(asked.windows))]  # fmt: skip
        blocks[nurse.id] = min(rules, key=len)
    if all("competence.order_form" in rules for rules in blocks.values()):
        return Refusal("order_form")
    lent = [name for name, rules in blocks.items() if rules and rules <= SHARING]
    if lent:
        return Refusal("sharing", {"contract": contract, "count": len(lent)})
    for rule in PERSONAL:
        near = sorted(name for name, rules in blocks.items() if rules - SHARING == {rule})
        if near and not any(rules - SHARING == {"competence.skill"} for rules in blocks.values()):
            return Refusal(f"person.{rule.split('.')[1]}", {"count": len(near)})
    return _skill_refusal(instance, visit, blocks)


def _skill_refusal(instance: Instance, visit: Visit, blocks: dict[str, set[str]]) -> Refusal:
    """Which skills, and who comes nearest: fewest missing, then whose proof ended last."""
    day = instance.clock.date_of(visit.windows[0].day)
    people = [nurse for nurse in instance.nurses if nurse.experience == "experienced"]
    only = [nurse for nurse in people if blocks[nurse.id] <= {"competence.skill", *SHARING}] or people
    nearest = min(only, key=lambda nurse: _distance(instance, visit, nurse, day), default=None)
    if nearest is None:
        return Refusal("skill", {"skills": ", ".join(visit.skills)})
    missing, ended, _ = _distance(instance, visit, nearest, day)
    lacks = _missing(instance, visit, nearest, day)
    values: dict[str, str | int] = {"nurse": nearest.id, "skills": ", ".join(lacks) or ", ".join(visit.skills)}
    if missing and ended:
        return Refusal("skill_ended", {**values, "until": f"day:{date.fromordinal(-ended)}"})
    return Refusal("skill_lacking", values)


def _missing(instance: Instance, visit: Visit, nurse: Nurse, day: date) -> list[str]:
    held = {
        row.skill for row in instance.nurse_skills
        if row.nurse == nurse.id and (row.valid_from or date.min) <= day <= (row.valid_until or date.max)
    }  # fmt: skip
    return [skill for skill in visit.skills if skill not in held]


def _distance(instance: Instance, visit: Visit, nurse: Nurse, day: date) -> tuple[int, int, str]:
    """How many skills she misses, less the ordinal of the last day that one of these was valid (0: never), her id."""
    lacks = _missing(instance, visit, nurse, day)
    ended = [row.valid_until.toordinal() for row in instance.nurse_skills
             if row.nurse == nurse.id and row.skill in lacks and row.valid_until is not None]  # fmt: skip
    return len(lacks), -max(ended, default=0), nurse.id


def room_refusals(best: Start | None, nobody: Sequence[Refusal]) -> tuple[Refusal, ...]:
    """What the best start that was made leaves undone, besides what nobody may do."""
    if best is None:
        return (Refusal("no_plan"),)
    told = {day for refusal in nobody for day in refusal.days}
    undone = [visit for visit in best.visits if visit.start is None and visit.able and visit.day not in told]
    found = []
    for key, some in (("no_room", [visit for visit in undone if visit.present]),
                      ("nobody_on_duty", [visit for visit in undone if not visit.present])):  # fmt: skip
        if some:
            found.append(Refusal(key, {}, tuple(sorted({visit.day for visit in some}))))
    critical = [name for name, term in best.opened if term == "unserved_critical"]
    if critical:
        found.append(Refusal("pushes_critical", {"visits": ", ".join(critical)}))
    return tuple(found)
