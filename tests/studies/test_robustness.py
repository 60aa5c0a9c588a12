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
from optimiser.domain.sharing import PRESETS, Lent
from optimiser.domain.work import Link, Visit, Window
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


def test_an_urgent_visit_goes_to_who_is_hired_too(room: Callable[..., Any]) -> None:
    """N1 is ill and somebody hired has her duty from 08:00 on: the urgent visit of 11:00 goes to that route."""
    small = team(room)
    found = played(small, ill={"N1": {0}}, urgent=(urgent(small, "U", "10:00", "11:00", "12:00"),))
    assert how(found) == [("hired", "hired-0")] and found.places[1]["U", 1] == ("hired-0", 660)


def test_ten_nurses_are_called_at_most(room: Callable[..., Any]) -> None:
    """Twelve are free and none says yes."""
    small = team(room)
    for number in range(12):
        small.nurse(f"X{number}")
    found = played(small, UNWILLING, ill={"N1": {0}})
    assert len(found.replayed.asked) == 10 and how(found)[0][0] == "hired"


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
    """Nothing is made up: all are None, as where nothing is replayed."""
    small = team(room)
    bare = small.plan().model_copy(update={"with_routes": False})
    found = robustness(small.instance(), small.contract, small.matrix(), bare, seed=1, replays=1)
    assert set(found.total) == {kind.name for kind in ROBUSTNESS_FIGURES} and set(found.total.values()) == {None}
    assert found == robustness(small.instance(), small.contract, small.matrix(), small.plan(), seed=1, replays=0)


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


def test_scenarios_lose_the_same_duties(room: Callable[..., Any]) -> None:
    """One roster under two contracts, the same seed: the same duties fall away and the same nurses say yes, so the
    contract alone makes the difference: M1 comes where she may, and nobody is hired."""
    small = team(room).nurse("M1", organisation="b")
    settings = WILLING.model_copy(update={"absence_percent": 40.0})
    drawn = [happenings(small.instance(), settings, 1, number) for number in range(60)]
    drawn = [each for each in drawn if each.is_ill("N1", 0) and not each.is_ill("M1", 0)]
    assert len(drawn) > 5
    for each in drawn:
        outcomes = {}
        for name in ("joint", "single"):
            repair = TelephoneRepair(small.instance(), PRESETS[name], small.matrix(), small.plan())
            found = replay(small.instance(), PRESETS[name], small.matrix(), small.plan(), each, repair)
            outcomes[name] = [(outcome.duty.id, outcome.how) for outcome in found.outcomes]
        lost = "N1/2026-12-07/work"
        assert outcomes == {"joint": [(lost, "partner")], "single": [(lost, "hired")]}


def test_a_student_goes_with_her_companion_and_is_no_lost_duty(room: Callable[..., Any]) -> None:
    """N1 is ill, S follows her: both duties go, one is told, and N2 takes it alone."""
    small = team(room).nurse("S", experience="student", companion="N1").duty("S", "k", 0, follows="N1").nurse("N2")
    found = played(small, ill={"N1": {0}})
    assert how(found) == [("own", "N2")]
    assert [duty.nurse for duty in found.replayed.plan.duties] == ["N2"]
    alone = played(small, ill={"S": {0}})
    assert how(alone) == [] and [duty.nurse for duty in alone.replayed.plan.duties] == ["N1"] and not alone.calls


def test_both_nurses_of_a_pair_are_ill(room: Callable[..., Any]) -> None:
    """N3 takes N1's duty and her part of P at 11:00; nobody is free for N2's, whose hired replacement takes hers. No
    half visit is left when nobody can be hired either."""
    small = team(room).visit("P", 0, "10:30", "12:00", nurses=2)
    first = small.duties.pop()
    small.duty("N1", "k", 0, *first.stops, small.stop("P", 0, "11:00"))
    small.duty("N2", "k", 0, small.stop("P", 0, "11:00", part=2)).nurse("N3")
    found = played(small, ill={"N1": {0}, "N2": {0}})
    assert how(found) == [("own", "N3"), ("hired", "hired-1")]
    assert {found.places[1]["P", part] for part in (1, 2)} == {("N3", 660), ("hired-1", 660)}
    repair = TelephoneRepair(small.instance(), small.contract, small.matrix(), small.plan(), hire=False)
    drawn = Happenings(WILLING, ill={"N1": frozenset({0}), "N2": frozenset({0})})
    open_ = Consequences(replay(small.instance(), small.contract, small.matrix(), small.plan(), drawn, repair))
    assert how(open_) == [("own", "N3"), ("open", "")]
    assert set(open_.open_visits) == {"P"} and not [key for key in open_.places[1] if key[0] == "P"]


