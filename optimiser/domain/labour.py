"""Every number from law and agreements that the planner uses, each with article, dates and confidence.

Confidence codes: A read in the statute (A- in its 2015 version), B secondary source, C weak source, R general
knowledge, E own estimate. ``rules`` gives the layered preset of a name: each layer only does what the law lets it.
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


def _atw(value: int, unit: str, article: str) -> Figure:
    return Figure(value=value, unit=unit, article=f"ATW {article}", confidence="A")


def _atb(value: int, unit: str, article: str, confidence: str = "A") -> Figure:
    return Figure(value=value, unit=unit, article=f"ATB {article}", confidence=confidence)


def _cao(value: int, unit: str, article: str, confidence: str = "B") -> Figure:
    return Figure(
        value=value,
        unit=unit,
        article=f"CAO VVT {article}",
        confidence=confidence,
        first=date(2025, 1, 1),
        last=date(2026, 8, 31),
    )


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
    nights_16_weeks: Figure = _atw(36, "nights ending after 02:00 in 16 weeks", "5:8 lid 8")
    night_long: Figure = _atw(12 * HOUR, "min", "5:8 lid 3")
    """A night dienst may be this long when ``night_long_rest`` follows, so many times."""
    night_long_rest: Figure = _atw(12 * HOUR, "min", "5:8 lid 3")
    night_long_fortnight: Figure = _atw(5, "times in 14 x 24 h", "5:8 lid 3")
    night_long_year: Figure = _atw(22, "times in 52 weeks", "5:8 lid 3")
    nights_for_average: Figure = _atw(16, "nights in 16 weeks", "5:8 lid 2")
    max_16_weeks_nights: Figure = _atw(640 * HOUR, "min in 16 weeks", "5:8 lid 2")
    """The limit of 16 weeks that hold ``nights_for_average`` nights or more."""
    break_after: Figure = _atw(330, "min work", "5:4 lid 2")
    break_length: Figure = _atw(30, "min", "5:4 lid 2")
    long_break_after: Figure = _atw(10 * HOUR, "min work", "5:4 lid 2")
    long_break_length: Figure = _atw(45, "min", "5:4 lid 2")
    break_part: Figure = _atw(15, "min", "1:7 lid 1e")
    on_call_week: Figure = _atb(3, "times in 7 x 24 h", "5.19 lid 3")
    on_call_16_weeks: Figure = _atb(32, "times in 16 weeks", "5.19 lid 3")
    on_call_length: Figure = _atb(24 * HOUR, "min", "1:1", "A-")
    on_call_before_night: Figure = _atw(11 * HOUR, "min", "5:9 lid 3")
    on_call_after_night: Figure = _atw(14 * HOUR, "min", "5:9 lid 3")
    on_call_work_24h: Figure = _atw(13 * HOUR, "min in 24 h, calls included", "5:9 lid 4")
    call_gap: Figure = _atw(30, "min", "5:9 lid 7")
    """Work from standby that follows within this time belongs to the same turn-out."""
    senior_age: Figure = Figure(value=200, unit="years", article="no rule in law", confidence="A")
    """From this age on nobody works or is on call between 23:00 and 07:00 without consent."""
    senior_from: Figure = _cao(23 * HOUR, "clock", "2022-24 (55+)")
    senior_until: Figure = _cao(31 * HOUR, "clock", "2022-24 (55+)")


ATW = LabourRules()
"""The law alone."""

ATB_CARE = ATW.model_copy(
    update={
        "name": "atb_care",
        "daily_rest_reductions": _atb(2, "times in 7 x 24 h, one of them to 10 h", "5.19 lid 2"),
    }
)
"""With the decree's variants for care."""

CAO_VVT_2025 = ATB_CARE.model_copy(
    update={
        "name": "cao_vvt_2025",
        "max_dienst": _cao(10 * HOUR, "min", "werktijden"),
        "senior_age": _cao(55, "years", "2022-24 (55+)"),
    }
)
"""The agreement 2025-2026 for home care; after 2026-08-31 it holds as continuing (nawerking)."""

RULE_SETS: dict[str, LabourRules] = {each.name: each for each in (ATW, ATB_CARE, CAO_VVT_2025)}
