"""Base rosters that come back: which days they give, what goes before them, and that they are never written twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from instances.check_cycles import check_cycles
from instances.cycles import occurrences, own_rows, with_cycles
from instances.events import with_events
from instances.expand import expanded
from instances.read import read_instance
from instances.write import write_instance
from optimiser.domain.duty import CycleDuty, GivenDuty
from optimiser.domain.events import Agreed
from optimiser.domain.instance import Instance
from optimiser.domain.people import Availability
from optimiser.errors import InputError

ROW = {"medewerker": "m2", "dienst": "avond", "weken": "2", "week": "2", "weekdag": "di", "status": "basis",
       "eerste_maandag": "2026-11-30"}  # fmt: skip


def cycle(**changed: Any) -> CycleDuty:
    """m2's evening on the Tuesday of the second of two weeks, counted from 30 November: 8 December."""
    begun = date(2026, 11, 30)
    fields = {"nurse": "m2", "kind": "avond", "weeks": 2, "week": 2, "weekday": "tue", "first_monday": begun}
    return CycleDuty(**fields | changed)


def over_weeks(six: Instance, weeks: int, *rows: CycleDuty, **tables: Any) -> Instance:
    """six_nurses over more weeks with cycles, not yet expanded."""
    fields = {name: getattr(six, name) for name in Instance.model_fields}
    return Instance(**fields | {"weeks": weeks, "cycles": rows} | tables)


def days(instance: Instance, nurse: str = "m2") -> list[date]:
    """Days of a nurse's given duties."""
    return [each.day for each in instance.duties_given if each.nurse == nurse]


def test_it_comes_back_every_so_many_weeks(six: Instance) -> None:
    """By hand: counted from 30 November, second weeks begin on 7 and 21 December: the Tuesdays 8 and 22 December."""
    assert days(with_cycles(over_weeks(six, 4, cycle()))) == [date(2026, 12, 8), date(2026, 12, 22)]
    # first weeks begin on 30 November, 14 and 28 December
    assert days(with_cycles(over_weeks(six, 4, cycle(week=1)))) == [date(2026, 12, 15), date(2026, 12, 29)]
    # it begins on 21 December: second weeks begin on 28 December
    later = cycle(first_monday=date(2026, 12, 21))
    assert days(with_cycles(over_weeks(six, 4, later))) == [date(2026, 12, 29)]
    assert days(with_cycles(over_weeks(six, 2, cycle(weeks=1, week=1, weekday="sun")))) == [
        date(2026, 12, 13), date(2026, 12, 20)]  # fmt: skip


def test_a_row_of_the_table_goes_before_it(six: Instance) -> None:
    """On that day in that lane only, whatever its status; a row that says the same is the occurrence itself."""
    tuesday = date(2026, 12, 8)
    other = GivenDuty(nurse="m2", kind="dag", day=tuesday, status="own")
    assert with_cycles(over_weeks(six, 1, cycle(), duties_given=(other,))).duties_given == (other,)
    standby = GivenDuty(nurse="m2", kind="nacht", day=tuesday)
    base = GivenDuty(nurse="m2", kind="avond", day=tuesday, status="base")
    assert with_cycles(over_weeks(six, 1, cycle(), duties_given=(standby,))).duties_given == (standby, base)
    same = with_cycles(over_weeks(six, 1, cycle(), duties_given=(base, standby)))
    assert same.duties_given == (standby, base) and own_rows(same) == (standby,)
    told = base.model_copy(update={"status": "published"})
    assert with_cycles(over_weeks(six, 1, cycle(), duties_given=(told,))).duties_given == (told,)


@pytest.mark.parametrize(
    ("row", "falls_away"),
    [
        ({"kind": "leave"}, True), ({"kind": "unavailable"}, True), ({"kind": "travel"}, False),
        # the evening is from 15:00 to 23:00
        ({"kind": "training", "from_time": 540, "until_time": 900}, False),
        ({"kind": "training", "from_time": 540, "until_time": 901}, True),
        ({"kind": "leave", "first": date(2026, 12, 9), "last": date(2026, 12, 9)}, False),
        ({"kind": "leave", "first": date(2026, 12, 7), "last": date(2026, 12, 7)}, False),
    ],
)  # fmt: skip
def test_absence_takes_it_away(six: Instance, row: dict[str, Any], falls_away: bool) -> None:
    """When they have time in common by the clock."""
    away = Availability(**{"nurse": "m2", "first": date(2026, 12, 8), "last": date(2026, 12, 8)} | row)
    made = with_cycles(over_weeks(six, 1, cycle(), availability=(away,)))
    assert (days(made) == []) == falls_away