def test_what_belongs_together_is_not_left_half(room: Callable[..., Any]) -> None:
    """D comes 60 to 120 minutes after C, both or none, and only N1 (level 5) may do C; N2 does D. N1 is ill and nobody
    is hired: N3 takes A and B, C is open, and so is D."""
    small = team(room).visit("C", 0, "10:00", "11:00", level=5).visit("D", 0, "11:00", "12:00")
    first = small.duties.pop()
    small.nurses["N1"] = small.nurses["N1"].model_copy(update={"level": 5})
    small.add("work_links", Link(id="l", first="C", second="D", gap_min=60, gap_max=120))
    small.duty("N1", "k", 0, *first.stops, small.stop("C", 0, "10:20"))
    small.duty("N2", "k", 0, small.stop("D", 0, "11:20")).nurse("N3")
    small.add("cover", Cover(id="two", organisation="a", weekdays=("mon",), from_time=480, until_time=720, minimum=2,
                             wanted=2))  # fmt: skip
    found = played(small, ill={"N1": {0}})
    assert how(found) == [("own", "N3")] and set(found.open_visits) == {"C", "D"}
    report = check(found.replayed.instance, small.contract, small.matrix(), found.replayed.plan)
    assert not report.violations


def test_a_cap_on_lent_hours_holds_in_repairs_too(room: Callable[..., Any]) -> None:
    """N2 of b is on duty and could take A and B of a, an hour in all. Where b lends no hours, she takes neither."""
    def lending(hours: int) -> list[tuple[str, str]]:
        small = team(room).client("C-C", organisation="b").visit("C", 0, "11:00", "11:30", client="C-C")
        small.tables["cover"].clear()
        small.contract = PRESETS["joint"].model_copy(
            update={"most_lent": (Lent(organisation="b", hours_per_week=hours),)}
        )
        small.nurse("N2", organisation="b").duty("N2", "k", 0, small.stop("C", 0, "11:00"))
        return how(played(small, ill={"N1": {0}}))

    assert lending(1) == [("absorbed", "")]
    assert lending(0)[0][0] == "hired"


def test_turn_outs_of_a_standby_duty_are_work_for_who_takes_it(room: Callable[..., Any]) -> None:
    """N1's standby 23:00 to 07:00 has a visit from 02:00 to 04:00. N2 works from 08:00 to 17:30 after it, 9 hours:
    within 8 hours of the visit, so both are one dienst of 11 hours, 2 of them in the night, where 10 are allowed. N3,
    free the next day, comes, though an hour of night work in standby is an exception: N1 had it too. For a standby
    without work N2 may come."""
    def night(with_visit: bool, others: tuple[str, ...]) -> list[tuple[str, str]]:
        small = room().kind("n", "23:00", "31:00", lane="standby", category="night", carries_route=True)
        small.kind("k", "08:00", "17:30", 30)
        stops = ()
        if with_visit:
            small.visit("V", 0, "25:30", "28:30", minutes=120)
            stops = (small.stop("V", 0, "26:00", 120),)
        small.duty("N1", "n", 0, *stops).add("cover", Cover(
            id="night", organisation="a", weekdays=("mon",), from_time=1380, until_time=1860, lane="standby",
            minimum=1, wanted=1))  # fmt: skip
        for nurse in others:
            small.nurse(nurse)
        return how(played(small.duty("N2", "k", 1), ill={"N1": {0}}))

    assert night(False, ()) == [("own", "N2")]
    assert night(True, ())[0][0] == "hired"
    assert night(True, ("N3",)) == [("own", "N3")]
