"""Which people and work of others an organisation meets in a plan: found from the stops that it shares."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan, Stop
from optimiser.scenario.cover import cover_days


@dataclass(frozen=True)
class Shared:
    """Ids of own people and work, and of others' where they meet.

    ``met_visits``: of other organisations' clients, done by own nurses; ``met_clients`` those clients. ``guests``:
    colleagues of others who are seen; ``followed`` and ``on_call`` the ids of their duties that are seen as a whole,
    since an own student goes with them, or since they stand by for own clients.
    """

    organisation: str
    nurses: frozenset[str]
    clients: frozenset[str]
    own_visits: frozenset[str]
    own_tasks: frozenset[str]
    met_visits: frozenset[str]
    met_clients: frozenset[str]
    met_tasks: frozenset[str]
    guests: frozenset[str]
    followed: frozenset[str]
    on_call: frozenset[str]

    def shows(self, stop: Stop) -> bool:
        """Whether a colleague's stop is seen: at an own client or task, or beside an own nurse."""
        if stop.what == "visit":
            return stop.id in self.own_visits or stop.id in self.met_visits
        return stop.what == "task" and stop.id in self.own_tasks


def shared_with(instance: Instance, plan: Plan, organisation: str, before: Plan | None = None) -> Shared:
    """Who and what meets ``organisation`` in the plan, or met it in the one that was told before."""
    plans = [plan] if before is None else [plan, before]
    nurses = frozenset(each.id for each in instance.nurses if each.organisation == organisation)
    clients = frozenset(each.id for each in instance.clients if each.organisation == organisation)
    owner = {each.id: each.client for each in instance.visits}
    orders = {each.id: each.client for each in instance.orders}
    duties = [duty for each in plans for duty in each.duties]
    for duty in duties:  # visits that were cancelled since stand in the old plan only
        gone = [stop.id for stop in duty.stops if stop.what == "visit" and stop.id not in owner]
        owner |= {name: orders[head] for name in gone if (head := name.split("/")[0]) in orders}
    followed = frozenset(duty.id for duty in _companions(duties, nurses))
    stops = [stop for duty in duties if duty.nurse in nurses or duty.id in followed for stop in duty.stops]
    met = frozenset(stop.id for stop in stops if stop.what == "visit" and owner.get(stop.id) not in clients)
    tasks = frozenset(
        each.id for each in instance.tasks
        if each.organisation == organisation and (each.nurse is None or each.nurse in nurses)
    )  # fmt: skip
    own_visits = frozenset(name for name, client in owner.items() if client in clients)
    on_call = frozenset(duty.id for each in plans for duty in _on_call(instance, each, organisation, nurses))
    first = Shared(
        organisation, nurses, clients, own_visits, tasks, met, frozenset(owner[each] for each in met if each in owner),
        frozenset(stop.id for stop in stops if stop.what == "task") - tasks, frozenset(), followed, on_call,
    )  # fmt: skip
    guests = {
        duty.nurse for duty in duties
        if duty.nurse not in nurses
        and (duty.id in followed or duty.id in on_call or any(first.shows(stop) for stop in duty.stops))
    }  # fmt: skip
    return Shared(**{**first.__dict__, "guests": frozenset(guests)})


def _companions(duties: list[Duty], nurses: frozenset[str]) -> list[Duty]:
    """Duties of other organisations' nurses that own students follow."""
    asked = {(duty.follows, duty.day) for duty in duties if duty.nurse in nurses and duty.follows is not None}
    return [duty for duty in duties if duty.nurse not in nurses and (duty.nurse, duty.day) in asked]


def _on_call(instance: Instance, plan: Plan, organisation: str, nurses: frozenset[str]) -> list[Duty]:
    """Standby of others' nurses that fills an own cover row which the contract pools: she is whom own clients call."""
    own = {each.id for each in instance.cover if each.organisation == organisation and each.lane == "standby"}
    numbers = {each.id: number for number, each in enumerate(instance.nurses)}
    kinds = {each.id: number for number, each in enumerate(instance.shift_kinds)}
    rows = [row for row in cover_days(instance, plan.contract) if own & set(row.id.split("+"))]
    return [
        duty for duty in plan.duties
        if duty.nurse not in nurses and duty.follows is None and duty.lane == "standby" and duty.nurse in numbers
        and any((instance.clock.day_number(duty.day), kinds.get(duty.kind, -1)) in row.duties
                and numbers[duty.nurse] in row.nurses for row in rows)
    ]  # fmt: skip
