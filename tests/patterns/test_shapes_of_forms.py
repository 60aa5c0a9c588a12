"""Consignatie, standby at the workplace and livable rosters as rules of the generic shapes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from optimiser.domain.row_rules import (
    DayClass,
    DayWord,
    DutyClass,
    FreePeriods,
    GapCount,
    RestParts,
    RowRule,
    Series,
    WindowSum,
)
from optimiser.patterns.livable import livable
from optimiser.patterns.on_call import consignatie
from optimiser.patterns.row_rules import row_rules

Rooms = Callable[..., Any]
HOUR, DAY = 60, 1440


def family(rules: Any, name: str) -> list[RowRule]:
    """All rules of a family."""
    return [each for each in rules if each.id.family == name]


def test_consignatie(room: Rooms) -> None:
    """In 28 x 24 hours 14 periods of 24 hours without it, and 2 of 48 without it and without work (ATW 5:9 lid 2)."""
    small = room().nurse().kind("B", "17:00", "31:00", lane="standby")
    assert consignatie(small.instance()) == []
    days, pairs = consignatie(small.kind("C", "17:00", "31:00", lane="standby", consignatie=True).instance())
    assert isinstance(days, FreePeriods) and isinstance(pairs, FreePeriods)
    assert (days.window, days.length, days.count) == (28 * DAY, DAY, 14)
    assert (pairs.window, pairs.length, pairs.count) == (28 * DAY, 2 * DAY, 2)
    assert days.after == pairs.after == days.free_of == DutyClass.CONSIGNATIE
    assert pairs.free_of == DutyClass.CONSIGNATIE | DutyClass.WORK
    assert (days.id.article, pairs.id.article) == ("ATW 5:9 lid 2a", "ATW 5:9 lid 2b")
    known = room().nurse().past(-3, "17:00", "31:00", lane="standby", form="consignatie")
    assert len(consignatie(known.instance())) == 2


def test_standby_at_the_workplace_has_rests_of_its_own(room: Rooms) -> None:
    """11 hours before and after; in 7 x 24 hours one of 24 and six of 11; daily rest and lengths leave it alone."""
    small = room().nurse().kind("S", "22:00", "31:00", lane="standby", at_workplace=True)
    rules = row_rules(small.instance())
    (after,), (before,), (parts,) = (
        family(rules, f"workplace_rest_{name}") for name in ("after", "before", "parts")
    )
    assert isinstance(after, GapCount) and isinstance(before, GapCount) and isinstance(parts, RestParts)
    there = DutyClass.WORKPLACE
    assert (after.after, after.then, after.low, after.high, after.most) == (there, DutyClass.WORK, 0, 11 * HOUR, 0)
    assert (before.after, before.then, before.low, before.high, before.within_day) == (
        DutyClass.WORK, there, 0, 11 * HOUR, False,
    )  # fmt: skip
    assert (parts.holds, parts.window, parts.long_part, parts.part, parts.count) == (
        there, 7 * DAY, 24 * HOUR, 11 * HOUR, 6,
    )  # fmt: skip
    for name in ("rest_daily", "max_dienst", "max_night_dienst"):
        (rule,) = family(rules, name)
        assert rule.but == there  # type: ignore[union-attr]


def test_words_of_a_livable_roster(room: Rooms) -> None:
    """Early after late, a lone day off, a sixth day in a row: priced by their terms (plan language 23)."""
    rules = livable(room().nurse().instance())
    words = {each.id.family: (each.word, each.term) for each in rules if isinstance(each, DayWord)}
    busy = DayClass.DUTY | DayClass.STANDBY
    assert words == {
        "early_after_late": ((DayClass.LATE, DayClass.EARLY), "early_after_late"),
        "lone_day_off": ((busy, DayClass.FREE, busy), "lone_day_off"),
        "long_row": ((DayClass.DUTY,) * 6, "long_row"),
    }
    (series,) = family(rules, "few_days_after_nights")
    assert isinstance(series, Series) and series.term == "few_days_after_nights"
    assert (series.member, series.gap, series.length, series.rest_after) == (
        DutyClass.NIGHT, 48 * HOUR, 1, 48 * HOUR,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("contract", "most"),
    # 432 minutes (7.2 h) for each duty a week: 16 h = 960 -> 3, 36 h = 2160 -> 5, 36 h and a minute -> 6
    [(960, 3), (864, 2), (865, 3), (2160, 5), (2161, 6), (0, None), (2593, None)],
)
def test_duties_by_the_size_of_the_contract(room: Rooms, contract: int, most: int | None) -> None:
    """Rounded up, a rule for each week; none without a contract, nor where a week cannot hold too many."""
    rules = family(livable(room(weeks=2).nurse(contract_minutes=contract).instance()), "many_duties")
    found = [
        (each.counts, each.most, each.first_week, each.last_week, each.term)
        for each in rules if isinstance(each, WindowSum)
    ]  # fmt: skip
    expected = [("duties", most, week, week, "many_duties") for week in range(2)]
    assert found == ([] if most is None else expected)


def test_students_have_no_such_rules(room: Rooms) -> None:
    """They follow a companion; a new colleague has them."""
    small = room().nurse("N1").nurse("N2", experience="student", companion="N1").nurse("N3", experience="new")
    assert {each.id.nurse for each in livable(small.instance())} == {"N1", "N3"}


def test_every_hard_rule_has_no_term_and_an_article(room: Rooms) -> None:
    """Only agreed defaults and weekends are priced."""
    small = room().nurse(contract_minutes=960).kind("S", "22:00", "31:00", lane="standby", at_workplace=True)
    for rule in row_rules(small.instance()):
        priced = rule.id.article.startswith(("livable", "CAO VVT 3.4"))
        assert bool(getattr(rule, "term", "")) is priced, str(rule.id)
