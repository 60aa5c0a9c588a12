"""Amounts of money and groups of organisations as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from optimiser.domain.gains import Verdict
from optimiser.texts import Language, euros, number, text

VERDICT_MARKS: dict[Verdict, str] = {"sure": "bad", "possible": "room", "no": "good"}
"""How a verdict on leaving is coloured; its word always stands with it."""


@dataclass(frozen=True)
class GainWords:
    """The page's language and the organisations' names."""

    names: Mapping[str, str]
    language: Language = "nl"

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key``."""
        return text(key, self.language, **values)

    def name(self, organisation: str) -> str:
        """The name, or the id where none is known."""
        return self.names.get(organisation) or organisation

    def group(self, members: Iterable[str]) -> str:
        """Names, joined by a plus sign."""
        return " + ".join(self.name(each) for each in members)

    def number(self, value: float, decimals: int) -> str:
        """With the language's signs: 1.234,5."""
        return number(value, self.language, decimals)

    def euros(self, cents: float) -> str:
        """Whole euros: € 1.234."""
        return self._money(cents, 0)

    def cents(self, cents: int) -> str:
        """Euros and cents: € 1.234,56."""
        return self._money(cents, 2)

    def signed(self, cents: int) -> str:
        """Whole euros with a sign."""
        shown = self.euros(cents)
        return f"+{shown}" if cents >= 50 else shown

    def error(self, cents: float | None) -> str:
        """A standard error: ± € 120; a dash where it is not known."""
        return self("gains.error_unknown") if cents is None else f"± {self.euros(cents)}"

    def percent(self, value: float) -> str:
        """One decimal: 4,5 %."""
        return f"{self.number(value, 1)} %"

    def hours(self, minutes: int) -> str:
        """Hours with one decimal."""
        return self.number(minutes / 60, 1)

    def signed_hours(self, minutes: int) -> str:
        """Hours with one decimal and a sign."""
        shown = self.hours(minutes)
        return f"+{shown}" if minutes >= 3 else shown

    def _money(self, cents: float, decimals: int) -> str:
        return euros(cents / 100, self.language, decimals)
