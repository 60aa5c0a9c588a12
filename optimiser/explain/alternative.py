"""One nurse's answer to "why not she": the first rule that blocks her, or the change and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from optimiser.domain.plan import Plan
from optimiser.explain.change import Change, Moved
from optimiser.explain.reason import Reason
from optimiser.texts import Language, signed, text


@dataclass(frozen=True)
class Alternative:
    """What it takes to have ``nurse`` do ``part`` of the work, in the duty of this id (None: she has none for it).

    ``blocking`` is None when it can be done: then ``terms`` are the changes of the objective's terms (counts), ``cost``
    their weighted sum, and ``plan`` the plan with the change. ``attempt`` is the change that was judged, also when it
    is blocked (None when the answer needs no route). ``partner`` does the other part. ``present``: she does it now.
    """

    nurse: str
    duty: str | None
    part: int = 1
    blocking: Reason | None = None
    cost: int = 0
    terms: dict[str, int] = field(default_factory=dict)
    start: int | None = None
    partner: str | None = None
    present: bool = False
    attempt: Change | None = field(default=None, repr=False, compare=False)

    @property
    def possible(self) -> bool:
        """Whether nothing blocks it."""
        return self.blocking is None

    @cached_property
    def plan(self) -> Plan | None:
        """The plan with this change; None when it is blocked."""
        if not self.possible or self.attempt is None:
            return None
        return self.attempt.plan()

    @property
    def moved(self) -> tuple[Moved, ...]:
        """What changes hands or time."""
        return () if self.attempt is None or not self.possible else self.attempt.moved

    def sentence(self, language: Language = "nl") -> str:
        """The answer in words."""
        if self.present:
            return text("explain.does_it_now", language, nurse=self.nurse)
        if self.blocking is not None:
            return text("explain.no", language, nurse=self.nurse, reason=self.blocking.sentence(language))
        key = "explain.yes" if self.partner is None else "explain.yes_together"
        return text(
            key, language, nurse=self.nurse, partner=self.partner, duty=self.duty, time=self._time(),
            cost=signed(self.cost, language),
            terms=", ".join(words(self.terms, language)) or text("explain.nothing", language),
        )  # fmt: skip

    def _time(self) -> str:
        if self.start is None or self.attempt is None:
            return ""
        moment = self.attempt.present.instance.clock.moment_of(self.start)
        return f"{moment:%H:%M}"


def words(terms: dict[str, int], language: Language) -> Iterator[str]:
    """Each difference of a term: its name as the check shows it, and by how much."""
    for name, count in terms.items():
        yield f"{text(f'explain.term.{name}', language)} {signed(count, language)}"
