"""Sharing contracts: what they name must be there, and say no two things of one organisation or cover row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from instances.check_ids import broken_tables
from instances.gathered import Gathered
from instances.sheets import Faults, near
from instances.tables import TABLE_OF
from optimiser.domain.instance import Instance
from optimiser.domain.people import NurseSkill
from optimiser.domain.sharing import SharingContract
from optimiser.domain.work import Act


@dataclass(frozen=True)
class Known:
    """Ids that contracts may name; None where a table is broken and nothing is known. ``districts`` are the codes where
    clients live."""

    organisations: frozenset[str] | None
    nurses: frozenset[str] | None
    cover: frozenset[str] | None
    skills: frozenset[str] | None
    districts: frozenset[str] | None
    divisions: frozenset[str] | None


def known_in(instance: Instance) -> Known:
    """What an instance has."""
    return Known(
        frozenset(instance.organisation_by_id), frozenset(instance.nurse_by_id),
        frozenset(each.id for each in instance.cover), frozenset(_skills(instance.acts, instance.nurse_skills)),
        frozenset(instance.place_by_id[each.place].district for each in instance.clients),
        frozenset(each.division for each in instance.areas),
    )  # fmt: skip


def check_sharing(
    contracts: Iterable[SharingContract], all_rows: Gathered, file: str, faults: Faults
) -> None:
    """Faults for what the contracts name and the tables do not have."""
    broken = broken_tables(all_rows, faults)

    def ids(table: str) -> frozenset[str] | None:
        return None if table in broken else frozenset(all_rows.ids(table))

    places = {entry.noun.id: entry.noun.district for entry in all_rows.good("places")}
    homes = [places.get(entry.noun.place, "") for entry in all_rows.good("clients")]
    acts, held = ([entry.noun for entry in all_rows.good(table)] for table in ("acts", "nurse_skills"))
    known = Known(
        ids("organisations"), ids("nurses"), ids("cover"),
        None if broken & {"acts", "nurse_skills"} else frozenset(_skills(acts, held)),
        None if broken & {"places", "clients"} else frozenset(homes),
        None if "areas" in broken or _unread(all_rows, "areas", faults) else
        frozenset(entry.noun.division for entry in all_rows.good("areas")),
    )  # fmt: skip
    for contract in contracts:
        check_contract(contract, known, file, faults)


def _unread(all_rows: Gathered, table: str, faults: Faults) -> bool:
    """Whether a row or the heading of a table could not be read: what it would have held is then not known."""
    rows = all_rows.entries.get(table, [])
    heading = any(fault.file == TABLE_OF[table].file_name and fault.row == 1 for fault in faults)
    return heading or len(all_rows.good(table)) < len(rows)


def check_contract(contract: SharingContract, known: Known, file: str, faults: Faults) -> None:
    """Faults of one contract."""
    where = f"contracts.{contract.name}"
    for field, name, ids, tables in _named(contract, known):
        if ids is not None and name not in ids:
            expected, meant = faults.say("expected.reference", tables=tables), near(name, ids)
            if meant:
                expected = faults.say("expected.near", expected=expected, near=meant)
            faults.put(file, 0, f"{where}.{field}", expected, name)
    for number, code in enumerate(contract.districts, start=1):
        if known.districts is not None and not (code and any(each.startswith(code) for each in known.districts)):
            faults.put(file, 0, f"{where}.districts[{number}]", faults.say("expected.client_district"), code)
    for field, name in _repeated(contract):
        faults.put(file, 0, f"{where}.{field}", faults.say("expected.unique"), name)


def _named(contract: SharingContract, known: Known) -> Iterator[tuple[str, str, frozenset[str] | None, str]]:
    """Field, name, what is known, and the tables it may come from."""
    for number, group in enumerate(contract.groups, start=1):
        yield from ((f"groups[{number}]", name, known.organisations, "organisations") for name in group)
    yield from (("own_by_day", name, known.organisations, "organisations") for name in contract.own_by_day)
    for field in ("most_lent", "entries"):
        for number, row in enumerate(getattr(contract, field), start=1):
            yield f"{field}[{number}].organisation", row.organisation, known.organisations, "organisations"
    if contract.division:
        yield "division", contract.division, known.divisions, "areas"
    yield from (("skills", name, known.skills, "acts, nurse_skills") for name in contract.skills)
    yield from (("consents", name, known.nurses, "nurses") for name in contract.consents or ())
    for number, pooled in enumerate(contract.pooled_to, start=1):
        yield from ((f"pooled_to[{number}].cover", name, known.cover, "cover") for name in pooled.cover)


def _repeated(contract: SharingContract) -> Iterator[tuple[str, str]]:
    """Field and name of what may stand once and stands again."""
    lists: list[list[tuple[str, str]]] = [
        [(f"groups[{number}]", name) for number, group in enumerate(contract.groups, 1) for name in group],
        [(f"pooled_to[{number}].cover", name) for number, each in enumerate(contract.pooled_to, 1)
         for name in each.cover],
        [(f"most_lent[{number}].organisation", each.organisation) for number, each in enumerate(contract.most_lent, 1)],
        [(f"entries[{number}].organisation", each.organisation) for number, each in enumerate(contract.entries, 1)],
        [(f"shown[{number}].figure", each.figure) for number, each in enumerate(contract.shown, 1)],
        *([(field, name) for name in getattr(contract, field) or ()]
          for field in ("own_by_day", "skills", "districts", "consents")),
    ]  # fmt: skip
    for named in lists:
        seen: set[str] = set()
        for field, name in named:
            if name in seen:
                yield field, name
            seen.add(name)


def _skills(acts: Iterable[Act], held: Iterable[NurseSkill]) -> set[str]:
    """Skills that acts ask or nurses hold."""
    return {skill for act in acts for skill in act.skills} | {row.skill for row in held}
