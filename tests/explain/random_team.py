"""A random small team with a plan that the questions are asked of: duties and visits put in one by one.

Loaded by tests (``runpy``). Duties come from ``duty_answer`` and visits from ``visit_answer``, so what they say yes to
is also built upon; the tests judge the result with the full checker.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from optimiser.domain.people import Availability, ClientNurse, NurseSkill, PastVisit
from optimiser.domain.sharing import PRESETS
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.work import Link, Task, Window
from optimiser.explain.present import Present, changed_plan
from optimiser.explain.why_duty import duty_answer
from optimiser.explain.why_visit import visit_answer

DAYS = 2
HOURS = (7, 8, 9, 9, 10, 10, 11, 12, 16, 17, 19, 23, 25)


def random_team(rooms: Any, seed: int) -> Present:
    """Four to six nurses, two days of work, and a plan with most of it done."""
    dice = random.Random(seed)
    room = rooms(slack_minutes=dice.choice((0, 5)), handover_minutes=dice.choice((0, 10)),
                 planned_work_in_standby=dice.choice(("work", "call")))  # fmt: skip
    legs = dice.choice(("outside", "inside", "above"))
    room.organisations["b"] = room.organisations["b"].model_copy(update={"home_legs": legs, "home_leg_limit": 10})
    room.contract = PRESETS[dice.choice(("joint", "joint", "joint", "anw", "single"))]
    _people(room, dice)
    _work(room, dice)
    present = Present(room.instance(), room.contract, _matrix(room, dice), room.plan())
    return _visited(_rostered(present, dice), dice)


def _people(room: Any, dice: random.Random) -> None:
    room.kind("D", "07:00", "15:00", 30, carries_route=True, break_from="10:30", break_until="13:00")
    room.kind("K", "08:00", "12:00", carries_route=True).kind("M", "09:00", "13:00")
    room.kind("L", "15:00", "23:00", 30, carries_route=True, category="evening", break_from="17:00",
              break_until="20:00")  # fmt: skip
    room.kind("G", "07:00", "11:00", carries_route=True, second_start="16:00", second_end="20:00")
    room.kind("B", "23:00", "31:00", carries_route=True, category="night", lane="standby")
    for number in range(dice.randint(4, 6)):
        fields: dict[str, Any] = {"organisation": dice.choice("aab"), "contract_minutes": 60 * dice.choice((16, 24)),
                                  "sex": dice.choice("fm"), "level": dice.choice((4, 4, 5))}  # fmt: skip
        if number == 4 and dice.random() < 0.5:
            fields["experience"] = "new"
        if number == 5:
            fields |= {"experience": "student", "companion": "N0", "organisation": room.nurses["N0"].organisation}
        room.nurse(f"N{number}", **fields)
    for name in list(room.nurses)[:3]:
        room.add("nurse_skills", NurseSkill(nurse=name, skill="iv"))
    away = dice.choice(list(room.nurses))
    room.add("availability", Availability(nurse=away, kind="leave", first=room.day(1), last=room.day(1),
                                          minutes_per_day=288))  # fmt: skip
    room.past(-1, "15:00", "23:00", 30, nurse=dice.choice(list(room.nurses)))


def _work(room: Any, dice: random.Random) -> None:
    for number in range(6):
        room.client(f"C{number}", organisation=dice.choice("aab"), sex_wish=dice.choice((*5 * (None,), "f")))
    room.add("client_nurses", ClientNurse(client="C0", nurse="N0", relation="preferred"),
             ClientNurse(client="C1", nurse="N1", relation="banned"))  # fmt: skip
    room.add("past_visits", PastVisit(client="C2", nurse="N2", day=room.day(-3)))
    for number in range(dice.randint(12, 20)):
        day, start = dice.randrange(DAYS), 60 * dice.choice(HOURS) + dice.choice((0, 20))
        minutes, days = dice.choice((15, 30, 50)), {day, dice.randrange(DAYS)} if dice.random() < 0.2 else {day}
        length = max(minutes, dice.choice((30, 120, 240)))
        windows = tuple(Window(day=each + start // 1440, start=room.clock.at(each, start),
                               end=room.clock.at(each, start) + length) for each in sorted(days))  # fmt: skip
        room.visit(f"V{number}", day, "08:00", "09:00", minutes, client=f"C{dice.randrange(6)}", windows=windows,
                   nurses=2 if dice.random() < 0.15 else 1, skills=("iv",) if dice.random() < 0.2 else (),
                   level=5 if dice.random() < 0.1 else 4, time_critical=dice.random() < 0.2,
                   second_check="remote" if dice.random() < 0.15 else "none")  # fmt: skip
    for number in range(3):
        first, second = dice.sample(list(room.visits), 2)
        gap = room.visits[second].windows[0].start - room.visits[first].windows[0].start
        room.add("work_links", Link(id=f"l{number}", first=first, second=second, gap_min=gap - 40, gap_max=gap + 60,
                 nurse=dice.choice(("any", "same", "different")), together=dice.random() < 0.3))  # fmt: skip
    for number in range(2):
        low = 60 * dice.randint(8, 18)
        room.add("tasks", Task(id=f"T{number}", kind="telephone", organisation=dice.choice("ab"),
                 place=room.place("base") if number else None, day=room.day(dice.randrange(DAYS)), from_time=low,
                 until_time=low + 120, minutes=20))  # fmt: skip


def _matrix(room: Any, dice: random.Random) -> TravelMatrix:
    """Points on a square of 25 minutes, ten percent slower one way."""
    points = np.array([(dice.uniform(0, 25), dice.uniform(0, 25)) for _ in room.places])
    minutes = np.ceil(np.abs(points[:, None] - points[None]).sum(axis=2)).astype(np.int32)
    plain = room.matrix()
    return TravelMatrix(engine="test", places=plain.places, minutes=dict.fromkeys(plain.minutes, minutes),
                        metres=plain.metres)  # fmt: skip


def _rostered(present: Present, dice: random.Random) -> Present:
    kinds = [each.id for each in present.instance.shift_kinds]
    for nurse in present.instance.nurses:
        for day in range(DAYS):
            if dice.random() < 0.9:
                kind = dice.choice([*kinds, "D", "D", "D", "D", "L"])
                answer = duty_answer(present, nurse.id, kind, present.instance.clock.date_of(day))
                if answer.possible:
                    present = _with(present, duties=(*present.plan.duties, answer.duty))
    return present


def _visited(present: Present, dice: random.Random) -> Present:
    for row in dice.sample(present.plan.unserved, len(present.plan.unserved)):
        possible = [each for each in visit_answer(present, row.id).alternatives if each.possible]
        if possible and dice.random() < 0.9:
            plan = dice.choice(possible).plan
            assert plan is not None
            present = Present(present.instance, present.contract, present.travel, plan)
    return present


def _with(present: Present, **fields: Any) -> Present:
    return Present(present.instance, present.contract, present.travel, changed_plan(present.plan, **fields))
