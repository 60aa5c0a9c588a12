"""Rosters that people can live with: the agreed defaults that are signalled and priced (plan language 22 to 27)."""

from __future__ import annotations

from optimiser.check.case import Case


def livable(case: Case) -> dict[str, int]:
    """Term name -> count."""
    return dict.fromkeys(
        (
            "early_after_late",
            "few_days_after_nights",
            "long_row",
            "lone_day_off",
            "split_duty",
            "many_duties",
            "evening_before_leave",
            "few_free_weekends",
        ),
        0,
    )
