"""In which order broken rules are said: who may, before when she can, before the law."""

from __future__ import annotations

from collections.abc import Collection

from optimiser.check.registry import RULES
from optimiser.check.violation import Violation

PERSON = ("competence.experience", "competence.banned", "competence.sex", "competence.language", "competence.task")
"""Who may come at all."""
ABLE = ("competence.skill", "competence.level", "competence.order_form")
SHARED = (
    "sharing.visit", "sharing.group", "sharing.entry", "sharing.consent", "sharing.skill", "sharing.district",
    "sharing.own_by_day", "sharing.known_face",
)  # fmt: skip
"""What the sharing contract says of one visit."""
STATIC = (*PERSON, *ABLE, *SHARED)
"""What holds whenever she comes that day."""
OURS = ("explain.begun", "explain.past", "explain.not_on_duty")
"""Sentences of our own, where no rule of a plan speaks."""
TIME = (
    "routes.carries", "windows.window", "windows.length", "routes.begin", "routes.travel", "routes.arrival",
    "routes.end", "routes.break_window", "routes.break_place", "routes.break_count", "routes.break_length",
    "routes.break_room", "routes.segment",
)  # fmt: skip
TIES = (
    "links.nurse", "links.gap_min", "links.gap_max", "links.together", "served.same_nurse", "served.same_start",
    "served.parts", "competence.pair", "competence.second_check",
)  # fmt: skip
VISIT_ORDER = {name: number for number, name in enumerate(dict.fromkeys((*STATIC, *OURS, *TIME, *TIES, *RULES)))}
"""Of work in a route."""
FIRST = (
    "duties.horizon", "duties.weekday", "duties.organisation", "duties.category", "duties.absence", "duties.double",
    "duties.overlap", "companions.follows", "companions.kind", "companions.one", "pregnancy.birth",
)  # fmt: skip
DUTY_ORDER = {name: number for number, name in enumerate(dict.fromkeys((*FIRST, *RULES)))}
"""Of a duty."""


def in_order(violations: Collection[Violation], order: dict[str, int]) -> tuple[Violation, ...]:
    """In the order in which they are said."""
    return tuple(sorted(violations, key=lambda each: (order[each.rule], each.start, each.end, each.subject)))