def test_a_night_that_ends_in_leave_falls_away(six: Instance) -> None:
    """The night of Tuesday runs until Wednesday 07:00, and Wednesday is leave from 00:00."""
    away = Availability(nurse="m2", kind="leave", first=date(2026, 12, 9), last=date(2026, 12, 9))
    assert days(with_cycles(over_weeks(six, 1, cycle(kind="nacht"), availability=(away,)))) == []
    after = away.model_copy(update={"from_time": 420})
    assert days(with_cycles(over_weeks(six, 1, cycle(kind="nacht"), availability=(after,)))) == [date(2026, 12, 8)]


def test_expanding_again_changes_nothing_and_it_is_not_written(six: Instance, tmp_path: Path) -> None:
    """The table of given duties holds the own rows alone; read again it is the same instance."""
    made = with_cycles(over_weeks(six, 4, cycle(), cycle(nurse="m1", status="wish", weekday="thu"), context=()))
    made = expanded(made)
    assert with_cycles(made) == made and len(made.duties_given) == len(six.duties_given) + 4
    assert set(occurrences(made)) == set(made.duties_given) - set(six.duties_given)
    write_instance(made, tmp_path)
    assert (tmp_path / "duties_given.csv").read_text(encoding="utf-8-sig").count("\n") == 1 + len(six.duties_given)
    assert read_instance(tmp_path) == made
    assert with_cycles(six) is six


def test_what_an_event_took_away_stays_away(six: Instance) -> None:
    """A swap hands the duty of 8 December over: it is gone, and the one of 22 December stands."""
    made = with_cycles(over_weeks(six, 4, cycle()))
    agreed = Agreed(at=0, gone=(("m2", date(2026, 12, 8), "avond"),), new=())
    assert days(with_events(made, [agreed])) == [date(2026, 12, 22)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{}], set()),
        ([{"week": "3"}], {("cycles.csv", 2, "week")}),
        ([{"week": "0"}], {("cycles.csv", 2, "week")}),
        ([{"weken": "54"}], {("cycles.csv", 2, "weken")}),
        ([{"eerste_maandag": "2026-12-01"}], {("cycles.csv", 2, "eerste_maandag")}),
        ([{"medewerker": "m9"}], {("cycles.csv", 2, "medewerker")}),
        ([{"dienst": "laat"}], {("cycles.csv", 2, "dienst")}),
        ([{"weekdag": "dinsdag"}], {("cycles.csv", 2, "weekdag")}),
        ([{"status": "eigen"}], {("cycles.csv", 2, "status")}),
        # the same evening and another work duty on it; a standby night beside it may be
        ([{}, {"dienst": "dag"}], {("cycles.csv", 3, "dienst")}),
        ([{}, {"dienst": "nacht"}], set()),
        ([{}, {"week": "1"}], set()),
        # two and four weeks: week 2 of two is week 2 and 4 of four; three weeks meet two sooner or later
        ([{}, {"weken": "4", "week": "3"}], set()),
        ([{}, {"weken": "4", "week": "4"}], {("cycles.csv", 3, "dienst")}),
        ([{}, {"weken": "3", "week": "1"}], {("cycles.csv", 3, "dienst")}),
        # counted from a week later the first week is the other's second
        ([{}, {"week": "1", "eerste_maandag": "2026-12-07"}], {("cycles.csv", 3, "dienst")}),
    ],
)
def test_wrong_rows_are_faults(folder: Any, rows: list[dict[str, str]], expected: set[tuple[str, int, str]]) -> None:
    """Exactly these faults; two rows may not meet in any week."""
    for row in rows:
        folder.add("cycles", **ROW | row)
    assert folder.faults() == expected
    assert check_cycles.__doc__


def test_two_duties_of_a_day_are_told_in_the_reader_s_language(folder: Any) -> None:
    """Days as a Dutch table writes them, where the fault is told in Dutch."""
    folder.add("cycles", **ROW)
    folder.add("cycles", **ROW)
    with pytest.raises(InputError) as error:
        read_instance(folder.path, "nl")
    assert " di (" in error.value.faults[0].got and "tue" not in error.value.faults[0].got


def test_a_kind_that_does_not_start_on_that_day(folder: Any) -> None:
    """The evening is of Mondays only."""
    folder.cell("shift_kinds", 4, "weekdagen", "ma")
    folder.add("cycles", **ROW)
    assert folder.faults() == {("cycles.csv", 2, "weekdag")}
