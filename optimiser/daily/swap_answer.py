"""The answer to a swap: yes, yes but, or no, in one sentence, with the figures of both nurses and the team."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from optimiser.check.fairness import CLASSES
from optimiser.check.violation import day_and_month, duration
from optimiser.daily.swap_figures import Figures
from optimiser.daily.swap_named import Exchange
from optimiser.domain.plan import Duty, Plan
from optimiser.explain.alternative import words
from optimiser.explain.reason import Reason
from optimiser.report.changes import Change
from optimiser.texts import Language, signed, text

Verdict = Literal["yes", "but", "no"]
CHANGE_TERMS = ("changed_duty", "changed_visit")
"""What every swap has: no part of its price."""


@dataclass(frozen=True)
class SwapAnswer:
    """``reason`` blocks it (no). A yes, but has ``worse`` (terms that become worse, where the whole is dearer than the
    stated price) or ``signals`` that are new and have no price.

    ``plan`` is the one to publish (None on no), ``attempt`` the roster with the duties exchanged and their routes as
    they were, which the check refuses when the law or a competence blocks it. ``terms`` are the changes of the
    objective's terms (counts; those of change itself left out) and ``cost`` their weighted sum in minute-equivalents.
    ``unable`` are visits she may not do and ``moved`` the visits that get neither of the two at about their time.
    ``figures``: giver, taker and team, each before and after.
    """

    exchange: Exchange
    verdict: Verdict
    attempt: Plan | None = field(repr=False, default=None)
    plan: Plan | None = field(repr=False, default=None)
    reason: Reason | None = None
    signals: tuple[Reason, ...] = ()
    worse: dict[str, int] = field(default_factory=dict)
    terms: dict[str, int] = field(default_factory=dict)
    cost: int = 0
    unable: tuple[tuple[str, Reason], ...] = ()
    moved: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    figures: tuple[tuple[Figures, Figures], ...] = ()

    @property
    def possible(self) -> bool:
        """Whether it may be done."""
        return self.verdict != "no"

    def sentence(self, language: Language = "nl") -> str:
        """Yes or no with the first reason."""
        if self.reason is not None:
            return text("swap.no", language, reason=self.reason.sentence(language))
        key = "swap.yes_exchange" if self.exchange.taken is not None else "swap.yes_hand_over"
        one = self.exchange
        what = text(
            key, language, giver=one.giver, taker=one.taker, given=duty_words(one.given, language),
            taken="" if one.taken is None else duty_words(one.taken, language),
        )  # fmt: skip
        buts = self.buts(language)
        if buts:
            return text("swap.but", language, what=what, reason=buts[0])
        return text("swap.yes", language, what=what, cost=signed(self.cost, language))

    def buts(self, language: Language = "nl") -> tuple[str, ...]:
        """What a yes, but has against it: the price first, then new signals."""
        dear = []
        if self.worse:
            worse = ", ".join(words(self.worse, language))
            dear.append(text("swap.dear", language, cost=signed(self.cost, language), terms=worse))
        return (*dear, *(each.sentence(language) for each in self.signals))

    def lines(self, language: Language = "nl") -> tuple[str, ...]:
        """What goes with the sentence: every other but, what it costs, and the work that goes elsewhere."""
        rest = list(self.buts(language)[1:])
        if self.terms:
            all_terms = ", ".join(words(self.terms, language))
            rest.append(text("swap.terms", language, cost=signed(self.cost, language), terms=all_terms))
        rest += [text("swap.unable", language, visit=name, reason=why.sentence(language)) for name, why in self.unable]
        if self.moved:
            rest.append(text("swap.moved", language, visits=", ".join(self.moved)))
        return tuple(rest)

    def table(self, language: Language = "nl") -> tuple[tuple[str, ...], ...]:
        """A heading and rows: what, of whom, before, after. Holidays only where there are any."""
        head = tuple(text(f"swap.column.{name}", language) for name in ("who", "what", "before", "after"))
        worked = [sum(column) for column in zip(*(each.counts for pair in self.figures for each in pair), strict=True)]
        shown = [number for number, name in enumerate(CLASSES) if name != "holidays" or worked[number]]
        return (head, *(row for before, after in self.figures for row in _rows(before, after, shown, language)))


def _rows(before: Figures, after: Figures, shown: list[int], language: Language) -> Iterator[tuple[str, ...]]:
    who = before.nurse or text("swap.team", language)
    for number in shown:
        name = CLASSES[number]
        if before.nurse:
            yield (who, text(f"swap.figure.{name}", language), str(before.counts[number]), str(after.counts[number]))
        label = text("swap.figure.above", language, what=text(f"swap.figure.{name}", language))
        yield (who, label, str(before.above[number]), str(after.above[number]))
    for name in ("planned", "overtime", "undertime"):
        low, high = getattr(before, name), getattr(after, name)
        yield (who, text(f"swap.figure.{name}", language), duration(low, language), duration(high, language))


def duty_words(duty: Duty, language: Language) -> str:
    """``D op 9 december``."""
    return text("swap.duty", language, kind=duty.kind, day=day_and_month(duty.day, language))
