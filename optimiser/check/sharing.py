"""The sharing contract: own clients, and other organisations' as far as the contract shares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimiser.check.case import Case, Done
from optimiser.check.violation import Violation
from optimiser.domain.clock import HOUR
from optimiser.domain.people import Client, Nurse
from optimiser.domain.work import Visit, Window

OFFICE_FROM, OFFICE_UNTIL, SATURDAY, DAYS = 7 * HOUR, 18 * HOUR, 5, 7


def judge(case: Case) -> Iterator[Violation]:
    """For each visit part done by a nurse of another organisation what the contract has against it, and for each
    lender and week the hours above her organisation's most."""
    faces = _faces(case) if case.contract.known_faces else {}
    for done in case.stops:
        visit = case.work_of(done.stop)
        if not isinstance(visit, Visit) or not is_lent(case, done, visit):
            continue
        client, nurse = case.instance.client_by_id[visit.client], case.nurse_of(done.duty)
        broken = [*_who(case, client, nurse, faces.get(client.id, set())), *_what(case, client, visit)]
        for rule in (*broken, *_when(case, done, visit, client, nurse)):
            yield case.found(rule, done.stop.start, done.stop.end, nurse=nurse.id, client=client.id, subject=visit.id)
    yield from beyond_most(case)


def is_lent(case: Case, done: Done, visit: Visit) -> bool:
    """Whether a nurse of another organisation than the client's does it."""
    return case.nurse_of(done.duty).organisation != case.instance.client_by_id[visit.client].organisation


def may_ever_share(case: Case, one: str, other: str) -> bool:
    """Whether the contract lets two organisations share anything on some day of the horizon."""
    contract, last = case.contract, case.clock.date_of(case.instance.days - 1)
    later = {entry.organisation for entry in contract.entries if entry.from_date > last}
    if contract.visits == contract.cover == "own" or later & {one, other}:
        return one == other
    return one == other or in_one_group(case, one, other)


def may_ever_lend(case: Case, owner: str, nurse: Nurse, skill: str) -> bool:
    """Whether a nurse may do visits of an organisation's clients that ask a skill, somewhere on some day."""
    contract = case.contract
    if nurse.organisation == owner:
        return True
    shared = contract.visits != "own" and (not contract.skills or skill in contract.skills)
    agreed = contract.consents is None or nurse.id in contract.consents
    return shared and agreed and may_ever_share(case, owner, nurse.organisation)


def in_one_group(case: Case, one: str, other: str) -> bool:
    """Whether two organisations are in one group of the contract, or it has none."""
    groups = case.contract.groups
    return not groups or any({one, other} <= set(group) for group in groups)


def has_joined(case: Case, organisation: str, day: int) -> bool:
    """Whether an organisation shares on a day number."""
    starts = [entry.from_date for entry in case.contract.entries if entry.organisation == organisation]
    return not starts or max(starts) <= case.clock.date_of(day)


def opens_outside_office(case: Case, minute: int) -> bool:
    """Whether a minute lies outside Monday to Friday 07:00 to 18:00."""
    clock = case.clock
    weekend = clock.weekday(clock.day_of(minute)) >= SATURDAY
    return weekend or not OFFICE_FROM <= clock.clock_time(minute) < OFFICE_UNTIL


def _who(case: Case, client: Client, nurse: Nurse, faces: set[str]) -> Iterator[str]:
    """Rules about the two organisations, the nurse, and whom the client knows."""
    if not in_one_group(case, client.organisation, nurse.organisation):
        yield "sharing.group"
    if case.contract.consents is not None and nurse.id not in case.contract.consents:
        yield "sharing.consent"
    if faces and nurse.id not in faces:
        yield "sharing.known_face"


def _what(case: Case, client: Client, visit: Visit) -> Iterator[str]:
    """Rules about what the visit asks and where it is."""
    if case.contract.skills and not set(case.contract.skills) & set(visit.skills):
        yield "sharing.skill"
    district = case.instance.place_by_id[client.place].district
    if case.contract.districts and not any(district.startswith(code) for code in case.contract.districts):
        yield "sharing.district"


def _when(case: Case, done: Done, visit: Visit, client: Client, nurse: Nurse) -> list[str]:
    """Rules about the window that holds the stop; where several do, those of the window that breaks fewest.

    Outside all windows (a finding of its own) the visit counts as in any of them.
    """
    stop = done.stop
    holding = [window for window in visit.windows if window.start <= stop.start and stop.end <= window.end]
    return min((_broken_in(case, window, client, nurse) for window in holding or visit.windows), key=len)


def _broken_in(case: Case, window: Window, client: Client, nurse: Nurse) -> list[str]:
    contract, anw = case.contract, opens_outside_office(case, window.start)
    broken = []
    if contract.visits == "own" or (contract.visits == "anw" and not anw):
        broken.append("sharing.visit")
    if not anw and client.organisation in contract.own_by_day:
        broken.append("sharing.own_by_day")
    day = case.clock.day_of(window.start)
    if not all(has_joined(case, each, day) for each in (client.organisation, nurse.organisation)):
        broken.append("sharing.entry")
    return broken


def _faces(case: Case) -> dict[str, set[str]]:
    """Client id -> nurses whom she prefers or knows, of the tables and of the days before."""
    table: dict[str, set[str]] = defaultdict(set)
    for (client, nurse), relations in case.relations.items():
        if relations & {"preferred", "known"}:
            table[client].add(nurse)
    for past in case.instance.past_visits:
        table[past.client].add(past.nurse)
    return table


def lent_minutes(case: Case) -> dict[tuple[str, int], int]:
    """(lending organisation, calendar week; 0 is the horizon's first) -> minutes at other organisations' clients,
    reporting included."""
    table: dict[tuple[str, int], int] = defaultdict(int)
    for done in case.stops:
        visit = case.work_of(done.stop)
        if isinstance(visit, Visit) and is_lent(case, done, visit):
            week = case.clock.day_of(done.stop.start) // DAYS
            table[case.nurse_of(done.duty).organisation, week] += visit.minutes
    return table


def beyond_most(case: Case) -> Iterator[Violation]:
    """A finding for each organisation and week with more minutes lent than its most."""
    table = lent_minutes(case) if case.contract.most_lent else {}
    for limit in case.contract.most_lent:
        for (lender, week), minutes in sorted(table.items()):
            if lender == limit.organisation and minutes > limit.hours_per_week * HOUR:
                start, end = (case.clock.midnight(DAYS * each) for each in (week, week + 1))
                yield case.found("sharing.most_lent", start, end, required=limit.hours_per_week * HOUR, found=minutes,
                                 subject=lender)  # fmt: skip
