"""Whom to ask, tell and call after a repair, solved by hand: four nurses, five clients, one who called in sick."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from optimiser.domain.duty import ShiftKind
from optimiser.domain.events import Absent, Agreed, Cancelled, Event, Held, OtherMode, SlowTravel
from optimiser.domain.instance import Instance, Organisation
from optimiser.domain.people import Client, Nurse
from optimiser.domain.place import Place
from optimiser.domain.plan import Duty, Plan, Route, Stop, Unserved
from optimiser.domain.sharing import PRESETS
from optimiser.domain.work import Act, Task, Visit, Window
from optimiser.report.call_list import call_list, client_of
from optimiser.report.call_table import COLUMNS, call_rows
from optimiser.report.call_words import ask_signals, ask_warnings, ask_words, event_words, reason_words, small_words
from optimiser.report.calls import CallList, Limit
from optimiser.report.changes import changes_between

MONDAY = date(2026, 12, 7)
ABSENT = Absent(at=390, nurse="N1", first=MONDAY, last=MONDAY, duties=(("N1/2026-12-07/work", "D"),))
VISITS = {
    # visit: client, priority, time-critical, days on which it may be done
    "v1": ("c1", "normal", False, (0,)),
    "v2": ("c2", "high", False, (0,)),
    "v3": ("c3", "normal", True, (0,)),
    "v4": ("c4", "normal", False, (0, 2)),
    "v5": ("c5", "normal", False, (0,)),
    "v6": ("c1", "normal", False, (0,)),
}


@dataclass(frozen=True)
class Sentence:
    """A reason in words."""

    words: str

    def sentence(self, language: str) -> str:
        """The words with their language."""
        return f"{self.words} {language}"


@dataclass(frozen=True)
class Found:
    """What ``daily`` gives."""

    plan: Plan
    changes: tuple[Any, ...]
    tries: tuple[Any, ...] = ()
    to_ask: tuple[Any, ...] = ()


def instance() -> Instance:
    """A duty D from 07:00 to 15:30 with half an hour break: 8 hours. N2 has 8 hours a week, N3 24."""
    return Instance(
        name="hand", first_monday=MONDAY, weeks=1,
        organisations=(Organisation(id="a", name="A"), Organisation(id="b", name="B")),
        places=(Place(id="P", kind="client", latitude=51.9, longitude=4.4),),
        nurses=tuple(
            Nurse(id=f"N{n}", organisation="a" if n < 3 else "b", home="P", contract_minutes=480 if n == 2 else 1440,
                  born=date(1980, 1, 1))
            for n in range(1, 5)
        ),
        acts=(Act(id="act", name="Act", minutes=30),),
        clients=tuple(Client(id=f"c{n}", organisation="a" if n % 2 else "b", place="P") for n in range(1, 6)),
        tasks=(
            Task(id="T", kind="telephone", organisation="a", day=MONDAY, from_time=420, until_time=930, minutes=15),
        ),
        shift_kinds=(
            ShiftKind(id="D", code="D1", name="Dag", category="day", start=420, end=930, break_minutes=30,
                      break_from=660, break_until=840),
        ),
        visits=tuple(
            Visit(id=name, client=client, acts=("act",), minutes=30, priority=priority, time_critical=critical,
                  windows=tuple(Window(day=day, start=1440 * day + 420, end=1440 * day + 930) for day in days))
            for name, (client, priority, critical, days) in VISITS.items()
        ),
    )  # fmt: skip


def duty(nurse: str, *stops: tuple[str, int], day: int = 0) -> Duty:
    """A D with stops of 30 minutes."""
    when = date(2026, 12, 7 + day)
    made = tuple(
        Stop(what="task" if name == "T" else "visit", id=name, arrival=start, start=start, end=start + 30)
        for name, start in stops
    )
    return Duty(
        id=f"{nurse}/{when}/work", nurse=nurse, kind="D", day=when, lane="work", start=1440 * day + 420,
        end=1440 * day + 930, organisation="a", routes=(Route(stops=made),),
    )  # fmt: skip


def plan(*duties: Duty, events: tuple[Event, ...] = (), unserved: tuple[str, ...] = ()) -> Plan:
    """A plan that leaves these open."""
    left = tuple(Unserved(id=each, reason="no_room") for each in unserved)
    return Plan(instance="hand", fingerprint="f", contract=PRESETS["joint"], duties=duties, events=events,
                unserved=left, objective_terms={"travel": 50, "home_leg": 10})  # fmt: skip


PARENT = plan(
    duty("N1", ("v1", 480), ("v2", 540), ("v3", 600), ("v4", 660)), duty("N2", ("v5", 500), ("T", 560), ("v6", 620)),
    duty("N3", day=1),
)  # fmt: skip
NOW = plan(
    # v1 to N2 at the same time, v3 to N2 half an hour later, v2 and v4 to nobody; v5 ten minutes, v6 forty minutes
    duty("N2", ("v1", 480), ("v5", 510), ("T", 560), ("v3", 630), ("v6", 660)), duty("N3", day=1),
    events=(ABSENT,), unserved=("v2", "v4"),
)  # fmt: skip


def found(parent: Plan = PARENT, now: Plan = NOW, **more: Any) -> CallList:
    """The list."""
    clients = {name: row[0] for name, row in VISITS.items()}
    return call_list(instance(), parent, Found(now, changes_between(clients, parent, now), **more))


def candidate(nurse: str, **more: Any) -> SimpleNamespace:
    """Who may be asked for the D of Monday."""
    answer = SimpleNamespace(possible=True, duty=duty(nurse), blocking=None, signals=())
    answer.__dict__.update({key: more.pop(key) for key in ("possible", "blocking", "signals") if key in more})
    return SimpleNamespace(
        **{"nurse": nurse, "answer": answer, "wished_free": False, "on_free_day": False, "served": None, "travel": None}
        | more
    )


def test_clients_are_called_once_critical_first() -> None:
    """c3's visit is time-critical, c2's high; c1 has two (08:00 other nurse, 10:20 to 11:00), c4's is not done today;
    c5 moves ten minutes and is not called."""
    calls = found().to_call
    assert [(each.client, each.priority) for each in calls] == [
        ("c3", "critical"), ("c2", "high"), ("c1", "normal"), ("c4", "normal"),
    ]  # fmt: skip
    assert [each.organisation for each in calls] == ["a", "b", "a", "b"]
    both = calls[2].visits
    assert [(each.visit, each.before[0].start, each.after[0].start) for each in both] == [
        ("v1", 480, 480), ("v6", 620, 660),
    ]  # fmt: skip
    assert calls[3].visits[0].after == ()


def test_another_day_comes_later_however_urgent() -> None:
    """A critical visit of Tuesday is called after the normal ones of Monday."""
    parent = plan(duty("N2", ("v1", 480)), duty("N3", ("v3", 1920), day=1))
    now = plan(duty("N2", ("v1", 540)), duty("N3", ("v3", 2000), day=1))
    assert [each.client for each in found(parent, now).to_call] == ["c1", "c3"]


def test_colleagues_hear_what_comes_goes_and_moves() -> None:
    """N2 gets v1 and v3, her v6 moves by 40 minutes, v5 by ten (small). N1 called in sick herself and is not told."""
    (row,) = found().to_tell
    assert row.nurse == "N2" and row.to_call
    assert [each.work for each in row.comes] == ["v1", "v3"]
    assert [each.work for each in row.moves] == ["v6"]
    assert (row.goes, row.small, row.gets, row.loses) == ((), 1, (), ())


def test_a_sick_nurse_hears_of_what_changes_on_other_days() -> None:
    """N1 is absent on Monday and gets a visit on Tuesday: then she is on the list."""
    parent = plan(duty("N1", ("v1", 480)), duty("N1", day=1))
    now = plan(duty("N1", ("v4", 1920), day=1), events=(ABSENT,), unserved=("v1",))
    (row,) = found(parent, now).to_tell
    assert [each.work for each in row.comes] == ["v4"]


def test_a_duty_that_changed_hands_is_told_to_both() -> None:
    """N3 takes N2's Monday by agreement: N2 loses the duty, N3 gets it; the visits count for the client."""
    event = Agreed(at=390, gone=(("N2", MONDAY, "D"),), new=(("N3", MONDAY, "D"),))
    listed = found(plan(duty("N2", ("v1", 480))), plan(duty("N3", ("v1", 480)), events=(event,)))
    rows = {row.nurse: row for row in listed.to_tell}
    assert [each.id for each in rows["N2"].loses] == ["N2/2026-12-07/work"]
    assert [each.id for each in rows["N3"].gets] == ["N3/2026-12-07/work"]
    assert event_words(instance(), event, "nl") == "N2 staat af: Dag 7 december · N3 neemt: Dag 7 december"
    assert len(listed.to_call) == 1


