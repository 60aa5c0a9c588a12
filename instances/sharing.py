"""A file of sharing contracts outside an instance, as ``--sharing FILE`` names it."""

from __future__ import annotations

from pathlib import Path

from instances import header
from instances.check_sharing import check_contract, known_in
from instances.sheets import Faults
from optimiser.domain.instance import Instance
from optimiser.domain.sharing import SharingContract
from optimiser.errors import InputError
from optimiser.texts import Language


def read_contracts(
    path: Path, language: Language = "en", instance: Instance | None = None
) -> tuple[SharingContract, ...]:
    """The contracts of ``path`` in the form of ``sharing.toml``, at least one. Raises ``InputError`` otherwise, with
    ``instance`` also for what they name and it does not have."""
    faults = Faults(language)
    if not path.is_file():
        faults.put(path.name, 0, "", faults.say("expected.file"), faults.say("got.missing"))
    contracts = header.read_contracts(path, faults)
    if not contracts and not faults:
        faults.put(path.name, 0, "", faults.say("expected.table", name="[contracts]"), faults.say("got.nothing"))
    if instance is not None:
        for contract in contracts:
            check_contract(contract, known_in(instance), path.name, faults)
    if faults:
        raise InputError(faults)
    return contracts
