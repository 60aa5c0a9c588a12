"""How much happens after publication. All of it can be set; docs/explanation/robustness.md says where it comes from."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from optimiser.domain.noun import ClockTime, Minutes, Noun

Percent = Annotated[float, Field(ge=0, le=100)]
Spread = Annotated[float, Field(ge=0, le=2)]


class ChanceSettings(Noun):
    """Shares in percent; ``spread`` is the standard deviation of the logarithm of a factor.

    ``nothing()`` has none of it: a replay then changes nothing.
    """

    absence_percent: Percent = 8.0
    """The share of nurse-days, and so of planned duties, that falls away by sickness after publication."""
    spell_days: Annotated[tuple[tuple[Annotated[int, Field(ge=1, le=60)], Percent], ...], Field(min_length=1)] = (
        (1, 25), (2, 20), (3, 15), (5, 15), (7, 12), (14, 13),
    )  # fmt: skip
    """Length of a spell in calendar days, and the share of spells that are so long."""
    willing_percent: Percent = 50.0
    """Of nurses who are free and may lawfully come: how many say yes when they are called."""
    urgent_percent: Percent = 2.0
    """Urgent referrals, in percent of the visits of the period."""
    urgent_from: ClockTime = 480
    """Referrals are called in between these clock times."""
    urgent_until: ClockTime = 960
    urgent_today_percent: Percent = 50.0
    """Of referrals: how many are due the same day, between one hour and ``urgent_within`` minutes after the call (then
    the visit begins); the others the next day between ``tomorrow_from`` and ``tomorrow_until``."""
    urgent_within: Minutes = 300
    tomorrow_from: ClockTime = 480
    tomorrow_until: ClockTime = 1020
    visit_longer_percent: Annotated[float, Field(ge=-50, le=200)] = 3.0
    """By how much a visit takes longer than planned, on average."""
    visit_spread: Spread = 0.2
    travel_longer_percent: Annotated[float, Field(ge=-50, le=200)] = 5.0
    travel_spread: Spread = 0.15

    @classmethod
    def nothing(cls) -> ChanceSettings:
        """Nobody falls ill, nothing comes in, all takes as long as planned."""
        return cls(
            absence_percent=0, urgent_percent=0, visit_longer_percent=0, visit_spread=0, travel_longer_percent=0,
            travel_spread=0,
        )  # fmt: skip