def test_small_changes_need_a_message_only_and_come_last() -> None:
    """N2's visit moves by 15 minutes and N3's by 16: N3 is called, N2 gets a message."""
    parent = plan(duty("N2", ("v1", 480)), duty("N3", ("v2", 600)))
    now = plan(duty("N2", ("v1", 495)), duty("N3", ("v2", 616)))
    rows = found(parent, now).to_tell
    assert [(row.nurse, row.to_call, row.small) for row in rows] == [("N3", True, 0), ("N2", False, 1)]
    assert small_words(rows[1], "en") == ("1 time moves by at most 15 minutes: see the new route page.",)
    assert small_words(rows[0], "en") == ()


def test_open_work_tells_what_is_new_and_how_long_it_can_wait() -> None:
    """v2 (high) and v4 (can wait until Wednesday) fell open; v1 was open and still can be done. At 15:30 it cannot."""
    parent = plan(*PARENT.duties, unserved=("v1",))
    now = plan(*NOW.duties, events=(ABSENT,), unserved=("v1", "v2", "v4"))
    rows = found(parent, now).still_open
    assert [(row.work, row.new, row.start, row.end, row.last) for row in rows] == [
        ("v2", True, 420, 930, 930), ("v4", True, 420, 930, 3810), ("v1", False, 420, 930, 930),
    ]  # fmt: skip
    later = plan(*NOW.duties, events=(ABSENT.model_copy(update={"at": 930}),), unserved=("v1", "v2", "v4"))
    assert [(row.work, row.start) for row in found(parent, later).still_open] == [("v2", 420), ("v4", 3300)]


