"""A duty that fell away, taken by a nurse who said yes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from optimiser.daily.fallen import FallenDuty, fallen_duties
from optimiser.domain.events import Absent, Agreed, Event
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.errors import Fault, InputError
from optimiser.explain.present import Present
from optimiser.explain.why_duty import duty_answer
from optimiser.texts import Language, text
from optimiser.travel.engine import travel_matrix


def agreed_events(
    instance: Instance, parent: Plan, events: Sequence[Event], names: Sequence[str], at: int, reason: str,
    language: Language = "nl",
) -> tuple[Agreed, ...]:  # fmt: skip
    """``NURSE`` or ``NURSE:DATE`` for each who takes a fallen duty: the first (of that date) that she may have.

    ``instance`` is that with the events in it. Raises InputError with the first rule in the way, or when nothing fell.
    """
    if not names:
        return ()
    lost = {name for event in events if isinstance(event, Absent) for name, _ in event.duties}
    base = parent.model_copy(update={"duties": tuple(duty for duty in parent.duties if duty.id not in lost)})
    present = Present(instance, parent.contract, travel_matrix(instance), base)
    fallen = [each for each in fallen_duties((*parent.events, *events)) if instance.clock.midnight(
        instance.clock.day_number(each.day) + 1) > at]  # fmt: skip
    made: list[Agreed] = []
    for name in names:
        nurse, _, day = name.partition(":")
        taken = _taken(present, fallen, nurse, day, name, language)
        fallen.remove(taken)
        made.append(Agreed(at=at, reason=reason, new=((nurse, taken.day, taken.kind),)))
    return tuple(made)


def _taken(
    present: Present, fallen: list[FallenDuty], nurse: str, day: str, name: str, language: Language
) -> FallenDuty:
    if nurse not in present.instance.nurse_by_id:
        raise InputError([Fault("--agreed", 0, "", text("daily.expected.nurse", language), name)])
    asked = [each for each in fallen if not day or each.day == _date(day)]
    if not asked:
        raise InputError([Fault("--agreed", 0, "", text("daily.expected.fallen", language), name)])
    reasons = []
    for each in asked:
        answer = duty_answer(present, nurse, each.kind, each.day)
        if answer.blocking is None:
            return each
        reasons.append(answer.blocking.sentence(language))
    raise InputError([Fault("--agreed", 0, "", text("daily.expected.free_for", language), f"{name}: {reasons[0]}")])


def _date(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
