"""Rosters that people can live with: agreed defaults as priced rules (plan language 22 to 26). Never forced."""

from __future__ import annotations

from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import DayClass, DayWord, DutyClass, RowRule, RuleId, Series, WindowSum


def livable(instance: Instance) -> list[RowRule]:
    """No early after late, no lone day off, at most five in a row, days off after nights, duties by contract size.

    For every nurse but students, who follow a companion.
    """
    return [
        rule
        for nurse in instance.nurses
        if nurse.experience != "student"
        for rule in (*_words(instance, nurse.id), *_many_duties(instance, nurse.id, nurse.contract_minutes))
    ]


def _words(instance: Instance, nurse: str) -> list[RowRule]:
    law = instance.rules
    busy = int(DayClass.DUTY | DayClass.STANDBY)

    def word(term: str, article: str, *classes: int) -> DayWord:
        return DayWord(RuleId(term, article, nurse), tuple(int(each) for each in classes), term=term)

    return [
        word("early_after_late", law.early_until.article, DayClass.LATE, DayClass.EARLY),
        word("lone_day_off", law.duties_in_a_row.article, busy, DayClass.FREE, busy),
        word("long_row", law.duties_in_a_row.article, *[DayClass.DUTY] * (law.duties_in_a_row.value + 1)),
        Series(
            RuleId("few_days_after_nights", law.free_after_nights.article, nurse),
            DutyClass.NIGHT,
            gap=law.free_after_nights.value,
            length=1,
            rest_after=law.free_after_nights.value,
            term="few_days_after_nights",
        ),
    ]


def _many_duties(instance: Instance, nurse: str, contract_minutes: int) -> list[RowRule]:
    """One rule a week: duties beyond the contract in units of 7.2 hours, rounded up; none without a contract."""
    figure = instance.rules.duty_norm
    most = -(-contract_minutes // figure.value)
    if not 0 < most < 7:
        return []
    return [
        WindowSum(
            RuleId("many_duties", figure.article, nurse, f"w{week}"), "duties", "weeks", most, week, week,
            term="many_duties",
        )
        for week in range(instance.weeks)
    ]  # fmt: skip