def test_whom_to_ask_stays_in_order_with_hours_over_contract() -> None:
    """The D is 8 hours. N3 has 24 a week and one D on Tuesday: 8 + 8 - 24 = 8 hours under. N2, with 8 hours and a D on
    Monday already (here only to count): 8 + 8 - 8 = 8 hours over."""
    those = (
        candidate("N3", served=2, travel=-5, wished_free=True, signals=(Sentence("short rest"),)),
        candidate("N2", served=1, travel=12, on_free_day=True),
        candidate("N4", possible=False, blocking=Sentence("not rested")),
    )
    fell = SimpleNamespace(day=MONDAY, kind="D", nurse="N1")
    (fill,) = found(to_ask=((fell, those),)).to_fill
    assert (fill.start, fill.end, fill.had) == (420, 930, "N1")
    assert [(ask.nurse, ask.over) for ask in fill.asks] == [("N3", -480), ("N2", 480), ("N4", -960)]
    first, second, third = fill.asks
    assert ask_words(first, "nl") == (
        "Kan", "", ("2 bezoeken en taken minder open", "−5 min reistijd", "8 uur onder contract die week"),
    )  # fmt: skip
    assert ask_warnings(first, "nl") == ("Liever niet: vrij gevraagd",)
    assert ask_signals(first, "nl") == ("short rest nl",)
    assert ask_words(second, "en")[2] == (
        "1 visit or task less open", "+12 min travel", "8 h over contract that week",
    )  # fmt: skip
    assert ask_warnings(second, "en") == ("Rather not: amid free days",)
    assert ask_words(third, "nl") == ("Kan niet", "not rested nl", ())
    assert "precies haar contract die week" in ask_words(replace(first, over=0), "nl")[2]
    assert ask_warnings(replace(third, wished_free=True), "nl") == ()


def test_limits_hold_each_plan_once_and_the_chosen_one() -> None:
    """Two tries alike make one row; the chosen plan (3 changed visits that are still done: v1, v3, v6; 2 open; travel
    50 + 10) stands among them though it was no try."""
    tries = tuple(SimpleNamespace(plan=NOW, changed=c, open_work=o, travel=t) for c, o, t in ((5, 1, 70), (5, 1, 70)))
    assert found(tries=tries).limits == (Limit(5, 1, 70, False), Limit(3, 2, 60, True))


