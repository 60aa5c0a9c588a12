"""A week replayed and repaired: who comes, what moves, what stays undone; small cases solved by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from instances.plans import read_plan
from optimiser.check.checker import check
from optimiser.domain.duty import Cover
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import PRESETS
from optimiser.domain.work import Visit, Window
from optimiser.simulate.chance import Happenings, happenings
from optimiser.simulate.consequences import Consequences
from optimiser.simulate.figures import ROBUSTNESS_FIGURES, robustness_figures, tally
from optimiser.simulate.referrals import Urgent
from optimiser.simulate.replay import replay
from optimiser.simulate.settings import ChanceSettings
from optimiser.studies.robustness import robustness
from optimiser.studies.robustness_hardest import hardest_absence
from optimiser.studies.robustness_repair import TelephoneRepair
from optimiser.texts import LANGUAGES, text
from optimiser.travel.engine import travel_matrix

STORED = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"
WILLING = ChanceSettings.nothing().model_copy(update={"willing_percent": 100.0})
UNWILLING = ChanceSettings.nothing().model_copy(update={"willing_percent": 0.0})
AFTER_EVENTS = {"links.together", "publication.notice"}
"""What a plan with events may show: work that is tied to what was done before nobody could come any more."""


def stored(six: Instance) -> Plan:
    """The plan that lies beside the tests."""
    return read_plan(STORED, six)[0]


def played(room: Any, settings: ChanceSettings = WILLING, ill: dict[str, set[int]] | None = None,
           urgent: tuple[Urgent, ...] = ()) -> Consequences:  # fmt: skip
    """The room's plan replayed."""
    instance, travel, plan = room.instance(), room.matrix(), room.plan()
    assert not check(instance, room.contract, travel, plan).violations
    drawn = Happenings(settings, ill={nurse: frozenset(days) for nurse, days in (ill or {}).items()}, urgent=urgent)
    repair = TelephoneRepair(instance, room.contract, travel, plan)
    return Consequences(replay(instance, room.contract, travel, plan, drawn, repair))


def how(found: Consequences) -> list[tuple[str, str]]:
    """What became of each lost duty, and who came."""
    return [(each.how, each.nurse) for each in found.replayed.outcomes]


def team(room: Callable[..., Any], contract: str = "joint", cover: int = 1) -> Any:
    """N1 of organisation a has the one duty of Monday 08:00 to 12:00, with visits A and B of a's clients; cover asks
    for one nurse of a. Who else there is, is up to the test."""
    small = room().kind("k", "08:00", "12:00", carries_route=True).nurse("N1")
    small.contract = PRESETS[contract]
    small.visit("A", 0, "09:00", "10:00").visit("B", 0, "09:30", "10:30")
    small.add("cover", Cover(id="row", organisation="a", weekdays=("mon",), from_time=480, until_time=720,
                             minimum=cover, wanted=cover))  # fmt: skip
    return small.duty("N1", "k", 0, small.stop("A", 0, "09:00"), small.stop("B", 0, "09:40"))


def test_nothing_happens_and_nothing_changes(six: Instance) -> None:
    """All duties, visits and starts are as they were; what is a share is 100 %, what is counted 0."""
    plan = stored(six)
    travel = travel_matrix(six)
    found = robustness(six, plan.contract, travel, plan, seed=1, replays=2, settings=ChanceSettings.nothing())
    for values in (found.total, *found.organisations.values()):
        for kind in ROBUSTNESS_FIGURES:
            if kind.name in values and kind.name != "robust_hardest_absence":
                assert values[kind.name] == (100.0 if kind.unit == "percent" else 0.0), kind.name
    nothing = happenings(six, ChanceSettings.nothing(), 1, 0)
    repair = TelephoneRepair(six, plan.contract, travel, plan)
    after = replay(six, plan.contract, travel, plan, nothing, repair)
    assert after.plan.duties == plan.duties and after.plan.unserved == plan.unserved


