"""The nouns that several rooms build on: work of a duty, net contract, objective, identity."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from optimiser.domain.duty import ShiftKind
from optimiser.domain.duty_work import planned_minutes_by_week, work_blocks
from optimiser.domain.instance import Instance, Organisation, Settings
from optimiser.domain.objective import HARD_SCALAR, TERMS, Objective, ObjectiveWeights, weigh
from optimiser.domain.people import Availability, Nurse
from optimiser.domain.place import Place
from optimiser.domain.plan import Duty, Route, Stop
from optimiser.domain.work import Act, Task

MONDAY = date(2026, 12, 7)
KINDS = (
    ShiftKind(id="D", code="D", name="Dag", category="day", start=420, end=930, break_minutes=30, break_from=600,
              break_until=780),
    ShiftKind(id="N", code="N", name="Nacht", category="night", start=1380, end=1860),
    ShiftKind(id="B", code="B", name="Bereikbaar", category="night", lane="standby", start=1380, end=1860),
    ShiftKind(id="S", code="S", name="Slaap", category="night", lane="standby", start=1380, end=1860,
              at_workplace=True),
    ShiftKind(id="G", code="G", name="Gebroken", category="split", start=420, end=660, second_start=1020,
              second_end=1260),
)  # fmt: skip


def build(**changes: Any) -> Instance:
    """One nurse of 24 hours, no clients."""
    fields: dict[str, Any] = {
        "name": "tiny", "first_monday": MONDAY, "weeks": 1, "organisations": (Organisation(id="a", name="A"),),
        "places": (Place(id="H", kind="home", latitude=51.9, longitude=4.5),),
        "nurses": (Nurse(id="N1", organisation="a", home="H", contract_minutes=1440, born=date(1980, 1, 1)),),
        "acts": (Act(id="act", name="Act", minutes=25),), "clients": (), "visits": (), "shift_kinds": KINDS,
    }  # fmt: skip
    return Instance(**(fields | changes))


def duty(kind: str, day: int = 0, stops: tuple[tuple[int, int], ...] = ()) -> Duty:
    """A duty of a kind on a day number, with stops at horizon minutes."""
    chosen = {each.id: each for each in KINDS}[kind]
    route = Route(stops=tuple(Stop(what="visit", id="V", arrival=a, start=a, end=b) for a, b in stops))
    return Duty(
        id=f"N1/{day}", nurse="N1", kind=kind, day=date(2026, 12, 7 + day), lane=chosen.lane,
        start=1440 * day + chosen.start, end=1440 * day + chosen.last_end, organisation="a", routes=(route,),
    )  # fmt: skip


def minutes(instance: Instance, given: Duty) -> list[tuple[int, int, int]]:
    """The work of a duty as plain numbers."""
    return [(each.start, each.end, each.minutes) for each in work_blocks(instance, given)]


def test_work_is_the_segments_less_the_break() -> None:
    """8.5 hours with half an hour of break are 480 minutes; a split shift has two blocks; a sleep-in counts fully."""
    assert minutes(build(), duty("D")) == [(420, 930, 480)]
    assert minutes(build(), duty("G")) == [(420, 660, 240), (1020, 1260, 240)]
    assert minutes(build(), duty("S")) == [(1380, 1860, 480)]


def test_standby_from_home_is_work_by_its_turnouts() -> None:
    """Stops at most 30 minutes apart are one turn-out; read as calls they are no work."""
    given = duty("B", stops=((1400, 1430), (1460, 1490), (1521, 1540)))
    # 1460 - 1430 = 30: the same turn-out; 1521 - 1490 = 31: another
    assert minutes(build(), given) == [(1400, 1490, 90), (1521, 1540, 19)]
    assert minutes(build(settings=Settings(planned_work_in_standby="call")), given) == []


def test_a_sunday_night_counts_in_two_weeks() -> None:
    """23:00 to 07:00: one hour in this week, seven in the next."""
    assert planned_minutes_by_week(build(), duty("N", day=6)) == {0: 60, 1: 420}


def test_net_contract_takes_leave_and_paid_tasks_off() -> None:
    """24 hours less two days of 4.8 hours and a paid meeting of an hour; never below zero."""
    leave = Availability(
        nurse="N1", kind="leave", first=date(2026, 12, 12), last=date(2026, 12, 15), minutes_per_day=288
    )
    meeting = Task(
        id="T", kind="meeting", organisation="a", nurse="N1", day=MONDAY, from_time=780, until_time=840, minutes=60,
        in_route=False,
    )  # fmt: skip
    # of the four days of leave the first two lie in week 0: 1440 - 576 - 60 = 804; week 1: 1440 - 576
    instance = build(availability=(leave,), tasks=(meeting,), weeks=2)
    assert [instance.net_contract_minutes("N1", week) for week in (0, 1)] == [804, 864]
    long = leave.model_copy(update={"minutes_per_day": 2000})
    assert build(availability=(long,)).net_contract_minutes("N1", 0) == 0


def test_the_objective_weighs_each_term_once() -> None:
    """One of each term costs the sum of its level's weights; hard ones dominate the scalar."""
    weights = ObjectiveWeights()
    found = weigh({term.name: 1 for term in TERMS}, weights, hard=2)
    unserved = 5000 + 2000 + 1000 + 3000
    rest = sum(dict(weights).values()) - unserved
    assert found == Objective(hard=2, unserved=unserved, rest=rest)
    assert found.scalar == 2 * HARD_SCALAR + unserved + rest
    assert Objective(hard=0, unserved=9, rest=9).key() < Objective(hard=1, unserved=0, rest=0).key()
    with pytest.raises(KeyError):
        weigh({}, weights, hard=0)


def test_a_weight_that_came_later_keeps_old_plans_theirs() -> None:
    """At its usual value ``base_changed`` is no part of the identity of an instance; at another it is."""
    usual, other = (build(weights=ObjectiveWeights(base_changed=price)) for price in (120, 121))
    assert usual.fingerprint == build().fingerprint != other.fingerprint
    newer = {"base_changed", "surplus_standby", "late_calls", "call_travel"}
    old = {name: value for name, value in dict(ObjectiveWeights()).items() if name not in newer}
    written = json.dumps(old, separators=(",", ":")).encode()
    assert usual.row_hashes["instance/weights"] == hashlib.sha256(written).hexdigest()[:12]


def test_every_weight_is_a_term_and_the_other_way_round() -> None:
    """No weight without a term, no term without a weight."""
    assert {term.name for term in TERMS} == set(ObjectiveWeights.model_fields)


def test_the_fingerprint_follows_the_content() -> None:
    """Equal content, equal fingerprint; one changed cell changes it and one row hash."""
    one, same = build(), build()
    other = build(nurses=(one.nurses[0].model_copy(update={"contract_minutes": 1500}),))
    assert one.fingerprint == same.fingerprint != other.fingerprint
    assert [key for key, value in one.row_hashes.items() if other.row_hashes[key] != value] == ["nurses/N1"]


def test_nouns_are_frozen_and_refuse_unknown_fields() -> None:
    """A noun cannot be changed, and a field with a typing error is not ignored."""
    nurse = build().nurses[0]
    with pytest.raises(ValidationError):
        nurse.level = 5
    with pytest.raises(ValidationError):
        Organisation.model_validate({"id": "a", "name": "A", "homelegs": "inside"})