def test_cancelled_by_the_client_needs_no_call_by_the_team_does() -> None:
    """v1 is cancelled: the client who did it knows; when the team did, the client is called."""
    parent = plan(duty("N2", ("v1", 480)))
    for by, called in (("client", []), ("team", ["c1"])):
        now = plan(duty("N2"), events=(Cancelled(at=390, visits=("v1",), by=by),))
        listed = found(parent, now)
        assert [each.client for each in listed.to_call] == called
        assert [len(row.goes) for row in listed.to_tell] == [1]
        assert event_words(instance(), listed.happened[0], "nl").startswith("Afgezegd door ")


def test_her_own_delay_is_no_news_to_a_late_nurse() -> None:
    """The task that stands for N2's delay is not told to her; the visit after it that moves is."""
    event = Held(at=470, nurse="N2", id="late-N2-1", day=MONDAY, start=430, minutes=60)
    parent = plan(duty("N2", ("v1", 480)))
    stop = Stop(what="task", id="late-N2-1", arrival=430, start=430, end=490)
    late = duty("N2", ("v1", 540))
    late = late.model_copy(update={"routes": (Route(stops=(stop, *late.stops)),)})
    (row,) = found(parent, plan(late, events=(event,))).to_tell
    assert (row.comes, [each.work for each in row.moves]) == ((), ["v1"])


@pytest.mark.parametrize("event", [
    ABSENT,
    Held(at=390, nurse="N1", id="late-N1-1", day=MONDAY, start=430, minutes=30),
    OtherMode(at=390, nurse="N1", first=MONDAY, last=MONDAY, mode="bicycle"),
])  # fmt: skip
def test_a_reason_never_names_a_colleague_and_calls_the_reader_you(event: Event) -> None:
    """The manager reads who; N2 reads of a colleague; N1 of herself."""
    change = changes_between({"v1": "c1"}, plan(duty("N1", ("v1", 480))), plan(duty("N2", ("v1", 480)),
                             events=(event,)))[0]  # fmt: skip
    assert "N1" in reason_words(change, "nl")
    assert "Noor" in reason_words(change, "nl", lambda _: "Noor")
    quiet = reason_words(change, "nl", quiet_for="N2")
    assert "N1" not in quiet and "collega" in quiet
    own = reason_words(change, "nl", quiet_for="N1")
    assert "N1" not in own and own.startswith("u ")
    assert "N1" in event_words(instance(), event, "nl")


def test_events_say_the_reason_that_was_given() -> None:
    """Free text stands behind the event; snow says how much longer."""
    snow = SlowTravel(at=390, day=MONDAY, percent=150, reason="ijzel")
    assert event_words(instance(), snow, "nl") == "Reistijd 50% langer: 7 december (ijzel)"


def test_the_table_holds_ids_and_moments_only() -> None:
    """A row for each nurse to ask, change to tell, visit to call, open work and limit; numbered in each part."""
    fell = SimpleNamespace(day=MONDAY, kind="D", nurse="N1")
    listed = found(to_ask=((fell, (candidate("N3"),)),))
    headings, rows = call_rows(instance(), listed, "nl")
    assert len(headings) == len(COLUMNS) and {len(row) for row in rows} == {len(COLUMNS)}
    assert [row[0] for row in rows] == ["vragen"] + 4 * ["inlichten"] + 5 * ["bellen"] + 2 * ["open"] + ["grens"]
    assert [row[1] for row in rows if row[0] == "bellen"] == ["1", "2", "3", "4", "5"]
    first = next(row for row in rows if row[0] == "bellen")
    assert first[2:10] == ["c3", "v3", "N1", "2026-12-07T10:00", "N2", "2026-12-07T10:30", "Kritiek", "a"]
    assert first[10] == "Andere tijd en medewerker: N1 is afwezig"


def test_nothing_changed_gives_an_empty_list() -> None:
    """The same plan again: nobody to call."""
    listed = found(PARENT, PARENT)
    assert (listed.to_tell, listed.to_call, listed.still_open, listed.to_fill) == ((), (), (), ())
    assert listed.limits == (Limit(0, 0, 60, True),)


def test_the_client_of_work_that_left_the_tables() -> None:
    """A task has none; an unknown visit neither."""
    assert [client_of(instance(), work) for work in ("v2", "T", "gone/2026-12-07/1")] == ["c2", "", ""]
