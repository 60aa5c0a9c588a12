"""Why and why-not agree with the checker: a yes is a plan that breaks nothing new at the price that was said, a no
names a rule that the full checker finds when the change is forced."""

from __future__ import annotations

import random
import runpy
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from instances.plans import read_plan
from optimiser.check.checker import CheckReport, check
from optimiser.check.registry import RULES
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan, Route, Stop
from optimiser.domain.work import Visit
from optimiser.explain.alternative import Alternative
from optimiser.explain.order import STATIC
from optimiser.explain.present import Present, changed_plan, rebuilt
from optimiser.explain.road import spans_of
from optimiser.explain.small_world import added
from optimiser.explain.why_duty import duty_answer, new_duty
from optimiser.explain.why_visit import visit_answer
from optimiser.travel.engine import travel_matrix

HERE = Path(__file__).parent
RANDOM_TEAM = runpy.run_path(str(HERE / "random_team.py"), run_name="random_team")["random_team"]


def verdict(present: Present, plan: Plan) -> CheckReport:
    """The full check."""
    return check(present.instance, present.contract, present.travel, plan)


def ask_and_judge(present: Present, questions: int, dice: random.Random) -> Counter[str]:
    """So many random questions; returns how often each answer came."""
    plain = Present(present.instance, present.contract, present.travel, changed_plan(present.plan))
    base, answers = verdict(plain, plain.plan), Counter[str]()
    works = [*(each.id for each in plain.instance.visits), *(t.id for t in plain.instance.tasks if t.in_route)]
    while answers.total() < questions:
        if dice.random() < 0.3:
            answers[judge_duty(plain, base, dice)] += 1
            continue
        found = visit_answer(plain, dice.choice(works))
        assert sorted(each.nurse for each in found.alternatives) == sorted(each.id for each in plain.instance.nurses)
        possible = [each for each in found.alternatives if each.possible and not each.present]
        others = [each for each in found.alternatives if not each.possible]
        # the first of the others got furthest: those of time and ties are rare and worth most
        for each in (*dice.sample(possible, min(2, len(possible))), *others[:1], *dice.sample(others, bool(others))):
            assert each.sentence("nl")
            answers[judge_visit(plain, base, found.visit, each)] += 1
    return answers


def judge_visit(present: Present, base: CheckReport, name: str, each: Alternative) -> str:
    """One answer about a visit against the full check."""
    if each.possible:
        assert each.plan is not None
        report = verdict(present, each.plan)
        assert not added(base.violations, report.violations), (name, each)
        assert report.objective.scalar - base.objective.scalar == each.cost, (name, each)
        return "yes"
    assert each.blocking is not None
    if each.blocking.rule == "explain.not_on_duty":
        assert not spanned(present, name, each), (name, each)
    else:
        plan = each.attempt.plan() if each.attempt is not None else forced(present, name, each)
        fresh = added(base.violations, verdict(present, plan).violations)
        assert each.blocking.violation in fresh, (name, each, fresh)
    return each.blocking.rule


def spanned(present: Present, name: str, each: Alternative) -> bool:
    """Whether a duty of hers holds the whole work inside a window, in which nothing about her person forbids it; of a
    pair that is served at the start at which the other nurse stays."""
    work, parts = present.work(name), present.case.served.get(name, {})
    assert work is not None
    times = spans_of(present, work)
    if isinstance(work, Visit) and work.nurses == 2 and parts:
        times = ((parts[1].stop.start, parts[1].stop.start),)
    return any(
        max(low, first) + work.minutes <= min(high, last + work.minutes) and not refused(present, name, each, first)
        for duty in present.case.duties_of.get(each.nurse, ())
        for low, high in present.case.segments(duty)
        for first, last in times
    )


def refused(present: Present, name: str, each: Alternative, start: int) -> bool:
    """Whether the full check names a rule about her person when she does it then."""
    before = set(verdict(present, present.plan).violations)
    report = verdict(present, forced(present, name, each, start))
    return any(found.rule in STATIC for found in set(report.violations) - before)


def forced(present: Present, name: str, each: Alternative, start: int | None = None) -> Plan:
    """The plan with the part of the work at the start that was judged, in a duty of its own."""
    work, instance = present.work(name), present.instance
    assert work is not None
    if start is None:
        assert each.blocking is not None
        assert each.blocking.violation is not None
        start = each.blocking.violation.start
    stop = Stop(what="visit" if isinstance(work, Visit) else "task", id=name, part=2 if each.part == 2 else 1,
                arrival=start, start=start, end=start + work.minutes)  # fmt: skip
    day = instance.clock.date_of(instance.clock.day_of(start))
    duty = Duty(id=f"{each.nurse}/forced", nurse=each.nurse, kind=instance.shift_kinds[0].id, day=day, lane="work",
                start=start, end=stop.end, organisation=instance.nurse_by_id[each.nurse].organisation,
                routes=(Route(stops=(stop,)),))  # fmt: skip
    taken = tuple(rebuilt(other, routes=tuple(
        rebuilt(route, stops=tuple(s for s in route.stops if (s.id, s.part) != (name, stop.part)))
        for route in other.routes)) for other in present.plan.duties)  # fmt: skip
    return changed_plan(present.plan, duties=(*taken, duty))


def judge_duty(present: Present, base: CheckReport, dice: random.Random) -> str:
    """One answer about a duty against the full check."""
    instance = present.instance
    nurse, kind = dice.choice(instance.nurses).id, dice.choice(instance.shift_kinds).id
    day = instance.clock.date_of(dice.randrange(4))
    answer = duty_answer(present, nurse, kind, day)
    assert answer.duty == new_duty(present, nurse, kind, day)
    report = verdict(present, changed_plan(present.plan, duties=(*present.plan.duties, answer.duty)))
    fresh = added(base.violations, report.violations)
    if not answer.possible:
        assert answer.blocking is not None
        assert answer.blocking.violation in fresh, (answer, fresh)
        return answer.blocking.rule
    assert not fresh, (answer, fresh)
    assert report.objective.scalar - base.objective.scalar == answer.cost, answer
    return "duty"


def test_random_teams_quick(room: Callable[..., Any]) -> None:
    """Some hundred questions of four random teams; yes and no both occur."""
    answers = Counter[str]()
    for seed in range(4):
        answers += ask_and_judge(RANDOM_TEAM(room, seed), 20, random.Random(seed))
    assert answers["yes"] > 5
    assert len(answers) > 6


def test_six_nurses_quick(six: Instance) -> None:
    """Twenty questions of the bundled plan."""
    assert ask_and_judge(_six(six), 20, random.Random(1))["yes"] > 0


@pytest.mark.slow
def test_a_thousand_questions(room: Callable[..., Any], six: Instance) -> None:
    """800 of random teams and 200 of six_nurses; every kind of answer occurs."""
    answers = ask_and_judge(_six(six), 200, random.Random(2))
    for seed in range(100, 140):
        answers += ask_and_judge(RANDOM_TEAM(room, seed), 20, random.Random(seed))
    assert answers.total() >= 1000
    assert answers["yes"] > 100
    assert answers["duty"] > 20
    for rule in ("explain.not_on_duty", "competence.skill", "sharing.visit", "windows.window", "duties.double",
                 "links.together"):  # fmt: skip
        assert answers[rule] > 0, rule
    assert any(RULES[rule].nature == "law" for rule in answers if rule in RULES)


def _six(six: Instance) -> Present:
    plan, differences = read_plan(HERE.parent / "instances" / "six_nurses_plan.json", six)
    assert not differences
    return Present(six, plan.contract, travel_matrix(six), plan)
