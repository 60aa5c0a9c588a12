"""Every number from law that the planner uses, each with article, dates and confidence: the limits of a rule set.

Confidence codes: A read in the statute (A- in its 2015 version), B secondary source, C weak source, R general
knowledge, E own estimate. The rule sets made of them are in labour.py.
"""

from __future__ import annotations

from datetime import date

from optimiser.domain.noun import Noun

HOUR = 60


class Figure(Noun):
    """One number with its source. Dates are the first and last day in force; None is open."""

    value: int
    unit: str
    article: str
    confidence: str
    first: date | None = None
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the figure is in force on a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def _atw(value: int, unit: str, article: str) -> Figure:
    return Figure(value=value, unit=unit, article=f"ATW {article}", confidence="A")


def atb(value: int, unit: str, article: str, confidence: str = "A") -> Figure:
    """A figure of the decree (Arbeidstijdenbesluit)."""
    return Figure(value=value, unit=unit, article=f"ATB {article}", confidence=confidence)


def none(value: int, unit: str) -> Figure:
    """A limit that neither law nor decree gives: a value that never binds."""
    return Figure(value=value, unit=unit, article="no rule in law", confidence="A")


def _livable(value: int, unit: str) -> Figure:
    return Figure(value=value, unit=unit, article="livable roster, agree it locally", confidence="E")


