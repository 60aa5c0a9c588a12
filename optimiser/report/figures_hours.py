"""What is counted of hours and money: the account of paid time, contracts, over and under, amounts in cents."""

from __future__ import annotations

from collections import Counter

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.figures_tally import Tally
from optimiser.report.money import money
from optimiser.report.tables import NurseHours, nurse_hours

AMOUNTS: dict[str, tuple[str, ...]] = {
    "cents": ("employer_cost",),
    "ort_cents": ("ort",),
    "on_call_cents": ("standby", "call"),
    "kilometre_cents": ("commuting", "client_km"),
}
"""What is counted -> the amounts of ``report/money.py`` in it."""


def count_hours(tally: Tally, instance: Instance, travel: TravelMatrix, plan: Plan) -> None:
    """Add the minutes of ``NurseHours`` by nurse.

    ``needed`` are the paid minutes for which somebody has to be there: those of students are not, and the hours of
    training outside routes are among those that ``Workforce.training`` reckons with.
    """
    trained = Counter[str]()
    for task in instance.tasks:
        number = instance.clock.day_number(task.day)
        if task.kind == "training" and task.nurse and not task.in_route and task.paid and 0 <= number < instance.days:
            trained[task.nurse] += task.minutes
    for row in nurse_hours(instance, travel, plan):
        student = instance.nurse_by_id[row.nurse].experience == "student"
        paid = row.time.paid + row.outside
        for name, minutes in (
            ("paid", paid),
            ("waiting", row.time.waiting),
            ("nonclient", row.time.nonclient + row.outside),
            ("contract", row.contract),
            ("net", row.net),
            ("balance", row.balance),
            ("needed", 0 if student else paid - trained[row.nurse]),
            ("hired", 0 if student else row.contract),
        ):
            tally.of_nurse(row.nurse, name, minutes)
        tally.most_of_nurse(row.nurse, "largest_gap", row.time.largest_gap)
        _over_and_under(tally, instance, row)


def _over_and_under(tally: Tally, instance: Instance, row: NurseHours) -> None:
    over = under = 0
    for week, planned in enumerate(row.planned_by_week):
        above = planned - instance.target_minutes(row.nurse, week)
        over, under = over + max(0, above), under + max(0, -above)
    tally.of_nurse(row.nurse, "over", over)
    tally.of_nurse(row.nurse, "under", under)
    tally.most_of_nurse(row.nurse, "over_most", over)


def count_money(tally: Tally, instance: Instance, travel: TravelMatrix, plan: Plan) -> None:
    """Add the cents of each nurse (an amount that the plan cannot have is 0), and her minutes of standby from home."""
    for row in money(instance, travel, plan).nurses:
        tally.of_nurse(row.nurse, "standby", row.standby)
        for name, parts in AMOUNTS.items():
            tally.of_nurse(row.nurse, name, sum(row.cents.get(part, 0) for part in parts))
