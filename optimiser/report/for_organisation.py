"""A plan as one organisation of several may see it: its own people and clients, and of others what care asks.

What is seen stands in docs/explanation/privacy.md, and nowhere else is it decided. A contract's ``openness`` opens
figures of a comparison (``report.compare_openness``), never a person, so that it opens nothing here; what the contract
opens here is what it shares: the client whom an own nurse serves, the colleague who serves an own client.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from optimiser.domain.instance import Instance
from optimiser.domain.people import Nurse
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.errors import Fault, InputError
from optimiser.report.for_organisation_guests import guest_duties, guest_kinds, guest_nurses, with_elsewhere
from optimiser.report.for_organisation_shared import Shared, shared_with
from optimiser.report.for_organisation_tables import tables_of
from optimiser.report.for_organisation_told import own_events, own_overrides
from optimiser.texts import Language


@dataclass(frozen=True)
class Seen:
    """What ``organisation`` sees. In ``plan`` the duties of colleagues are cut to their stops at own clients, one duty
    for each; ``travel`` holds the places of ``instance`` only. ``before`` is the plan that was told, cut alike."""

    organisation: str
    instance: Instance
    travel: TravelMatrix
    plan: Plan
    before: Plan | None = None

    @property
    def nurses(self) -> tuple[str, ...]:
        """Own nurses: for these there are cards, calendars and sheets."""
        return tuple(each.id for each in self.instance.nurses if each.organisation == self.organisation)

    @property
    def guests(self) -> tuple[Nurse, ...]:
        """Colleagues of other organisations: id and organisation are theirs, the rest is filled in."""
        return tuple(each for each in self.instance.nurses if each.organisation != self.organisation)

    @property
    def alone(self) -> tuple[Instance, Plan, Plan | None]:
        """Tables, plan and plan before of own nurses without colleagues: for hours, pay and calendars, which are about
        own people only."""
        own = frozenset(self.nurses)
        nurses = tuple(each for each in self.instance.nurses if each.id in own)
        plan, before = _only(self.plan, own), _only(self.before, own) if self.before is not None else None
        asked = {self.organisation, *(duty.organisation for each in (plan, before) if each for duty in each.duties)}
        organisations = tuple(each for each in self.instance.organisations if each.id in asked)
        tables = {"nurses": nurses, "organisations": organisations}
        return self.instance.model_copy(update=tables), plan, before


def _only(plan: Plan, nurses: frozenset[str]) -> Plan:
    return plan.model_copy(update={"duties": tuple(each for each in plan.duties if each.nurse in nurses)})


def seen_by(
    instance: Instance,
    travel: TravelMatrix,
    plan: Plan,
    organisation: str,
    before: Plan | None = None,
    language: Language = "nl",
) -> Seen:
    """The part that ``organisation`` sees. The instance has the events of the plan in its tables; ``before`` is the
    plan that was told before it. Raises ``InputError`` on another name of an organisation.

    Own: nurses, clients, tasks and cover with all their tables; duties of own nurses with every stop. Shared: clients
    of others whom own nurses serve (place and safety, and those visits; no wishes, no other care); colleagues who serve
    own clients, make a pair with an own nurse, lead an own student or are on call for own cover (id, organisation and
    those times; no home, hours, skills, wishes, leave or other duty). Nothing else of others is in it, and no figure
    that was counted over all (objective, bound, log of the run).
    """
    if organisation not in instance.organisation_by_id:
        raise InputError([Fault("--for", 0, "", ", ".join(sorted(instance.organisation_by_id)), organisation)])
    shared = shared_with(instance, plan, organisation, before)
    tables = tables_of(instance, travel, plan, shared)
    cut, guest_kinds_used = _duties(instance, plan, shared)
    was = _duties(instance, before, shared) if before is not None else None
    nurses, place = guest_nurses(instance, travel, shared)
    kinds = guest_kinds(guest_kinds_used | (was[1] if was else set()), language)
    tables["nurses"] = (*tables["nurses"], *nurses)
    tables["shift_kinds"] = (*tables["shift_kinds"], *kinds)
    tables["places"] = (*tables["places"], *place)
    fields: dict[str, Any] = {name: getattr(instance, name) for name in Instance.model_fields}
    seen = Instance(**fields | tables)
    return Seen(
        organisation, seen, with_elsewhere(travel, seen, place), _plan(instance, seen, plan, cut, shared),
        _plan(instance, seen, before, was[0], shared) if before is not None and was is not None else None,
    )  # fmt: skip


def _duties(instance: Instance, plan: Plan, shared: Shared) -> tuple[tuple[Duty, ...], set[str]]:
    """Own duties as they are and those of colleagues cut; and the categories of what was cut."""
    own = [each for each in plan.duties if each.nurse in shared.nurses]
    guests, categories = guest_duties(instance, plan, shared)
    return tuple(sorted((*own, *guests), key=lambda each: (each.start, each.id))), categories


def _plan(instance: Instance, seen: Instance, plan: Plan, duties: tuple[Duty, ...], shared: Shared) -> Plan:
    """The plan of the cut tables. What was counted over all is not in it."""
    return plan.model_copy(
        update={
            "fingerprint": seen.fingerprint, "row_hashes": {}, "parent": None, "contract": own_contract(plan, shared),
            "duties": duties, "events": own_events(instance, plan, shared),
            "overrides": own_overrides(plan.overrides, shared),
            "unserved": tuple(
                each for each in plan.unserved if each.id in shared.own_visits or each.id in shared.own_tasks
            ),
            "objective": None, "objective_terms": {}, "lower_bound": None, "phases": (), "cpu_s": 0.0,
        }
    )  # fmt: skip


def own_contract(plan: Plan, shared: Shared) -> SharingContract:
    """The contract that the plan was made under, with the consents of own nurses and of colleagues who are seen."""
    contract = plan.contract
    if contract.consents is None:
        return contract
    known = shared.nurses | shared.guests
    return contract.model_copy(update={"consents": tuple(each for each in contract.consents if each in known)})
