"""Who could swap with me: every colleague's duty, and every colleague who could simply take mine, best first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from optimiser.check.violation import day_and_month
from optimiser.daily.swap_blocks import rows_after, short_cover, unpriced
from optimiser.daily.swap_named import Exchange, Side, coming_duty
from optimiser.daily.swap_roster import exchanged
from optimiser.daily.swap_routes import Along, along, road_minutes
from optimiser.daily.swap_rows import RowChange
from optimiser.daily.swap_table import SwapTable
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan, Stop
from optimiser.domain.work import Visit
from optimiser.explain.asked import Asked
from optimiser.explain.in_route import cheapest_first, duties_then
from optimiser.explain.whole import priced
from optimiser.texts import Language, text

MOST_APART = timedelta(weeks=4)
ELSEWHERE = 2
"""Work that has to go to a third nurse costs so many times the price of a changed visit."""


@dataclass(frozen=True)
class SwapOption:
    """``nurse`` could give ``duty`` (an id; None: she only takes) of ``kind`` on ``day``.

    For the planner: ``price`` in minute-equivalents (hours, rhythm, fairness, cover, faces, travel of the route as it
    is), visits that a third nurse has to do, and signals that have no price. A nurse sees the line only: id, kind, day.
    """

    nurse: str
    duty: str | None
    kind: str
    day: date | None
    price: int
    elsewhere: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[int, int, str, str]:
        """Cheapest first, each signal as dear as an hour."""
        return self.price + 60 * len(self.signals), len(self.elsewhere), self.nurse, self.duty or ""

    def line(self, language: Language = "nl") -> str:
        """What the nurse sees."""
        if self.day is None:
            return text("swap.option_take", language, nurse=self.nurse)
        return text("swap.option", language, nurse=self.nurse, kind=self.kind, day=day_and_month(self.day, language))


def who_could_swap(
    instance: Instance, parent: Plan, nurse: str, duty: str, at: int, language: Language = "nl"
) -> tuple[SwapOption, ...]:
    """With whom could this nurse swap her duty, and who could take it, by law, cover and competence; no solver.

    ``instance`` holds the events of ``parent``, which is published. Raises InputError as ``swap`` does.
    """
    side: Side = (nurse, duty)
    return options_of(SwapTable(instance, parent), coming_duty(instance, parent, side, at, language), at)


def options_of(table: SwapTable, given: Duty, at: int) -> tuple[SwapOption, ...]:
    """``who_could_swap`` in a plan that is looked up already."""
    asked = _Asked(table, {}, {})
    found = [option for exchange in _exchanges(table, given, at) if (option := asked.option(exchange)) is not None]
    return tuple(sorted(found, key=lambda each: each.rank))


def _exchanges(table: SwapTable, given: Duty, at: int) -> Iterator[Exchange]:
    """All that the tables do not forbid at sight: allowed kinds and days, one duty a day in a lane; of a roster of
    months duties at most ``MOST_APART`` before or after."""
    plan = table.parent
    for nurse in table.instance.nurses:
        if nurse.id == given.nurse or nurse.experience == "student":
            continue
        theirs: tuple[Duty | None, ...] = (None, *plan.duties_of.get(nurse.id, ()))
        for taken in theirs:
            if taken is not None and (
                taken.start < at or taken.follows is not None or (taken.day, taken.kind) == (given.day, given.kind)
                or abs(taken.day - given.day) > MOST_APART
            ):
                continue
            exchange = Exchange(given.nurse, given, nurse.id, taken)
            if _at_sight(table, exchange, nurse.id, given) and (
                taken is None or _at_sight(table, exchange, given.nurse, taken)
            ):
                yield exchange


def _at_sight(table: SwapTable, exchange: Exchange, nurse: str, duty: Duty) -> bool:
    problem, gone = table.problem, {each.id for each in exchange.duties}
    day = table.instance.clock.day_number(duty.day)
    if not problem.duty_allowed[problem.nurse_number[nurse], day, problem.kind_number[duty.kind]]:
        return False
    mine = table.parent.duties_of.get(nurse, ())
    return not any((each.day, each.lane) == (duty.day, duty.lane) and each.id not in gone for each in mine)


@dataclass(frozen=True)
class _Asked:
    """Remembers what one duty in other hands gives."""

    table: SwapTable
    carried: dict[tuple[str, str], Along]
    givers: dict[str, RowChange]

    def option(self, exchange: Exchange) -> SwapOption | None:
        """The option of an exchange; None when it may not be."""
        table = self.table
        carried = [self._along(old, new) for old, new in exchanged(table.present, exchange)]
        new = [each.duty for each in carried]
        if any(self._alone(exchange, stop, each.duty) for each in carried for stop in each.left):
            return None
        giver = self._giver(exchange, new[1:])
        if giver.violations:
            return None
        after = rows_after(table.rows, exchange, new, giver)
        gone = {duty.id for duty in exchange.duties}
        kept = [duty for duty in table.parent.duties if duty.id not in gone]
        if after.violations or short_cover(table.present, table.parent.duties, [*kept, *new]):
            return None
        weights, left = table.instance.weights, [stop.id for each in carried for stop in each.left]
        price = priced(after.terms, weights) + ELSEWHERE * weights.changed_visit * len(left)
        price += sum(each.faces + road_minutes(table.present, each.duty) for each in carried)
        price -= sum(road_minutes(table.present, duty) for duty in exchange.duties)
        taken, signals = exchange.taken, tuple(each.rule for each in after.signals if unpriced(each))
        return SwapOption(
            exchange.taker, None if taken is None else taken.id, "" if taken is None else taken.kind,
            None if taken is None else taken.day, price, tuple(left), signals,
        )  # fmt: skip

    def _along(self, old: Duty, new: Duty) -> Along:
        key = old.id, new.nurse
        if key not in self.carried:
            self.carried[key] = along(self.table.problem, self.table.present, old, new)
        return self.carried[key]

    def _giver(self, exchange: Exchange, new: list[Duty]) -> RowChange:
        """Her row does not depend on who takes hers, nor on the route of what she gets when it is no standby."""
        key = exchange.taken.id if exchange.taken is not None and exchange.taken.lane == "standby" else ""
        key = key or "".join(f"{duty.kind}/{duty.day}" for duty in new)
        if key not in self.givers:
            self.givers[key] = self.table.rows.change(exchange.giver, [exchange.given], new)
        return self.givers[key]

    def _alone(self, exchange: Exchange, stop: Stop, duty: Duty) -> bool:
        """Whether no other route has a place for this work as it stands; what one nurse must do together has none."""
        present, gone = self.table.present, {each.id for each in exchange.duties}
        if any(link.nurse == "same" for link in present.links_of.get(stop.id, ())):
            return True
        work = present.work(stop.id)
        assert work is not None
        pair = isinstance(work, Visit) and work.nurses == 2
        asked = Asked(present, work, stop.part, fixed=stop.start if pair else None)
        partners = {each.nurse for each in present.holders.get(stop.id, ())} if pair else set()
        for nurse in present.instance.nurses:
            if nurse.id != duty.nurse and nurse.id not in partners and asked.tied_times(nurse.id):
                theirs = [each for each in duties_then(asked, nurse.id) if each.id not in gone]
                if cheapest_first(asked, theirs, asked.tied_times(nurse.id)):
                    return False
        return True
