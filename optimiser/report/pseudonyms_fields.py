"""Which fields of the nouns name people, work or places, and what becomes of each when ids become codes."""

from __future__ import annotations

from typing import Literal

from optimiser.domain.calls import CallSource
from optimiser.domain.card import Bring
from optimiser.domain.duty import ContextDuty, CycleDuty, GivenDuty, Override, ShiftKind
from optimiser.domain.events import Absent, Accepted, Agreed, Cancelled, Held, OtherMode, Referral, SlowTravel
from optimiser.domain.noun import Noun
from optimiser.domain.people import Availability, Client, ClientNurse, Counter, Nurse, NurseSkill, PastVisit, Wish
from optimiser.domain.place import Place
from optimiser.domain.plan import Duty, Stop, Unserved
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import SlowDay
from optimiser.domain.work import EditedVisit, Link, Order, Task, Visit

Becomes = Literal["nurse", "client", "order", "place", "employer", "task", "work", "link", "duty", "detail",
                  "emptied", "reason", "duties", "agreed"]  # fmt: skip
"""``work`` names an order, visit or task; ``detail`` anything; ``emptied`` and ``reason`` are free words, which go;
``duties`` and ``agreed`` are the tuples of events."""

_HAPPENING: dict[str, Becomes] = {"reason": "emptied"}

RENAMED: dict[type[Noun], dict[str, Becomes]] = {
    Nurse: {"id": "nurse", "home": "place", "companion": "nurse", "start_place": "place", "end_place": "place"},
    NurseSkill: {"nurse": "nurse"},
    Availability: {"nurse": "nurse", "start_place": "place", "end_place": "place"},
    Wish: {"nurse": "nurse"},
    Counter: {"nurse": "nurse"},
    Client: {"id": "client", "place": "place"},
    ClientNurse: {"client": "client", "nurse": "nurse"},
    PastVisit: {"client": "client", "nurse": "nurse"},
    Place: {"id": "place", "postcode": "emptied"},
    Order: {"id": "order", "client": "client"},
    Visit: {"id": "work", "client": "client", "order": "order"},
    EditedVisit: {"id": "work", "client": "client"},
    Task: {"id": "task", "nurse": "nurse", "place": "place"},
    Link: {"id": "link", "first": "work", "second": "work"},
    ShiftKind: {"waits_at": "place"},
    GivenDuty: {"nurse": "nurse"},
    CycleDuty: {"nurse": "nurse"},
    CallSource: {"place": "place"},
    ContextDuty: {"nurse": "nurse", "employer": "employer"},
    Override: {"nurse": "nurse", "reason": "reason"},
    SharingContract: {"consents": "nurse"},
    SlowDay: {"under_way": "nurse"},
    Duty: {"id": "duty", "nurse": "nurse", "follows": "nurse"},
    Stop: {"id": "work"},
    Unserved: {"id": "work", "detail": "detail"},
    Absent: _HAPPENING | {"nurse": "nurse", "duties": "duties"},
    Held: _HAPPENING | {"nurse": "nurse", "id": "task"},
    OtherMode: _HAPPENING | {"nurse": "nurse"},
    SlowTravel: _HAPPENING | {"under_way": "nurse"},
    Cancelled: _HAPPENING | {"visits": "work"},
    Accepted: dict(_HAPPENING),
    Agreed: _HAPPENING | {"gone": "agreed", "new": "agreed"},
    Referral: {},
    Bring: {"work": "work", "fetch": "place"},
}
"""Noun -> field -> what it becomes. A field that is not here stays; nouns inside nouns are renamed in their turn."""
