"""An organisation, and the settings of ``instance.toml``: how travel is estimated and what planning goes by."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimiser.domain.noun import Id, Minutes, Noun
from optimiser.domain.people import RuleSetName


class Organisation(Noun):
    """A care organisation. ``home_legs``: ``outside`` duty and pay (the CAO's default), ``inside``, or ``above``
    ``home_leg_limit`` minutes inside (what a leg takes beyond the limit is duty time)."""

    id: Id
    name: str
    home_legs: Literal["outside", "inside", "above"] = "outside"
    home_leg_limit: Minutes = 0

    @property
    def free_home_leg(self) -> int:
        """Minutes of one home leg that are outside the duty."""
        return {"outside": 10_000, "inside": 0, "above": self.home_leg_limit}[self.home_legs]


class TravelSettings(Noun):
    """How travel is estimated; see optimiser/travel. Peaks multiply a day part's car times (percent)."""

    engine: Literal["crow_flies", "table"] = "crow_flies"
    car_day_percent: Annotated[int, Field(ge=50, le=300)] = 115
    car_evening_percent: Annotated[int, Field(ge=50, le=300)] = 105
    car_night_percent: Annotated[int, Field(ge=50, le=300)] = 100
    car_door_minutes: Minutes = 3
    bicycle_door_minutes: Minutes = 1
    walk_door_minutes: Minutes = 0


class Settings(Noun):
    """``[planning]`` of ``instance.toml``."""

    rule_set: RuleSetName = "cao_vvt_2025"
    reporting_minutes: Minutes = 5
    """Added to each visit."""
    handover_minutes: Minutes = 10
    """Paid, without a client, at the start of each work duty; routes start after it."""
    slack_minutes: Minutes = 0
    """Kept free after each visit before the travel to the next one."""
    waiting_free_minutes: Minutes = 15
    planned_work_in_standby: Literal["work", "call"] = "work"
    allow_planned_tokens: bool = False
    """Whether planned rosters may use the law's reduced rests."""
    after_agreement: Literal["continues", "law_only"] = "continues"
    """Whether an agreement's rules go on after its last day (nawerking)."""
    night_limit: Literal["16_weeks", "52_weeks", "2_weeks"] = "16_weeks"
    """Which of the three limits on nights holds; the last two only by agreement (ATW 5:8 lid 9)."""
    series_of_eight: bool = False
    """Eight diensten in a series with a night, by agreement and where the work asks it (ATW 5:8 lid 7)."""
    rest_after_night_call: bool = False
    """Eight hours of rest follow the last night call, so that the higher average holds (ATW 5:9 lid 6)."""
    publish_on: date | None = None
    """The day on which nurses are told the roster."""
    balance_weeks: Annotated[int, Field(ge=1, le=52)] = 13
    """A nurse's opening balance of hours is worked off or made up over so many weeks."""
