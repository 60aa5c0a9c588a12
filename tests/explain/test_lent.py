"""A cap on hours lent blocks who would go beyond it, although no single visit does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from optimiser.domain.plan import Route
from optimiser.domain.sharing import PRESETS, Lent
from optimiser.explain.change import Change
from optimiser.explain.lent import beyond_caps
from optimiser.explain.present import Present
from optimiser.explain.why_visit import why_visit

Rooms = Callable[..., Any]


def team(room: Rooms, hours: int) -> Any:
    """N1 of a does 90 minutes at b's client on Monday; on Tuesday 31 minutes of b are open, and N1, N3 of a and N2 of b
    are there. a may lend ``hours`` a week."""
    small = room().kind("K", "08:00", "12:00", carries_route=True).nurse("N1").nurse("N2", organisation="b").nurse("N3")
    small.client("C", organisation="b").visit("long", 0, "08:00", "12:00", 90, client="C")
    small.visit("v", 1, "09:00", "10:30", 31, client="C")
    small.duty("N1", "K", 0, small.stop("long", 0, "08:20", 90))
    for nurse in ("N1", "N2", "N3"):
        small.duty(nurse, "K", 1)
    small.contract = PRESETS["joint"].model_copy(
        update={"name": "capped", "most_lent": (Lent(organisation="a", hours_per_week=hours),)}
    )
    return small


def blocked(small: Any) -> dict[str, str]:
    """Nurse -> the rule that keeps her from the open visit."""
    answer = why_visit(small.instance(), small.contract, small.matrix(), small.plan(), "v")
    return {each.nurse: "" if each.blocking is None else each.blocking.rule for each in answer.alternatives}


def test_a_lender_at_her_cap_cannot_take_more(room: Rooms) -> None:
    """90 + 31 = 121 minutes: beyond 2 hours for both nurses of a, within 3."""
    assert blocked(team(room, 2)) == {"N1": "sharing.most_lent", "N2": "", "N3": "sharing.most_lent"}
    assert blocked(team(room, 3)) == {"N1": "", "N2": "", "N3": ""}


def test_only_what_grows_is_told(room: Rooms) -> None:
    """With a cap of one hour the plan breaks it as it is: a change that lends no more says nothing of that, one that
    lends more does, and one that lends less neither."""
    small = team(room, 1)
    present = Present(small.instance(), small.contract, small.matrix(), small.plan())
    monday, own = present.duty_by_id["N1/2026-12-07/work"], present.duty_by_id["N2/2026-12-08/work"]
    assert not Change(present, (own,)).difference.violations
    route = Route(stops=(small.stop("v", 1, "09:00", 31),))
    more = present.duty_by_id["N3/2026-12-08/work"].model_copy(update={"routes": (route,)})
    (found,) = beyond_caps(present, [present.duty_by_id[more.id]], [more])
    assert (found.required, found.found) == (60, 121)
    assert not list(beyond_caps(present, [monday], [monday.model_copy(update={"routes": ()})]))
