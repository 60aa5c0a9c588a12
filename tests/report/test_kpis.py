"""The figures of a plan, solved by hand: three clients, one nurse, every leg 10 minutes and 3 km."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from optimiser.check.report import CheckReport
from optimiser.domain.duty import ShiftKind
from optimiser.domain.instance import Instance, Organisation, Settings
from optimiser.domain.objective import TERMS, Objective
from optimiser.domain.people import Availability, Client, Counter, Nurse
from optimiser.domain.place import Place
from optimiser.domain.plan import Duty, Phase, Plan, Route, Stop, Unserved
from optimiser.domain.sharing import PRESETS
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Act, Task, Visit, Window
from optimiser.report.incumbents import incumbents
from optimiser.report.kpis import duty_time, summary
from optimiser.report.open_duties import open_work
from optimiser.report.tables import nurse_hours, organisation_hours

MONDAY = date(2026, 12, 7)
KEYS = [
    "instance",
    "scenario",
    "seed",
    "time_limit_s",
    "cpu_s",
    "visits",
    "unserved_visits",
    "unserved_critical",
    "uncovered_shifts",
    "nurses",
    "duties",
    "travel_minutes",
    "home_leg_minutes",
    "travel_km",
    "visit_hours",
    "waiting_hours",
    "nonclient_hours",
    "paid_hours",
    "largest_gap_min",
    "faces_mean",
    "faces_most_14_days",
    "employer_cost_eur",
    "cost_per_client_hour_eur",
    "objective",
    "objective_scalar",
    "objective_terms",
    "lower_bound",
    "hard_violations",
    "incumbents",
]


REPORT = CheckReport(
    violations=(), signals=(), inherited=(), overridden=(), claims=(), shortfalls=(),
    counts={term.name: 0 for term in TERMS} | {"unserved_critical": 1},
    objective=Objective(hard=0, unserved=5000, rest=40),
)  # fmt: skip


def make(home_legs: str = "outside", limit: int = 0, calls: str = "work") -> tuple[Instance, TravelMatrix]:
    """Clients A, B, C and a home H; a day duty 08:00 to 16:00 with 30 minutes break; on call from 23:00 to 07:00."""
    places = ("H", "A", "B", "C")
    instance = Instance(
        name="hand",
        first_monday=MONDAY,
        weeks=1,
        organisations=(
            Organisation(id="o", name="O", home_legs=home_legs, home_leg_limit=limit),
            Organisation(id="p", name="P"),
        ),
        settings=Settings(planned_work_in_standby=calls),
        places=tuple(Place(id=each, kind="client", latitude=51.9, longitude=4.4) for each in places),
        nurses=(
            Nurse(id="N", organisation="o", home="H", contract_minutes=600, born=date(1980, 1, 1)),
            Nurse(
                id="S", organisation="o", home="H", contract_minutes=300, born=date(2004, 1, 1), experience="student"
            ),
        ),
        availability=(
            Availability(
                nurse="N", kind="leave", first=date(2026, 12, 10), last=date(2026, 12, 10), minutes_per_day=90
            ),
        ),
        acts=(Act(id="a", name="a", minutes=30),),
        clients=(
            Client(id="cA", organisation="o", place="A"),
            Client(id="cB", organisation="o", place="B"),
            Client(id="cC", organisation="p", place="C"),
        ),
        tasks=(
            Task(id="T", kind="telephone", organisation="o", day=MONDAY, from_time=480, until_time=960, minutes=15),
            Task(
                id="M",
                kind="meeting",
                organisation="o",
                nurse="N",
                day=date(2026, 12, 8),
                from_time=600,
                until_time=645,
                minutes=45,
                in_route=False,
            ),
        ),
        shift_kinds=(
            ShiftKind(
                id="d",
                code="D",
                name="Dag",
                category="day",
                start=480,
                end=960,
                break_minutes=30,
                break_from=660,
                break_until=840,
            ),
            ShiftKind(id="n", code="N", name="Nacht", lane="standby", category="night", start=1380, end=1860),
        ),
        counters=(Counter(nurse="N", counter="balance_minutes", value=-100),),
        visits=tuple(
            Visit(
                id=name,
                client=client,
                acts=("a",),
                minutes=30,
                skills=("s",),
                time_critical=name == "v4",
                windows=(Window(day=day, start=start, end=start + 600),),
            )
            for name, client, day, start in (
                ("v1", "cA", 0, 480),
                ("v2", "cB", 0, 480),
                ("v3", "cC", 0, 480),
                ("v4", "cA", 0, 480),
                ("w1", "cA", 1, 1440),
                ("w2", "cB", 1, 1440),
                ("w3", "cC", 1, 1440),
            )
        ),
    )
    minutes = np.full((4, 4), 10, np.int32) - 10 * np.eye(4, dtype=np.int32)
    slices = [("car", part) for part in ("day", "evening", "night")]
    metres = (minutes * 300).astype(np.int32)
    return instance, TravelMatrix("test", places, dict.fromkeys(slices, minutes), dict.fromkeys(slices, metres))


def stop(what: str, identity: str, arrival: int, start: int, end: int) -> Stop:
    """A stop of part 1."""
    return Stop(what=what, id=identity, arrival=arrival, start=start, end=end)


DAY_ROUTE = (
    stop("visit", "v1", 490, 490, 520),
    stop("task", "T", 520, 520, 535),
    stop("visit", "v2", 545, 560, 590),
    stop("break", "break", 700, 700, 730),
    stop("visit", "v3", 740, 745, 775),
)
DAY = Duty(
    id="N/2026-12-07/work",
    nurse="N",
    kind="d",
    day=MONDAY,
    lane="work",
    start=480,
    end=960,
    organisation="o",
    routes=(Route(stops=DAY_ROUTE),),
)
NIGHT = Duty(
    id="N/2026-12-07/standby",
    nurse="N",
    kind="n",
    day=MONDAY,
    lane="standby",
    start=1380,
    end=1860,
    organisation="o",
    routes=(
        Route(
            stops=(
                stop("visit", "w1", 1500, 1500, 1530),
                stop("visit", "w2", 1540, 1550, 1580),
                stop("visit", "w3", 1700, 1700, 1730),
            )
        ),
    ),
)
STUDENT = Duty(
    id="S/2026-12-07/work",
    nurse="S",
    kind="d",
    day=MONDAY,
    lane="work",
    start=480,
    end=960,
    organisation="o",
    follows="N",
)


def plan_of(instance: Instance, *duties: Duty, **fields: object) -> Plan:
    """A plan with these duties; v4 is left over."""
    return Plan(
        instance="hand",
        fingerprint=instance.fingerprint,
        contract=PRESETS["joint"],
        duties=duties,
        unserved=(Unserved(id="v4", reason="no_room"),),
        **fields,
    )


def test_the_account_of_a_work_duty() -> None:
    """Paid minutes split into visits, travel, non-client and waiting; nothing is lost."""
    time = duty_time(*make(), DAY)
    assert time.paid == 450  # 08:00 to 16:00 less 30 minutes break
    assert time.visits == 90  # three visits of 30
    assert time.travel == 20  # A to B, B to C; the telephone task needs none; home legs lie outside
    assert time.nonclient == 10 + 15  # handover and the task
    assert time.waiting == 450 - 90 - 20 - 25
    assert time.home_legs == 20
    assert time.leg_metres == 6000
    # gaps: task to v2: 560 - 535 - 10 = 15; v2 to v3: 745 - 590 - 10 - 30 break = 115
    assert time.largest_gap == 115


@pytest.mark.parametrize(
    ("home_legs", "limit", "inside"), [("outside", 0, 0), ("inside", 0, 20), ("above", 4, 12), ("above", 10, 0)]
)
def test_home_legs_count_as_the_organisation_says(home_legs: str, limit: int, inside: int) -> None:
    """Two home legs of 10 minutes: none, all, or what lies above the limit is duty time; waiting gives way."""
    time = duty_time(*make(home_legs, limit), DAY)
    assert (time.travel, time.home_legs) == (20 + inside, 20)
    assert time.paid == time.visits + time.travel + time.nonclient + time.waiting


@pytest.mark.parametrize("calls", ["work", "call"])
def test_standby_from_home_pays_its_turnouts(calls: str) -> None:
    """Two turn-outs: 01:00 to 02:20 (gap of 20 minutes) and 04:20 to 04:50; between them she is at home, unpaid."""
    time = duty_time(*make(calls=calls), NIGHT)
    assert time.paid == 80 + 30
    assert (time.visits, time.travel, time.nonclient, time.waiting) == (90, 10, 0, 10)
    assert time.legs == 20  # she also drives from w2 to w3, between turn-outs
    assert time.largest_gap == 0


def test_a_student_learns_the_whole_duty() -> None:
    """A student adds no visits and no travel; her paid minutes are non-client."""
    time = duty_time(*make(), STUDENT)
    assert (time.paid, time.nonclient, time.visits, time.travel) == (450, 450, 0, 0)


def test_summary_has_exactly_the_agreed_keys_and_adds_up() -> None:
    """The keys of summary.json in their order, and the hours of all duties with the paid meeting."""
    instance, travel = make()
    figures = summary(instance, travel, plan_of(instance, DAY, NIGHT, STUDENT, seed=3), REPORT)
    assert list(figures) == KEYS
    assert (figures["visits"], figures["unserved_visits"], figures["unserved_critical"]) == (7, 1, 1)
    assert (figures["nurses"], figures["duties"], figures["seed"], figures["scenario"]) == (2, 3, 3, "joint")
    assert figures["travel_minutes"] == 40 and figures["travel_km"] == 12.0
    assert figures["home_leg_minutes"] == 40
    assert figures["paid_hours"] == round((450 + 110 + 450 + 45) / 60, 2)
    parts = figures["visit_hours"] + figures["waiting_hours"] + figures["nonclient_hours"] + (20 + 10) / 60
    assert parts == pytest.approx(figures["paid_hours"], abs=0.02)
    assert figures["objective"] == {"hard": 0, "unserved": 5000, "rest": 40}
    assert figures["objective_scalar"] == 5040
    # one nurse for all clients
    assert (figures["faces_mean"], figures["faces_most_14_days"]) == (1.0, 1)


def test_the_log_of_a_run_shows_each_incumbent_with_its_minutes() -> None:
    """A phase without an objective is no incumbent; minutes that the run did not keep are unknown, not zero."""
    found = Objective(hard=0, unserved=2000, rest=300)
    phases = (
        Phase(name="roster", seconds=1.0),
        Phase(name="search", seconds=2.0, iterations=5, objective=found),
        Phase(name="search", seconds=3.0, iterations=9, objective=found, terms={"travel": 7, "waiting": 8}),
    )
    first, second = incumbents(plan_of(make()[0], DAY, phases=phases))
    assert first == {
        "phase": "search", "seconds": 2.0, "iterations": 5, "hard": 0, "unserved": 2000, "rest": 300, "scalar": 2300,
        "travel": None, "waiting": None, "overtime": None,
    }  # fmt: skip
    assert (second["travel"], second["waiting"], second["overtime"]) == (7, 8, None)
    assert incumbents(None) == []


def test_a_roster_without_routes_claims_nothing_of_routes() -> None:
    """Paid hours stand; visits, travel and waiting are unknown, not zero."""
    instance, travel = make()
    bare = DAY.model_copy(update={"routes": ()})
    figures = summary(instance, travel, plan_of(instance, bare, with_routes=False), REPORT)
    assert list(figures) == KEYS
    assert figures["paid_hours"] == round((450 + 45) / 60, 2)
    assert figures["unserved_visits"] is None and figures["waiting_hours"] is None


def test_balance_of_a_nurse() -> None:
    """Net = 600 - 90 leave - 45 meeting = 465; planned 450 + 110 = 560; balance = -100 + 560 - 465 = -5."""
    instance, travel = make()
    row = nurse_hours(instance, travel, plan_of(instance, DAY, NIGHT))[0]
    assert (row.contract, row.net, row.planned, row.opening, row.balance) == (600, 465, 560, -100, -5)
    assert row.outside == 45


def test_a_sunday_night_counts_in_two_weeks() -> None:
    """A turn-out after midnight of Sunday belongs to the week after the horizon."""
    instance, travel = make()
    shift = 6 * 1440
    stops = tuple(
        each.model_copy(update={"arrival": each.arrival + shift, "start": each.start + shift, "end": each.end + shift})
        for each in NIGHT.stops
    )
    night = NIGHT.model_copy(
        update={
            "id": "x",
            "day": date(2026, 12, 13),
            "start": NIGHT.start + shift,
            "end": NIGHT.end + shift,
            "routes": (Route(stops=stops),),
        }
    )
    row = nurse_hours(instance, travel, plan_of(instance, night))[0]
    assert row.planned == 0 and row.time.paid == 110


def test_organisations_sum_their_nurses_and_what_they_lend() -> None:
    """N of organisation o spends 60 minutes at the client of p (v3 and w3)."""
    instance, travel = make()
    plan = plan_of(instance, DAY, NIGHT, STUDENT)
    first, second = organisation_hours(instance, plan, nurse_hours(instance, travel, plan))
    assert (first.organisation, first.nurses, first.contract, first.planned, first.lent) == ("o", 2, 900, 1010, 60)
    assert (second.nurses, second.planned, second.lent) == (0, 0, 0)


def test_open_work_is_gathered_into_one_duty() -> None:
    """Two visits left on one day part with one skill are one open duty of 60 minutes; the night one stands apart."""
    instance, _ = make()
    left = [Unserved(id=each, reason="no_room") for each in ("v4", "v2", "w1")]
    rows = open_work(instance, left)
    assert [(each.work, each.minutes, each.skills) for each in rows] == [
        (("v4", "v2"), 60, ("s",)),
        (("w1",), 30, ("s",)),
    ]