def test_a_free_colleague_takes_the_duty(room: Callable[..., Any]) -> None:
    """N1 is ill on Monday; N2 of the same organisation is free and takes duty and route at the same times. One person
    was asked; both visits have another nurse, at the same time, so no client is called: one call."""
    found = played(team(room).nurse("N2"), ill={"N1": {0}})
    assert how(found) == [("own", "N2")]
    assert found.places[1] == {("A", 1): ("N2", 540), ("B", 1): ("N2", 580)}
    assert found.moved == {"A", "B"} and not found.open_visits and not found.uncovered_days()
    assert [call.who for call in found.calls] == ["N2"]


def test_who_says_no_is_called_and_somebody_is_hired(room: Callable[..., Any]) -> None:
    """N2 does not want to. The hired duty is 4 hours; the day is not covered by people of the teams."""
    found = played(team(room).nurse("N2"), UNWILLING, ill={"N1": {0}})
    assert [each for each, _ in how(found)] == ["hired"]
    assert {call.who for call in found.calls} == {"N2", "agency for N1/2026-12-07/work"}
    assert found.uncovered_days() == {0} and not found.open_visits
    counted = tally(found)
    assert (counted.hired, counted.hired_minutes, counted.covered, counted.days) == (1, 240, 6, 7)


def test_a_partners_colleague_comes_only_where_the_contract_shares(room: Callable[..., Any]) -> None:
    """Only M1 of organisation b is free. Joint: she fills the row and may serve the visits. Single: she may do
    neither, so somebody is hired. Visits alone: she may serve but not fill the row of a. Cover alone: the other way
    round, and a duty whose work she may not do is of no use."""
    found = {
        name: how(played(team(room, name).nurse("M1", organisation="b"), ill={"N1": {0}}))[0]
        for name in ("joint", "single", "visits", "cover")
    }
    assert found["joint"] == ("partner", "M1")
    assert [found[name][0] for name in ("single", "visits", "cover")] == ["hired", "hired", "hired"]


def test_own_people_come_before_partners(room: Callable[..., Any]) -> None:
    """M1 has hours left, N2 has none: N2 is asked first all the same."""
    small = team(room).nurse("M1", organisation="b", contract_minutes=1440).nurse("N2")
    assert how(played(small, ill={"N1": {0}})) == [("own", "N2")]


def test_whoever_is_away_busy_or_unlawful_is_not_asked(room: Callable[..., Any]) -> None:
    """N2 is ill too, N3 has an evening duty that day, N4 ends a night at 07:00 that morning: 12 hours of work in one
    dienst is for exceptions only. Nobody is asked. With work till 21:00 the day before she has 11 hours of rest."""
    small = team(room).nurse("N2").kind("e", "17:00", "21:00", category="evening").duty("N3", "e", 0)
    small.past(-1, "23:00", "31:00", nurse="N4")
    found = played(small, ill={"N1": {0}, "N2": {0}})
    assert how(found)[0][0] == "hired" and not found.replayed.asked
    rested = team(room).past(-1, "13:00", "21:00", nurse="N4")
    assert how(played(rested, ill={"N1": {0}})) == [("own", "N4")]


def test_work_that_fits_in_the_other_routes_needs_nobody(room: Callable[..., Any]) -> None:
    """Cover asks for one and N2 is on duty too, with a visit at 11:00: A and B fit in her morning. N1's duty is
    absorbed. With cover of two the row would be short: N3, free, takes the duty."""
    def both(cover: int) -> Any:
        small = team(room, cover=cover).visit("C", 0, "11:00", "11:30")
        return small.duty("N2", "k", 0, small.stop("C", 0, "11:00")).nurse("N3")

    found = played(both(1), ill={"N1": {0}})
    assert how(found) == [("absorbed", "")] and not found.open_visits and not found.uncovered_days()
    assert {nurse for nurse, _ in found.places[1].values()} == {"N2"}
    assert how(played(both(2), ill={"N1": {0}})) == [("own", "N3")]


