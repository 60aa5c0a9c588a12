"""The small team after a morning call: N2 is absent on Monday, and a colleague took over what she could. By hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from optimiser.domain.events import Absent
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan, Route, Stop, Unserved
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.call_list import call_list
from optimiser.report.calls import CallList
from optimiser.report.changes import Change, changes_between
from optimiser.travel.engine import travel_matrix

MONDAY = date(2026, 12, 7)
SICK = "N2/2026-12-07/work"


@dataclass(frozen=True)
class Repaired:
    """Tables, travel and plan after the call, what was told before, the changes, the list, and names with numbers."""

    now: Instance
    travel: TravelMatrix
    parent: Plan
    plan: Plan
    changes: tuple[Change, ...]
    calls: CallList
    names: dict[str, Any]


@dataclass(frozen=True)
class Sentence:
    """A finding in words."""

    words: str

    def sentence(self, _: str) -> str:
        """The words."""
        return self.words


def repaired_team(team: Any) -> Repaired:
    """N1 loses her last visit of Monday for N2's first one, and her own first one moves 16 minutes; N2's others stay
    open."""
    parent = team.plan.model_copy(update={"published": datetime(2026, 11, 2, 9)})
    by_id = {duty.id: duty for duty in parent.duties}
    sick = by_id[SICK]
    event = Absent(at=390, nurse="N2", first=MONDAY, last=MONDAY, duties=((SICK, sick.kind),), reason="<b>griep</b>")
    visits = [stop for stop in sick.stops if stop.what == "visit"]
    first = "N1/2026-12-07/work"
    duties = tuple(_taken(duty, visits[0]) if duty.id == first else duty for duty in parent.duties if duty.id != SICK)
    gone = _last(by_id[first])
    unserved = (*parent.unserved, *(Unserved(id=stop.id, reason="no_room") for stop in (*visits[1:], gone)))
    plan = parent.model_copy(update={"duties": duties, "unserved": unserved, "events": (event,)})
    now = team.instance
    changes = changes_between({visit.id: visit.client for visit in now.visits}, parent, plan)
    fell = SimpleNamespace(day=MONDAY, kind=sick.kind, nurse="N2")
    tries = (SimpleNamespace(plan=plan, changed=9, open_work=4, travel=700),)
    found = SimpleNamespace(plan=plan, changes=changes, tries=tries, to_ask=((fell, _asked(sick)),))
    calls = call_list(now, parent, found)
    return Repaired(now, travel_matrix(now), parent, plan, changes, calls, _reachable(team.names))


def _last(duty: Duty) -> Stop:
    return next(stop for stop in reversed(duty.stops) if stop.what == "visit")


def _taken(duty: Duty, stop: Stop) -> Duty:
    """The duty with ``stop`` in the place of its last visit, and its first one 16 minutes later."""
    last = _last(duty)
    stops = [
        stop.model_copy(update={"arrival": last.start, "start": last.start, "end": last.start + stop.end - stop.start})
        if each is last else each
        for each in duty.stops
    ]  # fmt: skip
    moved = stops[0].model_copy(update={"start": stops[0].start + 16, "end": stops[0].end + 16})
    return duty.model_copy(update={"routes": (Route(stops=(moved, *stops[1:])),)})


def _asked(sick: Duty) -> tuple[Any, ...]:
    """N3 can with a signal, N4 can but asked to be free, N5 cannot."""


    def one(nurse: str, possible: bool, wished: bool, *signals: str) -> SimpleNamespace:
        answer = SimpleNamespace(
            possible=possible, duty=sick.model_copy(update={"nurse": nurse, "id": f"{nurse}/2026-12-07/work"}),
            blocking=None if possible else Sentence("Te weinig rust <i>N5</i>."),
            signals=tuple(Sentence(each) for each in signals),
        )  # fmt: skip
        return SimpleNamespace(nurse=nurse, answer=answer, wished_free=wished, on_free_day=False, served=3, travel=25)

    return one("N3", True, False, "Een signaal."), one("N4", True, True), one("N5", False, False)


def _reachable(names: dict[str, Any]) -> dict[str, Any]:
    """Numbers for most: N3's with a country code, N4's an awkward text, one client without."""
    numbers = {"N3": "+31 6 0000 0002", "N4": "\"><script>alert(1)</script>", "C1": ""}
    return {
        key: replace(each, phone=numbers.get(key, f"06-000000{number:02d}"), key_box="4711")
        for number, (key, each) in enumerate(names.items())
    }
