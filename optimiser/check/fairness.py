"""Fairness of evenings, nights, weekends and holidays: squares of what each nurse has above her share, with history."""

from __future__ import annotations

from collections import Counter

from optimiser.check.case import Case
from optimiser.domain.money import is_holiday
from optimiser.domain.people import Nurse

CLASSES = ("evenings", "nights", "weekends", "holidays")


def fairness(case: Case) -> int:
    """The term: sum over classes and nurses of ``max(0, count - target)**2`` (plan language 18)."""
    return sum(
        max(0, counts[nurse.id] - target) ** 2
        for counts, targets in (class_targets(case, name) for name in CLASSES)
        for nurse, target in targets
    )


def class_targets(case: Case, name: str) -> tuple[Counter[str], list[tuple[Nurse, int]]]:
    """Counts of one class in the plan, and the target of each nurse who shares in it."""
    nurses = [nurse for nurse in case.instance.nurses if _shares(nurse, name)]
    counts = _counts(case, name)
    planned = sum(counts[nurse.id] for nurse in nurses)
    history = {nurse.id: case.counters.get((nurse.id, f"{name}_year"), 0) for nurse in nurses}
    contract = sum(nurse.contract_minutes for nurse in nurses)
    total = planned + sum(history.values())
    targets = []
    for nurse in nurses:
        share = -(-total * nurse.contract_minutes // contract) if contract else 0
        targets.append((nurse, max(0, share - history[nurse.id])))
    return counts, targets


def _shares(nurse: Nurse, name: str) -> bool:
    category = {"evenings": "evening", "nights": "night"}.get(name)
    if nurse.experience != "experienced":
        return False
    return category is None or not nurse.categories or category in nurse.categories


def _counts(case: Case, name: str) -> Counter[str]:
    if name == "weekends":
        weekends = {
            (duty.nurse, case.clock.day_number(duty.day) // 7) for duty in case.duties if duty.day.weekday() >= 5
        }
        return Counter(nurse for nurse, _ in weekends)
    if name == "holidays":
        return Counter(duty.nurse for duty in case.duties if is_holiday(duty.day, case.instance.money))
    category = "evening" if name == "evenings" else "night"
    return Counter(
        duty.nurse
        for duty in case.duties
        if case.kind_of(duty).category == category and (name == "nights" or case.kind_of(duty).lane == "work")
    )
