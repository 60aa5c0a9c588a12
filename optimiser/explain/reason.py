"""What blocks something: a finding of the checker, or a sentence of our own where no rule of a plan speaks."""

from __future__ import annotations

from dataclasses import dataclass, field

from optimiser.check.violation import Violation, period
from optimiser.domain.clock import Clock
from optimiser.texts import Language, text


@dataclass(frozen=True)
class Reason:
    """Either ``violation``, or ``key`` with ``values``; ``window`` (start and end minute of ``clock``) is filled in as
    ``period``. Ids only, never names."""

    violation: Violation | None = None
    key: str = ""
    values: dict[str, str | int] = field(default_factory=dict)
    window: tuple[int, int] | None = None
    clock: Clock | None = None

    @property
    def rule(self) -> str:
        """The rule of the violation, else the text key."""
        return self.key if self.violation is None else self.violation.rule

    def sentence(self, language: Language = "nl") -> str:
        """The reason in words."""
        if self.violation is not None:
            return self.violation.sentence(language)
        values = dict(self.values)
        if self.window is not None and self.clock is not None:
            values["period"] = period(*self.window, self.clock, language)
        return text(self.key, language, **values)
