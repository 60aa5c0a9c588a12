"""What a reader of the verdict must know besides: what could not be judged, and that an agreement has ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from optimiser.check.case import Case
from optimiser.check.violation import day_and_month
from optimiser.check.weeks import HISTORY_WEEKS
from optimiser.domain.labour import RULE_SETS, ended_on
from optimiser.texts import Language, text


class Note(str):
    """A text key that knows its values; as a string it is the key."""

    values: dict[str, str | date]

    def __new__(cls, key: str, **values: str | date) -> Note:
        """The note of a key."""
        made = super().__new__(cls, key)
        made.values = values
        return made

    def sentence(self, language: Language = "nl") -> str:
        """The note in words."""
        words = {
            name: f"{day_and_month(value, language)} {value.year}" if isinstance(value, date) else value
            for name, value in self.values.items()
        }
        return text(str(self), language, **words)


def notes(case: Case) -> Iterator[Note]:
    """The notes on one plan."""
    if not case.plan.with_routes:
        yield Note("check.note.no_routes")
    if case.plan.parent is not None and case.parent is None:
        yield Note("check.note.no_parent")
    if min((row.start for row in case.instance.context), default=0) > case.clock.midnight(-7 * (HISTORY_WEEKS - 1)):
        yield Note("check.note.short_history")
    settings = case.instance.settings
    ended = ended_on(RULE_SETS[settings.rule_set], case.clock.date_of(case.instance.days - 1))
    if ended is not None:
        yield Note(f"check.note.{settings.after_agreement}", rule_set=settings.rule_set, date=ended)
