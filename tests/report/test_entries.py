"""Entries: what was kept and left at which price, who has the place, and what each of two nurses hears of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from optimiser.domain.duty import Cover, GivenDuty
from optimiser.domain.instance import Instance
from optimiser.domain.objective import weigh
from optimiser.domain.people import Wish
from optimiser.domain.plan import Plan
from optimiser.report.entries import Entry, Held, entries
from optimiser.report.entries_words import COLUMNS, entries_csv, entry_lines
from optimiser.texts import LANGUAGES

Rooms = Callable[..., Any]


def team(rooms: Rooms, wanted: int = 1) -> Any:
    """Three nurses, day and evening duties, and one place by day on Monday; N1 and N2 both entered for it."""
    small = rooms().kind("D", "07:00", "15:30", 30).kind("E", "15:00", "23:00", 30, category="evening")
    for name in ("N1", "N2", "N3"):
        small.nurse(name)
    small.add("cover", Cover(id="c", organisation="a", from_time=480, until_time=780, minimum=1, wanted=wanted,
                             weekdays=("mon",)))  # fmt: skip
    return enter(enter(small, "N1", "D", 0, "own"), "N2", "D", 0, "base")


def enter(small: Any, nurse: str, kind: str, day: int, status: Any) -> Any:
    """A duty that the tables name."""
    return small.add("duties_given", GivenDuty(nurse=nurse, kind=kind, day=small.day(day), status=status))


def found(small: Any, **fields: Any) -> dict[tuple[str, str], Entry]:
    """Nurse and what -> the entry."""
    rows = entries(small.instance(), small.contract, small.matrix(), small.plan(), **fields)
    return {(each.nurse, each.what): each for each in rows}


def test_both_nurses_of_one_place_hear_of_it(room: Rooms) -> None:
    """N2 keeps her base duty, N1's entry is left for 60: the place takes one. Each sees the other's."""
    small = team(room).duty("N2", "D", 0).duty("N1", "E", 0)
    rows = found(small)
    left, kept = rows["N1", "own"], rows["N2", "base"]
    assert (left.kept, left.price, left.instead) == (False, 60, ("E",))
    assert left.holders == left.rivals == (Held("N2", "D"),)
    assert (kept.kept, kept.price, kept.instead, kept.holders) == (True, 120, (), ())
    assert kept.rivals == (Held("N1", "D"),)
    assert left.conflict and kept.conflict


def test_room_for_both_is_no_conflict(room: Rooms) -> None:
    """The place takes two: whoever is left out has no rival, and nobody has taken her place."""
    rows = found(team(room, wanted=2).duty("N2", "D", 0))
    assert not rows["N1", "own"].conflict and not rows["N2", "base"].conflict
    assert not rows["N1", "own"].kept


def test_more_than_asked_for_is_no_conflict_when_both_work(room: Rooms) -> None:
    """One place and two nurses on it: both are kept."""
    rows = found(team(room).duty("N1", "D", 0).duty("N2", "D", 0))
    assert [each.kept for each in rows.values()] == [True, True]
    assert not any(each.conflict for each in rows.values())


def test_who_got_her_place_sees_only_who_did_not(room: Rooms) -> None:
    """The place takes two of three: N1 and N2 have it, N3 not. N3 sees both, they see N3 alone."""
    rows = found(enter(team(room, wanted=2), "N3", "D", 0, "wish").duty("N1", "D", 0).duty("N2", "D", 0))
    assert rows["N1", "own"].rivals == rows["N2", "base"].rivals == (Held("N3", "D"),)
    assert rows["N3", "wish"].rivals == rows["N3", "wish"].holders == (Held("N1", "D"), Held("N2", "D"))


def test_a_colleague_who_did_not_enter_can_have_the_place(room: Rooms) -> None:
    """N3 has it: both entries are left, each with N3 as holder and the other as rival."""
    rows = found(team(room).duty("N3", "D", 0))
    assert rows["N1", "own"].holders == (Held("N3", "D"),)
    assert rows["N1", "own"].rivals == (Held("N2", "D"),)
    assert rows["N2", "base"].rivals == (Held("N1", "D"),)


def test_wishes_for_a_day_have_their_own_price(room: Rooms) -> None:
    """Weight 3 is 3 x 30. Work by day on Monday asks for the same place as the entries."""
    small = team(room).duty("N1", "D", 0).duty("N3", "E", 1)
    small.add(
        "wishes", Wish(nurse="N3", day=small.day(0), wish="work", category="day", weight=3),
        Wish(nurse="N3", day=small.day(1), wish="free"), Wish(nurse="N2", day=small.day(1), wish="free"),
        Wish(nurse="N2", day=small.day(2), wish="work"), Wish(nurse="N2", day=small.day(9), wish="free"),
    )  # fmt: skip
    rows = found(small)
    work, free = rows["N3", "work"], rows["N3", "free"]
    assert (work.kept, work.price, work.asked, work.holders) == (False, 90, "day", (Held("N1", "D"),))
    assert work.rivals == (Held("N1", "D"), Held("N2", "D"))
    # N1 has hers: she sees who did not get it, and that N3 asked for the day, not for this duty
    assert rows["N1", "own"].rivals == (Held("N2", "D"), Held("N3", ""))
    assert entry_lines(small.instance(), rows.values(), "N1", "en")[0].endswith(
        "2 colleagues asked for the same place (D, a duty)."
    )
    assert (free.kept, free.price, free.instead, free.conflict) == (False, 30, ("E",), False)
    assert rows["N2", "free"].kept and not rows["N2", "work"].conflict
    assert len(rows) == 6  # that of the ninth day lies after the horizon


def test_the_reason_is_asked_where_the_place_is_not_taken(room: Rooms) -> None:
    """N1's place is taken by N2; N3's evening has none, so a rule must forbid it. Kept entries ask nothing."""
    asked: list[tuple[str, str, date]] = []

    def why(nurse: str, kind: str, day: date) -> str:
        asked.append((nurse, kind, day))
        return "rust 11 uur."

    small = enter(team(room), "N3", "E", 0, "wish").duty("N2", "D", 0)
    small.add("wishes", Wish(nurse="N3", day=small.day(1), wish="work"))
    rows = found(small, reason=why)
    assert asked == [("N3", "E", small.day(0))]
    assert {key: each.reason for key, each in rows.items() if each.reason} == {("N3", "wish"): "rust 11 uur."}
    assert entry_lines(small.instance(), rows.values(), "N3")[0] == (
        "maandag 7 december: E (gewenste dienst) is niet gevolgd, voor een prijs van 60 reisminuten. "
        "In plaats daarvan: vrij. Waarom het niet kan: rust 11 uur."
    )


def test_a_nurse_reads_of_colleagues_without_their_names_or_reasons(room: Rooms) -> None:
    """Her own entries only; of the other "a colleague" and the duty; a reason that names one is left out."""
    small = enter(team(room), "N2", "E", 1, "own").duty("N2", "D", 0)
    rows = found(small, reason=lambda nurse, kind, day: "bezet door N3.").values()
    lines = {nurse: entry_lines(small.instance(), rows, nurse, "en") for nurse in ("N1", "N2", "N3")}
    assert lines["N1"] == (
        "Monday 7 December: D (own entry) is not kept, at a price of 60 travel minutes. Instead: free. "
        "The place is full: a colleague has D. A colleague asked for the same place (D).",
    )
    assert lines["N2"] == (
        "Monday 7 December: D (base roster) is kept; leaving it would have cost 120 travel minutes. "
        "A colleague asked for the same place (D).",
        "Tuesday 8 December: E (own entry) is not kept, at a price of 60 travel minutes. Instead: free.",
    )
    assert lines["N3"] == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_a_row_for_each_entry(room: Rooms, language: Any) -> None:
    """Read back as CSV: headings and as many cells in each row, also of wishes for a category or any work."""
    small = team(room).duty("N2", "D", 0)
    for category in ("day", "mid", "evening", "night", "split", None):
        small.add("wishes", Wish(nurse="N3", day=small.day(3), wish="work", category=category))
    small.add("wishes", Wish(nurse="N3", day=small.day(3), wish="free"))
    rows = entries(small.instance(), small.contract, small.matrix(), small.plan())
    written = entries_csv(small.instance(), rows, language)
    assert written.startswith("\ufeff")
    table = list(csv.reader(io.StringIO(written[1:], newline=""), delimiter=";"))
    assert len(table) == 1 + len(rows) == 1 + 2 + 7
    assert {len(row) for row in table} == {len(COLUMNS)}
    assert table[1][0] == "N1" and table[1][7:9] == ["N2 (D)", "N2 (D)"]


def test_prices_of_what_was_left_are_the_terms(room: Rooms) -> None:
    """The prices of entries that were not kept add up to what the objective counts for them."""
    small = enter(team(room), "N3", "E", 2, "base").duty("N2", "D", 0)
    small.add("wishes", Wish(nurse="N2", day=small.day(0), wish="free", weight=2))
    counts, weights = small.report().counts, small.instance().weights
    terms = {name: counts.get(name, 0) for name in ("wish_refused", "own_entry_refused", "base_changed")}
    assert terms == {"wish_refused": 2, "own_entry_refused": 1, "base_changed": 1}
    left = sum(each.price for each in found(small).values() if not each.kept)
    assert left == sum(count * getattr(weights, name) for name, count in terms.items()) == 2 * 30 + 60 + 120
    assert weigh({name: terms.get(name, 0) for name in counts}, weights, 0).rest == left


def test_the_bundled_instance_has_no_entries(six: Instance, room: Rooms) -> None:
    """Six nurses: every row of the answer is a given duty or a wish of its tables."""
    small = room()
    empty = Plan(instance=six.name, fingerprint=six.fingerprint, contract=small.contract)
    rows = entries(six, small.contract, small.matrix(), empty)
    priced = [each for each in six.duties_given if each.status != "published"]
    assert len(rows) == len(priced) + len(six.wishes)
