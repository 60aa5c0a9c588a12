"""The two sides of a swap as they are said, refused where a duty is unknown, begun, or a student's."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.daily.duty_named import duty_named
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text

OPTION = "swap"
Side = tuple[str, str]
"""Nurse id and the name of her duty: its id, kind/date, or the date."""


@dataclass(frozen=True)
class Exchange:
    """``giver`` hands ``given`` to ``taker``, who gives ``taken`` for it, or nothing (None)."""

    giver: str
    given: Duty
    taker: str
    taken: Duty | None = None

    @property
    def duties(self) -> tuple[Duty, ...]:
        """The duties that change hands."""
        return (self.given,) if self.taken is None else (self.given, self.taken)


def side_of(words: str, language: Language = "nl") -> Side:
    """``NURSE:DUTY`` as a side. Raises InputError when either is missing."""
    nurse, _, duty = words.partition(":")
    if not nurse or not duty:
        raise refused("side", words, language)
    return nurse, duty


def exchange_of(
    instance: Instance, plan: Plan, one: Side, other: Side | str, at: int, language: Language = "nl"
) -> Exchange:
    """The exchange that was meant. Raises InputError for what is unknown, has begun by ``at``, or is no exchange."""
    given = coming_duty(instance, plan, one, at, language)
    taker = other if isinstance(other, str) else other[0]
    taken = None if isinstance(other, str) else coming_duty(instance, plan, other, at, language)
    person = instance.nurse_by_id.get(taker)
    if person is None:
        raise refused("nurse", taker, language)
    if taker == given.nurse or person.experience == "student":
        raise refused("other", taker, language)
    if taken is not None and (taken.day, taken.kind) == (given.day, given.kind):
        raise refused("same", f"{taken.kind}/{taken.day}", language)
    return Exchange(given.nurse, given, taker, taken)


def coming_duty(instance: Instance, plan: Plan, side: Side, at: int, language: Language = "nl") -> Duty:
    """The duty of a side. Raises InputError when it is unknown, another's, a student's, or has begun."""
    nurse, name = side
    if nurse not in instance.nurse_by_id:
        raise refused("nurse", nurse, language)
    duty = duty_named(instance, plan, name, nurse, language, OPTION).duty
    if duty is None or duty.nurse != nurse:
        raise refused("duty", f"{nurse}:{name}", language)
    if duty.follows is not None:
        raise refused("student", f"{nurse}:{name}", language)
    if duty.start < at:
        raise refused("begun", f"{nurse}:{name}", language)
    return duty


def refused(key: str, got: str, language: Language) -> InputError:
    """The error with what was expected."""
    return InputError([Fault(OPTION, 0, "", text(f"swap.expected.{key}", language), got)])
