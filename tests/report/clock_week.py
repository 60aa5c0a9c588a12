"""A week by hand in which the clock goes back: a night over it, a split shift, a standby, a day with a route."""

from __future__ import annotations

from datetime import date

from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance, Organisation
from optimiser.domain.people import Counter, Nurse
from optimiser.domain.place import Place
from optimiser.domain.plan import Duty, Plan, Route, Stop
from optimiser.domain.sharing import PRESETS
from optimiser.domain.work import Task

MONDAY = date(2026, 10, 19)
"""The week that ends with the Sunday on which 03:00 becomes 02:00."""
SATURDAY, SUNDAY = date(2026, 10, 24), date(2026, 10, 25)
KINDS = (
    ShiftKind(id="nacht", code="N", name="Nacht", category="night", start=1380, end=1860),
    ShiftKind(id="gebroken", code="G", name="Gebroken", category="split", start=420, end=660, second_start=1020,
              second_end=1260),
    ShiftKind(id="dag", code="D", name="Dag", category="day", start=420, end=900, break_minutes=30, break_from=600,
              break_until=780),
    ShiftKind(id="thuis", code="B", name="Bereikbaar", lane="standby", category="night", start=1380, end=1860),
)  # fmt: skip


def week() -> Instance:
    """Two nurses of one organisation, one task."""
    return Instance(
        name="klok", first_monday=MONDAY, weeks=1, organisations=(Organisation(id="a", name="Aafje"),),
        districts=(), places=(Place(id="P1", kind="home", latitude=51.9, longitude=4.4),
                              Place(id="P2", kind="base", latitude=51.95, longitude=4.5)),
        nurses=tuple(
            Nurse(id=each, organisation="a", home="P1", contract_minutes=1440, born=date(1980, 1, 1))
            for each in ("n1", "n2")
        ),
        counters=(Counter(nurse="n1", counter="balance_minutes", value=60),),
        tasks=(Task(id="T1", kind="depot", organisation="a", place="P2", day=MONDAY, from_time=480, until_time=900,
                    minutes=30),),
        shift_kinds=KINDS, visits=(), nurse_skills=(), availability=(), wishes=(), acts=(), clients=(),
        client_nurses=(), orders=(), cover=(), provenance={},
    )  # fmt: skip


def duty(instance: Instance, nurse: str, kind: str, day: date, stops: tuple[Stop, ...] = ()) -> Duty:
    """A duty by its kind's clock times."""
    named, number = instance.kind_by_id[kind], instance.clock.day_number(day)
    return Duty(
        id=f"{nurse}/{day}/{named.lane}", nurse=nurse, kind=kind, day=day, lane=named.lane,
        start=instance.clock.at(number, named.start), end=instance.clock.at(number, named.last_end),
        organisation="a", routes=(Route(stops=stops),) if stops else (),
    )  # fmt: skip


def planned(instance: Instance) -> Plan:
    """n1: a day with the task and a break, a night over the change of the clock; n2: a split shift, a standby."""
    stops = (
        Stop(what="task", id="T1", arrival=500, start=500, end=530),
        Stop(what="break", id="break", arrival=610, start=610, end=640),
    )
    return Plan(
        instance="klok", fingerprint=instance.fingerprint, contract=PRESETS["joint"],
        duties=(duty(instance, "n2", "thuis", SUNDAY), duty(instance, "n1", "nacht", SATURDAY),
                duty(instance, "n1", "dag", MONDAY, stops), duty(instance, "n2", "gebroken", SATURDAY)),
    )  # fmt: skip