def test_who_may_not_do_the_work_leaves_it(room: Callable[..., Any]) -> None:
    """B asks level 5; N2 has 4. She takes the duty with A, B stays undone and its client is called."""
    small = team(room)
    small.nurses["N1"] = small.nurses["N1"].model_copy(update={"level": 5})
    small.visits["B"] = small.visits["B"].model_copy(update={"level": 5})
    found = played(small.nurse("N2"), ill={"N1": {0}})
    assert how(found) == [("own", "N2")]
    assert found.open_visits == {"B": 0} and found.moved == {"A"} and found.uncovered_days() == {0}
    assert {call.who for call in found.calls} == {"N2", "C-B"}
    assert [row.id for row in found.replayed.plan.unserved] == ["B"]


def test_the_other_nurse_of_a_pair_keeps_her_time(room: Callable[..., Any]) -> None:
    """N1 and N2 do P together at 11:00; N1 is ill. N3 takes her place at 11:00. Without N3 and nobody to hire the
    whole visit is off, for N2 too."""
    small = team(room).visit("P", 0, "10:30", "12:00", nurses=2)
    first = small.duties[0]
    small.duties.clear()
    small.duty("N1", "k", 0, *first.stops, small.stop("P", 0, "11:00"))
    small.duty("N2", "k", 0, small.stop("P", 0, "11:00", part=2))
    alone = TelephoneRepair(small.instance(), small.contract, small.matrix(), small.plan(), hire=False)
    drawn = Happenings(WILLING, ill={"N1": frozenset({0})})
    off = Consequences(replay(small.instance(), small.contract, small.matrix(), small.plan(), drawn, alone))
    assert how(off) == [("open", "")] and "P" in off.open_visits and not [key for key in off.places[1] if key[0] == "P"]
    found = played(small.nurse("N3"), ill={"N1": {0}})
    assert {key: place for key, place in found.places[1].items() if key[0] == "P"} == {
        ("P", 1): ("N3", 660), ("P", 2): ("N2", 660)
    }  # fmt: skip


def urgent(room: Any, name: str, at: str, start: str, end: str) -> Urgent:
    """A visit of half an hour to the client of A, asked for at a clock time of Monday."""
    window = Window(day=0, start=room.at(0, start), end=room.at(0, end))
    return Urgent(room.at(0, at), Visit(id=name, client="C-A", acts=("wash",), windows=(window,), minutes=30))


def test_an_urgent_visit_goes_where_it_fits(room: Callable[..., Any]) -> None:
    """Asked for at 10:00, between 11:00 and 12:00: N1 is done at 10:10, drives 10 minutes and begins at 11:00. Nothing
    that was planned moves. From 11:40 on it would end at 12:10, after the duty: it stays undone."""
    small = team(room)
    fits = played(small, urgent=(urgent(small, "U", "10:00", "11:00", "12:00"),))
    assert fits.places[1]["U", 1] == ("N1", 660) and not fits.moved and not fits.open_visits
    assert tally(fits).urgent_served == 1
    late = played(small, urgent=(urgent(small, "U", "10:00", "11:40", "12:40"),))
    assert late.open_visits == {"U": 0} and tally(late).urgent_served == 0 and late.uncovered_days() == {0}


def test_what_has_begun_stands(room: Callable[..., Any]) -> None:
    """An urgent visit that is asked for at 09:30 and due by 10:30 could be done between A and B, were B moved to 10:00
    at the latest: B's last start. A, begun at 09:00, stays. Done 09:30, travel, U 09:40 to 10:10, B 10:20: too late.
    After B: B done 10:10, U at 10:20, ends 10:50: too late for U. So it stays undone, and nothing moves."""
    small = team(room)
    found = played(small, urgent=(urgent(small, "U", "09:30", "09:30", "10:30"),))
    assert found.open_visits == {"U": 0} and not found.moved


def test_a_visit_makes_room_when_it_finds_another_place(room: Callable[..., Any]) -> None:
    """N1 has no room for U between 09:00 and 10:10, which only she may do (level 5); B goes to N2, who may do B."""
    small = team(room)
    small.nurses["N1"] = small.nurses["N1"].model_copy(update={"level": 5})
    small.visit("C", 0, "11:00", "11:30").duty("N2", "k", 0, small.stop("C", 0, "11:00"))
    asked = urgent(small, "U", "08:00", "09:30", "10:30")
    asked = Urgent(asked.at, asked.visit.model_copy(update={"level": 5}))
    found = played(small, urgent=(asked,))
    assert found.places[1]["U", 1][0] == "N1" and found.places[1]["B", 1][0] == "N2"
    assert not found.open_visits


