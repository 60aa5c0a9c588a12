"""Duties that fell away by an absence, and whom to ask for them, in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from optimiser.domain.events import Absent, Agreed, Event
from optimiser.domain.plan import Duty, Plan
from optimiser.explain.present import Present
from optimiser.explain.why_duty import DutyAnswer, duty_answer
from optimiser.report.ledger import classes_of, ledger


@dataclass(frozen=True)
class FallenDuty:
    """A duty that nobody has now: its day and kind, and who had it."""

    day: date
    kind: str
    nurse: str


@dataclass(frozen=True)
class Candidate:
    """A nurse who may be asked. ``answer`` has the first rule that blocks her, or the price; ``on_free_day``: she
    wished to be free, or has no duty and neither the day before nor the day after (a longer stretch of free days).
    ``served`` and ``travel``: what the repaired plan then serves and travels more (minutes), where it was tried.
    ``above``: what she is above her share of the year in what the duty counts for (evenings, nights, weekends,
    holidays), without it."""

    nurse: str
    answer: DutyAnswer
    wished_free: bool
    on_free_day: bool
    served: int | None = None
    travel: int | None = None
    above: Fraction = Fraction(0)

    @property
    def rank(self) -> tuple[bool, bool, bool, int, int, Fraction, str]:
        """Legal first; then who did not wish to be free, who is not in a stretch of free days, few signals, price, and
        whose turn it is by the year."""
        answer = self.answer
        return (
            not answer.possible, self.wished_free, self.on_free_day, len(answer.signals), answer.cost, self.above,
            self.nurse,
        )  # fmt: skip


def fallen_duties(events: Iterable[Event]) -> tuple[FallenDuty, ...]:
    """Duties that fell away by an absence and that nobody agreed to take since, in order of date."""
    fallen: list[FallenDuty] = []
    for event in events:
        if isinstance(event, Absent):
            for name, kind in event.duties:
                nurse, day, _ = name.split("/")
                fallen.append(FallenDuty(date.fromisoformat(day), kind, nurse))
        elif isinstance(event, Agreed):
            for _, day_taken, kind in event.new:
                taken = next((each for each in fallen if (each.day, each.kind) == (day_taken, kind)), None)
                if taken is not None and not event.gone:
                    fallen.remove(taken)
    return tuple(sorted(fallen, key=lambda each: (each.day, each.kind, each.nurse)))


def candidates(present: Present, duty: FallenDuty) -> tuple[Candidate, ...]:
    """All experienced nurses without a duty in that lane that day, best to ask first; absent ones are left out."""
    instance, plan = present.instance, present.plan
    lane = instance.kind_by_id[duty.kind].lane
    busy = {each.nurse for each in plan.duties if each.day == duty.day and each.lane == lane}
    away = {row.nurse for row in instance.availability if row.kind != "travel" and row.first <= duty.day <= row.last}
    counts = classes_of(instance, instance.kind_by_id[duty.kind], duty.day)
    above: defaultdict[str, Fraction] = defaultdict(Fraction)
    for line in ledger(instance, plan) if counts else ():
        above[line.nurse] += line.balance if line.name in counts else 0
    found = []
    for nurse in instance.nurses:
        if nurse.experience != "experienced" or nurse.id in busy or nurse.id in away or nurse.id == duty.nurse:
            continue
        answer = duty_answer(present, nurse.id, duty.kind, duty.day)
        found.append(Candidate(nurse.id, answer, _wished_free(present, nurse.id, duty.day),
                               _in_free_days(plan, nurse.id, duty.day), above=above[nurse.id]))  # fmt: skip
    return tuple(sorted(found, key=lambda each: each.rank))


def _wished_free(present: Present, nurse: str, day: date) -> bool:
    return any(wish.nurse == nurse and wish.day == day and wish.wish == "free" for wish in present.instance.wishes)


def _in_free_days(plan: Plan, nurse: str, day: date) -> bool:
    near = {abs((duty.day - day).days) for duty in plan.duties_of.get(nurse, ())}
    return not near & {0, 1}


def new_duty(present: Present, nurse: str, duty: FallenDuty) -> Duty:
    """The fallen duty in her hands, without a route, published."""
    made = duty_answer(present, nurse, duty.kind, duty.day).duty
    return made.model_copy(update={"status": "published", "routes": ()})
