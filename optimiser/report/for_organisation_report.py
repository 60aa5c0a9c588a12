"""What the checker found, as far as one organisation may see it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from optimiser.check.cover import Shortfall
from optimiser.check.report import CheckReport
from optimiser.check.violation import Violation
from optimiser.domain.instance import Instance
from optimiser.domain.objective import TERMS, Objective, weigh
from optimiser.domain.work import Task, Visit
from optimiser.report.for_organisation import Seen
from optimiser.report.kpis import served

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-/]*")


def report_for(report: CheckReport, instance: Instance, seen: Seen) -> CheckReport:
    """The report of the whole plan, cut to what ``seen`` holds.

    Findings about own nurses, own clients and own work, none of which names anybody else. Of the counted terms only
    what is open of one's own (``unserved_*``, ``uncovered_*``); the others are 0, since they were counted over all.
    """
    hidden = _ids(instance) - _ids(seen.instance)
    own = _Own(seen, hidden)
    broken = own.of(report.violations)
    short = tuple(each for row in report.shortfalls if (each := _own_rows(row, seen)).rows)
    counts = _open(seen, short)
    objective = weigh(counts, seen.instance.weights, len(broken))
    return replace(
        report, violations=broken, signals=own.of(report.signals), inherited=own.of(report.inherited),
        overridden=own.of(report.overridden), counts=counts, claims=(), shortfalls=short,
        objective=Objective(hard=objective.hard, unserved=objective.unserved, rest=0),
        tokens={nurse: row for nurse, row in report.tokens.items() if nurse in seen.nurses},
    )  # fmt: skip


class _Own:
    """Which findings may be seen."""

    def __init__(self, seen: Seen, hidden: set[str]) -> None:
        self._hidden = hidden
        self._nurses = set(seen.nurses)
        self._clients = {each.id for each in seen.instance.clients if each.organisation == seen.organisation}
        tables = (seen.instance.visits, seen.instance.tasks, seen.instance.work_links, seen.instance.cover)
        self._work = {each.id for table in tables for each in table}

    def of(self, findings: Iterable[Violation]) -> tuple[Violation, ...]:
        return tuple(each for each in findings if self._is_own(each) and not self._names_others(each))

    def _is_own(self, each: Violation) -> bool:
        if each.nurse is not None or each.client is not None:
            return each.nurse in self._nurses or each.client in self._clients
        return any(word in self._work for word in ID.findall(each.subject))

    def _names_others(self, each: Violation) -> bool:
        said = f"{each.nurse or ''} {each.client or ''} {each.subject} {each.required} {each.found}"
        return any(
            word in self._hidden or (head := word.partition("/")[0]) in self._hidden and head != word
            for word in ID.findall(said)
        )  # fmt: skip


def _ids(instance: Instance) -> set[str]:
    """What a finding may name: people, work and cover."""
    tables = (
        instance.nurses, instance.clients, instance.orders, instance.visits, instance.tasks, instance.links,
        instance.work_links, instance.cover,
    )  # fmt: skip
    return {each.id for table in tables for each in table}


def _own_rows(short: Shortfall, seen: Seen) -> Shortfall:
    rows = {each.id for each in seen.instance.cover}
    return replace(short, rows=tuple(each for each in short.rows if each in rows))


def _open(seen: Seen, short: Iterable[Shortfall]) -> dict[str, int]:
    counts = {term.name: 0 for term in TERMS}
    parts = served(seen.plan)
    own = {each.id for each in seen.instance.clients if each.organisation == seen.organisation}
    work: list[Visit | Task] = [each for each in seen.instance.visits if each.client in own]
    work += [each for each in seen.instance.tasks if each.in_route and each.organisation == seen.organisation]
    for each in work if seen.plan.with_routes else ():
        if len(parts.get(each.id, ())) < (each.nurses if isinstance(each, Visit) else 1):
            critical = isinstance(each, Visit) and each.time_critical
            counts[f"unserved_{'critical' if critical else each.priority}"] += 1
    for row in short:
        counts["uncovered_minimum"] += row.below_minimum
        counts["uncovered_wanted"] += row.below_wanted
    return counts
