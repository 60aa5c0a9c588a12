"""Who else could do a visit: small cases by hand, and a brute force over all orders, breaks and minutes.

Every trip takes 10 minutes; the handover takes the first 10 of a duty.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

from optimiser.domain.people import ClientNurse, NurseSkill
from optimiser.domain.plan import BREAK, Duty
from optimiser.domain.work import Link, Window
from optimiser.errors import InputError
from optimiser.explain.alternative import Alternative
from optimiser.explain.insertion import insertions
from optimiser.explain.present import Present
from optimiser.explain.why_visit import VisitAnswer, why_not, why_visit

Rooms = Callable[..., Any]


@pytest.fixture
def team(room: Rooms) -> Any:
    """N1 and N2 work on Monday morning, N3 not."""
    small = room().kind("K", "08:00", "12:00", carries_route=True).nurse("N1").nurse("N2").nurse("N3")
    return small.duty("N1", "K", 0).duty("N2", "K", 0)


def ask(team: Any, visit: str = "v", **fields: Any) -> VisitAnswer:
    """All alternatives."""
    return why_visit(team.instance(), team.contract, team.matrix(), team.plan(), visit, **fields)


def one(team: Any, nurse: str, visit: str = "v", **fields: Any) -> Alternative:
    """The alternative of one nurse."""
    return why_not(team.instance(), team.contract, team.matrix(), team.plan(), visit, nurse, **fields)


def times(found: Alternative, duty: str) -> list[tuple[str, int]]:
    """(work, start) of the stops of a duty in the plan of an alternative."""
    assert found.plan is not None
    return [(stop.id, stop.start) for each in found.plan.duties if each.id == duty for stop in each.stops]


def test_an_empty_route_takes_it(team: Any) -> None:
    """A home leg of 10 there and 10 back, and one open visit less of 1,000: 20 - 1,000."""
    answer = ask(team.visit("v", 0, "09:00", "10:00"))
    assert [(each.nurse, each.possible) for each in answer.alternatives] == [("N1", True), ("N2", True), ("N3", False)]
    assert answer.best is not None
    assert answer.best.terms == {"unserved_normal": -1, "home_leg": 20}
    assert answer.best.cost == -980
    assert answer.now == ()
    assert times(answer.best, answer.best.duty or "") == [("v", 540)]
    blocked = answer.alternatives[-1].blocking
    assert blocked is not None
    assert blocked.rule == "explain.not_on_duty"
    assert any("N3" in line for line in answer.lines("nl"))


def test_who_does_it_now_is_said(team: Any) -> None:
    """N1 does it; with N2 it costs the same, so nothing changes in the sum."""
    team.visit("v", 0, "09:00", "10:00")
    team.duties.clear()
    answer = ask(team.duty("N1", "K", 0, team.stop("v", 0, "09:00")).duty("N2", "K", 0))
    assert answer.now == ("N1",)
    assert answer.alternatives[0].present
    assert answer.best is not None
    assert (answer.best.nurse, answer.best.cost) == ("N2", 0)
    assert {(each.work, each.before, each.after) for each in answer.best.moved} == {("v", ("N1", 540), ("N2", 540))}


def test_later_stops_are_pushed_inside_their_windows(team: Any) -> None:
    """v must be at 09:00, where w now is: w moves to 09:40."""
    team.visit("v", 0, "09:00", "09:30").visit("w", 0, "09:00", "10:30")
    team.duties.clear()
    found = one(team.duty("N1", "K", 0, team.stop("w", 0, "09:00")), "N1")
    assert times(found, "N1/2026-12-07/work") == [("v", 540), ("w", 580)]


def test_earlier_stops_move_forward_only_when_they_must(team: Any) -> None:
    """w at 09:00 must make room for v at 09:10: it moves to 08:30; u at 11:00 stays."""
    team.visit("u", 0, "10:00", "11:30").visit("v", 0, "09:10", "09:40").visit("w", 0, "08:10", "09:30")
    team.duties.clear()
    found = one(team.duty("N1", "K", 0, team.stop("w", 0, "09:00"), team.stop("u", 0, "11:00")), "N1")
    assert times(found, "N1/2026-12-07/work") == [("w", 510), ("v", 550), ("u", 660)]


def test_the_fixed_order_of_reasons(team: Any) -> None:
    """Banned is said before the missing skill, that before the time."""
    team.visit("v", 0, "08:00", "08:30", skills=("iv",), client="C")
    assert [each.blocking.rule for each in ask(team).alternatives if each.blocking] == 3 * ["competence.skill"]
    team.add("client_nurses", ClientNurse(client="C", nurse="N1", relation="banned"))
    banned = one(team, "N1").blocking
    assert banned is not None
    assert banned.rule == "competence.banned"
    team.add("nurse_skills", NurseSkill(nurse="N2", skill="iv"))
    late = one(team, "N2")
    assert late.blocking is not None
    assert late.blocking.rule == "windows.window"
    assert late.attempt is not None
    assert late.plan is None


def test_links_come_after_time(team: Any) -> None:
    """v must start 60 minutes after u at 09:00 at the earliest, its window ends before that."""
    team.visit("u", 0, "09:00", "09:30").visit("v", 0, "09:00", "10:00")
    team.add("work_links", Link(id="l", first="u", second="v", gap_min=60, gap_max=120))
    team.duties.clear()
    blocking = one(team.duty("N1", "K", 0, team.stop("u", 0, "09:00")).duty("N2", "K", 0), "N2").blocking
    assert blocking is not None
    assert blocking.rule == "links.gap_min"


def test_two_nurses_go_together(team: Any) -> None:
    """N1 is busy until 09:40 with travel, N2 is free: both start at 09:40."""
    team.visit("v", 0, "09:00", "10:30", nurses=2).visit("w", 0, "09:00", "09:30")
    team.duties.clear()
    found = one(team.duty("N1", "K", 0, team.stop("w", 0, "09:00")).duty("N2", "K", 0), "N1")
    assert found.partner == "N2"
    assert found.start == 580
    assert found.plan is not None
    assert {stop.start for duty in found.plan.duties for stop in duty.stops if stop.id == "v"} == {580}


def test_one_of_two_is_replaced_at_the_same_start(team: Any) -> None:
    """N3 comes in place of one of them; the other keeps 09:20."""
    team.visit("v", 0, "09:00", "10:30", nurses=2)
    team.duties.clear()
    for part, nurse in enumerate(("N1", "N2"), start=1):
        team.duty(nurse, "K", 0, team.stop("v", 0, "09:20", part=part))
    found = one(team.duty("N3", "K", 0), "N3")
    assert found.possible
    assert found.start == 560
    assert len(found.moved) == 1


def test_what_began_stands(team: Any) -> None:
    """v can start from 08:10 to 08:30. At 08:15 N1 still needs 10 minutes to go there; at 08:25 she comes too late; at
    08:31 the time is past. w has begun at 09:30."""
    team.visit("v", 0, "08:10", "09:00").visit("w", 0, "09:20", "10:30")
    team.duties.clear()
    team.duty("N1", "K", 0, team.stop("w", 0, "09:20")).duty("N2", "K", 0)
    assert one(team, "N1").start == 490
    assert one(team, "N1", as_of=team.at(0, "08:15")).start == 505
    rules = {moment: one(team, "N1", as_of=team.at(0, moment)).blocking for moment in ("08:25", "08:31")}
    assert [each.rule for each in rules.values() if each] == ["windows.window", "explain.past"]
    begun = one(team, "N2", "w", as_of=team.at(0, "09:30")).blocking
    assert begun is not None
    assert begun.rule == "explain.begun"


def test_what_is_asked_must_exist(team: Any) -> None:
    """Unknown work or an unknown nurse is bad input."""
    with pytest.raises(InputError):
        ask(team, "x")
    with pytest.raises(InputError):
        one(team.visit("v", 0, "09:00", "10:00"), "N9")


def tiny(room: Rooms, seed: int) -> Any:
    """One duty with a break, two or three visits in its route and one beside; every figure a multiple of ten."""
    dice = random.Random(seed)
    team = room(travel=10, slack_minutes=dice.choice((0, 10)))
    legs = {"home_legs": dice.choice(("outside", "inside"))}
    team.organisations["a"] = team.organisations["a"].model_copy(update=legs)
    low = dice.choice((570, 600, 630))
    team.kind("D", "08:00", "12:00", 30, carries_route=True, break_from=f"{low // 60}:{low % 60:02}",
              break_until=f"{(low + 60) // 60}:{(low + 60) % 60:02}")  # fmt: skip
    team.nurse("N1").duty("N1", "D", 0)
    for name in ("a", "b", "c", "v")[-dice.randint(3, 4) :]:
        start, minutes = 10 * dice.randint(48, 66), dice.choice((20, 30, 40))
        window = Window(day=0, start=start, end=min(720, start + minutes + 10 * dice.randint(0, 5)))
        if window.end - window.start >= minutes:
            team.visit(name, 0, "08:00", "09:00", minutes, windows=(window,))
    return team


def brute(team: Any, order: tuple[str, ...]) -> Iterator[tuple[tuple[int, ...], int]]:
    """Every (starts, break) in steps of ten that the sentences 8 to 11 let be, of a route in this order."""
    kind, slack = team.kinds["D"], team.settings.slack_minutes
    inside = 10 if team.organisations["a"].home_legs == "inside" else 0
    visits = [team.visits[name] for name in order]
    spans = [range(each.windows[0].start, each.windows[0].end - each.minutes + 1, 10) for each in visits]
    for starts in product(*spans):
        ends = [start + each.minutes for start, each in zip(starts, visits, strict=True)]
        if starts[0] < 480 + 10 + inside or ends[-1] > 720 - inside:
            continue
        if any(after - end < slack + 10 for end, after in zip(ends, starts[1:], strict=False)):
            continue
        for begin in range(kind.break_from, kind.break_until - 29, 10):
            if len(order) == 1 and (begin + 30 <= starts[0] or begin >= ends[0]):
                yield starts, begin
            for end, after in zip(ends, starts[1:], strict=False):
                if end <= begin and begin + 30 <= after and after - end >= slack + 10 + 30:
                    yield starts, begin


def orders(route: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Each place of v in a route."""
    for place in range(len(route) + 1):
        yield (*route[:place], "v", *route[place:])


