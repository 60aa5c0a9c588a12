"""The verdict on a plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from optimiser.check.cover import Shortfall
from optimiser.check.notes import Note
from optimiser.check.registry import RULES
from optimiser.check.violation import Violation
from optimiser.domain.objective import Objective


@dataclass(frozen=True)
class CheckReport:
    """What the checker found.

    ``violations`` break the plan; ``signals`` do not; ``inherited`` are caused by the context alone; ``overridden``
    were set aside by an override, with its reason. ``counts`` are the objective terms before weights, ``objective``
    their vector with the number of violations as ``hard``. ``claims`` are the differences between what the plan
    claims of itself and what it is (also in ``violations``, but not in the ``hard`` they are compared with).
    ``notes`` say what was not judged, and that an agreement has ended (text keys; ``sentence`` gives the words).
    ``tokens``: nurse id -> rule of a reduction that the law allows now and then -> how often the plan uses it, whether
    it is signalled or allowed by ``allow_planned_tokens``.
    """

    violations: tuple[Violation, ...]
    signals: tuple[Violation, ...]
    inherited: tuple[Violation, ...]
    overridden: tuple[Violation, ...]
    counts: dict[str, int]
    objective: Objective
    claims: tuple[str, ...]
    shortfalls: tuple[Shortfall, ...]
    notes: tuple[Note, ...] = ()
    tokens: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def overrides_used(self) -> dict[str, int]:
        """Nurse id -> how many findings about her were set aside."""
        return dict(Counter(each.nurse for each in self.overridden if each.nurse is not None))

    @property
    def clean(self) -> bool:
        """No violation that the plan answers for."""
        return not self.violations

    def exit_code(self, *, strict: bool = False) -> int:
        """0 when clean, 1 with a violation; ``strict`` makes a signal of law or agreement 1 too.

        What is livable is priced and agreed locally, and nearly every plan has some of it; what runs out later, or
        differs from a shift kind, is told only.
        """
        told = any(RULES[each.rule].nature in ("law", "agreement") for each in self.signals)
        return 1 if self.violations or (strict and told) else 0
