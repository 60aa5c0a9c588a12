"""The ledger of evenings, nights, weekends and holidays in words: for the roster page and a nurse's own pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maps.words import Words
from optimiser.report.ledger import LedgerLine
from optimiser.texts import signed

EVEN = 0.05
"""Less than this is written as nothing."""


@dataclass(frozen=True)
class LedgerRow:
    """One class of one nurse, as people read it. ``balance`` is what she has above her share, with its sign; ``tone``
    is ``over``, ``under`` or empty; ``standing`` says in a line what she had before this roster, or has with it."""

    key: str
    name: str
    brought: str
    planned: str
    done: str
    share: str
    balance: str
    carried: str
    tone: str
    standing: str


def ledger_rows(words: Words, lines: Iterable[LedgerLine]) -> dict[str, tuple[LedgerRow, ...]]:
    """Nurse id -> her rows, in the order of the lines."""
    found: dict[str, tuple[LedgerRow, ...]] = {}
    for line in lines:
        found[line.nurse] = (*found.get(line.nurse, ()), _row(words, line))
    return found


def heads(rows: dict[str, tuple[LedgerRow, ...]]) -> list[tuple[str, str]]:
    """(key, name) of the classes in the rows, in the order in which they come first."""
    return list({row.key: (row.key, row.name) for mine in rows.values() for row in mine}.values())


def _row(words: Words, line: LedgerLine) -> LedgerRow:
    share, balance = float(line.share), float(line.balance)
    tone = "" if abs(balance) < EVEN else "over" if balance > 0 else "under"
    name, written = words(f"ledger.{line.name}"), words.decimal(share)
    said = words(f"ledger.{tone or 'even'}", count=words.decimal(abs(balance)))
    return LedgerRow(
        key=line.name, name=name, brought=str(line.brought), planned=str(line.planned), done=str(line.done),
        share=written, balance=signed(balance, words.language, 1), carried=str(line.carried), tone=tone,
        standing=words("ledger.standing", name=name, done=line.done, share=written, balance=said),
    )  # fmt: skip
