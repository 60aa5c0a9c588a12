"""A nurse's share of what nobody likes to have too much of, and her hours, as a roster has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from optimiser.check.case import Case
from optimiser.check.fairness import CLASSES, class_targets
from optimiser.domain.duty_work import planned_minutes_by_week


@dataclass(frozen=True)
class Figures:
    """One nurse, or the team (``nurse`` is empty). ``counts``: evenings, nights, weekends with a duty and duties on
    holidays; ``above``: by how much each is above the fair share; ``planned``, ``overtime`` and ``undertime`` in
    minutes of the horizon."""

    nurse: str
    counts: tuple[int, ...]
    above: tuple[int, ...]
    planned: int
    overtime: int
    undertime: int


def figures(case: Case, nurses: tuple[str, ...]) -> tuple[Figures, ...]:
    """The figures of these nurses, then of the whole team."""
    classes = [class_targets(case, name) for name in CLASSES]
    shares = [{nurse.id: target for nurse, target in targets} for _, targets in classes]
    everybody = tuple(nurse.id for nurse in case.instance.nurses)
    rows = {nurse: _of_one(case, nurse, [counts for counts, _ in classes], shares) for nurse in everybody}
    whole = Figures(
        "", _total(rows[each].counts for each in everybody), _total(rows[each].above for each in everybody),
        sum(each.planned for each in rows.values()), sum(each.overtime for each in rows.values()),
        sum(each.undertime for each in rows.values()),
    )  # fmt: skip
    return (*(rows[nurse] for nurse in nurses), whole)


def _of_one(case: Case, nurse: str, counts: list[Counter[str]], shares: list[dict[str, int]]) -> Figures:
    weeks = Counter[int]()
    for duty in case.duties_of.get(nurse, ()):
        weeks.update(planned_minutes_by_week(case.instance, duty))
    differences = [weeks[week] - case.instance.target_minutes(nurse, week) for week in range(case.instance.weeks)]
    mine = [each[nurse] for each in counts]
    above = [max(0, count - share.get(nurse, count)) for count, share in zip(mine, shares, strict=True)]
    return Figures(
        nurse, tuple(mine), tuple(above),
        sum(weeks[week] for week in range(case.instance.weeks)), sum(max(0, each) for each in differences),
        sum(max(0, -each) for each in differences),
    )  # fmt: skip


def _total(rows: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))
