"""Random small problems with a state to begin from, drawn by hypothesis: size and ingredients shrink, details follow
from a seed.

Loaded by tests (``runpy``). ``begun`` takes the builders of tests/conftest.py.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from optimiser.domain.clock import DAY
from optimiser.domain.duty import GivenDuty
from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.people import NurseSkill
from optimiser.domain.work import Link, Task, Window
from optimiser.patterns.allowed import duty_allowed
from optimiser.search.kernel.anneal import fill, price
from optimiser.search.kernel.random_state import seeded
from optimiser.search.kernel.undo import new_journal
from optimiser.search.start import drop_violations

CLIENTS = 8


@dataclass(frozen=True)
class Recipe:
    """What a problem has. Work lies on the first ``days``; the horizon is a week."""

    seed: int
    nurses: int
    days: int
    visits: int
    pairs: bool
    """Visits by two nurses."""
    rings: int
    """Groups of three or four visits, each eight hours after the one before."""
    links: int
    """Ties between any two visits, some of them not together."""
    tasks: int
    """Tasks in routes, every second one without a place."""
    standby: bool
    pauses: bool
    people: bool
    """Pasts, leave, wishes, familiar and banned nurses, counters, a meeting, cover."""
    published: int
    entered: int
    """Duties that stand, and duties that nurses entered themselves or that a base roster holds."""
    frozen_days: int
    holidays: bool
    """Whether two days of the week are holidays, to be shared fairly."""
    parent: bool
    """Whether changes against an earlier plan are priced."""


def recipes() -> st.SearchStrategy[Recipe]:
    """Two to six nurses, three to seven days, five to forty visits, and any of the ingredients."""
    return st.builds(
        Recipe, seed=st.integers(0, 2**20), nurses=st.integers(2, 6), days=st.integers(3, 7),
        visits=st.integers(5, 40), pairs=st.booleans(), rings=st.integers(0, 2), links=st.integers(0, 4),
        tasks=st.integers(0, 4), standby=st.booleans(), pauses=st.booleans(), people=st.booleans(),
        published=st.integers(0, 3), entered=st.integers(0, 2), frozen_days=st.sampled_from((0, 0, 1, 2)),
        holidays=st.booleans(), parent=st.booleans(),
    )  # fmt: skip


def begun(recipe: Recipe, rooms: Any, parts: dict[str, Any]) -> Any:
    """A kernel with random lawful duties and all work inserted that fits; what is to be frozen is."""
    dice = random.Random(recipe.seed)
    room = _room(recipe, rooms, parts, dice)
    roster = _duties(room, dice)
    for number, (nurse, kind, day) in enumerate(roster[: recipe.published + recipe.entered]):
        status = "published" if number < recipe.published else dice.choice(("own", "wish", "base"))
        room.add("duties_given", GivenDuty(nurse=nurse, kind=kind, day=room.day(day), status=status))
    matrix, contract = parts["metric"](room, recipe.seed), dice.choice(("joint", "single", "anw"))
    kernel = parts["Kernel"](room, roster, contract, matrix)
    drop_violations(kernel.problem, kernel.data, kernel.rows, kernel.duties, kernel.state)
    price(kernel.data, kernel.rows, kernel.duties, kernel.state)
    fill(kernel.data, kernel.rows, kernel.state, new_journal(kernel.data, kernel.state), seeded(recipe.seed))
    if recipe.parent or recipe.frozen_days:
        plan = kernel.plan()
        if recipe.parent:
            kernel = parts["Kernel"](room, [], contract, matrix, parent=plan)
            kept = tuple(duty for duty in plan.duties if dice.random() < 0.8)
            plan = plan.model_copy(update={"duties": kept})
        kernel.begin(plan, recipe.frozen_days)
    return kernel


def _room(recipe: Recipe, rooms: Any, parts: dict[str, Any], dice: random.Random) -> Any:
    room = rooms(
        monday=parts["HOLIDAYS" if recipe.holidays else "PLAIN"],
        slack_minutes=dice.choice((0, 0, 5)), handover_minutes=dice.choice((0, 10)),
        waiting_free_minutes=dice.choice((0, 15)), planned_work_in_standby=dice.choice(("work", "call")),
    )  # fmt: skip
    legs = dice.choice(("outside", "inside", "above"))
    room.organisations["b"] = room.organisations["b"].model_copy(update={"home_legs": legs, "home_leg_limit": 10})
    for number in range(recipe.nurses):
        fields = {"organisation": dice.choice("ab"), "contract_minutes": 60 * dice.choice((16, 24, 32)),
                  "sex": dice.choice("fm")}  # fmt: skip
        if number == 4:
            fields |= {"experience": "student", "companion": "N0", "organisation": room.nurses["N0"].organisation}
        room.nurse(f"N{number}", **fields)
    for name, start, end, pause, fields in parts["KINDS"]:
        away = fields.get("lane") == "standby"
        if name in "DA" or (name in "KWGLM" and dice.random() < 0.5) or (away and recipe.standby):
            keeps = {key: value for key, value in fields.items() if recipe.pauses or not key.startswith("break")}
            # a duty without routes, such as one at the desk, is always locked
            routes = name != "M" or dice.random() < 0.7
            room.kind(name, start, end, pause if recipe.pauses else 0, carries_route=routes, **keeps)
    for number in range(CLIENTS):
        room.client(f"C{number}", organisation=dice.choice("ab"))
    for name in list(room.nurses)[:2]:
        room.add("nurse_skills", NurseSkill(nurse=name, skill="iv"))
    _visits(recipe, room, dice)
    _ties(recipe, room, dice)
    _tasks(recipe, room, dice)
    if recipe.people:
        parts["_people"](room, dice, list(room.nurses))
    return room


def _visits(recipe: Recipe, room: Any, dice: random.Random) -> None:
    hours = (7, 8, 9, 10, 12, 15, 17, 19, 21, *((22, 23, 24, 29) if recipe.standby else ()))
    for number in range(recipe.visits):
        day, start = dice.randrange(recipe.days), 60 * dice.choice(hours) + dice.choice((0, 0, 20))
        minutes = dice.choice((15, 25, 40, 75))
        length = max(minutes, dice.choice((20, 90, 180)))
        days = {day, dice.randrange(recipe.days)} if dice.random() < 0.2 else {day}
        windows = tuple(
            Window(day=each + start // DAY, start=(low := room.clock.at(each, start)), end=low + length)
            for each in sorted(days) if each + start // DAY < 7
        )  # fmt: skip
        if not windows:
            continue
        fields: dict[str, Any] = {"nurses": 2 if recipe.pairs and dice.random() < 0.3 else 1}
        fields["skills"] = ("iv",) if dice.random() < 0.2 else ()
        fields["second_check"] = "remote" if dice.random() < 0.1 and fields["nurses"] == 1 else "none"
        room.visit(f"V{number}", day, "08:00", "09:00", minutes, client=f"C{dice.randrange(CLIENTS)}", windows=windows,
                   time_critical=dice.random() < 0.2, priority=dice.choice(("normal", "high")), **fields)  # fmt: skip


def _ties(recipe: Recipe, room: Any, dice: random.Random) -> None:
    plain = list(room.visits)
    for number in range(recipe.rings):
        day, client = dice.randrange(recipe.days), f"C{dice.randrange(CLIENTS)}"
        times = [7 * 60, 15 * 60, 22 * 60 + 30, 30 * 60 + 30][: 4 if day < 6 and dice.random() < 0.5 else 3]
        names = [f"R{number}-{place}" for place in range(len(times))]
        for name, time in zip(names, times, strict=True):
            low = room.clock.at(day, time)
            window = Window(day=day + time // DAY, start=low, end=low + dice.choice((60, 120)))
            nurses = 2 if recipe.pairs and dice.random() < 0.2 else 1
            room.visit(name, day, "08:00", "09:00", 20, client=client, windows=(window,), nurses=nurses,
                       time_critical=True)  # fmt: skip
        for first, second in zip(names, names[1:], strict=False):
            room.add("work_links", Link(id=f"{first}/{second}", first=first, second=second, gap_min=420, gap_max=540))
    for number in range(recipe.links):
        first, second = dice.sample(plain, 2)
        gap = room.visits[second].windows[0].start - room.visits[first].windows[0].start
        room.add("work_links", Link(id=f"l{number}", first=first, second=second, gap_min=gap - 40, gap_max=gap + 60,
                 nurse=dice.choice(("any", "same", "different")), together=dice.random() < 0.6))  # fmt: skip


def _tasks(recipe: Recipe, room: Any, dice: random.Random) -> None:
    for number in range(recipe.tasks):
        low = 60 * dice.randint(8, 18)
        room.add("tasks", Task(id=f"T{number}", kind="telephone", organisation=dice.choice("ab"),
                 place=room.place("base") if number % 2 else None, day=room.day(dice.randrange(recipe.days)),
                 from_time=low, until_time=low + 120, minutes=20))  # fmt: skip


def _duties(room: Any, dice: random.Random) -> list[tuple[str, str, int]]:
    """(nurse, kind, day) of random duties that may be and do not overlap, in any order."""
    instance, chosen = room.instance(), []
    allowed = duty_allowed(instance)
    for row, nurse in enumerate(instance.nurses):
        busy: list[tuple[int, int]] = []
        taken = set[tuple[int, str]]()
        for day in range(instance.days):
            drawn = dice.sample(range(len(instance.shift_kinds)), dice.choice((0, 1, 1, 2)))
            # mostly by day or in the evening: work every eight hours has somebody, and routes can change hands
            for number in (row % 2, *drawn) if dice.random() < 0.6 else drawn:
                kind = instance.shift_kinds[number]
                bounds = segment_bounds(kind, instance.clock, day)
                low, high = bounds[0][0], bounds[-1][1]
                free = all(high <= start or end <= low for start, end in busy)
                free = free and (day, kind.lane) not in taken and nurse.experience != "student"
                if free and allowed[row, day, number]:
                    busy.append((low, high))
                    taken.add((day, kind.lane))
                    chosen.append((nurse.id, kind.id, day))
    dice.shuffle(chosen)
    return chosen
