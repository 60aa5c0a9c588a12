"""A duty as a manager names it: by its id, by kind and date, or by date alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text


@dataclass(frozen=True)
class NamedDuty:
    """Kind and day; ``duty`` is the one of the plan that was meant, None for a duty that nobody has."""

    kind: str
    day: date
    duty: Duty | None = None


def duty_named(
    instance: Instance, plan: Plan, name: str, nurse: str | None = None, language: Language = "nl",
    option: str = "--duty",
) -> NamedDuty:  # fmt: skip
    """The duty of a name: ``nurse/date/lane`` of the plan, ``kind/date``, or a date on which ``nurse`` has one duty.

    Raises InputError with what was expected.
    """
    known = next((duty for duty in plan.duties if duty.id == name), None)
    if known is not None:
        return NamedDuty(known.kind, known.day, known)
    kind, _, day = name.rpartition("/")
    found = _date(day)
    if found is not None and instance.first_monday <= found <= instance.clock.date_of(instance.days - 1):
        own = [duty for duty in plan.duties_of.get(nurse or "", ()) if duty.day == found]
        if kind in instance.kind_by_id:
            held = next((duty for duty in own if duty.kind == kind), None)
            return NamedDuty(kind, found, held)
        if not kind and len(own) == 1:
            return NamedDuty(own[0].kind, found, own[0])
    raise InputError([Fault(option, 0, "", text("daily.expected.duty", language), name)])


def _date(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
