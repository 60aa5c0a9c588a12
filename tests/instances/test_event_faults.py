"""Events in a plan file that cannot be are refused when it is read, each with its place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from instances.event_faults import event_faults
from instances.sheets import Faults
from optimiser.domain.events import Absent, Accepted, Agreed, Held, OtherMode, Referral, SlowTravel
from optimiser.domain.instance import Instance

TUESDAY, NEVER = date(2026, 12, 8), date(9999, 12, 31)
ILL: dict[str, Any] = {"at": 1800, "nurse": "m1", "first": TUESDAY, "last": TUESDAY}
LATE: dict[str, Any] = {"at": 1800, "nurse": "m1", "id": "late-m1-1", "day": TUESDAY, "start": 1900, "minutes": 20}


def columns(six: Instance, *events: Any) -> list[str]:
    """The columns of the faults."""
    faults = Faults("en")
    event_faults(six, events, "plan.json", faults)
    return [each.column for each in faults]


@pytest.mark.parametrize(
    ("event", "column"),
    [
        (Absent(**ILL | {"duties": (("x", "dag"),)}), "duties"),
        (Absent(**ILL | {"duties": (("m1/2026-99-99/work", "dag"),)}), "duties"),
        (Absent(**ILL | {"duties": (("r1/2026-12-08/work", "dag"),)}), "duties"),
        (Absent(**ILL | {"duties": (("m1/2026-12-08/work", "zzz"),)}), "duties"),
        (Absent(**ILL | {"last": NEVER}), "last"),
        (Absent(**ILL | {"first": date(2026, 12, 10)}), "last"),
        (Absent(**ILL | {"at": 10**18}), "at"),
        (Held(**LATE | {"day": NEVER}), "day"),
        (Held(**LATE | {"start": 10**9}), "start"),
        (Held(**LATE | {"slack": 5000}), "start"),
        (Held(**LATE | {"id": "t-apotheek"}), "id"),
        (OtherMode(at=0, nurse="m1", first=TUESDAY, last=NEVER, mode="bicycle"), "last"),
        (SlowTravel(at=0, day=NEVER, percent=150), "day"),
        (SlowTravel(at=0, day=TUESDAY, percent=150, under_way=("zz",)), "under_way"),
        (Agreed(at=0, new=(("zz", TUESDAY, "dag"),)), "nurse"),
        (Agreed(at=0, gone=(("m1", TUESDAY, "zz"),)), "kind"),
        (Agreed(at=0, new=(("m1", NEVER, "dag"),)), "day"),
    ],
    ids=str,
)  # fmt: skip
def test_one_fault_with_its_place(six: Instance, event: Any, column: str) -> None:
    """Ids, dates, minutes and duties, one wrong at a time."""
    assert columns(six, event) == [f"events.0.{column}"]


def test_what_happened_is_taken(six: Instance) -> None:
    """The same events when they are right."""
    right = Absent(**ILL | {"duties": (("m1/2026-12-08/work", "dag"),)}), Held(**LATE)
    assert columns(six, *right) == []


def test_the_same_twice(six: Instance) -> None:
    """Two delays of one id, an order that is there already."""
    assert columns(six, Held(**LATE), Held(**LATE)) == ["events.1.id"]
    order = six.orders[0]
    assert columns(six, Accepted(at=0, referral=Referral(order=order))) == ["events.0.referral.order.id"]


def test_a_second_order_of_a_client_who_came_with_the_first(six: Instance) -> None:
    """Her id is in no table, only in the event before."""
    client = six.clients[0].model_copy(update={"id": "C-new"})
    orders = [six.orders[0].model_copy(update={"id": name, "client": "C-new"}) for name in ("n1", "n2")]
    first = Accepted(at=0, referral=Referral(order=orders[0], client=client))
    second = Accepted(at=0, referral=Referral(order=orders[1]))
    assert columns(six, first, second) == []
    assert columns(six, second) == ["events.0.referral.order.client"]