def test_no_is_no_by_brute_force(room: Rooms) -> None:
    """Some fifty routes of up to three visits: a place exists by the scheduler exactly when any place of the new visit
    in the order, any break and any starts exist."""
    said = []
    for seed in range(60):
        team = tiny(room, seed)
        if "v" not in team.visits:
            continue
        route: tuple[str, ...] = ()
        for name in (each for each in team.visits if each != "v"):
            longer = next((each for each in ((*route, name), (name, *route)) if next(brute(team, each), None)), None)
            route = longer or route
        present = Present(team.instance(), team.contract, team.matrix(), _planned(team, route))
        duty = present.plan.duties[0]
        found = insertions(present, duty, team.visits["v"])
        exists = any(next(brute(team, order), None) is not None for order in orders(route))
        assert bool(found) == exists, seed
        assert all(_listed(team, each.duty()) for each in found)
        said.append(exists)
    assert 10 < sum(said) < len(said) - 10


def _planned(team: Any, route: tuple[str, ...]) -> Any:
    team.duties.clear()
    if not route:
        return team.duty("N1", "D", 0).plan()
    starts, begin = next(brute(team, route))
    stops = [team.stop(name, 0, f"{start // 60}:{start % 60:02}", team.visits[name].minutes)
             for name, start in zip(route, starts, strict=True)]  # fmt: skip
    if len(route) > 1:
        pause = team.stop(BREAK, 0, f"{begin // 60}:{begin % 60:02}", 30, what="break")
        stops = sorted([*stops, pause], key=lambda stop: stop.start)
    return team.duty("N1", "D", 0, *stops).plan()


def _listed(team: Any, duty: Duty | None) -> bool:
    """Whether the brute force knows the route of a duty (its starts; times are multiples of ten)."""
    assert duty is not None
    work = [stop for stop in duty.stops if stop.what != BREAK]
    known = {starts for starts, _ in brute(team, tuple(stop.id for stop in work))}
    return tuple(stop.start for stop in work) in known
