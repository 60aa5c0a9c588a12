"""Material for exports: the week in which the clock goes back, and the stored plan of six_nurses."""

from __future__ import annotations

import runpy
from functools import cache
from pathlib import Path

from instances.catalogue import locate
from instances.export_material import ExportMaterial
from instances.names import read_names
from instances.plans import read_plan
from instances.read import read_instance
from optimiser.check.checker import check
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan, Unserved
from optimiser.report.export_plan import exported_plan
from optimiser.report.hours import hours_table
from optimiser.report.money import money
from optimiser.travel.engine import travel_matrix

TESTS = Path(__file__).parents[1]
WEEK = runpy.run_path(str(TESTS / "report" / "clock_week.py"), run_name="clock_week")


def material(instance: Instance, plan: Plan, before: Plan | None = None, **more: object) -> ExportMaterial:
    """As the command line makes it; ``nurse`` and ``day`` narrow, the rest goes to the material."""
    travel = travel_matrix(instance)
    narrowed = {name: more.pop(name) for name in ("nurse", "day") if name in more}
    content = exported_plan(
        instance, travel, plan, check(instance, plan.contract, travel, plan), before=before, **narrowed  # type: ignore[arg-type]
    )  # fmt: skip
    table = hours_table(instance, money(instance, travel, plan))
    pay = [each.heading for each in table.columns], table.rows
    return ExportMaterial(instance, plan, content, pay=pay, **more)  # type: ignore[arg-type]


@cache
def clock_week() -> tuple[Instance, Plan]:
    """The week by hand."""
    instance = WEEK["week"]()
    return instance, WEEK["planned"](instance)


@cache
def six_nurses() -> tuple[Instance, Plan]:
    """six_nurses with its stored plan."""
    instance = read_instance(locate("six_nurses"))
    return instance, read_plan(TESTS / "instances" / "six_nurses_plan.json", instance)[0]


@cache
def one_away() -> tuple[Instance, Plan]:
    """The same without the duties of one nurse: her visits and tasks are open, and cover is short."""
    instance, plan = six_nurses()
    gone = plan.duties_of[plan.duties[0].nurse]
    open_work = sorted({stop.id for duty in gone for stop in duty.stops if stop.what != "break"})
    unserved = tuple(Unserved(id=each, reason="no_room") for each in open_work)
    duties = tuple(each for each in plan.duties if each not in gone)
    return instance, plan.model_copy(update={"duties": duties, "unserved": unserved})


def names() -> dict[str, object]:
    """The names of six_nurses."""
    return dict(read_names(locate("six_nurses")))
