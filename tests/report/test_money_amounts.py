"""Amounts solved by hand: one nurse at EUR 20 an hour (set in the instance), every leg 10 minutes and 12 km."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance, Organisation, Settings
from optimiser.domain.money import MoneySettings
from optimiser.domain.people import Availability, Client, Counter, Nurse
from optimiser.domain.place import Place
from optimiser.domain.plan import Duty, Plan, Route, Stop
from optimiser.domain.sharing import PRESETS
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Act, Task, Visit, Window
from optimiser.report.hours import hours_table, source_rows, sources
from optimiser.report.money import Money, money
from optimiser.report.money_row import AMOUNTS, PayRow, nurse_row, sum_of_rows
from optimiser.report.money_time import paid_time

MONDAY = date(2026, 12, 7)
KINDS = (
    ShiftKind(id="d", code="D", name="Dag", category="day", start=480, end=960, break_minutes=30, break_from=660,
              break_until=840),
    ShiftKind(id="v", code="V", name="Vroeg", category="day", start=360, end=840, break_minutes=30, break_from=400,
              break_until=500),
    ShiftKind(id="l", code="L", name="Laat", category="evening", start=900, end=1380),
    ShiftKind(id="n", code="N", name="Nacht", category="night", start=1380, end=1860),
    ShiftKind(id="g", code="G", name="Gebroken", category="split", start=420, end=660, second_start=960,
              second_end=1200),
    ShiftKind(id="b", code="B", name="Bereik", lane="standby", category="night", start=1320, end=1860),
    ShiftKind(id="a", code="A", name="Aanwezig", lane="standby", category="night", start=1380, end=1860,
              at_workplace=True),
)  # fmt: skip


def instance_of(monday: date = MONDAY, weeks: int = 1, calls: str = "work", **tables: Any) -> Instance:
    """Nurse N of organisation o, home H, clients at A and B; 24 hours of contract a week."""
    base: dict[str, Any] = {
        "money": MoneySettings(wages={"45": 2000}),
        "nurses": (Nurse(id="N", organisation="o", home="H", contract_minutes=1440, born=date(1980, 1, 1)),),
    }
    window = (Window(day=0, start=0, end=20_000),)
    return Instance(
        name="hand", first_monday=monday, weeks=weeks, organisations=(Organisation(id="o", name="O"),),
        settings=Settings(planned_work_in_standby=calls),
        places=tuple(Place(id=each, kind="client", latitude=51.9, longitude=4.4) for each in "HAB"),
        acts=(Act(id="x", name="x", minutes=30),),
        clients=(Client(id="cA", organisation="o", place="A"), Client(id="cB", organisation="o", place="B")),
        shift_kinds=KINDS,
        visits=tuple(
            Visit(id=f"v{number}", client=("cA", "cB")[number % 2], acts=("x",), minutes=30, windows=window)
            for number in range(8)
        ),
        **(base | tables),
    )  # fmt: skip


def travel_of() -> TravelMatrix:
    """10 minutes and 12 km between two places, in every mode."""
    apart = 1 - np.eye(3, dtype=np.int32)
    slices = [(mode, part) for mode in ("car", "ebike") for part in ("day", "evening", "night")]
    return TravelMatrix("test", ("H", "A", "B"), dict.fromkeys(slices, 10 * apart),
                        dict.fromkeys(slices, 12_000 * apart))  # fmt: skip


def duty(
    instance: Instance, kind: str, day: int, *stops: tuple[int, int], pause: tuple[int, int] | None = None
) -> Duty:  # fmt: skip
    """A duty of a kind; stops are visits v0, v1, ... at clock times of its day; a break comes last but one."""
    shift, clock = instance.kind_by_id[kind], instance.clock
    listed = [
        Stop(what="visit", id=f"v{number}", arrival=clock.at(day, start), start=clock.at(day, start),
             end=clock.at(day, end))
        for number, (start, end) in enumerate(stops)
    ]  # fmt: skip
    if pause is not None:
        start, end = clock.at(day, pause[0]), clock.at(day, pause[1])
        listed.insert(len(listed) - 1, Stop(what="break", id="break", arrival=start, start=start, end=end))
    on = clock.date_of(day)
    return Duty(
        id=f"N/{on}/{shift.lane}", nurse="N", kind=kind, day=on, lane=shift.lane, start=clock.at(day, shift.start),
        end=clock.at(day, shift.last_end), organisation="o",
        routes=(Route(stops=tuple(listed)),) if listed else (),
    )  # fmt: skip


def account(instance: Instance, *duties: Duty, with_routes: bool = True) -> Money:
    """The account of a plan with these duties."""
    return money(instance, travel_of(), Plan(
        instance="hand", fingerprint="f", contract=PRESETS["joint"], duties=duties, with_routes=with_routes,
    ))  # fmt: skip


def only_week(instance: Instance, *duties: Duty) -> PayRow:
    """The row of the first week."""
    return account(instance, *duties).weeks[0]


def test_a_day_in_euros() -> None:
    """Wednesday 08:00 to 16:00, A then B: 7.5 hours and four trips of 12 km."""
    instance = instance_of()
    row = only_week(instance, duty(instance, "d", 2, (500, 530), (900, 930), pause=(700, 730)))
    assert row.paid == row.planned == 450 and row.bands == {0: 450}
    assert row.commuting_metres == 24_000 and row.client_metres == 12_000
    assert row.cents == {
        "wage": 15_000,  # 7.5 x 2000
        "ort": 0,
        "standby": 0,
        "call": 0,
        "extra_days": 0,
        "commuting": 544,  # twice 10 x 23 + 2 x 21 = 272
        "client_km": 276,  # 12 x 23
        "holiday_pay": 1_200,  # 8 %
        "year_end": 1_250,  # 8.33 % of 150.00 is 12.495
        "employer_cost": 22_570,  # 15000 x 1.45 = 21750, and 544 + 276
    }
    assert row.confidence["wage"] == "S" and row.confidence["commuting"] == "B" and row.confidence["client_km"] == "E"
    assert row.confidence["employer_cost"] == "E"


def test_the_break_comes_off_its_own_band() -> None:
    """Saturday 06:00 to 14:00: 06-08 and 12-14 at 38, 08-12 at nothing.

    Without a listed break it is 06:40 to 07:10, the start of the window: 90 + 120 at 38. Listed at 08:00 to 08:30 it
    comes off the hours without allowance.
    """
    instance = instance_of()
    assert only_week(instance, duty(instance, "v", 5)).bands == {0: 240, 38: 210}
    listed = duty(instance, "v", 5, (380, 410), (600, 630), pause=(480, 510))
    assert only_week(instance, listed).bands == {0: 210, 38: 240}
    # 210 minutes x 2000 / 60 x 38 % = 2660
    assert only_week(instance, duty(instance, "v", 5)).cents["ort"] == 2660


def test_a_split_duty_has_two_segments() -> None:
    """07:00 to 11:00 and 16:00 to 20:00 on Monday: eight hours, none of them in between."""
    instance = instance_of()
    assert only_week(instance, duty(instance, "g", 0)).bands == {0: 480}


def test_a_duty_goes_by_its_own_times() -> None:
    """A roster made elsewhere: late duty of Monday until 23:30 instead of 23:00: 15-20, 20-22, 22-23:30."""
    instance = instance_of()
    late = duty(instance, "l", 0)
    assert only_week(instance, late.model_copy(update={"end": late.end + 30})).bands == {0: 300, 22: 120, 47: 90}


def test_a_night_over_sunday_is_paid_in_two_weeks() -> None:
    """Sunday 23:00 to Monday 07:00: an hour at 60 in the week, six at 47 and one at 22 in the week after it."""
    instance = instance_of()
    first, after = account(instance, duty(instance, "n", 6)).weeks
    assert first.bands == {60: 60} and after.bands == {22: 60, 47: 360}
    assert (after.contract, after.net, after.monday) == (0, 0, MONDAY + timedelta(days=7))
    # 60 - 1440 in the first week, 420 more in the second
    assert (first.after, after.before, after.after) == (-1380, -1380, -960)


def test_the_table_of_the_year_holds() -> None:
    """30 December 2025 23:00 to 07:00: 60 + 360 minutes at 44 and 60 at 22; a year later at 47 (6 January)."""
    old = instance_of(date(2025, 12, 29))
    assert only_week(old, duty(old, "n", 1)).bands == {22: 60, 44: 420}
    new = instance_of(date(2026, 1, 5))
    assert only_week(new, duty(new, "n", 1)).bands == {22: 60, 47: 420}


def test_the_night_of_the_clock_is_paid_for_its_real_length() -> None:
    """24 October 2026, Saturday 23:00 to Sunday 07:00: nine hours; the wage is for nine."""
    instance = instance_of(date(2026, 10, 19))
    row = only_week(instance, duty(instance, "n", 5))
    assert row.bands == {52: 60, 60: 480} and row.cents["wage"] == 18_000


def test_wages_change_within_a_week() -> None:
    """Tuesday 30 June and Wednesday 1 July 2026, late duties: 8 hours at 22.31 and 8 at 23.09."""
    instance = instance_of(date(2026, 6, 29), money=MoneySettings())
    row = only_week(instance, duty(instance, "l", 1), duty(instance, "l", 2))
    assert row.cents["wage"] == 8 * 2231 + 8 * 2309
    assert row.confidence["wage"] == "E"


def test_standby_hours_and_a_call() -> None:
    """Friday 22:00 to Saturday 07:00: 2 hours at 1.50 and 7 at 3.00; a call at 03:00 of 20 minutes is paid as 30.

    Call work: 10.00 wage, 52 % of it, 25 % of it; from home and back, 24 km by car, are client kilometres.
    """
    instance = instance_of()
    row = only_week(instance, duty(instance, "b", 4, (1620, 1640)))
    assert row.standby == 540 and row.cents["standby"] == 2 * 150 + 7 * 300
    assert (row.called, row.calls, row.planned) == (20, 30, 20)
    assert (row.cents["wage"], row.cents["ort"], row.cents["call"]) == (1000, 520, 250)
    assert (row.commuting_metres, row.client_metres) == (0, 24_000)
    assert row.confidence["standby"] == "E"


def test_calls_are_paid_also_where_they_are_no_work_for_the_law() -> None:
    """With the setting ``call`` the same turn-out is no part of the planned minutes, but paid."""
    instance = instance_of(calls="call")
    row = only_week(instance, duty(instance, "b", 4, (1620, 1680)))
    assert (row.planned, row.calls, row.cents["wage"]) == (0, 60, 2000)


@pytest.mark.parametrize(
    ("stops", "paid"),
    [
        # 23:00-02:00 and 03:00-06:00: six of the eight hours from 23:00 are worked, so until 07:00 all is call work
        (((1380, 1560), (1620, 1800)), 480),
        # a minute less: 180 + 179, as worked
        (((1380, 1560), (1620, 1799)), 359),
        # from 00:30 the block would end at 08:30; the standby ends at 07:00
        (((1470, 1650), (1681, 1861)), 391),
    ],
)
def test_the_rule_of_75_percent(stops: tuple[tuple[int, int], ...], paid: int) -> None:
    """Six of eight hours worked from the first call on make the whole block call work, within the standby."""
    instance = instance_of()
    time = paid_time(instance, duty(instance, "b", 1, *stops))
    assert sum(end - start for start, end in time.calls) == paid


def test_standby_at_the_workplace_is_work() -> None:
    """Monday 23:00 to 07:00: no on-call pay; 7 hours at 47 and one at 22 %."""
    instance = instance_of()
    row = only_week(instance, duty(instance, "a", 0))
    assert row.standby == 0 and row.bands == {22: 60, 47: 420} and row.cents["standby"] == 0


def test_extra_days_from_2026_on() -> None:
    """24 hours of contract at 7.2 a duty are 4 days a week: of six days two are extra; in 2025 none is paid.

    In the week of 29 December 2025 the last two of six days are 2 and 3 January: both paid.
    """
    def paid(monday: date) -> int:
        instance = instance_of(monday)
        return only_week(instance, *(duty(instance, "d", day) for day in range(6))).cents["extra_days"]

    assert [paid(each) for each in (MONDAY, date(2025, 12, 22), date(2025, 12, 29))] == [5000, 0, 5000]
    nobody = Nurse(id="N", organisation="o", home="H", contract_minutes=0, born=date(1980, 1, 1))
    instance = instance_of(nurses=(nobody,))
    assert only_week(instance, duty(instance, "d", 0)).extra_days == 0


def test_leave_absence_and_tasks_are_paid_as_planned() -> None:
    """Two days of leave of 4.8 hours, one sick day of 4.8, a paid meeting of an hour on Tuesday at 20:00 (22 %)."""
    rows = (
        Availability(nurse="N", kind="leave", first=MONDAY, last=date(2026, 12, 8), minutes_per_day=288),
        Availability(nurse="N", kind="sick", first=date(2026, 12, 6), last=MONDAY, minutes_per_day=288),
    )
    meeting = Task(id="M", kind="meeting", organisation="o", nurse="N", day=date(2026, 12, 8), from_time=1200,
                   until_time=1260, minutes=60, in_route=False)  # fmt: skip
    unpaid = meeting.model_copy(update={"id": "U", "paid": False})
    row = only_week(instance_of(availability=rows, tasks=(meeting, unpaid)))
    assert (row.leave, row.absence, row.tasks, row.paid) == (576, 288, 60, 924)
    assert row.net == 1440 - 576 - 288 - 60
    assert row.cents["wage"] == 924 * 2000 // 60 and row.bands == {22: 60}
    assert row.cents["ort"] == 440  # 2000 x 22 %


def test_the_balance_runs_over_the_weeks() -> None:
    """Opening 5 hours; two weeks of 24 hours of contract, 22.5 and 0 worked: 3.5, then -20.5."""
    opening = (Counter(nurse="N", counter="balance_minutes", value=300),)
    instance = instance_of(weeks=2, counters=opening)
    found = account(instance, *(duty(instance, "d", day) for day in range(3)))
    assert [row.after for row in found.weeks] == [210, -1230]
    total = found.nurses[0]
    assert (total.before, total.after, total.contract, total.over) == (300, -1230, 2880, -1530)


def test_without_routes_kilometres_are_unknown() -> None:
    """No kilometres and no amount for them; the cost is that of the rest."""
    instance = instance_of()
    found = account(instance, duty(instance, "d", 0), with_routes=False)
    row = found.weeks[0]
    assert row.commuting_metres is None and "commuting" not in row.cents and "client_km" not in row.cents
    assert row.cents["employer_cost"] == 21_750
    table = hours_table(instance, found)
    keys = [column.key for column in table.columns]
    assert table.rows[0][keys.index("commuting_km")] is None
    assert any("routes" in note for note in table.notes)


def test_bicycles_have_commuting_but_no_client_kilometres() -> None:
    """Client kilometres are for the own car only."""
    rider = Nurse(id="N", organisation="o", home="H", contract_minutes=1440, born=date(1980, 1, 1), mode="ebike")
    instance = instance_of(nurses=(rider,))
    row = only_week(instance, duty(instance, "d", 0, (500, 530), (900, 930), pause=(700, 730)))
    assert (row.commuting_metres, row.client_metres, row.cents["client_km"]) == (24_000, 0, 0)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("dvlng"), st.integers(0, 6)), max_size=7, unique_by=lambda each: each[1]))
def test_minutes_over_the_bands_are_the_minutes_worked(chosen: list[tuple[str, int]]) -> None:
    """Over all weeks: bands sum to work, and sums of rows are sums of amounts."""
    instance = instance_of()
    duties = [duty(instance, kind, day) for kind, day in chosen]
    found = account(instance, *duties)
    worked = sum(480 - instance.kind_by_id[kind].break_minutes for kind, _ in chosen)
    assert sum(found.total.bands.values()) == worked == found.total.planned == found.total.paid
    for name in AMOUNTS:
        assert found.total.cents[name] == sum(row.cents[name] for row in found.weeks)


def test_sums_of_rows_carry_the_least_sure_code() -> None:
    """B and E make E; the balance of a nurse is that of her first and last week."""
    one = PayRow("week", "N", "o", MONDAY, before=10, after=20, cents={"wage": 5}, confidence={"wage": "B"})
    two = PayRow("week", "N", "o", MONDAY, before=20, after=5, cents={"wage": 7}, confidence={"wage": "E"})
    assert sum_of_rows((one, two), "total").confidence == {"wage": "E"}
    row = nurse_row((one, two))
    assert (row.before, row.after, row.cents) == (10, 5, {"wage": 12})
    assert sum_of_rows((one, two), "organisation", "o").before == 30


def test_the_table_says_what_its_amounts_rest_on() -> None:
    """Each amount has a source; the standby rates are named as an estimate where they are used."""
    instance = instance_of()
    table = hours_table(instance, account(instance, duty(instance, "b", 0)), "en")
    assert {each.amount for each in sources(instance)} == set(AMOUNTS)
    assert any("standby" in note and "no source" in note for note in table.notes)
    # Monday 22:00 to Tuesday 07:00: its standby, nothing else
    assert table.rows[0][-1] == "standby E, employer's cost E"
    heading, *rows = source_rows(table, "en")
    assert heading[0] == "amount" and ["wage", "FWG 45", "2000", "cents per hour", "[money]", "S", "", ""] in rows


def test_decimals_of_the_table_are_exact() -> None:
    """50 minutes are 0.83 hours, -50 are -0.83; half a hundredth goes away from zero."""
    instance = instance_of(counters=(Counter(nurse="N", counter="balance_minutes", value=-50),))
    table = hours_table(instance, account(instance))
    cells = dict(zip((column.key for column in table.columns), table.rows[0], strict=True))
    assert str(cells["before"]) == "-0.83" and str(cells["contract"]) == "24.00" and str(cells["wage_eur"]) == "0.00"
    assert cells["week"] == "2026-W50" and cells["monday"] == "2026-12-07"
