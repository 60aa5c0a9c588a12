"""check --explain: each half of the weekly rest is named with the very blocks that prove it."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.check.explained import ExplainedRests, explain_rests
from optimiser.domain.clock import DAY, WEEK
from optimiser.domain.duty import Override

DAYLIGHT = ("07:00", "15:00", 30)


def explained(room: Any) -> tuple[ExplainedRests, ...]:
    """Of the plan in the room."""
    return explain_rests(room.instance(), room.contract, room.matrix(), room.plan())


def test_five_days_and_a_weekend_are_one_line(room: Any) -> None:
    """Monday to Friday and Monday: the five share Friday 15:00 to Monday 07:00, of which 64 h lie in the first week;
    after the last all is free."""
    filled = room(weeks=2)
    for day in (0, 1, 2, 3, 4, 7):
        filled.shift(day, *DAYLIGHT)
    (found,) = explained(filled)
    assert [(each.branch, each.diensten) for each in found.proofs] == [("week", 5), ("week", 1)]
    assert found.lines("nl")[0] == (
        "Vanaf elk van de 5 diensten van 7 december 07:00 tot en met 11 december 07:00: 36 uur rust binnen 7 x 24 uur"
        " (ATW 5:5 lid 2), bewijs: 11 december 15:00 tot 14 december 07:00 (64 uur)."
    )
    assert found.lines("en")[1].startswith("From the duty of 14 December 07:00: 36 h of rest within 7 x 24 hours")
    assert found.nurse == "N1" and found.sentence("nl").startswith("medewerker N1\n  Vanaf elk")


def test_eleven_days_rest_on_the_other_half(room: Any) -> None:
    """V10d: the first four have no 36 h in a week (from the fifth on the free time after the last is near enough);
    theirs is the time after the last, 88 h or more in 14 x 24 hours."""
    filled = room(weeks=2)
    for day in range(11):
        filled.shift(day, *DAYLIGHT)
    (found,) = explained(filled)
    # after day 10 15:00: 36 h fit in the week of day 5 (to day 12 07:00: 40 h), not of day 4 (16 h)
    assert [(each.branch, each.diensten) for each in found.proofs] == [("fortnight", 5), ("week", 6)]
    assert "17 december 15:00 tot 21 december 07:00 (88 uur), samen 88 uur." in found.lines("nl")[0]


def test_neither_half_says_how_long_the_longest_is(room: Any) -> None:
    """V10b: from the first of twelve days no rest over 16 h in a week and 64 h in two."""
    filled = room(weeks=2)
    for day in range(12):
        filled.shift(day, *DAYLIGHT)
    (found,) = explained(filled)
    assert (found.proofs[0].branch, found.proofs[0].longest) == ("none", 16 * 60)
    assert "geen van beide" in found.lines("nl")[0] and "neither" in found.lines("en")[0]


def test_tokens_and_overrides_are_counted_per_nurse(room: Any) -> None:
    """A rest of 8 h once, allowed or not, and a long dienst set aside; the report counts the same."""
    filled = room(allow_planned_tokens=True).shift(0, "15:00", "23:00", 30).shift(1, "07:00", "17:46", 45)
    day = filled.day(1)
    filled.add("overrides", Override(rule="working_time", first=day, last=day, reason="asked by herself"))
    (found,) = explained(filled)
    assert found.token_counts == {"rest.token": 1, "nights.token": 0, "nights.long": 0}
    report = filled.report()
    assert report.tokens == {"N1": found.token_counts}
    assert report.overrides_used == {"N1": 1} and len(found.overridden) == 1
    assert "dagelijkse rust 1 keer" in found.sentence("nl") and "asked by herself" in found.sentence("en")


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 14)), max_size=18, unique_by=lambda row: row[0]))
def test_every_proof_holds_and_the_verdict_agrees(room: Any, rows: list[tuple[int, int]]) -> None:
    """On random rosters: blocks lie in the window of every dienst they prove, hold no work and are long enough; a
    dienst without proof is a violation, and the other way round."""
    filled = room(weeks=3).nurse()
    for day, hour in rows:
        filled.shift(day, f"{hour}:00", f"{hour + 5}:00")
    busy = [(duty.start, duty.end) for duty in filled.duties]
    without = set()
    for each in (proof for one in explained(filled) for proof in one.proofs):
        span, total = (WEEK, 36) if each.branch == "week" else (2 * WEEK, 72)
        for low, high in each.blocks:
            assert each.last < low and high <= each.first + span
            assert high - low >= 32 * 60 and not any(start < high and low < end for start, end in busy)
        if each.branch == "none":
            without.add(each.first)
        else:
            assert sum(high - low for low, high in each.blocks) >= total * 60
    assert without == {each.start for each in filled.report().violations if each.rule == "weekly_rest.week"}
    assert all(low < 21 * DAY for low in without)