def test_calls_and_moves_add_up_over_organisations(six: Instance) -> None:
    """Each figure that adds is, over the organisations, that of all; shares lie between 0 and 100; each is known."""
    plan = stored(six)
    found = robustness(six, plan.contract, travel_matrix(six), plan, seed=4, replays=3)
    kinds = {kind.name: kind for kind in ROBUSTNESS_FIGURES}
    assert set(found.total) == set(kinds) and len(kinds) == len(ROBUSTNESS_FIGURES)
    for name, kind in kinds.items():
        parts = [values[name] for values in found.organisations.values() if "organisation" in kind.levels]
        if kind.adds:
            assert sum(part or 0 for part in parts) == pytest.approx(found.total[name]), name
        if kind.unit == "percent":
            assert all(0 <= (value or 0) <= 100 for value in (found.total[name], *parts)), name
    assert found == robustness(six, plan.contract, travel_matrix(six), plan, seed=4, replays=3)


def test_repaired_weeks_pass_the_checker(six: Instance) -> None:
    """Ten replays with twice the usual absence and ten times the referrals: each week as it turned out breaks no rule
    but those that an event explains, and hired people keep to the rules as well."""
    plan, travel = stored(six), travel_matrix(six)
    repair = TelephoneRepair(six, plan.contract, travel, plan)
    settings = ChanceSettings(absence_percent=16, urgent_percent=20)
    kinds = set()
    for number in range(10):
        found = replay(six, plan.contract, travel, plan, happenings(six, settings, 1, number), repair)
        report = check(found.instance, plan.contract, travel, found.plan)
        assert not [each.sentence("en") for each in report.violations if each.rule not in AFTER_EVENTS]
        kinds |= {outcome.how for outcome in found.outcomes}
    assert {"own", "hired"} <= kinds


def test_the_hardest_absence_is_who_leaves_most_undone(room: Callable[..., Any]) -> None:
    """N1 leaves A and B undone and the row of cover one short: 3, also when N2 is free, since nobody extra comes. With
    N2 on duty at the same time, both fit in her route and cover of one holds: 0 for N1. N2's own visit fits with N1."""
    small = team(room).nurse("N2")
    found = hardest_absence(small.instance(), small.contract, small.matrix(), small.plan())
    assert (found.undone, found.nurse, found.day) == (3, "N1", 0)
    small.visit("C", 0, "11:00", "11:30").duty("N2", "k", 0, small.stop("C", 0, "11:00"))
    assert hardest_absence(small.instance(), small.contract, small.matrix(), small.plan()).undone == 0


def test_a_roster_without_routes_has_no_such_figures(room: Callable[..., Any]) -> None:
    """Nothing is made up: all are None."""
    small = team(room)
    bare = small.plan().model_copy(update={"with_routes": False})
    found = robustness(small.instance(), small.contract, small.matrix(), bare, seed=1, replays=1)
    assert set(found.total) == {kind.name for kind in ROBUSTNESS_FIGURES} and set(found.total.values()) == {None}


def test_shares_are_of_all_replays_together(room: Callable[..., Any]) -> None:
    """One replay with a refill and one with nothing lost: 100 % refilled, half a duty lost a week, half a call."""
    small = team(room).nurse("N2")
    values = robustness_figures([played(small, ill={"N1": {0}}), played(small)], ["a", "b"])
    assert values.total["robust_refilled_own_percent"] == 100
    assert values.total["robust_lost_duties"] == 0.5 and values.total["robust_calls"] == 0.5
    assert values.organisations["b"]["robust_lost_duties"] == 0


def test_each_figure_has_words() -> None:
    """A name and a meaning in both languages."""
    for kind in ROBUSTNESS_FIGURES:
        for language in LANGUAGES:
            assert text(f"figure.{kind.name}", language) and text(f"figure.{kind.name}.what", language)
