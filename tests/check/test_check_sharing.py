"""One plan for each way to break a sharing contract, and the same plan just inside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from optimiser.check.case import Case
from optimiser.check.cover import shortfalls
from optimiser.check.registry import RULES
from optimiser.check.sharing import lent_minutes
from optimiser.domain.duty import Cover
from optimiser.domain.people import ClientNurse, NurseSkill, PastVisit
from optimiser.domain.place import Place
from optimiser.domain.sharing import PRESETS, Entry, Lent, PooledNumber, SharingContract

Fill = Callable[[Any], Any]
TUESDAY = date(2026, 12, 8)
FACE = ClientNurse(client="C", nurse="N1", relation="known")


def lent(
    start: str = "12:00", minutes: int = 30, asked: tuple[str, ...] = (), rows: tuple[Any, ...] = (), **fields: Any
) -> Fill:  # fmt: skip
    """N1 of a visits client C of b on Monday at ``start`` (a window from then to 20:00), under a joint contract with
    these fields; ``rows`` are relations and past visits."""

    def fill(room: Any) -> Any:
        room.nurse("N1").nurse("N2", organisation="b").client("C", organisation="b")
        room.places["at-C"] = Place(id="at-C", kind="client", latitude=52.0, longitude=5.0, district="BU05990110")
        room.add("nurse_skills", NurseSkill(nurse="N1", skill="iv"), NurseSkill(nurse="N1", skill="wound"))
        for row in rows:
            room.add("past_visits" if isinstance(row, PastVisit) else "client_nurses", row)
        room.kind("D", "10:00", "19:00", 30, break_from="12:00", break_until="17:00", carries_route=True)
        room.visit("A", 0, start, "20:00", minutes, client="C", skills=asked)
        room.contract = PRESETS["joint"].model_copy(update={"name": "drawn", **fields})
        return room.duty("N1", "D", 0, room.stop("A", 0, start, minutes))

    return fill


def most(hours: int, minutes: int, organisation: str = "a") -> Fill:
    """The visit lasts so long, and so many hours may be lent."""
    return lent(minutes=minutes, most_lent=(Lent(organisation=organisation, hours_per_week=hours),))


def entering(organisation: str, day: date) -> Fill:
    """One of the two joins on this day."""
    return lent(entries=(Entry(organisation=organisation, from_date=day),))


CASES: dict[str, tuple[Fill, Fill]] = {
    "sharing.visit": (lent("17:59", visits="anw"), lent("18:00", visits="anw")),
    "sharing.group": (lent(groups=(("a",), ("b",))), lent(groups=(("a", "b"),))),
    "sharing.consent": (lent(consents=("N2",)), lent(consents=("N1",))),
    # a client whom nobody knows may be lent
    "sharing.known_face": (
        lent(known_faces=True, rows=(FACE.model_copy(update={"nurse": "N2"}),)), lent(known_faces=True, rows=(FACE,)),
    ),
    "sharing.skill": (lent(asked=("wound",), skills=("iv",)), lent(asked=("wound", "iv"), skills=("iv",))),
    "sharing.district": (lent(districts=("BU0599012",)), lent(districts=("BU0502", "BU0599011"))),
    "sharing.own_by_day": (lent("17:59", own_by_day=("b",)), lent("18:00", own_by_day=("b",))),
    # the visit is on 7 December
    "sharing.entry": (entering("b", TUESDAY), entering("b", date(2026, 12, 7))),
    # 121 minutes is more than 2 hours; what b may lend is no matter for a's nurse
    "sharing.most_lent": (most(2, 121), most(2, 120)),
}  # fmt: skip


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_plan_that_breaks_the_contract_is_rejected(rule: str, room: Any) -> None:
    """The rule, and no other of the sharing contract, is named."""
    report = CASES[rule][0](room()).report()
    assert {each.rule for each in report.violations} == {rule}
    assert all(each.sentence("nl") and each.sentence("en") for each in report.violations)


@pytest.mark.parametrize("rule", sorted(CASES))
def test_the_same_plan_inside_the_contract_passes(rule: str, room: Any) -> None:
    """Nothing is found just inside."""
    assert not CASES[rule][1](room()).report().violations


def test_every_rule_of_sharing_has_a_case() -> None:
    """Each way to break the contract has a plan here."""
    assert set(CASES) == {name for name, rule in RULES.items() if rule.family == "sharing"}


@pytest.mark.parametrize("fill", [
    entering("a", TUESDAY),
    lent(known_faces=True, rows=(PastVisit(client="C", nurse="N2", day=date(2026, 12, 3)),)),
    lent(groups=(("b", "c"),)),
    lent(consents=()),
    lent(districts=("BU05990110X",)),
])  # fmt: skip
def test_other_ways_to_break_it(fill: Fill, room: Any) -> None:
    """The lender enters too; a nurse of the days before is known; who is in no group shares nothing; nobody agreed."""
    assert len(fill(room()).report().violations) == 1


def test_a_banned_nurse_is_no_face(room: Any) -> None:
    """A client who only has a banned nurse knows nobody, and may be lent."""
    other = ClientNurse(client="C", nurse="N2", relation="banned")
    assert not lent(known_faces=True, rows=(other,))(room()).report().violations


def test_hours_lent_count_by_lender_and_week_of_the_start(room: Any) -> None:
    """Two weeks: 60 + 60 minutes of a in the first, 60 in the second (a Sunday night visit that starts after
    midnight), 30 of b; a pair counts twice, own clients never."""
    small = room(weeks=2).nurse("N1").nurse("N3").nurse("N2", organisation="b")
    small.client("CA").client("CB", organisation="b").kind("D", "07:00", "20:00", carries_route=True)
    small.kind("N", "22:00", "31:00", category="night", carries_route=True)
    small.visit("pair", 0, "08:00", "12:00", 60, client="CB", nurses=2)
    small.visit("late", 6, "23:00", "27:00", 60, client="CB")
    small.visit("own", 1, "08:00", "12:00", 45, client="CA").visit("back", 1, "08:00", "12:00", 30, client="CA")
    small.duty("N1", "D", 0, small.stop("pair", 0, "08:00", 60))
    small.duty("N3", "D", 0, small.stop("pair", 0, "08:00", 60, part=2))
    small.duty("N3", "N", 6, small.stop("late", 6, "24:30", 60))
    small.duty("N1", "D", 1, small.stop("own", 1, "08:00", 45)).duty("N2", "D", 1, small.stop("back", 1, "08:00", 30))
    case = Case(small.instance(), small.contract, small.matrix(), small.plan())
    assert lent_minutes(case) == {("a", 0): 120, ("a", 1): 60, ("b", 0): 30}
    small.contract = PRESETS["joint"].model_copy(update={"most_lent": (Lent(organisation="a", hours_per_week=1),)})
    (found,) = (each for each in small.report().violations if each.rule == "sharing.most_lent")
    assert (found.start, found.end, found.required, found.found, found.subject) == (0, 7 * 1440, 60, 120, "a")
    assert "2 uur" in found.sentence("nl")


def nights(room: Any, **fields: Any) -> Any:
    """A night of a and one of b, each wants one on call; N1 of a is on call on Monday, N2 of b on Tuesday, both on
    Wednesday."""
    small = room().nurse("N1").nurse("N2", organisation="b")
    small.kind("N", "23:00", "31:00", lane="standby", category="night")
    times = {"from_time": 1380, "until_time": 1860, "lane": "standby"}
    small.add("cover", *(Cover(id=f"night-{each}", organisation=each, **times) for each in ("a", "b")))
    small.duty("N1", "N", 0).duty("N2", "N", 1).duty("N1", "N", 2).duty("N2", "N", 2)
    contract = SharingContract(name="drawn", **{"visits": "all", "cover": "pooled", **fields})
    return sorted(
        (each.day, "+".join(each.rows), each.below_minimum)
        for each in shortfalls(Case(small.instance(), contract, small.matrix(), small.plan()))
        if each.day < 3
    )


ONE = (PooledNumber(cover=("night-a",), minimum=1, wanted=1),)
BOTH = "night-a+night-b"


@pytest.mark.parametrize(("fields", "short"), [
    # summed: two on call, of which one is there on Monday and on Tuesday
    ({}, [(0, BOTH, 1), (1, BOTH, 1)]),
    ({"cover": "own"}, [(0, "night-b", 1), (1, "night-a", 1)]),
    ({"cover": "anw"}, [(0, BOTH, 1), (1, BOTH, 1)]),
    ({"pooled_to": ONE}, []),
    ({"pooled_standby": 2, "pooled_to": ONE}, []),
    ({"pooled_to": ONE, "groups": (("a",), ("b",))}, [(0, "night-b", 1), (1, "night-a", 1)]),
    # b enters on Tuesday: until then each has its own
    ({"pooled_to": ONE, "entries": (Entry(organisation="b", from_date=TUESDAY),)}, [(0, "night-b", 1)]),
    # N1 did not agree: she keeps a's own place of two, but cannot be the one who is there for both
    ({"consents": ("N2",)}, [(0, BOTH, 1), (1, BOTH, 1)]),
    ({"consents": ("N2",), "pooled_to": ONE}, [(0, BOTH, 1)]),
])  # fmt: skip
def test_cover_by_contract(room: Any, fields: dict[str, Any], short: list[tuple[int, str, int]]) -> None:
    """What is short on Monday, Tuesday and Wednesday night."""
    assert nights(room, **fields) == short


@pytest.mark.parametrize(("low", "high", "day", "pooled"), [
    (1080, 1380, 0, True), (1079, 1380, 0, False), (1380, 1860, 0, True), (1380, 1861, 0, False),
    (1380, 1861, 4, True), (480, 780, 5, True), (480, 780, 4, False), (0, 420, 0, True), (0, 421, 0, False),
    # Sunday 23:00 to Monday 07:01
    (1380, 1861, 6, False),
])  # fmt: skip
def test_anw_pools_rows_without_office_hours(room: Any, low: int, high: int, day: int, pooled: bool) -> None:
    """Monday to Friday 07:00 to 18:00 is office; a row that holds a minute of it is its organisation's own."""
    small, on = room().nurse("N1").kind("D", "07:00", "08:00"), date(2026, 12, 7 + day)
    for name in "ab":
        small.add("cover", Cover(id=name, organisation=name, day=on, from_time=low, until_time=high))
    contract = SharingContract(name="drawn", visits="own", cover="anw")
    short = shortfalls(Case(small.instance(), contract, small.matrix(), small.plan()))
    assert [each.rows for each in short] == ([("a", "b")] if pooled else [("a",), ("b",)])


