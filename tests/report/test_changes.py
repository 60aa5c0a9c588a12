"""What a plan changes against the one that was told: counted or not, why, and whom it touches. Solved by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from optimiser.domain.events import (
    Absent,
    Accepted,
    Agreed,
    Cancelled,
    Event,
    Held,
    OtherMode,
    Referral,
    SlowTravel,
)
from optimiser.domain.plan import Duty, Plan, Route, Stop
from optimiser.domain.sharing import PRESETS
from optimiser.domain.work import Order
from optimiser.report.changes import Change, Place, changed_visits, changes_between, touched_nurses
from optimiser.report.told import followers, other_partners, other_travel, told_nurses

MONDAY = date(2026, 12, 7)
CLIENTS = {"O-1/2026-12-07/1": "C1", "O-2/2026-12-07/1": "C2", "O-3/2026-12-07/1": "C3"}
ONE, TWO, THREE = CLIENTS


def duty(nurse: str, *stops: tuple[str, int] | tuple[str, int, int], follows: str | None = None) -> Duty:
    """A day duty from 07:00 to 16:00 on Monday with stops of 30 minutes: (work, start) or (work, start, part)."""
    made = tuple(
        Stop(what="visit" if each[0] in CLIENTS else "task", id=each[0], part=2 if each[2:] == (2,) else 1,
             arrival=each[1], start=each[1], end=each[1] + 30)
        for each in stops
    )  # fmt: skip
    return Duty(
        id=f"{nurse}/2026-12-07/work", nurse=nurse, kind="D", day=MONDAY, lane="work", start=420, end=960,
        organisation="a", follows=follows, routes=(Route(stops=made),) if made else (),
    )  # fmt: skip


def plan(*duties: Duty, events: Sequence[Event] = ()) -> Plan:
    """A plan of these duties in which these events happened."""
    return Plan(instance="small", fingerprint="f", contract=PRESETS["joint"], duties=duties, events=tuple(events))


def only(parent: Plan, now: Plan) -> Change:
    """The one change between two plans."""
    (change,) = changes_between(CLIENTS, parent, now)
    return change


@pytest.mark.parametrize(("minutes", "counted"), [(15, False), (-15, False), (16, True), (-16, True), (1, False)])
def test_a_client_is_called_from_sixteen_minutes_on(minutes: int, counted: bool) -> None:
    """Told 10:00; a quarter of an hour either way has not changed for the client, a minute more has."""
    change = only(plan(duty("N1", (ONE, 600))), plan(duty("N1", (ONE, 600 + minutes))))
    assert change.counted is counted
    assert changed_visits((change,)) == ({ONE} if counted else set())
    assert change.nurses == ("N1",)


def test_another_nurse_counts_at_the_same_minute() -> None:
    """Same time, other face: a change; it touches both."""
    change = only(plan(duty("N1", (ONE, 600)), duty("N2")), plan(duty("N1"), duty("N2", (ONE, 600))))
    assert change.counted and change.nurses == ("N1", "N2")
    assert change.client == "C1"


def test_not_done_and_newly_done_count_but_are_no_changed_visits() -> None:
    """Work that falls out or comes in is counted; the term ``changed_visit`` holds what is done before and after."""
    gone = only(plan(duty("N1", (ONE, 600))), plan(duty("N1")))
    new = only(plan(duty("N1")), plan(duty("N1", (ONE, 600))))
    assert gone.after is None and new.before is None
    assert gone.counted and new.counted
    assert changed_visits((gone, new)) == set()


def test_a_task_has_no_client() -> None:
    """A moved task is a change for the nurse, never a changed visit."""
    change = only(plan(duty("N1", ("T-1", 600))), plan(duty("N1", ("T-1", 700))))
    assert change.client == "" and change.counted
    assert changed_visits((change,)) == set()


def test_the_same_start_with_other_arrival_is_no_change() -> None:
    """Driving longer to the same visit changes her page, not the visit; she is touched all the same."""
    before = duty("N1", (ONE, 600))
    stop = before.stops[0].model_copy(update={"arrival": 590})
    after = before.model_copy(update={"routes": (Route(stops=(stop,)),)})
    assert changes_between(CLIENTS, plan(before), plan(after)) == ()
    assert touched_nurses(plan(before), plan(after)) == ("N1",)


ABSENT = Absent(at=390, nurse="N1", first=MONDAY, last=MONDAY, duties=(("N1/2026-12-07/work", "D"),))
ORDER = Order(id="O-3", client="C3", acts=("a",), rhythm="daily", windows=((480, 720),), first=MONDAY)
REASONS: list[tuple[Event, str, str]] = [
    (ABSENT, "absent", "N1"),
    (Agreed(at=390, gone=(("N1", MONDAY, "D"),), new=(("N2", MONDAY, "D"),)), "agreed", "N1"),
    (Held(at=390, nurse="N1", id="late-N1-1", day=MONDAY, start=430, minutes=30), "late", "N1"),
    (OtherMode(at=390, nurse="N1", first=MONDAY, last=MONDAY, mode="bicycle"), "mode", "N1"),
    (SlowTravel(at=390, day=MONDAY, percent=150), "slow", "2026-12-07"),
]


@pytest.mark.parametrize(("event", "reason", "because"), REASONS, ids=[each[1] for each in REASONS])
def test_what_happened_to_her_is_the_reason(event: Event, reason: str, because: str) -> None:
    """N1's visit of 10:00 goes to N2; the event that touched N1 or the day is the reason, in both languages."""
    parent = plan(duty("N1", (ONE, 600)), duty("N2"))
    change = only(parent, plan(duty("N1"), duty("N2", (ONE, 600)), events=[event]))
    assert (change.reason, change.because) == (reason, because)
    assert because in change.sentence("nl") and because in change.sentence("en")


