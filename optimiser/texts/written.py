"""Numbers as a language writes them: 1.234,5 in Dutch, 1,234.5 in English, with a proper minus."""

from __future__ import annotations

from typing import Literal

Language = Literal["nl", "en"]
MINUS = "−"
SWAPPED = str.maketrans(",.", ".,")


def number(value: float, language: Language, decimals: int = 0) -> str:
    """With thousands, so many decimals, and no minus before nothing."""
    written = f"{abs(value):,.{decimals}f}"
    if language == "nl":
        written = written.translate(SWAPPED)
    return f"{MINUS}{written}" if value < 0 and written.strip("0.,") else written


def signed(value: float, language: Language, decimals: int = 0) -> str:
    """The same with a plus before what is more than nothing."""
    written = number(value, language, decimals)
    return f"+{written}" if value > 0 and written.strip("0.,") else written


def euros(value: float, language: Language, decimals: int = 0) -> str:
    """An amount that does not break over a line: € 1.250 in Dutch, €1,250 in English; a minus before the sign."""
    written = number(value, language, decimals)
    space = "\N{NO-BREAK SPACE}" if language == "nl" else ""
    return f"{MINUS if written.startswith(MINUS) else ''}€{space}{written.removeprefix(MINUS)}"
