"""May two nurses swap duties, or one take another's: yes or no by law, cover, competence and routes, with the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from optimiser.check.case import Case
from optimiser.check.checker import check
from optimiser.check.report import CheckReport
from optimiser.daily.swap_answer import CHANGE_TERMS, SwapAnswer
from optimiser.daily.swap_blocks import rows_after, short_cover, unable_reasons, unpriced
from optimiser.daily.swap_figures import Figures, figures
from optimiser.daily.swap_named import Exchange, Side, coming_duty, exchange_of
from optimiser.daily.swap_options import options_of
from optimiser.daily.swap_roster import agreed_tables, agreement, exchanged, with_duties
from optimiser.daily.swap_routes import along
from optimiser.daily.swap_table import SwapTable
from optimiser.domain.events import Agreed
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.explain.order import VISIT_ORDER, in_order
from optimiser.explain.reason import Reason
from optimiser.explain.small_world import added
from optimiser.explain.whole import priced
from optimiser.report.changes import Change, changes_between
from optimiser.search.repair import Repair, repair, with_claims
from optimiser.texts import Language


@dataclass(frozen=True)
class SwapSettings:
    """``time_limit_s`` or ``iterations`` for the routes of the days concerned. A swap whose price (minute-equivalents,
    changes themselves apart) is above ``but_above``, or that adds a signal without a price, is a yes, but.
    ``reason`` is kept with the agreement."""

    time_limit_s: float = 2.0
    iterations: int | None = None
    but_above: int = 60
    seed: int = 0
    reason: str = ""


def swap(
    instance: Instance, parent: Plan, one: Side, other: Side | str | None, at: int,
    settings: SwapSettings | None = None, language: Language = "nl",
) -> SwapAnswer:  # fmt: skip
    """Could the duty of ``one`` (nurse, duty) be exchanged with that of ``other``, or be taken by the nurse ``other``?

    None: with the best of all who could. ``instance`` holds the events of ``parent``, which is published; ``at``
    (horizon minute): what began before it stands. Raises InputError for what is unknown or has begun.
    """
    table = SwapTable(instance, parent)
    if other is None:
        given = coming_duty(instance, parent, one, at, language)
        options = options_of(table, given, at)
        if not options:
            return SwapAnswer(Exchange(given.nurse, given, given.nurse), "no", reason=Reason(key="swap.nobody"))
        other = options[0].nurse if options[0].duty is None else (options[0].nurse, options[0].duty)
    exchange = exchange_of(instance, parent, one, other, at, language)
    return answer(table, exchange, at, settings or SwapSettings())


def answer(table: SwapTable, exchange: Exchange, at: int, settings: SwapSettings) -> SwapAnswer:
    """``swap`` for an exchange that is known, in a plan that is looked up already."""
    present, parent = table.present, table.parent
    event = agreement(exchange, at, settings.reason)
    pairs = exchanged(present, exchange)
    whole = [new.model_copy(update={"routes": old.routes}) for old, new in pairs]
    attempt = with_duties(parent, exchange.duties, whole, (), event)
    carried = [along(table.problem, present, old, new) for old, new in pairs]
    after = rows_after(table.rows, exchange, [each.duty for each in carried])
    unable = unable_reasons(present, carried)
    reason = Reason(after.violations[0]) if after.violations else short_cover(present, parent.duties, attempt.duties)
    found = SwapAnswer(
        exchange, "no", attempt, None, reason, terms=after.terms, cost=priced(after.terms, table.instance.weights),
        unable=unable,
    )  # fmt: skip
    if reason is None:
        left = [stop for each in carried for stop in each.left]
        base = with_duties(parent, exchange.duties, [each.duty for each in carried], left, event)
        found = _with_routes(table, found, base, event, settings)
    return replace(found, figures=_figures(table, exchange, found.plan or attempt))


def _with_routes(
    table: SwapTable, found: SwapAnswer, base: Plan, event: Agreed, settings: SwapSettings
) -> SwapAnswer:  # fmt: skip
    """The answer once the routes of the days are repaired: what the check says of the whole, and what stays open."""
    instance, parent, exchange = table.instance, table.parent, found.exchange
    tables = agreed_tables(instance, event)
    days = _days(table, exchange, base)
    plan = _repaired(table, tables, base, days, event.at, settings)
    more = days | _other_days(table, plan, event.at)
    if more != days:
        plan = _repaired(table, tables, base, more, event.at, settings)
    report = check(tables, parent.contract, table.problem.travel, plan, parent)
    reason = _open(table, plan, dict(found.unable)) or _broken(table, report)
    terms = {
        name: count - table.report.counts[name] for name, count in report.counts.items()
        if name not in CHANGE_TERMS and count != table.report.counts[name]
    }  # fmt: skip
    cost = priced(terms, instance.weights)
    changes = changes_between({visit.id: visit.client for visit in instance.visits}, parent, plan)
    found = replace(found, terms=terms, cost=cost, changes=changes, moved=_moved(changes, exchange), reason=reason)
    if reason is not None:
        return found
    signals = added(table.report.signals, report.signals)
    buts = tuple(Reason(each) for each in signals if unpriced(each))
    dear = cost > settings.but_above
    worse = {name: count for name, count in terms.items() if priced({name: count}, instance.weights) > 0}
    return replace(
        found, verdict="but" if buts or dear else "yes", plan=plan, signals=buts, worse=worse if dear else {}
    )


def _repaired(
    table: SwapTable, tables: Instance, base: Plan, days: frozenset[int], at: int, settings: SwapSettings
) -> Plan:  # fmt: skip
    """``base`` with the routes of its days repaired, changes against it dear; as it is where no repair is found, or
    where the roster has no routes yet."""
    problem, parent = table.problem_of(tables), table.parent
    # what was open before stays so: serving it at the cost of other work is no part of a swap
    what = Repair(
        at=at, days=days, iterations=settings.iterations, change_price=2 * tables.weights.changed_visit,
        seed=settings.seed, closed=frozenset(row.id for row in parent.unserved),
        time_limit_s=None if settings.iterations else settings.time_limit_s,
    )  # fmt: skip
    found = (repair(problem, base, base, what) if parent.with_routes else None) or base
    claimed = with_claims(replace(problem, parent=parent), found)
    own = {"parent": parent.identity, "version": parent.version + 1, "events": base.events,
           "published": parent.published, "fingerprint": tables.fingerprint}  # fmt: skip
    return claimed.model_copy(update=own)


def _days(table: SwapTable, exchange: Exchange, base: Plan) -> frozenset[int]:
    """The days of the duties, and those of work that is tied to what went out of their routes."""
    duties, before = list(exchange.duties), {row.id for row in table.parent.unserved}
    for name in (row.id for row in base.unserved if row.id not in before):
        for link in table.present.links_of.get(name, ()):
            duties += [duty for tied in (link.first, link.second) for duty in table.present.holders.get(tied, ())]
    return frozenset(table.instance.clock.day_number(duty.day) for duty in duties)


def _other_days(table: SwapTable, plan: Plan, at: int) -> frozenset[int]:
    """The other days on which work that is newly open may be done."""
    before = {row.id for row in table.parent.unserved}
    jobs = (table.problem.jobs[table.problem.job_number[row.id, 1]] for row in plan.unserved if row.id not in before)
    return frozenset(day for job in jobs for _, high, day in job.windows if high >= at)


def _broken(table: SwapTable, report: CheckReport) -> Reason | None:
    """The first rule that the plan breaks and its parent did not."""
    fresh = in_order(added(table.report.violations, report.violations), VISIT_ORDER)
    return Reason(fresh[0]) if fresh else None


def _open(table: SwapTable, plan: Plan, unable: dict[str, Reason]) -> Reason | None:
    """A visit that was served and no longer is, one that she may not do first, then the most pressing; and why."""
    before = {row.id for row in table.parent.unserved}
    weights, jobs, numbers = table.instance.weights, table.problem.jobs, table.problem.job_number
    fresh = sorted(
        (row.id for row in plan.unserved if row.id not in before),
        key=lambda name: (name not in unable, -int(getattr(weights, jobs[numbers[name, 1]].unserved_term)), name),
    )  # fmt: skip
    if not fresh:
        return None
    return unable.get(fresh[0]) or Reason(key="swap.open", values={"visit": fresh[0]})


def _moved(changes: Sequence[Change], exchange: Exchange) -> tuple[str, ...]:
    """Visits that change for the client, but for those that only got the other of the two."""
    pair = {exchange.giver, exchange.taker}
    return tuple(dict.fromkeys(
        each.work for each in changes
        if each.counted and each.client and not (
            each.before and each.after and {each.before.nurse, each.after.nurse} == pair
            and not replace(each, before=replace(each.before, nurse=each.after.nurse)).counted
        )
    ))  # fmt: skip


def _figures(table: SwapTable, exchange: Exchange, plan: Plan) -> tuple[tuple[Figures, Figures], ...]:
    """Giver, taker and team, before and after."""
    case = Case(table.instance, table.parent.contract, table.problem.travel, plan)
    pair = (exchange.giver, exchange.taker)
    return tuple(zip(figures(table.present.case, pair), figures(case, pair), strict=True))
