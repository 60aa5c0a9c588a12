"""Numbers, dates, amounts and plurals as Dutch and English write them, in the functions that all pages share."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instances.catalogue import locate
from instances.read import read_instance
from maps.business_case import _View
from maps.gains_words import GainWords
from maps.words import Words
from optimiser.report.compare_numbers import bare, day_name, percent, with_unit
from optimiser.report.demand_tables import number as figure
from optimiser.texts import catalogue, text
from optimiser.texts.written import Language, number, signed

INSTANCE = read_instance(locate("six_nurses"))


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [(0, 0, "0", "0"), (1234.5, 1, "1.234,5", "1,234.5"), (-0.04, 1, "0,0", "0.0"), (-1234567, 0, "−1.234.567",
     "−1,234,567"), (999.95, 1, "1.000,0", "1,000.0"), (0.5, 2, "0,50", "0.50")],
)  # fmt: skip
def test_numbers_by_hand(value: float, decimals: int, dutch: str, english: str) -> None:
    """Thousands, decimals, a proper minus, and none before nothing; every page asks the same function."""
    assert (number(value, "nl", decimals), number(value, "en", decimals)) == (dutch, english)
    assert bare(value, decimals, "nl") == dutch and bare(value, decimals, "en") == english
    assert figure(abs(value), "nl", decimals) == dutch.removeprefix("−")


def test_a_plus_stands_before_more_than_nothing() -> None:
    """+2,5; −2,5; 0,0."""
    assert [signed(each, "nl", 1) for each in (2.5, -2.5, 0.01)] == ["+2,5", "−2,5", "0,0"]
    words = Words(INSTANCE, "nl")
    assert [words.signed(each) for each in (150, -150, 1, 62_718)] == ["+2,5", "−2,5", "0,0", "+1.045,3"]


@given(st.integers(-(10**9), 10**9), st.sampled_from(["nl", "en"]))
def test_a_written_number_is_read_back(value: int, language: Language) -> None:
    """Without its thousands it is the number, and English marks are the Dutch ones turned."""
    mark = "." if language == "nl" else ","
    assert int(number(value, language).replace(mark, "").replace("−", "-")) == value
    assert number(value, "nl").replace(".", ",") == number(value, "en")


def test_pages_write_numbers_like_that() -> None:
    """The words of maps and routes, of gains and of a business case: 1.827,0 and 1,827.0."""
    dutch, english = Words(INSTANCE, "nl"), Words(INSTANCE, "en")
    assert (dutch.decimal(1827), english.decimal(1827)) == ("1.827,0", "1,827.0")
    assert (dutch.whole(1827.4), english.whole(1827.4)) == ("1.827", "1,827")
    assert (dutch.hours(62_718), english.hours(62_718)) == ("1.045,3", "1,045.3")
    assert GainWords({}, "en").percent(4.5) == "4.5 %" and GainWords({}, "nl").hours(90) == "1,5"


def test_amounts_of_money() -> None:
    """The minus first, then the euro, then the amount in the marks of the language; it never breaks over a line."""
    assert with_unit("−1.810", "eur", "nl") == "−€\u00a01.810"
    assert GainWords({}, "nl").cents(-123_456) == "−€\u00a01.234,56"
    assert GainWords({}, "en").cents(123_456) == "€1,234.56"
    case = _View.__new__(_View)
    case.language = "en"
    assert case.euro(-1250) == "−€1,250"


def test_percentages() -> None:
    """Whole from ten on, one decimal below, with a sign."""
    assert [percent(each, "nl") for each in (-20.4, 4.54, 0.01)] == ["−20\u00a0%", "+4,5\u00a0%", "0,0\u00a0%"]
    assert percent(4.54, "en") == "+4.5\u00a0%"


@pytest.mark.parametrize(
    ("day", "short", "long", "english"),
    [(date(2026, 12, 7), "ma 7 dec", "maandag 7 december", "Mon 7 Dec"),
     (date(2027, 3, 2), "di 2 mrt", "dinsdag 2 maart", "Tue 2 Mar"),
     (date(2027, 5, 1), "za 1 mei", "zaterdag 1 mei", "Sat 1 May")],
)  # fmt: skip
def test_dates(day: date, short: str, long: str, english: str) -> None:
    """Day before month in both languages, with the abbreviations that people use: mrt, not maa."""
    assert (Words(INSTANCE, "nl").short_day(day), Words(INSTANCE, "nl").long_day(day)) == (short, long)
    assert Words(INSTANCE, "en").short_day(day) == english
    assert day_name(day, "nl") == f"{long.partition(' ')[2]} {day.year}"


def test_lists_of_days_and_months_are_whole() -> None:
    """Seven days and twelve months, long and short, in both languages; the short month begins the long one, but mrt."""
    for language in ("nl", "en"):
        for key, count in (
            ("map.weekdays", 7),
            ("map.weekdays.short", 7),
            ("map.months", 12),
            ("map.months.short", 12),
        ):
            assert len(catalogue()[key][language].split()) == count
        pairs = zip(*(catalogue()[key][language].split() for key in ("map.months", "map.months.short")), strict=True)
        assert all(short == long[:3] or short == "mrt" for long, short in pairs)
        assert catalogue()["check.months"][language] == catalogue()["map.months"][language]


def test_one_and_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text chooses its word by the count, also by one that is written already, and writes thousands where asked."""
    entry = {"nl": "{count:n} {count:bezoek|bezoeken}{more}", "en": "{count:n} {count:visit|visits}{more}"}
    texts: dict[str, Any] = {"a.b": entry, "c.d": {"nl": "a | b: {count:.1f}", "en": "a"}}
    monkeypatch.setattr("optimiser.texts.catalogue", lambda: texts)
    assert text("a.b", "nl", count=1, more="") == "1 bezoek"
    assert text("a.b", "nl", count=0, more="!") == "0 bezoeken!"
    assert text("a.b", "en", count=12345, more="") == "12,345 visits"
    assert (
        text("a.b", "nl", count="1", more="") == "1 bezoek"
        and text("a.b", "nl", count="1,5", more="") == "1,5 bezoeken"
    )
    assert text("c.d", "nl", count=2) == "a | b: 2.0"
    with pytest.raises(KeyError):
        text("a.b", "nl", count=1)
