"""What the report needs of a check report, and which of its findings concern a nurse, a day, or nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from optimiser.domain.instance import Instance
from optimiser.domain.objective import Objective
from optimiser.texts import Language


class Finding(Protocol):
    """One violation or signal. ``start`` and ``end`` are horizon minutes, None when it holds no moment."""

    @property
    def rule(self) -> str:
        """The id of the rule, for example ``rest.daily``."""

    @property
    def nurse(self) -> str | None:
        """Whom it concerns, or None."""

    @property
    def start(self) -> int | None:
        """When it begins."""

    @property
    def end(self) -> int | None:
        """When it ends."""

    def sentence(self, lang: Language) -> str:
        """The finding in one sentence for a planner."""


class Judgement(Protocol):
    """A check report, as far as figures and pages use it (``optimiser.check.checker.CheckReport`` is one)."""

    @property
    def violations(self) -> Sequence[Finding]:
        """Hard rules that the plan breaks."""

    @property
    def signals(self) -> Sequence[Finding]:
        """Agreements and wishes to look at."""

    @property
    def inherited(self) -> Sequence[Finding]:
        """Violations caused by fixed duties alone."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Counts by objective term."""

    @property
    def objective(self) -> Objective:
        """The recomputed vector."""


def findings_of(findings: Sequence[Finding], nurse: str) -> tuple[Finding, ...]:
    """The findings that name ``nurse``."""
    return tuple(each for each in findings if each.nurse == nurse)


def touches_day(instance: Instance, finding: Finding, day: int) -> bool:
    """Whether the finding's period overlaps calendar day number ``day``; one without a moment touches none."""
    if finding.start is None:
        return False
    clock = instance.clock
    low, high = clock.midnight(day), clock.midnight(day + 1)
    end = finding.end if finding.end is not None else finding.start
    # A rule over many weeks says nothing about one cell; it stays in the list of sentences.
    if end - finding.start > 8 * (high - low):
        return False
    return finding.start < high and (end > low or finding.start == end >= low)
