"""A folder of tables as an Instance, or all that is wrong with it at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from instances.check_calls import check_calls
from instances.check_cycles import check_cycles
from instances.check_days import check_clocks, check_days
from instances.check_ids import check_given, check_ids, check_references
from instances.check_law import check_law
from instances.check_sharing import check_sharing
from instances.check_work import check_people, check_work
from instances.columns import Table
from instances.cycles import with_cycles
from instances.expand import expanded
from instances.gathered import Gathered
from instances.header import INSTANCE_FILE, SHARING_FILE, read_contracts, read_header
from instances.oddities import instance_warnings
from instances.places import Gazetteer
from instances.rows import read_rows
from instances.sheets import Faults, near
from instances.tables import TABLE_OF, TABLES
from instances.tables_calls import CALL_SOURCES
from instances.tables_duties import TRAVEL
from instances.travel_rows import quick_travel
from optimiser.domain.instance import Instance
from optimiser.domain.sharing import SharingContract
from optimiser.errors import InputError
from optimiser.texts import Language

__all__ = ["instance_warnings", "read_instance"]

OTHER_FILES = (INSTANCE_FILE, SHARING_FILE, "names.csv", "bring.csv", "districts.geojson")
OUR_EXPORTS = ("duties.csv", "routes.csv")
"""A user may write a plan into the folder of its instance."""


def read_instance(folder: Path, language: Language = "en") -> Instance:
    """The instance in ``folder``. Raises ``InputError`` with all faults of all files, in words of ``language``."""
    faults = Faults(language)
    if not folder.is_dir() or not (folder / INSTANCE_FILE).is_file():
        faults.put(INSTANCE_FILE, 0, "", faults.say("expected.file"), faults.say("got.missing"))
        raise InputError(faults)
    _known_files(folder, faults)
    all_rows = Gathered(read_header(folder, faults))
    contracts = read_contracts(folder / SHARING_FILE, faults)
    gazetteer = _read_tables(folder, all_rows, faults)
    check_ids(all_rows, faults)
    check_references(all_rows, faults)
    check_given(all_rows, faults)
    check_days(all_rows, faults)
    check_clocks(all_rows, faults)
    check_people(all_rows, faults)
    check_law(all_rows, faults)
    check_work(all_rows, faults)
    check_calls(all_rows, faults)
    check_cycles(all_rows, faults)
    check_sharing(contracts, all_rows, SHARING_FILE, faults)
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    return _instance(all_rows, contracts, gazetteer)


def _read_tables(folder: Path, all_rows: Gathered, faults: Faults) -> Gazetteer:
    """Read every table; places after districts, since they look their position up in them."""
    entries = all_rows.entries
    entries["districts"] = read_rows(folder, TABLE_OF["districts"], all_rows.clock, faults)
    gazetteer = Gazetteer((entry.noun for entry in all_rows.good("districts")), all_rows.ids("districts"))
    for table in TABLES:
        fill = None
        if table.field == "places":
            fill = lambda values, entry: gazetteer.fill(values, entry, faults)  # noqa: E731
        if table is TRAVEL:
            all_rows.travel = quick_travel(folder / table.file_name, all_rows.ids("places"))
        if table.field != "districts" and (table is not TRAVEL or all_rows.travel is None):
            entries[table.field] = read_rows(folder, _asked(folder, table), all_rows.clock, faults, fill)
    return gazetteer


def _asked(folder: Path, table: Table) -> Table:
    """The table as it is asked of this folder: who only answers calls has no clients and acts of her own."""
    only_calls = table.field in ("clients", "acts") and (folder / CALL_SOURCES.file_name).is_file()
    return replace(table, needed=False) if only_calls else table


def _known_files(folder: Path, faults: Faults) -> None:
    """A fault for each table in the folder that is none of ours: a name with a typing error must not be ignored."""
    names = [table.file_name for table in TABLES] + list(OTHER_FILES)
    for path in sorted(folder.iterdir()):
        ours = path.name in (*names, *OUR_EXPORTS) or path.name.startswith((".", "~"))
        if path.suffix.casefold() in (".csv", ".toml", ".geojson") and not ours:
            expected = faults.say("expected.known_file", names=near(path.name, names) or ", ".join(names))
            faults.put(path.name, 0, "", expected, path.name)


def _instance(all_rows: Gathered, contracts: tuple[SharingContract, ...], gazetteer: Gazetteer) -> Instance:
    header = all_rows.header
    assert header.name is not None
    nouns = {table.field: tuple(entry.noun for entry in all_rows.good(table.field)) for table in TABLES}
    nouns["districts"] = gazetteer.with_used(place.district for place in nouns["places"])
    nouns["travel_table"] = all_rows.travel or tuple(
        (row.from_place, row.to_place, row.mode, row.day_part or "", row.minutes, row.metres)
        for row in nouns["travel_table"]
    )
    return with_cycles(expanded(Instance(
        name=header.name.name, first_monday=header.name.first_monday, weeks=header.name.weeks,
        organisations=header.organisations, settings=header.settings, travel=header.travel, weights=header.weights,
        response=header.response, money=header.money, provenance=header.provenance, contracts=contracts, visits=(),
        **nouns,
    )))
