"""What is counted for clients: visits asked and not served, known faces, and the cover of each organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from optimiser.check.cover import Shortfall
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.report.faces import client_faces
from optimiser.report.figures_tally import Tally
from optimiser.report.kpis import served


def count_clients(tally: Tally, instance: Instance, plan: Plan) -> None:
    """Add ``visits`` and ``clients`` (with a visit in the horizon), and what is not fully served of them:
    ``unserved``, ``unserved_minutes`` (of the parts that nobody does) and ``unserved_critical`` (tasks too)."""
    done = served(plan)
    for visit in instance.visits:
        missing = visit.nurses - len(done.get(visit.id, ()))
        tally.of_client(visit.client, "visits", 1)
        if missing > 0:
            tally.of_client(visit.client, "unserved", 1)
            tally.of_client(visit.client, "unserved_minutes", missing * visit.minutes)
            if visit.time_critical or visit.priority == "critical":
                tally.of_client(visit.client, "unserved_critical", 1)
    for task in instance.tasks:
        if task.in_route and task.priority == "critical" and task.id not in done:
            tally.of_organisation(task.organisation, "unserved_critical", 1)
    for client in {visit.client for visit in instance.visits}:
        tally.of_client(client, "clients", 1)


def count_faces(tally: Tally, instance: Instance, plan: Plan) -> None:
    """Add the different nurses of each served client (``faces`` over ``faced`` clients), the ``most_faces`` in 14
    days, and the parts of visits at clients who know somebody (``knowing``), done by whom they know (``known``)."""
    for client, seen in client_faces(instance, plan).items():
        tally.of_client(client, "faces", seen.here)
        tally.of_client(client, "faced", 1 if seen.here else 0)
        tally.most_of_client(client, "most_faces", seen.most)
    familiar: defaultdict[str, set[str]] = defaultdict(set)
    for row in instance.client_nurses:
        if row.relation in ("preferred", "known"):
            familiar[row.client].add(row.nurse)
    for past in instance.past_visits:
        familiar[past.client].add(past.nurse)
    for duty in plan.duties:
        for stop in duty.stops:
            client = instance.visit_by_id[stop.id].client if stop.what == "visit" else ""
            if familiar[client]:
                tally.of_client(client, "knowing", 1)
                tally.of_client(client, "known", duty.nurse in familiar[client])


def uncovered(instance: Instance, shortfalls: Iterable[Shortfall]) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """Organisation -> duties short of the minimum, and from there to the wanted number.

    What a pooled row lacks is shared in proportion to what each organisation asks in it (equally when none asks any).
    """
    row_by_id = {row.id: row for row in instance.cover}
    below_minimum: defaultdict[str, Fraction] = defaultdict(Fraction)
    below_wanted: defaultdict[str, Fraction] = defaultdict(Fraction)
    for each in shortfalls:
        rows = [row_by_id[name] for name in each.rows]
        for table, lacking, asked in (
            (below_minimum, each.below_minimum, [row.minimum for row in rows]),
            (below_wanted, each.below_wanted, [row.wanted for row in rows]),
        ):
            shares = asked if sum(asked) else [1] * len(rows)
            for row, share in zip(rows, shares, strict=True):
                table[row.organisation] += Fraction(lacking * share, sum(shares))
    return below_minimum, below_wanted
