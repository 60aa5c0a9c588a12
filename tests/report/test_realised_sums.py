"""Whatever was written down: parts add up to the whole, and nothing breaks."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from instances.plans import read_plan
from instances.realised_template import as_planned
from optimiser.check.checker import check
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.realised import Realised, RealisedDuty, RealisedVisit
from optimiser.domain.realised_report import COUNTED_BY, MEASURES, Figures
from optimiser.report.kpis import DutyTime, duty_time
from optimiser.report.realised import realised, realised_case
from optimiser.travel.engine import travel_matrix

ADDED = [each.name for each in MEASURES if each.name not in COUNTED_BY]
OF_NURSES = ("duties", "work", "ill", "overtime", "undertime", "paid", "legs", "travel", "changed_duties")


@pytest.fixture(scope="module")
def plan(six: Instance) -> Plan:
    """The stored plan of six_nurses."""
    return read_plan(Path(__file__).parents[1] / "instances" / "six_nurses_plan.json", six)[0]


def shaken(worked: Realised, instance: Instance, chance: random.Random) -> Realised:
    """The planned week after a rough week: rows lost, later, shorter, by others, cancelled, moved."""
    nurses = [each.id for each in instance.nurses]
    duties: list[RealisedDuty] = []
    for duty in worked.duties or ():
        late, fate = chance.randrange(-30, 60), chance.random()
        if fate < 0.1:
            continue
        if fate < 0.2:
            times = {"start": None, "end": None, "break_minutes": None, "reason": chance.choice(["ill", "swap"])}
            duties.append(duty.model_copy(update=times))
        else:
            times = {"start": max(duty.day * 1440, (duty.start or 0) + late), "end": (duty.end or 0) + late}
            duties.append(duty.model_copy(update={**times, "break_minutes": chance.choice([None, 0, 15, 30])}))
    day = chance.randrange(7)
    duties.append(RealisedDuty(
        nurse=chance.choice(nurses), day=day, start=day * 1440 + 1200, end=day * 1440 + 1350, break_minutes=0,
        reason=chance.choice(["extra", "call"]),
    ))  # fmt: skip
    visits: list[RealisedVisit] = []
    for visit in worked.visits or ():
        fate, late = chance.random(), chance.randrange(-20, 90)
        if fate < 0.1:
            continue
        row = visit.model_copy(update={"handover": chance.choice([None, "ready", "not_ready", "not_needed"])})
        if fate < 0.2 or not visit.done:
            gone = {"start": None, "end": None, "status": chance.choice(["not_done", "moved", "cancelled"])}
            row = row.model_copy(update=gone)
            if row.status == "cancelled":
                row = row.model_copy(update={"cancelled_by": "client", "cancelled_minutes_before": 60})
        else:
            start, end = (visit.start or 0) + late, (visit.end or 0) + late
            arrival = start - chance.randrange(10) if fate < 0.7 else None
            nurse = chance.choice([visit.nurse, visit.nurse, chance.choice(nurses)])
            row = row.model_copy(update={"start": start, "end": end, "arrival": arrival, "nurse": nurse})
        visits.append(row)
    return worked.model_copy(update={"duties": tuple(duties), "visits": tuple(visits)})


def of(figures: Figures, name: str) -> int:
    """What was realised; 0 where it is not known."""
    return figures.figure(name).realised or 0


@pytest.mark.parametrize("seed", range(12))
def test_parts_add_up(six: Instance, plan: Plan, seed: int) -> None:
    """Organisations and weeks to the total, nurses for what is hers, outcomes to the visits recorded."""
    travel = travel_matrix(six)
    worked = shaken(as_planned(plan, six), six, random.Random(seed))
    report = realised(six, travel, plan, plan, worked)
    total = report.of()
    for name in ADDED:
        parts = [each for each in report.figures if (each.week, each.scope) == (None, "organisation")]
        assert sum(of(each, name) for each in parts) == of(total, name), name
        assert sum(of(each, name) for each in report.figures if each.week and each.scope == "total") == of(total, name)
    for name in OF_NURSES:
        assert sum(of(each, name) for each in report.figures if each.scope == "nurse") == of(total, name), name
    outcomes = sum(of(total, name) for name in ("done", "cancelled", "not_done", "moved"))
    assert outcomes == of(total, "visits_recorded")
    assert of(total, "near_plan") <= of(total, "compared") <= of(total, "done")
    case = realised_case(six, plan, worked)
    verdict = check(case.instance, plan.contract, travel, case.plan)
    assert not any(each.rule in ("duties.unknown", "duties.clock") for each in verdict.violations)


def test_all_as_planned_is_no_difference(six: Instance, plan: Plan) -> None:
    """The template handed in as it is: every difference 0, the hours those of the plan's own figures, no change."""
    travel = travel_matrix(six)
    report = realised(six, travel, plan, plan, as_planned(plan, six))
    figures = {name: report.of().figure(name) for name in ADDED}
    assert {figure.difference for figure in figures.values()} == {0, None}
    time = sum((duty_time(six, travel, duty) for duty in plan.duties), DutyTime())
    assert (figures["work"].realised, figures["visit_minutes"].realised) == (time.paid, time.visits)
    assert figures["compared"].realised == figures["to_the_minute"].realised == figures["in_window"].realised
    case = realised_case(six, plan, as_planned(plan, six))
    assert not check(case.instance, plan.contract, travel, case.plan).violations
