"""Finding a sharing contract by name."""

from __future__ import annotations

from optimiser.domain.instance import Instance
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.errors import Fault, InputError
from optimiser.texts import Language, text


def contract_named(instance: Instance, name: str, language: Language = "nl") -> SharingContract:
    """The instance's own contract of that name, else the preset. Raises InputError, in ``language``, when there is
    none."""
    own = {each.name: each for each in instance.contracts}
    contract = own.get(name) or PRESETS.get(name)
    if contract is None:
        known = ", ".join(sorted({*own, *PRESETS}))
        expected = text("input.expected.contract_named", language, names=known)
        raise InputError([Fault("sharing.toml", 0, "name", expected, name)])
    return contract
