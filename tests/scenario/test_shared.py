"""Each rule of a sharing contract on its own: just inside and just outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from optimiser.domain.clock import Clock
from optimiser.domain.problem import FORBIDDEN
from optimiser.domain.sharing import PRESETS, Entry, Lent, SharingContract
from optimiser.domain.work import Window
from optimiser.scenario.jobs import jobs_of
from optimiser.scenario.may_serve import may_serve
from optimiser.scenario.shared import (
    has_agreed,
    has_entered,
    in_office_hours,
    is_face,
    same_group,
    shares_district,
    shares_hour,
    shares_skills,
    visit_circles,
)

Rooms = Callable[..., Any]
CLOCK = Clock(date(2026, 12, 7))


def contract(**fields: Any) -> SharingContract:
    """Joint with other fields."""
    return PRESETS["joint"].model_copy(update=fields)


@pytest.mark.parametrize(("day", "time", "office"), [
    (0, 419, False), (0, 420, True), (4, 1079, True), (4, 1080, False), (5, 600, False), (6, 600, False),
])  # fmt: skip
def test_office_hours(day: int, time: int, office: bool) -> None:
    """Monday 07:00 to Friday 18:00, each day from 07:00 to 18:00."""
    assert in_office_hours(CLOCK, CLOCK.at(day, time)) is office


def test_office_hours_on_the_day_the_clock_changes() -> None:
    """The Monday after summer time ends, a day later by an hour: it goes by the clock on the wall."""
    clock = Clock(date(2026, 10, 19))
    assert in_office_hours(clock, clock.at(7, 420)) and not in_office_hours(clock, clock.at(7, 419))


def test_hours() -> None:
    """Own shares none, ANW all but office hours; whose clients have own nurses by day are shared at night."""
    noon, evening = CLOCK.at(0, 720), CLOCK.at(0, 1080)
    for name, shared in (("single", [False, False]), ("anw", [False, True]), ("joint", [True, True])):
        assert [shares_hour(PRESETS[name], "b", CLOCK, at) for at in (noon, evening)] == shared
    by_day = contract(own_by_day=("b",))
    assert [shares_hour(by_day, owner, CLOCK, noon) for owner in "ab"] == [True, False]
    assert shares_hour(by_day, "b", CLOCK, evening)


def test_who_and_what() -> None:
    """Groups, entries, skills, districts, consents and faces."""
    grouped = contract(groups=(("a", "b"), ("c", "d")))
    assert [same_group(grouped, "a", other) for other in "bce"] == [True, False, False]
    assert same_group(contract(), "a", "e")
    later = contract(entries=(Entry(organisation="b", from_date=date(2026, 12, 9)),))
    assert [has_entered(later, "b", date(2026, 12, day)) for day in (8, 9)] == [False, True]
    assert has_entered(later, "a", date(2026, 12, 1))
    skilled, placed = contract(skills=("iv",)), contract(districts=("BU0599",))
    assert [shares_skills(skilled, each) for each in (("wound", "iv"), ("wound",), ())] == [True, False, False]
    assert shares_skills(contract(), ())
    assert [shares_district(placed, each) for each in ("BU05990110", "BU0502", "")] == [True, False, False]
    assert shares_district(contract(), "")
    assert [has_agreed(contract(consents=each), "N1") for each in (None, (), ("N1",))] == [True, False, True]
    faces = contract(known_faces=True)
    assert [is_face(faces, each, "N1") for each in ((), ("N2",), ("N2", "N1"))] == [True, False, True]
    assert is_face(contract(), ("N2",), "N1")


def test_each_window_has_its_own_answer(room: Rooms) -> None:
    """A visit on Monday or Wednesday of b's client, where b joins on Tuesday: a's nurse only on Wednesday, at the
    price of lending; b's own nurse always."""
    small = room().nurse("N1").nurse("N2", organisation="b").client("C", organisation="b")
    windows = tuple(Window(day=day, start=1440 * day + 480, end=1440 * day + 600) for day in (0, 2))
    small.visit("A", 0, "08:00", "10:00", client="C", windows=windows)
    instance = small.instance()
    entering = contract(entries=(Entry(organisation="b", from_date=date(2026, 12, 8)),), lending_minutes=7)
    (table,) = may_serve(instance, entering, jobs_of(instance))
    assert table.tolist() == [[FORBIDDEN, 0], [7 * instance.weights.lending, 0]]


def test_circles_in_which_all_is_open(room: Rooms) -> None:
    """Groups where all is shared, each alone where anything limits it."""
    instance = room().instance()
    alone, both = {"a": "a", "b": "b"}, {"a": "a+b", "b": "a+b"}
    assert visit_circles(instance, contract()) == visit_circles(instance, contract(groups=(("b", "a"),))) == both
    for limit in (
        {"groups": (("a",),)}, {"visits": "anw"}, {"visits": "own"}, {"consents": ()}, {"known_faces": True},
        {"skills": ("iv",)}, {"districts": ("BU",)}, {"own_by_day": ("a",)},
        {"most_lent": (Lent(organisation="a", hours_per_week=9),)},
        {"entries": (Entry(organisation="b", from_date=date(2026, 12, 9)),)},
    ):  # fmt: skip
        assert visit_circles(instance, contract(**limit)) == alone
