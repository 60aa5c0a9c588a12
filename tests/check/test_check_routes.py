"""Routes, competence, ties and claims: for every rule a plan that is rejected and one just inside that passes.

The route that all cases change: duty 08:00-16:00 with a break of 30 minutes between 11:00 and 14:00, handover 10
minutes, every trip 10 minutes. A 10:00-10:30, break 11:00-11:30, B 12:00-12:30.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimiser.check.checker import check
from optimiser.check.registry import RULES
from optimiser.domain.instance import Organisation
from optimiser.domain.objective import Objective
from optimiser.domain.people import ClientNurse, NurseSkill
from optimiser.domain.plan import Duty, Route, Stop
from optimiser.domain.sharing import PRESETS
from optimiser.domain.work import Link, Task

FILE = "tests/check/test_check_routes.py"
Fill = Callable[[Any], Any]
FIRST = date(2026, 12, 7)


def base(room: Any, **kind: Any) -> Any:
    """Nurse, kind and the visits A and B; no duty yet."""
    fields = {"break_from": "11:00", "break_until": "14:00", "carries_route": True, **kind}
    return room.nurse("N1").kind("D", "08:00", "16:00", 30, **fields).visit("A", 0, "08:00", "16:00")


def pause(room: Any, start: str = "11:00", minutes: int = 30) -> Stop:
    """The break."""
    return room.stop("break", 0, start, minutes, what="break")


def route(a: str = "10:00", rest: str = "11:00", b: str = "12:00", a_minutes: int = 30, rest_minutes: int = 30) -> Fill:
    """The route with these starts and lengths."""

    def fill(room: Any) -> Any:
        base(room).visit("B", 0, "08:00", "16:00")
        return room.duty(
            "N1", "D", 0, room.stop("A", 0, a, a_minutes), pause(room, rest, rest_minutes), room.stop("B", 0, b)
        )

    return fill


def one(start: str = "12:00", **fields: Any) -> Fill:
    """A duty with visit A alone, with these fields of the visit; nothing needs to be listed as break."""
    nurse, client, kind = (fields.pop(name, {}) for name in ("nurse", "client", "kind"))

    def fill(room: Any) -> Any:
        room.nurse("N1", **nurse).client("C", **client)
        base_fields = {"break_from": "08:00", "break_until": "16:00", "carries_route": True, **kind}
        room.kind("D", "08:00", "16:00", 30, **base_fields)
        room.visit("A", 0, "08:00", "16:00", client="C", **fields)
        return room.nurse("N1", **nurse).duty("N1", "D", 0, room.stop("A", 0, start))

    return fill


def pair(second: str | None = "12:00", nurse: str = "N2", nurses: int = 2, part: int = 2, **fields: Any) -> Fill:
    """Visit A for two: part 1 by N1 at 12:00, part 2 by ``nurse``."""
    profile = fields.pop("profile", {})

    def fill(room: Any) -> Any:
        one(nurses=nurses, **fields)(room).nurse("N2", **profile)
        if second is None:
            return room
        stop = room.stop("A", 0, second, part=part)
        if nurse == "N1":
            first = room.duties.pop()
            return room.duty("N1", "D", 0, *first.stops, pause(room, "13:00"), stop)
        return room.duty(nurse, "D", 0, stop)

    return fill


def then(fill: Fill, change: Fill) -> Fill:
    """One after the other."""
    return lambda room: change(fill(room))


def adding(table: str, *rows: Any) -> Fill:
    """Rows for a table."""
    return lambda room: room.add(table, *rows)


def setting(**fields: Any) -> Fill:
    """Attributes of the room: claims, contract, unserved."""

    def change(room: Any) -> Any:
        for name, value in fields.items():
            setattr(room, name, value)
        return room

    return change


def order_form(last: date | None) -> Fill:
    """Visit A needs an order form that ends on this date."""
    return one(order_form_needed=True, order_form_from=date(2026, 12, 1), order_form_until=last)


def skill(last: date) -> Fill:
    """Visit A needs a skill that N1 holds until this date."""
    return then(one(skills=("iv",)), adding("nurse_skills", NurseSkill(nurse="N1", skill="iv", valid_until=last)))


def with_colleague(end: str) -> Fill:
    """A remote check during A (12:00-12:30); N2 has a duty until ``end``."""
    return lambda room: one(second_check="remote")(room).shift(0, "11:00", end, nurse="N2")


def lent(start: str, contract: str = "anw") -> Fill:
    """A client of organisation b, visited by N1 of a; the window opens at ``start``."""

    def fill(room: Any) -> Any:
        room.client("C", organisation="b").kind("D", "16:00", "23:00", 30, carries_route=True)
        room.visit("A", 0, start, "22:00", client="C").duty("N1", "D", 0, room.stop("A", 0, "18:30"))
        room.contract = PRESETS[contract]
        return room

    return fill


def tied(gap_min: int, gap_max: int, nurse: Any = "any") -> Fill:
    """The route (A at 10:00, B at 12:00: 120 minutes) with a tie."""
    link = Link(id="L", first="A", second="B", gap_min=gap_min, gap_max=gap_max, nurse=nurse)
    return then(route(), adding("work_links", link))


def half_tied(together: bool) -> Fill:
    """A is served, B is not."""
    link = Link(id="L", first="A", second="B", gap_min=0, gap_max=600, together=together)
    return then(lambda room: one()(room).visit("B", 0, "08:00", "09:00"), adding("work_links", link))


def task(**fields: Any) -> Fill:
    """A task in the route of N1, at 12:00."""

    def fill(room: Any) -> Any:
        base(room)
        row = Task(id="T", kind="telephone", organisation=fields.pop("organisation", "a"), day=FIRST, from_time=480,
                   until_time=960, minutes=30, **fields)  # fmt: skip
        room.duty("N1", "D", 0, room.stop("T", 0, "10:00", what="task"))
        return room.add("tasks", row)

    return fill


def inside_legs(fill: Fill) -> Fill:
    """Home legs beyond 4 minutes lie inside the duty: 6 of each 10."""

    def change(room: Any) -> Any:
        room.organisations["a"] = Organisation(id="a", name="A", home_legs="above", home_leg_limit=4)
        return room

    return then(fill, change)


def two_routes(segment: int) -> Fill:
    """A split duty 08:00-12:00 and 14:00-18:00 with a second route of ``segment``."""

    def fill(room: Any) -> Any:
        room.nurse("N1").visit("A", 0, "08:00", "18:00").visit("B", 0, "08:00", "18:00")
        room.kind("D", "08:00", "12:00", 0, second_start="14:00", second_end="18:00", carries_route=True)
        routes = (Route(stops=(room.stop("A", 0, "09:00"),)),
                  Route(segment=segment, stops=(room.stop("B", 0, "15:00"),)))  # type: ignore[arg-type]  # fmt: skip
        return room.duty("N1", "D", 0, routes=routes)

    return fill


def arriving(minutes_after: int) -> Fill:
    """A, whose arrival is written this long after its start."""

    def fill(room: Any) -> Any:
        base(room)
        low = room.at(0, "10:00")
        return room.duty("N1", "D", 0, room.stop("A", 0, "10:00", arrival=low + minutes_after))

    return fill


def broken(order: str) -> Fill:
    """The stops A, B and break in this order."""

    def fill(room: Any) -> Any:
        base(room).visit("B", 0, "08:00", "16:00")
        stops = {"a": room.stop("A", 0, "10:00"), "p": pause(room), "b": room.stop("B", 0, "12:00")}
        return room.duty("N1", "D", 0, *(stops[letter] for letter in order))

    return fill


def banned(nurse: str) -> Fill:
    """The client bans this nurse."""
    return then(one(), adding("client_nurses", ClientNurse(client="C", nurse=nurse, relation="banned")))


def claiming(name: str, value: Any) -> Fill:
    """The plan of visit A alone claims all its terms truly but for one field."""
    terms = {
        "unserved_critical": 0, "unserved_high": 0, "unserved_normal": 0, "uncovered_minimum": 0, "uncovered_wanted": 0,
        "travel": 0, "home_leg": 20, "waiting": 0, "overtime": 450, "undertime": 0, "unfamiliar": 0, "not_preferred": 0,
        "wish_refused": 0, "own_entry_refused": 0, "base_changed": 0, "fairness": 0, "lending": 0,
        "changed_duty": 0, "changed_visit": 0,
        "early_after_late": 0, "few_days_after_nights": 0, "long_row": 0, "lone_day_off": 0, "split_duty": 0,
        "many_duties": 0, "evening_before_leave": 0, "few_free_weekends": 0,
    }  # fmt: skip
    # 20 minutes of home legs + 2 x 450 minutes over a contract of nothing = 920
    claims = {"objective_terms": terms, "objective": Objective(hard=0, unserved=0, rest=920), "lower_bound": 920}
    if name in terms:
        terms[name] = value
    else:
        claims[name] = value
    return then(one(), setting(claims=claims))


TRUE = claiming("lower_bound", None)

CASES: dict[str, tuple[Fill, Fill]] = {
    "served.unknown": (
        lambda room: base(room).duty("N1", "D", 0, room.stop("X", 0, "10:00")),
        lambda room: base(room).duty("N1", "D", 0, room.stop("A", 0, "10:00")),
    ),
    "served.twice": (
        lambda room: route()(room).duty("N2", "D", 0, room.stop("A", 0, "10:00")),
        lambda room: route()(room).duty("N2", "D", 0),
    ),
    "served.parts": (then(pair(None), setting(unserved=["A"])), pair()),
    "served.same_nurse": (pair("13:30", "N1"), pair()),
    "served.same_start": (pair("12:01"), pair("12:00")),
    "served.listed": (then(one(), setting(unserved=["A"])), one()),
    # ends 16:00 with a window until 15:59 and until 16:00
    "windows.window": (
        lambda room: base(room).visit("A", 0, "08:00", "12:29").duty("N1", "D", 0, room.stop("A", 0, "12:00")),
        lambda room: base(room).visit("A", 0, "12:00", "12:30").duty("N1", "D", 0, room.stop("A", 0, "12:00")),
    ),
    "windows.length": (route(a_minutes=29), route(a_minutes=30)),
    "routes.carries": (one(kind={"carries_route": False}), one()),
    "routes.segment": (two_routes(0), two_routes(1)),
    "routes.arrival": (arriving(1), arriving(0)),
    # 11:00 + 10 of travel + 30 of break = 11:40, in whatever order
    "routes.travel": (route("10:30", "11:00", "11:39"), route("10:30", "11:00", "11:40")),
    # 08:00 + 10 handover + 6 of the home leg = 08:16
    "routes.begin": (inside_legs(one("08:15")), inside_legs(one("08:16"))),
    # 16:00 - 6 = 15:54
    "routes.end": (inside_legs(one("15:25")), inside_legs(one("15:24"))),
    "routes.break_count": (broken("ab"), broken("apb")),
    "routes.break_place": (broken("pab"), broken("apb")),
    "routes.break_window": (route("10:00", "10:59"), route("10:00", "11:00")),
    "routes.break_length": (route(rest_minutes=29), route(rest_minutes=30)),
    # break window 11:00-12:00: with A at 11:10-11:40 the longest free piece is 20 minutes; at 11:30, 30
    "routes.break_room": (
        lambda room: base(room, break_until="12:00").duty("N1", "D", 0, room.stop("A", 0, "11:10")),
        lambda room: base(room, break_until="12:00").duty("N1", "D", 0, room.stop("A", 0, "11:30")),
    ),
    "competence.skill": (skill(date(2026, 12, 6)), skill(date(2026, 12, 7))),
    "competence.level": (one(level=5, nurse={"level": 4}), one(level=5, nurse={"level": 5})),
    "competence.banned": (banned("N1"), banned("N2")),
    "competence.sex": (
        one(client={"sex_wish": "f"}, nurse={"sex": "m"}), one(client={"sex_wish": "f"}, nurse={"sex": "f"}),
    ),
    "competence.language": (
        one(client={"language_wish": "tr"}, nurse={"languages": ("nl",)}),
        one(client={"language_wish": "tr"}, nurse={"languages": ("nl", "tr")}),
    ),
    "competence.order_form": (order_form(date(2026, 12, 6)), order_form(date(2026, 12, 7))),
    "competence.experience": (one(nurse={"experience": "new"}), pair(profile={"experience": "new"})),
    "competence.second_check": (with_colleague("12:29"), with_colleague("12:30")),
    "competence.pair": (one(client={"unsafe": True}), pair(client={"unsafe": True})),
    "competence.task": (task(organisation="b"), task(organisation="a")),
    # anw: shared when the window opens at 18:00 or later
    "sharing.visit": (lent("17:59"), lent("18:00")),
    "links.gap_min": (tied(121, 300), tied(120, 300)),
    "links.gap_max": (tied(0, 119), tied(0, 120)),
    "links.nurse": (tied(0, 300, "different"), tied(0, 300, "same")),
    "links.together": (half_tied(True), half_tied(False)),
    "claims.term": (claiming("home_leg", 19), TRUE),
    "claims.objective": (claiming("objective", Objective(hard=0, unserved=0, rest=919)), TRUE),
    "claims.bound": (claiming("lower_bound", 921), claiming("lower_bound", 920)),
}  # fmt: skip
ALSO = {
    # one nurse cannot begin twice at once, and a break before A is listed later than A
    "served.same_nurse": {"served.same_start"},
    "routes.break_place": {"routes.travel"},
}


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_route_that_breaks_the_rule_is_rejected(rule: str, room: Any) -> None:
    """The rule, and no other, is named."""
    found = {each.rule for each in CASES[rule][0](room()).report().violations}
    assert rule in found
    assert found - {rule} <= ALSO.get(rule, set())


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_route_that_just_keeps_the_rule_passes(rule: str, room: Any) -> None:
    """Nothing is found."""
    report = CASES[rule][1](room()).report()
    assert not report.violations, [each.sentence("en") for each in report.violations]


def test_every_rule_of_this_file_has_a_case() -> None:
    """The registry and the table name the same rules."""
    assert set(CASES) == {name for name, rule in RULES.items() if rule.test == FILE}


def test_a_route_of_a_kind_without_routes_needs_no_travel_times(room: Any) -> None:
    """The matrix may lack the day part of such a kind: the finding is that it carries no route."""
    filled = one(kind={"carries_route": False, "category": "night"})(room())
    matrix = filled.matrix()
    matrix.minutes.pop(("car", "night"))
    report = check(filled.instance(), filled.contract, matrix, filled.plan())
    assert [each.rule for each in report.violations] == ["routes.carries"]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(data=st.data())
def test_no_plan_makes_the_checker_stumble(room: Any, data: st.DataObject) -> None:
    """Whatever ids, times, parts, orders and lanes a plan names, there is a verdict with every sentence."""
    filled = pair()(room()).visit("B", 0, "08:00", "16:00", nurses=2, second_check="remote")
    minute = st.integers(-99, 9999) | st.sampled_from([10**6, 10**9, -(10**15)])
    stop = st.builds(
        Stop, what=st.sampled_from(["visit", "task", "break"]), id=st.sampled_from(["A", "B", "X", "break"]),
        part=st.sampled_from([1, 2]), arrival=minute, start=minute, end=minute,
    )  # fmt: skip
    route_of = st.builds(Route, segment=st.sampled_from([0, 1]), stops=st.lists(stop, max_size=4).map(tuple))
    duty = st.builds(
        Duty, id=st.sampled_from(["a", "b"]), nurse=st.sampled_from(["N1", "N2", "N9"]),
        kind=st.sampled_from(["D", "Z"]), day=st.sampled_from([date(1, 1, 1), FIRST, date(9999, 12, 31)]),
        lane=st.sampled_from(["work", "standby"]), start=minute, end=minute,
        organisation=st.sampled_from(["a", "b", "q"]), follows=st.sampled_from([None, "N1", "N9"]),
        routes=st.lists(route_of, max_size=2).map(tuple),
    )  # fmt: skip
    filled.duties = data.draw(st.lists(duty, max_size=4))
    filled.claims = {"status": data.draw(st.sampled_from(["feasible", "imported"]))}
    filled.unserved = data.draw(st.lists(st.sampled_from(["A", "B", "X"])))
    report = filled.report()
    assert report.objective.hard == len(report.violations)
    for each in (*report.violations, *report.signals, *report.inherited):
        assert each.sentence("nl") and each.sentence("en")
