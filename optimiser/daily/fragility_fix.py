"""Ways to mend what one absence breaks: a skill to learn, a second nurse, a standby, and whom to ask on the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from optimiser.check.violation import day_and_month
from optimiser.texts import Language, signed, text

FixKind = Literal["train", "second", "standby"]


@dataclass(frozen=True)
class Fix:
    """``nurse`` learns ``skill``, or has an extra duty of ``kind_id`` on ``day``. ``price`` in minute-equivalents: the
    extra duty's, or a training's part for each absence that it mends (``mends``)."""

    kind: FixKind
    nurse: str
    price: int
    day: date
    skill: str = ""
    kind_id: str = ""
    mends: int = 1

    @property
    def rank(self) -> tuple[int, str, str]:
        """Cheapest first."""
        return self.price, self.nurse, self.skill

    def sentence(self, language: Language = "nl") -> str:
        """The fix in words."""
        return text(
            f"fragility.fix.{self.kind}", language, nurse=self.nurse, skill=self.skill, kind=self.kind_id,
            day=day_and_month(self.day, language), price=signed(self.price, language), mends=self.mends,
        )  # fmt: skip
