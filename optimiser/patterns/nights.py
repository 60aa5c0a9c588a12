"""Nights: rest after a night, rest after a series, length of a series that holds a night (ATW 5:8)."""

from __future__ import annotations

from optimiser.domain.instance import Instance
from optimiser.domain.row_rules import DutyClass, GapCount, RowRule, RuleId, Series


def nights(instance: Instance) -> list[RowRule]:
    """14 h after a night that ends after 02:00; 46 h after three nights or more; at most seven diensten in a series."""
    law = instance.rules
    return [
        GapCount(RuleId("night_rest", law.night_rest.article), DutyClass.LATE_NIGHT, 0, law.night_rest.value),
        Series(
            RuleId("night_series_rest", law.night_series_rest.article),
            DutyClass.NIGHT,
            gap=law.night_series_rest.value,
            length=law.night_series_length.value,
            rest_after=law.night_series_rest.value,
        ),
        Series(
            RuleId("night_series_length", law.series_length.article),
            DutyClass.WORK,
            gap=law.series_gap.value,
            length=law.series_length.value,
            holds=DutyClass.NIGHT,
        ),
    ]
