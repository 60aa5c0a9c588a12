"""One run of the study, its plan judged by the checker, and what is kept of both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from optimiser.check.checker import check
from optimiser.domain.instance import Instance
from optimiser.domain.plan import BREAK, Plan, Route, Unserved
from optimiser.domain.result import Result
from optimiser.domain.sharing import SharingContract
from optimiser.domain.workforce import WORKFORCE
from optimiser.planning import PlanSettings, plan, prepare
from optimiser.report.faces import faces
from optimiser.report.kpis import DutyTime, duty_time, outside_tasks
from optimiser.studies.job_keys import content_key
from optimiser.studies.parts_plan import Effort
from optimiser.travel.engine import travel_matrix

Planner = Callable[[Instance, SharingContract, PlanSettings, Plan | None], Result]
Keep = Callable[[str, Callable[[], dict[str, Any]]], dict[str, Any]]
"""``keep(key, make)``: the result under a key; where there is none, what ``make`` gives, kept."""
HOT, WARM = PlanSettings.hot, 20.0
"""Temperature of a run from nothing, and of one that begins from a plan, which must not be lost at once."""


@dataclass(frozen=True)
class Made:
    """A plan for a level with its ``figures`` (``figures_of``): from nothing (``fresh``), with the ``full`` effort, or
    as organisations that share nothing made it each for itself (``parts``)."""

    plan: Plan
    figures: dict[str, Any]
    fresh: bool = False
    full: bool = False
    parts: bool = False


@dataclass(frozen=True)
class Runs:
    """Who plans under which contract, and where results are kept."""

    contract: SharingContract
    planner: Planner
    keep: Keep

    def run(self, instance: Instance, effort: Effort, start: Plan | None, full: bool = False) -> Made | None:
        """The plan of one run with its figures; None where it gave no plan."""
        begin = None if start is None else fitting(start, instance)
        settings = PlanSettings(
            time_limit_s=effort.seconds, iterations=effort.iterations, seed=effort.seed, islands=effort.islands,
            hot=HOT if begin is None else WARM, log=False,
        )  # fmt: skip

        def make() -> dict[str, Any]:
            result = self.planner(instance, self.contract, settings, begin)
            if result.plan is None:
                return {"plan": None, "status": result.status}
            figures = figures_of(instance, self.contract, result.plan)
            return {"plan": result.plan.model_dump(mode="json"), "figures": figures, "status": result.status}

        identity = "" if begin is None else begin.identity
        key = content_key("capacity", instance, self.contract, _effort(settings), identity)
        kept = self.keep(key, make)
        if kept["plan"] is None:
            return None
        return Made(Plan.model_validate(kept["plan"]), kept["figures"], fresh=begin is None, full=full)

    def judged(self, instance: Instance, plan: Plan, parts: bool = False) -> Made:
        """A plan of a neighbouring level, or of the parts, as it stands, judged as one of this level and contract."""
        carried = fitting(plan, instance).model_copy(update={"contract": self.contract})
        return Made(carried, figures_of(instance, self.contract, carried), parts=parts)


def by_search(instance: Instance, contract: SharingContract, settings: PlanSettings, start: Plan | None) -> Result:
    """The planner that is used unless another is given."""
    return plan(prepare(instance, contract), settings, start=start)


def fitting(plan: Plan, instance: Instance) -> Plan:
    """The plan with what the instance knows: its nurses, kinds, visits and tasks; what is left over is listed anew."""
    works = instance.visit_by_id.keys() | instance.task_by_id.keys()
    duties = [
        duty.model_copy(update={"routes": tuple(_known(each, works) for each in duty.routes)})
        for duty in plan.duties
        if duty.nurse in instance.nurse_by_id and duty.kind in instance.kind_by_id
    ]
    done = Counter(stop.id for duty in duties for stop in duty.stops if stop.what != BREAK)
    wanted: dict[str, int] = {each.id: each.nurses for each in instance.visits}
    wanted |= {each.id: 1 for each in instance.tasks if each.in_route}
    reasons = {each.id: each for each in plan.unserved}
    left = tuple(
        reasons.get(name) or Unserved(id=name, reason="no_room") for name, parts in wanted.items() if done[name] < parts
    )
    return plan.model_copy(
        update={
            "instance": instance.name, "fingerprint": instance.fingerprint, "row_hashes": instance.row_hashes,
            "duties": tuple(duties), "unserved": left, "objective": None, "objective_terms": {},
            "parent": None, "published": None, "events": (), "phases": (),
        }
    )  # fmt: skip


def _known(route: Route, works: Collection[str]) -> Route:
    return route.model_copy(
        update={"stops": tuple(each for each in route.stops if each.what == BREAK or each.id in works)}
    )


def figures_of(instance: Instance, contract: SharingContract, plan: Plan) -> dict[str, Any]:
    """What the study reads of a plan, by the checker: ``unserved`` ids, ``unserved_of`` organisations, counts, and
    minutes over the whole horizon."""
    travel = travel_matrix(instance)
    report = check(instance, contract, travel, plan)
    time = sum((duty_time(instance, travel, duty) for duty in plan.duties), DutyTime())
    staff = [each.id for each in instance.nurses if each.experience != "student"]
    weeks = range(instance.weeks)
    unserved_of: dict[str, int] = defaultdict(int)
    for each in plan.unserved:
        visit = instance.visit_by_id.get(each.id)
        if visit is not None:
            unserved_of[instance.client_by_id[visit.client].organisation] += 1
    net = sum(instance.net_contract_minutes(each, week) for each in staff for week in weeks)
    full_time = WORKFORCE.week.value * instance.weeks
    return {
        "violations": len(report.violations), "unserved": sorted(each.id for each in plan.unserved),
        "unserved_of": dict(unserved_of), "uncovered": report.counts["uncovered_minimum"],
        "overtime": report.counts["overtime"],
        "target": sum(instance.target_minutes(each, week) for each in staff for week in weeks),
        "net": net, "gross_fte": round(float(net * WORKFORCE.gross_by_net / full_time), 3),
        "contract": instance.weeks * sum(instance.nurse_by_id[each].contract_minutes for each in staff),
        "client": sum(each.minutes * each.nurses for each in instance.visits), "nurses": len(staff),
        "paid": time.paid + outside_tasks(instance), "travel": time.legs, "waiting": time.waiting,
        "faces_mean": faces(instance, plan)[0],
        "wishes_refused": report.counts["wish_refused"], "rest": report.objective.rest,
    }  # fmt: skip


def _effort(settings: PlanSettings) -> list[Any]:
    return [settings.time_limit_s, settings.iterations, settings.seed, settings.islands, settings.hot]
