"""What stands in the way of a swap: both rows by the law, cover, and work that nobody would do any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from optimiser.check.case import Case
from optimiser.check.cover import Shortfall, shortfalls
from optimiser.check.registry import RULES
from optimiser.check.violation import Violation
from optimiser.daily.swap_named import Exchange
from optimiser.daily.swap_routes import Along
from optimiser.daily.swap_rows import RowChange, Rows
from optimiser.domain.plan import Duty
from optimiser.explain.may_come import may_come
from optimiser.explain.present import Present, bare, rebuilt
from optimiser.explain.reason import Reason
from optimiser.explain.road import spans_of
from optimiser.explain.small_world import HIDDEN
from optimiser.explain.whole import apart, short_near, whole_terms


@dataclass(frozen=True)
class RowsAfter:
    """The taker's row, then the giver's; ``terms`` are those of both rows and of cover and fairness together."""

    rows: tuple[RowChange, RowChange]
    terms: dict[str, int]

    @property
    def violations(self) -> tuple[Violation, ...]:
        """What blocks it, first what is said first."""
        return tuple(each for row in self.rows for each in row.violations)

    @property
    def signals(self) -> tuple[Violation, ...]:
        """What it adds that may be but is not liked."""
        return tuple(each for row in self.rows for each in row.signals)


def rows_after(rows: Rows, exchange: Exchange, new: Sequence[Duty], giver: RowChange | None = None) -> RowsAfter:
    """Both rows with the duties exchanged; ``new`` are the duties as they become, the taker's first. ``giver`` is the
    giver's row where it is known."""
    taken = [exchange.taken] if exchange.taken is not None else []
    taker = rows.change(exchange.taker, taken, new[:1])
    giver = giver or rows.change(exchange.giver, [exchange.given], new[1:])
    present = rows.present
    names = {duty.id for duty in exchange.duties}
    before = list(present.bare_duties.values())
    after = [*(duty for duty in before if duty.id not in names), *(bare(duty) for duty in new)]
    terms = Counter(taker.terms)
    terms.update(giver.terms)
    terms.update(whole_terms(present, before, after))
    return RowsAfter((taker, giver), {name: count for name, count in terms.items() if count})


def unpriced(signal: Violation) -> bool:
    """Whether a signal is no term of the objective: of the law or an agreement, and about these rows."""
    return RULES[signal.rule].nature != "livable" and signal.rule not in HIDDEN


def short_cover(present: Present, before: Iterable[Duty], after: Iterable[Duty]) -> Reason | None:
    """The first cover row that has too few where it had enough."""
    both = tuple(before), tuple(after)
    changed = (*apart(*both), *apart(*both[::-1]))
    known = {(short.rows, short.day): short for short in short_near(present, both[0], changed)}
    for short in short_near(present, both[1], changed):
        old = known.get((short.rows, short.day))
        if short.below_minimum > (0 if old is None else old.below_minimum):
            return cover_reason(present, short)
    return None


def cover_reason(present: Present, short: Shortfall) -> Reason:
    """The sentence of a cover row that is short."""
    values: dict[str, str | int] = {
        "rows": ", ".join(short.rows), "minimum": short.minimum, "counted": short.counted
    }  # fmt: skip
    return Reason(key="swap.cover", values=values, window=(short.start, short.end), clock=present.instance.clock)


def shortfalls_of(present: Present, duties: Iterable[Duty]) -> list[Shortfall]:
    """What a roster is short of."""
    plan = rebuilt(present.plan, duties=tuple(duties), with_routes=False)
    return shortfalls(Case(present.instance, present.contract, present.travel, plan))


def unable_reasons(present: Present, carried: Sequence[Along]) -> tuple[tuple[str, Reason], ...]:
    """Each visit of the routes that its new nurse may not do, with the first rule that forbids it."""
    found = []
    for each in carried:
        for stop in each.unable:
            work = present.work(stop.id)
            assert work is not None
            refused = may_come(present, work, stop.part)
            number = next((n for n, (low, high) in enumerate(spans_of(present, work)) if low <= stop.start <= high), 0)
            rules = refused.get((each.duty.nurse, number), ())
            if rules:
                found.append((stop.id, Reason(rules[0])))
    return tuple(found)
