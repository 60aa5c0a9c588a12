"""What a sharing contract shares: one function for each rule, and all of them together for a visit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from optimiser.domain.clock import HOUR, Clock
from optimiser.domain.instance import Instance
from optimiser.domain.people import Client
from optimiser.domain.sharing import SharingContract
from optimiser.domain.work import Visit

OFFICE_FROM, OFFICE_UNTIL, SATURDAY = 7 * HOUR, 18 * HOUR, 5


def in_office_hours(clock: Clock, minute: int) -> bool:
    """Whether a minute lies in Monday to Friday 07:00 to 18:00; all other time is ANW."""
    moment = clock.moment_of(minute)
    return moment.weekday() < SATURDAY and OFFICE_FROM <= moment.hour * HOUR + moment.minute < OFFICE_UNTIL


def same_group(contract: SharingContract, one: str, other: str) -> bool:
    """Whether two organisations may share at all."""
    return not contract.groups or any(one in group and other in group for group in contract.groups)


def has_entered(contract: SharingContract, organisation: str, day: date) -> bool:
    """Whether an organisation shares yet on this date."""
    return all(day >= each.from_date for each in contract.entries if each.organisation == organisation)


def shares_hour(contract: SharingContract, owner: str, clock: Clock, opening: int) -> bool:
    """Whether visits of this organisation's clients are shared when their window opens at that minute."""
    office = in_office_hours(clock, opening)
    if office and owner in contract.own_by_day:
        return False
    return contract.visits == "all" or (contract.visits == "anw" and not office)


def shares_skills(contract: SharingContract, skills: tuple[str, ...]) -> bool:
    """Whether work that asks these skills is shared."""
    return not contract.skills or any(each in contract.skills for each in skills)


def shares_district(contract: SharingContract, district: str) -> bool:
    """Whether clients of the district with this code (empty: not known) are shared."""
    return not contract.districts or district.startswith(contract.districts)


def has_agreed(contract: SharingContract, nurse: str) -> bool:
    """Whether a nurse may be asked to serve other organisations' clients."""
    return contract.consents is None or nurse in contract.consents


def is_face(contract: SharingContract, faces: Collection[str], nurse: str) -> bool:
    """Whether the contract lets this nurse come to a client who prefers or knows ``faces``."""
    return not contract.known_faces or not faces or nurse in faces


def visit_circles(instance: Instance, contract: SharingContract) -> dict[str, str]:
    """Organisation -> the circle in which the contract opens every visit to every nurse: its group where nothing
    limits what the group shares, else the organisation alone. Circles are named by their members."""
    limited = (
        contract.visits != "all" or contract.consents is not None or contract.known_faces or contract.skills
        or contract.districts or contract.own_by_day or contract.most_lent or contract.entries
    )  # fmt: skip
    return {
        each.id: each.id if limited else "+".join(
            other.id for other in instance.organisations
            if other.id == each.id or same_group(contract, each.id, other.id)
        )
        for each in instance.organisations
    }  # fmt: skip


def is_shared(
    instance: Instance, contract: SharingContract, visit: Visit, client: Client, opening: int
) -> bool:  # fmt: skip
    """Whether another organisation's nurse may do a visit in the window that opens at minute ``opening``, as far as
    that is no matter of who she is."""
    return (
        has_entered(contract, client.organisation, instance.clock.moment_of(opening).date())
        and shares_hour(contract, client.organisation, instance.clock, opening)
        and shares_skills(contract, visit.skills)
        and shares_district(contract, instance.place_by_id[client.place].district)
    )


def share_on(contract: SharingContract, owner: str, helper: str, day: date) -> bool:
    """Whether nurses of organisation ``helper`` may come to clients of ``owner`` on a date, as far as that is a matter
    of who these are."""
    return same_group(contract, owner, helper) and has_entered(contract, helper, day)