class LabourRules(Noun):
    """The limits that hold. Minutes unless the unit says otherwise."""

    name: str = "atw"
    dienst_gap: Figure = _atw(8 * HOUR, "min", "1:7 lid 1c")
    night_from: Figure = _atw(0, "clock", "1:7 lid 1d")
    night_until: Figure = _atw(6 * HOUR, "clock", "1:7 lid 1d")
    night_threshold: Figure = _atw(60, "min", "1:7 lid 1d")
    """A dienst is a night dienst with more than this much work in the night band."""
    max_dienst: Figure = _atw(12 * HOUR, "min", "5:7 lid 2a")
    max_night_dienst: Figure = _atw(10 * HOUR, "min", "5:8 lid 1")
    max_week: Figure = _atw(60 * HOUR, "min", "5:7 lid 2b")
    max_4_weeks: Figure = _atw(220 * HOUR, "min in 4 weeks", "5:7 lid 3")
    max_16_weeks: Figure = _atw(768 * HOUR, "min in 16 weeks", "5:7 lid 2c")
    daily_rest: Figure = _atw(11 * HOUR, "min in 24 h", "5:3 lid 2")
    daily_rest_reduced: Figure = _atw(8 * HOUR, "min", "5:3 lid 2")
    daily_rest_reductions: Figure = _atw(1, "times in 7 x 24 h", "5:3 lid 2")
    daily_rest_middle: Figure = _atw(10 * HOUR, "min", "5:3 lid 2")
    """Of several reductions in 7 x 24 h at most one may go below this."""
    weekly_rest: Figure = _atw(36 * HOUR, "min in 7 x 24 h", "5:5 lid 2")
    fortnight_rest: Figure = _atw(72 * HOUR, "min in 14 x 24 h", "5:5 lid 2")
    fortnight_block: Figure = _atw(32 * HOUR, "min", "5:5 lid 2")
    night_rest: Figure = _atw(14 * HOUR, "min after a night ending after 02:00", "5:8 lid 4")
    night_rest_reduced: Figure = _atw(8 * HOUR, "min, once in 7 x 24 h", "5:8 lid 4")
    late_night: Figure = _atw(2 * HOUR, "clock", "5:8 lid 4")
    night_series_rest: Figure = _atw(46 * HOUR, "min", "5:8 lid 5")
    night_series_length: Figure = _atw(3, "nights", "5:8 lid 5")
    series_length: Figure = _atw(7, "diensten in a series with a night", "5:8 lid 6")
    series_gap: Figure = Figure(value=36 * HOUR, unit="min", article="not defined in law (5:8 lid 6)", confidence="E")
    """A rest this long ends a series of consecutive diensten."""
    series_length_agreed: Figure = _atw(8, "diensten in a series with a night, by agreement", "5:8 lid 7")
    """In place of ``series_length`` with the setting ``series_of_eight``."""
    nights_16_weeks: Figure = _atw(36, "nights ending after 02:00 in 16 weeks", "5:8 lid 8")
    nights_52_weeks: Figure = _atw(140, "nights ending after 02:00 in 52 weeks, by agreement", "5:8 lid 9a")
    night_minutes_2_weeks: Figure = _atw(
        38 * HOUR, "min of work in 00:00 to 06:00 in 2 weeks, by agreement", "5:8 lid 9b"
    )
    """The setting ``night_limit`` says which of these three holds."""
    night_long: Figure = _atw(12 * HOUR, "min", "5:8 lid 3")
    """A night dienst may be this long when ``night_long_rest`` follows, so many times."""
    night_long_rest: Figure = _atw(12 * HOUR, "min", "5:8 lid 3")
    night_long_fortnight: Figure = _atw(5, "times in 14 x 24 h", "5:8 lid 3")
    night_long_year: Figure = _atw(22, "times in 52 weeks", "5:8 lid 3")
    nights_for_average: Figure = _atw(16, "nights in 16 weeks", "5:8 lid 2")
    max_16_weeks_nights: Figure = _atw(640 * HOUR, "min in 16 weeks", "5:8 lid 2")
    """The limit of 16 weeks that hold ``nights_for_average`` nights or more."""
    free_sundays: Figure = _atw(13, "Sundays without work in 52 weeks", "5:6 lid 3")
    """Fewer only with the nurse's own consent (5:6 lid 4)."""
    notice_days: Figure = _atw(28, "days before the first duty", "4:2 lid 2")
    """How long before it begins a roster is published."""
    break_after: Figure = _atw(330, "min work", "5:4 lid 2")
    break_length: Figure = _atw(30, "min", "5:4 lid 2")
    long_break_after: Figure = _atw(10 * HOUR, "min work", "5:4 lid 2")
    long_break_length: Figure = _atw(45, "min", "5:4 lid 2")
    break_part: Figure = _atw(15, "min", "1:7 lid 1e")
    on_call_week: Figure = atb(3, "times in 7 x 24 h", "5.19 lid 3")
    on_call_16_weeks: Figure = atb(32, "times in 16 weeks", "5.19 lid 3")
    on_call_together: Figure = atb(3, "times in 7 x 24 h, all forms of on call together", "5.19 lid 4")
    on_call_length: Figure = atb(24 * HOUR, "min", "1:1", "A-")
    on_call_before_night: Figure = _atw(11 * HOUR, "min", "5:9 lid 3")
    on_call_after_night: Figure = _atw(14 * HOUR, "min", "5:9 lid 3")
    on_call_work_24h: Figure = _atw(13 * HOUR, "min in 24 h, calls included", "5:9 lid 4")
    on_call_nights: Figure = _atw(16, "standby duties that touch 00:00 to 06:00 in 16 weeks", "5:9 lid 5")
    max_16_weeks_on_call: Figure = _atw(640 * HOUR, "min in 16 weeks", "5:9 lid 5")
    """The limit of 16 weeks that hold ``on_call_nights`` or more."""
    max_16_weeks_on_call_rest: Figure = _atw(720 * HOUR, "min in 16 weeks", "5:9 lid 6")
    """The same where 8 hours of rest follow the last night call (setting ``rest_after_night_call``)."""
    call_least: Figure = _atw(30, "min for each turn-out", "5:9 lid 7")
    consignatie_free_days: Figure = _atw(14, "periods of 24 h without consignatie in 28 x 24 h", "5:9 lid 2a")
    consignatie_free_pairs: Figure = _atw(2, "periods of 48 h without work or consignatie in 28 x 24 h", "5:9 lid 2b")
    workplace_26_weeks: Figure = atb(52, "times in 26 weeks", "4.8 lid 1", "A-")
    workplace_max_26_weeks: Figure = atb(1248 * HOUR, "min in 26 weeks", "4.8 lid 2", "A-")
    workplace_rest: Figure = atb(11 * HOUR, "min before and after", "4.8 lid 1", "A-")
    workplace_rest_long: Figure = atb(24 * HOUR, "min, once in 7 x 24 h", "4.8 lid 1", "A-")
    workplace_rest_parts: Figure = atb(6, "times, besides the long one, in 7 x 24 h", "4.8 lid 1", "A-")
    call_gap: Figure = _atw(30, "min", "5:9 lid 7")
    """Work from standby that follows within this time belongs to the same turn-out."""
    pregnant_dienst: Figure = _atw(10 * HOUR, "min", "4:5 lid 3")
    """While pregnant and until ``pregnant_months_after`` the birth; no duty to work nights."""
    pregnant_4_weeks: Figure = _atw(200 * HOUR, "min in 4 weeks", "4:5 lid 3")
    pregnant_16_weeks: Figure = _atw(720 * HOUR, "min in 16 weeks", "4:5 lid 3")
    pregnant_days: Figure = Figure(value=280, unit="days before the due date", article="ATW 4:5", confidence="E")
    pregnant_months_after: Figure = _atw(6, "months after the birth", "4:5 lid 7")
    birth_before: Figure = _atw(28, "days before the due date without work", "4:6")
    birth_after: Figure = _atw(42, "days after the birth without work", "4:6")
    adult_age: Figure = _atw(18, "years", "5:3 to 5:9 lid 1")
    """Below it the limits of ``minor_`` hold."""
    minor_rest: Figure = _atw(12 * HOUR, "min in 24 h", "5:3 lid 1")
    minor_from: Figure = _atw(23 * HOUR, "clock", "5:3 lid 1")
    minor_until: Figure = _atw(30 * HOUR, "clock", "5:3 lid 1")
    minor_dienst: Figure = _atw(9 * HOUR, "min", "5:7 lid 1a")
    minor_week: Figure = _atw(45 * HOUR, "min", "5:7 lid 1b")
    minor_4_weeks: Figure = _atw(160 * HOUR, "min in 4 weeks", "5:7 lid 1c")
    minor_break_after: Figure = _atw(270, "min work", "5:4 lid 1")
    senior_age: Figure = none(200, "years")
    """From this age on nobody works or is on call between 23:00 and 07:00 without consent."""
    senior_from: Figure = none(23 * HOUR, "clock")
    senior_until: Figure = none(31 * HOUR, "clock")
    free_weekends: Figure = none(0, "free weekends in 52 weeks")
    """Signalled. Fewer at the nurse's request, never below ``free_weekends_least``."""
    free_weekends_least: Figure = none(0, "free weekends in 52 weeks")
    weekend_rest: Figure = Figure(value=60 * HOUR, unit="min", article="CAO VVT 3.4", confidence="R")
    """A weekend is free when a rest of this length holds Saturday 00:00 to Monday 04:00."""
    weekend_until: Figure = Figure(value=4 * HOUR, unit="clock on Monday", article="CAO VVT 3.4", confidence="R")
    early_until: Figure = _livable(9 * HOUR, "clock; a duty that starts before it is early")
    late_from: Figure = _livable(21 * HOUR, "clock; a duty that ends after it, and is no night, is late")
    free_after_nights: Figure = _livable(48 * HOUR, "min of rest after one or more nights")
    duties_in_a_row: Figure = _livable(5, "days in a row with a work duty")
    duty_norm: Figure = _livable(432, "min of contract for each duty a week, rounded up")
    evening_before_leave: Figure = _livable(18 * HOUR, "clock on the day before leave; free from then on")
    skill_notice_days: Figure = _livable(90, "days before the last one who has a skill loses it")


SHARED = frozenset({
    "dienst_gap", "night_from", "night_until", "night_threshold", "late_night", "call_gap", "call_least",
    "weekend_rest", "weekend_until", "early_until", "late_from", "free_after_nights", "duties_in_a_row", "duty_norm",
    "evening_before_leave", "skill_notice_days", "notice_days", "adult_age", "minor_rest", "minor_from", "minor_until",
    "minor_dienst", "minor_week", "minor_4_weeks", "minor_break_after", "pregnant_days", "pregnant_months_after",
    "birth_before", "birth_after",
})  # fmt: skip
"""Figures that say what a dienst, a night, a call or a free weekend is, who is protected, and a team's own norms: one
value for all nurses of an instance, whatever rule set holds for each."""