def test_a_cancelled_visit_is_not_counted() -> None:
    """Who cancelled knows it: no change to be told; by whom stands in the reason."""
    event = Cancelled(at=390, visits=(ONE,), by="client")
    change = only(plan(duty("N1", (ONE, 600))), plan(duty("N1"), events=[event]))
    assert (change.reason, change.because, change.counted) == ("cancelled", "client", False)


def test_a_new_order_is_the_reason_of_its_visits() -> None:
    """A visit of the accepted order comes in: counted, and named by the order."""
    event = Accepted(at=390, referral=Referral(order=ORDER))
    change = only(plan(duty("N1")), plan(duty("N1", (THREE, 600)), events=[event]))
    assert (change.reason, change.because, change.counted) == ("accepted", "O-3", True)


def test_the_other_part_of_a_pair_and_room_for_others() -> None:
    """N1 is absent: N3 does her part half an hour later; N2's part moves along (pair), and N2's other visit makes
    room."""
    parent = plan(duty("N1", (ONE, 600)), duty("N2", (ONE, 600, 2), (TWO, 660)), duty("N3"))
    now = plan(duty("N2", (ONE, 630, 2), (TWO, 690)), duty("N3", (ONE, 630)), events=[ABSENT])
    found = {(each.work, each.part): each for each in changes_between(CLIENTS, parent, now)}
    assert {key: each.reason for key, each in found.items()} == {
        (ONE, 1): "absent", (ONE, 2): "pair", (TWO, 1): "room",
    }  # fmt: skip
    assert found[ONE, 2].because == ONE
    assert list(found) == [(ONE, 1), (ONE, 2), (TWO, 1)]  # in order of time: 10:30, 10:30, 11:30


def test_what_was_over_before_she_fell_ill_has_another_reason() -> None:
    """Absent from 06:30 known at 11:00 (660): a visit that began at 10:00 did not change by it."""
    event = ABSENT.model_copy(update={"at": 660})
    change = only(plan(duty("N1", (ONE, 600))), plan(duty("N1", (ONE, 620)), events=[event]))
    assert change.reason == "room"


def test_an_event_that_was_told_before_is_no_reason_now() -> None:
    """Only events since the parent explain its changes."""
    parent = plan(duty("N1", (ONE, 600)), events=[ABSENT])
    assert only(parent, plan(duty("N1", (ONE, 650)), events=[ABSENT])).reason == "room"


def test_places_hold_minutes_and_duties() -> None:
    """10:00 to 10:30 in the work duty of that day."""
    change = only(plan(duty("N1", (ONE, 600))), plan(duty("N1", (ONE, 700))))
    assert change.before == Place("N1", 600, 630, "N1/2026-12-07/work")
    assert change.after == Place("N1", 700, 730, "N1/2026-12-07/work")


def test_who_is_told_beyond_who_is_touched() -> None:
    """N4 does visit one with N2 instead of N1; the student follows N3, who gets visit two. Neither has other duties."""
    parent = plan(
        duty("N1", (ONE, 600), (TWO, 700)), duty("N2"), duty("N3"), duty("N4", (ONE, 600, 2)), duty("S", follows="N3"),
        duty("N5", (THREE, 600)),
    )  # fmt: skip
    now = plan(
        duty("N2", (ONE, 600)), duty("N3", (TWO, 700)), duty("N4", (ONE, 600, 2)), duty("S", follows="N3"),
        duty("N5", (THREE, 600)), events=[ABSENT],
    )  # fmt: skip
    assert touched_nurses(parent, now) == ("N1", "N2", "N3")
    assert other_partners(parent, now) == {"N4": ((ONE, "N2"),)}
    assert followers(parent, now) == {"S": "N3"}
    assert told_nurses(parent, now) == ("N1", "N2", "N3", "N4", "S")


def test_longer_travel_is_told_to_who_has_a_route_to_come() -> None:
    """Snow: N1 drives, N2 was under way, N3 has no route, the student follows N1; their duties stay to the minute."""
    duties = (duty("N1", (ONE, 600)), duty("N2", (TWO, 600)), duty("N3"), duty("S", follows="N1"))
    now = plan(*duties, events=[SlowTravel(at=390, day=MONDAY, percent=150, under_way=("N2",))])
    assert touched_nurses(plan(*duties), now) == ()
    assert other_travel(plan(*duties), now) == ("N1",)
    assert told_nurses(plan(*duties), now) == ("N1", "S")
    bicycle = OtherMode(at=390, nurse="N2", first=MONDAY, last=MONDAY, mode="bicycle")
    assert told_nurses(plan(*duties), plan(*duties, events=[bicycle])) == ("N2",)