def test_only_rows_with_a_shared_skill_are_pooled(room: Any) -> None:
    """A row that names skills is pooled when one of them is shared; one that names none is pooled."""
    small, times = room().nurse("N1").kind("D", "07:00", "08:00"), {"from_time": 480, "until_time": 780}
    for name in "ab":
        small.add("cover", *(
            Cover(id=f"{name}-{'-'.join(skills)}", organisation=name, day=TUESDAY, skills=skills, **times)
            for skills in ((), ("iv", "wound"), ("wound",))
        ))  # fmt: skip
    contract = SharingContract(name="drawn", visits="all", cover="pooled", skills=("iv",))
    short = shortfalls(Case(small.instance(), contract, small.matrix(), small.plan()))
    assert [each.rows for each in short] == [("a-", "b-"), ("a-iv-wound", "b-iv-wound"), ("a-wound",), ("b-wound",)]


def test_duties_for_another_organisation_need_one_to_share_with(room: Any) -> None:
    """A duty worked for b by a's nurse: right where the two share something, also when b enters within the horizon."""

    def found(**fields: Any) -> set[str]:
        small = room().nurse("N1").kind("D", "07:00", "15:30", 30).duty("N1", "D", 0, organisation="b")
        small.contract = SharingContract(name="drawn", **{"visits": "own", "cover": "pooled", **fields})
        return {each.rule for each in small.report().violations}

    assert found() == set() == found(entries=(Entry(organisation="b", from_date=date(2026, 12, 13)),))
    assert found(cover="own") == found(groups=(("a",), ("b",))) == {"duties.organisation"}
    assert found(entries=(Entry(organisation="b", from_date=date(2026, 12, 14)),)) == {"duties.organisation"}


def test_the_last_one_with_a_skill_is_sought_among_those_who_may_come(room: Any) -> None:
    """N1 of a loses iv in a month, N2 of b keeps it: no signal when N2 may come to a's client, else one."""

    def signals(**fields: Any) -> int:
        small = room().nurse("N1").nurse("N2", organisation="b").visit("A", 0, "08:00", "10:00", skills=("iv",))
        small.add("nurse_skills", NurseSkill(nurse="N1", skill="iv", valid_until=date(2027, 1, 5)))
        small.add("nurse_skills", NurseSkill(nurse="N2", skill="iv"))
        small.contract = SharingContract(name="drawn", **{"visits": "all", "cover": "own", **fields})
        return sum(each.rule == "competence.expiring" for each in small.report().signals)

    assert signals() == signals(skills=("iv",)) == signals(consents=("N2",)) == 0
    assert signals(skills=("wound",)) == signals(consents=("N1",)) == signals(groups=(("a",),)) == 1
    assert signals(visits="own") == 1
