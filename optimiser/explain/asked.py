"""One part of work that somebody else could do: who may come when, and the route that it is taken out of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from optimiser.check.case import Done
from optimiser.check.violation import Violation
from optimiser.domain.plan import Duty
from optimiser.domain.work import Task, Visit
from optimiser.explain.insertion import removal
from optimiser.explain.may_come import may_come
from optimiser.explain.present import Present
from optimiser.explain.road import spans_of, tied_span

Span = tuple[int, int]


@dataclass(frozen=True)
class Asked:
    """``part`` of ``work``, from ``as_of`` on (horizon minute, None: any time), now ``done`` by somebody or nobody.

    ``fixed`` is the one start that may be, where another nurse does the other part then. What if: windows are so many
    minutes ``wider`` on both sides, and rules in ``waived`` do not count for this work and her duty.
    """

    present: Present
    work: Visit | Task
    part: Literal[1, 2] = 1
    as_of: int | None = None
    done: Done | None = None
    fixed: int | None = None
    wider: int = 0
    waived: frozenset[str] = frozenset()

    @cached_property
    def without(self) -> Duty | None:
        """The duty that held it, without it; None when nobody did it or its route cannot be driven without."""
        if self.done is None:
            return None
        return removal(self.present, self.done.duty, self.work.id, self.as_of)

    @cached_property
    def windows(self) -> tuple[Span, ...]:
        """Earliest and latest start of each window."""
        return tuple((low - self.wider, high + self.wider) for low, high in spans_of(self.present, self.work))

    @cached_property
    def forbidden(self) -> dict[tuple[str, int], tuple[Violation, ...]]:
        """(nurse, window) -> what forbids her to come at all."""
        found = may_come(self.present, self.work, self.part)
        kept = {key: tuple(each for each in rules if each.rule not in self.waived) for key, rules in found.items()}
        return {key: rules for key, rules in kept.items() if rules}

    def counted(self, found: Iterable[Violation], duty: Duty) -> list[Violation]:
        """The findings that are not waived."""
        about = [self.work.id, duty.id, *(link.id for link in self.present.links_of.get(self.work.id, ()))]
        return [
            each for each in found if each.rule not in self.waived or not any(name in each.subject for name in about)
        ]

    def times(self, nurse: str) -> list[Span]:
        """When she may come by her person and the windows, whatever ties and colleagues say."""
        spans = [span for number, span in enumerate(self.windows) if not self.forbidden.get((nurse, number))]
        low = -(10**9) if self.as_of is None else self.as_of
        spans = [(max(first, low), last) for first, last in spans]
        if self.fixed is not None:
            spans = [(self.fixed, self.fixed) for first, last in spans if first <= self.fixed <= last]
        return [(first, last) for first, last in spans if first <= last]

    def tied_times(self, nurse: str) -> list[Span]:
        """The same, within what links and the second check from afar let be as all else stands."""
        low, high = tied_span(self.present, self.work.id)
        spans = [(max(first, low), min(last, high)) for first, last in self.times(nurse)]
        if self.part == 1 and isinstance(self.work, Visit) and self.work.second_check == "remote":
            minutes = self.work.minutes
            watched = self._watched(nurse)
            spans = [(max(first, start), min(last, end - minutes)) for first, last in spans for start, end in watched]
        return sorted({(first, last) for first, last in spans if first <= last})

    def _watched(self, nurse: str) -> list[Span]:
        """When another experienced nurse has a duty."""
        return [(start, end) for start, end, other in self.present.case.experienced_periods if other != nurse]
